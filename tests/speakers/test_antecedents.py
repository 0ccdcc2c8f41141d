from __future__ import annotations

import math

import pytest

from sayso.attribution.draft import ORGANIZATION, PERSON, Link, Name
from sayso.spans import Span
from sayso.speakers.antecedents import Candidate, candidates, choose
from sayso.speakers.clusters import Cluster, Clusters
from sayso.speakers.scene import Question, Scene

TEXT = "Dora Quill met Bela Stone at Harbor Institute. They talked. Then he said it rained."
NAMES = [Name(Span(0, 10), PERSON), Name(Span(15, 25), PERSON), Name(Span(29, 45), ORGANIZATION)]
HE = Span(TEXT.index("he said"), TEXT.index("he said") + 2)


def scene(*links: tuple[Span, float], settled: dict[Span, Cluster] | None = None) -> Scene:
    clusters = Clusters(TEXT, NAMES)
    mentions = [(name.span, clusters.of_name[name.span]) for name in NAMES]
    told = {HE: [Link(HE, span, math.log(share)) for span, share in links]} if links else {}
    return Scene(TEXT, mentions, told, settled or {})


def question(sort: str = "he") -> Question:
    return Question(sort, "he", HE, None, (), (), None)


def value(candidate: Candidate, name: str) -> float | None:
    return next((clue.value for clue in candidate.clues if clue.name == name), None)


@pytest.mark.parametrize(("sort", "expected"), [("he", {"Bela Stone"}), ("she", {"Dora Quill"}), ("it", {"Harbor Institute"})])
def test_only_who_agrees_is_a_candidate(sort: str, expected: set[str]) -> None:
    assert {candidate.cluster.name for candidate in candidates(scene(), question(sort))} <= expected | {"Bela Stone"}
    assert expected <= {candidate.cluster.name for candidate in candidates(scene(), question(sort))}


def test_the_network_counts_all_mentions_of_one_together() -> None:
    stone = scene().mentions[1][1]
    source = Span(47, 51)
    place = scene((NAMES[1].span, 0.3), (source, 0.4))
    place.settled[source] = place.mentions[1][1]
    offered = {candidate.cluster.name: candidate for candidate in candidates(place, question())}
    assert value(offered[stone.name], "he: network share") == pytest.approx(0.7)
    assert value(offered[stone.name], "he: network none") == pytest.approx(0.3)


def test_who_only_the_network_offers_is_a_candidate_too() -> None:
    source = Span(47, 51)
    other = Cluster("a fisherman")
    offered = candidates(scene((source, 0.9), settled={source: other}), question())
    assert other in [candidate.cluster for candidate in offered]


def test_nobody_among_nobody() -> None:
    assert choose(question(), []) == (None, 0.0)


def test_the_probability_is_one_among_all() -> None:
    offered = candidates(scene((NAMES[1].span, 0.95)), question())
    best, certain = choose(question(), offered)
    assert best is not None
    assert best.name == "Bela Stone"
    assert 0.5 < certain < 1.0
