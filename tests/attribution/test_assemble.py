from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.attribution.assemble import assemble, order
from sayso.attribution.draft import Draft, Found
from sayso.baseline.rules import find
from sayso.document import Document
from sayso.reading import Generator
from sayso.spans import Span

TEXT = "Dora Quill told Reuters that “the dam, he said, will hold”. It was reported\nthat critics claim it leaks; she denied that."
SPANS = st.lists(st.tuples(st.integers(-2, len(TEXT) + 4), st.integers(-1, 40)), max_size=3).map(
    lambda pairs: tuple(Span(a, a + n) for a, n in pairs)
)
DRAFTS = st.lists(
    st.builds(Draft, content=SPANS, source=SPANS, cue=SPANS, within=st.none() | st.integers(-1, 9), confidence=st.floats(-1, 2)), max_size=9
)


@given(DRAFTS)
@settings(max_examples=120, deadline=None)
def test_any_drafts_make_a_reading_that_keeps_the_contract(drafts: list[Draft]) -> None:
    document = Document(TEXT)
    reading = assemble(document, Found(tuple(drafts)), Generator("1", "rules"))
    assert reading.check() is reading
    assert [attribution.id for attribution in reading.attributions] == [f"A{n}" for n in range(1, len(reading.attributions) + 1)]
    shares = reading.summary.outlet_share + reading.summary.quoted_share + reading.summary.reported_share
    assert shares == pytest.approx(1.0)
    by_id = {attribution.id: attribution for attribution in reading.attributions}
    for attribution in reading.attributions:
        assert attribution.chain[0] == "outlet"
        assert attribution.chain[-1] == attribution.speaker
        seen = set()
        at: str | None = attribution.id
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = by_id[at].within


@given(st.text(max_size=120))
@settings(deadline=None)
def test_what_the_rules_find_in_any_text_keeps_the_contract(text: str) -> None:
    document = Document(text)
    assemble(document, Found(tuple(find(document))), Generator()).check()


def test_drafts_are_sorted_and_numbered_with_their_nesting() -> None:
    document = Document("Quill said that Tamm believes it will rain.")
    inner = Draft((Span(30, 42),), (Span(16, 20),), (Span(21, 29),), within=1)
    outer = Draft((Span(11, 42),), (Span(0, 5),), (Span(6, 10),))
    first, second = assemble(document, Found((inner, outer)), Generator()).attributions
    assert (document[first.source], first.id, first.within) == ("Quill", "A1", None)
    assert (document[second.source], second.id, second.within) == ("Tamm", "A2", "A1")


def test_twins_are_dropped_and_their_children_kept() -> None:
    document = Document("Quill said that Tamm believes it will rain.")
    outer = Draft((Span(11, 42),), (Span(0, 5),), (Span(6, 10),))
    inner = Draft((Span(30, 42),), (Span(16, 20),), (Span(21, 29),), within=1)
    assert [draft.within for draft in order(document, [outer, outer, inner])] == [None, 0]


def test_a_cycle_is_cut() -> None:
    document = Document("Quill said that Tamm believes it will rain.")
    one = Draft((Span(11, 42),), cue=(Span(6, 10),), within=1)
    two = Draft((Span(16, 42),), cue=(Span(11, 15),), within=0)
    kept = order(document, [one, two])
    assert sum(draft.within is None for draft in kept) >= 1


def test_content_without_words_left_is_dropped() -> None:
    document = Document("Quill said  so.")
    assert order(document, [Draft((Span(10, 12),)), Draft((Span(6, 10),), cue=(Span(6, 10),)), Draft(())]) == []
