"""Which statements of a story say the same claim, and which conflict, against gold: the statements are given, only the grouping is scored.

- `claims`: pairs of statements in one group, precision, recall and F1 over all pairs of all stories; `claims.across`: only pairs of two
  different articles, which is what lays outlets side by side. `….story`: the plain mean of the stories' F1s, so that long stories count
  no more than short ones; a story in which neither side has a pair is left out.
- `b3`: extended B-cubed (Amigó et al. 2009), for a statement may stand in two groups; every statement counts, those in no group as groups
  of their own, so that finding nothing reaches much. `b3.grouped`: precision over the statements that the system groups, recall over
  those that the gold groups.
- `claims.missed`: the miss rate that readers of a matrix are told. A claim of two or more articles in the gold is, for each ordered pair of
  them, a telling to find in the second; it is missed if no two statements of these articles in that gold group stand in one predicted
  group. `claims.false_joins`: the same from the other side, the share of pairs of articles joined by a predicted group of which the gold
  groups no two statements. Of both, less is better.
- `conflicts`: pairs that cannot both be true. The gold names one pair for each conflict, so a pair counts as found if its sides say what
  the two of the gold say (they stand in a gold group with them, and not with the other side too); `conflicts.exact`: the very pair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from sayso.evaluation import bootstrap
from sayso.evaluation.calibration import calibration
from sayso.evaluation.choices import both_ways, report
from sayso.evaluation.claimrows import KINDS
from sayso.evaluation.metrics import Counts, Floats, Metric, f1, share
from sayso.evaluation.report import Report
from sayso.evaluation.storygold import Claims, GoldStory, Pair

CLAIMS = "claims"
NOTE = "gold statements are given; who groups those that say the same, and finds those that cannot both be true"
LEAST = 0.05
"""The probability from which on a pair is looked at for calibration: nearly all pairs of a story are plainly different."""

_PAIRS, _B3, _CONFLICTS = "pairs of statements that say the same", "groups of statements", "pairs that cannot both be true"
_TELLINGS = "tellings of a claim in another article"
MISSED, FALSE_JOINS = "claims.missed", "claims.false_joins"
METRICS = (
    Metric("claims", "all pairs", _PAIRS),
    Metric("claims.across", "of different articles", _PAIRS),
    Metric("claims.story", "all pairs, mean F1 of stories", _PAIRS, share=True),
    Metric("claims.across.story", "of different articles, mean F1 of stories", _PAIRS, share=True),
    Metric("b3", "B³, every statement", _B3),
    Metric("b3.grouped", "B³, grouped statements", _B3),
    Metric(MISSED, "missed, less is better", _TELLINGS, share=True),
    Metric(FALSE_JOINS, "false, of those found, less is better", _TELLINGS, share=True),
    Metric("conflicts", "between what they say", _CONFLICTS),
    Metric("conflicts.kind", "right kind, of those", _CONFLICTS, share=True),
    *(Metric(f"conflicts={kind}", f"{kind}, between what they say", _CONFLICTS) for kind in KINDS),
    Metric("conflicts.exact", "the very statements", _CONFLICTS),
)
MAIN = ("claims", "claims.across", "claims.across.story", "b3", "b3.grouped", MISSED, FALSE_JOINS, "conflicts")


def claim_counts(story: GoldStory, gold: Claims, predicted: Claims) -> Counts:
    """All figures of one story."""
    ours, theirs = gold.pairs(), predicted.pairs()
    counts = _pair_counts("claims", ours, theirs)
    here = story.articles
    across = [frozenset(pair for pair in side if here[pair[0]] != here[pair[1]]) for side in (ours, theirs)]
    counts |= _pair_counts("claims.across", *across)
    counts |= share(MISSED, *_tellings(here, gold, predicted)) | share(FALSE_JOINS, *_tellings(here, predicted, gold))
    return counts | _b_cubed(len(story.texts), gold, predicted) | _conflict_counts(gold, predicted)


def _pair_counts(name: str, ours: frozenset[Pair], theirs: frozenset[Pair]) -> Counts:
    hit, both = len(ours & theirs), len(ours) + len(theirs)
    return f1(name, hit, len(theirs), len(ours)) | share(f"{name}.story", 2 * hit / both if both else 0.0, bool(both))


def _tellings(articles: Sequence[int], side: Claims, other: Claims) -> tuple[int, int]:
    """Of the ordered pairs of articles that the groups of one side join: those of which the other side joins nothing, and all."""
    found, lost, of = other.pairs(), 0, 0
    for group in side.groups:
        members = sorted(set(group))
        homes = len({articles[number] for number in members})
        again = {
            frozenset((articles[one], articles[two]))
            for one, two in combinations(members, 2)
            if articles[one] != articles[two] and (one, two) in found
        }
        of += homes * (homes - 1)
        lost += homes * (homes - 1) - 2 * len(again)
    return lost, of


def _b_cubed(size: int, gold: Claims, predicted: Claims) -> Counts:
    ours, theirs = _together(size, gold), _together(size, predicted)
    both = np.minimum(ours, theirs)
    precision, recall = _kept(both, theirs), _kept(both, ours)
    grouped = [sorted({number for group in side.groups if len(group) > 1 for number in group}) for side in (gold, predicted)]
    return {
        **f1("b3", float(precision.sum()), size, size, float(recall.sum())),
        **f1(
            "b3.grouped",
            float(precision[grouped[1]].sum()),
            len(grouped[1]),
            len(grouped[0]),
            float(recall[grouped[0]].sum()),
        ),
    }


def _together(size: int, claims: Claims) -> Floats:
    """In how many groups each two statements stand together; a statement that stands in none has one of its own."""
    groups = {tuple(sorted(set(group))) for group in claims.groups if len(group) > 1}
    alone = set(range(size)) - {number for group in groups for number in group}
    member = np.zeros((size, len(groups) + len(alone)))
    for column, group in enumerate([*sorted(groups), *((number,) for number in sorted(alone))]):
        member[list(group), column] = 1.0
    found: Floats = member @ member.T
    return found


def _kept(both: Floats, side: Floats) -> Floats:
    """For each statement, the mean share of its company on one side that it has on both (multiplicity precision and recall)."""
    there = side > 0
    shares = np.where(there, both / np.where(there, side, 1.0), 0.0)
    kept: Floats = shares.sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    return kept


def _conflict_counts(gold: Claims, predicted: Claims) -> Counts:
    ours, theirs = dict(gold.conflicts or {}), dict(predicted.conflicts or {})
    like = {pair: _like(pair, gold) for pair in ours}
    kinds = {pair: [ours[other] for other, alike in like.items() if pair in alike] for pair in theirs}
    hits = [pair for pair, found in kinds.items() if found]
    counts = f1("conflicts", len(hits), len(theirs), len(ours), sum(bool(alike & theirs.keys()) for alike in like.values()))
    counts |= share("conflicts.kind", sum(theirs[pair] in kinds[pair] for pair in hits), len(hits))
    for kind in KINDS:
        of = {pair for pair, found in theirs.items() if found == kind}
        wanted = [alike for pair, alike in like.items() if ours[pair] == kind]
        right = sum(any(pair in alike for alike in wanted) for pair in of)
        counts |= f1(f"conflicts={kind}", right, len(of), len(wanted), sum(bool(alike & of) for alike in wanted))
    return counts | f1("conflicts.exact", len(ours.keys() & theirs.keys()), len(theirs), len(ours))


def _like(pair: Pair, gold: Claims) -> set[Pair]:
    """The pairs that set what one side says against what the other says."""
    company = [{pair[end]}.union(*(group for group in gold.groups if pair[end] in group)) for end in (0, 1)]
    one, other = (({pair[end]} | company[end]) - (company[1 - end] - {pair[end]}) for end in (0, 1))
    return {(min(a, b), max(a, b)) for a in one for b in other if a != b}


def evaluate_claims(
    gold: Sequence[GoldStory],
    systems: Mapping[str, Sequence[Claims]],
    resamples: int = bootstrap.RESAMPLES,
    seed: int = bootstrap.SEED,
) -> Report:
    """Score what systems found in stories against gold.

    Args:
        gold: stories with their statements.
        systems: for each system, what it found in every story, in the order of `gold`; the probabilities of the first are looked at.
        resamples: number of bootstrap resamples over stories.
        seed: of the resamples.

    Raises:
        UsageError: there is no gold.

    """
    keys = [story.id for story in gold]
    return report(
        (CLAIMS, NOTE),
        keys,
        (sum(len(story.texts) for story in gold), "statements"),
        {
            name: [claim_counts(story, story.first, found) for story, found in zip(gold, claims, strict=True)]
            for name, claims in systems.items()
        },
        METRICS,
        "stories",
        MAIN,
        agreement=both_ways(
            keys,
            [None if story.second is None else (story.first, story.second) for story in gold],
            lambda number, one, other: claim_counts(gold[number], one, other),
            METRICS,
            resamples,
            seed,
        ),
        calibration=calibration(
            f"pairs with {LEAST} or more by {next(iter(systems), '')}; right if the gold groups them",
            _probabilities(gold, next(iter(systems.values()), ())),
        ),
        resamples=resamples,
        seed=seed,
    )


def _probabilities(gold: Sequence[GoldStory], found: Sequence[Claims]) -> list[tuple[float, bool]]:
    cases: list[tuple[float, bool]] = []
    for story, one in zip(gold, found, strict=False):
        if one.probabilities is not None:
            said, right = np.triu(one.probabilities, 1), story.first.pairs()
            cases += [(float(said[i, j]), (i, j) in right) for i, j in np.argwhere(said >= LEAST).tolist()]
    return cases
