"""What a source phrase is: a pronoun, a name with its titles and appositions, several speakers joined, or a description.

Always true here: the head is found from the words of the phrase alone; a name that stands after a preposition, or before the noun that
it modifies, is not the head ("the lawyer of Mara Voss", "the Voss campaign").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso import language
from sayso.attribution.draft import NATIONALITY, PERSON, Name
from sayso.language import Language
from sayso.spans import Span
from sayso.speakers import agreement

DEEP = 6  # speakers joined in one phrase
_PLAIN_ING = (
    "rul|act|lead|sitt|visit|govern|oppos|manag|found|command|work|advertis|train|outgo|incom|plann|hous|shipp|bank|min|engineer|market"
    "|nurs|runn|broadcast"
)
_BREAK = re.compile(rf",|\s(?!(?:{_PLAIN_ING})ing)[a-z]{{3,}}ing\s|\(\[|;|\s[—–-]\s|—")
_RELATIVE = re.compile(
    r"\s(?:who|which|that|whom|whose|where|speaking|saying|according|citing|using|seeking|including|involved|familiar|close)\b|"
    r",\s|\s?\(|\s[—–-]\s|;"
)
_AND = re.compile(r"\s(?:and|or|along with|as well as)\s")
_AFTER_NAME = frozenset(
    {"another", "a", "an", "the", "former", "then", "also", "from", "of", "in", "at", "with", "on", "for", "under", "himself", "herself"}
)
_TAIL = re.compile(r"^(?:,?\s(?:[QK]C|Jr\.?|Sr\.?|MP|MEP|[MO]BE|Ph\.?D\.?))?(?:['’]s?)?[\s.,”\"]*$")
_ALL = re.compile(
    r"^(?:(?:they|we|you)\s+(?:both|all|themselves)|(?:both|all|some|most|many|one)\s+of\s+(?:them|whom|which|us)|(?:he|she|it)\s+(?:himself|herself|itself))$"
)
_REPORTS = frozenset({"report", "reports", "story", "article", "dispatch", "editorial"})
_OUTLETS = frozenset(
    {
        "newspaper",
        "newspapers",
        "daily",
        "weekly",
        "magazine",
        "agency",
        "channel",
        "website",
        "station",
        "network",
        "broadcaster",
        "tv",
        "news",
        "statement",
        "himself",
        "herself",
        "itself",
    }
)

PRONOUN, NAMED, JOINT, DESCRIBED = "pronoun", "named", "joint", "described"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One source phrase.

    Attributes:
        sort: one of `PRONOUN`, `NAMED`, `JOINT`, `DESCRIBED`.
        span: where it stands.
        words: the words without line breaks, and without the clauses and appositions after the head.
        name: the name that is its head, if it is `NAMED`.
        parts: who is joined, if it is `JOINT`.

    """

    sort: str
    span: Span
    words: str
    name: Name | None = None
    parts: tuple[Phrase, ...] = ()


def parse(text: str, span: Span, names: Sequence[Name], lexicon: Language, depth: int = 0) -> Phrase:
    """What a stretch of text is as a source phrase.

    Args:
        text: the document's text.
        span: the phrase.
        names: the names inside it, in order.
        lexicon: the language.
        depth: how many joints were opened already.

    """
    words = " ".join(text[span.start : span.end].split())
    low = language.lower(words)
    whole = _ALL.match(low)
    if agreement.pronoun(words) or whole:
        plural = whole and not low.startswith(("he ", "she ", "it "))
        return Phrase(
            PRONOUN, span, ("they" if "us" not in low.split() and "we" not in low.split() else "we") if plural else words.split()[0]
        )
    if depth < DEEP:
        parts = _joint(text, span, names, lexicon, depth)
        if parts:
            return Phrase(JOINT, span, words, None, parts)
    head = _head(text, span, names, lexicon)
    return Phrase(NAMED if head else DESCRIBED, span, trimmed(words), head)


def trimmed(words: str) -> str:
    """A description without what follows its head in clauses and appositions, and without a possessive ending."""
    match = _RELATIVE.search(words)
    kept = words[: match.start()] if match and match.start() > 2 else words
    return re.sub(r"(?:(?<=s)['’]|['’]s)$", "", kept.strip(' ,.;:"“”'))


def _joint(text: str, span: Span, names: Sequence[Name], lexicon: Language, depth: int) -> tuple[Phrase, ...]:
    """The speakers that "and" joins; empty if it joins none (or joins words inside a name or an apposition)."""
    inner = text[span.start : span.end]
    start = len("both ") if language.lower(inner).startswith("both ") else 0
    for match in list(_AND.finditer(inner))[:DEEP]:
        at, after = span.start + match.start(), span.start + match.end()
        if any(name.span.start < at and name.span.end > after for name in names):
            continue
        left = Span(span.start + start, at - (text[at - 1] == ","))
        right = Span(after, span.end)
        if left.length < 2 or right.length < 2:
            continue
        first = _list(text, left, [name for name in names if name.span.end <= at], lexicon, depth)
        other = parse(text, right, [name for name in names if name.span.start >= after], lexicon, depth + 1)
        if not first:
            continue
        named = [phrase for phrase in (*first, other) if phrase.sort != DESCRIBED]
        comma = "," in text[left.start : left.end] and len(first) == 1
        if comma and text[at - 1] != ",":
            continue
        fellow = re.match(r"(?:the|his|her|its|their|other|others|top|two|many)\b", language.lower(text[right.start : right.end]))
        if other.sort == DESCRIBED and ((comma and not fellow) or (not fellow and not _plural(other))):
            continue
        if other.sort == NAMED and first[0].sort == DESCRIBED and not _plural(first[0]):
            continue
        if not named or (comma and other.sort != DESCRIBED and _kind(other) != _kind(first[0])):
            continue
        return (*first, *(other.parts or (other,)))
    return ()


