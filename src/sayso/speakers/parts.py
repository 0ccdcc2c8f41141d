"""One mention taken apart: "Harbor Institute's senior analyst Mara Voss, a former judge" has an owner, a title, a name and an aside.

Always true here: the parts are tokens of the document in order of the text; none is in two parts; a name has no word that names a role
before it; at most `LONGEST` tokens of a mention are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso import language
from sayso.language import Language, Token
from sayso.spans import Span
from sayso.speakers.names import JOINTS, capital

LONGEST = 40  # tokens
ROLES = frozenset(
    ("politician", "official", "spokesperson", "expert", "journalist", "business", "advocate", "witness", "citizen", "person", "family")
)
BODIES = frozenset(
    ("government", "organization", "company", "media", "masthead", "document", "many", "country", "capital", "international")
)
_BREAKS = frozenset((",", "(", ")", "—", "–", ";", ":", "who", "which", "whose", "whom", "where"))
_ENDS = frozenset(
    [
        "of",
        "for",
        "from",
        "in",
        "at",
        "on",
        "with",
        "by",
        "to",
        "about",
        "near",
        "against",
        "inside",
        "across",
        "within",
        "that",
        "close",
        "familiar",
        "involved",
        "including",
        "under",
        "over",
        "behind",
        "after",
        "before",
        "during",
        "as",
        "between",
        "among",
        "according",
        "has",
        "is",
        "was",
        "have",
        "had",
    ]
)
_SMALL = frozenset(
    ("the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your", "such", "another")
)
ARTICLES = frozenset(("a", "an", "another", "the"))
_MARKS = frozenset(".\"“”'‘’*•-")

Tokens = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """The parts of one mention.

    Attributes:
        determiner: its first small word in lower case; empty if there is none.
        owner: whose it is ("Harbor Institute's").
        title: what stands before the name or before the head noun.
        name: the capitalized words at the end that name no role; empty for a description.
        head: the last word of the noun phrase.
        complement: what follows the head with a preposition ("of the ministry").
        aside: what follows after a comma, a bracket or "who".

    """

    determiner: str = ""
    owner: Tokens = ()
    title: Tokens = ()
    name: Tokens = ()
    head: Token | None = None
    complement: Tokens = ()
    aside: Tokens = ()

    @property
    def core(self) -> Tokens:
        """Title, and name or head, in order of the text."""
        return (*self.title, *(self.name or ((self.head,) if self.head else ())))


def bare(token: Token) -> str:
    """The word in lower case without a possessive ending."""
    return token.low.removesuffix("'s").removesuffix("'")


def classes(lexicon: Language, word: str) -> frozenset[str]:
    """What a word tells about who speaks."""
    return lexicon.classes.get(word, frozenset())


def names_role(lexicon: Language, token: Token) -> bool:
    """Whether a word names a role or goes before a name."""
    return bool(classes(lexicon, bare(token)) & ROLES) or bare(token) in lexicon.words["titles"]


def take_apart(text: str, span: Span, lexicon: Language) -> Mention:
    """The parts of the noun phrase at `span`."""
    row = language.tokens(text, Span(span.start, min(span.end, span.start + 12 * LONGEST)))[:LONGEST]
    row = [token for token in row if token.low not in _MARKS]
    stop = next((at for at in range(1, len(row)) if row[at].low in _BREAKS or _apposed(text, row, at)), len(row))
    main, aside = row[:stop], [token for token in row[stop:] if token.low not in _BREAKS or token.low in ("who", "which")]
    determiner = ""
    while len(main) > 1 and (main[0].low in _SMALL or (main[0].low == "all" and main[1].low in _SMALL)):
        determiner = determiner or main[0].low
        main = main[1:]
    end = next((at for at, token in enumerate(main) if at and token.low in _ENDS), len(main))
    core, complement = main[:end], main[end:]
    owners = [at for at, token in enumerate(core[:-1]) if token.low.endswith(("'s", "s'"))]
    owner = core[: owners[-1] + 1] if owners else []
    core = core[len(owner) :]
    if not core:
        return Mention(determiner, aside=tuple(aside))
    begin = len(core)
    while begin and _in_name(text, core[begin - 1], lexicon, last=begin == len(core)):
        begin -= 1
    while begin < len(core) and core[begin].low in JOINTS and not text[core[begin].start].isupper():
        begin += 1
    name = core[begin:]
    title = core[:begin] if name else core[:-1]
    return Mention(determiner, tuple(owner), tuple(title), tuple(name), core[-1], tuple(complement), tuple(aside))


def _apposed(text: str, row: Sequence[Token], at: int) -> bool:
    """Whether an apposition begins here without a comma: "Mara Voss another analyst from …"."""
    return row[at].low in ARTICLES and at >= 2 and all(text[token.start].isupper() for token in row[at - 2 : at])


def _in_name(text: str, token: Token, lexicon: Language, *, last: bool) -> bool:
    if not capital(text[token.start : token.end]):
        return not last and token.low in JOINTS | {"and", "&"}
    return not names_role(lexicon, token) and not (last and classes(lexicon, bare(token)) & BODIES)
