"""The source audit: every word counts once, positions are where they say, and nothing in it goes beyond the reading."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.attribution.voices import summary, voices
from sayso.audit import Place, SourceAudit, audit
from sayso.document import Document
from sayso.quotations import quotations
from sayso.reading import IDENTITIES, Attribution, Reading, Source
from sayso.spans import Span, merge, span_list
from sayso.structure import paragraphs, word_spans


def rows(reading: Reading) -> dict[str, SourceAudit]:
    return {row.source.id: row for row in audit(reading).sources}


def test_a_source_gets_its_words_its_place_and_its_verbs(ferry: Reading) -> None:
    row = rows(ferry)["S3"]
    text = ferry.document.text
    before = len(word_spans(text[: text.index("that the builder")]))
    until = len(word_spans(text[: text.index("she said")]))
    assert (row.attributions, row.inner) == (3, 1)
    assert (row.quoted_words, row.reported_words, row.words) == (3 + 4, 4 + 5, 16)
    assert row.share == pytest.approx(16 / 77)
    for place, word, at in ((row.first, before + 1, before / 77), (row.last, until, until / 77)):
        assert place is not None
        assert place.word == word
        assert place.share == pytest.approx(at)
    assert row.forms == (("mixed", 1), ("indirect", 1), ("direct", 1))
    assert row.outlet_stances == (("acknowledges", 2), ("endorses", 1))
    assert row.cues == (("stressed", 1), ("told", 1), ("said", 1))
    assert row.verbs == (("stress", 1), ("tell", 1), ("say", 1))
    assert row.via == (("S2", 1), ("S4", 1))


def test_the_innermost_voice_gets_the_words_and_the_outer_one_keeps_its_place(ferry: Reading) -> None:
    row = rows(ferry)["S1"]
    assert row.words == 10 + 4  # "that Ines Calder stressed" is the institute's; what she stressed is hers
    assert row.first == Place(1, 0.0)
    assert row.last is not None
    assert ferry.document[word_spans(ferry.document.text)[row.last.word - 1]] == "date"


def test_those_with_most_words_come_first(ferry: Reading) -> None:
    assert [row.source.id for row in audit(ferry).sources] == ["S3", "S1", "S5", "S6", "S7"]


def test_totals(ferry: Reading) -> None:
    totals = audit(ferry).totals
    assert (totals.words, totals.attributions, totals.inner, totals.sources) == (77, 8, 1, 4)
    assert (totals.own_share, totals.quoted_share, totals.reported_share) == pytest.approx(
        (ferry.summary.outlet_share, ferry.summary.quoted_share, ferry.summary.reported_share)
    )
    assert (totals.named_share, totals.unstated_share, totals.unresolved_share) == (0.5, 1 / 8, 1 / 8)
    assert [(group.label, group.sources, group.attributions) for group in totals.by_identity] == [
        ("named", 2, 4),
        ("unnamed", 1, 2),
        ("unresolved", 1, 1),
        ("unstated", 0, 1),
    ]
    assert [(group.label, group.sources) for group in totals.by_kind] == [("person", 2), ("organization", 1), ("unknown", 1)]
    assert [(group.label, group.words) for group in totals.by_standing] == [("official", 27), ("expert", 14), ("none", 1)]
    assert (totals.first_speaker, totals.last_speaker) == ("S1", "S7")
    assert (totals.longest_in, totals.longest_chain) == ("A2", ("outlet", "S1", "S2", "S3"))
    assert audit(ferry).relays == (("S2", 1), ("S4", 1))


def test_voices_are_worked_out_where_the_reading_has_none(ferry: Reading) -> None:
    assert audit(replace(ferry, voices=())) == audit(ferry)


@pytest.mark.parametrize("text", ["", "— … —", "It rained all day."])
def test_without_attributions_all_is_the_outlets_own(text: str) -> None:
    found = audit(Reading(Document(text)))
    assert not found.sources
    assert not found.relays
    assert found.totals.own_share == (1.0 if "rained" in text else 0.0)
    assert found.totals.longest_in is None
    assert [group.label for group in found.totals.by_identity] == list(IDENTITIES)


@pytest.mark.parametrize(
    ("cue", "verb"),
    [
        ("said", "say"),
        ("has vehemently denied", "deny"),
        ("went on to point out", "point out"),
        ("refused to say", "refuse"),
        ("according to", "according to"),
        ("the allegation that", "allegation"),
        ("SAID", "say"),
        ("blorped", "blorped"),
    ],
)
def test_cues_are_counted_by_their_verb(cue: str, verb: str) -> None:
    text = f"Mara Voss {cue} the bridge is shut."
    content = text.index("the bridge")
    attribution = Attribution("A1", (Span(content, len(text)),), (Span(0, 9),), (Span(10, content - 1),), "S1")
    found = rows(Reading(Document(text), (attribution,), (Source("S1", "Mara Voss"),)))["S1"]
    assert found.cues == ((cue.lower(), 1),)
    assert found.verbs == ((verb, 1),)


@pytest.mark.parametrize(
    ("source", "identity"),
    [
        (Source("S1", "Mara Voss", named=True), "named"),
        (Source("S1", "a senior official"), "unnamed"),
        (Source("S1", "she", resolved=False), "unresolved"),
        (Source("S1", "unknown"), "unstated"),
        (Source("S1", ""), "unstated"),
    ],
)
def test_identity(source: Source, identity: str) -> None:
    assert source.identity == identity


TEXT = "“Ab cd, ef” gh ij. “Kl” mn op qr st.\n\nUv “wx yz” ab cd."
PIECES = st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20)), min_size=1, max_size=3)


@given(st.lists(st.tuples(PIECES, st.sampled_from(["S1", "S2", "S3"])), max_size=8))
def test_every_word_counts_once_whatever_the_attributions(made: list[tuple[list[tuple[int, int]], str]]) -> None:
    document = Document(TEXT)
    attributions = tuple(
        Attribution(f"A{number}", merge(Span(a, min(len(TEXT), a + length)) for a, length in pieces), speaker=speaker)
        for number, (pieces, speaker) in enumerate(made)
    )
    sources = tuple(Source(name, name, named=True) for name in ("S1", "S2", "S3"))
    reading = Reading(document, attributions, sources, voices(document, attributions))
    found, expected = audit(reading), summary(document, attributions, sources, quotations(TEXT, paragraphs(TEXT)))
    totals = found.totals
    assert sum(row.words for row in found.sources) == round((1 - totals.own_share) * totals.words)
    assert (totals.own_share, totals.quoted_share, totals.reported_share) == pytest.approx(
        (expected.outlet_share, expected.quoted_share, expected.reported_share)
    )
    assert sum(group.attributions for group in totals.by_identity) == len(attributions)
    for row in found.sources:
        if row.first and row.last:
            assert 1 <= row.first.word <= row.last.word <= totals.words
            assert row.last.share >= row.first.share


def test_thousands_of_quotations_by_thousands_of_sources_is_counted_at_all() -> None:
    piece = "“Ab cd,” ef gh. "
    count = 5_000
    text = piece * count
    attributions = tuple(
        Attribution(f"A{n}", span_list([(n * len(piece), n * len(piece) + 8)]), speaker=f"S{n}", form="direct") for n in range(count)
    )
    reading = Reading(Document(text), attributions, tuple(Source(f"S{n}", f"x{n}") for n in range(count)))
    assert audit(reading).totals.quoted_share == pytest.approx(0.5)
