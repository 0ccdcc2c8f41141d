"""The words of each article in one voice, counted, and the vocabularies of the groups held against each other.

Words are counted in stories that a group shares with others, so that what an outlet reports on is not taken for how it speaks.

Always true here: words are in lower case and hold a letter; the words of which the outlets' own names are made are not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sayso.compare.contrasts import LEAST
from sayso.compare.logodds import PRIOR, Vocabulary, typical
from sayso.compare.units import Units
from sayso.errors import UsageError
from sayso.measures.books import Classes
from sayso.reading import VOICES, Reading
from sayso.store.store import Store
from sayso.structure import word_spans


@dataclass(frozen=True, slots=True)
class Spoken:
    """The vocabulary of one group against the others, in one voice.

    Attributes:
        group: which.
        voice: one of `VOICES`.
        stories: how many the group shares with others.
        vocabulary: its typical words and theirs; None with fewer than `LEAST` stories, or where a side has no words.

    """

    group: str
    voice: str
    stories: int
    vocabulary: Vocabulary | None


def vocabularies(
    store: Store, of: Units, voices: Sequence[str], top: int = 20, prior: float = PRIOR, resamples: int = 2000, seed: int = 20160208
) -> tuple[list[Spoken], tuple[str, ...]]:
    """Every group's typical words, voice by voice, and the words that were dropped because outlets are called so.

    Args:
        store: that the units come from.
        of: the articles.
        voices: some of `VOICES`; the articles are read once for all of them.
        top: words shown in each direction at most.
        prior: words of the prior.
        resamples: how often articles are drawn for the intervals.
        seed: of the drawing.

    Raises:
        UsageError: there is no such voice.

    """
    for voice in voices:
        if voice not in VOICES:
            raise UsageError(f"no voice {voice!r}: name one of {', '.join(VOICES)}")
    dropped = frozenset(word for outlet in of.outlets for word in words(outlet))
    counted: dict[str, list[Counter[str]]] = {}
    for reading in store.readings(of.ids, findings=False):
        classes = Classes(reading)
        counted[reading.document.id] = [_counted(reading, classes, voice, dropped) for voice in voices]
    found = []
    for place, voice in enumerate(voices):
        counts = [counted[article][place] if article in counted else Counter() for article in of.ids]
        found += [Spoken(name, voice, *_one(of, counts, number, top, prior, resamples, seed)) for number, name in enumerate(of.groups)]
    return found, tuple(sorted(dropped))


def spoken(reading: Reading, voice: str, dropped: frozenset[str] = frozenset()) -> Counter[str]:
    """The words of a reading in one class of voices, counted."""
    return _counted(reading, Classes(reading), voice, dropped)


def _counted(reading: Reading, classes: Classes, voice: str, dropped: frozenset[str]) -> Counter[str]:
    return Counter(word for span in classes.spans(voice) for word in words(reading.document[span]) if word not in dropped)


def words(text: str) -> list[str]:
    """The words of a text in lower case, without those that are numbers and without the genitive's ending."""
    lows = (text[span.start : span.end].lower().replace("’", "'").removesuffix("'s") for span in word_spans(text))
    return [low for low in lows if any(map(str.isalpha, low))]


def _one(
    of: Units, counts: Sequence[Counter[str]], group: int, top: int, prior: float, resamples: int, seed: int
) -> tuple[int, Vocabulary | None]:
    own, others = set(of.story[of.group == group].tolist()), set(of.story[of.group != group].tolist())
    shared = own & others
    if len(shared) < LEAST:
        return len(shared), None
    inside = np.isin(of.story, list(shared))
    here, there = ([counts[n] for n in np.flatnonzero(inside & rows).tolist()] for rows in (of.group == group, of.group != group))
    if not (any(here) and any(there)):
        return len(shared), None
    return len(shared), typical(here, there, top, prior, resamples, seed)
