"""One article as every page shows it: its text in marked pieces, the table of its statements, how it is told, and its sources.

Always true here: everything from the article goes through `render.safe`; links lead to http and https addresses or inside the page;
joined, the words of the pieces of a paragraph are the paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from sayso.audit import audit
from sayso.corrections.apply import Corrected
from sayso.document import Document
from sayso.reading import Reading
from sayso.render.audits import NOTE, Line, facts, lines
from sayso.render.marks import Piece, by_paragraph, form
from sayso.render.page_claims import Anchors
from sayso.render.page_measures import Marker, Panel, Wrap, panel
from sayso.render.safe import one_line, visible
from sayso.render.statements import Statement, statements, to_review
from sayso.render.telling import CANDIDATES, OBSERVED
from sayso.render.words import CHECK_BELOW, Row, counts, heading, particulars, shares
from sayso.structure import is_hard_wrapped

_CLASSES = ("direct", "indirect", "partial", "inner", "deep", "open", "close", "source", "cue", "unsure")
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True, slots=True)
class Badge:
    """A number before a content; only the first stretch of a content carries the link."""

    number: int
    first: bool
    check: bool
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that are marked alike, the element that wraps them (none for the outlet's plain words), the badges before it, and the words in
    runs, each with the elements inside the mark that wrap it.
    """

    tag: str
    classes: str
    of: str
    badges: tuple[Badge, ...]
    runs: tuple[tuple[str, tuple[Wrap, ...]], ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the words of the text: whose they are, how many, in per cent, and where the bar of that part begins."""

    name: str
    words: int
    percent: int
    begin: int


@dataclass(frozen=True, slots=True)
class Article:
    """What the templates need of one reading.

    Attributes:
        key: the anchor of the article itself.
        prefix: the beginning of the anchors in it; empty where it is alone on the page.
        dir: `rtl` or `ltr`, of the text.
        review: the statements that a person should look at, the least certain first.
        told: how it is told, voice by voice; None if nothing was measured.
        wrapped: whether its lines break inside sentences, so that they may flow.

    """

    key: str
    prefix: str
    heading: str
    outlet: str
    particulars: tuple[str, ...]
    link: str
    lang: str
    dir: str
    shares: tuple[Share, ...]
    counts: str
    paragraphs: tuple[tuple[Mark, ...], ...]
    statements: tuple[Statement, ...]
    review: tuple[Statement, ...]
    sources: tuple[Line, ...]
    facts: tuple[tuple[str, str], ...]
    told: Panel | None
    wrapped: bool = False
    note: str = NOTE
    observed: str = OBSERVED
    candidates: str = CANDIDATES
    check_below: float = CHECK_BELOW

    @property
    def groups(self) -> tuple[tuple[str, str, int], ...]:
        """By what the table can be filtered: name, words, and how many statements that are."""
        words = {"quoted": "quoted", "reported": "reported", "unnamed": "source not named", "uncertain": "uncertain"}
        return tuple((name, told, sum(name in each.groups for each in self.statements)) for name, told in words.items())


def article(
    reading: Reading, key: str, prefix: str, *, anchors: Anchors | None = None, corrected: Corrected | None = None, forms: bool = False
) -> Article:
    """One article for a page.

    Args:
        reading: what to show; the reading of `corrected` where there is one.
        key: the anchor of the article itself.
        prefix: the beginning of all anchors in it.
        anchors: where the claims of a story stand in it.
        corrected: the reading with what people said of it.
        forms: whether the page may hold forms.

    """
    document = reading.document
    listed = statements(reading, corrected, forms=forms)
    table = [each.row for each in listed]
    audited = audit(reading)
    marker = Marker(reading, prefix)
    anchors = anchors or Anchors(prefix)
    blocks = by_paragraph(reading, anchors.cuts)
    paragraphs = tuple(_joined(_mark(reading, piece, table, prefix, marker, anchors) for piece in pieces) for pieces in blocks)
    return Article(
        key=key,
        prefix=prefix,
        heading=heading(reading),
        outlet=one_line(document.outlet or ""),
        particulars=particulars(reading),
        link=link(document.url),
        lang=one_line(document.language),
        dir=direction(document),
        shares=_shares(reading),
        counts=counts(reading),
        paragraphs=paragraphs,
        statements=listed,
        review=to_review(listed),
        sources=lines(reading, audited),
        facts=facts(reading, audited),
        told=panel(reading, marker.anchored, prefix),
        wrapped=is_hard_wrapped(document.text),
    )


def direction(document: Document) -> str:
    """Which way the language of a document is written: `rtl` or `ltr`."""
    return "rtl" if document.language.split("-")[0].casefold() in RIGHT_TO_LEFT else "ltr"


def link(url: str | None) -> str:
    """The address if a browser may follow it; empty otherwise."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") and url == one_line(url) else ""
    except ValueError:
        return ""


def _shares(reading: Reading) -> tuple[Share, ...]:
    made, begin = [], 0
    summary = reading.summary
    parts = (summary.outlet_share, summary.reported_share, summary.quoted_share)
    for (name, percent), part in zip(shares(reading), parts, strict=True):
        made.append(Share(name, round(part * summary.words), percent, begin))
        begin += percent
    return tuple(made)


def _mark(reading: Reading, piece: Piece, table: Sequence[Row], prefix: str, marker: Marker, anchors: Anchors) -> Mark:
    kind = form(reading, piece)
    of = dict.fromkeys((*piece.content, *piece.source, *piece.cue))
    unsure = [table[index].check for index in (piece.content[-1:] or of)]
    classes = {kind, *_classes(piece), "unsure" if unsure and all(unsure) else ""}
    return Mark(
        tag="mark" if kind else "span" if of else "",
        classes=" ".join(name for name in _CLASSES if name in classes),
        of=" ".join(f"{prefix}{index + 1}" for index in of),
        badges=tuple(_badge(reading, index, piece, table[index]) for index in piece.opens),
        runs=((visible(reading.document[piece.span]), (*anchors.wraps(piece.span.start), *marker.wraps(piece))),),
    )


def _joined(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Marks that only findings had cut apart, in one: a line around a mark then goes around all of it."""
    made: list[Mark] = []
    for mark in marks:
        last = made[-1] if made else None
        if last and not mark.badges and _alike(last, mark):
            classes = {*last.classes.split(), *mark.classes.split()}
            made[-1] = replace(last, classes=" ".join(name for name in _CLASSES if name in classes), runs=(*last.runs, *mark.runs))
        else:
            made.append(mark)
    return tuple(made)


def _alike(last: Mark, mark: Mark) -> bool:
    """Whether one mark only goes on with the other."""
    before, after = set(last.classes.split()), set(mark.classes.split())
    ends = "close" in before or "open" in after
    return not ends and (last.tag, last.of) == (mark.tag, mark.of) and before - {"open"} == after - {"close"}


def _classes(piece: Piece) -> list[str]:
    """What more there is to see of a piece: nesting, and the words for source and cue."""
    classes = []
    if piece.depth > 1:
        classes += ["inner", "deep"] if piece.depth > 2 else ["inner"]
        innermost = piece.content[-1]
        classes += [name for name, at in (("open", piece.opens), ("close", piece.closes)) if innermost in at]
    return classes + [name for name, at in (("source", piece.source), ("cue", piece.cue)) if at]


def _badge(reading: Reading, index: int, piece: Piece, row: Row) -> Badge:
    first = reading.attributions[index].content[0].start == piece.span.start
    return Badge(row.number, first, row.check, row.label)
