"""The matrix of one story: its claims as rows, its outlets as columns, and in each cell how that outlet tells it.

Always true here: every cell that is filled points at the words it rests on; an outlet is only ever in the matrix if it has an article in
the story, so that "not found" has a denominator; not found means not found by this program, and the matcher's miss rate stands beside it;
a claim is told by at least two articles, unless all were asked for; a contradiction lies between two articles; nothing is summed into a
score of an outlet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from sayso.claims.content import Content
from sayso.claims.matcher import DENIED, Conflict, Matched
from sayso.claims.statements import Statement
from sayso.quotations import quotations
from sayso.reading import NOBODY, Reading
from sayso.shown import Shown
from sayso.spans import Spans, overlap
from sayso.structure import paragraphs

HOWS = ("own", "attributed", "quoted", "denied", "not found")
"""How an outlet tells a claim: itself; by somebody's words that it reports, or quotes; as somebody's denial; or not found by us."""
SURE = 0.6  # confidence under which a telling is a candidate: on held-out stories half of those are right, nine of ten of the others
UNNAMED_OUTLET = "outlet not named"


@dataclass(frozen=True, slots=True)
class Telling:
    """One place in one article where a claim is told.

    Attributes:
        reading: place of the article among the readings of the story.
        statement: its words and who hands them over.
        how: one of `HOWS`, never the last.
        speaker: who says it, by name; None in the outlet's own voice.
        chain: the names from the outlet outward to the speaker; the outlet itself left out.
        confidence: probability that another article tells the same: that of the surest pair, in [0, 1]; 1 where no other article tells it.

    """

    reading: int
    statement: Statement
    how: str
    speaker: str | None
    chain: tuple[str, ...]
    confidence: float

    @property
    def sure(self) -> bool:
        """Whether it is more than a candidate, to be read before it is used (`SURE`)."""
        return self.confidence >= SURE

    @property
    def outlet_stance(self) -> str | None:
        """How the outlet places itself towards it; None in its own voice."""
        return self.statement.attribution.outlet_stance if self.statement.attribution else None

    @property
    def commitment(self) -> str | None:
        """How sure the speaker is made to sound; None in the outlet's own voice."""
        return self.statement.attribution.commitment if self.statement.attribution else None


