"""Who is shared and who is exclusive between two outlets, over the stories that both have.

Always true here: a source counts once in each story; "only" says that we found it with one of the two and not with the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

from sayso.audit import Counts
from sayso.export.names import Key
from sayso.export.sourced import Pair

Three = tuple[Counter[Key], Counter[Key], Counter[Key]]
"""Stories of each source: with both, with the left one only, with the right one only."""


def pairs(in_story: Mapping[str, Mapping[str, set[Key]]], name: Callable[[Key], str]) -> Iterator[Pair]:
    """Every two groups that have a story in common, those with most stories first.

    Args:
        in_story: story → group → the named sources that it lets speak there.
        name: of a source, to be shown.

    """
    stories: Counter[tuple[str, str]] = Counter()
    found: defaultdict[tuple[str, str], Three] = defaultdict(lambda: (Counter(), Counter(), Counter()))
    for groups in in_story.values():
        for left, right in combinations(sorted(groups), 2):
            stories[left, right] += 1
            shared, only_left, only_right = found[left, right]
            shared.update(groups[left] & groups[right])
            only_left.update(groups[left] - groups[right])
            only_right.update(groups[right] - groups[left])
    for (left, right), count in sorted(stories.items(), key=lambda item: (-item[1], item[0])):
        shared, only_left, only_right = found[left, right]
        yield Pair(
            left=left,
            right=right,
            stories=count,
            shared=shared.total(),
            only_left=only_left.total(),
            only_right=only_right.total(),
            shared_names=_named(shared, name),
            left_names=_named(only_left, name),
            right_names=_named(only_right, name),
        )


def _named(counted: Counter[Key], name: Callable[[Key], str]) -> Counts:
    told = ((name(who), count) for who, count in counted.items())
    return tuple(sorted(told, key=lambda item: (-item[1], item[0])))
