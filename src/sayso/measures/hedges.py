"""Hedges and boosters as they stand in a text: words and phrases from `data/en_certainty.toml`, each with the company it must keep.

Always true here: the longest phrase wins and no word is in two of them; a phrase never leaves the stretch that is looked at; case and the
shape of apostrophes do not count, except for words that the data wants in lower case; time is linear in the length of the text.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from sayso.errors import UsageError
from sayso.language import Token, tokens
from sayso.spans import Span

HEDGE, BOOSTER = "hedge", "booster"
NUMBER = "number"
"""In the data: any number, in digits or in words, with or without a sign of currency before it."""

_CURRENCY = frozenset("$€£¥₹")
_NUMERALS = frozenset(
    [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
        "thousand",
        "million",
        "billion",
        "trillion",
        "dozen",
        "dozens",
        "hundreds",
        "thousands",
        "millions",
        "billions",
        "half",
        "two-thirds",
        "three-quarters",
    ]
)
_PIECES = frozenset(("dozen", "hundred", "thousand", "million", "billion", "third", "quarter", "half", "fifth", "tenth", "decade", "year"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One word or phrase of the list.

    Attributes:
        label: `hedge` or `booster`.
        category: after Hyland (2005).
        parts: its words in lower case.
        confidence: in how many of the places that were looked at it was one, in [0, 1].
        then: words of which one must follow; empty if any may.
        unless_then: words that must not follow.
        after: words of which one must stand before; empty if any may.
        unless_after: words that must not stand before.
        lower: whether it counts in lower case only.

    """

    label: str
    category: str
    parts: tuple[str, ...]
    confidence: float
    then: frozenset[str] = frozenset()
    unless_then: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    unless_after: frozenset[str] = frozenset()
    lower: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """An entry as it stands in a text."""

    span: Span
    entry: Entry


@lru_cache(maxsize=8)
def load(code: str = "en") -> Mapping[str, tuple[Entry, ...]]:
    """The entries of a language by their first word, the longest first.

    Raises:
        UsageError: if there is no list for it.

    """
    source = resources.files("sayso").joinpath("data", f"{code}_certainty.toml")
    if not code.isalpha() or not source.is_file():
        raise UsageError(f"no hedges and boosters for the language {code!r}: use 'en'")
    found: dict[str, list[Entry]] = {}
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    for label in (HEDGE, BOOSTER):
        for group in data[label]:
            company = {key: frozenset(group.get(key, ())) for key in ("then", "unless_then", "after", "unless_after")}
            for phrase, confidence in group["words"].items():
                entry = Entry(
                    label, group["category"], tuple(phrase.split()), float(confidence), **company, lower=group.get("lower", False)
                )
                found.setdefault(entry.parts[0], []).append(entry)
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry.parts))) for first, entries in found.items()}


def matches(text: str, span: Span, code: str = "en") -> Iterator[Match]:
    """Hedges and boosters of one stretch of text, in order.

    Args:
        text: the document's text.
        span: where to look, a sentence as a rule: company outside it is not seen.
        code: ISO 639-1 code of the language.

    Raises:
        UsageError: if there is no list for the language.

    """
    entries = load(code)
    row = tokens(text, span)
    at = 0
    while at < len(row):
        found = next((entry for entry in entries.get(row[at].low, ()) if _stands(text, row, at, entry)), None)
        if found is None:
            at += 1
            continue
        end = at + len(found.parts)
        yield Match(Span(row[at].start, row[end - 1].end), found)
        at = end


def _stands(text: str, row: Sequence[Token], at: int, entry: Entry) -> bool:
    """Whether the entry stands at this place, in the company that it must keep."""
    end = at + len(entry.parts)
    if end > len(row) or any(token.low != part for token, part in zip(row[at + 1 : end], entry.parts[1:], strict=True)):
        return False
    if entry.lower and not text[row[at].start].islower():
        return False
    before = row[at - 1].low if at else ""
    following = row[end].low if end < len(row) else ""
    if before in entry.unless_after or following in entry.unless_then or (entry.after and before not in entry.after):
        return False
    return not entry.then or following in entry.then or (NUMBER in entry.then and _is_number(row, end))


def _is_number(row: Sequence[Token], at: int) -> bool:
    """Whether a number begins at this place: "20", "$20", "two", "a dozen", "one in five"."""
    if at >= len(row):
        return False
    low, following = row[at].low, row[at + 1].low if at + 1 < len(row) else ""
    if low in _CURRENCY:
        return following[:1].isdigit()
    if low in ("a", "one", "an"):
        return following in _PIECES or (low == "one" and following in ("in", "out"))
    return low[:1].isdigit() or low in _NUMERALS or low.partition("-")[0] in _NUMERALS
