"""Gold of claims: the statements of a story's articles, and which of them say the same or cannot both be true.

Always true here: statements are numbered within their story; what a system finds has the same shape as the gold; a statement that stands in
no group says what no other does. The gold is that of `annotations/claims`, joined with its texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.errors import ContractError
from sayso.evaluation import claimrows
from sayso.evaluation.jsonlines import records
from sayso.evaluation.metrics import Floats

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Claims:
    """What somebody, or some system, found in a story.

    Attributes:
        groups: statements that say the same; a statement may stand in several.
        conflicts: pairs of statements, in order, that cannot both be true, and how (`denied`, `number`).
        probabilities: of each two statements to say the same, [statements, statements]; None where nobody says how sure it is.

    """

    groups: tuple[tuple[int, ...], ...] = ()
    conflicts: Mapping[Pair, str] | None = None
    probabilities: Floats | None = None

    def pairs(self) -> frozenset[Pair]:
        """Every two statements that stand in one group, each pair in order."""
        return frozenset(pair for group in self.groups for pair in combinations(sorted(set(group)), 2))

    def same(self, size: int) -> NDArray[np.bool_]:
        """The same as a table [size, size], symmetric, of the statements of a story of that size."""
        found = np.zeros((size, size), dtype=np.bool_)
        for one, other in self.pairs():
            found[one, other] = found[other, one] = True
        return found


@dataclass(frozen=True, slots=True)
class GoldStory:
    """One story.

    Attributes:
        id: of the story.
        texts: the words of each statement, on one line.
        articles: the number of the article that each stands in.
        first: what is gold.
        second: what another annotator found, if there was one.

    """

    id: str
    texts: tuple[str, ...]
    articles: tuple[int, ...]
    first: Claims
    second: Claims | None = None


def read_stories(path: Path, part: str | None = None) -> list[GoldStory]:
    """Read a gold file.

    Args:
        path: JSON lines of stories with texts, as `sayso annotations join` writes them.
        part: keep the stories of this `split` only.

    Raises:
        UnreadableInput: it is missing or cannot be decoded.
        ContractError: a line is broken, or has no texts; the message names it.

    """
    return [story for found, story in records(path, lambda row: (row["split"], _story(row))) if part in (None, found)]


def _story(row: Mapping[str, Any]) -> GoldStory:
    if claimrows.lacking(row):
        raise ContractError(f"{row['id']}: has no texts; join them with sayso annotations join")
    claimrows.detach(row)
    texts = [article["text"] for article in row["articles"]]
    return GoldStory(
        row["id"],
        tuple(" ".join(" ".join(texts[article][start:end] for start, end in spans).split()) for article, spans in row["statements"]),
        tuple(article for article, _ in row["statements"]),
        _claims(row),
        None if row.get("second") is None else _claims(row["second"]),
    )


def _claims(version: Mapping[str, Any]) -> Claims:
    conflicts = {(min(first, second), max(first, second)): kind for first, second, kind in version["against"]}
    return Claims(tuple(map(tuple, version["groups"])), conflicts)
