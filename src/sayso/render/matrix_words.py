"""A matrix of claims in plain words, the same for terminal and page: who tells what, and how, and what that does not show.

Always true here: every word of an article comes through `render.safe`; a cell that is filled says in which paragraph its sentence stands;
"not found by us" is never more than that, and how many outlets there are and what the matcher misses stand beside it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from sayso.claims.matcher import NUMBER
from sayso.claims.matrix import Claim, Column, Contradiction, Matrix, Telling
from sayso.reading import Source
from sayso.render.places import in_quotes
from sayso.render.safe import one_line
from sayso.render.words import IDENTITY, NOBODY, many
from sayso.structure import paragraphs

NOT_FOUND = "not found by us"
DIFFERS = "number differs"
PERHAPS = "perhaps"
STANCE = {"acknowledges": "", "endorses": "as true", "distances": "distanced", "rejects": "rejected"}
CHECK = f"“{PERHAPS}” marks a telling that is less sure to be the same claim: read both sentences before you use it."
LONG = 220  # characters of a sentence
NOT_SHOWN = (
    "Do not conclude that an outlet left something out, or that a claim is true because many tell it: "
    "these are sentences that say the same as far as we can tell, in these articles."
)


@dataclass(frozen=True, slots=True)
class Cell:
    """How one outlet tells one claim.

    Attributes:
        words: `own voice`, `attributed to X (distanced)`, … , or that it was not found.
        where: the paragraph of its sentence, with the number of the article where the outlet has several; empty where nothing was found.
        more: how many more tellings the outlet has of it.
        differs: whether one of its tellings has another number than somebody else's.
        telling: the telling that stands for the cell.

    """

    words: str
    where: str
    more: int
    differs: bool
    telling: Telling | None

    @property
    def line(self) -> str:
        """All of it on one line."""
        more = f"+{self.more} more" if self.more else ""
        return ", ".join(part for part in (self.words, self.where, more, DIFFERS if self.differs else "") if part)


@dataclass(frozen=True, slots=True)
class Clash:
    """Two tellings that contradict: what kind it is, and both sides as `outlet: how, where` with their words and the telling."""

    what: str
    sides: tuple[tuple[str, str, Telling], tuple[str, str, Telling]]


@dataclass(frozen=True, slots=True)
class Lines:
    """A whole matrix.

    Attributes:
        caption: what it shows.
        columns: the outlets.
        rows: for each claim its id, its words, and one cell for each column.
        clashes: the contradictions.
        counted: what "not found" is to be seen against: the outlets, and what the matcher misses.
        note: what not to conclude.

    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[Cell, ...]], ...]
    clashes: tuple[Clash, ...]
    counted: tuple[str, ...]
    note: str


class Where:
    """Where the tellings of a matrix stand."""

    def __init__(self, matrix: Matrix) -> None:
        self._starts = [[block.start for block in paragraphs(reading.document.text)] for reading in matrix.readings]
        self._number = {
            place: number for column in matrix.columns if len(column.readings) > 1 for number, place in enumerate(column.readings, 1)
        }

    def __call__(self, telling: Telling) -> str:
        """The paragraph that a telling begins in, as words; with the article where its outlet has several."""
        paragraph = bisect_right(self._starts[telling.reading], telling.statement.spans[0].start)
        article = self._number.get(telling.reading)
        return f"par. {paragraph}" if article is None else f"article {article} par. {paragraph}"


def lines(matrix: Matrix, caption: str = "Claims of the story, by outlet") -> Lines:
    """A matrix in words."""
    where = Where(matrix)
    return Lines(
        caption=one_line(caption),
        columns=tuple(_heading(column) for column in matrix.columns),
        rows=tuple(
            (claim.id, _begun(claim.words), tuple(_cell(matrix, claim, column, where) for column in matrix.columns))
            for claim in matrix.claims
        ),
        clashes=tuple(_clash(matrix, each, where) for each in matrix.contradictions),
        counted=_counted(matrix),
        note=NOT_SHOWN,
    )


