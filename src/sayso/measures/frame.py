"""Passages that may show a frame: the five generic news frames, Entman's four functions, fifteen policy dimensions.

Codebooks are data (`data/codebooks`), and all that is done here is to rank: likeness of a sentence to what the codebook says of a frame,
and the frame's words (see `codebooks.rank`). So every finding is a candidate to be read and none is ever counted.

Always true here: a sentence is given to one frame of a codebook at most, the one it scores highest for, and to the voice that says most of
its words; the evidence is the part of the sentence in that voice. A frame has at most `MOST` passages by the outlet and as many by all
sources together; a sentence that is repeated counts once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from sayso.codebooks.anchors import built_in, fingerprint
from sayso.codebooks.rank import Ranker, Scores
from sayso.measures.heard import Heard
from sayso.measures.measure import MeasureCard
from sayso.measures.stretches import Voices
from sayso.reading import OUTLET, Finding, Reading
from sayso.spans import Span, Spans, merge
from sayso.structure import words

NAME = "frame"
MOST = 2  # passages of one frame in the outlet's voice, and as many in the voices of sources
LOWEST = 0.25  # score from which a sentence is shown
LOWEST_BY_WORDS = 0.3  # where there are no vectors: two words of the frame
FEWEST_WORDS = 4  # in the part of the sentence that is the evidence


class Frame:
    """The measure."""

    name = NAME
    labels = tuple(f"{ranker.book.name}:{label}" for ranker in built_in() for label in ranker.book.labels)
    card = MeasureCard(
        observes="of all sentences this is among those closest to what the codebook says of the frame: a passage to read",
        trained="nothing: definitions, questions, examples and words of the codebooks, worded by the project",
        score=(
            "likeness to the codebook's definition and examples against its other frames, and its words; it puts passages in order "
            "and is no probability, so confidence is 0"
        ),
        candidate_below=1.0,
        limits=(
            "ranks, does not decide: every finding is a candidate and none is counted. What it ranks by is close to topic. Without "
            "vectors it goes by words only. For codes, fit a codebook to coded examples (sayso codebook fit). What `policy` names are "
            "dimensions emphasized, not frames"
        ),
    )

    def find(self, reading: Reading, heard: Heard) -> Sequence[Finding]:
        """The passages to read first for each frame, in order of the codebooks, then of the score."""
        text = reading.document.text
        first = {text[sentence.span.start : sentence.span.end]: sentence for sentence in reversed(heard.sentences)}
        sentences = sorted(first.values(), key=lambda sentence: sentence.span)
        if not sentences:
            return []
        raw = [text[sentence.span.start : sentence.span.end] for sentence in sentences]
        known = bool(heard.fingerprint) and heard.fingerprint == fingerprint()
        rows = np.array([sentence.vector for sentence in sentences], dtype=np.float32) if known else None
        voices = Voices(reading)
        spoken = [most_of(text, voices, sentence.span) for sentence in sentences]
        found: list[Finding] = []
        for ranker in built_in():
            fits = rows is not None and ranker.anchors is not None
            scores = ranker.scores(raw, rows if fits else None)
            found += _best(ranker, scores, spoken, LOWEST if fits else LOWEST_BY_WORDS)
        return found


def most_of(text: str, voices: Voices, sentence: Span) -> tuple[str, Spans] | None:
    """Who says most of the words of a sentence, and which part of it; of equals the first. None if nobody says enough of it."""
    count: Counter[str] = Counter()
    said: dict[str, list[Span]] = {}
    for speaker, part in voices.parts(sentence):
        count[speaker] += words(text[part.start : part.end])
        said.setdefault(speaker, []).append(part)
    if not count or max(count.values()) < FEWEST_WORDS:
        return None
    speaker = max(count, key=lambda each: count[each])
    return speaker, merge(said[speaker])


def _best(ranker: Ranker, scores: Scores, spoken: Sequence[tuple[str, Spans] | None], lowest: float) -> list[Finding]:
    """The passages of one codebook."""
    found: list[Finding] = []
    best = scores.argmax(axis=1)
    for frame, label in enumerate(ranker.book.labels):
        places = sorted((int(place) for place in np.flatnonzero(best == frame)), key=lambda place: -float(scores[place, frame]))
        shown: Counter[bool] = Counter()
        for place in places:
            score, said = float(scores[place, frame]), spoken[place]
            if score < lowest:
                break
            if said is None or shown[said[0] == OUTLET] == MOST:
                continue
            speaker, evidence = said
            shown[speaker == OUTLET] += 1
            found.append(Finding(NAME, f"{ranker.book.name}:{label}", speaker, evidence, min(score, 1.0), 0.0, candidate=True))
    return found


measure = Frame()
