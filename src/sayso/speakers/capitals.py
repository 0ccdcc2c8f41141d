"""Names by their capital letters, for texts in which no network looked for names.

Always true here: the names are disjoint and in order of the text, hold no title, article or possessive, and one pass finds them; a text
that stands in capitals altogether has none, because there they tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso import language
from sayso.attribution.draft import NATIONALITY, ORGANIZATION, PERSON, PLACE, Name
from sayso.language import Language
from sayso.spans import Span
from sayso.speakers import gazetteer
from sayso.speakers.names import JOINTS
from sayso.structure import is_hard_wrapped

LONGEST = 14  # words in one name
_WORD = re.compile(r"(?:[A-Z]\.)+(?:[A-Z]\b)?|[^\W_][\w’'‑\-&]*")
_POSSESSIVE = re.compile(r"(?:['’]s?|['’]S)$")
_LINKS = frozenset({"of", "for", "on", "the", "and", "to", "against", "in"})
_ABBREVIATED = frozenset(
    {"mr", "mrs", "ms", "dr", "sen", "rep", "gov", "gen", "col", "lt", "maj", "capt", "sgt", "adm", "rev", "prof", "st"}
)
_SENTENCE_WORDS = frozenset(
    [
        "according",
        "there",
        "here",
        "what",
        "citing",
        "asked",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "dozens",
        "hundreds",
        "thousands",
    ]
)
_MORE_TITLES = frozenset(
    {"advisor", "adviser", "commissioner", "legislator", "councillor", "economist", "envoy", "prosecutor", "administrator"}
)
_STOP = re.compile(r"[.!?…:\n\"“”‘(\[]\s*$")


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    closed: bool
    """Whether a possessive ends the name here."""

    @property
    def low(self) -> str:
        return language.lower(self.text)


def shouted(text: str) -> bool:
    """Whether a text stands in capitals: most of its letters, and more than a headline's worth."""
    letters = sum(map(str.isalpha, text))
    return letters > 0 and sum(map(str.isupper, text)) > 0.6 * letters


def find(text: str) -> tuple[Name, ...]:
    """All names in a text by their capitals, with a kind guessed from their words."""
    if shouted(text):
        return ()
    lexicon = language.load()
    wrapped = is_hard_wrapped(text)
    plain = {match.group() for match in re.finditer(r"\b[a-z][\w’'\-]*", text)}
    runs: list[list[_Word]] = []
    previous: _Word | None = None
    linked: list[_Word] = []
    for match in _WORD.finditer(text):
        bare = _POSSESSIVE.sub("", match.group())
        word = _Word(match.start(), match.start() + len(bare), bare, bare != match.group())
        if not bare:
            continue
        near = previous is not None and (not previous.closed or bare == "Office") and _joined(text, previous, word, wrapped)
        if word.text[0].isupper():
            run = runs[-1] if runs else []
            if near and run and (not linked or _may_link(run, linked, lexicon)) and len(run) + len(linked) < LONGEST:
                run.extend([*linked, word])
            else:
                runs.append([word])
            linked = []
        elif near and runs and (word.low in JOINTS or word.low in _LINKS) and len(linked) < 3:
            linked.append(word)
        else:
            linked = []
            previous = None
            continue
        previous = word
    found: list[Name] = []
    for run in runs:
        found.extend(_names(text, run, lexicon, plain))
    people = {part for name in found if name.kind == PERSON for part in text[name.span.start : name.span.end].split()}
    return tuple(
        Name(name.span, PERSON) if name.kind == ORGANIZATION and text[name.span.start : name.span.end] in people else name for name in found
    )


def _joined(text: str, left: _Word, right: _Word, wrapped: bool) -> bool:
    """Whether only white space (a line break only in hard-wrapped text) or the full stop of an abbreviation stands between two words."""
    gap = text[left.end : right.start]
    if gap == " & ":
        return True
    if left.closed:
        gap = re.sub(r"^['’]s?", "", gap)
    if len(gap) > 12 or gap.count("\n") > wrapped:
        return False
    if gap.isspace():
        return True
    return gap.strip() == "." and (left.low in _ABBREVIATED or len(left.text) == 1) and len(gap) > 1


