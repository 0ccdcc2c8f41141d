"""The vectors of the built-in codebooks, kept in a file, so that no definition is encoded when an article is read.

Always true here: what is loaded belongs to the codebooks as they are now (`write` stores their digests); a codebook whose file has changed
since has no anchors, and is ranked by words until the file is written anew.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from sayso.codebooks.book import BUILT_IN, shipped
from sayso.codebooks.rank import Ranker, anchors
from sayso.codebooks.vectors import Vectors
from sayso.codebooks.words import words_of

FILE = "anchors.json"


def write(vectors: Vectors, path: Path) -> None:
    """Encode the built-in codebooks and keep their anchors, as 16-bit numbers in base64.

    Args:
        vectors: those of the network that is released.
        path: where to write; `data/codebooks/anchors.json` in the sources.

    """
    books = {}
    for name in BUILT_IN:
        rows = anchors(shipped(name), vectors).astype("<f2")
        books[name] = {"digest": shipped(name).digest, "width": rows.shape[1], "rows": b64encode(rows.tobytes()).decode("ascii")}
    path.write_text(json.dumps({"vectors": vectors.fingerprint, "books": books}, indent=1) + "\n", encoding="ascii")


def fingerprint() -> str | None:
    """Whose vectors are kept; None if there are none."""
    source = files("sayso").joinpath("data", "codebooks", FILE)
    return str(json.loads(source.read_text(encoding="ascii"))["vectors"]) if source.is_file() else None


@cache
def built_in() -> tuple[Ranker, ...]:
    """The built-in codebooks, ready, with their anchors where these are kept."""
    source = files("sayso").joinpath("data", "codebooks", FILE)
    kept = json.loads(source.read_text(encoding="ascii"))["books"] if source.is_file() else {}
    found = []
    for name in BUILT_IN:
        book, stored = shipped(name), kept.get(name, {})
        rows = None
        if stored.get("digest") == book.digest:
            rows = np.frombuffer(b64decode(stored["rows"]), dtype="<f2").reshape(len(book.frames), stored["width"]).astype(np.float32)
        found.append(Ranker(book, words_of(book), rows))
    return tuple(found)
