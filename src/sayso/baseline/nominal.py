"""Cues that are no verbs: adjectives and nouns with their link (`sure that`, `X's claim that`), and the words of doubt (`allegedly`).

Always true here: each function looks at one place of a sentence and finds one hit or none.
"""

from __future__ import annotations

from sayso.baseline import contents, phrases
from sayso.baseline.clauses import HARD, PUNCTUATION, QUOTE, STOPS, Clause, Hit


def adjective(clause: Clause, at: int) -> Hit | None:
    """`X is sure that …`."""
    senses = clause.lexicon.adjectives.get(clause.lows[at])
    first = clause.cue_start(at)
    if not senses or (
        not any(low in clause.words["be"] for low in clause.lows[first:at]) and not clause.low(first - 1).endswith(("'s", "'re", "'m"))
    ):
        return None
    source = phrases.before(clause, first)
    link = clause.low(at + 1)
    if source is None:
        return None
    for cue in senses:
        if link in cue.frames:
            last = at + 1 + (link not in ("that", "to"))
            return Hit(first, last, source, "adjective", ((last, contents.until(clause, last)),))
    return None


def noun(clause: Clause, at: int) -> Hit | None:
    """`X's claim that …`, `the claim that …`."""
    senses = clause.lexicon.nouns.get(clause.lows[at])
    link = clause.low(at + 1)
    if not senses or (clause.lows[at] == "order" and clause.low(at - 1) == "in"):
        return None
    for cue in senses:
        if link not in cue.frames:
            continue
        last = at + 1 + (link not in ("that", "to", "whether"))
        stop = contents.until(clause, last)
        for middle in range(last + 1, stop):
            if clause.lows[middle] == "," or (clause.finite(middle) and link not in ("that", "whether")):
                stop = middle
                break
        source = phrases.owner(clause, at)
        if clause.end and last < stop:
            return Hit(at, last, source, "nominal", ((last, stop),))
    return None


def adverb(clause: Clause, at: int) -> Hit | None:
    """`… allegedly …`: the clause around it."""
    if clause.lows[at] not in clause.words["distancing"] or clause.lows[at] == "so-called":
        return None
    start = at
    while (
        start > 0 and clause.lows[start - 1] not in PUNCTUATION and clause.lows[start - 1] not in STOPS and clause.lows[start - 1] != QUOTE
    ):
        start -= 1
    stop = at
    while stop < clause.end and clause.lows[stop] not in (",", ";", ":") and stop not in clause.cuts:
        stop += 1
    return Hit(at, at + 1, None, "adverb", ((start, at), (at + 1, stop)))


def alleged(clause: Clause, at: int) -> Hit | None:
    """`the alleged …`: the noun phrase after it."""
    if clause.lows[at] not in clause.words["distancing_adjectives"] or clause.low(at - 1) in clause.words["auxiliaries"]:
        return None
    if clause.lows[at] in ("reported", "supposed") and clause.low(at - 1) not in HARD:
        return None
    phrase = phrases.after(clause, at + 1)
    if phrase is None:
        return None
    return Hit(at, at + 1, None, "alleged", (phrase,))
