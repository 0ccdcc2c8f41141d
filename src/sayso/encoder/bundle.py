"""A model on disk: a folder with weights, tokenizer and card; every byte is checked before it is used.

Always true here: a loaded bundle has all its files, with the digests that its card names. A missing, truncated or altered file is a
`BundleError` that says which one and what to do. Nothing in a bundle is code: ONNX and JSON only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import BundleError

CARD = "card.json"
ENCODER = "encoder.onnx"
ROLES = "roles.onnx"
LINKS = "links.onnx"
TONE = "tone.onnx"
TARGETS = "targets.onnx"
VECTORS = "vectors.onnx"
CLAIMS = "claims.onnx"
TOKENIZER = "tokenizer.json"
FILES = (ENCODER, ROLES, LINKS, TONE, TARGETS, VECTORS, CLAIMS, TOKENIZER)
FORMAT = 4
RELEASED = Path(__file__).parent.parent / "model"

MEND = "reinstall sayso, or read without the model (--rules)"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A checked bundle.

    Attributes:
        path: its folder.
        card: what it is, how it was trained, what it reaches, and the settings of its decoder.
        digest: SHA-256 over the digests of all its files; stands in every reading.
        digests: SHA-256 of each file, by name.

    """

    path: Path
    card: dict[str, Any]
    digest: str
    digests: Mapping[str, str]

    @property
    def name(self) -> str:
        """Name and digest, as it stands in `generator.bundle`."""
        return f"{self.card['name']}@{self.digest[:12]}"


def load(path: Path | None = None) -> Bundle:
    """The bundle at `path`, or the released one.

    Raises:
        BundleError: if a file is missing, truncated or altered.

    """
    found = described(path)
    for name in FILES:
        try:
            made = digest(found.path / name)
        except OSError:
            raise BundleError(f"the model's {name} at {found.path} is missing: {MEND}") from None
        if made != found.digests.get(name):
            raise BundleError(f"the model's {name} at {found.path} is truncated or altered (digest differs): {MEND}")
    return found


def described(path: Path | None = None) -> Bundle:
    """The same by its card alone, at once: whether the files are those that it names is not checked.

    Raises:
        BundleError: there is no card, or it cannot be read.

    """
    path = path or RELEASED
    try:
        card = json.loads((path / CARD).read_text(encoding="utf-8"))
        digests = {str(name): str(value) for name, value in card["files"].items()}
        version = card["format"]
        str(card["name"])
    except FileNotFoundError:
        raise BundleError(f"no model at {path} ({CARD} is missing): {MEND}") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BundleError(f"the model's {CARD} at {path} cannot be read: {MEND}") from None
    if version != FORMAT:
        raise BundleError(f"the model at {path} has format {version}, this version reads {FORMAT}: {MEND}")
    return Bundle(path, card, together(digests), digests)


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def together(digests: dict[str, str]) -> str:
    """One digest of several files."""
    return hashlib.sha256("\n".join(f"{name} {value}" for name, value in sorted(digests.items())).encode()).hexdigest()
