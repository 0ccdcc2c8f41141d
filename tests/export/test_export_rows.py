"""Rows: both sides of an article, offsets that give the words back, a codebook that leaves nothing out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.document import Document
from sayso.export.columns import CLAIMS, DOCUMENTS, LABELS, REVIEW_BELOW, SOURCES, STATEMENTS, codebook, text_digest
from sayso.export.rows import PASSAGE, fit, passage, rows
from sayso.reading import (
    ATTITUDES,
    COMMITMENTS,
    FORMS,
    IDENTITIES,
    KINDS,
    OUTLET_STANCES,
    POLARITIES,
    STANDINGS,
    VOICES,
    Finding,
    Reading,
)
from sayso.render.words import CHECK_BELOW
from sayso.spans import Span, span_list


def test_a_row_for_each_attribution_and_each_sentence_of_the_outlets_own(articles: tuple[Reading, ...]) -> None:
    found = rows(articles[1]).statements
    article = articles[1].document.id
    assert [row["stmt_id"] for row in found] == [f"{article}.A1", f"{article}.A2", f"{article}.O1"]
    assert [row["voice"] for row in found] == ["neutral", "neutral", "own"]
    assert [row["form"] for row in found] == ["indirect", "indirect", "own"]
    assert [row.get("cue") for row in found] == ["claimed", "added", None]
    assert [row["source_canonical"] for row in found] == ["Zoe Angstrom", "an insider", None]
    assert found[2]["text"] == "The yard was quiet on Monday."


@pytest.mark.parametrize("number", range(4))
def test_offsets_give_the_words_back(number: int, articles: tuple[Reading, ...]) -> None:
    reading = articles[number]
    made = rows(reading)
    text = reading.document.text
    assert made.document["text"] == text
    for row in made.statements:
        spans = row["spans"]
        assert isinstance(spans, list)
        assert " … ".join(text[start:end] for start, end in spans) == row["text"]
        assert (row["start"], row["end"]) == (spans[0][0], spans[-1][1])
        assert row["text_digest"] == text_digest(text)


def test_rows_hold_no_other_columns_than_the_tables(ferry: Reading) -> None:
    made = rows(ferry)
    assert set(made.document) == {column.name for column in DOCUMENTS} - {"story", "text_of", "wire"} | {"text"}
    assert all(set(row) == {column.name for column in SOURCES} for row in made.sources)
    names = {column.name for column in STATEMENTS} | {PASSAGE}
    assert all(set(row) <= names for row in made.statements)
    assert set().union(*made.statements) == names


def test_chain_relay_and_nesting_are_told_by_name(ferry: Reading) -> None:
    row = rows(ferry).statements[1]
    assert row["chain"] == "outlet > the Harbor Institute > media reports > Ines Calder"
    assert (row["via"], row["within"]) == ("media reports", f"{ferry.document.id}.A1")
    assert [row["needs_review"] for row in rows(ferry).statements] == [False] * 6 + [True, False]


def test_wording_found_in_a_statement_stands_beside_it(ferry: Reading) -> None:
    def finding(measure: str, label: str, words: str, speaker: str, **more: object) -> Finding:
        at = ferry.document.text.index(words)
        return replace(Finding(measure, label, speaker, (Span(at, at + len(words)),), 0.9, 0.9), **more)  # type: ignore[arg-type]

    told = replace(
        ferry,
        findings=(
            finding("loaded", "loaded", "late", "S3"),
            finding("stance", "against", "valve was late", "S3", target="the valve"),
            finding("loaded", "loaded", "paid twice", "S5", candidate=True),
        ),
    ).check()
    found = {str(row["stmt_id"]).rpartition(".")[2]: row for row in rows(told).statements}
    assert (found["A3"]["loaded_terms"], found["A3"]["stance_target"], found["A3"]["stance"]) == ("late", "the valve", "against")
    assert found["A5"]["loaded_terms"] == ""


def test_a_passage_is_the_sentence_with_the_words_marked() -> None:
    text = "It rains. “We wait,” she said, “and hope.” It snows."
    sentences = (Span(0, 9), Span(10, 42), Span(43, 52))
    spans = span_list([(10, 20), (31, 42)])
    assert passage(text, sentences, spans) == (("“We wait,”", True), (" she said, ", False), ("“and hope.”", True))
    assert passage(text, sentences, span_list([(3, 13)])) == (
        ("It ", False),
        ("rains. “We", True),
        (" wait,” she said, “and hope.”", False),
    )
    assert passage(text, (), spans)[0] == ("“We wait,”", True)


@given(st.text(max_size=40), st.data())
def test_a_passage_gives_back_the_marked_words(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = span_list(zip(cuts[::2], cuts[1::2], strict=False))
    if spans:
        pieces = passage(text, (Span(0, len(text)),), spans)
        assert "".join(words for words, _ in pieces) == fit(text)
        assert "".join(words for words, marked in pieces if marked) == fit("".join(text[start:end] for start, end in spans))


def test_what_no_file_can_hold_becomes_one_replacement_each() -> None:
    text = "a\x00b\ud800c said so, and nobody knew why"
    made = rows(Reading(Document(text)))
    assert made.document["text"] == "a\ufffdb\ufffdc said so, and nobody knew why"
    assert len(str(made.document["text"])) == len(text)


def test_the_codebook_defines_every_column_and_every_label_of_the_contract() -> None:
    tables = {"statements": STATEMENTS, "sources": SOURCES, "documents": DOCUMENTS, "claims": CLAIMS}
    defined = codebook(tables)
    assert all(row["meaning"] for row in defined)
    assert [row["column"] for row in defined if row["table"] == "sources" and not row["label"]] == [column.name for column in SOURCES]
    closed = {
        "form": FORMS, "attitude": ATTITUDES, "polarity": POLARITIES, "outlet_stance": OUTLET_STANCES, "commitment": COMMITMENTS,
        "source_kind": KINDS, "source_standing": STANDINGS, "identity": IDENTITIES, "voice": VOICES,
    }  # fmt: skip
    for column, labels in closed.items():
        found = {row["label"] for row in defined if (row["table"], row["column"]) == ("statements", column)} - {""}
        assert found - {"own"} == set(labels) - {"own"}, column
    assert set(LABELS["voice"]) == set(VOICES)
    assert REVIEW_BELOW == CHECK_BELOW
