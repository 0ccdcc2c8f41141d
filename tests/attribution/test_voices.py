from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.attribution.voices import summary, voices
from sayso.document import Document
from sayso.reading import OUTLET, Attribution, Source
from sayso.spans import Span, merge


def attribution(number: int, speaker: str, *content: tuple[int, int], within: int | None = None) -> Attribution:
    outer = None if within is None else f"A{within}"
    return Attribution(f"A{number}", merge(Span(*pair) for pair in content), speaker=speaker, within=outer)


SIZE = 40
PIECES = st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(1, 12)), min_size=1, max_size=3)
ATTRIBUTIONS = st.lists(st.tuples(PIECES, st.sampled_from(["S1", "S2", "S3"]), st.none() | st.integers(0, 7)), max_size=8)


@given(ATTRIBUTIONS)
def test_voices_partition_the_text_whatever_the_attributions(rows: list[tuple[list[tuple[int, int]], str, int | None]]) -> None:
    document = Document("abcdefghij" * (SIZE // 10))
    made = [
        attribution(number, speaker, *((a, min(SIZE, a + length)) for a, length in pieces), within=within)
        for number, (pieces, speaker, within) in enumerate(rows)
    ]
    found = voices(document, made)
    spans = sorted(span for voice in found for span in voice.spans)
    assert "".join(document[span] for span in spans) == document.text
    assert len({voice.speaker for voice in found}) == len(found)
    attributed = {i for each in made for span in each.content for i in range(*span)}
    outlet = {i for voice in found if voice.speaker == OUTLET for span in voice.spans for i in range(*span)}
    assert attributed.isdisjoint(outlet)
    assert attributed | outlet == set(range(SIZE))


def test_the_innermost_content_wins() -> None:
    found = voices(Document("x" * 30), [attribution(1, "S1", (5, 25)), attribution(2, "S2", (10, 20), within=1)])
    assert [(voice.speaker, voice.spans) for voice in found] == [
        (OUTLET, (Span(0, 5), Span(25, 30))),
        ("S1", (Span(5, 10), Span(20, 25))),
        ("S2", (Span(10, 20),)),
    ]


def test_of_two_crossing_contents_the_shorter_wins() -> None:
    found = voices(Document("x" * 30), [attribution(1, "S1", (0, 20)), attribution(2, "S2", (15, 25))])
    assert {voice.speaker: voice.spans for voice in found} == {"S1": (Span(0, 15),), "S2": (Span(15, 25),), OUTLET: (Span(25, 30),)}


def test_an_empty_text_has_no_voices() -> None:
    assert voices(Document(""), []) == ()


def test_summary_counts_words_once() -> None:
    text = "Quill said “it rained” and that it stopped"
    quoted = (Span(text.index("“"), text.index("”") + 1),)
    made = [attribution(1, "S1", (11, len(text)))]
    found = summary(Document(text), made, [Source("S1", "Quill", "person", named=True)], quoted)
    assert (found.words, found.sources, found.named_sources) == (8, 1, 1)
    assert (found.outlet_share, found.quoted_share, found.reported_share) == pytest.approx((2 / 8, 2 / 8, 4 / 8))


def test_summary_of_nothing() -> None:
    found = summary(Document(" … "), [], [], ())
    assert (found.words, found.outlet_share, found.quoted_share, found.reported_share) == (0, 0.0, 0.0, 0.0)
