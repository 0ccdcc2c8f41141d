"""Average-link clustering of one day's articles among themselves and with the stories that are there.

Always true here: what joins is the pair of groups with the highest mean probability over all pairs of their articles (UPGMA; Sokal &
Michener 1958), pairs that nobody looked at counting as 0, until no mean reaches the threshold; two stories that were there before never
merge, and no article leaves its story, so names of stories last. Ties are broken by name: the result does not depend on the order given.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping

Link = tuple[str, str, float]
"""Two groups, and the sum of probabilities over the pairs of articles between them."""


def join(sizes: Mapping[str, int], fixed: frozenset[str], links: Iterable[Link], threshold: float) -> dict[str, str]:
    """Where each group ends.

    Args:
        sizes: number of articles of each group that has part in this.
        fixed: the groups that were there before, and keep their name.
        links: sums of probabilities between two groups; several for the same two add up.
        threshold: lowest mean probability of two groups that join.

    Returns:
        For each group that joined another, the name of the one it is part of now: a fixed one, or the least name among new ones.

    """
    size = dict(sizes)
    sums: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for one, other, total in links:
        sums[one][other] += total
        sums[other][one] += total
    into: dict[str, str] = {}
    heap: list[tuple[float, str, str]] = []

    def offer(one: str, other: str) -> None:
        mean = sums[one][other] / (size[one] * size[other])
        if mean >= threshold and not (one in fixed and other in fixed):
            first, second = sorted((one, other), key=lambda name: (name not in fixed, name))
            heapq.heappush(heap, (-mean, first, second))

    for one in sorted(sums):
        for other in sums[one]:
            if one < other:
                offer(one, other)
    while heap:
        mean, kept, gone = heapq.heappop(heap)
        if kept in into or gone in into or -mean != sums[kept][gone] / (size[kept] * size[gone]):
            continue  # one of them has grown or gone since
        into[gone] = kept
        size[kept] += size[gone]
        for other, total in sums.pop(gone).items():
            if other != kept and other not in into:
                sums[kept][other] += total
                sums[other][kept] += total
        sums[kept].pop(gone, None)
        for other in sorted(sums[kept]):
            if other not in into:
                offer(kept, other)
    return {gone: _end(gone, into) for gone in into}


def _end(name: str, into: Mapping[str, str]) -> str:
    while name in into:
        name = into[name]
    return name
