"""Fakes and checks for code that builds on Sayso: documents, a partition check, and networks that say what they are told.

Always true here: nothing is random and nothing is read from disk; a `ScriptedScorer` gives the same words the same scores in whatever
window or batch they come.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sayso.attribution.decode import Floats
from sayso.attribution.voices import voices
from sayso.corpus.work import Recipe
from sayso.document import Document
from sayso.encoder.calibration import Calibration
from sayso.encoder.heads import BEGIN, CHANNELS, CONTENT, END, INSIDE, NAME_KINDS, ROLES, SOURCE, DecoderSettings
from sayso.encoder.tones import (
    CERTAINTY,
    EDITORIAL,
    EDITORIALIZES,
    LOADED,
    ROLE,
    SENTENCE,
    STANCE,
    TARGET,
    TONE,
    TRIGGER,
    WORDINGS,
)
from sayso.encoder.windows import Ints, Tokenizer
from sayso.reading import Generator, Reading
from sayso.spans import Span

SURE = 8.0  # a path score that leaves no doubt


def make_document(*paragraphs: str, outlet: str = "The Example Times") -> Document:
    """A document of these paragraphs, with blank lines between them."""
    return Document("\n\n".join(paragraphs), outlet=outlet)


def span_of(text: str, words: str) -> Span:
    """Where these words stand in the text for the first time.

    Raises:
        ValueError: if they do not stand there.

    """
    start = text.index(words)
    return Span(start, start + len(words))


def assert_partition(text: str, spans: Sequence[Span]) -> None:
    """Fail unless the spans, sorted, cover every character of the text exactly once."""
    at = 0
    for span in sorted(spans):
        assert span.start == at, f"characters {min(at, span.start)} to {max(at, span.start)} are covered twice or not at all"
        assert span.end > span.start, f"{tuple(span)} is empty"
        at = span.end
    assert at == len(text), f"characters {at} to {len(text)} are not covered"


@dataclass(frozen=True, slots=True)
class Line:
    """One attribution of a script, in words that stand in the text as they stand here.

    Attributes:
        cue: its words; where they stand several times in a window, each one is a cue.
        content: stretches of words; the nearest ones to the cue are taken.
        source: words; empty for none.

    """

    cue: str
    content: tuple[str, ...]
    source: str = ""


class ScriptedScorer:
    """A `decode.Scorer` that finds the lines of a script and the given names wherever their words stand, and nothing else.

    It works on word pieces, so a text need not be known beforehand; words that a window does not hold are not found in it.
    """

    def __init__(
        self,
        tokenizer: Tokenizer,
        script: Sequence[Line],
        settings: DecoderSettings | None = None,
        names: Mapping[str, str] | None = None,
    ) -> None:
        self.tokenizer = tokenizer
        self.settings = settings or DecoderSettings()
        self.threads = 1
        self.windows_seen: list[list[int]] = []
        self._names = [(self._ids(words), NAME_KINDS.index(kind)) for words, kind in (names or {}).items()]
        self._script = [(self._ids(line.cue), self._ids(line.source), [self._ids(part) for part in line.content]) for line in script]

    def encode(self, ids: Ints, case: Ints, quoted: Ints, mask: Floats) -> tuple[Floats, Floats, Floats]:  # noqa: ARG002
        """The word pieces themselves as states [B, N, 1], and path scores of cues [B, N, 3] and of names [B, N, 12]."""
        cues, kinds = _nothing(ids.shape), _nothing((*ids.shape, len(NAME_KINDS)))
        for row, window in enumerate(ids.tolist()):
            self.windows_seen.append([piece for piece, there in zip(window, mask[row], strict=True) if there])
            for cue, _, _ in self._script:
                for first in _places(window, cue):
                    _mark(cues[row], first, first + len(cue) - 1)
            for name, kind in self._names:
                for first in _places(window, name):
                    _mark(kinds[row, :, kind], first, first + len(name) - 1)
        return np.where(mask[..., None] > 0, ids[..., None], -1).astype(np.float32), cues, kinds.reshape(*ids.shape, -1)

    def roles(self, states: Floats, row: Ints, first: Ints, last: Ints) -> Floats:
        """Path scores [C, N, 6] of what the script gives for the words between `first` and `last`."""
        scores = np.concatenate([_nothing((len(row), states.shape[1])) for _ in ROLES], axis=-1)
        for number, (r, low, high) in enumerate(zip(row.tolist(), first.tolist(), last.tolist(), strict=True)):
            window = states[r, :, 0].astype(np.int64).tolist()
            for cue, source, content in self._script:
                if window[low : high + 1] == cue:
                    for role, parts in ((SOURCE, [source]), (CONTENT, content)):
                        channels = scores[number, :, role * CHANNELS : (role + 1) * CHANNELS]
                        for part in filter(None, parts):
                            at = min(_places(window, part), key=lambda place: abs(place - low), default=None)
                            if at is not None:
                                _mark(channels, at, at + len(part) - 1)
        return scores

    def links(self, antecedents: Floats, mentions: Floats, distance: Ints) -> Floats:  # noqa: ARG002
        """Scores [P]: the nearest antecedents score most."""
        return SURE - distance.astype(np.float32)

    def _ids(self, words: str) -> list[int]:
        return list(self.tokenizer.encode(words, add_special_tokens=False).ids)


def _nothing(shape: tuple[int, ...]) -> Floats:
    return np.full((*shape, CHANNELS), -SURE, dtype=np.float32)


def _mark(scores: Floats, first: int, last: int) -> None:
    scores[first : last + 1, INSIDE] = SURE
    scores[first, BEGIN] = scores[last, END] = SURE


def _places(window: Sequence[int], words: Sequence[int]) -> list[int]:
    size = len(words)
    return [at for at in range(len(window) - size + 1) if size and list(window[at : at + size]) == list(words)]


class ScriptedTone:
    """A `measures.listen.ToneScorer` that hears what it is told wherever the words stand, and nothing else.

    Args:
        tokenizer: of the texts.
        loaded: words that are loaded.
        editorial: words by which a sentence editorializes.
        liked, disliked: words that let every mention in their sentence come across well or ill.

    """

    def __init__(
        self,
        tokenizer: Tokenizer,
        *,
        loaded: Sequence[str] = (),
        editorial: Sequence[str] = (),
        liked: Sequence[str] = (),
        disliked: Sequence[str] = (),
    ) -> None:
        self.tokenizer = tokenizer
        self.threads = 1
        self.calibration = Calibration()
        self.fingerprint = "scripted"
        self.sentences_heard: list[list[int]] = []
        self._lists = [[self._ids(word) for word in words] for words in (loaded, editorial, liked, disliked)]

    def hear(self, ids: Ints, case: Ints, mask: Floats) -> tuple[Floats, Floats, Floats, Floats]:  # noqa: ARG002
        """The word pieces themselves as states [B, N, 1] (twice), and scores of word pieces [B, N, 3] and of sentences [B, 10]."""
        wordings = np.full((*ids.shape, len(WORDINGS)), -SURE, dtype=np.float32)
        sentence = np.full((len(ids), len(SENTENCE)), -SURE, dtype=np.float32)
        for row, heard in enumerate(ids.tolist()):
            self.sentences_heard.append(heard)
            for place, words in ((LOADED, self._lists[0]), (EDITORIAL, self._lists[1])):
                for word in words:
                    for first in _places(heard, word):
                        wordings[row, first : first + len(word), place] = SURE
            sentence[row, EDITORIALIZES] = SURE if (wordings[row, :, EDITORIAL] > 0).any() else -SURE
            sentence[row, TRIGGER.start] = sentence[row, TONE.start + self._stance(heard)] = SURE
            sentence[row, CERTAINTY] = SURE
        states = ids[..., None].astype(np.float32)
        return states, states, wordings, sentence

    def targets(self, states: Floats, mask: Floats, row: Ints, first: Ints, last: Ints) -> Floats:  # noqa: ARG002
        """Scores [M, 7]: the sentence's liking for everybody in it, and no role."""
        scores = np.full((len(row), len(TARGET)), -SURE, dtype=np.float32)
        for number, at in enumerate(row.tolist()):
            scores[number, STANCE.start + self._stance(states[at, :, 0].astype(np.int64).tolist())] = SURE
        scores[:, ROLE.stop - 1] = SURE
        return scores

    def vectors(self, shared: Floats, mask: Floats) -> Floats:  # noqa: ARG002
        """Unit vectors [B, 2] that tell sentences of one first word from those of others."""
        turn = shared[:, 1, 0] % 360 * np.pi / 180
        return np.stack([np.cos(turn), np.sin(turn)], axis=-1).astype(np.float32)

    def _stance(self, heard: Sequence[int]) -> int:
        liked, disliked = (any(_places(heard, word) for word in words) for words in self._lists[2:])
        return 1 + int(liked) - int(disliked)

    def _ids(self, words: str) -> list[int]:
        return list(self.tokenizer.encode(words, add_special_tokens=False).ids)


class TouchyReader:
    """Stands in for a `reader.Reader`: finds nothing, and cannot bear some words (`poison`: it is killed; `endless`; `faulty`)."""

    generator = Generator("0.1.0", "touchy")

    def pipe(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Readings in which the outlet says everything."""
        for document in documents:
            if "poison" in document.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "endless" in document.text:
                time.sleep(60)
            if "faulty" in document.text:
                raise IndexError("no such thing")
            yield Reading(document, voices=voices(document, ()), generator=self.generator)

    def read(self, document: Document) -> Reading:
        """One of them."""
        return next(self.pipe((document,)))


@dataclass(frozen=True, slots=True)
class TouchyRecipe(Recipe):
    """Reads with a `TouchyReader`, in whatever process."""

    def reader(self, threads: int | None = 1) -> Any:  # noqa: ARG002
        """The reader."""
        return TouchyReader()
