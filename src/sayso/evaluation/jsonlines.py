"""Gold files of one JSON object a line, plain or gzipped, each made into a value; a broken line ends in one that names it."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from sayso.errors import ContractError, UnreadableInput

Value = TypeVar("Value")


def records(path: Path, make: Callable[[Mapping[str, Any]], Value]) -> Iterator[Value]:
    """What `make` makes of each line.

    Raises:
        UnreadableInput: the file is missing, is not UTF-8, or is broken gzip.
        ContractError: a line is not JSON, or `make` cannot do with it.

    """
    try:
        whole = path.read_bytes()
        text = (gzip.decompress(whole) if whole.startswith(b"\x1f\x8b") else whole).decode("utf-8-sig")
    except OSError as error:
        raise UnreadableInput(f"{path}: {error.strerror or error}") from None
    except (EOFError, zlib.error) as error:
        raise UnreadableInput(f"{path}: broken gzip: {error}") from None
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{path}: not UTF-8 at byte {error.start}") from None
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield make(json.loads(line))
            except ContractError as error:
                raise ContractError(f"{path}:{number}: {error}") from None
            except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError) as error:
                raise ContractError(f"{path}:{number}: not a gold record of this protocol: {type(error).__name__} {error}") from None
