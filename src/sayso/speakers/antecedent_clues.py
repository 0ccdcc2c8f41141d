"""What speaks for and against one cluster as the antecedent of a pronoun or description.

Always true here: every clue counts twice, for all sorts of words together and for its own sort ("he" stands for "she" too), so that a rare
sort leans on the others (Daumé 2007, "Frustratingly Easy Domain Adaptation"); clues name no words of the text but the classes of nouns.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from sayso import language
from sayso.attribution.draft import PERSON
from sayso.linear import Clue
from sayso.spans import Span
from sayso.speakers import agreement, gazetteer
from sayso.speakers.clusters import Cluster
from sayso.speakers.nouns import class_of, noun_of
from sayso.speakers.scene import Question, Scene

ANY = "any"
_DESCRIPTIONS = frozenset({"role", "body", "document", "plural", "thing"})
_SMALL = frozenset(
    {"the", "this", "that", "these", "those", "a", "an", "of", "s", "his", "her", "its", "their", "our", "and", "in", "for", "said"}
)


def clues(
    scene: Scene, question: Question, cluster: Cluster, span: Span | None, rank: int, said: Sequence[tuple[str, float]]
) -> tuple[Clue, ...]:
    """The clues of one candidate, from its nearest mention, its rank by nearness, and what the network says."""
    sort = "he" if question.sort == "she" else question.sort
    told: list[tuple[str, float]] = [
        (f"kind={'joint' if cluster.parts else cluster.kind or 'described'}", 1.0),
        (f"rank={min(rank, 5)}", 1.0),
        ("candidate", 1.0),
    ]
    if question.last[:1] == (cluster,):
        told.append(("last speaker", 1.0))
    elif cluster in question.last[1:2]:
        told.append(("speaker before", 1.0))
    elif cluster in question.last:
        told.append(("spoke lately", 1.0))
    if question.outer is not None:
        told.append(("speaks around it" if cluster is question.outer else "inside another's words", 1.0))
    if question.outer is not None and sort == "we":
        told.extend((name, 1.0) for name in _represents(question.outer, cluster))
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
    told.extend(said)
    if sort in _DESCRIPTIONS:
        told.extend((name, 1.0) for name in _description(scene, question, cluster))
    at = span if span is not None else question.span
    return tuple(Clue(f"{kind}: {name}", at, value) for kind in (sort, ANY) for name, value in told)


def _represents(outer: Cluster, cluster: Cluster) -> list[str]:
    """Whether who speaks has the role of speaking for a body or a state: "the Harbor Institute's spokeswoman"."""
    spoken = any(word.startswith("spokes") for word in outer.roles)
    if cluster is outer:
        return ["speaks for another"] if spoken else []
    own = {_meaning(word) for word in language.lower(cluster.name).split() if word not in _SMALL}
    theirs = {_meaning(word) for word in outer.roles}
    if cluster.kind == PERSON or not own & theirs:
        return []
    return ["speaker's own body" if own <= theirs else "speaker's body in part", *(["body of a spokesperson"] if spoken else [])]


def _description(scene: Scene, question: Question, cluster: Cluster) -> list[str]:
    """What the words of a description have in common with what the article says of a cluster."""
    low = language.lower(question.words)
    noun = noun_of(low)
    found = []
    if question.earlier is not None:
        found.append("same words before" if cluster is question.earlier else "same words meant another")
    if noun in cluster.roles:
        found.append("noun fits" if scene.roles.get(noun, 0) > 1 else "noun fits it alone")
        if noun in cluster.titles:
            found.append("noun is its title")
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
