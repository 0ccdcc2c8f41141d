"""How texts are told: loaded and editorial stretches with their voices, from three kinds of gold and from readings, as one type.

Always true here: gold is JSON lines (maybe gzipped); offsets are code points of the document's text; marks outside the sentences that are
scored are left out. A record is told by what it holds:

- `{text, loaded: [{span, speaker}], own_voice_evaluations: [{span, trigger}], second?}`: a whole article by the contract (world news).
- `{before, text, after, loaded: [{span, voice}], editorial: [{span, trigger}], second?}`: one sentence between its neighbors, which are
  read with it and never scored; spans are of the sentence.
- `{sentences, para_of_sentence, annotations: [{sent, span, bias, quote}]}`: an article of BASIL (Fan et al. 2019); its lexical spans are
  loaded words, a speaker's if they stand in a quotation. It says nothing of editorial sentences.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sayso.document import Document
from sayso.evaluation.jsonlines import records
from sayso.language import sentence_spans
from sayso.reading import OUTLET, Reading
from sayso.spans import Span, Spans, hull

SPEAKER = "speaker"
LOADED, EDITORIAL = "loaded", "editorial"

BASIL_PARTS = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """One stretch that somebody or something marked.

    Attributes:
        span: where.
        voice: `OUTLET` or `SPEAKER`.
        label: `loaded`, or what makes it editorial.
        confidence: that it is right, in [0, 1].
        candidate: whether it is shown as a candidate only.

    """

    span: Span
    voice: str = OUTLET
    label: str = LOADED
    confidence: float = 1.0
    candidate: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """The marks of one text, by one annotator or system."""

    loaded: tuple[Mark, ...] = ()
    editorial: tuple[Mark, ...] = ()

    def shown(self) -> Told:
        """Without what is a candidate only."""
        return Told(*(tuple(mark for mark in marks if not mark.candidate) for marks in (self.loaded, self.editorial)))

    def everything(self) -> Told:
        """With every candidate as if it were found."""
        return Told(*(tuple(replace(mark, candidate=False) for mark in marks) for marks in (self.loaded, self.editorial)))


@dataclass(frozen=True, slots=True)
class GoldText:
    """One text with its marks.

    Attributes:
        document: what is read.
        cluster: texts of one cluster are resampled together.
        sentences: those that are scored.
        first: the gold.
        second: another annotator's marks.
        measures: which of `LOADED` and `EDITORIAL` the gold speaks of.

    """

    document: Document
    cluster: str
    sentences: Spans
    first: Told
    second: Told | None = None
    measures: tuple[str, ...] = (LOADED, EDITORIAL)


def read_told(path: Path, part: str | None = None) -> list[GoldText]:
    """Read a gold file.

    Args:
        path: JSON lines, as above.
        part: keep the records of this `part` (or `split`) only.

    Raises:
        UnreadableInput: it is missing or cannot be decoded.
        ContractError: a line is broken; the message names it.

    """
    return [text for found, text in records(path, lambda value: (part_of(value), _text(value))) if part in (None, found)]


def part_of(value: Mapping[str, Any]) -> str:
    """Which part of its collection a record belongs to: its `part`, `split` or `test_fold`; empty if it does not say.

    BASIL has no parts of its own: one story in `BASIL_PARTS` is `dev`, by the digest of its name, for ever the same; all others `train`.
    """
    if "triplet" in value:
        return "dev" if held_out(str(value["triplet"]), BASIL_PARTS) else "train"
    return next((str(value[key]) for key in ("part", "split", "test_fold") if key in value), "")


def held_out(name: str, parts: int) -> bool:
    """Whether a story is development: one in `parts`, by the digest of its name."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % parts == 0


def told(reading: Reading) -> Told:
    """What the measures found in a reading, candidates with the others; a finding that rests on several stretches is marked as one."""

    def marks(measure: str) -> Iterator[Mark]:
        for finding in reading.findings:
            if finding.measure == measure:
                voice = OUTLET if finding.speaker == OUTLET else SPEAKER
                whole = hull(finding.evidence)
                if whole:
                    yield Mark(whole, voice, finding.label, finding.confidence, finding.candidate)

    return Told(tuple(marks(LOADED)), tuple(marks(EDITORIAL)))


def within(marks: Sequence[Mark], sentences: Spans) -> list[Mark]:
    """The marks that meet one of the sentences, in order of the text."""
    kept: list[Mark] = []
    at = 0
    for mark in sorted(marks, key=lambda mark: mark.span):
        while at < len(sentences) and sentences[at].end <= mark.span.start:
            at += 1
        if at < len(sentences) and sentences[at].overlaps(mark.span):
            kept.append(mark)
    return kept


def _text(value: Mapping[str, Any]) -> GoldText:
    if "annotations" in value:
        return _basil(value)
    return _sentence(value) if "before" in value else _article(value)


def _article(value: Mapping[str, Any]) -> GoldText:
    text = value["text"]
    return GoldText(
        Document(text=text, outlet=value.get("outlet"), origin=str(value["id"])),
        str(value["id"]),
        tuple(sentence_spans(text)),
        _version(value, "own_voice_evaluations", 0),
        _version(value["second"], "own_voice_evaluations", 0) if value.get("second") else None,
    )


def _sentence(value: Mapping[str, Any]) -> GoldText:
    before, text = value["before"], value["text"]
    start = len(before) + 1 if before else 0
    return GoldText(
        Document(text=" ".join(filter(None, (before, text, value.get("after", "")))), outlet=value["outlet"], origin=str(value["id"])),
        str(value["outlet"]),
        (Span(start, start + len(text)),),
        _version(value, EDITORIAL, start),
        _version(value["second"], EDITORIAL, start) if value.get("second") else None,
    )


def _version(value: Mapping[str, Any], editorial: str, start: int) -> Told:
    loaded = (Mark(_moved(item["span"], start), _voice(item)) for item in value[LOADED])
    return Told(tuple(loaded), tuple(Mark(_moved(item["span"], start), OUTLET, item["trigger"]) for item in value[editorial]))


def _voice(item: Mapping[str, Any]) -> str:
    return OUTLET if (item["voice"] if "voice" in item else item["speaker"]) == OUTLET else SPEAKER


def _moved(span: Sequence[int], start: int) -> Span:
    first, last = span
    if not 0 <= first < last:
        raise ValueError(f"the span [{first}, {last}) is empty or negative")
    return Span(first + start, last + start)


def _basil(value: Mapping[str, Any]) -> GoldText:
    document, sentences = joined(value)
    loaded = [
        Mark(_moved(item["span"], sentences[item["sent"]].start), SPEAKER if item["quote"] == "yes" else OUTLET)
        for item in value["annotations"]
        if item["bias"] == "lex" and item["sent"] >= 0 and item["span"]
    ]
    return GoldText(document, str(value["id"]), sentences, Told(tuple(loaded)), measures=(LOADED,))


def joined(value: Mapping[str, Any]) -> tuple[Document, Spans]:
    """An article of BASIL as one text, and where its sentences stand: a space between those of one paragraph, else a blank line."""
    text, last = "", None
    places: list[Span] = []
    for sentence, paragraph in zip(value["sentences"], value["para_of_sentence"], strict=True):
        text += ("" if not text else " " if paragraph == last else "\n\n") + sentence
        last = paragraph
        places.append(Span(len(text) - len(sentence), len(text)))
    return Document(text=text, title=value.get("title"), outlet=value.get("outlet"), origin=str(value["id"])), tuple(places)
