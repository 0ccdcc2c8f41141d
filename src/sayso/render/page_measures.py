"""How an article is told, for the page: the marks of findings in its text, and tables whose every entry leads to its words.

Always true here: a finding has one anchor, on the first of its words that is shown, and links lead only to anchors that are there; marks
differ in shape as well as color, and each says in words what it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sayso.measures.rates import rates
from sayso.reading import Finding, Reading, Source, Tally
from sayso.render.layers import CERTAINTY, EDITORIAL, FRAMES, LOADED, MORE, STANCE, layer, marked
from sayso.render.marks import Piece
from sayso.render.places import Hit, in_quotes, shorten
from sayso.render.safe import one_line
from sayso.render.telling import CHOSEN, LOST, Telling, holder, in_words, kind, per_thousand, tell

VOICES, TONE, PLAIN = "voices", "tone", "plain"
SWITCHES: dict[str, tuple[str, tuple[str, ...]]] = {
    VOICES: ("voices", ()),
    TONE: ("loaded and editorial", (LOADED, EDITORIAL)),
    STANCE: ("stance", (STANCE,)),
    CERTAINTY: ("certainty", (CERTAINTY,)),
    FRAMES: ("frames and roles", (FRAMES,)),
    MORE: ("other measures", (MORE,)),
    PLAIN: ("plain text", ()),
}
"""What can be marked, one at a time: its name in words, and the layers of findings that belong to it."""
_ORDER = (EDITORIAL, FRAMES, MORE, STANCE, CERTAINTY, LOADED)  # from the longest stretches to the shortest
WORDS, PASSAGES = 40, 30  # links in one cell, passages in the list; what is left out is counted
SCALE = 100.0  # per 1,000 words: the end of the drawn scale
LONG = 220  # characters of a passage


@dataclass(frozen=True, slots=True)
class Wrap:
    """An element around a piece: its classes, its anchor if a finding begins with it, the sign before it, and what it is in words."""

    classes: str
    key: str = ""
    sign: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to their place in the text; `target` is empty where they are not shown there, `passage` has quotation marks."""

    words: str
    passage: str
    target: str
    label: str
    layer: str
    note: str
    where: int | None
    candidate: bool


@dataclass(frozen=True, slots=True)
class CountRow:
    """One thing counted in one class of voices; `drawn` is its rate, and the ends of its interval, in per cent of the widest drawing."""

    what: str
    count: int
    candidates: int
    rate: str
    drawn: tuple[float, float, float] | None
    links: tuple[Link, ...]
    left: int


@dataclass(frozen=True, slots=True)
class StanceRow:
    """One holder and one target; the links of `favorable` and `unfavorable` hold the candidates too."""

    holder: str
    target: str
    numbers: tuple[int, int, int]
    favorable: tuple[Link, ...]
    unfavorable: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """What the template shows of a telling; groups of passages come with how many are left out."""

    voices: tuple[tuple[str, tuple[CountRow, ...]], ...]
    stances: tuple[StanceRow, ...]
    passages: tuple[tuple[str, tuple[Link, ...], int], ...]
    headline: tuple[Link, ...]
    lost: str
    selection: str
    chosen: str


