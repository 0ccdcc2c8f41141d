"""Mentions as the network sees them, and how well an unnamed one fits those before it.

Always true here: a mention's state is the mean over its first `MENTION` pieces in the window that scores it; it is compared with at most
`OFFERED` earlier mentions, so time grows linearly with their number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sayso.attribution.draft import Draft, Link, Name
from sayso.encoder.heads import MENTION, far
from sayso.spans import Span

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

OFFERED = 60
UNLIKELY = -6.0  # log probability under which a link is not worth keeping


class Linker(Protocol):
    """Anything that scores pairs of mentions."""

    def links(self, antecedents: Floats, mentions: Floats, distance: Ints) -> Floats:
        """Scores [P] from mean states [P, W] and steps of distance; no antecedent at all scores 0."""
        ...


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or a source, with its pieces `[first, last]` among all of the text and its mean state [W]."""

    span: Span
    first: int
    last: int
    state: Floats


def mean_state(states: Floats, at: tuple[int, int]) -> Floats:
    """The mean state of the pieces at the positions `[at[0], at[1]]`, of long mentions of the first `MENTION`."""
    found: Floats = states[at[0] : min(at[1], at[0] + MENTION - 1) + 1].mean(axis=0)
    return found


def links(linker: Linker, mentions: Sequence[Mention], names: Sequence[Name], drafts: Sequence[Draft]) -> tuple[Link, ...]:
    """For every source that holds no name, the earlier mentions that it may refer to, with their log probabilities."""
    ordered = list({mention.span: mention for mention in sorted(mentions, key=lambda mention: mention.span)}.values())
    sources = {span for draft in drafts for span in draft.source}
    holding = {span for span in sources if _holds_one(span, names)}
    wanted = [number for number, mention in enumerate(ordered) if mention.span in sources - holding]
    offered = [
        [other for other in range(max(0, number - OFFERED), number) if not ordered[other].span.overlaps(ordered[number].span)]
        for number in wanted
    ]
    found: list[Link] = []
    for number, others, scores in zip(wanted, offered, ranked(linker, ordered, wanted, offered), strict=True):
        found += [
            Link(ordered[number].span, ordered[other].span, float(score))
            for other, score in zip(others, scores, strict=True)
            if score > UNLIKELY
        ]
    return tuple(found)


def ranked(linker: Linker, mentions: Sequence[Mention], wanted: Sequence[int], offered: Sequence[Sequence[int]]) -> list[Floats]:
    """For each wanted mention the log probabilities of the mentions offered to it, among them and none."""
    pairs = [(other, number) for number, others in zip(wanted, offered, strict=True) for other in others]
    if not pairs:
        return [np.zeros(0, np.float32) for _ in wanted]
    states = np.stack([mention.state for mention in mentions])
    left, right = (np.array(column) for column in zip(*pairs, strict=True))
    steps = np.array([far(max(0, mentions[number].first - mentions[other].last)) for other, number in pairs])
    scores = linker.links(states[left], states[right], steps)
    cuts = np.cumsum([len(others) for others in offered])[:-1]
    return [part - np.logaddexp.reduce(np.append(part, 0.0)) for part in np.split(scores, cuts)]


def _holds_one(span: Span, names: Sequence[Name]) -> bool:
    """Whether a name stands in the span; `names` are in order of the text."""
    low, high = 0, len(names)
    while low < high:
        middle = (low + high) // 2
        if names[middle].span.end <= span.start:
            low = middle + 1
        else:
            high = middle
    return low < len(names) and names[low].span.overlaps(span)
