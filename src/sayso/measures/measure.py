"""What a measure is, and which there are: built-in measures come in through the same entry point as anybody else's.

Always true here: a measure is a name, a closed set of labels, a card and a pure function from a reading and what was heard in its text to
findings; it never changes the reading. Two measures of one name are an error that names both packages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import Protocol, runtime_checkable

from sayso.errors import PluginError
from sayso.measures.heard import Heard
from sayso.reading import Finding, Reading

GROUP = "sayso.measures"
"""The entry point group: `[project.entry-points."sayso.measures"]`, `name = "module:object"`."""


@dataclass(frozen=True, slots=True)
class MeasureCard:
    """What a user has to know of a measure before relying on it, in plain words.

    Attributes:
        observes: what a finding says, as an observation.
        trained: on what the model behind it was trained or its words were chosen; `counts` if it has no model.
        score: what its scores mean.
        candidate_below: findings with less confidence are candidates: shown as such, never counted as found.
        limits: what it cannot tell, and where it fails.

    """

    observes: str
    trained: str
    score: str
    candidate_below: float
    limits: str


@runtime_checkable
class Measure(Protocol):
    """Anything that finds something in a reading; see `examples/` for one that anybody could write."""

    @property
    def name(self) -> str:
        """One word, lower case."""
        ...

    @property
    def labels(self) -> tuple[str, ...]:
        """The closed set of labels of its findings."""
        ...

    @property
    def card(self) -> MeasureCard:
        """What a user has to know of it."""
        ...

    def find(self, reading: Reading, heard: Heard) -> Sequence[Finding]:
        """Findings whose evidence lies in the voice of their `speaker`.

        Args:
            reading: attributions, sources and voices of the document; its findings are empty.
            heard: how its sentences and the mentions of its actors sound, whoever says them.

        """
        ...


@cache
def measures() -> tuple[Measure, ...]:
    """All installed measures, the built-in ones first, then others by name.

    Raises:
        PluginError: a plug-in cannot be loaded, is no measure, or takes a name that is taken; the message says whose it is.

    """
    found: dict[str, Measure] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: (not point.value.startswith("sayso."), point.name)):
        owner = point.dist.name if point.dist else point.value
        try:
            measure = point.load()
        except Exception as error:  # a plug-in may fail in any way
            raise PluginError(f"the measure {point.name!r} of {owner} cannot be loaded ({error}): mend or uninstall {owner}") from None
        if not isinstance(measure, Measure):
            raise PluginError(f"the measure {point.name!r} of {owner} is no measure: it needs name, labels, card and find")
        if measure.name in found:
            raise PluginError(f"two measures are called {measure.name!r}; one is {owner}'s: uninstall it")
        found[measure.name] = measure
    return tuple(found.values())
