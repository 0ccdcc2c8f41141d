"""Stories: the texts of several articles out, and in again one by one; groups and conflicts that do not hang together are refused."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.errors import ContractError
from sayso.evaluation.datacard import agreements, counts
from sayso.evaluation.rowvalues import digest
from sayso.evaluation.standoff import articles_of, detach, detached, join, read_detached
from sayso.evaluation.storygold import read_stories

runner = CliRunner()
Row = dict[str, Any]

QUAY = "The ferry 🚢 sank off Quill Bay.\nNine people died, the harbor office said."
POST = "A ferry went down near Quill Bay. “Ten are dead,” said Odo Lamm. Brook disputed that it sank."


def article(name: str, outlet: str, text: str) -> Row:
    return {"id": name, "outlet": outlet, "sha256": digest(text), "text": text}


def spans(text: str, *words: str) -> list[list[int]]:
    return [[text.index(word), text.index(word) + len(word)] for word in words]


STORY: Row = {
    "id": "harbors/7",
    "split": "test",
    "articles": [article("q1", "The Quay", QUAY), article("p2", "Harbor Post", POST)],
    "statements": [
        [0, spans(QUAY, "The ferry 🚢 sank off Quill Bay.")],
        [0, spans(QUAY, "Nine people died")],
        [1, spans(POST, "A ferry went down near Quill Bay.")],
        [1, spans(POST, "Ten are", "dead")],
        [1, spans(POST, "that it sank")],
    ],
    "groups": [[0, 2, 4]],
    "against": [[1, 3, "number"], [4, 0, "denied"]],
}
SECOND = {"groups": [[0, 2]], "against": [[1, 3, "number"]]}
TEXTS = [("p2", POST), ("else", ""), ("q1", QUAY.replace("\n", "\r\n"))]


def story(**more: Any) -> Row:
    return copy.deepcopy(STORY) | more


def write(path: Path, rows: list[Row]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def call(*arguments: object) -> Any:
    return runner.invoke(app, ["annotations", *map(str, arguments)])


def test_a_story_comes_back_as_it_was() -> None:
    apart = detach(STORY)
    assert articles_of(apart) == {"q1": "harbors/q1", "p2": "harbors/p2"}
    joined = join([apart], TEXTS)
    assert [json.dumps(row) for row in joined.rows.values()] == [json.dumps(STORY)]
    assert (joined.missing, joined.differing) == ((), ())


def test_nothing_of_the_texts_stays() -> None:
    left = set(re.findall(r"[A-Za-z]{3,}", json.dumps(detach(story(note=QUAY)), ensure_ascii=False))) - {"Quay", "Harbor", "Post", "The"}
    assert not left & set(re.findall(r"[A-Za-z]{3,}", QUAY + POST))


def test_each_article_that_is_not_there_is_told_by_its_name() -> None:
    joined = join([detach(STORY)], [("q1", QUAY.replace("Nine", "Six")), ("q1", "")])
    assert (joined.rows, joined.missing, joined.differing) == ({}, ("harbors/p2",), ("harbors/q1",))


def test_of_several_texts_of_one_name_the_right_one_is_taken_and_then_the_search_ends() -> None:
    def texts() -> Any:
        yield from (("q1", "Another copy."), *TEXTS)
        raise AssertionError("nothing more is wanted")

    joined = join([detach(STORY)], texts())
    assert list(joined.rows.values()) == [STORY]
    assert not joined.differing


def test_a_story_that_comes_again_brings_its_second_annotation() -> None:
    (row,) = detached([STORY, story(**SECOND)])["test"]
    assert row["second"] == SECOND
    with pytest.raises(ContractError, match="second annotation already"):
        detached([STORY, story(**SECOND), STORY])
    with pytest.raises(ContractError, match="another text"):
        detached([STORY, story(statements=STORY["statements"][::-1])])


def test_the_commands_out_and_in_again(tmp_path: Path) -> None:
    whole = write(tmp_path / "rows.jsonl", [STORY, story(**SECOND)])
    assert call("split", whole, "--out", tmp_path / "apart").exit_code == 0
    texts = write(tmp_path / "texts.jsonl", [{"id": name, "text": text} for name, text in TEXTS])
    lost = call("join", tmp_path / "apart", "--texts", whole, "--out", tmp_path / "joined")
    assert lost.exit_code == 1
    assert "0 of 2 texts found, 2 missing" in lost.output
    done = call("join", tmp_path / "apart", "--texts", texts, "--out", tmp_path / "joined")
    assert done.exit_code == 0, done.output
    assert "2 of 2 texts found" in done.output
    call("split", tmp_path / "joined", "--out", tmp_path / "again")
    assert (tmp_path / "again" / "test.jsonl").read_bytes() == (tmp_path / "apart" / "test.jsonl").read_bytes()
    (read,) = read_stories(tmp_path / "joined" / "test.jsonl", "test")
    assert read.texts[3:] == ("Ten are dead", "that it sank")
    assert read.articles == (0, 0, 1, 1, 1)
    assert read.first.pairs() == {(0, 2), (0, 4), (2, 4)}
    assert read.first.conflicts == {(1, 3): "number", (0, 4): "denied"}
    assert read.second is not None
    assert read.second.pairs() == {(0, 2)}
    assert read_stories(tmp_path / "joined" / "test.jsonl", "train") == []
    with pytest.raises(ContractError, match="join them with sayso annotations join"):
        read_stories(tmp_path / "apart" / "test.jsonl")


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (("id",), "harbors"),
        (("id",), "harbors/a whole sentence"),
        (("split",), "../test"),
        (("articles", 0, "id"), "harbors/q1"),
        (("articles", 0, "id"), ""),
        (("articles", 0, "outlet"), "word " * 17),
        (("articles", 0, "sha256"), "two words"),
        (("articles", 0, "length"), -1),
        (("articles", 0, "length"), 3),
        (("statements", 0, 0), 2),
        (("statements", 0, 0), True),
        (("statements", 0, 1), []),
        (("statements", 3, 1), [[44, 48], [35, 42]]),
        (("statements", 0), "The ferry sank"),
        (("groups", 0), [0]),
        (("groups", 0), [2, 0]),
        (("groups", 0), [0, 0]),
        (("groups", 0), [0, 5]),
        (("groups",), [[0, 1], [0, 2], [0, 3]]),
        (("against", 0, 2), "because"),
        (("against", 0, 1), 1),
        (("against", 0, 1), 9),
        (("second",), {}),
        (("second",), {"groups": [[0, 9]], "against": []}),
    ],
)
def test_a_broken_row_is_refused_with_its_place(tmp_path: Path, at: tuple[str | int, ...], value: object) -> None:
    row: Any = detach(story())
    place = row
    for step in at[:-1]:
        place = place[step]
    place[at[-1]] = value
    with pytest.raises(ContractError, match=r"broken\.jsonl:1: ") as caught:
        read_detached(write(tmp_path / "broken.jsonl", [row]))
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_a_text_that_is_not_the_one_of_its_digest_is_refused() -> None:
    row = story()
    row["articles"][1]["text"] += " "
    with pytest.raises(ContractError, match="text of p2 is not the one of its sha256"):
        detach(row)


def test_counts_and_agreement(tmp_path: Path) -> None:
    told = counts([detach(story(second=SECOND))])
    for line in (
        "stories | 1 | 1", "… annotated twice | 1 | 1", "articles | 2 | 2", "statements | 5 | 5", "… in a group | 3 | 3",
        "… in two groups | 0 | 0", "groups | 1 | 1", "… over several articles | 1 | 1", "pairs that say the same | 3 | 3",
        "… of different articles | 2 | 2", "all pairs of statements | 10 | 10", "pairs that cannot both be true | 2 | 2",
        "… `denied`, in one group | 1 | 1", "… `number`, in one group | 0 | 0", "outlets | 2 | 2",
    ):  # fmt: skip
        assert f"| {line} |" in told, line
    agreed = agreements([write(tmp_path / "a.jsonl", [story(second=SECOND)])])
    assert agreed is not None
    assert agreed.startswith("1 stories with 5 statements, annotated twice.")
    assert "all pairs, F1 | 3 | 50.0 |" in agreed
    assert "of different articles, F1 | 2 | 66.7 |" in agreed
    assert "the very statements, F1 | 2 | 66.7 |" in agreed
    assert agreements([write(tmp_path / "a.jsonl", [STORY])]) is None
