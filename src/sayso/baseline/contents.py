"""Where a content begins after its cue, and where it ends.

Always true here: a content ends inside its sentence, before the marks that close it, and before the frame of another attribution.
"""

from __future__ import annotations

from sayso.baseline.clauses import PUNCTUATION, QUOTE, REACH, WH, Clause
from sayso.language import GERUND, PAST, THIRD

CONTRAST = frozenset({"but", "while", "although", "though"})  # after a comma, the words are the outlet's again


def until(clause: Clause, start: int, form: str = "", noun: bool = False) -> int:
    """Where a content that begins at item `start` ends: at the next cue of the same speaker, at another frame, or with the sentence."""
    at = start
    while at < clause.end:
        if at in clause.cuts and at > start:
            break
        low = clause.lows[at]
        if low in (",", "–", "—", "and", "but") and at > start + 1:
            if low == "," and (clause.low(at + 1) in CONTRAST or (noun and clause.low(at + 1) in ("and", "after", "when", "which"))):
                break
            following = at + 1
            while clause.low(following) in clause.words["adverbs"] or (low == "," and clause.low(following) in ("and", "but")):
                following += 1
            senses = clause.lexicon.verbs.get(clause.low(following), ())
            if low in (",", "–", "—") and any(s.form == GERUND and ({"clause", "noun"} & s.cue.frames) for s in senses):
                break
            if (
                any(s.form == form and form in (PAST, THIRD) and {"clause", "noun", "to"} & s.cue.frames for s in senses)
                and following - at < 4
            ) and (low in ("and", "but") or clause.low(following - 1) in ("and", "but")):
                break
        at += 1
    while at > start and clause.lows[at - 1] in (",", ";", "–", "—", "and", "but"):
        at -= 1
    return at


def skip_adjuncts(clause: Clause, at: int, person: bool) -> tuple[int, bool]:
    """Where the content begins after times, places and addressees, and whether `that`, a quotation or a colon makes that sure."""
    limit = min(clause.end, at + 16)
    start = at
    if clause.low(at) == "," and clause.low(at + 1) == QUOTE:
        return at + 1, True
    opens = (
        clause.low(at) in clause.words["quotative_adjuncts"] or clause.low(at) in clause.words["days"] or clause.low(at) == "to" or person
    )
    if opens or clause.low(at) in ("that", QUOTE, ":"):
        depth = at
        while depth < limit:
            low = clause.lows[depth]
            if low == "that" or (low == QUOTE and not clause.scare(depth)):
                return depth, True
            if low == ":":
                return depth + 1, True
            if person and depth > start and (low == "to" or low in WH):
                return depth, True
            if low == "," and clause.low(depth + 1) in (QUOTE, "that"):
                return depth + 1, True
            if low in PUNCTUATION or clause.finite(depth) or low in ("he", "she", "they", "i", "we"):
                break
            depth += 1
    while clause.low(at) in clause.words["days"] or (
        clause.low(at) in ("on", "last", "this", "late", "early") and clause.low(at + 1) in clause.words["days"] | {"week", "month", "year"}
    ):
        at += 2 if clause.low(at) not in clause.words["days"] else 1
    if person and at < clause.end:
        if clause.lows[at] in clause.words["recipients"]:
            return at + 1, False
        while at < limit and (
            clause.capital(at) or clause.lows[at] in ("the", "a", "an", "reporters", "his", "her", "their", "its", "of", "news", "agency")
        ):
            at += 1
    return at, False


def clause_ahead(clause: Clause, begin: int) -> bool:
    """Whether a finite verb follows, so that the words from here on can be a clause without `that`."""
    return any(clause.finite(at) for at in range(begin, min(clause.end, begin + REACH)))


def adjunct_only(clause: Clause, at: int) -> bool:
    """Whether only times, places and addressees follow, up to the next mark or the end."""
    low = clause.low(at)
    if low not in clause.words["quotative_adjuncts"] and low not in clause.words["days"]:
        return False
    while at < clause.end and clause.lows[at] not in PUNCTUATION and clause.lows[at] != QUOTE:
        if clause.lows[at] == "that" or clause.finite(at):
            return False
        at += 1
    return True
