"""All steps after the finder together."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.attribution.completion import complete
from sayso.attribution.draft import Draft
from sayso.spans import Span
from sayso.testing import span_of


def test_a_denied_claim_stands_within_its_denial_and_a_participle_has_its_speaker() -> None:
    text = "Dora Quill denied claims that the dam leaks, adding that it holds. “Nobody has seen any water.”"
    denied = Draft((span_of(text, "that the dam leaks"),), (span_of(text, "Dora Quill"),), (span_of(text, "denied claims"),))
    added = Draft((span_of(text, "that it holds"),), cue=(span_of(text, "adding"),))
    found = complete(text, [added, denied])
    shown = [tuple(" … ".join(text[a:b] for a, b in part) for part in (one.source, one.cue, one.content)) for one in found]
    assert shown == [
        ("Dora Quill", "denied", "claims that the dam leaks"),
        ("", "claims", "that the dam leaks"),
        ("Dora Quill", "adding", "that it holds … “Nobody has seen any water.”"),
    ]
    assert [one.within for one in found] == [None, 0, None]


PARTS = ["denied", "claims that", "adding", "“We saw it all coming here.”", "“We saw", "and warned", "Dora Quill", "\n\n", ".", ","]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PARTS), max_size=14), st.data())
def test_no_draft_is_lost(parts: list[str], data: st.DataObject) -> None:
    text = " ".join(parts)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = [Span(a, b) for a, b in pairwise(cuts)]
    drafts = [Draft((spans[n + 1],), cue=(spans[n],)) for n in range(0, len(spans) - 1, 2)]
    found = complete(text, drafts)
    starts = {one.cue[0].start for one in found if one.cue}
    assert starts >= {one.cue[0].start for one in drafts}
    assert all(0 <= a < b <= len(text) for one in found for part in (one.source, one.cue, one.content) for a, b in part)
    assert all(one.within is None or one.within != number for number, one in enumerate(found))
