"""The words that an outlet uses more or less than others in the stories that they share, each voice by itself.

Always true here: a word stands with how often it was counted and its interval; only words that the test finds are shown; voices are never
added up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sayso.reading import VOICES
from sayso.render.safe import one_line
from sayso.store.store import Store

RATE = 0.05  # false discovery rate up to which a word is shown
IN_WORDS = {
    "own": "own voice",
    "endorsed": "handed over as true",
    "neutral": "handed over neutrally",
    "distanced": "handed over from a distance",
}


@dataclass(frozen=True, slots=True)
class Word:
    """One word.

    Attributes:
        here: how often the outlet uses it; `there` the others.
        logodds: above 0 where the outlet uses it more; its interval is from `low` to `high`.

    """

    word: str
    here: int
    there: int
    articles: int
    logodds: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words of one outlet in one voice.

    Attributes:
        key: the outlet's name as it was given; `name` safe to be shown.
        voice: in words.
        stories: how many it shares with others.
        words: of the outlet in this voice, in these stories.
        more: words that it uses more; `less` those that it uses less.
        few: whether the stories or the words are too few to say anything.

    """

    key: str
    name: str
    voice: str
    stories: int
    words: int
    more: tuple[Word, ...]
    less: tuple[Word, ...]
    few: bool


def spoken(store: Store, outlets: Sequence[str], voices: Sequence[str] = VOICES, most: int = 12) -> tuple[Spoken, ...]:
    """The typical words of some outlets, in their order, one value for each voice that was counted."""
    query = "SELECT outlet, voice, stories, word, here, there, articles, logodds, low, high, q, all_here FROM site_words"
    found: defaultdict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for outlet, voice, *row in store.sql(query).rows:
        found[outlet, voice].append(tuple(row))
    return tuple(_voice(outlet, voice, found[outlet, voice], most) for outlet in outlets for voice in voices if (outlet, voice) in found)


def _voice(outlet: str, voice: str, rows: Sequence[tuple[Any, ...]], most: int) -> Spoken:
    counted = [row for row in rows if row[1] is not None]
    sure = [Word(one_line(row[1]), *row[2:8]) for row in counted if row[8] <= RATE and (row[6] > 0 or row[7] < 0)]
    more = tuple(word for word in sure if word.logodds > 0)[:most]
    less = tuple(word for word in sure if word.logodds < 0)[:most]
    return Spoken(outlet, one_line(outlet), IN_WORDS[voice], rows[0][0], counted[0][9] if counted else 0, more, less, not counted)
