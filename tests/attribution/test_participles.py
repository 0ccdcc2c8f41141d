"""Cues that go on with the subject before them."""

import pytest

from sayso.attribution.draft import Draft
from sayso.attribution.nesting import with_nesting
from sayso.attribution.participles import with_shared_sources
from sayso.testing import span_of

CASES = [
    ("Dora Quill said it rained, adding that it had stopped.", "adding", "that it had stopped", "Dora Quill"),
    ("Dora Quill said it rained, without naming the village.", "without naming", "the village", "Dora Quill"),
    ("Dora Quill said it rained. And called for pumps.", "called for", "pumps", "Dora Quill"),
    ("Dora Quill said it rained and warned of floods.", "warned of", "floods", "Dora Quill"),
    ("Dora Quill said it rained. More rain is expected to fall.", "is expected", "to fall", ""),
    ("Dora Quill said it rained on, reportedly, two villages.", "reportedly", "two villages", ""),
    ("Dora Quill said it rained, and alleged thieves fled.", "alleged", "thieves", ""),
    ("Dora Quill said it rained.\n\nSteps were taken, adding that all was well.", "adding", "that all was well", ""),
]


@pytest.mark.parametrize(("text", "cue", "content", "expected"), CASES, ids=[case[0] for case in CASES])
def test_shared_sources(text: str, cue: str, content: str, expected: str) -> None:
    said = Draft((span_of(text, "it rained"),), (span_of(text, "Dora Quill"),), (span_of(text, "said"),))
    more = Draft((span_of(text, content),), cue=(span_of(text, cue),))
    found = with_shared_sources(text, [said, more])
    assert found[0] == said
    assert "".join(text[a:b] for a, b in found[1].source) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain fell. King Harald met the mayor and stressed the need for pumps.", "King Harald"),
        ("On Monday the mayor came and stressed the need for pumps.", ""),
    ],
)
def test_the_subject_of_the_sentence(text: str, expected: str) -> None:
    (found,) = with_shared_sources(text, [Draft((span_of(text, "the need for pumps"),), cue=(span_of(text, "stressed"),))])
    assert "".join(text[a:b] for a, b in found.source) == expected


def test_a_cue_inside_a_content_does_not_go_on_with_one_outside() -> None:
    text = "Dora Quill said the town had met, stressing the need for pumps."
    outer = Draft(
        (span_of(text, "the town had met, stressing the need for pumps"),), (span_of(text, "Dora Quill"),), (span_of(text, "said"),)
    )
    inner = Draft((span_of(text, "the need for pumps"),), cue=(span_of(text, "stressing"),))
    found = with_shared_sources(text, with_nesting([outer, inner]))
    assert found[1].source == ()