def _may_link(run: Sequence[_Word], linked: Sequence[_Word], lexicon: Language) -> bool:
    """Whether small words go on with a name: "van", or "of" and "for" after the word for a body, "and" only after one of those."""
    small = [word.low for word in linked]
    if all(word in JOINTS for word in small):
        return True
    bodies = _bodies(lexicon)
    if small[0] in ("of", "for", "on", "to", "against"):
        return any(word.low in bodies for word in run) and all(word in ("of", "for", "on", "the", "to", "against") for word in small)
    return small == ["and"] and any(word.low in ("of", "for") for word in run) and any(word.low in bodies for word in run)


@lru_cache(maxsize=8)
def _bodies(lexicon: Language) -> frozenset[str]:
    return (
        lexicon.words["organizations"]
        | lexicon.words["governments"]
        | {"office", "college", "authority", "forces", "news", "press", "times", "service"}
    )


@lru_cache(maxsize=8)
def _openers(lexicon: Language) -> frozenset[str]:
    groups = ("prepositions", "conjunctions", "determiners", "pronouns", "adverbs", "days", "months", "contracted", "auxiliaries")
    return frozenset[str]().union(*(lexicon.words[group] for group in groups)) - {"us"} | _SENTENCE_WORDS


def _names(text: str, run: Sequence[_Word], lexicon: Language, plain: set[str]) -> list[Name]:
    """The names in one run of words with capitals: titles split it, sentence openers go."""
    titles = lexicon.words["titles"] | _MORE_TITLES
    bodies = _bodies(lexicon)
    words = list(run)
    while words and words[0].low.strip(".") in _openers(lexicon) and not (len(words[0].text) > 1 and words[0].text.isupper()):
        words.pop(0)
    # A word that opens a sentence and stands in lower case elsewhere got its capital from the sentence.
    common = words and (words[0].low in plain or (len(run) == 1 and words[0].low in lexicon.words["groups"]))
    if common and words[0] is run[0] and _STOP.search(text[max(0, words[0].start - 3) : words[0].start] or "\n"):
        words.pop(0)
    pieces: list[list[_Word]] = [[]]
    office = False  # inside "Secretary of State", "Minister of Roads and Dams"
    for at, word in enumerate(words):
        body_follows = any(other.low in bodies for other in words[at + 1 :])
        linked = at > 0 and not words[at - 1].text[0].isupper()  # "Ministry of Finance"
        if word.low in ("secretary", "minister") and at + 2 < len(words) and words[at + 1].low == "of":
            pieces.append([])
            office = True
        elif office and (not word.text[0].isupper() or linked):
            pass
        elif word.low.strip(".") in titles and not body_follows and not linked:
            pieces.append([])
            office = False
        else:
            pieces[-1].append(word)
    named = []
    for number, piece in enumerate(pieces):
        while piece and not piece[0].text[0].isupper():
            piece.pop(0)
        while piece and (not piece[-1].text[0].isupper() or piece[-1].low in lexicon.words["days"] | lexicon.words["months"]):
            piece.pop()
        if piece:
            named.append(Name(Span(piece[0].start, piece[-1].end), _kind(text, piece, number > 0, lexicon)))
    return named


def _kind(text: str, words: Sequence[_Word], titled: bool, lexicon: Language) -> str:
    whole = " ".join(word.text for word in words)
    use = gazetteer.use(whole)
    if use:
        return NATIONALITY if use == gazetteer.PEOPLE else PLACE
    low = language.lower(whole)
    if any(word.low in _bodies(lexicon) for word in words) or low in lexicon.words["media"]:
        return ORGANIZATION
    if low in lexicon.words["places"]:
        return PLACE
    if any(word.low in _LINKS for word in words) or whole.isupper() or "&" in text[words[0].start : words[-1].end]:
        return ORGANIZATION
    if len(words) == 1:
        following = text[words[0].end : words[0].end + 20].split()
        return PERSON if titled or (following and following[0] in lexicon.verbs and not words[0].closed) else ORGANIZATION
    return PERSON if len(words) <= 5 and (not words[0].text.isupper() or len(words[0].text.replace(".", "")) < 3) else ORGANIZATION
