"""How likely it is that two articles tell of one event: a logistic regression over a few clues that can be read, with weights as data.

Always true here: the probability depends on the two profiles (and the cosine of their lead vectors) alone, and not on their order; where
one of the two has no day, they count as `UNDATED` days apart. The weights stand in `data/stories.json`, fitted by `training.stories`, once
with lead vectors (`vectors`) and once without (`words`); what days apart cost is not fitted but stated, since gold stories say little
about it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sayso.stories.profile import Profile, dot

WORDS, VECTORS = "words", "vectors"
BAGS = ("title", "lead", "body", "names")
UNDATED = 60  # days that two articles count as apart where one has no day
CLUES = ("vector", *BAGS, "numbers", "number")


@dataclass(frozen=True, slots=True)
class Alike:
    """One fitted model.

    Attributes:
        bias: log odds of two articles that share nothing.
        weights: log odds for each clue of `CLUES`; a clue that is not there counts nothing.
        day: log odds that are lost for each e-fold of 1 + days apart.
        threshold: mean probability from which an article joins a story, in [0, 1].

    """

    bias: float
    weights: Mapping[str, float]
    day: float
    threshold: float

    def probability(self, one: Profile, other: Profile, cosine: float | None = None) -> float:
        """That two articles tell of one event, in [0, 1]; `cosine` is that of their lead vectors, None where there are none."""
        odds = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in clues(one, other, cosine).items())
        odds -= self.day * math.log1p(apart(one, other))
        return 1.0 / (1.0 + math.exp(-odds)) if odds > -700 else 0.0


def apart(one: Profile, other: Profile) -> int:
    """Days between two articles, at least 0; `UNDATED` where one has no day."""
    return UNDATED if one.day is None or other.day is None else abs(one.day - other.day)


def clues(one: Profile, other: Profile, cosine: float | None = None) -> dict[str, float]:
    """What speaks for one event, each in [0, 1]: square roots of cosines, share of shared numbers, and whether there is a shared number."""
    shared = len(one.numbers & other.numbers)
    found = {name: math.sqrt(dot(getattr(one, name), getattr(other, name))) for name in BAGS}
    found["numbers"] = shared / max(1, min(len(one.numbers), len(other.numbers)))
    found["number"] = float(shared > 0)
    if cosine is not None:
        found["vector"] = math.sqrt(max(0.0, cosine))
    return found


@cache
def load(name: str = WORDS) -> Alike:
    """The released model `words` or `vectors`."""
    value = json.loads(files("sayso").joinpath("data", "stories.json").read_text(encoding="utf-8"))[name]
    return Alike(value["bias"], value["weights"], value["day"], value["threshold"])
