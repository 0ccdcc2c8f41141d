"""`sayso compare` as one call: a store to a table of contrasts, with everything that a reader needs to judge it.

Always true here: a report names its settings, how many tests were made, and what was left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.compare.contrasts import EACH, REST, STANDARD, Contrast, Settings, contrasts, told
from sayso.compare.labels import Labels, corrected
from sayso.compare.measured import DEFAULT, SHARES, Measure, measures
from sayso.compare.units import ONCE, Units, known_measures, measured, units
from sayso.errors import UsageError
from sayso.reading import Generator
from sayso.shown import Shown
from sayso.store.store import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be compared.

    Attributes:
        by: outlet, section, day, month, year, language, a column of the user's articles, or of `tags`.
        names: of measures, as `compare.measured` reads them; empty for those of `DEFAULT` that the store has.
        against: `rest`, `each`, or the name of a group.
        copies: `once` or `each`.
        only: names of groups, if not all are wanted.
        tags: by outlet, what the user knows of it.

    """

    by: str = "outlet"
    names: tuple[str, ...] = ()
    against: str = REST
    copies: str = ONCE
    only: tuple[str, ...] = ()
    tags: Mapping[str, Mapping[str, str]] | None = None


OUTLETS = Asked()
"""Every outlet against the others."""


@dataclass(frozen=True, slots=True)
class Comparison(Shown):
    """A table of contrasts.

    Attributes:
        asked: what was compared.
        settings: how.
        generator: what read the articles.
        groups: names of the groups.
        articles: how many took part, and `stories`.
        tests: how many tests were made: what q is about.
        notes: what was left out, in words.
        rows: by measure and group.

    """

    asked: Asked
    settings: Settings
    generator: Generator
    groups: tuple[str, ...]
    articles: int
    stories: int
    tests: int
    notes: tuple[str, ...]
    rows: tuple[Contrast, ...]


def compare(store: Store, asked: Asked = OUTLETS, settings: Settings = STANDARD, labels: Labels | None = None) -> Comparison:
    """Compare the groups of a store over the stories that they share.

    Args:
        store: with its stories found.
        asked: what to compare.
        settings: how.
        labels: of people, by measure and article, to take the measures' known errors out.

    Raises:
        UsageError: there is nothing of that name to compare, or to group by; the message says what there is.

    """
    of, chosen = prepare(store, asked)
    unknown = [name for name in (*settings.margins, *(labels or {})) if name not in {one.name for one in chosen}]
    if unknown:
        raise UsageError(f"{unknown[0]!r} is not among the measures compared: {', '.join(one.name for one in chosen)}")
    if asked.against not in (REST, EACH, *of.groups):
        raise UsageError(f"no group {asked.against!r}: name {REST}, {EACH} or one of {', '.join(of.groups[:20])}")
    found = measured(store, chosen, of)
    rows = contrasts([one.joined(of)[0] for one in found], of.groups, asked.against, settings)
    if labels:
        rows = corrected(rows, found, of, labels, settings)
    made = told(rows, settings)
    tests = sum(row.p is not None for row in made)
    return Comparison(asked, settings, store.generator, of.groups, len(of.ids), len(of.stories), tests, of.notes, tuple(made))


def prepare(store: Store, asked: Asked) -> tuple[Units, tuple[Measure, ...]]:
    """The articles and the measures that a question is about.

    Raises:
        UsageError: there is nothing of that name.

    """
    known = known_measures(store)
    names: Sequence[str] = asked.names or [name for name in DEFAULT if name in SHARES or name.partition("/")[0] in known]
    chosen = measures(names, known)
    return units(store, asked.by, asked.copies, asked.tags, asked.only), chosen
