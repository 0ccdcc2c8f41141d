"""The role of a speaker and whom it speaks or works for: "Foreign Minister", "senior analyst" of "Harbor Institute".

Always true here: role and affiliation are words of the document as they stand, from a title before the name, an apposition after it, or
whose it is ("the Courier's Mara Voss"); nothing is put together, nothing is looked up; empty where the text gives none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso import language
from sayso.document import Document
from sayso.language import Language, Token
from sayso.spans import Span
from sayso.speakers.entities import Entity
from sayso.speakers.names import capital
from sayso.speakers.parts import Mention, Tokens, bare, classes, names_role, take_apart
from sayso.speakers.traits import AFTER, BEFORE, MENTIONS, aside_after, aside_before, occurrences, title_before

COURTESY = frozenset(["mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "the", "late", "former", "prof", "madam"])
_LINKS = frozenset(["of", "at", "for", "from", "with", "in", "to", "on"])
_LONGEST = 9  # words of a role


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
    for span in (*places, *occurrences(text, canonical, entity, lexicon)):
        before = language.tokens(text, Span(max(0, span.start - BEFORE), span.start))
        after = language.tokens(text, Span(span.end, min(len(text), span.end + AFTER)))
        comma = bool(after) and after[0].low == ","
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
    if not body:  # "Harbor Institute analyst": names before the role are whom it works for
        lead = next((at for at, token in enumerate(role) if names_role(lexicon, token) or not text[token.start].isupper()), 0)
        front = role[:lead]
        if front and lead < len(role) and not classes(lexicon, bare(front[-1])) & {"nationality"}:
            return _words(text, role[:_LONGEST]), _words(text, front).removesuffix("'s").removesuffix("’s")
    return _words(text, role[:_LONGEST]), _words(text, body)


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
    return " ".join(text[row[0].start : row[-1].end].split()) if row else ""
