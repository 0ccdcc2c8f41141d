"""Whom a pronoun or a description means: candidates, what speaks for each of them, and the choice.

Always true here: only clusters that agree with the words are candidates, a bounded number of the nearest; the choice is a small readable
model over named clues (`data/speakers.json`, fitted by `training.speakers`); below its threshold nobody is chosen.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sayso import language, linear
from sayso.attribution.draft import NATIONALITY, ORGANIZATION, PERSON, PLACE, Link
from sayso.linear import Clue
from sayso.spans import Span
from sayso.speakers import agreement, gazetteer
from sayso.speakers.clusters import Cluster
from sayso.speakers.nouns import class_of, noun_of, sort_of

NEAREST, LATER, BACK = 14, 4, 240  # candidates before and after, and names looked at for them
RIGHT = "right"
THRESHOLDS = {
    "he": 0.1,
    "she": 0.1,
    "it": 0.12,
    "they": 0.15,
    "we": 0.35,
    "role": 0.25,
    "body": 0.25,
    "document": 0.4,
    "plural": 0.4,
    "thing": 0.4,
}

_SENTENCE = re.compile(r"[.!?…][\"'”’)]*\s+(?=[\"'“‘(]*[^\W\d_a-z])|\n\s*\n")
_SMALL = frozenset(
    {"the", "this", "that", "these", "those", "a", "an", "of", "s", "his", "her", "its", "their", "our", "and", "in", "for", "said"}
)


@dataclass(slots=True)
class Scene:
    """Where in a document everything stands, for quick questions.

    Attributes:
        text: the document's text.
        mentions: where clusters are named, in order.
        links: by mention, what the network says.

    """

    text: str
    mentions: Sequence[tuple[Span, Cluster]]
    links: dict[Span, list[Link]]
    starts: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    first: set[Span] = field(default_factory=set)
    roles: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.starts = [span.start for span, _ in self.mentions]
        self.sentences = [0, *(match.end() for match in _SENTENCE.finditer(self.text))]
        self.paragraphs = [0, *(match.end() for match in re.finditer(r"\n\s*", self.text))]
        last = -1
        for span, _ in self.mentions:
            number = self.sentence(span.start)
            if number != last:
                self.first.add(span)
            last = number
        for cluster in {id(cluster): cluster for _, cluster in self.mentions}.values():
            for word in cluster.roles:
                self.roles[word] = self.roles.get(word, 0) + 1

    def sentence(self, at: int) -> int:
        """The number of the sentence that holds a place."""
        return bisect_right(self.sentences, at)

    def paragraph(self, at: int) -> int:
        """The number of the line that holds a place."""
        return bisect_right(self.paragraphs, at)


@dataclass(frozen=True, slots=True)
class Question:
    """A pronoun or description in its place.

    Attributes:
        sort: the pronoun's subject form, or what kind of thing a description describes (`role`, `body`, `document`, `plural`, `thing`).
        words: as they stand, trimmed.
        span: where.
        outer: who speaks the words around it, if somebody does.
        last: the last speakers at the same depth, latest first.
        spoken: the spans handed over lately, with who handed them over.
        earlier: whom the very same description meant before.

    """

    sort: str
    words: str
    span: Span
    outer: Cluster | None
    last: tuple[Cluster, ...]
    spoken: tuple[Span, ...]
    earlier: Cluster | None


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
    order = sorted(near.values(), key=lambda pair: -(pair[1].start if pair[1] else -1))
    later: dict[int, tuple[Cluster, Span | None]] = {}
    for span, cluster in scene.mentions[number : number + BACK // 4]:
        if len(later) >= LATER or (question.sort in ("he", "she", "it", "they", "we") and span.start - at > 150):
            break
        if span.start >= question.span.end and id(cluster) not in near and id(cluster) not in later and _may(question, cluster):
            later[id(cluster)] = (cluster, span)
    network = {id(cluster): score for cluster, score in _network(scene, question)}
    return [
        Candidate(cluster, _clues(scene, question, cluster, span, rank, network.get(id(cluster))))
        for rank, (cluster, span) in enumerate([*order, *later.values()])
    ]


def choose(question: Question, offered: Sequence[Candidate]) -> tuple[Cluster | None, float]:
    """The likeliest candidate with its probability; nobody where none passes the threshold."""
    if not offered:
        return None, 0.0
    model = linear.load("speakers")["antecedent"]
    odds = []
    for candidate in offered:
        right = min(max(model.probabilities(candidate.clues)[RIGHT], 1e-6), 1 - 1e-6)
        odds.append((right / (1 - right), candidate.cluster))
    share, best = max(odds, key=lambda pair: pair[0])
    chance = share / (share + 1)
    certain = share / (sum(one for one, _ in odds) + THRESHOLDS[question.sort])
    return (best, certain) if chance >= THRESHOLDS[question.sort] else (None, 0.0)


def _may(question: Question, cluster: Cluster) -> bool:
    """Whether the words allow this cluster at all."""
    sort, kind = question.sort, cluster.kind
    if kind == NATIONALITY:
        return False
    if sort in ("he", "she"):
        wanted = agreement.MASCULINE if sort == "he" else agreement.FEMININE
        if cluster.parts or cluster.gender not in ("", wanted):
            return False
        return kind == PERSON or (not kind and agreement.agree(sort, cluster.name) and sort_of(cluster.name) == "role")
    if sort == "it":
        return kind in (ORGANIZATION, PLACE) or (not kind and not cluster.parts and sort_of(cluster.name) in ("body", "document", "thing"))
    if sort == "they":
        return kind != PERSON or bool(cluster.parts)
    if sort == "role":
        return (kind == PERSON and not cluster.parts) or (not kind and sort_of(cluster.name) == "role" and not cluster.parts)
    if sort == "body":
        return kind in (ORGANIZATION, PLACE) or (
            not kind
            and (sort_of(cluster.name) == "body" or noun_of(language.lower(cluster.name)) == noun_of(language.lower(question.words)))
        )
    if sort == "document":
        return kind == ORGANIZATION or (not kind and sort_of(cluster.name) == "document")
    if sort == "plural":
        return kind == ORGANIZATION or bool(cluster.parts) or (not kind and agreement.phrase(cluster.name).number == agreement.PLURAL)
    return not cluster.parts


def _network(scene: Scene, question: Question) -> list[tuple[Cluster, float]]:
    found = []
    for link in scene.links.get(question.span, ()):
        at = bisect_left(scene.starts, link.antecedent.start)
        if at < len(scene.mentions) and scene.mentions[at][0].overlaps(link.antecedent):
            found.append((scene.mentions[at][1], link.score))
    return sorted(found, key=lambda pair: pair[1])


def _clues(scene: Scene, question: Question, cluster: Cluster, span: Span | None, rank: int, network: float | None) -> tuple[Clue, ...]:
    sort = "he" if question.sort == "she" else question.sort
    told: list[tuple[str, float]] = [
        (f"kind={'joint' if cluster.parts else cluster.kind or 'described'}", 1.0),
        (f"rank={min(rank, 5)}", 1.0),
    ]
    if question.last[:1] == (cluster,):
        told.append(("last speaker", 1.0))
    elif cluster in question.last[1:2]:
        told.append(("speaker before", 1.0))
    elif cluster in question.last:
        told.append(("spoke lately", 1.0))
    if question.outer is not None:
        told.append(("speaks around it" if cluster is question.outer else "inside another's words", 1.0))
    if cluster.gender and sort == "he":
        told.append(("gender", 1.0))
    told.append(("often named", math.log1p(len(cluster.spans))))
    if span is None:
        told.append(("not named before", 1.0))
    elif span.start > question.span.start:
        told.append(("named later", 1.0))
    else:
        between = scene.sentence(question.span.start) - scene.sentence(span.start)
        told.append((f"sentences={min(between, 4)}", 1.0))
        if scene.paragraph(span.start) == scene.paragraph(question.span.start):
            told.append(("same paragraph", 1.0))
        if span in scene.first:
            told.append((f"first in sentence={min(between, 2)}", 1.0))
        if scene.text[span.end : span.end + 1] in ("'", "’"):
            told.append(("possessor", 1.0))
        before = scene.text[max(0, span.start - 12) : span.start].split()
        if before and language.lower(before[-1]) in language.load().words["prepositions"]:
            told.append(("governed", 1.0))
        if any(spoken.holds(span) and not spoken.holds(question.span) for spoken in question.spoken):
            told.append(("inside words handed over", 1.0))
    if network is not None:
        told.append(("network", network))
    if sort in THRESHOLDS and sort not in ("he", "it", "they", "we"):
        told.extend((name, 1.0) for name in _description(scene, question, cluster))
    return tuple(Clue(f"{sort}: {name}", span if span is not None else question.span, value) for name, value in told)


def _description(scene: Scene, question: Question, cluster: Cluster) -> list[str]:
    """What the words of a description have in common with what the article says of a cluster."""
    low = language.lower(question.words)
    noun = noun_of(low)
    found = []
    if question.earlier is not None:
        found.append("same words before" if cluster is question.earlier else "same words meant another")
    if noun in cluster.roles:
        found.append("noun fits" if scene.roles.get(noun, 0) > 1 else "noun fits it alone")
    elif scene.roles.get(noun, 0):
        found.append("noun fits another")
    if question.sort in ("body", "document"):
        classes = {class_of(word) for word in language.lower(cluster.name).split()} - {""}
        medium = language.lower(cluster.name) in language.load().words["media"]
        own = "medium" if medium else next(iter(sorted(classes)), cluster.kind or "described")
        found.append("same class" if class_of(noun) in classes | {own} else f"{class_of(noun)} against {own}")
    rest = {_meaning(word) for word in re.findall(r"[\w\-]+", low) if word != noun and word not in _SMALL}
    theirs = {_meaning(word) for word in cluster.roles}
    if rest:
        shared = len(rest & theirs)
        found.append("all other words fit" if shared == len(rest) else "some other words fit" if shared else "other words do not fit")
    else:
        found.append("no other words")
    if low.startswith(("this ", "that ", "these ")):
        found.append("pointing")
    if cluster.gender and agreement.phrase(question.words).gender not in ("", cluster.gender):
        found.append("gender clash")
    letters = re.findall(r"\b[A-Z]{2,}\b", question.words)
    if any(word in cluster.name.split() for word in letters):
        found.append("shares its acronym")
    return found


def _meaning(word: str) -> str:
    """A word, or the state that it stands for."""
    return gazetteer.state(word) or word
