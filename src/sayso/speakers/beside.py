"""What stands beside a name anywhere in the text: the places of the name, the title before it, the apposition before or after it.

Always true here: a text is cut into words once, however often it is asked about; a stretch that is none of these is empty.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from sayso import language
from sayso.language import Language, Token
from sayso.spans import Span
from sayso.speakers.entities import Entity
from sayso.speakers.parts import ARTICLES, Mention, Tokens, bare, classes, names_role

MENTIONS = 12  # of one speaker that are looked at
BEFORE, AFTER = 70, 120  # characters beside a name
OFTEN = 24  # times that a capitalized word is looked up


@lru_cache(maxsize=4)
def words(text: str) -> tuple[Tokens, tuple[int, ...]]:
    """The tokens of a whole text, and where they start."""
    row = tuple(language.tokens(text, Span(0, len(text))))
    return row, tuple(token.start for token in row)


def window(text: str, start: int, end: int) -> list[Token]:
    """The tokens of a text that begin and end between two places."""
    row, starts = words(text)
    found = row[bisect_left(starts, start) : bisect_left(starts, end)]
    return list(found[:-1] if found and found[-1].end > end else found)


@lru_cache(maxsize=4)
def capitals(text: str) -> dict[str, list[int]]:
    """Where each capitalized word stands in the text, the first `OFTEN` times; the word in lower case without a possessive ending."""
    found: dict[str, list[int]] = {}
    for token in words(text)[0]:
        if text[token.start].isupper():
            places = found.setdefault(bare(token), [])
            if len(places) < OFTEN:
                places.append(token.start)
    return found


def occurrences(text: str, canonical: Mention, entity: Entity, lexicon: Language) -> tuple[Span, ...]:
    """Where else the name stands: in full, or for a name of several words that name nothing else, its last word."""
    if not canonical.name or entity.kind in ("place", "nationality"):
        return ()
    row = [bare(token) for token in canonical.name]
    ordinary = bool(classes(lexicon, row[-1])) or canonical.determiner == "the"
    found = []
    for start in capitals(text).get(row[-1], ()):
        begin = start
        for word in reversed(row[:-1]):
            before = text[max(0, begin - 2 * len(word) - 2) : begin].rstrip()
            if not language.lower(before).endswith(word):
                break
            begin = begin - (len(text[max(0, begin - 2 * len(word) - 2) : begin]) - len(before)) - len(word)
        if begin == start and len(row) > 1 and ordinary:
            continue
        found.append(Span(begin, start + len(row[-1])))
        if len(found) == MENTIONS:
            break
    return tuple(found)


def title_before(text: str, before: Sequence[Token], lexicon: Language) -> tuple[Token, ...]:
    """The title that stands right before a name; empty if the words there name no role."""
    begin = len(before)
    while begin and len(before) - begin < 8:
        token = before[begin - 1]
        if token.low == "." and begin > 1 and token.start == before[begin - 2].end and names_role(lexicon, before[begin - 2]):
            begin -= 1
            continue
        if not (names_role(lexicon, token) or (text[token.start].isupper() and token.low not in _openers(lexicon)) or token.low == "-"):
            break
        begin -= 1
    title = tuple(token for token in before[begin:] if token.low not in (".", "-"))
    return title if any(names_role(lexicon, token) for token in title) else ()


@lru_cache(maxsize=8)
def _openers(lexicon: Language) -> frozenset[str]:
    """Words that are no title, though they may begin with a capital letter before a name."""
    return lexicon.words["determiners"] | lexicon.words["conjunctions"] | lexicon.words["prepositions"]


def aside_before(before: Sequence[Token], lexicon: Language) -> tuple[Token, ...]:
    """The words back to the last mark, if they name a role: the apposition in "the head of the ministry, NAME"."""
    begin = len(before)
    while begin and before[begin - 1].low not in ',.;:()“”"' and len(before) - begin < 10:
        begin -= 1
    row = tuple(before[begin:])
    begins = bool(row) and (row[0].low in lexicon.words["determiners"] or names_role(lexicon, row[0]))
    return row if begins and any(names_role(lexicon, token) for token in row) else ()


def aside_after(text: str, after: Sequence[Token], lexicon: Language) -> tuple[Token, ...]:
    """The apposition after a name up to the next mark: "NAME, a professor at Y,", "NAME another analyst from Y"; empty if there is none."""
    row: list[Token] = []
    for token in after[0 if after[0].low in ARTICLES else 1 : 16]:
        if token.low in (",", ";", ")", "—", "–", "“", "”", '"') or (token.low == "." and row and len(row[-1].low) > 4):
            break
        if token.low not in (".", "-", "’", "'"):
            row.append(token)
    if not row:
        return ()
    first = row[0]
    fits = first.low in lexicon.words["determiners"] or first.low in ("who", "one") or names_role(lexicon, first) or first.low.isdigit()
    fits = fits or after[0].low == "(" or (text[first.start].isupper() and any(names_role(lexicon, token) for token in row[:4]))
    return tuple(row[:14]) if fits else ()