def _plural(phrase: Phrase) -> bool:
    return agreement.phrase(phrase.words).number == agreement.PLURAL or phrase.words.lower().startswith(("the ", "both "))


def _kind(phrase: Phrase) -> str:
    first = phrase.parts[0] if phrase.parts else phrase
    return first.name.kind if first.name else ""


def _list(text: str, span: Span, names: Sequence[Name], lexicon: Language, depth: int) -> tuple[Phrase, ...]:
    """The speakers of "A, B" before an "and"; one if the commas only set off appositions."""
    cuts = [span.start, *(span.start + match.end() for match in re.finditer(r",\s", text[span.start : span.end])), span.end + 2]
    pieces = [Span(a, min(b - 2, span.end)) for a, b in pairwise(cuts) if b - 2 > a]
    if 1 < len(pieces) <= DEEP:
        heads = [_head(text, piece, [name for name in names if piece.holds(name.span)], lexicon) for piece in pieces]
        if all(heads) and len({head.kind for head in heads if head}) == 1:
            return tuple(
                Phrase(NAMED, piece, trimmed(" ".join(text[piece.start : piece.end].split())), head)
                for piece, head in zip(pieces, heads, strict=True)
            )
    one = parse(text, span, names, lexicon, depth + 1) if " and " not in text[span.start : span.end] else None
    if one is None:
        head = _head(text, span, names, lexicon)
        one = Phrase(NAMED if head else DESCRIBED, span, trimmed(" ".join(text[span.start : span.end].split())), head)
    return (one,)


def _head(text: str, span: Span, names: Sequence[Name], lexicon: Language) -> Name | None:
    """The name that is the head of a phrase."""
    match = _BREAK.search(text, span.start + 1, span.end)
    while match is not None and any(name.span.start < match.start() < name.span.end for name in names):
        match = _BREAK.search(text, match.end(), span.end)
    end = match.start() if match is not None else span.end
    relative = re.compile(r"\s(?:who|which|that|whose)\s").search(text, span.start, end)
    if relative is not None:
        end = relative.start()
    first = [name for name in names if name.span.end <= end]
    found = _ending(text, Span(span.start, end), first, lexicon) or _opening(text, Span(span.start, end), first, lexicon)
    if found is not None or match is None or match.group() != ",":
        return found
    # "the rapporteur on dams, Mara Voss": a name that fills an apposition after a description.
    following = _BREAK.search(text, match.end(), span.end)
    inner = Span(match.end(), following.start() if following is not None else span.end)
    second = [name for name in names if inner.holds(name.span)]
    candidate = _ending(text, inner, second, lexicon)
    if candidate is None or candidate.kind == NATIONALITY:
        return None
    before = text[inner.start : candidate.span.start].split()
    return candidate if len(before) <= 5 and (candidate.kind == PERSON or not before) else None


def _ending(text: str, chunk: Span, names: Sequence[Name], lexicon: Language) -> Name | None:
    """The last name, if it ends the chunk and no preposition governs it."""
    if not names or names[-1].kind == NATIONALITY:
        return None
    last = names[-1]
    tail = text[last.span.end : chunk.end]
    if not _TAIL.match(tail):
        words = [language.lower(word) for word in tail.split()]
        if len(words) == 1 and words[0] in _REPORTS:
            return last if language.lower(_text(text, last)) in lexicon.words["media"] else None
        if re.match(r"['’]", tail) or not words or not all(word in _OUTLETS or word.startswith("(") for word in words):
            return None
    before = [language.lower(word).strip(".,") for word in text[chunk.start : last.span.start].split()]
    if not before:
        return last
    prepositions = lexicon.words["prepositions"] - {"like"}
    if last.kind != PERSON:
        return None if any(word in prepositions for word in before) else last
    at = len(before) - 1
    roles = lexicon.words["titles"]
    while at >= 0 and (before[at] in roles or before[at] in lexicon.words["determiners"] or before[at].endswith("'s")):
        at -= 1
    governed = at >= 0 and before[at] in prepositions
    if governed and before[-1] in roles and any(word in roles for word in before[:at]) and last.kind == PERSON and len(before) - at > 2:
        return last  # "the minister of state Mara Voss": the title runs through the preposition
    return None if governed else last


def _opening(text: str, chunk: Span, names: Sequence[Name], lexicon: Language) -> Name | None:
    """The first name, if only titles stand before it and what follows is no noun that it modifies."""
    if not names or names[0].kind == NATIONALITY:
        return None
    # The first name of a person, or the very first: "Norvanian Prime Minister Mara Voss of …", "state-run Harbor News in …".
    people = [name for name in names[:3] if name.kind == PERSON]
    for name in dict.fromkeys([*people[:1], names[0]]):
        before = [language.lower(word).strip(".,") for word in text[chunk.start : name.span.start].split()]
        if any(word in lexicon.words["prepositions"] for word in before):
            continue
        after = text[name.span.end : chunk.end].split()
        if not after or after[0] in ("'s", "’s", "'", "’") or text[name.span.end : name.span.end + 1] in ("'", "’"):
            continue
        if language.lower(after[0]).strip(",.") in _AFTER_NAME or (
            name.kind == PERSON and " " in _text(text, name) and language.lower(after[0]) in lexicon.words["experts"]
        ):
            return name
    return None


def _text(text: str, name: Name) -> str:
    return " ".join(text[name.span.start : name.span.end].split())
