"""Which articles are worth laying side by side: those of days close together that share rare words.

Always true here: one article is looked up in time that does not grow with the corpus but with its days' articles; what lies further back
than the window is forgotten (`forget`), so memory holds a window, not the corpus; articles without a day are near to every day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from sayso.stories.profile import Profile
from sayso.stories.rarity import rarity

WINDOW = 30  # days that two articles of one event may lie apart
KEYS = 16  # words of an article that it is looked up by
SHARED = 2  # of them at least must be shared
MOST = 100  # articles that one is laid beside at most, those with the rarest shared words


def keys(profile: Profile) -> tuple[str, ...]:
    """The words that an article is looked up by: the weightiest of its body and of its lead, by half."""
    found: dict[str, None] = {}
    for bag, most in ((profile.body, KEYS // 2), (profile.lead, KEYS)):
        for term in bag:  # bags hold their weightiest words first
            if len(found) >= most:
                break
            found[term] = None
    return tuple(found)


@dataclass(slots=True)
class Nearby:
    """An index by day; positions are whatever numbers the caller gives; `window` is in days, None for any number of them."""

    window: int | None = WINDOW
    days: dict[int | None, dict[str, list[int]]] = field(default_factory=dict)

    def add(self, position: int, profile: Profile) -> None:
        """Make an article findable."""
        index = self.days.setdefault(profile.day, defaultdict(list))
        for key in keys(profile):
            index[key].append(position)

    def find(self, profile: Profile) -> list[int]:
        """Positions of the articles near to one, at most `MOST`, in ascending order."""
        shared: Counter[int] = Counter()
        weight: defaultdict[int, float] = defaultdict(float)
        wanted = [(key, rarity(key)) for key in keys(profile)]
        for index in self._near(profile.day):
            for key, rare in wanted:
                for position in index.get(key, ()):
                    shared[position] += 1
                    weight[position] += rare
        found = [position for position, number in shared.items() if number >= SHARED]
        if len(found) > MOST:
            found = sorted(found, key=lambda position: (-weight[position], position))[:MOST]
        return sorted(found)

    def forget(self, before: int) -> list[int]:
        """Drop the days before one; gives the positions that went."""
        old = [day for day in self.days if day is not None and day < before]
        return sorted({position for day in old for positions in self.days.pop(day).values() for position in positions})

    def _near(self, day: int | None) -> Iterator[dict[str, list[int]]]:
        if day is None or self.window is None:
            yield from self.days.values()
            return
        for other in (None, *range(day - self.window, day + self.window + 1)):
            if other in self.days:
                yield self.days[other]