def switches(readings: Sequence[Reading]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """What can be marked in these articles: name, words, and the layers of findings that are there, for the key."""
    there = {layer(finding) for reading in readings for finding in reading.findings if marked(finding)}
    found = ((name, words, tuple(each for each in layers if each in there)) for name, (words, layers) in SWITCHES.items())
    return tuple(each for each in found if each[2] or each[0] in (VOICES, PLAIN))


class Marker:
    """Wraps the pieces of one article, in order of the text; afterwards it knows which findings have an anchor."""

    def __init__(self, reading: Reading, key: str) -> None:
        self._findings = reading.findings
        self._sources = {source.id: source for source in reading.sources}
        self._key = key
        self.anchored: set[int] = set()

    def wraps(self, piece: Piece) -> tuple[Wrap, ...]:
        """The elements around a piece, outermost first: one for each layer, and one for each finding that is first shown here."""
        if not piece.findings:
            return ()
        by_layer: dict[str, list[Finding]] = {}
        for index in piece.findings:
            by_layer.setdefault(layer(self._findings[index]), []).append(self._findings[index])
        made = [Wrap(" ".join(("t", name, *_kinds(by_layer[name])))) for name in _ORDER if name in by_layer]
        for index in piece.findings:
            if index not in self.anchored:
                self.anchored.add(index)
                finding = self._findings[index]
                title = caption(finding, self._sources)
                made.append(Wrap(f"f of-{layer(finding)}", anchor(self._key, index), _sign(finding), title))
        return tuple(made)


def panel(reading: Reading, anchored: AbstractSet[int], key: str) -> Panel | None:
    """The tables of one article; nothing if nothing was measured.

    Args:
        reading: the article.
        anchored: findings that have an anchor in the text.
        key: the beginning of its anchors.

    """
    telling = tell(reading)
    if not telling:
        return None
    sources = {source.id: source for source in reading.sources}

    def link(hit: Hit) -> Link:
        target = anchor(key, hit.finding) if hit.finding in anchored else ""
        finding = reading.findings[hit.finding]
        label = f"{caption(finding, sources)}: {shorten(hit.words)}"
        return Link(shorten(hit.words, LONG), in_quotes(hit.words, LONG), target, label, layer(finding), hit.note, hit.where, hit.candidate)

    return _panel(telling, link)


def _panel(telling: Telling, link: Callable[[Hit], Link]) -> Panel:
    def links(hits: Iterable[Hit], note: str = "") -> tuple[Link, ...]:
        return tuple(link(hit) for hit in hits if not note or hit.note == note)

    return Panel(
        voices=tuple(
            (
                in_words(voice),
                tuple(
                    CountRow(
                        what=count.what,
                        count=count.tally.count,
                        candidates=count.tally.candidates,
                        rate=per_thousand(count.tally),
                        drawn=_drawn(count.tally),
                        links=links(count.hits[:WORDS]),
                        left=max(0, len(count.hits) - WORDS),
                    )
                    for count in voice.counts
                ),
            )
            for voice in telling.voices
        ),
        stances=tuple(
            StanceRow(
                holder=held.holder,
                target=held.target,
                numbers=(held.unfavorable, held.neutral, held.favorable),
                favorable=links(held.hits, "favorable"),
                unfavorable=links(held.hits, "unfavorable"),
            )
            for held in telling.stances
        ),
        passages=tuple((name, links(hits[:PASSAGES]), max(0, len(hits) - PASSAGES)) for name, hits in telling.passages),
        headline=links(telling.headline),
        lost=LOST,
        selection=telling.selection,
        chosen=CHOSEN,
    )


def _drawn(tally: Tally) -> tuple[float, float, float] | None:
    """A rate and its interval on a scale that is the same for all articles: roots, so that small rates can be told apart."""
    rate = rates(tally)
    if rate is None:
        return None
    at, low, high = (round(100 * math.sqrt(min(part, SCALE) / SCALE), 1) for part in (rate.per_thousand, rate.low, rate.high))
    return at, low, high


def anchor(key: str, finding: int) -> str:
    """The anchor of a finding in the article whose anchors begin so."""
    return f"{key}f{finding + 1}"


def caption(finding: Finding, sources: Mapping[str, Source]) -> str:
    """A finding in words: what it is, about whom, in whose voice, and whether it is a candidate only."""
    if finding.measure == finding.label:
        what = f"{finding.label} words" if finding.measure == LOADED else finding.label
    elif finding.measure in ("frame", "role"):
        what = kind(finding)
    elif finding.measure == "certainty":
        what = finding.label.replace("_", " ")
    else:
        what = f"{finding.measure}: {finding.label}"
    about = f" to {finding.target}" if finding.measure == "stance" and finding.target else ""
    sure = f", sure {finding.confidence:.2f}" if finding.confidence else ""
    candidate = ", candidate to read" if finding.candidate else ""
    return one_line(f"{what}{about}, voice of {holder(finding.speaker, sources)}{sure}{candidate}")


def _kinds(findings: Iterable[Finding]) -> tuple[str, ...]:
    """More classes of a layer's element: which kind it is, and whether all of it is candidates."""
    found = tuple(findings)
    kinds = {"favorable", "unfavorable", "hedge", "booster"} & {finding.label for finding in found}
    return (*sorted(kinds), *(("ca",) if all(finding.candidate for finding in found) else ()))


def _sign(finding: Finding) -> str:
    """The chip before the first words of a finding, for layers that show one."""
    if finding.measure == "stance":
        return {"favorable": "▲", "unfavorable": "▼"}.get(finding.label, "")
    return f"{kind(finding)}?" if layer(finding) == FRAMES else ""
