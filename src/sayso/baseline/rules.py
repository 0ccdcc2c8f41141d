"""Find attributions without a model: quotation marks, cue words and their neighbors; the baseline, useful by itself.

Always true here: every draft has content; drafts stand in order of the text; one attribution stays in one paragraph, except that a
quotation may run on over following paragraphs; the time taken grows linearly with the text. `confidence` is the share of drafts made by
the same pattern that were right (cue and source overlap, content IoU at least one half) on the training part of the project's annotated
world news: a constant per pattern, not a judgment of the case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso import language
from sayso.attribution.draft import Draft
from sayso.attribution.nesting import with_nesting
from sayso.baseline.clauses import ENDS, QUOTE, SCARE, Clause, Hit, Range, row, wordy
from sayso.baseline.frames import framed
from sayso.baseline.nominal import adjective, adverb, alleged, noun
from sayso.baseline.verbs import verb
from sayso.document import Document
from sayso.language import Language, Token
from sayso.quotations import quotations
from sayso.spans import Span, Spans, merge
from sayso.structure import paragraphs

PRECISION = {
    "quoted": 0.95, "according": 0.84, "that": 0.79, "adjective": 0.71, "adverb": 0.69, "post": 0.68, "to": 0.64, "bare": 0.63,
    "noun": 0.52, "label": 0.52, "alleged": 0.38, "passive": 0.37, "nominal": 0.35, "floating": 0.85,
}  # fmt: skip
# "floating" has no cue to compare: it counts the drafts whose content was right (33 of 39).

LONG = 400  # a "sentence" of more items than this is no sentence: it is read in pieces, so that the time stays linear
RUN = 60  # a quotation runs on over at most so many stretches


def find(document: Document) -> list[Draft]:
    """Every attribution that the rules see, outer and inner, in order of the text."""
    text, lexicon = document.text, language.load()
    parts = paragraphs(text)
    quoted = quotations(text, parts)
    found: list[tuple[Draft, str]] = []
    at = 0
    speech: int | None = None  # index of the draft whose quotation may run on
    for part in parts:
        first = at
        while at < len(quoted) and quoted[at].start < part.end:
            at += 1
        marks = quoted[first:at]
        here = _paragraph(text, part, marks, lexicon)
        if (
            len(marks) == 1
            and marks[0].length >= part.length - 1
            and not any(draft.content[0].start <= marks[0].start for draft, _ in here)
        ):
            if speech is None or len(found[speech][0].content) >= RUN:
                speech = len(found)
                found.append((Draft((marks[0],)), "floating"))
            else:
                draft, pattern = found[speech]
                found[speech] = replace(draft, content=(*draft.content, marks[0])), pattern
            found.extend(here)
            continue
        speech = None
        for index, (draft, pattern) in enumerate(here, len(found)):
            if marks and pattern == "quoted" and marks[-1].overlaps(draft.content[-1]):
                speech = index
                break
        found.extend(here)
    drafts = [replace(draft, confidence=PRECISION[pattern]) for draft, pattern in found]
    return with_nesting(sorted(drafts, key=lambda draft: (min(draft.source + draft.cue + draft.content), draft.cue, draft.content)))


def _paragraph(text: str, part: Span, marks: Sequence[Span], lexicon: Language) -> list[tuple[Draft, str]]:
    """The attributions of one paragraph: first between the quotations, then inside each of them."""
    found: list[tuple[Draft, str]] = []
    waiting: Spans = ()  # a sentence that is nothing but quotations and has no cue yet
    speaker: int | None = None
    mark = 0
    for sentence in _outside(language.sentences(text, part), marks):
        first = mark
        while mark < len(marks) and marks[mark].start < sentence.end:
            mark += 1
        items = row(text, sentence, marks[first:mark])
        spans = tuple(Span(item.start, item.end) for item in items if item.low == QUOTE)
        if spans and len(items) <= LONG and all(item.low == QUOTE or item.low in ENDS for item in items):
            if speaker is not None and len(found[speaker][0].content) < RUN:
                draft, pattern = found[speaker]
                found[speaker] = replace(draft, content=merge((*draft.content, *spans))), pattern
            else:
                waiting = merge((*waiting[:RUN], *spans))
            continue
        here = _attributions(text, items, lexicon, waiting)
        if waiting and not any(draft.content == waiting for draft, _ in here):
            found.append((Draft(waiting), "floating"))
        speaker = None
        for index, (_, pattern) in enumerate(here, len(found)):
            if pattern == "quoted":
                speaker = index
        found.extend(here)
        waiting = ()
    if waiting and not (len(marks) == 1 and marks[0].length >= part.length - 1):
        found.append((Draft(waiting), "floating"))
    for span in marks:
        inner = Span(span.start + 1, span.end - 1) if span.length > 2 else span
        if wordy(text, inner) > SCARE:
            for sentence in language.sentences(text, inner):
                found.extend(_attributions(text, language.tokens(text, sentence), lexicon))
    return found


def _outside(sentences: Sequence[Span], marks: Sequence[Span]) -> list[Span]:
    """Sentences joined wherever a break falls inside a quotation."""
    joined: list[Span] = []
    at = 0
    for sentence in sentences:
        while at < len(marks) and marks[at].end <= sentence.start:
            at += 1
        if joined and at < len(marks) and marks[at].start < sentence.start < marks[at].end:
            joined[-1] = Span(joined[-1].start, sentence.end)
        else:
            joined.append(sentence)
    return joined


def _attributions(text: str, items: Sequence[Token], lexicon: Language, waiting: Spans = ()) -> list[tuple[Draft, str]]:
    """All attributions of one sentence, each with its pattern. `waiting` is a quotation right before it that has no cue yet."""
    found: list[tuple[Draft, str]] = []
    for start in range(0, len(items), LONG):
        clause = Clause(text, items[start : start + LONG], lexicon)
        before = waiting if start == 0 else ()
        for hit in _hits(clause, bool(before)):
            content = clause.spans(hit.content) or (before if hit.pattern == "quoted" else ())
            if content:
                source = clause.spans([hit.source] if hit.source else [])
                found.append((Draft(content, source, clause.spans([(hit.first, hit.last)])), hit.pattern))
    return found


def _hits(clause: Clause, waiting: bool) -> list[Hit]:
    """What hands words over in a sentence, in order: the frames around their content first, since other contents end at them."""
    hits = framed(clause, waiting)
    taken = {at: hit for hit in reversed(hits) for at in range(hit.first, hit.last)}
    previous: Range | None = None  # the source of the cue before
    for at in range(len(clause.items)):
        if at in taken:
            previous = taken[at].source
            continue
        hit = verb(clause, at, previous) or adjective(clause, at) or noun(clause, at) or adverb(clause, at) or alleged(clause, at)
        if hit is None:
            continue
        hits.append(hit)
        for place in range(hit.first, hit.last):
            taken.setdefault(place, hit)
        if hit.source is not None and hit.pattern not in ("nominal", "alleged"):
            previous = hit.source
    return sorted(hits, key=lambda hit: hit.first)
