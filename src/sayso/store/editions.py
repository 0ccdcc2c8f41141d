"""From nothing to a store, from one generation to the next: made beside the one that counts, then `store.json` names the new one.

Always true here: until the new generation is whole, the old one counts and is untouched; what is no longer named is swept by the next
writer; each step can be interrupted anywhere and taken up again.
"""

from __future__ import annotations

import shlex
from pathlib import Path

from sayso.errors import StoreError
from sayso.reading import Generator
from sayso.store.disk import folder, speaking, sweep
from sayso.store.layout import LAYOUT, Edition, Manifest, Places, made_current, read_anew, read_manifest, write_manifest
from sayso.store.lock import locked


def manifest_of(root: Path) -> Manifest:
    """What the store says of itself.

    Raises:
        StoreError: there is no store, or it was made by a newer version of Sayso.

    """
    manifest = read_manifest(root)
    if manifest is None:
        raise StoreError(f"{root} is no store: `sayso ingest INPUT --store {shlex.quote(str(root))}` makes one")
    if manifest.current.layout > LAYOUT:
        raise StoreError(f"{root} was written by a newer version of Sayso (layout {manifest.current.layout}): update this one")
    return manifest


def make(root: Path, generator: Generator) -> None:
    """Make an empty store, or do nothing if there is one.

    Raises:
        StoreError: the folder holds other things, or cannot be written.

    """
    with speaking(root):
        if read_manifest(root) is None:
            _refuse_foreign(root)
        folder(root.absolute())
        with locked(Places(root, 0).lock):
            if read_manifest(root) is not None:
                return
            _make_folders(Places(root, 1))
            write_manifest(root, Manifest(Edition(1, LAYOUT, generator)))


def begin(root: Path, generator: Generator) -> Edition:
    """The generation that is being made for this generator beside the one that counts; an unfinished one is taken up again."""
    with speaking(root), locked(Places(root, 0).lock):
        return following(root, manifest_of(root), generator)


def following(root: Path, manifest: Manifest, generator: Generator) -> Edition:
    """The same for whoever holds the lock."""
    held = manifest.following
    if held is None or (held.layout, held.generator) != (LAYOUT, generator):
        number = max(manifest.current.number, held.number if held else 0) + 1
        held = Edition(number, LAYOUT, generator)
        sweep(Places(root, number).generation)
        write_manifest(root, Manifest(manifest.current, held))
    sweep_unnamed(root)
    _make_folders(Places(root, held.number))
    return held


def finish(root: Path) -> None:
    """Let the generation that was being made count, and remove the old one; the caller holds the lock."""
    write_manifest(root, made_current(manifest_of(root)))
    sweep_unnamed(root)


def check_counts(root: Path, edition: Edition) -> None:
    """Raise if this generation neither counts nor is being made; the caller holds the lock."""
    manifest = manifest_of(root)
    if edition not in (manifest.current, manifest.following):
        raise StoreError(read_anew(root))


def sweep_unnamed(root: Path) -> None:
    """Remove generations that `store.json` does not name; the caller holds the lock."""
    manifest = manifest_of(root)
    named = {edition.number for edition in (manifest.current, manifest.following) if edition}
    for path in root.glob("generation-*"):
        number = path.name.removeprefix("generation-")
        if number.isascii() and number.isdigit() and int(number) not in named:
            sweep(path)


def refuse_other(root: Path, found: Generator, wanted: Generator) -> None:
    """Raise if the store was read by something else."""
    if found != wanted:
        raise StoreError(
            f"{root} was read by {said(found)}, this is {said(wanted)}: "
            f"`sayso reread --store {shlex.quote(str(root))}` reads its articles anew, or choose another folder"
        )


def said(generator: Generator) -> str:
    """A generator in a few words."""
    return f"sayso {generator.version} with {generator.bundle} ({', '.join(generator.measures) or 'no measures'})"


def _make_folders(places: Places) -> None:
    for path in (places.shards, places.derived, places.aside):
        folder(path.absolute())


def _refuse_foreign(root: Path) -> None:
    if not root.exists():
        return
    if not root.is_dir():
        raise StoreError(f"{root} is a file: name a folder for the store")
    for path in root.iterdir():
        if not (path.name == "lock" or path.name.startswith(("generation-", "."))):
            raise StoreError(f"{root} is no store and not empty (it holds {path.name}): choose another folder")
