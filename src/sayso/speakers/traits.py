"""What speaks for a speaker's kind and standing: clues from its mentions and from the words beside its name anywhere in the text.

Always true here: a clue names a class of `data/<code>_speakers.toml`, a small closed word, a shape, or a word that is written in lower case
or listed there, so that no weight is ever learnt for somebody's name; each clue is given once, with the first words that it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from sayso import language
from sayso.attribution.draft import Name
from sayso.document import Document
from sayso.language import Language, Token
from sayso.linear import Clue
from sayso.reading import STANDINGS
from sayso.spans import Span
from sayso.speakers.entities import Entity
from sayso.speakers.parts import Mention, Tokens, bare, capitals, classes, names_role, take_apart

MENTIONS = 12  # of one speaker that are looked at
BEFORE, AFTER = 70, 120  # characters beside a name
_GRAM = 4  # words of the longest listed phrase
_STANDINGS = frozenset(STANDINGS) - {"none"}
_BODIES = frozenset(
    (
        *("organization", "advocacy", "advocate", "company", "business", "party", "government", "country", "nationality", "capital"),
        *("international", "institute", "media", "masthead", "outlet", "armed", "court", "politician", "expert"),
    )
)
_LEADING = frozenset(
    (
        *("president", "vice-president", "chair", "chairman", "chairwoman", "chairperson", "director", "head", "leader", "secretary"),
        *("secretary-general", "chief", "founder", "co-founder", "member", "coordinator", "manager", "officer", "representative"),
        *("deputy", "commissioner", "convener", "treasurer", "dean", "adviser", "advisor"),
    )
)


def clues(document: Document, entity: Entity, names: Sequence[Name] = ()) -> tuple[Clue, ...]:
    """All clues for one speaker, each once."""
    found: dict[str, Clue] = {}
    for name, span in _all(document, entity, names):
        if name not in found:
            found[name] = Clue(name, span)
    return tuple(found.values())


def _all(document: Document, entity: Entity, names: Sequence[Name]) -> Iterator[tuple[str, Span | None]]:
    lexicon = language.load()
    text = document.text
    if entity.kind:
        yield f"names={entity.kind}", None
    canonical = take_apart(entity.name, Span(0, len(entity.name)), lexicon)
    for name, _ in _phrase(entity.name, canonical, lexicon):
        yield name, None
        yield f"canonical {name}", None
    spans = entity.mentions[:MENTIONS]
    held: list[Span] = []
    for span in spans:
        mention = take_apart(text, span, lexicon)
        yield from _phrase(text, mention, lexicon)
        if mention.name:
            held.append(Span(mention.name[0].start, mention.name[-1].end))
        yield from _kinds(mention, names)
    for span in (*held, *occurrences(text, canonical, entity, lexicon)):
        yield from _beside(text, span, lexicon)


def _kinds(mention: Mention, names: Sequence[Name]) -> Iterator[tuple[str, Span]]:
    """What the names head says about the last word of the mention."""
    if mention.head is not None:
        for name in names:
            if name.span.start <= mention.head.start < name.span.end:
                yield f"head is {name.kind}", name.span


def _phrase(text: str, mention: Mention, lexicon: Language) -> Iterator[tuple[str, Span | None]]:
    """Clues from the words of one mention."""
    yield f"determiner={mention.determiner or 'none'}", None
    if mention.head is None:
        return
    head = mention.head
    span = Span(head.start, head.end)
    proper = text[head.start].isupper()
    if mention.name:
        yield from _name(text, mention, lexicon)
    else:
        yield from _words("head", (head,), text, lexicon)
        yield ("head is proper" if proper else "head is common"), span
        if proper and any(text[token.start].isupper() for token in mention.title):
            yield "head is proper with proper title", span
        if bare(head).endswith("s") and not bare(head).endswith("ss"):
            yield "head ends in s", span
        if head.low[:1].isdigit():
            yield "head is a number", span
    yield from _words("title", mention.title, text, lexicon)
    yield from _role(mention.title if mention.name else mention.core, lexicon, mention.owner)
    yield from _role(mention.aside, lexicon)
    if mention.title and mention.name:
        yield "title before name", Span(mention.title[0].start, mention.title[-1].end)
    yield from _listed(mention.core, lexicon)
    yield from _words("owner", mention.owner, text, lexicon)
    if mention.owner:
        yield "owned", Span(mention.owner[0].start, mention.owner[-1].end)
    yield from _words("of", mention.complement, text, lexicon)
    yield from _words("aside", mention.aside[:14], text, lexicon)
    if any(token.low == "and" for token in mention.core):
        yield "and", span


def _name(text: str, mention: Mention, lexicon: Language) -> Iterator[tuple[str, Span | None]]:
    """Clues from the shape of a name."""
    first, last = mention.name[0], mention.name[-1]
    span = Span(first.start, last.end)
    row = [text[token.start : token.end] for token in mention.name]
    yield f"name of {min(len(row), 4)}", span
    yield ("named with article" if mention.determiner == "the" else "named without article"), span
    if len(row[-1]) > 1 and row[-1].removesuffix("’s").removesuffix("'s").isupper():
        yield ("name is acronym" if len(row) == 1 else "name ends in capitals"), span
    if len(row) == 2 and not mention.title and not mention.determiner:
        yield "two names alone", span
    for group in classes(lexicon, bare(last)):
        yield f"name ends in {group}", span
    for group in classes(lexicon, bare(first)):
        yield f"name begins with {group}", span
    if len(row) == 1 and not any(classes(lexicon, bare(token)) for token in mention.name):
        yield "one unknown name", span


def _words(part: str, row: Tokens | Sequence[Token], text: str, lexicon: Language) -> Iterator[tuple[str, Span | None]]:
    """The words of one part, and their classes."""
    for token in row:
        word = bare(token)
        span = Span(token.start, token.end)
        groups = classes(lexicon, word)
        for group in groups:
            yield f"{part}:{group}", span
        if (groups or text[token.start].islower()) and not groups & {
            "outlet",
            "country",
            "capital",
            "nationality",
            "company",
            "party",
            "statesman",
        }:
            yield f"{part}={word}", span


def _role(row: Tokens, lexicon: Language, owner: Tokens = ()) -> Iterator[tuple[str, Span | None]]:
    """The noun that names the role in a title or an apposition, the last that does so before a preposition, and what it is a role in."""
    begin = 1 if row and row[0].low in ("who", "which") else 0
    stop = next((at for at, token in enumerate(row) if at > begin and token.low in lexicon.words["prepositions"]), len(row))
    role = next((token for token in reversed(row[begin:stop]) if classes(lexicon, bare(token)) & _STANDINGS), None)
    if role is None:
        return
    span = Span(role.start, role.end)
    yield f"role={bare(role)}", span
    groups = classes(lexicon, bare(role)) & _STANDINGS
    for group in groups:
        yield f"role:{group}", span
        if len(groups) == 1:
            yield f"role is {group}", span
    around = [token for token in (*owner, *row[begin:stop], *row[stop : stop + 8]) if token is not role]
    bodies = [(group, token) for token in around for group in sorted(classes(lexicon, bare(token)) & _BODIES)]
    for group, token in bodies:
        yield f"role of:{group}", Span(token.start, token.end)
        yield f"role={bare(role)} of:{group}", Span(token.start, token.end)
        if bare(role) in _LEADING:
            yield f"leads:{group}", Span(token.start, token.end)
    if not bodies:
        yield f"role={bare(role)} alone", span


def _listed(row: Tokens, lexicon: Language) -> Iterator[tuple[str, Span | None]]:
    """Listed phrases among the words of the noun phrase: the whole of it, or a part."""
    words = [bare(token) for token in row]
    for size in range(1, min(_GRAM, len(words)) + 1):
        for at in range(len(words) - size + 1):
            for group in classes(lexicon, " ".join(words[at : at + size])):
                span = Span(row[at].start, row[at + size - 1].end)
                if size == len(words):
                    yield f"whole:{group}", span
                elif size > 1:
                    yield f"part:{group}", span


def occurrences(text: str, canonical: Mention, entity: Entity, lexicon: Language) -> tuple[Span, ...]:
    """Where else the name stands: in full, or for a name of several words that name nothing else, its last word."""
    if not canonical.name or entity.kind in ("place", "nationality"):
        return ()
    row = [bare(token) for token in canonical.name]
    ordinary = bool(classes(lexicon, row[-1])) or canonical.determiner == "the"
    found = []
    for start in capitals(text).get(row[-1], ()):
        begin = start
        for word in reversed(row[:-1]):
            before = text[max(0, begin - 2 * len(word) - 2) : begin].rstrip()
            if not language.lower(before).endswith(word):
                break
            begin = begin - (len(text[max(0, begin - 2 * len(word) - 2) : begin]) - len(before)) - len(word)
        if begin == start and len(row) > 1 and ordinary:
            continue
        found.append(Span(begin, start + len(row[-1])))
        if len(found) == MENTIONS:
            break
    return tuple(found)


def _beside(text: str, name: Span, lexicon: Language) -> Iterator[tuple[str, Span | None]]:
    """Clues from the words right before and right after a name."""
    before = language.tokens(text, Span(max(0, name.start - BEFORE), name.start))
    title = title_before(text, before, lexicon)
    yield from _words("title", title, text, lexicon)
    yield from _role(title, lexicon)
    if before and before[-1].low == ",":
        aside = aside_before(before[:-1], lexicon)
        yield from _words("aside", aside, text, lexicon)
        yield from _role(aside, lexicon)
    after = language.tokens(text, Span(name.end, min(len(text), name.end + AFTER)))
    if not after:
        return
    if text[name.end : name.end + 2] in ("'s", "’s"):
        after = [token for token in after if token.start >= name.end + 2]
        yield from _words("has", after[:2], text, lexicon)
        return
    if after[0].low in (",", "(", "—", "–"):
        aside = aside_after(text, after, lexicon)
        yield from _words("aside", aside, text, lexicon)
        yield from _role(aside, lexicon)
    elif after[0].low[0].isalpha():
        yield from _words("next", after[:1], text, lexicon)
        if after[0].low == "of":
            yield from _words("of", after[1:5], text, lexicon)


def title_before(text: str, before: Sequence[Token], lexicon: Language) -> tuple[Token, ...]:
    """The title that stands right before a name; empty if the words there name no role."""
    begin = len(before)
    while begin and len(before) - begin < 8:
        token = before[begin - 1]
        if token.low == "." and begin > 1 and token.start == before[begin - 2].end and names_role(lexicon, before[begin - 2]):
            begin -= 1
            continue
        if not (names_role(lexicon, token) or (text[token.start].isupper() and token.low not in _openers(lexicon)) or token.low == "-"):
            break
        begin -= 1
    title = tuple(token for token in before[begin:] if token.low not in (".", "-"))
    return title if any(names_role(lexicon, token) for token in title) else ()


@lru_cache(maxsize=8)
def _openers(lexicon: Language) -> frozenset[str]:
    """Words that are no title, though they may begin with a capital letter before a name."""
    return lexicon.words["determiners"] | lexicon.words["conjunctions"] | lexicon.words["prepositions"]


def aside_before(before: Sequence[Token], lexicon: Language) -> tuple[Token, ...]:
    """The words back to the last mark, if they name a role: the apposition in "the head of the ministry, NAME"."""
    begin = len(before)
    while begin and before[begin - 1].low not in ',.;:()“”"' and len(before) - begin < 10:
        begin -= 1
    row = tuple(before[begin:])
    begins = bool(row) and (row[0].low in lexicon.words["determiners"] or names_role(lexicon, row[0]))
    return row if begins and any(names_role(lexicon, token) for token in row) else ()


def aside_after(text: str, after: Sequence[Token], lexicon: Language) -> tuple[Token, ...]:
    """The apposition after a name, up to the next mark: "NAME, a professor at Y,"; empty if the words are none."""
    row: list[Token] = []
    for token in after[1:16]:
        if token.low in (",", ";", ")", "—", "–", "“", "”", '"') or (token.low == "." and row and len(row[-1].low) > 4):
            break
        if token.low not in (".", "-", "’", "'"):
            row.append(token)
    if not row:
        return ()
    first = row[0]
    fits = first.low in lexicon.words["determiners"] or first.low in ("who", "one") or names_role(lexicon, first) or first.low.isdigit()
    fits = fits or after[0].low == "(" or (text[first.start].isupper() and any(names_role(lexicon, token) for token in row[:4]))
    return tuple(row[:14]) if fits else ()
