"""Single sentences: texts out, texts in again, with what stands beside them; targets get their names back from the text."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from sayso.cli import app
from sayso.errors import ContractError
from sayso.evaluation.standoff import articles_of, attach, detach, detached, join, read_detached
from sayso.evaluation.targets import read_targets
from sayso.evaluation.told import read_told

Rows = list[dict[str, Any]]
runner = CliRunner()

ARTICLE = "Fog lay on Quill Bay. \n\nThe reckless council let the pier rot 🦀 again.  “A farce,” said Odo Lamm.\n"
TEXT = "The reckless council let the pier rot 🦀 again.  "
START = ARTICLE.index(TEXT)

WORDING = {
    "id": f"harbors/Kq9:{START}",
    "part": "train",
    "outlet": "The Quay",
    "topic": "fishing",
    "before": "Fog lay on Quill Bay.",
    "text": TEXT,
    "after": "“A farce,” said Odo Lamm.",
    "loaded": [{"span": [4, 12], "voice": "outlet"}],
    "editorial": [{"span": [0, 46], "trigger": "evaluation"}],
}
STANCE = {
    "id": "harbors/Lm4:0",
    "part": "dev",
    "outlet": "Tolbury Times",
    "topic": "rail",
    "before": "",
    "text": "Ada Brook praised Odo Lamm.",
    "targets": [
        {"start": 0, "end": 9, "mention": "Ada Brook", "polarity": 0, "holder": "none"},
        {"start": 18, "end": 26, "mention": "Odo Lamm", "polarity": 1, "holder": "speaker"},
    ],
}
TEXTS = [("Lm4", "Ada Brook praised Odo Lamm."), ("Kq9", ARTICLE.replace("\n", "\r\n"))]


def sentences() -> Rows:
    return copy.deepcopy([WORDING, STANCE])


def second(row: dict[str, Any]) -> dict[str, Any]:
    """The row annotated again, with other labels."""
    again = copy.deepcopy(row)
    if "targets" in row:
        again["targets"][1] |= {"polarity": 0, "holder": "none"}
    else:
        again["loaded"] = []
        again["editorial"][0]["trigger"] = "presupposition"
    return again


def marks(row: dict[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in ("loaded", "editorial", "targets") if key in row}


def write(path: Path, rows: Rows) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def call(*arguments: object) -> Any:
    return runner.invoke(app, ["annotations", *map(str, arguments)])


def test_rows_come_back_as_they_were_and_in_their_order() -> None:
    apart = [detach(row) for row in sentences()]
    joined = join(apart, TEXTS)
    assert [json.dumps(row) for row in joined.rows.values()] == [json.dumps(row) for row in sentences()]
    assert [articles_of(row) for row in apart] == [{"Kq9": WORDING["id"]}, {"Lm4": STANCE["id"]}]


def test_nothing_of_the_text_stays() -> None:
    for row in sentences():
        apart = detach(row | {"note": row["text"]})
        texts = [row[key] for key in ("before", "text", "after") if key in row]
        left = set(re.findall(r"\w+", json.dumps(apart | {"outlet": ""}, ensure_ascii=False)))
        assert not left & set(re.findall(r"\w+", " ".join(texts)))
        assert "mention" not in left


@pytest.mark.parametrize(
    ("old", "new"),
    [("Fog lay", "Sun lay"), ("the pier", "our pier"), ("said Odo", "says Odo"), ("Fog", "The fog"), (ARTICLE, "")],
    ids=["before", "sentence", "after", "elsewhere", "empty"],
)
def test_other_words_in_or_beside_the_sentence_differ(old: str, new: str) -> None:
    joined = join([detach(WORDING)], [("Kq9", ARTICLE.replace(old, new))])
    assert (joined.rows, joined.differing) == ({}, (WORDING["id"],))


def test_what_comes_again_is_the_second_annotation() -> None:
    rows = sentences()
    parts = detached([*rows, *map(second, rows)])
    assert list(parts) == ["wording.train", "stance.dev"]
    joined = join([row for found in parts.values() for row in found], TEXTS)
    assert list(joined.rows.values()) == [row | {"second": marks(second(row))} for row in rows]
    with pytest.raises(ContractError, match="second annotation already"):
        detached([*rows, *rows, *rows])
    with pytest.raises(ContractError, match="another text"):
        detached([rows[0], rows[0] | {"before": "Rain lay on Quill Bay."}])


@given(st.text(max_size=30), st.text(), st.sampled_from(["", " ", "\n\n", "\u2003"]), st.text(min_size=1), st.text(), st.text(max_size=30))
def test_any_neighbors_of_any_sentence_come_back(head: str, before: str, gap: str, text: str, after: str, tail: str) -> None:
    head, before, text, after, tail = (part.replace("\r", "") for part in (head, before.strip(), text, after.strip(), tail))
    lead = head + before + gap
    row = WORDING | {"id": f"s/a:{len(lead)}", "before": before, "text": text, "after": after, "loaded": [], "editorial": []}
    assert attach(detach(row), lead + text + gap + after + tail) == row


@pytest.mark.parametrize(
    ("which", "at", "value"),
    [
        (0, ("id",), "harbors/Kq9"),
        (0, ("id",), "Kq9:7"),
        (0, ("id",), "harbors/Kq9:" + "9" * 40),
        (0, ("id",), "harbors/a sentence:7"),
        (0, ("part",), "../train"),
        (0, ("outlet",), "word " * 17),
        (0, ("topic",), "word " * 17),
        (0, ("sha256",), "two words"),
        (0, ("length_before",), -1),
        (0, ("length_after",), None),
        (0, ("length",), True),
        (0, ("loaded", 0, "span"), [4, 4000]),
        (0, ("loaded", 0, "span"), [12, 4]),
        (0, ("loaded", 0, "voice"), "the council"),
        (0, ("editorial", 0, "trigger"), "because"),
        (0, ("editorial",), None),
        (0, ("second",), {}),
        (1, ("targets", 0, "polarity"), 2),
        (1, ("targets", 0, "polarity"), True),
        (1, ("targets", 0, "polarity"), [1]),
        (1, ("targets", 0, "holder"), "outlet"),
        (1, ("targets", 1, "holder"), "none"),
        (1, ("targets", 1, "end"), 28),
        (1, ("second",), {"targets": []}),
    ],
)
def test_a_broken_row_is_refused_with_its_place(tmp_path: Path, which: int, at: tuple[str | int, ...], value: object) -> None:
    row: Any = detach(sentences()[which])
    place = row
    for step in at[:-1]:
        place = place[step]
    place[at[-1]] = value
    with pytest.raises(ContractError, match=r"broken\.jsonl:1: ") as caught:
        read_detached(write(tmp_path / "broken.jsonl", [row]))
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_a_mention_that_does_not_stand_there_is_refused() -> None:
    row = sentences()[1]
    row["targets"][0]["mention"] = "Ida Brook"
    with pytest.raises(ContractError, match="not what stands at its place"):
        detach(row)


def test_the_commands_out_and_in_again(tmp_path: Path) -> None:
    rows = sentences()
    whole = write(tmp_path / "rows.jsonl", [*rows, *map(second, rows)])
    assert call("split", whole, "--out", tmp_path / "apart").exit_code == 0
    texts = write(tmp_path / "texts.jsonl", [{"id": name, "text": text} for name, text in TEXTS])
    done = call("join", tmp_path / "apart", "--texts", texts, "--out", tmp_path / "joined")
    assert done.exit_code == 0, done.output
    assert "2 of 2 texts found" in done.output
    assert call("split", tmp_path / "joined", "--out", tmp_path / "again").exit_code == 0
    for path in (tmp_path / "apart").iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()
    # What training and evaluation read.
    (worded,) = read_told(tmp_path / "joined" / "wording.train.jsonl")
    assert worded.second is not None
    assert [worded.document[mark.span] for mark in worded.first.loaded] == ["reckless"]
    (targeted,) = read_targets(tmp_path / "joined" / "stance.dev.jsonl", "stance")
    assert [label.label for label in targeted.first] == ["neutral", "favorable"]


def test_articles_and_sentences_may_be_joined_together(tmp_path: Path, rows: Rows, collection: Path) -> None:
    apart = [detach(row) for row in (*rows, STANCE)]
    (collection / "Lm4.txt").write_text(TEXTS[0][1], encoding="utf-8")
    done = call("join", write(tmp_path / "apart.jsonl", apart), "--texts", collection, "--out", tmp_path / "joined")
    assert done.exit_code == 0, done.output
    found = [json.loads(line) for line in (tmp_path / "joined" / "apart.jsonl").read_text(encoding="utf-8").splitlines()]
    assert found == [*rows, STANCE]