def how(matrix: Matrix, telling: Telling) -> str:
    """How a telling is told: whose words they are, and how the outlet hands them over."""
    attribution = telling.statement.attribution
    if attribution is None:
        return "own voice"
    sources = {source.id: source for source in matrix.readings[telling.reading].sources}
    speaker = _who(sources.get(attribution.speaker))
    stance = STANCE[attribution.outlet_stance]
    remark = f" ({stance})" if stance else ""
    if telling.how == "attributed":
        return (f"attributed to {speaker}" if speaker else f"attributed, {NOBODY}") + remark
    return f"{telling.how}{_by(telling.how, speaker)}{remark}"


def quote(matrix: Matrix, telling: Telling) -> str:
    """The words of a telling on one line."""
    document = matrix.readings[telling.reading].document
    return in_quotes(" … ".join(one_line(document[span]) for span in telling.statement.spans), LONG)


def _by(told: str, speaker: str) -> str:
    if not speaker:
        return f", {NOBODY}"
    return f" by {speaker}" if told == "denied" else f": {speaker}"


def _who(source: Source | None) -> str:
    """The speaker by name; empty where the text names nobody."""
    if source is None or source.identity == "unstated":
        return ""
    return one_line(source.name) + (f" ({IDENTITY[source.identity]})" if source.identity == "unresolved" else "")


def _heading(column: Column) -> str:
    name = one_line(column.outlet)
    return f"{name} (text also carried by {', '.join(map(one_line, column.carriers))})" if column.carriers else name


def _begun(words: str) -> str:
    shown = in_quotes(one_line(words), LONG)
    return shown[1:-1] if shown.startswith("“") and shown.endswith("”") and "”" not in shown[1:-1] else shown


def _cell(matrix: Matrix, claim: Claim, column: Column, where: Where) -> Cell:
    telling = matrix.strongest(claim, column)
    if telling is None:
        return Cell(NOT_FOUND, "", 0, False, None)
    told = matrix.cell(claim, column)
    sides = [side for each in matrix.contradictions if each.kind == NUMBER for side in (each.first, each.second)]
    differs = any(one is side for one in told for side in sides)
    words = how(matrix, telling) if telling.sure else f"{PERHAPS} {how(matrix, telling)}"
    return Cell(words, where(telling), len(told) - 1, differs, telling)


def _clash(matrix: Matrix, each: Contradiction, where: Where) -> Clash:
    outlets = {place: one_line(column.outlet) for column in matrix.columns for place in column.readings}

    def side(telling: Telling) -> tuple[str, str, Telling]:
        return f"{outlets[telling.reading]}: {how(matrix, telling)}, {where(telling)}", quote(matrix, telling), telling

    what = "different numbers" if each.kind == NUMBER else "denied here, told otherwise there"
    return Clash(what, (side(each.first), side(each.second)))


def _counted(matrix: Matrix) -> tuple[str, ...]:
    outlets, carriers = len(matrix.columns), len({name for column in matrix.columns for name in column.carriers})
    told = f"{many(outlets, 'outlet')} with an article in this story ({many(len(matrix.readings), 'article')})"
    if carriers:
        told += f"; {many(carriers, 'more outlet')} with a copy of one of them, which counts once"
    alone = sum(matrix.alone)
    if alone:
        told += f"; {many(alone, 'statement')} found in one article only"
    if matrix.miss_rate is None:
        missed = "How much the matcher misses is not known for matching by words."
    else:
        missed = (
            f"The matcher misses about {round(100 * matrix.miss_rate)} of 100 tellings (measured on stories that it was not trained on)."
        )
    doubtful = any(not each.sure for claim in matrix.claims for each in claim.tellings)
    return (f"{told}.", missed, CHECK) if doubtful else (f"{told}.", missed)
