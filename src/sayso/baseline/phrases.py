"""Noun phrases around a cue: who speaks, or whose words they are.

Always true here: a phrase is a range of items of its sentence, never empty; it is looked for no farther than `REACH` items away.
"""

from __future__ import annotations

from sayso.baseline.clauses import PUNCTUATION, QUOTE, REACH, STOPS, Clause, Range
from sayso.language import GERUND


def before(clause: Clause, stop: int) -> Range | None:
    """The noun phrase that ends right before item `stop`."""
    end = stop
    while end > 0 and clause.lows[end - 1] in clause.words["adverbs"] and clause.lows[end - 1] not in ("all", "both"):
        end -= 1
    if end <= 0:
        return None
    low = clause.lows[end - 1]
    if low in ("he", "she", "they", "it", "i", "we", "you", "who", "which"):
        return end - 1, end
    if low in clause.words["contracted"]:
        return end - 1, end
    if low == ",":
        return _before_aside(clause, end - 1)
    if low in STOPS or low in ("and", "or", "to") or low == QUOTE or (low in PUNCTUATION and low != ")"):
        return (end - 1, end) if low in ("that",) and end - 1 > 0 and clause.low(end - 2) not in PUNCTUATION else None
    start = _walk(clause, end)
    return (start, end) if start < end else None


def after(clause: Clause, start: int) -> Range | None:
    """The noun phrase that begins at item `start`, with an apposition that closes the sentence."""
    at = start
    top = min(clause.end, start + REACH)
    while at < top:
        low = clause.lows[at]
        if low == "(":
            closing = at
            while closing < top and clause.lows[closing] != ")":
                closing += 1
            at = closing + 1
            continue
        if low == "." and clause.capital(at - 1) and len(clause.lows[at - 1]) <= 4:
            at += 1
            continue
        if low == "who" and clause.low(at - 1) != ",":
            at += 1
            while at < top and clause.lows[at] not in PUNCTUATION and clause.lows[at] != QUOTE:
                at += 1
            break
        if low == ",":
            if not _apposition(clause, at, top):
                break
            at = top
            break
        if low in PUNCTUATION or (low == QUOTE and not clause.scare(at)):
            break
        if at > start and (low in STOPS or clause.finite(at) or low in clause.words["days"]):
            break
        if at > start and low in ("in", "on", "during", "after", "before", "at", "to", "with", "via", "by", "last", "about"):
            break
        if low in clause.words["adverbs"] and at > start and low not in ("all", "both", "first"):
            break
        at += 1
    at = min(at, clause.end)
    while at > start and clause.lows[at - 1] in ("and", "or", ","):
        at -= 1
    return (start, at) if at > start else None


def subject(clause: Clause, previous: Range | None) -> Range | None:
    """The subject of the sentence, for a cue without its own."""
    if previous is not None:
        return previous
    start = clause.begins()
    if clause.low(start) in clause.words["prepositions"]:
        comma = next((i for i in range(start, min(clause.end, start + REACH)) if clause.lows[i] == ","), None)
        if comma is None:
            return None
        start = comma + 1
    return after(clause, start)


def owner(clause: Clause, at: int) -> Range | None:
    """Whose claim: a possessive before the noun at `at`."""
    for middle in range(at - 1, max(-1, at - 4), -1):
        low = clause.lows[middle]
        if low in clause.words["possessives"]:
            return middle, middle + 1
        if low.endswith(("'s", "s'")) and low not in clause.words["contracted"]:
            return _walk(clause, middle + 1), middle + 1
        if low == "'" or low in clause.words["determiners"] or low in clause.words["prepositions"] or low in PUNCTUATION:
            return None
    return None


def _before_aside(clause: Clause, comma: int) -> Range | None:
    """The noun phrase before `, … ,` where the second comma is at `comma`; with the aside where that is an apposition."""
    opening = comma - 1
    while opening > max(0, comma - REACH) and clause.lows[opening] != ",":
        opening -= 1
    if opening <= 0 or clause.lows[opening] != ",":
        return None
    start = _walk(clause, opening)
    if start >= opening:
        return None
    following = clause.low(opening + 1)
    if any(sense.form == GERUND for sense in clause.lexicon.verbs.get(following, ())) or following in (
        "speaking",
        "in",
        "on",
        "after",
        "at",
        "during",
    ):
        return start, opening
    if start > 0 and clause.lows[start - 1] == "," and _walk(clause, start - 1) < start - 1 and not clause.capital(start):
        start = _walk(clause, start - 1)
    return start, comma


def _walk(clause: Clause, end: int) -> int:
    at = end
    floor = max(0, end - REACH)
    while at > floor:
        low = clause.lows[at - 1]
        if low == ")":
            opening = at - 1
            while opening > floor and clause.lows[opening] != "(":
                opening -= 1
            if clause.lows[opening] != "(":
                break
            at = opening
            continue
        if low == QUOTE and not clause.scare(at - 1):
            break
        if low == "." and at - 2 >= floor and len(clause.lows[at - 2]) <= 4 and clause.capital(at - 2):
            at -= 1
            continue
        if low == "-" and clause.items[at - 1].start == clause.items[at - 2].end:
            at -= 1
            continue
        if low in PUNCTUATION:
            break
        if low in STOPS:
            break
        if clause.finite(at - 1):
            relative = at - 2
            while relative > max(floor, at - 5) and clause.lows[relative] in clause.words["adverbs"]:
                relative -= 1
            if relative > floor and clause.lows[relative] in ("who", "that", "which") and clause.low(relative - 1) != ",":
                at = relative
                continue
            break
        at -= 1
    start = at
    while start < end and (
        clause.lows[start] in ("and", "or", "but", "however", "meanwhile", "still", "also", "then", "and", ")")
        or clause.lows[start] in clause.words["days"]
    ):
        start += 1
    if start + 2 < end and clause.lows[start] == "according":
        return start + 2
    if start < end and clause.lows[start] in clause.words["prepositions"]:
        for middle in range(end - 1, start + 1, -1):
            if clause.lows[middle] in clause.words["determiners"] and clause.lows[middle - 1] not in clause.words["prepositions"]:
                return middle
        for middle in range(start + 1, end - 1):
            if clause.lows[middle] in clause.words["days"]:
                return middle + 1
        return end if end - start < 3 and clause.lows[start] not in ("of",) else start + 1
    return start


def _apposition(clause: Clause, comma: int, top: int) -> bool:
    """Whether all that follows the comma, up to the end of the sentence, describes the name before it."""
    if top < clause.end or clause.low(comma + 1) in ("and", "but", "adding", "while", "as", "saying") or clause.low(comma + 1) == QUOTE:
        return False
    if clause.low(comma + 1) == "who":
        return True
    return not any(clause.lows[at] in (QUOTE, ";") or clause.finite(at) for at in range(comma + 1, top)) and not any(
        sense.form == GERUND for sense in clause.lexicon.verbs.get(clause.low(comma + 1), ())
    )
