"""The two books: wording by class of voices and never summed, selection by source and never counted as wording."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.attribution.voices import voices
from sayso.audit import audit
from sayso.document import Document
from sayso.measures.books import SHOWN_AT_ZERO, Classes, selection, tallies, voice_class, words_by_class
from sayso.measures.rates import rates
from sayso.reading import OUTLET, OUTLET_STANCES, POLARITIES, VOICES, Attribution, Finding, Generator, Reading, Source, Tally
from sayso.spans import Span, intersect, span_list
from sayso.structure import word_spans
from sayso.testing import span_of

TEXT = "The brutal storm passed. Mara Voss claimed that the brutal mayor slept. The brutal quay is closed."
DENIED = [
    ("affirms", "acknowledges", "neutral"), ("affirms", "endorses", "endorsed"), ("affirms", "distances", "distanced"),
    ("affirms", "rejects", "distanced"), ("withholds", "acknowledges", "neutral"), ("denies", "acknowledges", "neutral"),
    ("denies", "endorses", "distanced"), ("denies", "distances", "distanced"), ("denies", "rejects", "endorsed"),
]  # fmt: skip


def said(polarity: str = "affirms", stance: str = "acknowledges") -> Reading:
    document = Document(TEXT)
    content = (span_of(TEXT, "that the brutal mayor slept"),)
    made = Attribution(
        "A1", content, (span_of(TEXT, "Mara Voss"),), (span_of(TEXT, "claimed"),), "S1", polarity=polarity, outlet_stance=stance
    )
    return Reading(document, (made,), (Source("S1", "Mara Voss", "person", named=True),), voices(document, (made,))).check()


def brutal(reading: Reading, measure: str = "loaded", label: str = "loaded", **more: Any) -> tuple[Finding, ...]:
    places = [Span(at, at + 6) for at in range(len(TEXT)) if TEXT.startswith("brutal", at)]
    speakers = {span: voice.speaker for voice in reading.voices for span in voice.spans}
    return tuple(
        Finding(measure, label, next(who for span, who in speakers.items() if span.holds(place)), (place,), 0.8, 0.8, **more)
        for place in places
    )


@pytest.mark.parametrize(("polarity", "stance", "voice"), DENIED)
def test_the_class_of_what_is_handed_over(polarity: str, stance: str, voice: str) -> None:
    reading = said(polarity, stance)
    assert voice_class(reading, span_of(TEXT, "mayor")) == voice
    assert voice_class(reading, span_of(TEXT, "storm")) == voice_class(reading, span_of(TEXT, "claimed")) == "own"
    assert [voice_class(reading, finding) for finding in brutal(reading)] == ["own", voice, "own"]


def test_every_stance_has_a_class() -> None:
    assert {voice_class(said(polarity, stance), span_of(TEXT, "mayor")) for polarity in POLARITIES for stance in OUTLET_STANCES} < set(
        VOICES
    )


def test_the_innermost_attribution_decides(ferry: Reading) -> None:
    text = ferry.document.text
    assert voice_class(ferry, span_of(text, "The ferry to")) == "neutral"
    assert voice_class(ferry, span_of(text, "missed every date")) == "endorsed"
    assert voice_class(ferry, span_of(text, "paid twice")) == "distanced"
    assert voice_class(ferry, span_of(text, "citing media reports")) == "own"


def test_words_by_class_are_all_words(ferry: Reading) -> None:
    assert words_by_class(ferry) == {"own": 30, "endorsed": 7, "neutral": 33, "distanced": 7}
    assert sum(words_by_class(ferry).values()) == audit(ferry).totals.words
    assert words_by_class(ferry)["own"] / 77 == pytest.approx(audit(ferry).totals.own_share)


def test_findings_are_counted_by_class_with_its_words() -> None:
    reading = said(stance="distances")
    found = brutal(reading)
    reading = replace(reading, findings=(found[0], found[1], replace(found[2], candidate=True)))
    assert tallies(reading) == (
        Tally("loaded", "loaded", "own", 1, 1, 12),
        Tally("loaded", "loaded", "distanced", 1, 0, 5),
    )


def test_stances_and_roles_are_counted_by_target_and_holder_too() -> None:
    reading = said()
    found = (*brutal(reading, "stance", "unfavorable", target="the mayor"), *brutal(reading, "role", "villain", target="the quay"))
    rows = {(row.measure, row.voice, row.target, row.holder): row.count for row in tallies(replace(reading, findings=found))}
    assert rows == {
        ("stance", "own", "the mayor", OUTLET): 2,
        ("stance", "neutral", "the mayor", "person"): 1,
        ("role", "own", "the quay", OUTLET): 2,
        ("role", "neutral", "the quay", "person"): 1,
    }


def test_nothing_found_is_said_for_loaded_and_editorial_only() -> None:
    reading = replace(said(), generator=Generator(measures=("loaded", "editorial", "stance", "certainty", "sourcing")))
    rows = tallies(reading)
    assert {(row.measure, row.label) for row in rows} == {(measure, label) for measure, labels in SHOWN_AT_ZERO.items() for label in labels}
    assert {(row.voice, row.count, row.words) for row in rows} == {("own", 0, 12), ("neutral", 0, 5)}  # no row for classes without words
    assert not tallies(said())


def test_selection_and_levels_are_no_wording() -> None:
    reading = said()
    found = brutal(reading, "sourcing", "speaks") + brutal(reading, "certainty", "level")
    assert not tallies(replace(reading, findings=found))


def test_selection(ferry: Reading) -> None:
    book = selection(ferry)
    assert [(row.source, row.kind, row.named, row.words) for row in book.quoted] == [
        ("S3", "person", True, 16),
        ("S1", "organization", True, 14),
        ("S5", "person", False, 11),
        ("S7", "unknown", False, 1),
    ]
    assert book.quoted[0].share == pytest.approx(16 / 77)
    assert book.quoted[0].quoted_share == pytest.approx(7 / 16)
    assert (book.first, book.last) == ("S1", "S7")
    assert book.own_share == pytest.approx(30 / 77)
    assert (book.named, book.unnamed, book.unresolved) == (2, 1, 1)
    assert dict(book.verbs)["person"] == (("stress", 1), ("tell", 1), ("say", 1), ("claim", 1), ("deny", 1))
    assert [kind for kind, _ in book.verbs] == ["person", "organization", "unknown"]


def test_an_empty_text_has_empty_books() -> None:
    reading = Reading(Document(""))
    assert (tallies(reading), selection(reading).quoted, words_by_class(reading)) == ((), (), dict.fromkeys(VOICES, 0))


PIECES = [
    "The brutal storm passed.",
    "Mara Voss said that the brutal mayor slept.",
    "Officials claimed that it rained.",
    "“Brutal,” said Mara Voss.",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.integers(2, 4))
def test_repeating_a_paragraph_leaves_rates_unchanged(by_rules: Callable[[str], Reading], pieces: list[str], times: int) -> None:
    def rows(text: str) -> dict[tuple[str, str], float]:
        reading = by_rules(text)
        places = [Span(at, at + 6) for at in range(len(text)) if text[at : at + 6].lower() == "brutal"]
        whose = [next(voice.speaker for voice in reading.voices if intersect(voice.spans, (place,))) for place in places]
        found = tuple(Finding("loaded", "loaded", who, (place,), 0.5, 0.5) for who, place in zip(whose, places, strict=True))
        counted = {(row.label, row.voice): rates(row) for row in tallies(replace(reading, findings=found).check())}
        return {key: rate.per_thousand for key, rate in counted.items() if rate is not None}

    once = "\n\n".join(pieces)
    assert rows("\n\n".join([once] * times)) == pytest.approx(rows(once))


@given(st.data())
def test_each_finding_is_counted_once_and_each_word_too(data: st.DataObject) -> None:
    reading = said(stance=data.draw(st.sampled_from(OUTLET_STANCES)))
    words = word_spans(reading.document.text)
    speakers = {word: next(v.speaker for v in reading.voices if intersect(v.spans, (word,))) for word in words}
    chosen = data.draw(st.lists(st.sampled_from([word for word in words if any(s.holds(word) for v in reading.voices for s in v.spans)])))
    flags = data.draw(st.lists(st.booleans(), min_size=len(chosen), max_size=len(chosen)))
    found = [
        Finding("loaded", "loaded", speakers[word], (word,), 0.5, 0.5, candidate=flag) for word, flag in zip(chosen, flags, strict=True)
    ]
    rows = tallies(replace(reading, findings=tuple(found)).check())
    assert sum(row.count + row.candidates for row in rows) == len(found)
    assert sum(row.candidates for row in rows) == sum(flags)
    assert len({(row.measure, row.label, row.voice) for row in rows}) == len(rows)
    classes = Classes(reading)
    counted = Counter(classes.of(word) for word in words)
    assert {voice: counted[voice] for voice in VOICES} == classes.words()
    assert sum(span.length for voice in VOICES for span in classes.spans(voice)) == len(reading.document.text)
    assert span_list(span for voice in VOICES for span in classes.spans(voice))
