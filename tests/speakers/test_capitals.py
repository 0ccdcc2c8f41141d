from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.speakers.capitals import find


def named(text: str) -> list[tuple[str, str]]:
    return [(text[name.span.start : name.span.end], name.kind) for name in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor met Mara Voss in Tehran.", [("Mara Voss", "person"), ("Tehran", "place")]),
        ("Foreign Minister Sergei Onegin left.", [("Sergei Onegin", "person")]),
        ("The Ministry of National Roads paid.", [("Ministry of National Roads", "organization")]),
        ("Iranian and Russian ships left.", [("Iranian", "nationality"), ("Russian", "nationality")]),
        ("Mr. Voss’s ship left.", [("Voss", "person")]),
        ("Yesterday it rained.", []),
        ("Law & Roads reported it.", [("Law & Roads", "organization")]),
        ("Piet van der Meer left.", [("Piet van der Meer", "person")]),
        ("THE MAYOR MET MARA VOSS IN TEHRAN.", []),
        ("", []),
    ],
)
def test_names_by_their_capitals(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


@given(st.text(alphabet="aA bB.,’'\n“”&-éÉ", max_size=80))
def test_names_are_disjoint_and_in_order(text: str) -> None:
    spans = [name.span for name in find(text)]
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
