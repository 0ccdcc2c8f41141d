"""Numbers in a statement as values, so that "a dozen", "12" and "twelve" meet, and "12 dead" meets "11 dead" as another number of the same.

Always true here: a quantity points at its words; its value is finite; what it counts is the stem of the noun that follows, if there is one
near; ordinals, times of day and years are told apart from counts by their kind; time is linear.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from sayso.measures.gist import stem
from sayso.spans import Span

_AFTER = re.compile(r"[\s-]{0,2}(%|per cent|[A-Za-z][A-Za-z'’]*)", re.IGNORECASE)
NEAR = 3  # words after the number among which what it counts is looked for
LONGEST = 18  # digits of a number that is read
EXACTLY = ("year", "ordinal", "clock")
ROUGH, EXACT = 0.15, 0.005  # by what share two numbers may differ where one says that it is rough, and otherwise


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number.

    Attributes:
        span: its words, in the text that was given.
        value: what it says.
        kind: `count`, `money`, `percent`, `year`, `ordinal` or `clock`.
        counted: stem of what it counts; empty if nothing follows.
        rough: whether it says itself that it is.

    """

    span: Span
    value: float
    kind: str
    counted: str
    rough: bool

    def near(self, other: Quantity) -> bool:
        """Whether both can be true of the same thing: equal, or nearly so where one of them is rough."""
        if self.kind in EXACTLY:
            return self.value == other.value
        slack = ROUGH if self.rough or other.rough else EXACT
        return abs(self.value - other.value) <= slack * max(abs(self.value), abs(other.value))


@dataclass(frozen=True, slots=True)
class _Words:
    values: dict[str, float]
    scales: dict[str, float]
    rough: frozenset[str]
    between: frozenset[str]
    ends: frozenset[str]
    pattern: re.Pattern[str]


@lru_cache(maxsize=8)
def _words(code: str) -> _Words:
    data = tomllib.loads(resources.files("sayso").joinpath("data", f"{code}_numbers.toml").read_text(encoding="utf-8"))
    units = {str(word): float(value) for value, word in enumerate(data["units"])}
    tens = {str(word): 10.0 * value for value, word in enumerate(data["tens"], 2)}
    inner = "|".join(units)
    return _Words(
        values=units | tens | {"dozen": 12.0},
        scales={str(word): float(value) for word, value in data["scales"].items()},
        rough=frozenset(data["rough"]),
        between=frozenset(data["between"]),
        ends=frozenset(data["ends"]),
        pattern=re.compile(
            r"(?:(?P<money>[$€£¥])\s?)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<ordinal>st|nd|rd|th)?(?P<clock>:\d\d)?"
            rf"|\b(?P<word>{inner}|{'|'.join(tens)}|dozen)\b(?:-(?P<unit>{inner})\b)?",
            re.IGNORECASE,
        ),
    )


def quantities(text: str, span: Span, code: str = "en") -> tuple[Quantity, ...]:
    """The numbers in a stretch of text, in order."""
    return tuple(_found(text, span, _words(code)))


def _found(text: str, span: Span, words: _Words) -> Iterator[Quantity]:
    at = span.start
    while (match := words.pattern.search(text, at, span.end)) is not None:
        at = match.end()
        if match["digits"] and (len(match["digits"]) > LONGEST or _inside_word(text, match.start(), span)):
            continue
        value, end, counted, percent = _value(match, words), match.end(), "", False
        for word, after in _following(text, end, span.end):
            if word in words.scales:
                value, end = value * words.scales[word], after
            elif word in ("%", "percent", "per cent", "pc"):
                percent, end = True, after
                break
            elif word in words.ends:
                break
            elif word not in words.between:
                counted = stem(word)
                break
        before = text[max(span.start, match.start() - 24) : match.start()].lower().split()[-2:]
        kind = "percent" if percent else _kind(match, value, counted)
        yield Quantity(Span(match.start(), end), value, kind, counted, not words.rough.isdisjoint(before))


def _kind(match: re.Match[str], value: float, counted: str) -> str:
    if match["money"] or counted in ("dollar", "euro", "pound", "yuan"):
        return "money"
    if match["clock"] or counted in ("am", "pm"):
        return "clock"
    if match["ordinal"]:
        return "ordinal"
    if match["digits"] and len(match["digits"]) == 4 and 1800 <= value <= 2100:
        return "year"
    return "count"


def _value(match: re.Match[str], words: _Words) -> float:
    if match["digits"]:
        return float(match["digits"].replace(",", ""))
    unit = match["unit"]
    return words.values[match["word"].lower()] + (words.values[unit.lower()] if unit else 0.0)


def _following(text: str, at: int, end: int) -> Iterator[tuple[str, int]]:
    """The next words in lower case, each with its end."""
    for _ in range(NEAR):
        match = _AFTER.match(text, at, end)
        if match is None:
            return
        yield match[1].lower(), match.end()
        at = match.end()


def _inside_word(text: str, start: int, span: Span) -> bool:
    """Whether digits go on from a word or a number ("NH175", "7.3.1")."""
    if start == span.start:
        return False
    before = text[start - 1]
    return before.isalnum() or (before in "-.," and start - 2 >= span.start and text[start - 2].isdigit())
