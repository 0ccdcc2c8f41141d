"""The systems that group statements by what they say: the matcher, the matcher without a network, and the blind rows beside them.

Always true here: the first system is the one under test; a blind row puts statements together by one figure alone, grouped as the matcher
groups, from the mean likeness on that did best on `train`; nothing here was chosen by looking at `test`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from sayso.claims.content import Content, of_text
from sayso.claims.groups import Floats, groups
from sayso.claims.matcher import Matched, matched
from sayso.claims.meaning import PieceScorer, meanings
from sayso.evaluation.storygold import Claims, GoldStory

MATCHER, RULES, WORDS, MEANING = "matcher", "matcher without network", "word overlap only", "cosine of vectors only"
WORDS_LEAST, MEANING_LEAST = 0.4, 0.65

Matcher = Callable[[Sequence[Content], Sequence[int], PieceScorer | None], Matched]


def claim_rows(gold: Sequence[GoldStory], scorer: PieceScorer | None = None, matcher: Matcher = matched) -> dict[str, list[Claims]]:
    """What every system finds in every story.

    Args:
        gold: the stories; only their statements and articles are looked at.
        scorer: the claim network; without it there are no rows of a network.
        matcher: what is under test.

    """
    names = (MATCHER, RULES, WORDS, MEANING) if scorer else (RULES, WORDS)
    rows: dict[str, list[Claims]] = {name: [] for name in names}
    for story in gold:
        contents = [of_text(text) for text in story.texts]
        rows[RULES].append(found(matcher(contents, story.articles, None)))
        rows[WORDS].append(Claims(groups(overlaps(contents), WORDS_LEAST)))
        if scorer:
            rows[MATCHER].append(found(matcher(contents, story.articles, scorer)))
            vectors = meanings(story.texts, scorer).vectors
            rows[MEANING].append(Claims(groups(vectors @ vectors.T, MEANING_LEAST)))
    return rows


def found(matching: Matched) -> Claims:
    """What a matcher found, in the shape of the gold."""
    conflicts = {(min(each.first, each.second), max(each.first, each.second)): each.kind for each in matching.conflicts}
    return Claims(matching.groups, conflicts, np.asarray(matching.probabilities, dtype=np.float64))


def overlaps(contents: Sequence[Content]) -> Floats:
    """Dice coefficients of the stems of each two statements (Dice 1945), [N, N]; 0 where both have none."""
    columns = {stem: at for at, stem in enumerate(sorted({stem for each in contents for stem in each.stems}))}
    table = np.zeros((len(contents), len(columns)), dtype=np.float32)
    for row, each in enumerate(contents):
        table[row, [columns[stem] for stem in each.stems]] = 1.0
    sizes = table.sum(axis=1)
    dice: Floats = 2 * (table @ table.T) / np.maximum(sizes[:, None] + sizes[None, :], 1.0)
    return dice
