"""What stands around a source: the names to go by, the stretch of its phrase, and the noun phrase before a relative pronoun.

Always true here: names are disjoint and in order of the text; those that a network found come before those that only have capitals.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from sayso import language
from sayso.attribution.draft import NATIONALITY, ORGANIZATION, PERSON, PLACE, Draft, Found, Name
from sayso.spans import Span, hull, merge
from sayso.speakers import capitals, gazetteer, nouns

_GOVERNED = re.compile(r"\s(?:at|of|in|from|for)\s(?:the\s)?$")
_ASIDE = re.compile(r"(?:\s\([^()]{1,30}\))?(?:,\s|\s?[—–-]\s?)")
_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Rev)\.?\s+")
_APPOSED = re.compile(r"^,\s(?:(?:Mr|Ms|Mrs|Dr|Prof|Sir|Dame|Rev)\.?\s)?$")


def all_names(text: str, given: Found) -> tuple[Name, ...]:
    """The names given; where there are none, or none in a source phrase, those that stand out by their capitals."""
    guessed = capitals.find(text)
    wrapped = merge(span for span in map(phrase_span, given.drafts) if span is not None and "\n" in text[span.start : span.end])
    opens = [span.start for span in wrapped]
    rows = [name for name in guessed if not _touches(name.span, wrapped, opens)]
    for span in wrapped:  # inside a source phrase a line break is white space, even if the text is not hard-wrapped
        inside = capitals.find(text[span.start : span.end].replace("\n", " ").replace("\r", " "))
        rows += [Name(Span(name.span.start + span.start, name.span.end + span.start), name.kind) for name in inside]
    guessed = tuple(sorted(rows, key=lambda name: name.span))
    own = [_body(text, name) for name in _whole(text, given.names) if not _says_what(text, name)]
    guessed = tuple(name for name in guessed if not _says_what(text, name))
    if not own:
        return guessed
    taken = sorted(name.span for name in own)
    starts = [span.start for span in taken]
    phrases = merge(span for span in (phrase_span(draft) for draft in given.drafts) if span is not None)
    begins = [span.start for span in phrases]
    free = [name for name in guessed if not _touches(name.span, taken, starts) and _touches(name.span, phrases, begins)]
    bare = {span for span in phrases if not _touches(span, taken, starts)}
    extra = [
        name
        for name in free
        if name.kind == PERSON or any(phrases[at] in bare for at in (bisect_right(begins, name.span.start) - 1,) if at >= 0)
    ]
    kept: list[Name] = []
    for name in sorted((*own, *extra), key=lambda name: name.span):
        if not kept or name.span.start >= kept[-1].span.end:
            kept.append(name)
    return tuple(kept)


def _says_what(text: str, name: Name) -> bool:
    """Whether a name is none, but says what somebody is: "Ministry", "CEO"."""
    low = language.lower(text[name.span.start : name.span.end])
    return low in nouns.GENERIC or low in nouns.OFFICES or len(low) == 1


def _whole(text: str, names: Sequence[Name]) -> list[Name]:
    """The names, with those put together of which one begins the other: "Norvanian" "Union", "Port Halden" "Times"."""
    found: list[Name] = []
    for name in names:
        before = found[-1] if found else None
        if before is not None and text[before.span.end : name.span.start] in (" ", ". ", "\n"):
            words = text[name.span.start : name.span.end].split()
            last = text[before.span.start : before.span.end].split()[-1]
            opened = before.kind == ORGANIZATION and last in ("of", "for") and name.kind in (PLACE, NATIONALITY, ORGANIZATION)
            led = before.kind in (PLACE, NATIONALITY) and name.kind == ORGANIZATION
            if opened or (led and all(language.lower(word) in nouns.GENERIC | nouns.LAST_WORDS for word in words)):
                found[-1] = Name(Span(before.span.start, name.span.end), ORGANIZATION)
                continue
            places = before.kind == name.kind == PLACE and text[before.span.end : name.span.start] == " "
            if places:
                found[-1] = Name(Span(before.span.start, name.span.end), PLACE)
                continue
        found.append(name)
    return found


def _body(text: str, name: Name) -> Name:
    """A nationality of several words that is none ("Norvanian Justice Ministry") as the organization it is; a person without "Dr."."""
    words = " ".join(text[name.span.start : name.span.end].split())
    title = _TITLE.match(text, *name.span) if name.kind == PERSON else None
    if title is not None and title.end() < name.span.end:
        return Name(Span(title.end(), name.span.end), PERSON)
    return Name(name.span, ORGANIZATION) if name.kind == NATIONALITY and " " in words and not gazetteer.use(words) else name


def _touches(span: Span, others: Sequence[Span], starts: Sequence[int]) -> bool:
    """Whether a span overlaps one of a sorted, disjoint row."""
    at = bisect_left(starts, span.start)
    return any(0 <= number < len(others) and others[number].overlaps(span) for number in (at - 1, at))


def phrase_span(draft: Draft) -> Span | None:
    """The stretch to read as the source phrase: all of it if it is close together, else its first piece."""
    whole = hull(draft.source)
    if whole is None or len(draft.source) == 1 or whole.length < 60:
        return whole
    return draft.source[0]


@lru_cache(maxsize=8)
def _stops(lexicon: language.Language) -> frozenset[str]:
    """Words that stand in no plain noun phrase."""
    small = lexicon.words["auxiliaries"] | lexicon.words["conjunctions"] | (lexicon.words["prepositions"] - {"of"})
    return small | frozenset(lexicon.verbs)


def noun_phrase_before(text: str, at: int, names: Sequence[Name], starts: Sequence[int], lexicon: language.Language) -> Span | None:
    """The noun phrase that ends right before a place."""
    end = at
    while end > 0 and (text[end - 1].isspace() or text[end - 1] in ",—–-("):
        end -= 1
    if end == 0 or text[end - 1] in ".!?:;":
        return None
    number = bisect_left(starts, end) - 1
    if number >= 0 and names[number].span.end >= end - 2 and names[number].kind != NATIONALITY:
        span = names[number].span
        before = text[max(0, span.start - 20) : span.start].split()
        if not before or language.lower(before[-1]) not in ("of", "by") or names[number].kind == PERSON:
            return Span(span.start, end)
    words = list(re.finditer(r"\S+", text[max(0, end - 100) : end]))
    base = max(0, end - 100)
    start = None
    stops = _stops(lexicon)
    for match in reversed(words[-9:]):
        low = language.lower(match.group()).strip("\"“”'‘(")
        if low in stops or (match.group()[-1] in '.,;:!?”"' and base + match.end() < end):
            break
        start = base + match.start()
        if low in lexicon.words["determiners"]:
            following = re.search(r"(\S+)\s*$", text[max(0, start - 12) : start])
            if following is None or following.group(1) != "of":
                break
    return Span(start, end) if start is not None and start < end else None


def somebody(text: str, span: Span, names: Sequence[Name], starts: Sequence[int], lexicon: language.Language) -> Span:
    """The noun phrase of somebody, where the one right before "who" is a place or body that belongs to it ("a judge in Norvania who")."""
    for _ in range(3):
        last = bisect_left(starts, span.end) - 1
        before = _GOVERNED.search(text, max(0, span.start - 12), span.start)
        if (
            before is None
            or last < 0
            or names[last].kind == PERSON
            or not span.holds(names[last].span)
            or names[last].span.end < span.end - 2
        ):
            break
        outer = noun_phrase_before(text, before.start(), names, starts, lexicon)
        if outer is None:
            break
        span = outer
    return span


def beside(text: str, span: Span, names: Sequence[Name], starts: Sequence[int]) -> Name | None:
    """The name that a noun phrase stands beside, as in "Dora Quill, a baker from Norvania"."""
    opened = language.lower(text[span.start : span.end]).split(" ")[0]
    last = bisect_left(starts, span.end) - 1
    at = bisect_left(starts, span.start) - 1
    if opened not in ("a", "an", "the") or at < 0 or (last > at and names[last].kind == PERSON):
        return None
    fits = names[at].kind in (PERSON, ORGANIZATION) and _ASIDE.fullmatch(text, names[at].span.end, span.start)
    return names[at] if fits else None


def apposed(text: str, span: Span, after: Sequence[Name]) -> Name | None:
    """The person that stands right after a description, between commas: "the yard's surveyor, Mara Voss, said".

    Args:
        text: the document's text.
        span: the description.
        after: the names behind it, if any.

    """
    if not after or after[0].kind != PERSON or not _APPOSED.match(text[span.end : after[0].span.start]):
        return None
    return after[0] if text[after[0].span.end : after[0].span.end + 1] in (",", ".", "”", '"', "") else None
