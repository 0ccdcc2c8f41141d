"""A damaged model is one clear line, never a traceback."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.encoder import bundle
from sayso.errors import BundleError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "model"
    home.mkdir()
    for name in bundle.FILES:
        (home / name).write_bytes(name.encode() * 100)
    write_card(home, {})
    return home


def write_card(home: Path, changes: dict[str, object]) -> None:
    card = {"name": "trial", "format": bundle.FORMAT, "files": {name: bundle.digest(home / name) for name in bundle.FILES}}
    (home / bundle.CARD).write_text(json.dumps({**card, **changes}), encoding="utf-8")


def test_a_sound_bundle_has_a_name_and_a_digest_of_everything(folder: Path) -> None:
    one = bundle.load(folder)
    assert one.name == f"trial@{one.digest[:12]}"
    assert len(one.digest) == 64
    assert bundle.load(folder) == one
    (folder / bundle.ROLES).write_bytes(b"other weights")
    write_card(folder, {})
    assert bundle.load(folder).digest != one.digest


def loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def fold(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("name", bundle.FILES)
@pytest.mark.parametrize(
    ("damage", "complaint"), [(Path.unlink, "missing"), (loop, "missing"), (fold, "missing"), (cut, "altered"), (flip, "altered")]
)
def test_damaged_files(folder: Path, name: str, damage: Callable[[Path], None], complaint: str) -> None:
    damage(folder / name)
    assert_refused(folder, complaint, name)


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[]", b"null", b"7", b"\xff\xfe", b"[" * 100_000, b"9" * 10_000),
        *(b'{"name": "x"}', b'{"files": [], "format": 1, "name": "x"}', b'{"files": {}, "name": "x"}', b'{"files": {}, "format": 1}'),
    ],
    ids=lambda content: content[:24],
)
def test_a_card_that_is_none(folder: Path, content: bytes) -> None:
    (folder / bundle.CARD).write_bytes(content)
    assert_refused(folder, "cannot be read", bundle.CARD)


@pytest.mark.parametrize("damage", [loop, fold])
def test_a_card_that_cannot_be_opened(folder: Path, damage: Callable[[Path], None]) -> None:
    damage(folder / bundle.CARD)
    assert_refused(folder, "cannot be read", bundle.CARD)


def test_another_format_is_named(folder: Path) -> None:
    write_card(folder, {"format": 9})
    assert_refused(folder, "format 9, this version reads 4")


def test_a_file_without_digest_is_not_trusted(folder: Path) -> None:
    write_card(folder, {"files": {bundle.ENCODER: bundle.digest(folder / bundle.ENCODER)}})
    assert_refused(folder, "altered", bundle.ROLES)


def test_no_bundle_at_all(tmp_path: Path) -> None:
    assert_refused(tmp_path / "nowhere", "no model at", bundle.CARD)
    (tmp_path / "file").write_text("x")
    assert_refused(tmp_path / "file", "cannot be read")


def assert_refused(folder: Path, *words: str) -> None:
    with pytest.raises(BundleError) as caught:
        bundle.load(folder)
    message = str(caught.value)
    assert "\n" not in message
    assert "--rules" in message, "the message says what to do"
    for word in words:
        assert word in message
