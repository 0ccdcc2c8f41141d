"""What a noun phrase without a name describes: a person's role, a body, a document, several people, or some other thing.

Always true here: the noun that heads it decides, looked up in the language's data and in a few classes of bodies.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from sayso import language
from sayso.attribution.draft import NATIONALITY, PLACE, Name
from sayso.language import Language
from sayso.spans import Span
from sayso.speakers import agreement

_PERSON_GROUPS = (
    "titles",
    "political_titles",
    "official_roles",
    "experts",
    "journalists",
    "business_roles",
    "spokespersons",
    "citizens",
    "advocates",
)
_DEFINITE = re.compile(r"(?:the|this|that|these|those|his|her|its|their|our|said)\s|.*['’]s?\s")
_BARE = re.compile(r"(?:the|this|that)\s([a-z]+)$")
_CALLED = re.compile(
    r"\s((?:[a-z\-]+\s){0,3}?(?:government|authorities|administration|delegation|police|army|military|forces|officials|parliament|embassy|ministry|side|team|court|regime|leadership|negotiators|lawmakers|prosecutors|troops))\b"
)


@lru_cache(maxsize=8)
def _people(lexicon: Language) -> frozenset[str]:
    return frozenset[str]().union(*(lexicon.words[group] for group in _PERSON_GROUPS)) | {
        "leader",
        "man",
        "woman",
        "boy",
        "girl",
        "player",
        "coach",
    }


def sort_of(words: str) -> str:
    """What kind of thing a description describes."""
    lexicon = language.load()
    low = language.lower(words)
    noun = noun_of(low)
    if noun in lexicon.words["documents"] or class_of(noun) == "law" or noun in ("brief", "affidavit", "ruling", "motion", "petition"):
        return "document"
    if agreement.phrase(words).number == agreement.PLURAL:
        return "plural"
    if (
        class_of(noun)
        or noun in lexicon.words["organizations"] | lexicon.words["governments"] | lexicon.words["media"]
        or low.partition(" of ")[0].endswith("think tank")
    ):
        return "body"
    if noun in _people(lexicon) or noun.endswith(("man", "woman", "person", "-old", "ist", "er", "or", "ian", "ant", "ee")):
        return "role"
    return "thing"


_PAPERS = frozenset(
    (
        *("brief", "affidavit", "ruling", "motion", "petition", "lawsuit", "complaint", "suit"),
        *("memo", "testimony", "email", "tweet", "tweets", "speech", "indictment"),
    )
)
_OWNS = re.compile(r"(?:['’]s?)?(?:\s[\w\-]+){1,4}")
_OWNED_BY = re.compile(r"\b([a-z\-]+)(?:\s([a-z\-]+))?\s(?:by|from|of)\s(?:the\s|a\s)?$")
_CLASSES = {
    "medium": "newspaper outlet paper network channel magazine broadcaster station daily weekly website site times post news press journal"
    " herald tribune tv radio media",
    "state": "country nation kingdom republic state capital city island province",
    "government": "government administration regime authorities",
    "ministry": "ministry department office bureau agency commission authority secretariat",
    "institute": "tank institute foundation center centre council group organization organisation ngo charity association university"
    " society watchdog academy",
    "company": "company firm maker giant retailer bank airline carrier manufacturer developer startup inc corp co ltd corporation airlines"
    " group",
    "party": "party bloc movement faction caucus opposition alliance coalition",
    "court": "court tribunal bench panel",
    "union": "union federation league",
    "law": "law act bill legislation measure code ordinance amendment charter constitution",
    "force": "police army military force forces navy troops",
}
_CLASS = {word: name for name, words in _CLASSES.items() for word in words.split()}


GENERIC = frozenset(
    word for name in ("ministry", "company", "court", "party", "government", "institute", "state") for word in _CLASSES[name].split()
)
# What stands in capitals and is no name.
OFFICES = frozenset({"ceo", "cfo", "mp", "mps", "pm", "cm", "dm", "cec", "mep", "meps", "mla", "mlas", "fm"})
# The last words of names of bodies that begin with a place or people.
LAST_WORDS = frozenset(
    (
        *("union", "times", "news", "post", "journal", "daily", "herald", "tribune", "chronicle", "mail", "gazette", "command"),
        *("parliament", "congress", "senate", "army", "navy", "police", "bank", "association", "federation", "committee", "commission"),
        *("university", "college", "institute", "council", "mission", "embassy", "office"),
    )
)


def class_of(noun: str) -> str:
    """What sort of body a noun names; empty if it names none."""
    return _CLASS.get(noun, "")


def bodies(text: str, names: Sequence[Name]) -> list[tuple[Span, str]]:
    """Bodies and groups that are called after a people or a place, with what they are called ("Norvanian police")."""
    found = []
    for name in names:
        if name.kind in (NATIONALITY, PLACE):
            match = _CALLED.match(text, name.span.end, min(len(text), name.span.end + 40))
            if match is not None:
                span = Span(name.span.start, match.end(1))
                found.append((span, " ".join(text[span.start : span.end].split())))
    return found


def documents(text: str, names: Sequence[Name]) -> list[tuple[Span, Name, str]]:
    """Documents that are somebody's, with whose and what they are: "the Harbor Institute's new report", "a letter from Mara Voss"."""
    found = []
    known = _document_nouns(language.load())
    for name in names:
        after = _OWNS.match(text, name.span.end, min(len(text), name.span.end + 60))
        noun = next((match for match in re.finditer(r"[a-z\-]+", after.group()) if match.group() in known), None) if after else None
        if noun is not None:
            found.append((Span(name.span.start, name.span.end + noun.end()), name, noun.group()))
            continue
        begin = max(0, name.span.start - 60)
        before = _OWNED_BY.search(text[begin : name.span.start])
        at = next((group for group in (2, 1) if before is not None and before.group(group) in known), 0)
        if before is not None and at:
            found.append((Span(begin + before.start(at), name.span.end), name, before.group(at)))
    return found


