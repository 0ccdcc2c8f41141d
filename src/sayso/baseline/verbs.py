"""Verbs that stand before their content: `X said that …`, `X asked Y to …`, `X was accused of …`.

Always true here: a hit has content after its cue, or, in the passive, around it; a verb without a subject of its own speaks for the
subject before it in the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.baseline import contents, phrases
from sayso.baseline.clauses import CHAINS, HARD, PUNCTUATION, QUOTE, WH, Clause, Hit, Range
from sayso.language import BASE, GERUND, PAST, VerbForm


def verb(clause: Clause, at: int, previous: Range | None) -> Hit | None:
    """The attribution that the verb at `at` makes, if it makes one.

    Args:
        clause: the sentence.
        at: where the word stands.
        previous: the source of the cue before it in the sentence.

    """
    low, before = clause.lows[at], clause.low(at - 1)
    senses = clause.lexicon.verbs.get(low)
    if not senses or before in HARD or (at and clause.capital(at)) or (low == "order" and before == "in"):
        return None
    if clause.is_noun(at) or (low == "citing" and before == "," and "," in clause.lows[at : at + 12]):
        return None
    following = clause.low(at + 1)
    sense = next((sense for sense in senses if following in sense.cue.particles), None) or next(
        (sense for sense in senses if not sense.cue.particles), None
    )
    if sense is None:
        return None
    first, last = clause.cue_start(at), at + 1 + bool(sense.cue.particles)
    helpers = clause.lows[first:at]
    form = senses[-1].form
    if form == PAST and _is_passive(clause, first, helpers):
        return _passive(clause, first, last, senses)
    if form == PAST and following == "by" and not helpers:
        return None
    source = phrases.before(clause, first)
    if form == GERUND:
        if not _is_progressive(clause, first, helpers):
            joined = clause.low(first - 1)
            if first == 0 or joined in (",", "–", "—", "by", "and", "after", "while", "in", "before", "of"):
                source = phrases.subject(clause, previous)
            elif source is None or not sense.cue.frames & {"clause", "person"} or joined in clause.words["prepositions"]:
                return None
    elif form == BASE:
        if not _agrees(clause, first, helpers, source):
            return None
    else:
        joined = clause.low(first - 1)
        if joined in ("and", "but") or (source is None and joined in ("then", ",", "also")):
            source = phrases.subject(clause, previous)
        if source is None:
            return None
    if source is not None and source[1] > first:
        return None
    pool = [sense] if sense.cue.particles else [other for other in senses if not other.cue.particles]
    return _complement(clause, first, last, sense.form, pool, source)


def _is_passive(clause: Clause, first: int, helpers: Sequence[str]) -> bool:
    """Whether the words before a participle make it one: `was told`, `he's been told`."""
    subject = clause.low(first - 1)
    contracted = subject in clause.words["contracted"] and subject.endswith(("'s", "'re", "'m"))
    return any(low in clause.words["be"] for low in helpers) or (contracted and "been" in helpers)


def _is_progressive(clause: Clause, first: int, helpers: Sequence[str]) -> bool:
    return any(low in clause.words["be"] for low in helpers) or clause.low(first - 1) in clause.words["contracted"]


def _agrees(clause: Clause, first: int, helpers: Sequence[str], source: Range | None) -> bool:
    """Whether a bare form (`say`) can be a finite verb here: with a helper, or after a plural subject."""
    subject, words = clause.low(first - 1), clause.words
    if subject in words["contracted"] or any(low in words["auxiliaries"] or low in CHAINS for low in helpers):
        return True
    if source is None or subject in ("it", "he", "she"):
        return False
    joined = "and" in clause.lows[source[0] : source[1]]
    return joined or subject.endswith("s") or subject in words["groups"] or subject in words["pronouns"]


def _complement(clause: Clause, first: int, last: int, form: str, senses: Sequence[VerbForm], source: Range | None) -> Hit | None:
    """The content after the cue, by what the senses of the verb allow."""
    frames = frozenset().union(*(sense.cue.frames for sense in senses))
    person = "person" in frames
    last += clause.low(last) in clause.words["distancing"]
    if senses[0].cue.lemma in ("express", "voice"):
        link = next((at + 1 for at in range(last, min(clause.end, last + 3)) if clause.lows[at] in clause.lexicon.nouns), 0)
        if link and any(clause.low(link) in sense.frames for sense in clause.lexicon.nouns[clause.lows[link - 1]]):
            last = link + (clause.low(link) not in ("that", "to", "whether"))
            return Hit(first, last, source, "noun", ((last, contents.until(clause, last, form)),))
    begin, clear = contents.skip_adjuncts(clause, last, person)
    low = clause.low(begin)
    if begin >= clause.end:
        return None
    if frames & {"clause", "quote", "after"} and clear:
        if low == QUOTE and frames & {"quote", "after", "clause"}:
            return Hit(first, last, source, "quoted", ((begin, contents.until(clause, begin, form)),))
        if "clause" in frames:
            return Hit(first, last, source, "that" if low == "that" else "bare", ((begin, contents.until(clause, begin, form)),))
    if low == "to" and ("to" in frames):
        return Hit(first, last, source, "to", ((begin, contents.until(clause, begin, form)),))
    if (
        low in ("to", ",", ".", ";", ")", "(")
        or (low in clause.words["quotative_adjuncts"] - {"this", "about"} and low not in ("of",) and not clear)
    ) and not ("noun" in frames and low in ("as",)):
        return None
    if "clause" in frames and low in WH:
        return Hit(first, last, source, "that", ((begin, contents.until(clause, begin, form)),))
    if "clause" in frames and clause.end - begin >= 3 and contents.clause_ahead(clause, begin):
        return Hit(first, last, source, "bare", ((begin, contents.until(clause, begin, form)),))
    if "noun" in frames or ("of" in frames and low == "of"):
        if low in PUNCTUATION:
            return None
        cue = next((sense.cue for sense in senses if "noun" in sense.cue.frames), senses[0].cue)
        start = begin if "person" in cue.frames else last
        return Hit(first, last, source, "noun", ((start, contents.until(clause, begin, form, True)),))
    return None


def _passive(clause: Clause, first: int, last: int, senses: Sequence[VerbForm]) -> Hit | None:
    """`it was reported that …`, `X is expected to …`, `X was accused of …`, `X was told that …`."""
    particles = [sense for sense in senses if sense.cue.particles and clause.low(last - 1) in sense.cue.particles]
    pool = particles or [sense for sense in senses if not sense.cue.particles]
    frames = frozenset().union(*(sense.cue.frames for sense in pool))
    subject = phrases.before(clause, first)
    source: Range | None = None
    stop = contents.until(clause, last)
    agent = next((at for at in range(last, min(stop, last + 12)) if clause.lows[at] == "by"), None)
    if agent is not None:
        source = phrases.after(clause, agent + 1)
    if subject is None and clause.low(first - 1) not in ("and", "but", ","):
        return None
    begin, _ = contents.skip_adjuncts(clause, last, False)
    empty = subject is not None and clause.lows[subject[0]] == "it" and clause.low(begin) == "that"
    if empty or ("person" in frames and clause.low(begin) in ("that", "to", *WH)):
        return Hit(first, last, source, "passive", ((begin, contents.until(clause, begin)),))
    if subject is None:
        subject = phrases.subject(clause, None)
        if subject is None or subject[1] > first:
            return None
    if agent is not None and source is not None:
        return Hit(first, last, source, "passive", (subject, (last, agent)))
    if not frames & {"noun", "to", "clause", "as"} or (last >= clause.end and "noun" not in frames):
        return None
    if clause.lows[subject[0]] in ("who", "which"):
        return Hit(first, last, None, "passive", ((last, stop),))
    return Hit(first, last, None, "passive", (subject, (last, stop)))
