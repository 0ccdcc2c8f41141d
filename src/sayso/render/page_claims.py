"""A matrix of claims for the page: a table whose every cell leads to its sentence in the articles of the same page.

Always true here: links lead only to articles that are on the page; a sentence has one anchor, at its first word; what a cell says stands in
words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sayso.claims.matrix import Matrix, Telling
from sayso.reading import Reading
from sayso.render.matrix_words import DIFFERS, Lines, Where, how, lines, quote
from sayso.render.page_measures import Wrap
from sayso.spans import Spans


@dataclass(frozen=True, slots=True)
class TellingLink:
    """One telling: how it is told, where, its words, and the anchor of its sentence (empty where its article is not on the page)."""

    words: str
    where: str
    quote: str
    target: str


@dataclass(frozen=True, slots=True)
class ClaimsPanel:
    """What the template shows of a matrix.

    Attributes:
        told: the matrix in words.
        cells: for each row and column the tellings, the one that stands for the cell first; none where nothing was found.
        clashes: for each contradiction what kind it is, and both sides.
        differs: what is said of a cell with another number.

    """

    told: Lines
    cells: tuple[tuple[tuple[TellingLink, ...], ...], ...]
    clashes: tuple[tuple[str, tuple[tuple[str, TellingLink], ...]], ...]
    differs: str = DIFFERS


def claims_panel(matrix: Matrix, keys: Mapping[str, str]) -> ClaimsPanel:
    """A matrix for the page.

    Args:
        matrix: what to show.
        keys: id of an article that is on the page → the beginning of its anchors.

    """
    where, told = Where(matrix), lines(matrix)

    def link(telling: Telling) -> TellingLink:
        key = keys.get(matrix.readings[telling.reading].document.id)
        return TellingLink(how(matrix, telling), where(telling), quote(matrix, telling), "" if key is None else anchor(key, telling))

    cells = []
    for claim in matrix.claims:
        row = []
        for column in matrix.columns:
            strongest = matrix.strongest(claim, column)
            others = [each for each in matrix.cell(claim, column) if each is not strongest]
            row.append(tuple(link(each) for each in ([strongest] if strongest else []) + others))
        cells.append(tuple(row))
    clashes = tuple((clash.what, tuple((heading, link(telling)) for heading, _, telling in clash.sides)) for clash in told.clashes)
    return ClaimsPanel(told, tuple(cells), clashes)


class Anchors:
    """Where the statements of claims stand in one article.

    Args:
        key: the beginning of its anchors.
        places: the words of each statement, and what is told of it.

    """

    def __init__(self, key: str, places: Iterable[tuple[Spans, str]] = ()) -> None:
        self._wraps: dict[int, Wrap] = {}
        cuts: set[int] = set()
        for spans, told in places:
            cuts.update(at for span in spans for at in span)
            self._wraps.setdefault(spans[0].start, Wrap("cl", _anchor(key, spans), "", told))
        self.cuts = tuple(sorted(cuts))
        """Offsets at which the text has to be cut."""

    @classmethod
    def of(cls, matrix: Matrix, reading: Reading, key: str) -> Anchors:
        """Those of a matrix in one of its articles."""
        there = [each for each in _tellings(matrix) if matrix.readings[each[1].reading].document.id == reading.document.id]
        return cls(key, ((each.statement.spans, ", ".join(filter(None, (claim, how(matrix, each))))) for claim, each in there))

    def wraps(self, start: int) -> Sequence[Wrap]:
        """The element around the piece that begins there, if a sentence does."""
        return (self._wraps[start],) if start in self._wraps else ()


def anchor(key: str, telling: Telling) -> str:
    """The anchor of a telling in the article whose anchors begin so."""
    return _anchor(key, telling.statement.spans)


def _anchor(key: str, spans: Spans) -> str:
    return f"{key}c{spans[0].start}"


def _tellings(matrix: Matrix) -> list[tuple[str, Telling]]:
    found = [(claim.id, telling) for claim in matrix.claims for telling in claim.tellings]
    return found + [("", telling) for each in matrix.contradictions for telling in (each.first, each.second)]
