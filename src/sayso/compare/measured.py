"""What can be compared: names of measures as the user writes them, and what each is a ratio of.

A tally is written `measure[:label][@target][/voice]`, such as `loaded/own`, `editorial:exhortation/own`, `certainty:hedge/neutral` or
`stance:unfavorable@Ines Calder/own`: findings per 1,000 words of that class of voices. Without a voice it stands for all four, each by
itself. The others are named in `SHARES`; `kind:…` and `standing:…` take a kind or standing of sources.

Always true here: voices are never summed; every measure is found / base · scale.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sayso.errors import UsageError
from sayso.reading import KINDS, STANDINGS, VOICES

STEADY_WORDS, STEADY_SOURCES = 200.0, 3.0
WORDS, SOURCES, ARTICLES = "words", "sources", "articles"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure to compare.

    Attributes:
        name: as the user writes it, in full.
        unit: what its ratios are told in.
        counted: what its base counts.
        base: which measures share the base: those with the same value here.
        steady: base at which a cell has half of its full weight (see `compare.cells`).
        scale: what found / base is multiplied by.
        tally: measure and label (None for all labels) of a tally; None for the others.
        target: of a tally about actors; None for all.
        voice: of a tally, one of `VOICES`; empty for the others.

    """

    name: str
    unit: str
    counted: str
    base: str
    steady: float
    scale: float
    tally: tuple[str, str | None] | None = None
    target: str | None = None
    voice: str = ""


SHARES = {
    name: Measure(name, "% of the words", WORDS, "words", STEADY_WORDS, 100.0) for name in ("own_share", "quoted_share", "reported_share")
} | {
    "unnamed_share": Measure("unnamed_share", "% of the sources", SOURCES, "sources", STEADY_SOURCES, 100.0),
    "sources": Measure("sources", "sources per article", ARTICLES, "articles", 0.0, 1.0),
}
"""Measures that are no tallies: of all words, of the sources whose identity is known, of articles."""

DEFAULT = ("loaded/own", "editorial/own", "own_share", "quoted_share", "unnamed_share", "sources")


def measures(names: Iterable[str], known: Iterable[str]) -> tuple[Measure, ...]:
    """The measures of these names, without repetitions; those that share a base stand together.

    Args:
        names: as the user writes them.
        known: names of measures that the readings have.

    Raises:
        UsageError: there is no such measure, label of sources, or voice.

    """
    found = dict.fromkeys(one for name in names for one in _named(name.strip(), frozenset(known)))
    bases = list(dict.fromkeys(one.base for one in found))
    return tuple(sorted(found, key=lambda one: bases.index(one.base)))


def _named(name: str, known: frozenset[str]) -> tuple[Measure, ...]:
    if name in SHARES:
        return (SHARES[name],)
    before, _, label = name.partition(":")
    if before in ("kind", "standing"):
        allowed = KINDS if before == "kind" else STANDINGS
        if label not in allowed:
            raise UsageError(f"no {before} {label!r}: name one of {', '.join(allowed)}")
        return (replace(SHARES["unnamed_share"], name=name),)
    rest, slash, voice = name.rpartition("/")
    if not slash or voice not in VOICES:
        if slash and "@" not in name:
            raise UsageError(f"no voice {voice!r} in {name!r}: name one of {', '.join(VOICES)}")
        return tuple(one for each in VOICES for one in _named(f"{name}/{each}", known))
    told, _, target = rest.partition("@")
    measure, _, label = told.partition(":")
    if measure not in known:
        raise UsageError(f"no measure {measure!r} here: name one of {', '.join((*sorted(known), *SHARES, 'kind:…', 'standing:…'))}")
    unit = f"per 1,000 words ({voice} voice)"
    return (Measure(name, unit, WORDS, f"voice {voice}", STEADY_WORDS, 1000.0, (measure, label or None), target or None, voice),)
