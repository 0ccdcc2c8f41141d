"""Rows of any number in order of their first column, without holding them all: written to a few files by their key, read back file by file.

Always true here: memory holds one of `FILES` parts of the rows at a time; rows of one key come together and in the order given; the files
are gone at the end, whatever happened.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

FILES = 32  # parts; the keys are hexadecimal digests, so that parts are of one size


def by_first(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The same rows, sorted by their first column (hexadecimal digits); those of one key stay in the order given.

    Args:
        rows: of texts, numbers, truth values and None.

    """
    with TemporaryDirectory(prefix="sayso-") as folder:
        places = [Path(folder) / f"{number}.jsonl" for number in range(FILES)]
        with ExitStack() as open_files:
            files = [open_files.enter_context(place.open("w", encoding="utf-8", errors="surrogatepass")) for place in places]
            for row in rows:
                files[int(row[0][:4], 16) * FILES >> 16].write(json.dumps(row) + "\n")
        for place in places:
            with place.open(encoding="utf-8", errors="surrogatepass") as file:
                yield from sorted((tuple(json.loads(line)) for line in file), key=lambda row: str(row[0]))
