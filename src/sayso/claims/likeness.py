"""How alike the statements of one story are, pair by pair: a few named figures, each from 0 to about 1, for a readable model to weigh.

Always true here: every figure is symmetric and none looks at a voice; words are weighted by how rare they are among the statements of the
story, so that what the whole story is about counts little and what tells its claims apart counts much; time and memory grow with the
square of the number of statements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

from sayso.claims.content import Content

Floats = NDArray[np.float32]

FIGURES = (
    "meaning", "meaning_here", "words", "covered", "covers", "names", "numbers", "clash", "phrase",
    "best", "nearest", "short", "uneven", "within", "denied",
)  # fmt: skip
"""What is weighed, in the order of the last axis of `likeness`."""


def likeness(contents: Sequence[Content], articles: Sequence[int], vectors: Floats | None) -> Floats:
    """All figures of all pairs.

    Args:
        contents: N statements.
        articles: the article of each.
        vectors: their unit vectors [N, W]; None where no network was at work: then the figures of meaning are 0.

    Returns:
        [N, N, figures] in the order of `FIGURES`: `meaning`, cosine of the vectors; `meaning_here`, the same after the mean of the story is
        taken away; `words`, Dice coefficient of the weighted stems (Dice 1945); `covered` and `covers`, weighted share of the statement
        with less (more) weight that is in the other; `names` and `numbers`, Dice of weighted names and of equal numbers; `clash`, whether
        they count the same with different numbers; `phrase`, Dice of pairs of stems that stand side by side; `best`, how far from the most
        alike partner that either has in the other's article; `nearest`, whether each is the other's most alike there; `short`, of the
        shorter one; `uneven`, log ratio of lengths; `within`, whether they stand in one article; `denied`, whether one of them is negated.

    """
    size = len(contents)
    found = np.zeros((size, size, len(FIGURES)), dtype=np.float32)
    put = dict(zip(FIGURES, np.moveaxis(found, 2, 0), strict=True))
    home = np.asarray(articles)
    if vectors is not None and size:
        put["meaning"][:] = vectors @ vectors.T
        centered = vectors - vectors.mean(axis=0)
        centered = centered / np.maximum(np.linalg.norm(centered, axis=1, keepdims=True), 1e-9)
        put["meaning_here"][:] = centered @ centered.T
    put["words"][:], put["covered"][:], put["covers"][:] = _overlap(contents, lambda each: each.stems)
    put["names"][:] = _overlap(contents, lambda each: each.names)[0]
    put["numbers"][:] = _overlap(contents, lambda each: frozenset(str(number.value) for number in each.numbers))[0]
    put["phrase"][:] = _overlap(contents, _phrases)[0]
    put["clash"][:] = _clashes(contents)
    parts = [put["words"], put["covered"]] + ([] if vectors is None else [put["meaning_here"]])
    base: Floats = sum(parts[1:], parts[0]) / np.float32(len(parts))
    put["best"][:], put["nearest"][:] = _rivals(base, home)
    lengths = np.array([1 + len(each.stems) for each in contents], dtype=np.float32)
    least = np.minimum(lengths[:, None], lengths[None, :])
    put["short"][:] = 1 / least
    put["uneven"][:] = np.log(np.maximum(lengths[:, None], lengths[None, :]) / least)
    put["within"][:] = home[:, None] == home[None, :]
    negated = np.array([each.negated for each in contents])
    put["denied"][:] = negated[:, None] != negated[None, :]
    return found


def _overlap(contents: Sequence[Content], of: Callable[[Content], frozenset[str]]) -> tuple[Floats, Floats, Floats]:
    """Dice, and weighted share of the lighter and of the heavier statement that is in the other."""
    sets = [of(each) for each in contents]
    counts = Counter(word for each in sets for word in each)
    columns = {word: at for at, word in enumerate(sorted(counts))}
    table = np.zeros((len(sets), len(columns)), dtype=np.float32)
    for row, each in enumerate(sets):
        for word in each:
            table[row, columns[word]] = np.sqrt(log((len(sets) + 1) / counts[word]))
    shared = table @ table.T
    weight = np.einsum("ij,ij->i", table, table)
    both = weight[:, None] + weight[None, :]
    light, heavy = np.minimum(weight[:, None], weight[None, :]), np.maximum(weight[:, None], weight[None, :])
    return 2 * shared / np.maximum(both, 1e-6), shared / np.maximum(light, 1e-6), shared / np.maximum(heavy, 1e-6)


def _phrases(each: Content) -> frozenset[str]:
    words = each.text.lower().split()
    return frozenset(f"{left} {right}" for left, right in pairwise(words))


def _clashes(contents: Sequence[Content]) -> Floats:
    found = np.zeros((len(contents),) * 2, dtype=np.float32)
    having = [at for at, each in enumerate(contents) if each.numbers]
    for row in having:
        for column in having:
            if row < column:
                found[row, column] = found[column, row] = clash(contents[row], contents[column])
    return found


def clash(first: Content, second: Content) -> bool:
    """Whether some thing is counted in both, and never with numbers that can both be true."""
    pairs = [
        (one.near(other), one, other)
        for one in first.numbers
        for other in second.numbers
        if (one.counted or one.kind == "year") and (one.kind, one.counted) == (other.kind, other.counted)
    ]
    return bool(pairs) and not any(near for near, _, _ in pairs)


def _rivals(base: Floats, home: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """How much less alike than the best partner in the other's article (the greater of both sides); whether both are each other's best."""
    size = len(home)
    top = np.zeros((size, size), dtype=np.float32)
    free = base - 10 * np.eye(size, dtype=np.float32)
    for article in np.unique(home):
        here = home == article
        top[:, here] = free[:, here].max(axis=1, keepdims=True)
    gap = np.maximum(top - base, top.T - base)
    return gap, (gap <= 1e-6).astype(np.float32)
