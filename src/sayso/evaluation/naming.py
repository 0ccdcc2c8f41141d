"""When two names of a speaker are one: what a figure about names counts as right, fixed here so that nothing else can move it.

Always true here: both relations are symmetric, hold of a name and itself, and look at nothing but the two names, whether a person is
meant, and whether it is a name or a description.

`same_words`: the same words in the same order, aside from capitals, accents, punctuation, articles, possessive endings, what stands in
brackets, and, of a person, courtesy titles and titles of office ("the Norvanian Institute (NI)" and "Norvanian institute"; "Mayor Mara
Voss" and "Mara Voss"). `same_speaker`: that, or the same words in another order ("government of Norvania", "Norvanian government"), or one
name within the other under the same head ("Mara Voss", "Mara L. Voss"; "a spokesman for the port", "spokesman"). What is short of a name
is none: "Voss" is not "Mara Voss", nor is "Mara Voss" "the Mara Voss campaign", nor are "Ada and Ben" "Ben".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sayso.reading import Source

Words = tuple[str, ...]

_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_POSSESSIVE = re.compile(r"(?<=\w)'s\b|(?<=s)'(?!\w)")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "ʼ": "'", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
_INITIALS = re.compile(r"\b(\w) (?=\w\b)")
_DOTS = re.compile(r"(?<=\w)\.(?=\w\b)")
_WORD = re.compile(r"\w+")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ARTICLES = _set("the a an")
_OFFICES = _set(
    """mr mrs ms miss madam dr prof professor sir dame lord lady rev reverend hon honorable st saint excellency
    president premier minister chancellor senator sen representative rep congressman congresswoman governor gov mayor secretary
    ambassador envoy judge justice king queen prince princess pope bishop archbishop cardinal pastor imam ayatollah sheikh rabbi general gen
    colonel col major maj captain capt lieutenant lt sergeant sgt admiral adm marshal commander chief chairman chairwoman chairperson chair
    director speaker leader spokesman spokeswoman spokesperson analyst expert journalist reporter correspondent editor lawyer attorney
    activist coach sheriff superintendent inspector officer detective deputy mp lawmaker councillor commissioner prosecutor economist"""
)
_BEFORE_OFFICES = _set(
    """former ex then acting interim senior deputy vice prime first foreign defense defence interior home finance health justice trade
    energy education environment chief press state us national"""
)
_SMALL = _set("the a an of in on at for from with by to and or but who which that its his her their our my")
_HEAD_ENDS = _set("of in on at for from with by to about against near close familiar who which that whose")  # after a noun, no part of it
_QUANTIFIERS = _set("some many several most other others few these those this all any unnamed anonymous certain various")
_PARTICLES = _set("al el bin ibn ben de del da di dos du la le van von der den jr sr ii iii iv")  # alone they make no name fuller
_MEDIA_NOUNS = _set("news agency newspaper daily weekly magazine website network channel television tv radio broadcaster outlet")
_ENDINGS = ("ians", "ian", "ans", "ese", "ish", "an", "ia", "es", "ey", "is", "s", "n", "a", "i", "e", "y")
_LEAST_STEM = 4


@lru_cache(maxsize=4096)
def words(name: str, person: bool = False) -> Words:
    """The words of a name that count for `same_words`; a name that holds nothing else keeps its articles, titles and brackets."""
    text = unicodedata.normalize("NFKD", name.casefold().translate(_APOSTROPHES))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    kept = _WORD.findall(_flat(_BRACKETS.sub(" ", text))) or _WORD.findall(_flat(text)) or [text]
    bare = [word for word in kept if word not in _ARTICLES] or kept
    return tuple(_without_title(bare) if person else bare)


def _flat(text: str) -> str:
    text = _DOTS.sub("", _POSSESSIVE.sub("", text)).replace("'", "").replace(".", " ")
    return _INITIALS.sub(r"\1", " ".join(_WORD.findall(text)))


def _without_title(row: list[str]) -> list[str]:
    """Without the titles that stand before a name, in runs such as "former prime minister"; not those before "of" or "for", or alone."""
    at = 0
    for number, word in enumerate(row[:-1]):
        if word in _OFFICES and row[number + 1] not in _SMALL:
            at = number + 1
        elif word not in _BEFORE_OFFICES:
            break
    return row[at:]


def same_words(one: Source, other: Source) -> bool:
    """Whether both have the same name, written in whatever way."""
    person = "person" in (one.kind, other.kind)
    return words(one.name, person) == words(other.name, person)


def same_speaker(one: Source, other: Source) -> bool:
    """Whether both names are names of the same speaker, the one maybe fuller than the other; joint speakers are compared one by one."""
    if same_words(one, other) or _short_for(one.name, other.name) or _short_for(other.name, one.name):
        return True
    person = "person" in (one.kind, other.kind)
    ours, theirs = _apart(words(one.name, person)), _apart(words(other.name, person))
    named = one.named or other.named
    return len(ours) == len(theirs) and all(_fuller(a, b, named) for a, b in zip(ours, theirs, strict=True))


def _short_for(one: str, other: str) -> bool:
    """Whether one name is the acronym of the other: "the U.N." of "United Nations"."""
    letters = re.sub(r"^(?i:the)\s+|[.\s]", "", one)
    initials = [word[0] for word in _WORD.findall(_BRACKETS.sub(" ", other)) if word[0].isupper() and word.casefold() not in _ARTICLES]
    return len(letters) > 1 and letters.isupper() and letters == "".join(initials)


def _apart(row: Words) -> list[Words]:
    """The names that "and" joins; what stands between is never empty."""
    parts: list[list[str]] = [[]]
    for word in row:
        if word == "and" and parts[-1]:
            parts.append([])
        else:
            parts[-1].append(word)
    return [tuple(part) for part in parts]


def _fuller(a: Words, b: Words, named: bool) -> bool:
    """Whether two rows hold the same words, or one holds all of the other's, of a name at least two, under the same head."""
    ours, theirs = _content(a), _content(b)
    if ours == theirs:
        return True
    short = min(ours, theirs, key=len)
    enough = len(short - _PARTICLES) >= 2 if named else bool(short)
    return enough and (ours <= theirs or theirs <= ours) and _head(a) == _head(b)


