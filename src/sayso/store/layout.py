"""Where things stand in a store, and `store.json`, which says what the store is.

::

    DIR/store.json                                  layout version, what read the articles, which generation counts
    DIR/lock                                        held while something is given its name
    DIR/generation-N/shards/NAME/articles.parquet   one row per article
    DIR/generation-N/shards/NAME/rejects.parquet    what could not be read
    DIR/generation-N/derived/NAME.parquet           tables made from the articles
    DIR/generation-N/aside/…                        what a writer has not finished yet; nobody reads it

Always true here: `store.json` names one generation, which is whole; another one beside it is being made (by a new reader or for a new
layout) or is about to be removed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sayso.errors import ContractError, StoreError
from sayso.fields import Json, as_object, text, texts, whole
from sayso.reading import Generator
from sayso.store.disk import replace_text, speaking

LAYOUT = 1  # version of folders and columns
FORMAT = "sayso-store"
SHARD = re.compile(r"[0-9a-f]{32}")
TABLE = re.compile(r"[a-z][a-z0-9_]{0,62}")


@dataclass(frozen=True, slots=True)
class Edition:
    """One generation of a store: its number, the version of its layout, and what read the articles."""

    number: int
    layout: int
    generator: Generator


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `store.json` says: the edition that counts, and the one that is being made beside it, if any."""

    current: Edition
    following: Edition | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one generation of the store at `root`."""

    root: Path
    number: int

    @property
    def lock(self) -> Path:
        """The file whose lock is held while something is given its name."""
        return self.root / "lock"

    @property
    def generation(self) -> Path:
        """The folder of this generation."""
        return self.root / f"generation-{self.number}"

    @property
    def shards(self) -> Path:
        """The folder of finished shards."""
        return self.generation / "shards"

    @property
    def derived(self) -> Path:
        """The folder of derived tables."""
        return self.generation / "derived"

    @property
    def aside(self) -> Path:
        """The folder of what is being written."""
        return self.generation / "aside"

    def names(self) -> tuple[str, ...]:
        """The names of the finished shards, in order.

        Raises:
            StoreError: something else stands among them, or this generation is no more.

        """
        if not self.shards.is_dir():
            raise StoreError(read_anew(self.root))
        with speaking(self.shards):
            found = sorted(entry.name for entry in self.shards.iterdir() if not entry.name.startswith("."))
        for name in found:
            if not SHARD.fullmatch(name):
                raise StoreError(f"{self.shards / name} is no part of the store: move it elsewhere")
        return tuple(found)

    def tables(self) -> Iterator[tuple[str, Path]]:
        """The derived tables by name, in order."""
        if self.derived.is_dir():
            for path in sorted(self.derived.glob("*.parquet")):
                if TABLE.fullmatch(path.stem):
                    yield path.stem, path


def read_manifest(root: Path) -> Manifest | None:
    """What `store.json` says; None if there is none.

    Raises:
        StoreError: it is not what Sayso writes.

    """
    path = root / "store.json"
    with speaking(path):
        if not path.exists():
            return None
        raw = path.read_bytes()
    try:
        item = as_object(json.loads(raw))
        if item.get("format") != FORMAT:
            raise ContractError("not a store")
        following = item.get("following")
        return Manifest(_edition(as_object(item["current"])), None if following is None else _edition(as_object(following)))
    except (ContractError, KeyError, ValueError, RecursionError):
        raise StoreError(f"{path} is damaged or was not written by Sayso: bring it back from a copy, or choose another folder") from None


def write_manifest(root: Path, manifest: Manifest) -> None:
    """Replace `store.json` in one step; the caller holds the lock."""
    item = {"format": FORMAT, "current": _item(manifest.current), "following": manifest.following and _item(manifest.following)}
    with speaking(root):
        replace_text(root / "store.json", json.dumps(item, indent=2) + "\n")


def made_current(manifest: Manifest) -> Manifest:
    """The manifest once the edition that was being made counts."""
    return replace(manifest, current=manifest.following or manifest.current, following=None)


def read_anew(root: Path) -> str:
    """The line for whoever still works on a generation that is gone."""
    return f"{root}: its articles were read anew meanwhile: run the same command again"


def _item(edition: Edition) -> Json:
    made = edition.generator
    generator = {"version": made.version, "bundle": made.bundle, "measures": list(made.measures)}
    return {"generation": edition.number, "layout": edition.layout, "generator": generator}


def _edition(item: Json) -> Edition:
    made = as_object(item["generator"])
    generator = Generator(text(made, "version"), text(made, "bundle"), texts(made, "measures"))
    return Edition(abs(whole(item["generation"], "generation")), whole(item["layout"], "layout"), generator)
