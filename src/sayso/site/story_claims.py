"""The claims × outlets of one story as its page shows them, out of the tables that `sayso claims --all` keeps.

Always true here: nothing is matched anew; a cell that is filled leads to its sentence; an outlet is a column only if it has an article in
the story, and one that carries another's text is told apart; what is not found is not found by us, and what the matcher misses stands
beside it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.claims.keeping import CLAIMS, CONTRADICTIONS, RUNS, is_current
from sayso.claims.matcher import NUMBER
from sayso.claims.matrix import HOWS, SURE, outlet_of
from sayso.reading import NOBODY as UNKNOWN
from sayso.reading import Reading
from sayso.render.matrix_words import CHECK, DIFFERS, LONG, NOT_FOUND, NOT_SHOWN, PERHAPS, STANCE
from sayso.render.places import in_quotes
from sayso.render.safe import one_line
from sayso.render.words import NOBODY, many
from sayso.site.links import Links
from sayso.store.store import Store
from sayso.structure import paragraphs

NONE = "none"


@dataclass(frozen=True, slots=True)
class Telling:
    """One place where a claim is told: how, in words; its words; where it stands, and the address of it."""

    words: str
    quote: str
    where: str
    address: str
    perhaps: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """How an outlet tells a claim.

    Attributes:
        how: `own`, `attributed`, `quoted`, `denied` or `none`.
        words: the same in words, with the speaker.
        differs: whether one of its tellings has another number than somebody else's.
        tellings: the one that stands for the cell first; empty where none was found.

    """

    how: str
    words: str
    differs: bool
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """An outlet: its name as given (`key`) and as shown, how many articles, and whose text it carries where it has only copies."""

    key: str
    name: str
    articles: int
    carries: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim: its id, its most typical words, a cell for each column, and how many outlets surely tell it (copies left out)."""

    id: str
    words: str
    cells: tuple[Cell, ...]
    outlets: int


