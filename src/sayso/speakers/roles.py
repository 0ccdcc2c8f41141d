"""The role of a speaker and whom it speaks or works for: "Foreign Minister", "senior analyst" of "Harbor Institute".

Always true here: role and affiliation are words of the document in their order, from a title before the name, an apposition after it, or
whose it is ("the Courier's Mara Voss"); whom somebody works for is taken out of the role where it stands before it ("senior FDX analyst");
nothing is added; empty where the text gives none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sayso import language
from sayso.document import Document
from sayso.language import Language, Token
from sayso.spans import Span
from sayso.speakers.beside import AFTER, BEFORE, MENTIONS, aside_after, aside_before, occurrences, title_before, window
from sayso.speakers.entities import Entity
from sayso.speakers.names import capital
from sayso.speakers.parts import ARTICLES, BODIES, Mention, Tokens, bare, classes, names_role, take_apart

COURTESY = frozenset(["mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "the", "late", "former", "prof", "madam"])
_LINKS = frozenset(["of", "at", "for", "from", "with", "in", "to", "on"])
_RANKS = frozenset(["senior", "former", "deputy", "chief", "acting", "veteran", "longtime", "ex", "top", "retired", "then"])
_NAMED_BODIES = frozenset(["country", "international", "institute", "outlet", "party", "armed"])
_LONGEST = 9  # words of a role
_GRAM = 4  # words of the longest listed name


def role_of(document: Document, entity: Entity) -> tuple[str, str]:
    """Role and affiliation; empty strings where the text gives none."""
    lexicon = language.load()
    text = document.text
    canonical = take_apart(entity.name, Span(0, len(entity.name)), lexicon)
    role = affiliation = ""
    for title, aside, owner in _given(text, canonical, entity, lexicon):
        for row in (title, aside):
            told, body = _read(text, row, lexicon)
            role, affiliation = role or told, affiliation or body
        if owner and not affiliation and capital(text[owner[0].start :]):
            affiliation = _words(text, owner).removesuffix("'s").removesuffix("’s")
        if role and affiliation:
            break
    return role, affiliation


def _given(text: str, canonical: Mention, entity: Entity, lexicon: Language) -> Iterator[tuple[Tokens, Tokens, Tokens]]:
    """Title, apposition and owner beside each mention of a named speaker, in order of the text: first what stands in its mentions."""
    if not canonical.name:
        return
    places: list[Span] = []
    for span in entity.mentions[:MENTIONS]:
        mention = take_apart(text, span, lexicon)
        if mention.name:
            yield mention.title, _apposition(text, mention, span, lexicon), mention.owner
            places.append(Span(mention.name[0].start, mention.name[-1].end))
    own = {bare(token) for token in canonical.name}
    for span in (*places, *occurrences(text, canonical, entity, lexicon)):
        before = window(text, max(0, span.start - BEFORE), span.start)
        after = window(text, span.end, span.end + AFTER)
        comma = bool(after) and after[0].low in (",", *ARTICLES)
        while before and bare(before[-1]) in own:
            before.pop()
        yield title_before(text, before, lexicon), aside_after(text, after, lexicon) if comma else (), ()
        if before and before[-1].low == ",":
            yield (), aside_before(before[:-1], lexicon), ()


def _apposition(text: str, mention: Mention, span: Span, lexicon: Language) -> Tokens:
    """What follows the name inside the mention up to the next mark, or "NAME of the Y party"."""
    if mention.complement:
        return ()
    after = language.tokens(text, Span(mention.name[-1].end, min(span.end, mention.name[-1].end + AFTER)))
    return aside_after(text, after, lexicon) if after else ()


def _read(text: str, row: Tokens, lexicon: Language) -> tuple[str, str]:
    """Role and affiliation in a title or an apposition."""
    words = list(row)
    while words and (words[0].low in lexicon.words["determiners"] or words[0].low.isdigit() or bare(words[0]) in COURTESY - {"former"}):
        words.pop(0)
    if not words or words[0].low in ("who", "which") or not any(names_role(lexicon, token) for token in words):
        return "", ""
    at = next((at for at, token in enumerate(words) if at and token.low in _LINKS and _body(text, words[at + 1 :])), len(words))
    role, body = words[:at], _body(text, words[at + 1 :])
    front = _front(text, role, lexicon)
    left = (*role[: front.start], *role[front.stop :])
    told = _words(text, left[:_LONGEST])
    if front.start and told and text[left[-1].start].islower():  # "Senior FDX analyst": the capital was the sentence's
        told = told[0].lower() + told[1:]
    return told, _words(text, body or role[front.start : front.stop]).removesuffix("'s").removesuffix("’s")


def _front(text: str, role: Sequence[Token], lexicon: Language) -> range:
    """Which words of a role name whom it is for: "Harbor Institute analyst", "Senior FDX analyst", "US National Security Advisor"."""
    begin = 0
    while begin < len(role) and bare(role[begin]) in _RANKS:
        begin += 1
    end = begin
    while end < len(role) and text[role[end].start].isupper():
        if names_role(lexicon, role[end]) and not classes(lexicon, bare(role[end])) & BODIES:
            break
        end += 1
    if end == len(role):  # no role is left: the words are a name
        return range(0)
    for size in range(min(_GRAM, len(role) - 1 - begin), 0, -1):
        listed = classes(lexicon, " ".join(bare(token) for token in role[begin : begin + size]))
        if listed & _NAMED_BODIES and text[role[begin].start].isupper():
            return range(begin, begin + size)
    if end > begin and (text[role[-1].start].islower() or text[role[begin].start : role[begin].end].isupper()):
        nationality = classes(lexicon, bare(role[end - 1])) & {"nationality"}
        own = text[role[-1].start].islower() or role[begin].end - role[begin].start > 1
        if not nationality and own:
            return range(begin, end if text[role[-1].start].islower() else begin + 1)
    return range(0)


def _body(text: str, words: Sequence[Token]) -> Sequence[Token]:
    """The capitalized words at the beginning, after an article."""
    begin = 1 if words and words[0].low == "the" else 0
    end = begin
    while end < len(words) and (text[words[end].start].isupper() or (words[end].low in ("of", "for", "and") and end > begin)):
        end += 1
    while end > begin and not text[words[end - 1].start].isupper():
        end -= 1
    return words[begin:end]


def _words(text: str, row: Sequence[Token]) -> str:
    """The words as they stand, with the marks between neighbors."""
    pieces = [text[token.start : token.end] for token in row[:1]]
    for before, token in pairwise(row):
        between = text[before.end : token.start]
        pieces += [between if len(between) < 3 else " ", text[token.start : token.end]]
    return " ".join("".join(pieces).split())
