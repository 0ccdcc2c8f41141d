"""What is marked of a finding: names where it is about actors, the hedged words for a headline, else evidence; nothing if only counted."""

import pytest

from sayso.reading import OUTLET, Finding
from sayso.render.layers import LAYERS, layer, marked
from sayso.spans import Span

WORDS, NAME = (Span(0, 9),), (Span(3, 5),)


@pytest.mark.parametrize(
    ("measure", "label", "where", "words"),
    [
        ("loaded", "loaded", "loaded", WORDS),
        ("editorial", "evaluation", "editorial", WORDS),
        ("certainty", "hedge", "certainty", WORDS),
        ("certainty", "level", "certainty", ()),
        ("certainty", "hedge_lost", "certainty", NAME),
        ("stance", "unfavorable", "stance", NAME),
        ("stance", "neutral", "stance", ()),
        ("role", "victim", "frames", NAME),
        ("frame", "generic:conflict", "frames", WORDS),
        ("sourcing", "first", "more", ()),
        ("irony", "irony", "more", WORDS),
    ],
)
def test_what_is_marked(measure: str, label: str, where: str, words: tuple[Span, ...]) -> None:
    finding = Finding(measure, label, OUTLET, WORDS, 0.5, 0.5, about=NAME)
    assert (layer(finding), marked(finding)) == (where, words)
    assert where in LAYERS


def test_what_names_no_actor_is_marked_by_its_evidence() -> None:
    assert marked(Finding("stance", "favorable", OUTLET, WORDS, 0.5, 0.5)) == WORDS
