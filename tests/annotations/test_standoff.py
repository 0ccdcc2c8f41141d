"""Texts out, texts in again: what is detached holds no text, what is attached is what was annotated, anything else is refused."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import ContractError
from sayso.evaluation.articlecard import agreements, characters, counts
from sayso.evaluation.publictexts import articles
from sayso.evaluation.rowvalues import MOST_WORDS, digest
from sayso.evaluation.standoff import attach, detach, detached, join, read_detached

Rows = list[dict[str, Any]]


def test_round_trip_through_every_kind_of_collection(rows: Rows, collection: Path) -> None:
    apart = [detach(row) for row in rows]
    joined = join(apart, articles([collection], {"harbor_times_1", "Kq9"}))
    assert list(joined.rows.values()) == rows
    assert not joined.missing
    assert not joined.differing
    assert not any(row["text"][:20] in json.dumps(apart, ensure_ascii=False) for row in rows)


def test_the_line_break_at_the_end_is_ours_or_theirs(rows: Rows) -> None:
    apart = detach(rows[0])
    assert apart["final_line_break"]
    assert apart["length"] == len(rows[0]["text"]) - 1
    stretch = "x" * 26 + rows[0]["text"][:-1]
    assert all(attach(apart, stretch + rest) == rows[0] for rest in ("", "\n", "\r\n", " More."))
    assert not detach(rows[1])["final_line_break"]


def test_an_article_with_other_words_differs_and_one_that_is_not_there_is_missing(rows: Rows) -> None:
    apart = [detach(row) for row in rows]
    joined = join(apart, [("Kq9", rows[1]["text"].replace("deny", "admit")), ("else", "")])
    assert (joined.rows, joined.missing, joined.differing) == ({}, ("ferries/harbor_times_1",), ("bridges/Kq9",))


def test_of_two_texts_of_one_name_the_right_one_is_taken(rows: Rows) -> None:
    other = {**detach(rows[1]), "id": "elsewhere/Kq9", "sha256": digest("Other words."), "starts_at": 0, "length": 12}
    other |= {"attributions": [], "own_voice_evaluations": [], "loaded": []}
    joined = join([detach(rows[1]), other], [("Kq9", "Other words."), ("Kq9", rows[1]["text"]), ("Kq9", "Third.")])
    assert [row["text"] for row in joined.rows.values()] == [rows[1]["text"], "Other words."]
    assert not joined.differing


def test_the_search_ends_with_the_last_article(rows: Rows) -> None:
    def texts() -> Any:
        yield "Kq9", rows[1]["text"]
        raise AssertionError("nothing more is wanted")

    assert join([detach(rows[1])], texts()).rows


def test_an_article_that_comes_again_brings_its_second_annotation(twice: Rows) -> None:
    parts = detached(twice)
    assert {part: len(found) for part, found in parts.items()} == {"train": 1, "dev": 1}
    second = parts["train"][0]["second"]
    assert second["attributions"][0]["outlet_stance"] == "endorses"
    assert parts["train"][0]["attributions"][0]["outlet_stance"] == "acknowledges"
    with pytest.raises(ContractError, match="second annotation already"):
        detached([*twice, twice[-1]])
    with pytest.raises(ContractError, match="another text"):
        detached(
            [
                twice[0],
                {**twice[0], "text": "Else.", "sha256": digest("Else."), "attributions": [], "own_voice_evaluations": [], "loaded": []},
            ]
        )


def test_a_description_as_long_as_a_sentence_is_cut(rows: Rows) -> None:
    rows[1]["attributions"][0]["speaker"] = " ".join(["people"] * (MOST_WORDS + 1))
    rows[1]["second"] = {key: copy.deepcopy(rows[1][key]) for key in ("attributions", "own_voice_evaluations", "loaded")}
    apart = detach(rows[1])
    for version in (apart, apart["second"]):
        assert version["attributions"][0]["speaker"] == " ".join(["people"] * MOST_WORDS) + "…"


@pytest.mark.parametrize("at", [("note",), ("attributions", 0, "region"), ("loaded", 0, "text"), ("own_voice_evaluations", 0, "text")])
def test_unknown_fields_do_not_pass(rows: Rows, at: tuple[str | int, ...]) -> None:
    place: Any = rows[0]
    for step in at[:-1]:
        place = place[step]
    place[at[-1]] = "said the “ferry”"
    assert "said the" not in json.dumps(detach(rows[0]), ensure_ascii=False)


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (("split",), "../train"),
        (("sha256",), "two words"),
        (("url",), "a sentence of the article"),
        (("outlet",), "word " * 17),
        (("outlet",), "x" * 201),
        (("starts_at",), -1),
        (("starts_at",), True),
        (("length",), "12"),
        (("contiguous",), False),
        (("final_line_break",), 1),
        (("attributions", 0, "cue"), [[0, 10_000]]),
        (("attributions", 0, "cue"), [[5, 2]]),
        (("attributions", 0, "cue"), [["said", 2]]),
        (("attributions", 0, "attitude"), "The mayor said so"),
        (("attributions", 0, "within"), "A9"),
        (("attributions", 0, "via"), ["word " * 17]),
        (("loaded", 0, "speaker"), "A9"),
        (("own_voice_evaluations", 0, "trigger"), "because"),
        (("attributions",), None),
        (("second",), {}),
    ],
)
def test_a_broken_row_is_refused_with_its_place(rows: Rows, tmp_path: Path, at: tuple[str | int, ...], value: object) -> None:
    row: Any = detach(rows[0])
    place = row
    for step in at[:-1]:
        place = place[step]
    place[at[-1]] = value
    path = tmp_path / "broken.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(ContractError, match=r"broken\.jsonl:1: ") as caught:
        read_detached(path)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_a_text_that_is_not_the_one_of_its_digest_is_refused(rows: Rows) -> None:
    with pytest.raises(ContractError, match="not the one of its sha256"):
        detach({**rows[0], "text": rows[0]["text"] + " "})


@given(before=st.text(), text=st.text(), after=st.text())
def test_any_stretch_of_any_article_comes_back(before: str, text: str, after: str) -> None:
    article = before + text + after
    start = len(before.replace("\r", ""))
    text = text.replace("\r", "")
    row: dict[str, Any] = {
        "id": "s/a",
        "split": "test",
        "outlet": None,
        "url": None,
        "date": None,
        "opinion": True,
        "starts_at": start,
        "contiguous": True,
    }
    row |= {"text": text, "sha256": digest(text), "attributions": [], "own_voice_evaluations": [], "loaded": []}
    assert attach(detach(row), article) == row


def test_counts_are_of_first_annotations(twice: Rows) -> None:
    parts = detached(twice)
    told = counts([*parts["train"], *parts["dev"]])
    assert "|  | train | dev | all |" in told
    assert "| attributions | 1 | 2 | 3 |" in told
    assert "| … annotated twice | 1 | 0 | 1 |" in told
    assert "| … inside another one | 0 | 1 | 1 |" in told
    assert "| … in the outlet's voice | 1 | 0 | 1 |" in told
    assert "| denies | 0 | 1 | 1 |" in told
    assert "| endorses | 0 | 0 | 0 |" in told
    assert "| articles of `ferries` | 1 | 0 | 1 |" in told


def test_agreement_of_characters(twice: Rows) -> None:
    row = {**twice[0], "second": {key: twice[2][key] for key in ("attributions", "own_voice_evaluations", "loaded")}}
    assert characters([row], "loaded") == 2 * 4 / (8 + 4)
    assert characters([row], "own_voice_evaluations") == 1.0
    assert characters([], "loaded") is None
    assert agreements([row], []) is None
