"""Readings as one self-contained page: no network, no resource beside it, readable without its one small script, ready to print.

Always true here: everything from an article goes through Jinja's escaping and `render.safe`; the page's own policy forbids every
connection and every script but the one whose digest it names; links lead to http and https addresses or inside the page.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.claims.matrix import Matrix
from sayso.reading import Reading
from sayso.render.articles import Article, article
from sayso.render.comparison import Comparison
from sayso.render.page_claims import Anchors, ClaimsPanel, claims_panel
from sayso.render.page_measures import switches
from sayso.render.safe import one_line
from sayso.render.templating import fill, part
from sayso.render.words import CHECK_BELOW

STYLES = ("style.css", "article.css", "told.css", "claims.css")
SCRIPTS = ("keys.js", "article.js")


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
    switches: tuple[tuple[str, str, tuple[str, ...]], ...]


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
    style, script = "".join(map(part, STYLES)), "".join(map(part, SCRIPTS))
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    articles = tuple(_article(reading, number, matrix) for number, reading in enumerate(readings, 1))
    keys = {reading.document.id: each.prefix for reading, each in zip(readings, articles, strict=True)}
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
        switches=switches(readings),
    )
    return str(fill("page.html.jinja", page=context))


def _made(readings: Sequence[Reading]) -> str:
    makers = {(reading.generator.version, reading.generator.bundle) for reading in readings}
    return one_line("Read by sayso " + ", ".join(f"{version} ({bundle})" for version, bundle in sorted(makers)))


def _article(reading: Reading, number: int, matrix: Matrix | None) -> Article:
    prefix = f"a{number}-"
    return article(reading, f"a{number}", prefix, anchors=Anchors.of(matrix, reading, prefix) if matrix else None)
