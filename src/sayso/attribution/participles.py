"""Cues that go on with the subject of the words before them: "she said …, adding that", "he praised … and called for".

Always true here: only a draft without a source gets one, and only the words of a source that stands before it in its paragraph; a
passive ("is expected"), a noun or an adverb gets none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso import language
from sayso.attribution.draft import Draft
from sayso.language import GERUND, PAST, THIRD
from sayso.spans import Span, Spans

REACH = 800  # characters between a cue and the one that it goes on with
LINK = 16  # characters before a cue that can link it
_JOINED = re.compile(r"(?:,|\b(?:and|but|then|or))\s+$", re.IGNORECASE)
_BREAK = re.compile(r"\n\s*\n")
_START = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"“«]*[A-Z])")
_SUBJECT = re.compile(r"[A-Z][\w’\-]+(?:[ \n][A-Z][\w’\-]+){1,4}(?=[ \n][a-z])")


def with_shared_sources(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The same drafts in the same order; those that go on with an earlier subject have its source.

    Args:
        text: the document's text.
        drafts: with `within` set, so that a cue inside a content does not go on with one outside.

    """
    order = sorted((draft.cue[0].start, number) for number, draft in enumerate(drafts) if draft.cue)
    done = list(drafts)
    last: dict[int | None, tuple[int, Spans]] = {}  # of each enclosing draft: where the last cue with a source stood, and that source
    for at, number in order:
        draft = done[number]
        if not draft.source and draft.content[0].start > at and _goes_on(text, draft.cue[0]):
            where, source = last.get(draft.within, (-REACH, ()))
            if at - where > REACH or _BREAK.search(text, where, at):
                source = () if draft.within is not None else _subject(text, at)
            done[number] = draft = replace(draft, source=source)
        if draft.source and not _possessive(text, draft.source[-1]):
            last[draft.within] = at, draft.source
    return done


def _goes_on(text: str, cue: Span) -> bool:
    """Whether a cue is a participle, or an active verb that "and" or a comma joins to what stands before."""
    verbs, words = language.load().verbs, language.load().words
    row = [word for word in language.lower(text[cue.start : cue.end]).split() if word not in words["adverbs"]]
    if len(row) > 1 and row[0] in ("without", "by", "while"):
        return row[1].endswith("ing")
    forms = {sense.form for sense in verbs.get(row[0], ())} if row else set()
    if GERUND in forms:
        return True
    joined = _JOINED.search(text, max(0, cue.start - LINK), cue.start) is not None
    return joined and bool(forms & {PAST, THIRD}) and row[0] not in words["distancing_adjectives"] and row[-1] != "as"


def _possessive(text: str, source: Span) -> bool:
    """Whether a source only owns the noun that hands over ("the mayor's claim"), so that no verb can go on with it."""
    low = language.lower(text[source.start : source.end])
    return low.endswith(("'s", "s'")) or low in language.load().words["possessives"]


def _subject(text: str, at: int) -> Spans:
    """The name that opens the sentence; nothing if none does."""
    low = max(0, at - REACH)
    breaks = (match.end() for pattern in (_START, _BREAK) for match in pattern.finditer(text, low, at))
    start = max(breaks, default=low)
    match = _SUBJECT.match(text, start, at)
    if match is None or (start == low and low > 0):
        return ()
    words = language.load().words
    first = language.lower(match.group().split()[0])
    if any(first in words[group] for group in ("prepositions", "conjunctions", "determiners", "days", "months", "adverbs")):
        return ()
    return (Span(*match.span()),)
