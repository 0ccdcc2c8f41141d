"""Readings as one self-contained page: no network, no resource beside it, readable without its one small script, ready to print.

Always true here: everything from an article goes through Jinja's escaping and `render.safe`; the page's own policy forbids every
connection and every script but the one whose digest it names; links lead to http and https addresses or inside the page.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from sayso.audit import audit
from sayso.claims.matrix import Matrix
from sayso.reading import Reading
from sayso.render.audits import NOTE, Line, facts, lines
from sayso.render.comparison import Comparison
from sayso.render.marks import Piece, by_paragraph, form
from sayso.render.page_claims import Anchors, ClaimsPanel, claims_panel
from sayso.render.page_measures import Marker, Panel, Wrap, panel, switches
from sayso.render.safe import one_line, visible
from sayso.render.telling import CANDIDATES, OBSERVED
from sayso.render.templating import fill, part
from sayso.render.words import CHECK_BELOW, Row, counts, heading, particulars, rows, shares

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True, slots=True)
class Badge:
    """A number before a content; only the first stretch of a content carries the link."""

    number: int
    first: bool
    check: bool
    key: str
    target: str
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of text, the element that wraps it (none for the outlet's plain words), the badges before it, and the marks inside it."""

    text: str
    tag: str
    classes: str
    of: str
    badges: tuple[Badge, ...]
    wraps: tuple[Wrap, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """What the template needs of one reading."""

    key: str
    heading: str
    outlet: str
    particulars: tuple[str, ...]
    link: str
    lang: str
    dir: str
    shares: tuple[tuple[str, int], ...]
    counts: str
    paragraphs: tuple[tuple[Mark, ...], ...]
    rows: tuple[Row, ...]
    sources: tuple[Line, ...]
    facts: tuple[tuple[str, str], ...]
    told: Panel | None


@dataclass(frozen=True, slots=True)
class Page:
    """What the template needs of the whole page."""

    title: str
    lang: str
    policy: str
    style: str
    script: str
    articles: tuple[Article, ...]
    comparison: Comparison | None
    claims: ClaimsPanel | None
    made: str
    check_below: float
    note: str
    switches: tuple[tuple[str, str, bool], ...]
    observed: str
    candidates: str


def page(
    readings: Sequence[Reading], *, title: str | None = None, comparison: Comparison | None = None, matrix: Matrix | None = None
) -> str:
    """One HTML page with all the articles, in order.

    Args:
        readings: what to show; at least one.
        title: of the page; by default the first article's.
        comparison: a table to stand before the articles.
        matrix: the claims of these articles, to stand there too.

    """
    style, script = part("style.css") + part("told.css") + part("claims.css"), part("keys.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    articles = tuple(_article(reading, f"a{number}", matrix) for number, reading in enumerate(readings, 1))
    keys = {reading.document.id: article.key for reading, article in zip(readings, articles, strict=True)}
    default = articles[0].heading if len(articles) == 1 else f"{len(articles)} articles"
    context = Page(
        title=one_line(title) if title else f"{default} – who says what",
        lang="en",
        policy=f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        style=style,
        script=script,
        articles=articles,
        comparison=comparison,
        claims=None if matrix is None else claims_panel(matrix, keys),
        made=_made(readings),
        check_below=CHECK_BELOW,
        note=NOTE,
        switches=switches(readings),
        observed=OBSERVED,
        candidates=CANDIDATES,
    )
    return str(fill("page.html.jinja", page=context))


def _made(readings: Sequence[Reading]) -> str:
    makers = {(reading.generator.version, reading.generator.bundle) for reading in readings}
    return one_line("Read by sayso " + ", ".join(f"{version} ({bundle})" for version, bundle in sorted(makers)))


def _article(reading: Reading, key: str, matrix: Matrix | None) -> Article:
    document = reading.document
    found = rows(reading)
    audited = audit(reading)
    language = document.language.split("-")[0].casefold()
    marker = Marker(reading, key)
    anchors = Anchors(matrix, reading, key)
    blocks = by_paragraph(reading, anchors.cuts)
    paragraphs = tuple(tuple(_mark(reading, piece, found, key, marker, anchors) for piece in pieces) for pieces in blocks)
    return Article(
        key=key,
        heading=heading(reading),
        outlet=one_line(document.outlet or ""),
        particulars=particulars(reading),
        link=_link(document.url),
        lang=one_line(document.language),
        dir="rtl" if language in RIGHT_TO_LEFT else "ltr",
        shares=shares(reading),
        counts=counts(reading),
        paragraphs=paragraphs,
        rows=found,
        sources=lines(reading, audited),
        facts=facts(reading, audited),
        told=panel(reading, marker.anchored, key),
    )


def _link(url: str | None) -> str:
    """The address if a browser may follow it; empty otherwise."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") and url == one_line(url) else ""
    except ValueError:
        return ""


def _mark(reading: Reading, piece: Piece, found: Sequence[Row], key: str, marker: Marker, anchors: Anchors) -> Mark:
    kind = form(reading, piece)
    classes = [kind] if kind else []
    if piece.depth > 1:
        classes.append("inner")
        if piece.depth > 2:
            classes.append("deep")
        innermost = piece.content[-1]
        classes += [name for name, at in (("open", piece.opens), ("close", piece.closes)) if innermost in at]
    classes += [name for name, at in (("source", piece.source), ("cue", piece.cue)) if at]
    of = dict.fromkeys((*piece.content, *piece.source, *piece.cue))
    return Mark(
        text=visible(reading.document[piece.span]),
        tag="mark" if kind else "span" if classes else "",
        classes=" ".join(classes),
        of=" ".join(f"{key}-{index + 1}" for index in of),
        badges=tuple(_badge(reading, index, piece, found[index], key) for index in piece.opens),
        wraps=(*anchors.wraps(piece.span.start), *marker.wraps(piece)),
    )


def _badge(reading: Reading, index: int, piece: Piece, row: Row, key: str) -> Badge:
    return Badge(
        number=row.number,
        first=reading.attributions[index].content[0].start == piece.span.start,
        check=row.check,
        key=f"{key}-t{row.number}",
        target=f"{key}-r{row.number}",
        label=row.label,
    )