def _content(row: Words) -> frozenset[str]:
    """The stems of the words that say who it is."""
    kept = [word for word in row if word not in _SMALL and word not in _QUANTIFIERS and word not in _MEDIA_NOUNS]
    return frozenset(map(_stem, kept or row))


def _head(row: Words) -> str:
    """The stem of the noun that the others belong to: the last one before "of", "who" and the like."""
    end = next((at for at, word in enumerate(row) if at and word in _HEAD_ENDS), len(row))
    while end > 1 and row[end - 1] in _MEDIA_NOUNS:
        end -= 1
    return _stem(row[end - 1])


def _stem(word: str) -> str:
    """A word without its ending, so that a land and its people, one and many, fall together; never shorter than four letters."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return word[: -len(ending)]
    return word


def stands_in(speaker: Source, text: str) -> bool:
    """Whether a text gives all words of a speaker's name; where it does not, the name is somebody's knowledge of the world."""
    return _content(words(speaker.name, speaker.kind == "person")) <= _stems(text)


@lru_cache(maxsize=256)
def _stems(text: str) -> frozenset[str]:
    return frozenset(map(_stem, words(text)))


def names_speaker(phrase: str, speaker: Source) -> bool:
    """Whether a source phrase holds (part of) the speaker's name, or its acronym; "she", "the ministry", "our" do not.

    Part of a name is a word with a capital letter that the name holds with a capital letter, titles aside; an acronym are the name's
    initials, or what it holds in brackets.
    """
    own = _capitals(speaker.name) - (_OFFICES if speaker.kind == "person" else frozenset())
    letters = "".join(word[0] for word in re.findall(r"[^\W\d_][\w’'.\-]*", speaker.name) if word[0].isupper()).casefold()
    spoken = _capitals(phrase)
    return bool(own & spoken) or (len(letters) > 1 and letters in spoken)


def _capitals(phrase: str) -> frozenset[str]:
    row = re.findall(r"[^\W_]+", _POSSESSIVE.sub("", phrase.translate(_APOSTROPHES)).replace(".", ""))
    return frozenset(word.casefold() for word in row if not word[0].islower()) - _SMALL
