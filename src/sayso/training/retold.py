"""Sentences put into somebody's mouth: PolNeAR's outermost attributions become inner ones, whose outer one is made up here.

Always true here: only sentences that hold whole attributions, or none, are retold, so that every span stays whole; the annotated words
stay as they are, but for the case of a sentence's first letter.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from sayso import language
from sayso.spans import Span, Spans, hull, trim
from sayso.structure import paragraphs
from sayso.training.augment import FIRST_NAMES, LAST_NAMES, Edit, rewrite
from sayso.training.corpora import Annotated, Marked

HOLDING, OTHER = 0.35, 0.04  # shares of the sentences that are retold, by whether they hold an attribution
LEAST = 40  # characters of a sentence
# Cue, and what stands between it and the content without belonging to either.
BEFORE = (
    *((cue, "") for cue in ("said", "said", "said", "claimed", "stated", "noted", "warned", "added", "alleged", "confirmed", "argued")),
    *(
        (cue, "")
        for cue in ("has denied", "did not confirm", "acknowledged", "insisted", "explained", "reported", "emphasized", "believes")
    ),
    *(("told", f" {whom}") for whom in ("reporters", "the agency", "local media", "lawmakers")),
    *(("said", f" {when}") for when in ("on Monday", "last week", "in a report", "later")),
)
AFTER = ("said", "said", "added", "wrote", "warned", "claimed", "reported", "explained", "stressed")
SPEAKERS = (
    "the minister", "a spokesman for the company", "the agency", "officials", "the ministry", "an analyst", "the report", "the newspaper",
    "state media", "local media", "the statement", "a senior official", "the think tank", "the mayor", "police", "critics", "he", "she",
)  # fmt: skip
SMALL = frozenset(
    (
        *("the", "a", "an", "he", "she", "it", "they", "we", "this", "that", "these", "those", "in", "on", "at", "for", "but"),
        *("and", "as", "while", "when", "after", "before", "his", "her", "its", "their", "some", "many"),
    )
)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Words set before and after a sentence; `source` and `cue` are spans of the one they stand in, `lead` how much of it is content."""

    before: str
    after: str
    source: Span
    cue: Span
    lead: int = 0
    trail: int = 0


def retold(article: Annotated, dice: random.Random) -> Annotated:
    """The article with some of its sentences reported by a made-up speaker; the convention is then that of nested annotation."""
    whole = [span for mark in article.marked if (span := hull((*mark.source, *mark.cue, *mark.content))) is not None]
    chosen: list[tuple[Span, _Frame]] = []
    letters = list(article.text)
    for block in paragraphs(article.text):
        for rough in language.sentences(article.text, block):
            sentence = trim(article.text, rough)
            if sentence is None or sentence.length < LEAST or article.text[sentence.end - 1] != ".":
                continue
            inner = Span(sentence.start, sentence.end - 1)
            held = [span for span in whole if span.overlaps(sentence)]
            if any(not inner.holds(span) for span in held) or dice.random() > (HOLDING if held else OTHER):
                continue
            frame = _frame(article.text[inner.start : inner.end], dice)
            first = re.split(r"\W", article.text[inner.start : inner.start + 20])[0]
            if frame.before.endswith("that ") and first.istitle() and first.lower() in SMALL:
                letters[inner.start] = letters[inner.start].lower()
            chosen.append((inner, frame))
    if not chosen:
        return article
    edits: list[Edit] = []
    for inner, frame in chosen:
        edits += [(inner.start, inner.start, frame.before), (inner.end, inner.end, frame.after)]
    text, along = rewrite("".join(letters), [edit for edit in edits if edit[2]])
    marked = [Marked(along(mark.source), along(mark.cue), along(mark.content), mark.searched) for mark in article.marked]
    marked += [_mark(along((inner,))[0], frame) for inner, frame in chosen]
    return Annotated(text, tuple(marked), "contract")


def _frame(sentence: str, dice: random.Random) -> _Frame:
    who = dice.choice(SPEAKERS) if dice.random() < 0.6 else f"{dice.choice(FIRST_NAMES)} {dice.choice(LAST_NAMES)}"
    kind = dice.random()
    if kind < 0.15:
        opening = "According to "
        return _Frame(f"{opening}{who}, ", "", Span(13, 13 + len(who)), Span(0, 12))
    if kind < 0.55:
        cue, gap = dice.choice(BEFORE)
        start = f"{who[0].upper()}{who[1:]}"
        return _Frame(f"{start} {cue}{gap} that ", "", Span(0, len(start)), Span(len(start) + 1, len(start) + 1 + len(cue)), lead=5)
    quoted = kind < 0.8 and not re.search(r"[“”\"«»]", sentence)
    cue = dice.choice(AFTER)
    opening, closing = ("“", ",” ") if quoted else ("", ", ")
    if dice.random() < 0.25:
        words, source, said = f"{cue} {who}", Span(len(cue) + 1, len(cue) + 1 + len(who)), Span(0, len(cue))
    else:
        words, source, said = f"{who} {cue}", Span(0, len(who)), Span(len(who) + 1, len(who) + 1 + len(cue))
    shift = len(closing)
    return _Frame(
        opening,
        closing + words,
        Span(source.start + shift, source.end + shift),
        Span(said.start + shift, said.end + shift),
        lead=len(opening),
        trail=2 if quoted else 0,
    )


def _mark(inner: Span, frame: _Frame) -> Marked:
    """The outer attribution around a sentence that now stands at `inner`."""
    at = inner.end if frame.after else inner.start - len(frame.before)

    def moved(span: Span) -> Spans:
        return (Span(span.start + at, span.end + at),)

    return Marked(moved(frame.source), moved(frame.cue), (Span(inner.start - frame.lead, inner.end + frame.trail),))
