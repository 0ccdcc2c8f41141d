"""What a stretch of text is about, as the stems of its content words: names, numbers, nouns, verbs; so that two wordings of one thing meet.

Always true here: stems are for comparing only and never shown; words without content of their own are left out; time is linear.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from sayso import language
from sayso.spans import Span

IDLE_CLASSES = (
    "determiners", "prepositions", "conjunctions", "pronouns", "possessives", "relatives", "auxiliaries", "be", "modals", "contracted",
    "negation", "days",
)  # fmt: skip
_ENDINGS = ("ing", "ed", "es", "s")
SHORTEST = 3  # letters that a stem keeps at least


@dataclass(frozen=True, slots=True)
class Gist:
    """The content of a stretch: its stems, and whether it holds a negation."""

    stems: frozenset[str]
    negated: bool

    def share_in(self, other: Gist) -> float:
        """How much of this one's content the other holds too, in [0, 1]; 0 where there is none, or where only one of them denies it."""
        if not self.stems or self.negated != other.negated:
            return 0.0
        return len(self.stems & other.stems) / len(self.stems)

    def alike(self, other: Gist) -> float:
        """The Dice coefficient of both contents (Dice 1945), in [0, 1]; 0 if both are empty."""
        both = len(self.stems) + len(other.stems)
        return 2 * len(self.stems & other.stems) / both if both else 0.0


@lru_cache(maxsize=8)
def words(code: str = "en") -> dict[str, frozenset[str]]:
    """The word lists of `data/<code>_headline.toml` by name, without the irregular forms."""
    return {key: frozenset(value) for key, value in _data(code).items() if key != "irregular"}


def gist(text: str, span: Span, code: str = "en") -> Gist:
    """The content words of a stretch of text."""
    idle, forms, negation = _idle(code), _forms(code), language.load(code).words["negation"]
    lows = [token.low for token in language.tokens(text, span)]
    stems = frozenset(stem(low, forms) for low in lows if low not in idle and any(map(str.isalnum, low)))
    return Gist(stems - {""}, any(low in negation or low.endswith("n't") for low in lows))


def stem(low: str, forms: dict[str, str] | None = None) -> str:
    """The stem of a word in lower case: the base form if it is irregular, else the word without its ending; empty for a single letter."""
    word = low.removesuffix("'s").rstrip("'.")
    known = (forms or {}).get(word)
    if known is not None:
        return known
    if not word.isalpha():
        return word if len(word) > 1 or word.isdigit() else ""
    if word.endswith("ies") and len(word) > SHORTEST + 1:
        word = word[:-3] + "y"
    elif not word.endswith(("ss", "us", "is")):
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
                word = word.removesuffix(ending)
                if ending in ("ing", "ed") and word[-1] == word[-2] and word[-1] not in "ls":
                    word = word[:-1]
                break
    if word.endswith("e") and len(word) > SHORTEST:
        word = word[:-1]
    if word.endswith("y") and len(word) > SHORTEST:
        word = word[:-1] + "i"
    return word if len(word) > 1 else ""


def _data(code: str) -> dict[str, list[str]]:
    source = resources.files("sayso").joinpath("data", f"{code}_headline.toml")
    return dict(tomllib.loads(source.read_text(encoding="utf-8")))


@lru_cache(maxsize=8)
def _idle(code: str) -> frozenset[str]:
    lexicon = language.load(code)
    return words(code)["idle"].union(*(lexicon.words[name] for name in IDLE_CLASSES))


@lru_cache(maxsize=8)
def _forms(code: str) -> dict[str, str]:
    """Each irregular form with the base form that it belongs to."""
    return {form: row.split()[0] for row in _data(code)["irregular"] for form in row.split()}
