"""The contract between training and run time: what goes into the network and what its outputs mean.

One encoder pass gives a state per word piece, the cue scores and, for each kind of name, the name scores. For every cue, the role head
then scores each word piece of the same window as part of the cue's source and of its content. All speak in *path scores*: for each piece
a number for standing **inside** a span, for **beginning** one and for **ending** one. The score of a set of spans is the sum of its
inside scores plus one begin and one end score per span; nothing else is legal, so borders are decided together (semi-Markov view:
Sarawagi and Cohen 2004; boundary scores for quotations: Scheible, Klinger and Padó 2016).

For a mention that is no name (a pronoun, a description) the link head scores each earlier mention as its antecedent, from the mean states
of both and the distance between them; standing alone has the score 0 (mention ranking: Denis and Baldridge 2008).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

INSIDE, BEGIN, END = 0, 1, 2
CHANNELS = 3

SOURCE, CONTENT = 0, 1
ROLES = ("source", "content")

NAME_KINDS = ("person", "organization", "place", "nationality")
"""Kinds of names, each with path scores of its own."""

CONVENTIONS = ("contract", "polnear")
"""Annotation conventions the network was trained on; an input of the network. The first is the one that is released as default."""

WINDOW = 254
"""Word pieces per window, not counting the two special ones at its ends."""
INNER = 190
"""Word pieces of a window that are scored in it; the others are context."""
LEFT_CONTEXT = 40
"""Word pieces of context to the left of the scored ones."""

CASES = 4  # no capital, Capitalized, ALL CAPITALS, mixed
QUOTED = 2  # outside, inside quotation marks
REACH = 64  # relative positions beyond this many pieces from the cue look alike

INPUTS = ("ids", "case", "quoted", "mask", "convention")
"""Inputs of the encoder: three [windows, length] int64 arrays, a [windows, length] float mask, and [windows] int64."""
OUTPUTS = ("states", "cues", "names")
"""Outputs of the encoder: [windows, length, width] float32, [windows, length, 3] path scores, and as many for each kind of name."""
ROLE_INPUTS = ("states", "row", "first", "last")
"""Inputs of the role head: the states, and for every cue its window and its first and last position in it."""
ROLE_OUTPUTS = ("roles",)
"""Output of the role head: [cues, length, 6] path scores, source first."""
LINK_INPUTS = ("antecedents", "mentions", "distance")
"""Inputs of the link head: mean states of both sides [pairs, width], and how far apart they stand, as `far` counts."""
LINK_OUTPUTS = ("links",)
"""Output of the link head: [pairs] scores; no antecedent at all scores 0."""

NEAR = (1, 3, 6, 10, 16, 25, 40, 60, 90, 140, 220, 400)  # word pieces; beyond the last, all distances look alike
MENTION = 12  # pieces of a mention that count, from its first


def far(pieces: int) -> int:
    """In which step of `NEAR` a distance in word pieces falls: 0 to `len(NEAR)`."""
    return bisect_right(NEAR, pieces)


@dataclass(frozen=True, slots=True)
class DecoderSettings:
    """What is tuned on development data and kept in the bundle's card.

    Attributes:
        cue_bias: added to every cue's begin score; above 0 finds more cues, below 0 fewer.
        source_bias: added to the log odds that a cue has a source.
        confidence: weights of an intercept and of the log odds of cue, source and content, for the probability that the
            attribution is right (Platt 1999); fitted on development data.

    """

    cue_bias: float = 0.0
    source_bias: float = 0.0
    confidence: tuple[float, float, float, float] = (0.0, 1.0, 0.5, 0.5)
