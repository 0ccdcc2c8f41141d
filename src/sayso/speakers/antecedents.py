"""Whom a pronoun or a description means: candidates, what speaks for each of them, and the choice.

Always true here: only clusters that agree with the words are candidates, a bounded number of the nearest; the choice is a small readable
model over named clues (`data/speakers.json`, fitted by `training.speakers`); where nobody is likelier than the best by more
than its sort allows, nobody is chosen.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sayso import language, linear
from sayso.attribution.draft import NATIONALITY, ORGANIZATION, PERSON, PLACE
from sayso.linear import Clue
from sayso.spans import Span
from sayso.speakers import agreement
from sayso.speakers.antecedent_clues import clues
from sayso.speakers.clusters import Cluster
from sayso.speakers.nouns import noun_of, sort_of
from sayso.speakers.scene import Question, Scene

_FAINT = 0.003  # probability below which the network's word is none
NEAREST, LATER, BACK = 14, 4, 240  # candidates before and after, and names looked at for them
RIGHT = "right"
NAMED_RIGHT = 0.92  # how often the name of who is rightly chosen is right, too (cross-validation over the training articles)
# What the best candidate's odds against nobody must be: a wrong "he" costs as much as an open one, a wrong "report" more.
NOBODY = {"he": 0.15, "she": 0.15, "it": 0.3, "they": 0.3, "we": 0.5}
NOBODY |= {"role": 0.4, "body": 0.4, "plural": 0.7, "document": 0.7, "thing": 0.7}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One cluster with all that speaks for or against it."""

    cluster: Cluster
    clues: tuple[Clue, ...]


Judge = Callable[[int, Question, Sequence[Candidate]], tuple[Cluster | None, float]]


def candidates(scene: Scene, question: Question) -> list[Candidate]:
    """The clusters that may be meant, nearest first, each with its clues."""
    at = question.span.start
    near: dict[int, tuple[Cluster, Span | None]] = {}
    number = bisect_left(scene.starts, at)
    for step in range(number - 1, max(-1, number - 1 - BACK), -1):
        span, cluster = scene.mentions[step]
        if span.end <= at and id(cluster) not in near and _may(question, cluster):
            near[id(cluster)] = (cluster, span)
            if len(near) >= NEAREST:
                break
    for cluster in (*question.last, *filter(None, (question.outer, question.earlier))):
        if id(cluster) not in near and _may(question, cluster):
            near[id(cluster)] = (cluster, next((span for span in reversed(cluster.spans) if span.end <= at), None))
    network = _network(scene, question)
    for cluster, _ in network.values():
        if id(cluster) not in near and _may(question, cluster):
            near[id(cluster)] = (cluster, next((span for span in reversed(cluster.spans) if span.end <= at), None))
    order = sorted(near.values(), key=lambda pair: -(pair[1].start if pair[1] else -1))
    later: dict[int, tuple[Cluster, Span | None]] = {}
    for span, cluster in scene.mentions[number : number + BACK // 4]:
        if len(later) >= LATER or (question.sort in ("he", "she", "it", "they", "we") and span.start - at > 150):
            break
        if span.start >= question.span.end and id(cluster) not in near and id(cluster) not in later and _may(question, cluster):
            later[id(cluster)] = (cluster, span)
    offered = [*order, *later.values()]
    said = _said([id(cluster) for cluster, _ in offered], network) if question.span in scene.links else {}
    return [
        Candidate(cluster, clues(scene, question, cluster, span, rank, said.get(id(cluster), ())))
        for rank, (cluster, span) in enumerate(offered)
    ]


def choose(question: Question, offered: Sequence[Candidate]) -> tuple[Cluster | None, float]:
    """The likeliest candidate with its probability among all that are offered and nobody; nobody where that is likelier."""
    model = linear.load("speakers")["antecedent"]
    odds = []
    for candidate in offered:
        right = min(max(model.probabilities(candidate.clues)[RIGHT], 1e-6), 1 - 1e-6)
        odds.append(right / (1 - right))
    best = max(range(len(odds)), key=odds.__getitem__, default=None)
    if best is None or odds[best] < NOBODY[question.sort]:
        return None, 0.0
    return offered[best].cluster, NAMED_RIGHT * odds[best] / (1 + sum(odds))


def _may(question: Question, cluster: Cluster) -> bool:
    """Whether the words allow this cluster at all."""
    sort, kind = question.sort, cluster.kind
    if kind == NATIONALITY or (cluster.parts and sort not in ("they", "plural")):
        return False
    if sort in ("he", "she"):
        wanted = agreement.MASCULINE if sort == "he" else agreement.FEMININE
        if cluster.gender not in ("", wanted):
            return False
        return kind == PERSON or (not kind and agreement.agree(sort, cluster.name) and sort_of(cluster.name) == "role")
    if sort == "it":
        return kind in (ORGANIZATION, PLACE) or (not kind and sort_of(cluster.name) in ("body", "document", "thing"))
    if sort == "they":
        return kind != PERSON or bool(cluster.parts)
    if sort == "role":
        return kind == PERSON or (not kind and sort_of(cluster.name) == "role")
    if sort == "body":
        return kind in (ORGANIZATION, PLACE) or (
            not kind
            and (sort_of(cluster.name) == "body" or noun_of(language.lower(cluster.name)) == noun_of(language.lower(question.words)))
        )
    if sort == "document":
        return kind == ORGANIZATION or (not kind and sort_of(cluster.name) == "document")
    if sort == "plural":
        return kind == ORGANIZATION or bool(cluster.parts) or (not kind and agreement.phrase(cluster.name).number == agreement.PLURAL)
    return True


def _network(scene: Scene, question: Question) -> dict[int, tuple[Cluster, float]]:
    """The clusters that the network linked, each with the probability of all its mentions together, by identity."""
    found: dict[int, tuple[Cluster, float]] = {}
    for link in scene.links.get(question.span, ()):
        cluster = scene.settled.get(link.antecedent)
        at = bisect_left(scene.starts, link.antecedent.start)
        if cluster is None and at < len(scene.mentions) and scene.mentions[at][0].overlaps(link.antecedent):
            cluster = scene.mentions[at][1]
        if cluster is not None:
            found[id(cluster)] = (cluster, found.get(id(cluster), (cluster, 0.0))[1] + math.exp(link.score))
    return found


def _said(offered: Sequence[int], network: Mapping[int, tuple[Cluster, float]]) -> dict[int, list[tuple[str, float]]]:
    """What the network says of every cluster that is offered: by itself, and against the best of the others."""
    shares = {one: network[one][1] if one in network else 0.0 for one in offered}
    best, second = [*sorted(shares.values(), reverse=True), 0.0, 0.0][:2]
    none = max(0.0, 1 - sum(share for _, share in network.values()))
    told: dict[int, list[tuple[str, float]]] = {}
    for one, share in shares.items():
        own = math.log(max(share, _FAINT))
        other = math.log(max(second if share == best else best, _FAINT))
        told[one] = [("network", own), ("network against others", own - other), ("network share", share), ("network none", none)]
        if share == best:
            told[one].append(("network's best", 1.0))
    return told
