"""A codebook applied to a reading, voice by voice: codes where it was fitted, ranked passages where it was not.

A codebook for articles codes the article; beside it stands what it would be coded as by the outlet's own sentences alone and by those of
the sources alone, since a frame may be the outlet's or the words of those whom it lets speak. A codebook for sentences codes each sentence.

Always true here: each sentence belongs to the voice that says most of its words, and its evidence lies in that voice; voices are never
summed; without fitting nothing is coded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sayso.codebooks.features import seen
from sayso.codebooks.fitted import Fitted
from sayso.codebooks.rank import NOTE, Ranker
from sayso.codebooks.vectors import Floats, Vectors
from sayso.language import sentence_spans
from sayso.measures.frame import most_of
from sayso.measures.stretches import Voices
from sayso.reading import OUTLET, Reading
from sayso.spans import Span, Spans

PASSAGES = 3  # of each frame, to be read first
WHOLE, OWN, SOURCES = "article", "outlet", "sources"


@dataclass(frozen=True, slots=True)
class Coding:
    """Codes of one stretch of text.

    Attributes:
        of: `article`; `outlet` or `sources` for the sentences of these voices alone; `sentence`.
        frames: the labels that it is given.
        probabilities: of every frame, calibrated on the coded examples.
        speaker: of a sentence, whose voice it is: `outlet` or a source id.
        evidence: of a sentence, the part of it in that voice.

    """

    of: str
    frames: tuple[str, ...]
    probabilities: dict[str, float]
    speaker: str | None = None
    evidence: Spans = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage to read: ranked, not coded."""

    frame: str
    score: float
    words: tuple[str, ...]
    speaker: str
    evidence: Spans


@dataclass(frozen=True, slots=True)
class Applied:
    """What a codebook says about one article."""

    document: str
    codebook: str
    note: str
    codings: tuple[Coding, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """The sentences of an article that somebody says, with their vectors."""

    sentences: Sequence[str]
    spoken: Sequence[tuple[str, Spans]]
    rows: Floats | None


def rank_reading(reading: Reading, ranker: Ranker, vectors: Vectors | None) -> Applied:
    """The passages of an article to read first for each frame.

    Args:
        reading: the article with its voices.
        ranker: of `rank.ranker`, made with the same vectors.
        vectors: who makes the sentence vectors; None to go by words only.

    """
    said = _said(reading, vectors)
    note = NOTE if vectors is not None else f"{NOTE} (words only)"
    return Applied(reading.document.id, ranker.book.name, note, (), _passages(said, ranker))


def code_reading(reading: Reading, fitted: Fitted, vectors: Vectors | None) -> Applied:
    """The codes of an article by a fitted codebook, and the passages to read first.

    Args:
        reading: the article with its voices.
        fitted: the fitted codebook.
        vectors: those that it was fitted with.

    Raises:
        CodebookError: these are other vectors than those that it was fitted with.

    """
    fitted.check(vectors)
    said = _said(reading, vectors)
    everything = list(range(len(said.sentences)))
    if fitted.book.unit == "sentence":
        parts = [("sentence", [place]) for place in everything]
    else:
        own = [place for place in everything if said.spoken[place][0] == OUTLET]
        parts = [(WHOLE, everything), (OWN, own), (SOURCES, sorted(set(everything) - set(own)))]
    codings = _codings(said, fitted, [(of, places) for of, places in parts if places])
    return Applied(reading.document.id, fitted.book.name, _note(fitted), codings, _passages(said, fitted.ranker))


def to_json(applied: Applied) -> dict[str, Any]:
    """What a codebook says about one article, as plain values; numbers rounded to four places."""
    value = asdict(applied)
    for coding in value["codings"]:
        coding["probabilities"] = {label: round(chance, 4) for label, chance in coding["probabilities"].items()}
    for passage in value["passages"]:
        passage["score"] = round(passage["score"], 4)
    return value


def _said(reading: Reading, vectors: Vectors | None) -> _Said:
    text, voices = reading.document.text, Voices(reading)
    found: list[tuple[Span, tuple[str, Spans]]] = []
    for span in sentence_spans(text):
        spoken = most_of(text, voices, span)
        if spoken is not None:
            found.append((span, spoken))
    sentences = [text[span.start : span.end] for span, _ in found]
    return _Said(sentences, [spoken for _, spoken in found], None if vectors is None else vectors(sentences))


def _codings(said: _Said, fitted: Fitted, parts: Sequence[tuple[str, list[int]]]) -> tuple[Coding, ...]:
    if not parts:
        return ()
    order = [place for _, places in parts for place in places]
    rows = None if said.rows is None else said.rows[order]
    chances = fitted.probabilities(seen([[said.sentences[place] for place in places] for _, places in parts], rows, fitted.ranker))
    codes = fitted.codes(chances)
    labels = fitted.book.labels
    found = []
    for number, (of, places) in enumerate(parts):
        frames = tuple(label for label, given in zip(labels, codes[number], strict=True) if given)
        speaker, evidence = said.spoken[places[0]] if of == "sentence" else (None, ())
        found.append(Coding(of, frames, dict(zip(labels, map(float, chances[number]), strict=False)), speaker, evidence))
    return tuple(found)


def _passages(said: _Said, ranker: Ranker) -> tuple[Passage, ...]:
    best = ranker.best(said.sentences, said.rows, PASSAGES)
    return tuple(Passage(each.label, each.score, each.words, *said.spoken[each.passage]) for each in best)


def _note(fitted: Fitted) -> str:
    figure = fitted.report.get("figures", {}).get("fitted", {}).get("alpha", {}).get("value")
    reached = "alpha unknown" if figure is None else f"Krippendorff's alpha {figure:.2f} against the coder"
    held = "of outlets that it had not seen" if str(fitted.report.get("folds_by", "")).startswith("outlet") else "that it had not seen"
    return f"coded by a model fitted to {fitted.report.get('texts', '?')} examples ({reached}, on texts {held})"
