"""Claims that somebody denies: "refuted allegations that …" hands over a denial, and inside it the allegations of others.

Always true here: only a verb of denial in a cue with a noun for a claim behind it makes an inner attribution, and only where no cue
stands on that noun already; all other drafts stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sayso import language
from sayso.attribution.draft import Draft
from sayso.language import Token
from sayso.spans import Span, Spans, merge

LEAD = 6  # words between the denial and the noun
LINKS = ("of", "about", "against")


def with_denied_claims(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with an attribution of its own for each claim that one of them denies; in order of their cues."""
    taken = {span.start: number for number, draft in enumerate(drafts) for span in draft.cue}
    made: list[Draft] = []
    for draft in drafts:
        made.extend(_parts(text, draft, taken))
    return sorted(made, key=lambda draft: (draft.cue or draft.content, draft.content))


def _parts(text: str, draft: Draft, taken: Iterable[int]) -> tuple[Draft, ...]:
    """The denial and the claim inside it, or the draft alone."""
    words = language.load().words
    if len(draft.cue) != 1 or draft.content[0].start < draft.cue[0].end:
        return (draft,)
    cue = language.tokens(text, draft.cue[0])
    denial = next((at for at, token in enumerate(cue) if token.low in words["denying"]), None)
    if denial is None:
        return (draft,)
    first = draft.content[0]
    if first.start - draft.cue[0].end > 1:
        return (draft,)
    row = [*cue[denial + 1 :], *language.tokens(text, Span(first.start, min(first.end, first.start + 160)))][: LEAD + 3]
    noun = _noun(row)
    if noun is None or row[noun].start in taken:
        return (draft,)
    after = row[noun + 1] if noun + 1 < len(row) else None
    if after is None or after.low not in ("that", *LINKS):
        return (draft,)
    own = Span(row[noun].start, after.end if after.low in LINKS else row[noun].end)
    rest = merge(piece for span in draft.content if (piece := _from(span, own.end, text)) is not None)
    if not rest:
        return (draft,)
    outer = replace(
        draft, cue=(Span(draft.cue[0].start, cue[denial].end),), content=merge((Span(row[0].start, first.end), *draft.content[1:]))
    )
    inner = Draft(content=rest, source=_owner(row[:noun]), cue=(own,), confidence=draft.confidence)
    return outer, inner


def _noun(row: Sequence[Token]) -> int | None:
    """The first noun for a claim, if only words that can stand before a noun come before it."""
    words = language.load().words
    for at, token in enumerate(row[: LEAD + 1]):
        if token.low in words["claims"]:
            return at
        if token.low in words["conjunctions"] or token.low in words["prepositions"] or token.low in words["auxiliaries"]:
            return None
        if not token.low[0].isalpha():
            return None
    return None


def _owner(row: Sequence[Token]) -> Spans:
    """Whose claim it is: a possessive right before the noun or its adjectives; nobody if there is none."""
    words = language.load().words
    for at in range(len(row) - 1, -1, -1):
        if row[at].low.endswith(("'s", "s'")):
            return (Span(row[0].start, row[at].end),)
        if row[at].low in words["possessives"]:
            return (Span(row[at].start, row[at].end),)
    return ()


def _from(span: Span, start: int, text: str) -> Span | None:
    """What of a span lies behind a place, without white space before it."""
    low = max(span.start, start)
    while low < span.end and text[low].isspace():
        low += 1
    return Span(low, span.end) if low < span.end else None
