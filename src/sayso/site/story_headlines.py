"""Headline against body: what an article's own text does with what its headline says.

Always true here: headline and sentences are compared by their content words (`measures.gist`), with the thresholds of the measure that
looks for lost hedges, and lower ones for candidates, which say so; every observation leads to its sentence; where nothing is found, it was
not found by us.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.claims.matrix import outlet_of
from sayso.claims.statements import Statement, statements
from sayso.measures.gist import Gist, gist
from sayso.measures.headline import ALIKE, COVERED, FULLY, LEAST
from sayso.reading import Reading
from sayso.render.layers import is_lost
from sayso.render.matrix_words import LONG, PERHAPS, STANCE
from sayso.render.places import in_quotes
from sayso.render.safe import one_line
from sayso.render.words import NOBODY
from sayso.site.links import Links
from sayso.spans import Span, Spans
from sayso.structure import paragraphs

NEAR, LIKE = 0.5, 0.4  # share of the headline's content words, and Dice coefficient, from which a sentence is at least a candidate


@dataclass(frozen=True, slots=True)
class Echo:
    """A sentence of the body that says what the headline says: how it is told (a candidate with `perhaps`), its words, its address."""

    words: str
    quote: str
    address: str


@dataclass(frozen=True, slots=True)
class Headline:
    """One headline.

    Attributes:
        echoes: the sentence of the outlet's own, and the one put into somebody's mouth, that hold most of it; none where nothing is found.
        told: what was found, in words.
        lost: address of the finding that the headline leaves a hedge or a source behind; empty where there is none.

    """

    outlet: str
    title: str
    address: str
    told: str
    echoes: tuple[Echo, ...]
    lost: str


def headlines(readings: tuple[Reading, ...], links: Links) -> tuple[Headline, ...]:
    """The headlines of a story, in the order of its articles; an article without one is left out."""
    return tuple(_headline(reading, links) for reading in readings if (reading.document.title or "").strip())


def _headline(reading: Reading, links: Links) -> Headline:
    document = reading.document
    title = document.title or ""
    echoes = tuple(_echoes(reading, gist(title, Span(0, len(title))), links))
    lost = next((number for number, finding in enumerate(reading.findings, 1) if is_lost(finding)), None)
    return Headline(
        outlet=one_line(outlet_of(reading)),
        title=one_line(title),
        address=links.article(document.id),
        told="" if echoes else "not found in the text by us",
        echoes=echoes,
        lost=links.article(document.id, f"f{lost}") if lost else "",
    )


def _echoes(reading: Reading, headline: Gist, links: Links) -> Iterator[Echo]:
    """The best sentence in the outlet's own voice and the best in another one, in this order."""
    if len(headline.stems) < LEAST:
        return
    document = reading.document
    blocks = paragraphs(document.text)
    numbers = {attribution.id: number for number, attribution in enumerate(reading.attributions, 1)}
    names = {source.id: source for source in reading.sources}
    best: dict[bool, tuple[float, float, int, Statement]] = {}
    for order, each in enumerate(statements(reading)):
        if _is_title(document.text, blocks, each, document.title or ""):
            continue
        found = _gist(document.text, each.spans)
        share, alike = headline.share_in(found), headline.alike(found)
        if share < NEAR or alike < LIKE:
            continue
        key = (share, alike, -order, each)
        own = each.attribution is None
        if own not in best or key[:3] > best[own][:3]:
            best[own] = key
    for own in (True, False):
        if own not in best:
            continue
        share, alike, _, each = best[own]
        perhaps = "" if share >= COVERED and (alike >= ALIKE or share >= FULLY) else f"{PERHAPS} "
        paragraph = bisect_right([block.start for block in blocks], each.spans[0].start)
        quote = in_quotes(" … ".join(one_line(document.text[span.start : span.end]) for span in each.spans), LONG)
        if each.attribution is None:
            yield Echo(f"{perhaps}in its own voice, par. {paragraph}", quote, links.article(document.id, f"p{paragraph}"))
            continue
        source = names.get(each.attribution.speaker)
        who = one_line(source.name) if source and source.identity != "unstated" else NOBODY
        stance = STANCE[each.attribution.outlet_stance]
        verb = "denied by" if each.attribution.polarity == "denies" else "attributed to"
        words = f"{perhaps}{verb} {who}{f' ({stance})' if stance else ''}, par. {paragraph}"
        yield Echo(words, quote, links.article(document.id, f"t{numbers[each.attribution.id]}"))


def _gist(text: str, spans: Spans) -> Gist:
    found = [gist(text, span) for span in spans]
    return Gist(frozenset().union(*(each.stems for each in found)), any(each.negated for each in found))


def _is_title(text: str, blocks: tuple[Span, ...], statement: Statement, title: str) -> bool:
    """Whether it is the headline itself, where the text begins with it."""
    top = blocks[0] if blocks else None
    return top is not None and top.holds(statement.spans[-1]) and _plain(text[top.start : top.end]) == _plain(title)


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
