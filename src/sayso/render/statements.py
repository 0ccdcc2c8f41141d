"""The table of statements of an article, for the page: each attribution in words, why it got its labels, and how to quote it.

Always true here: one row stands for one attribution, in the order of the reading; reasons are the weightiest few of each label, worked out
once for all; every text of the article is safe to show (`render.safe`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sayso.corrections.apply import Corrected
from sayso.document import Document
from sayso.explain import SOURCE_TASKS, Explanation, explanations
from sayso.quotations import quotations
from sayso.reading import Attribution, Reading
from sayso.render import reasons
from sayso.render.correct_forms import Form
from sayso.render.correct_words import Told as Said
from sayso.render.correct_words import told as said_in_words
from sayso.render.places import in_quotes, shorten
from sayso.render.safe import one_line
from sayso.render.words import FORM, Row, rows
from sayso.spans import Span
from sayso.structure import paragraphs

OPENING = 90  # characters of a content in the table
CLUES = 2  # reasons that are told of a label
LONGEST_CLUE = 50  # characters of the words of a reason
EXPLAINED = 500  # statements of one article whose labels are explained; `sayso explain` explains any
QUOTED = {
    "all": "all of its words stand between quotation marks",
    "some": "some of its words stand between quotation marks",
    "none": "its words stand outside quotation marks",
}
HANDED = {"direct": "", "mixed": "partly in the words of ", "indirect": "as reported of "}


@dataclass(frozen=True, slots=True)
class Why:
    """Why a label was chosen: what it is of, the label with its probability, and what spoke for or against it."""

    task: str
    label: str
    clues: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of the table.

    Attributes:
        row: the attribution in words.
        opening: the first words of its content.
        quotation: its content with who says it, where and when: ready to be copied.
        groups: what it can be found by: `quoted`, `reported`, `unnamed`, `uncertain`.
        why: the reasons for its labels.
        said: what people corrected about it.
        form: by which it is corrected; None where nothing can be.

    """

    row: Row
    opening: str
    quotation: str
    groups: tuple[str, ...]
    why: tuple[Why, ...] = ()
    said: tuple[Said, ...] = ()
    form: Form | None = None


def statements(reading: Reading, corrected: Corrected | None = None, *, forms: bool = False) -> tuple[Statement, ...]:
    """Every attribution as a row of the table.

    Args:
        reading: what is shown; the reading of `corrected` where there is one.
        corrected: with what people said of it.
        forms: whether each row gets the form by which it is corrected.

    """
    explained = explanations(reading, [each.id for each in reading.attributions[:EXPLAINED]])
    whys: list[Explanation | None] = [*explained, *([None] * (len(reading.attributions) - len(explained)))]
    marks = _quoted(reading.document)
    made: list[Statement] = []
    first: dict[str, int] = {}
    for attribution, row, why in zip(reading.attributions, rows(reading), whys, strict=True):
        before = first.setdefault(attribution.speaker, row.number)
        about = corrected.by.get(attribution.id, ()) if corrected else ()
        made.append(
            Statement(
                row=row,
                opening=in_quotes(one_line(reading.document[attribution.content]), OPENING),
                quotation=quotation(reading.document, attribution, row.who),
                groups=_groups(reading, attribution, row),
                why=_why(reading, why, marks(attribution), 0 if before == row.number else before) if why else (),
                said=tuple(said_in_words(each) for each in about),
                form=Form(corrected, attribution, row.number) if corrected and forms else None,
            )
        )
    return tuple(made)


def quotation(document: Document, attribution: Attribution, who: str) -> str:
    """A content with its attribution, as it can stand elsewhere: who says it, in which outlet, headline, date and address."""
    content = one_line(document[attribution.content])
    handed = f"{HANDED[attribution.form]}{who}"
    known = (f"in {one_line(document.outlet)}" if document.outlet else "", document.title, (document.published or "")[:10], document.url)
    return f"{in_quotes(content, len(content))} — {', '.join((handed, *(one_line(each) for each in known if each)))}"


def to_review(listed: Sequence[Statement]) -> tuple[Statement, ...]:
    """Those that a person should look at, the least certain first."""
    return tuple(sorted((each for each in listed if each.row.check), key=lambda each: (each.row.sure, each.row.number)))


def _groups(reading: Reading, attribution: Attribution, row: Row) -> tuple[str, ...]:
    named = reading.source(attribution.speaker).named if attribution.speaker else False
    form = "reported" if attribution.form == "indirect" else "quoted"
    return (form, *(() if named else ("unnamed",)), *(("uncertain",) if row.check else ()))


def _quoted(document: Document) -> Callable[[Attribution], str]:
    """Tells how much of a content stands between quotation marks: `all`, `some`, `none`."""
    marks = quotations(document.text, paragraphs(document.text))
    starts = [mark.start for mark in marks]

    def near(span: Span) -> Sequence[Span]:
        found = marks[max(0, bisect_right(starts, span.start) - 1) : bisect_left(starts, span.end)]
        return [mark for mark in found if mark.overlaps(span)]

    def quoted(attribution: Attribution) -> str:
        if all(any(mark.holds(span) for mark in near(span)) for span in attribution.content):
            return "all"
        return "some" if any(near(span) for span in attribution.content) else "none"

    return quoted


def _why(reading: Reading, explained: Explanation, quoted: str, before: int) -> tuple[Why, ...]:
    """The reasons for each label; those for labels of a speaker that was explained in an earlier row (`before`) stand there."""
    told = [Why("speaker", *reasons.speaker(reading, explained)), Why("form", FORM[explained.attribution.form], QUOTED[quoted])]
    for decision in explained.decisions:
        found = reasons.told(reading.document, decision.reasons)
        clues = [_clue(each) for each in found if each.weight > 0][:CLUES]
        clues += [f"against it: {_clue(each)}" for each in found[:CLUES] if each.weight < 0][:1]
        if before and decision.task in SOURCE_TASKS:
            clues = [f"as in {before}"]
        told.append(Why(reasons.TASK[decision.task], reasons.label(decision), "; ".join(clues)))
    return tuple(told)


def _clue(told: reasons.Told) -> str:
    """A reason in as few words as it can be told: the words it rests on, and what they were taken for first of all."""
    return f"“{shorten(told.words, LONGEST_CLUE)}” ({told.readings[0]})" if told.words else told.readings[0]