@dataclass(frozen=True, slots=True)
class Claim:
    """What several statements say.

    Attributes:
        id: `C1`, `C2` … in the order of the matrix.
        text: the words of its most typical statement.
        tellings: where it is told, in order of the articles and of their texts.

    """

    id: str
    text: str
    tellings: tuple[Telling, ...]

    @property
    def words(self) -> str:
        """The same without the joint that tied it to who says it: `the bridge was closed`, not `that the bridge was closed`."""
        return self.text.removeprefix("that ").strip()

    def by(self, readings: Iterable[int]) -> tuple[Telling, ...]:
        """The tellings in some of the articles."""
        wanted = set(readings)
        return tuple(each for each in self.tellings if each.reading in wanted)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two tellings that cannot both be true as said: `number`, other figures for one thing; `denied`, one says that it is not so."""

    first: Telling
    second: Telling
    kind: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Column:
    """One outlet in the story.

    Attributes:
        outlet: its name; an article whose outlet is not named has a column of its own.
        readings: places of its articles.
        carriers: outlets whose articles carry the text of one of these, in order.

    """

    outlet: str
    readings: tuple[int, ...]
    carriers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix(Shown):
    """Claims × outlets of one story.

    Attributes:
        readings: the articles, in the order given.
        columns: the outlets, in order of their first article.
        claims: those surely told by the most outlets first, then in order of the first article.
        contradictions: what was told otherwise elsewhere.
        alone: statements that no other article tells, by place of the reading: how many.
        miss_rate: share of the tellings of a claim that the matcher does not find, measured on held-out stories; None if not known.

    """

    readings: tuple[Reading, ...]
    columns: tuple[Column, ...]
    claims: tuple[Claim, ...]
    contradictions: tuple[Contradiction, ...]
    alone: tuple[int, ...]
    miss_rate: float | None

    def cell(self, claim: Claim, column: Column) -> tuple[Telling, ...]:
        """The tellings of a claim by an outlet; empty where none was found."""
        return claim.by(column.readings)

    def how(self, claim: Claim, column: Column) -> str:
        """The cell in one word, the first of `HOWS` that surely occurs in it: an outlet that says a thing itself vouches for it."""
        strongest = self.strongest(claim, column)
        return HOWS[-1] if strongest is None else strongest.how

    def strongest(self, claim: Claim, column: Column) -> Telling | None:
        """The telling that stands for a cell: no candidate if there is another, first of `HOWS`, surest; None where none was found."""
        return min(self.cell(claim, column), key=lambda each: (not each.sure, HOWS.index(each.how), -each.confidence), default=None)


def matrix(
    readings: Sequence[Reading],
    statements: Sequence[Sequence[Statement]],
    contents: Sequence[Content],
    matched: Matched,
    *,
    everything: bool = False,
    miss_rate: float | None = None,
    carriers: Sequence[Sequence[Reading]] = (),
) -> Matrix:
    """Lay out what was matched.

    Args:
        readings: the articles of one story.
        statements: those of each reading.
        contents: of all statements, one reading after the other.
        matched: their groups and conflicts.
        everything: keep claims that a single article tells too.
        miss_rate: what is known of the matcher.
        carriers: for each reading, articles that carry the same text and are left out.

    """
    flat = [(place, each) for place, found in enumerate(statements) for each in found]
    quoted = [quotations(reading.document.text, paragraphs(reading.document.text)) for reading in readings]
    tellings: dict[int, Telling] = {}
    claims: list[tuple[str, tuple[Telling, ...]]] = []
    alone: Counter[int] = Counter()
    for group in matched.groups:
        sure = {at: _confidence(at, [other for other in group if flat[other][0] != flat[at][0]], matched) for at in group}
        told = {at: _telling(readings, quoted, *flat[at], sure[at]) for at in group}
        tellings |= told
        if len({flat[at][0] for at in group}) < 2:
            alone.update(flat[at][0] for at in group)
            if not everything:
                continue
        typical = max(group, key=lambda at: (sure[at], -len(contents[at].text), -at))
        claims.append((contents[typical].text, tuple(told[at] for at in group)))
    columns = _columns(readings, carriers)
    home = {place: number for number, column in enumerate(columns) for place in column.readings}
    claims.sort(key=lambda claim: (-_outlets(claim[1], home, sure=True), -_outlets(claim[1], home), _place(claim[1][0])))
    return Matrix(
        readings=tuple(readings),
        columns=columns,
        claims=tuple(Claim(f"C{number}", text, told) for number, (text, told) in enumerate(claims, 1)),
        contradictions=tuple(_contradictions(matched, tellings)),
        alone=tuple(alone[place] for place in range(len(readings))),
        miss_rate=miss_rate,
    )


def _confidence(at: int, elsewhere: Sequence[int], matched: Matched) -> float:
    return max((float(matched.probabilities[at, other]) for other in elsewhere), default=1.0)


def _outlets(tellings: Sequence[Telling], home: dict[int, int], *, sure: bool = False) -> int:
    """How many outlets tell it."""
    return len({home[each.reading] for each in tellings if each.sure or not sure})


def _telling(readings: Sequence[Reading], quotations_in: Sequence[Spans], place: int, statement: Statement, confidence: float) -> Telling:
    reading, attribution = readings[place], statement.attribution
    if attribution is None:
        return Telling(place, statement, "own", None, (), confidence)
    names = {source.id: source.name for source in reading.sources}
    chain = tuple(names[each] for each in attribution.chain if each in names and names[each] != NOBODY)
    quoted = overlap(statement.spans, quotations_in[place])
    how = "quoted" if 2 * quoted > sum(span.length for span in statement.spans) else "attributed"
    return Telling(
        place, statement, "denied" if attribution.polarity == "denies" else how, names.get(attribution.speaker), chain, confidence
    )


def _contradictions(matched: Matched, tellings: dict[int, Telling]) -> Iterable[Contradiction]:
    """One for each two articles, each two claims and each kind: the surest; in order of the first telling."""
    claim = {at: number for number, group in enumerate(matched.groups) for at in group}
    surest: dict[tuple[object, ...], Contradiction] = {}
    for each in (*matched.conflicts, *_inside(matched, tellings)):
        first, second = tellings[each.first], tellings[each.second]
        pair = sorted(((first.reading, claim[each.first]), (second.reading, claim[each.second])))
        if first.reading == second.reading:
            continue
        key = (each.kind, *pair)
        if key not in surest or surest[key].confidence < each.confidence:
            one, other = sorted((first, second), key=_place)
            surest[key] = Contradiction(one, other, each.kind, each.confidence)
    return sorted(surest.values(), key=lambda each: (_place(each.first), _place(each.second), each.kind))


def _inside(matched: Matched, tellings: dict[int, Telling]) -> Iterable[Conflict]:
    """Within one claim: who denies it against who tells it otherwise (statements with other numbers are never one claim)."""
    for group in matched.groups:
        for at in group:
            for other in group:
                sure = float(matched.probabilities[at, other])
                if tellings[at].how == "denied" and tellings[other].how != "denied":
                    yield Conflict(at, other, DENIED, sure)


def _columns(readings: Sequence[Reading], carriers: Sequence[Sequence[Reading]]) -> tuple[Column, ...]:
    held: dict[str, list[int]] = {}
    for place, reading in enumerate(readings):
        held.setdefault(outlet_of(reading), []).append(place)
    others = {place: [outlet_of(each) for each in several] for place, several in enumerate(carriers)}
    return tuple(
        Column(outlet, tuple(places), tuple(dict.fromkeys(name for at in places for name in others.get(at, ()) if name != outlet)))
        for outlet, places in held.items()
    )


def outlet_of(reading: Reading) -> str:
    """The outlet of an article; where it is not named, what else the article can be told by."""
    document = reading.document
    return document.outlet or f"{UNNAMED_OUTLET}: {PurePath(document.origin).name or document.title or document.id}"


def _place(telling: Telling) -> tuple[int, int]:
    return telling.reading, telling.statement.spans[0].start