@dataclass(frozen=True, slots=True)
class Clash:
    """Two tellings that contradict: what kind it is, and for both sides the outlet, the words, and their address."""

    what: str
    sides: tuple[tuple[str, str, str], tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class StoryClaims:
    """What the template shows; `missing` says why there is nothing, and is empty otherwise."""

    columns: tuple[Column, ...]
    rows: tuple[ClaimRow, ...]
    clashes: tuple[Clash, ...]
    counted: tuple[str, ...]
    note: str = NOT_SHOWN
    differs: str = DIFFERS
    missing: str = ""

    @property
    def copies(self) -> int:
        """How many columns carry another's text."""
        return sum(bool(column.carries) for column in self.columns)


Row = dict[str, Any]
"""A row of one of the kept tables, by column."""


@dataclass(frozen=True, slots=True)
class KeptClaims:
    """What is kept of the claims of one story: tellings, contradictions, and how many tellings the matcher misses (None if not known)."""

    tellings: tuple[Row, ...]
    clashes: tuple[Row, ...]
    missed: float | None


def kept_claims(store: Store, story: str) -> KeptClaims | None:
    """What is kept of a story; None where nothing is, or where its articles have changed since."""
    if not is_current(store, story):
        return None
    run = store.sql(f"SELECT miss_rate FROM {RUNS} WHERE story = ?", [story]).rows
    return KeptClaims(_rows(store, CLAIMS, story), _rows(store, CONTRADICTIONS, story), run[0][0])


def story_claims(kept: KeptClaims | None, readings: Sequence[Reading], texts: Mapping[str, str], links: Links) -> StoryClaims:
    """The claims of a story.

    Args:
        kept: what is kept of them.
        readings: the articles of the story, in order of publication.
        texts: id of an article → id of the article whose text it carries (`stories.keeping.text_of`).
        links: as seen from the page.

    """
    if kept is None:
        why = "The claims of this story were not laid side by side yet, or not since its articles changed: `sayso claims --all` does so."
        return StoryClaims((), (), (), (), missing=why)
    carried = _carried(readings, texts)
    columns = _columns(readings, carried)
    starts = {reading.document.id: [block.start for block in paragraphs(reading.document.text)] for reading in readings}
    odd = {row[name] for row in kept.clashes if row["kind"] == NUMBER for name in ("statement", "other_statement")}
    by_claim: dict[str, list[Row]] = {}
    for row in kept.tellings:
        by_claim.setdefault(row["claim"], []).append(row)
    made = []
    for claim, rows in sorted(by_claim.items(), key=lambda item: int(item[0][1:])):
        cells = tuple(_cell(column, rows, readings, carried, starts, odd, links) for column in columns)
        typical = max(rows, key=lambda row: (row["confidence"], -len(row["text"])))["text"].removeprefix("that ").strip()
        sure = {row["outlet"] for row in rows if row["confidence"] >= SURE}
        made.append(ClaimRow(claim, _begun(typical), cells, len(sure)))
    doubtful = any(row["confidence"] < SURE for row in kept.tellings)
    counted = _counted(columns, len(readings), kept.missed, doubtful=doubtful)
    return StoryClaims(columns, tuple(made), tuple(_clash(row, links) for row in kept.clashes), counted)


def _rows(store: Store, table: str, story: str) -> tuple[Row, ...]:
    found = store.sql(f"SELECT * FROM {table} WHERE story = ? ORDER BY ALL", [story])
    return tuple(dict(zip(found.columns, row, strict=True)) for row in found.rows)


def _carried(readings: Sequence[Reading], carries: Mapping[str, str]) -> dict[str, str]:
    """Which article of the story carries which other one's text; where the text itself is elsewhere, the first carrier stands for it."""
    there = {reading.document.id for reading in readings}
    stands: dict[str, str] = {}
    found: dict[str, str] = {}
    for reading in readings:
        article = reading.document.id
        text = carries.get(article, article)
        home = text if text in there else stands.setdefault(text, article)
        if home != article:
            found[article] = home
    return found


def _columns(readings: Sequence[Reading], carried: Mapping[str, str]) -> tuple[Column, ...]:
    outlets: dict[str, list[str]] = {}
    names = {reading.document.id: outlet_of(reading) for reading in readings}
    for article, outlet in names.items():
        outlets.setdefault(outlet, []).append(article)
    made = []
    for outlet, articles in outlets.items():
        others = [names[carried[each]] for each in articles if each in carried]
        copies = len(others) == len(articles) and any(other != outlet for other in others)
        made.append(Column(outlet, one_line(outlet), len(articles), one_line(others[0]) if copies else ""))
    return tuple(sorted(made, key=lambda column: bool(column.carries)))


def _cell(
    column: Column,
    rows: Iterable[Row],
    readings: Sequence[Reading],
    texts: Mapping[str, str],
    starts: Mapping[str, Sequence[int]],
    odd: set[str],
    links: Links,
) -> Cell:
    """The tellings of one claim in one column; a copy shows those of the text that it carries, and leads to its own page.

    What an outlet published is never "not found" in its column because the text counts for somebody else, who is named then.
    """
    names = {reading.document.id: outlet_of(reading) for reading in readings}
    held = [article for article, outlet in names.items() if outlet == column.key]
    homes = {article: article for article in held if article not in texts}
    for article in held:
        homes.setdefault(texts.get(article, article), article)
    here = [row for row in rows if row["article"] in homes]
    here.sort(key=lambda row: (row["confidence"] < SURE, HOWS.index(row["how"]), -row["confidence"]))
    if not here:
        return Cell(NONE, NOT_FOUND, False, ())
    order = {article: number for number, article in enumerate(held, 1)}
    tellings = []
    for row in here:
        paragraph = bisect_right(starts.get(row["article"], ()), row["spans"][0][0])
        at = homes[row["article"]]
        where = f"article {order[at]} par. {paragraph}" if len(held) > 1 else f"par. {paragraph}"
        if at != row["article"] and not column.carries:
            where += f", the text of {one_line(names[row['article']])}"
        place = f"c{row['spans'][0][0]}" if at == row["article"] else ""
        sure = row["confidence"] >= SURE
        quote = in_quotes(one_line(row["text"]), LONG)
        tellings.append(Telling(how(row), quote, where, links.article(at, place), not sure))
    first = tellings[0]
    words = f"{PERHAPS} {first.words}" if first.perhaps else first.words
    return Cell(here[0]["how"], words, any(row["statement"] in odd for row in here), tuple(tellings))


def how(row: Mapping[str, Any]) -> str:
    """How a row of the table of claims is told: whose words they are, and how the outlet hands them over."""
    if row["how"] == "own":
        return "own voice"
    name = one_line(row["speaker"] or "")
    speaker = "" if name == UNKNOWN else name
    stance = STANCE.get(row["outlet_stance"] or "", "")
    remark = f" ({stance})" if stance else ""
    if row["how"] == "attributed":
        return (f"attributed to {speaker}" if speaker else f"attributed, {NOBODY}") + remark
    by = f", {NOBODY}" if not speaker else f" by {speaker}" if row["how"] == "denied" else f": {speaker}"
    return f"{row['how']}{by}{remark}"


def _clash(row: Mapping[str, Any], links: Links) -> Clash:
    def side(prefix: str) -> tuple[str, str, str]:
        address = links.article(row[f"{prefix}article"], f"c{row[f'{prefix}spans'][0][0]}")
        return one_line(row[f"{prefix}outlet"] or ""), in_quotes(one_line(row[f"{prefix}text"]), LONG), address

    return Clash("different numbers" if row["kind"] == NUMBER else "denied here, told otherwise there", (side(""), side("other_")))


def _begun(words: str) -> str:
    shown = in_quotes(one_line(words), LONG)
    return shown[1:-1] if shown.startswith("“") and shown.endswith("”") and "”" not in shown[1:-1] else shown


def _counted(columns: Sequence[Column], articles: int, missed: float | None, *, doubtful: bool) -> tuple[str, ...]:
    own = sum(not column.carries for column in columns)
    told = f"{many(own, 'outlet')} with an article in this story ({many(articles, 'article')} in all)"
    copies = len(columns) - own
    if copies:
        told += f"; {many(copies, 'more outlet')} with a copy of one of them, which counts once"
    if missed is None:
        rate = "How much the matcher misses is not known for matching by words."
    else:
        rate = f"The matcher misses about {round(100 * missed)} of 100 tellings (measured on stories that it was not trained on)."
    return (f"{told}.", rate, CHECK) if doubtful else (f"{told}.", rate)
