"""What speaks for a speaker's kind and standing: clues from its mentions and from the words beside its name anywhere in the text.

Always true here: a clue names a class of `data/<code>_speakers.toml`, a small closed word, a shape, or a word that is written in lower case
or listed there, so that no weight is ever learnt for somebody's name; each clue is given once, with the first words that it rests on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sayso import language
from sayso.attribution.draft import Name
from sayso.document import Document
from sayso.language import Language, Token
from sayso.linear import Clue
from sayso.reading import STANDINGS
from sayso.spans import Span
from sayso.speakers.beside import AFTER, BEFORE, MENTIONS, aside_after, aside_before, occurrences, title_before, window, words
from sayso.speakers.entities import Entity
from sayso.speakers.parts import ARTICLES, Mention, Tokens, bare, classes, take_apart

PLACES = 16  # of its name beside which words are looked at
OPENING = 4_000  # words of an article that tell what it is about
_GRAM = 4  # words of the longest listed phrase
_STANDINGS = frozenset(STANDINGS) - {"none"}
_BODIES = frozenset(
    (
        *("organization", "advocacy", "advocate", "company", "business", "party", "government", "country", "nationality", "capital"),
        *("international", "institute", "media", "masthead", "outlet", "armed", "court", "politician", "expert"),
    )
)
KNOWN = {"statesman": "politician", "functionary": "official", "briefer": "spokesperson", "tycoon": "business"}  # people listed by name
_PROPER = frozenset(("outlet", "country", "capital", "nationality", "company", "party", "statesman", "functionary", "tycoon", "briefer"))
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
    firsts = [next((clue for clue in found.values() if clue.name.startswith(sort)), None) for sort in ("role=", "role is ")]
    told = [Clue(f"first {clue.name}", clue.span) for clue in firsts if clue is not None] or [Clue(f"no role {entity.kind or 'nor name'}")]
    return (*found.values(), *told, *topics(document.text))


def _all(document: Document, entity: Entity, names: Sequence[Name]) -> Iterator[tuple[str, Span | None]]:
    lexicon = language.load()
    text = document.text
    if entity.kind:
        yield f"names={entity.kind}", None
    canonical = take_apart(entity.name, Span(0, len(entity.name)), lexicon)
    for name, _ in _phrase(entity.name, canonical, lexicon):
        yield name, None
        yield f"canonical {name}", None
    yield f"spoken of {_often(len(entity.mentions))}", None
    beside: dict[Span, None] = {}
    read: set[str] = set()
    for span in entity.mentions[:MENTIONS]:
        told = text[span.start : span.end]
        mention = take_apart(text, span, lexicon)
        if told not in read:
            yield from _phrase(text, mention, lexicon)
            read.add(told)
        if mention.name:
            beside[Span(mention.name[0].start, mention.name[-1].end)] = None
        yield from _kinds(mention, names)
    beside |= dict.fromkeys(occurrences(text, canonical, entity, lexicon))
    for span in list(beside)[:PLACES]:
        yield from _beside(text, span, lexicon)


def _often(mentions: int) -> str:
    return "often" if mentions > 5 else "again" if mentions > 2 else "once"


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
        if (groups or text[token.start].islower()) and not groups & _PROPER:
            yield f"{part}={word}", span


def _role(row: Tokens, lexicon: Language, owner: Tokens = ()) -> Iterator[tuple[str, Span | None]]:
    """The noun that names the role in a title or an apposition, the last that does so before a preposition, and what it is a role in."""
    begin = 1 if row and row[0].low in ("who", "which") else 0
    stop = next((at for at, token in enumerate(row) if at > begin and token.low in lexicon.words["prepositions"]), len(row))
    role = next((token for token in reversed(row[begin:stop]) if classes(lexicon, bare(token)) & _STANDINGS), None)
    if role is None:
        return
    span, word, groups = _office(row, role, lexicon)
    yield f"role={word}", span
    for group in groups:
        yield f"role:{group}", span
        if len(groups) == 1:
            yield f"role is {group}", span
    around = [token for token in (*owner, *row[begin:stop], *row[stop : stop + 8]) if token is not role]
    bodies = [(group, token) for token in around for group in sorted(classes(lexicon, bare(token)) & _BODIES)]
    for group, token in bodies:
        yield f"role of:{group}", Span(token.start, token.end)
        yield f"role={word} of:{group}", Span(token.start, token.end)
        if bare(role) in _LEADING:
            yield f"leads:{group}", Span(token.start, token.end)
    if not bodies:
        yield f"role={word} alone", span


def _office(row: Tokens, role: Token, lexicon: Language) -> tuple[Span, str, frozenset[str]]:
    """The words that name an office, as listed ("press secretary") or one word, and the standings they tell."""
    at = row.index(role)
    for begin, end in ((max(0, at - 2), at + 1), (max(0, at - 1), at + 1), (at, at + 2)):
        phrase = " ".join(bare(token) for token in row[begin:end])
        groups = classes(lexicon, phrase) & _STANDINGS
        if " " in phrase and groups:
            return Span(row[begin].start, row[min(end, len(row)) - 1].end), phrase, groups
    return Span(role.start, role.end), bare(role), classes(lexicon, bare(role)) & _STANDINGS


def _listed(row: Tokens, lexicon: Language) -> Iterator[tuple[str, Span | None]]:
    """Listed phrases among the words of the noun phrase: the whole of it, or a part."""
    listed = [bare(token) for token in row]
    for size in range(1, min(_GRAM, len(listed)) + 1):
        for at in range(len(listed) - size + 1):
            for group in classes(lexicon, " ".join(listed[at : at + size])):
                span = Span(row[at].start, row[at + size - 1].end)
                if group in KNOWN:
                    yield f"role is {KNOWN[group]}", span
                if size == len(listed):
                    yield f"whole:{group}", span
                elif size > 1:
                    yield f"part:{group}", span


def _beside(text: str, name: Span, lexicon: Language) -> Iterator[tuple[str, Span | None]]:
    """Clues from the words right before and right after a name."""
    before = window(text, max(0, name.start - BEFORE), name.start)
    title = title_before(text, before, lexicon)
    yield from _near(before, lexicon)
    yield from _words("title", title, text, lexicon)
    yield from _role(title, lexicon)
    if before and before[-1].low == ",":
        aside = aside_before(before[:-1], lexicon)
        yield from _words("aside", aside, text, lexicon)
        yield from _role(aside, lexicon)
    after = window(text, name.end, name.end + AFTER)
    if not after:
        return
    yield from _near(after[:20], lexicon)
    if text[name.end : name.end + 2] in ("'s", "’s"):
        after = [token for token in after if token.start >= name.end + 2]
        yield from _words("has", after[:2], text, lexicon)
        return
    if after[0].low in (",", "(", "—", "–", *ARTICLES):
        aside = aside_after(text, after, lexicon)
        second = after[1] if len(after) > 1 else after[0]
        if after[0].low == "," and second.low.isdigit() and len(second.low) == 2:
            yield "age beside the name", Span(second.start, second.end)
        if after[0].low == "(" and second.low.startswith(("r-", "d-", "i-", "r–", "d–")):
            yield "party beside the name", Span(second.start, second.end)
        yield from _words("aside", aside, text, lexicon)
        yield from _role(aside, lexicon)
    elif after[0].low[0].isalpha():
        yield from _words("next", after[:1], text, lexicon)
        if after[0].low == "of":
            yield from _words("of", after[1:5], text, lexicon)


def _near(row: Sequence[Token], lexicon: Language) -> Iterator[tuple[str, Span | None]]:
    """What words near a name tell, whether or not they are said of it."""
    for token in row:
        for group in classes(lexicon, bare(token)) & _STANDINGS:
            yield f"near:{group}", Span(token.start, token.end)


@lru_cache(maxsize=4)
def topics(text: str) -> tuple[Clue, ...]:
    """Whom an article is about: of its words that tell a standing, each standing's share in [0, 1]."""
    lexicon = language.load()
    counts = Counter(group for token in words(text)[0][:OPENING] for group in lexicon.classes.get(token.low, frozenset()) & _STANDINGS)
    return tuple(Clue(f"article about:{group}", None, round(count / counts.total(), 3)) for group, count in sorted(counts.items()))
