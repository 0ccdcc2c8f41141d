"""The contract between training and run time for the tone network: how a sentence sounds, and how it speaks of those whom it names.

The network hears one sentence at a time, by itself. Its lower `SHARED` layers are those of the sentence encoder it starts from, untouched;
above them it forks. One branch keeps the sentence encoder's own upper layers and gives the vector of the sentence's meaning. The other
is tuned and gives a state per word piece, a score per word piece and wording, and scores of the sentence as a whole. For every mention of
somebody, the target head then reads the states of the mention, of the words that it attends to and of the whole sentence.
"""

from __future__ import annotations

SHARED = 2
"""Layers that the vectors and the tuned branch have in common."""

WORDINGS = ("loaded", "editorial", "lexical_bias")
"""Scores per word piece: log odds that it is loaded; that it belongs to a stretch that evaluates, exhorts, presupposes or generalizes; that
BASIL's annotators (Fan et al. 2019) would call it lexical bias, which is learned beside the others and not shown."""
LOADED, EDITORIAL, LEXICAL_BIAS = range(3)

SENTENCE = (
    "editorial",
    "evaluation",
    "exhortation",
    "presupposition",
    "generalization",
    "unfavorable",
    "neutral",
    "favorable",
    "certainty",
    "hedged",
)
"""Scores of the sentence: log odds that it editorializes; of the triggers; of its tone as a whole; of its place on the scale of certainty;
that it holds a hedge. The four triggers and the three tones are each a distribution (softmax); the others stand alone (sigmoid)."""
EDITORIALIZES, TRIGGER, TONE, CERTAINTY, HEDGED = 0, slice(1, 5), slice(5, 8), 8, 9

STANCE, ROLE = slice(0, 3), slice(3, 7)
TARGET = ("unfavorable", "neutral", "favorable", "hero", "villain", "victim", "none")
"""Scores of a mention: its stance and its role, each a distribution (softmax)."""

LONGEST = 190
"""Word pieces of a sentence that are heard together, not counting the two special ones; a longer one is heard in parts."""
REACH = 32
"""Word pieces from the mention beyond which all distances look alike."""

TONE_INPUTS = ("ids", "case", "mask")
"""Inputs: two [sentences, length] int64 arrays and a [sentences, length] float mask."""
TONE_OUTPUTS = ("shared", "states", "wordings", "sentence")
"""Outputs: states of the lower layers and of the tuned ones, [sentences, length, width], and scores [sentences, length, 3] and
[sentences, 10]."""
TARGET_INPUTS = ("states", "mask", "row", "first", "last")
"""Inputs of the target head: the states and the mask, and for every mention its sentence and its first and last position in it."""
TARGET_OUTPUTS = ("targets",)
"""Output of the target head: [mentions, 7] scores."""
VECTOR_INPUTS = ("shared", "mask")
"""Inputs of the vector branch: states of the lower layers and the mask."""
VECTOR_OUTPUTS = ("vectors",)
"""Output of the vector branch: [sentences, width] unit vectors."""
