"""Collections of texts, as they are distributed and as somebody may have left them: read what is wanted, pass over or refuse the rest."""

import gzip
import json
import os
from pathlib import Path

import pytest

from sayso.errors import UnreadableInput, UsageError
from sayso.evaluation import publictexts
from sayso.evaluation.publictexts import articles


def test_only_what_is_wanted_comes(collection: Path) -> None:
    assert {name for name, _ in articles([collection], {"Kq9"})} == {"Kq9"}
    assert list(articles([collection], set())) == []


def test_all_fields_that_may_hold_the_text_are_tried(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"content": "one", "text": 3, "content_original": "two"}), encoding="utf-8")
    assert list(articles([path], {"a"})) == [("a", "two"), ("a", "one")]


def test_ids_may_name_their_set(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": "set/a", "text": "one"}\n{"id": 7, "text": "two"}\n{"ID": "b", "text": "three"}', encoding="utf-8")
    assert list(articles([path], {"a", "b", "7"})) == [("a", "one"), ("7", "two"), ("b", "three")]


@pytest.mark.parametrize(
    "line",
    [b"", b"{", b"null", b"[" * 100_000, b'{"id": "a"}', b'{"id": ["a"], "text": null}', b"\xff\xfe", b'{"id":' + b"9" * 5000 + b"}"],
    ids=range(8),
)
def test_what_is_no_article_is_passed_over(tmp_path: Path, line: bytes) -> None:
    (tmp_path / "all.jsonl").write_bytes(line + b'\n{"id": "a", "text": "one"}\n')
    (tmp_path / "b.json").write_bytes(line)
    assert list(articles([tmp_path], {"a", "b"})) == [("a", "one")]


def test_other_files_and_hidden_folders_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (".git/a.txt", "a.txt.tsv", "b.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(tmp_path / "a.txt")
    assert list(articles([tmp_path], {"a"})) == []


def test_a_file_that_is_not_utf8_is_another_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"caf\xe9")
    assert list(articles([tmp_path], {"a"})) == [("a", "caf�")]


@pytest.mark.parametrize("name", ["none.txt", "nowhere/all.jsonl"])
def test_a_path_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableInput, match="no such file or folder"):
        list(articles([tmp_path / name], {"a"}))


def test_a_file_of_another_kind_is_refused_when_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(UsageError, match=r"give \.txt"):
        list(articles([tmp_path / "a.pdf"], {"a"}))


@pytest.mark.parametrize("broken", [b"no gzip", gzip.compress(b"{}\n" * 99)[:-9]], ids=["other", "cut"])
def test_broken_gzip_is_one_line(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(broken)
    with pytest.raises(UnreadableInput, match=r"a\.jsonl\.gz: ") as caught:
        list(articles([tmp_path], {"a"}))
    assert "\n" not in str(caught.value)


def test_lines_and_articles_without_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publictexts, "LONGEST", 1000)
    (tmp_path / "all.jsonl.gz").write_bytes(gzip.compress(b" " * 10_000))
    (tmp_path / "a.txt").write_text("x" * 1001, encoding="utf-8")
    for name in ("all.jsonl.gz", "a.txt"):
        with pytest.raises(UnreadableInput, match="too long for an article"):
            list(articles([tmp_path / name], {"a"}))
