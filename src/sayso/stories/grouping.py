"""Articles to stories, day by day: those of one event across outlets and days.

Always true here: a story is named after the article that founded it (`s` and its id) and keeps that name; an article keeps its story when
others come. Days are worked in order, articles without a day last, so adding a later stretch of days to an earlier one gives the same
stories as both in one go; articles that arrive late, for days already worked, may end elsewhere than they would have in one go, and move
nobody else. Memory holds the window of `nearby.WINDOW` days on either side, unless there are articles without a day, which are near to all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.stories.alike import Alike
from sayso.stories.linking import Link, join
from sayso.stories.nearby import WINDOW, Nearby
from sayso.stories.profile import Profile

Row = NDArray[np.float32]
FAINT = 0.01  # probability below which a pair counts as 0


class Item(NamedTuple):
    """One article as the grouping sees it.

    Attributes:
        profile: what it is about.
        vector: of its lead, of length 1; None to go by words.
        story: that it is part of already; None for a new article.

    """

    profile: Profile
    vector: Row | None = None
    story: str | None = None


@dataclass(slots=True)
class Grouping:
    """The stories of one run.

    Attributes:
        alike: the model to go by.
        window: days that two articles of one event may lie apart at most; None for any number of them.
        keep: whether days behind the window are kept, as articles without a day need it.
        compared: number of pairs of articles laid side by side so far.

    """

    alike: Alike
    window: int | None = WINDOW
    keep: bool = False
    compared: int = 0
    _items: dict[int, Item] = field(default_factory=dict)
    _sizes: dict[str, int] = field(default_factory=dict)
    _next: int = 0
    _nearby: Nearby = field(init=False)

    def __post_init__(self) -> None:
        self._nearby = Nearby(self.window)

    def know(self, items: Iterable[Item], sizes: Mapping[str, int]) -> None:
        """Take up articles that have their story already; `sizes` gives the number of articles of stories not seen before."""
        for item in items:
            assert item.story is not None
            self._sizes.setdefault(item.story, sizes[item.story])
            self._add(item)

    def day(self, items: Iterable[Item]) -> dict[str, str]:
        """The stories of the new articles of one day, by article; the day of the next call is later, or none."""
        fresh = sorted(items, key=lambda item: item.profile.id)
        if not fresh:
            return {}
        today = fresh[0].profile.day
        if today is not None and self.window is not None and not self.keep:
            for position in self._nearby.forget(today - self.window):
                del self._items[position]
        names = [f"s{item.profile.id}" for item in fresh]
        sizes, fixed, links = dict.fromkeys(names, 1), set[str](), list[Link]()
        for item, name in zip(fresh, names, strict=True):
            for other, probability in self._likely(item):
                sizes.setdefault(other, self._sizes.get(other, 1))
                if other in self._sizes:
                    fixed.add(other)
                links.append((name, other, probability))
            self._add(item._replace(story=name))
        into = join(sizes, frozenset(fixed), links, self.alike.threshold)
        return self._settle(names, into)

    def _settle(self, names: list[str], into: Mapping[str, str]) -> dict[str, str]:
        first = self._next - len(names)
        found = {}
        for position, name in enumerate(names, first):
            story = into.get(name, name)
            self._sizes[story] = self._sizes.get(story, 0) + 1
            self._items[position] = self._items[position]._replace(story=story)
            found[name[1:]] = story
        return found

    def _likely(self, item: Item) -> Iterator[tuple[str, float]]:
        for position in self._nearby.find(item.profile):
            other = self._items[position]
            assert other.story is not None
            cosine = None if item.vector is None or other.vector is None else float(item.vector @ other.vector)
            self.compared += 1
            probability = self.alike.probability(item.profile, other.profile, cosine)
            if probability >= FAINT:
                yield other.story, probability

    def _add(self, item: Item) -> None:
        self._items[self._next] = item
        self._nearby.add(self._next, item.profile)
        self._next += 1


def by_day(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Articles day by day in order, those without a day last."""
    days: dict[int | None, list[Item]] = {}
    for item in items:
        days.setdefault(item.profile.day, []).append(item)
    undated = days.pop(None, [])
    yield from (days[day] for day in sorted(day for day in days if day is not None))
    if undated:
        yield undated