@lru_cache(maxsize=8)
def _document_nouns(lexicon: Language) -> frozenset[str]:
    return frozenset(word for word in lexicon.words["documents"] if " " not in word) | _PAPERS


def lists(text: str, names: Sequence[Name]) -> list[tuple[Span, tuple[Name, ...]]]:
    """Names of one kind that stand in a row: "Ada Brandt, Kofi Mensah and Mara Voss"."""
    found = []
    row: list[Name] = []
    for name in names:
        gap = text[row[-1].span.end : name.span.start] if row else ""
        if row and row[-1].kind == name.kind != NATIONALITY and gap in (", ", " and ", ", and ", " and the ", ", the "):
            row.append(name)
            if "and" in gap:
                found.append((Span(row[0].span.start, name.span.end), tuple(row)))
                row = []
        else:
            row = [name]
    return found


def proper(words: str) -> bool:
    """Whether words may be a name: not only such that say what somebody is ("Vice President", "Ministry")."""
    lexicon = language.load()
    known = _people(lexicon) | GENERIC | OFFICES | lexicon.words["groups"]
    return not all(language.lower(word) in known for word in words.split())


def noun_of(low: str) -> str:
    """The noun that heads a description in lower case."""
    head = re.split(r"\s(?:of|from|in|at|for|with|on|to|by|about|against|between)\s", low, maxsplit=1)[0]
    parts = head.split()
    return re.sub(r"'s?$", "", parts[-1]).strip(".,") if parts else ""


def definite(words: str) -> bool:
    """Whether a description points at somebody known: "the minister", "this report", "Norvania's president", "President"."""
    low = language.lower(words)
    return bool(_DEFINITE.match(low)) or (len(low.split()) <= 2 and words[:1].isupper() and not low.endswith("s"))


def points(words: str) -> bool:
    """Whether words that were left as they stand only point at somebody whom the text must have told of: "she", "the minister"."""
    if agreement.pronoun(words):
        return True
    match = _BARE.match(language.lower(words))
    return match is not None and sort_of(words) in ("role", "body", "document") and class_of(match.group(1)) not in ("government", "force")


def as_name(words: str, names: Sequence[Name]) -> str:
    """A description as the name of who is never named: without "the" before a name, and no capital that only the sentence gave."""
    first = words.split()[0] if words.split() else ""
    if names and language.lower(first) not in language.load().words["determiners"] - {"the"}:
        return re.sub(r"^[Tt]he\s", "", words)
    dated = language.lower(first).partition("'")[0] in language.load().words["days"] | language.load().words["months"]
    if (first[1:].islower() or len(first) == 1) and not dated:
        return words[0].lower() + words[1:]
    return words
