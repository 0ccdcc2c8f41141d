"""How each mention stands in its text: its words, its head, its neighbors, and what these clues tell about it.

Always true here: what is said of a mention rests on its own words and the few beside it, by lists and by small readable models
(`data/pronouns.json`); no parse is needed. A word begins with a capital letter in the models' clues only as a shape, never as itself,
so that they hold no names. Time is linear in the text and the number of mentions.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sayso import language
from sayso.linear import Clue, Linear
from sayso.quotations import quotations
from sayso.spans import Span
from sayso.speakers import agreement, gazetteer
from sayso.speakers.nouns import class_of
from sayso.speakers.standings import title_gender
from sayso.structure import paragraphs

PERSON, BODY, PLACE, MATTER, THING, EVENT, TIME = "person", "body", "place", "matter", "thing", "event", "time"
SUBJECT, OBJECT, OBLIQUE, POSSESSOR, OTHER = "subject", "object", "oblique", "possessor", "other"
SINGULAR, PLURAL = "singular", "plural"
TASKS = ("sort", "role", "number")
LONGEST = 60  # words of a mention that are looked at

_WORD = re.compile(r"[^\W_]+(?:[-‑.&][^\W_]+)*|['’](?:s|m|re|ve|d|ll|t)\b|[^\w\s]")
_STOP = re.compile(r"[.!?…][\"'”’)]*\s+(?=[\"'“‘(]*[^\W\d_a-z])|\n+")
_HELD = re.compile(r"\b(?:[A-Z]|[Mm]rs?|Ms|Dr|St|Prof|Gen|Sen|Rep|Gov|Lt|Col|Capt|Rev|vs|No|Jr|Sr)\s?$")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_AFTER_HEAD = _set(
    "of in on at for from with by to about between against into over under after before among during without within through"
    " toward towards as like than that who whom whose which where when why how whether if because while since until and or"
    " but nor is are was were has have had will would can could , ; : ( ) - – — [ ] / called named including such not"
)
_PARTITIVE = _set(
    "lot lots number couple kind kinds sort sorts type types variety majority group range series bit rest set pair one some"
    " many most all any each few several both none half part dozens hundreds thousands millions plenty"
)
_DETERMINERS = _set(
    "the a an this that these those my your his her its our their some any no every each all both many several few most"
    " another other such what which whose one two three four five six"
)
_DATES = _set(
    "monday tuesday wednesday thursday friday saturday sunday january february april june july august september october november december"
)
_DEFINITE = _set("the this that these those my your his her its our their")


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One mention with what its words tell.

    Attributes:
        span: where it stands.
        words: its words in lower case, the first `LONGEST`.
        head: the word that heads it, in lower case; its last one if it is a name.
        common: whether its head stands in lower case, so that it is hardly a name.
        shape: `pronoun`, `name`, `definite`, `indefinite` or `bare`.
        pronoun: the pronoun's subject form, empty for anything else.
        gender: `m`, `f` or empty.
        key: what other mentions with the same words have too.
        clues: what stands in and beside it, for the small models.
        sort, role: a chance for every sort of thing that it can be, and for each role it can have in its clause.
        plural: the chance that it means several.
        at: the numbers of its first word and of the word after it.
        sentence, paragraph, quotation: the numbers of its sentence, its line, and its quotation (0 outside of any).

    """

    span: Span
    words: tuple[str, ...]
    head: str
    common: bool
    shape: str
    pronoun: str
    gender: str
    key: str
    clues: tuple[Clue, ...]
    sort: Mapping[str, float]
    role: Mapping[str, float]
    plural: float
    at: tuple[int, int]
    sentence: int
    paragraph: int
    quotation: int


@dataclass(slots=True)
class Page:
    """The words, sentences, lines and quotations of a text."""

    text: str
    words: list[str] = field(default_factory=list)
    low: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    quotations: tuple[Span, ...] = ()
    quoted: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        for match in _WORD.finditer(self.text):
            self.words.append(match.group())
            self.starts.append(match.start())
            self.ends.append(match.end())
        self.low = [language.lower(word) for word in self.words]
        self.sentences = [0, *(stop.end() for stop in _STOP.finditer(self.text) if "\n" in stop.group() or not self._held(stop))]
        self.lines = [0, *(match.end() for match in re.finditer(r"\n+", self.text))]
        self.quotations = quotations(self.text, paragraphs(self.text))
        self.quoted = [span.start for span in self.quotations]

    def _held(self, stop: re.Match[str]) -> bool:
        return stop.group()[0] == "." and _HELD.search(self.text, max(0, stop.start() - 8), stop.start()) is not None

    def quotation(self, at: int) -> int:
        """The number of the quotation that holds a place, from 1; 0 if none does."""
        number = bisect_right(self.quoted, at)
        return number if number and at < self.quotations[number - 1].end else 0

    def word(self, number: int) -> str:
        """A word in lower case; `^` and `$` before the first and after the last."""
        return "^" if number < 0 else "$" if number >= len(self.low) else self.low[number]

    def shown(self, number: int) -> str:
        """A word as a clue may hold it: in lower case if it stands so or opens a sentence with a common word, else its shape."""
        word = self.word(number)
        if not 0 <= number < len(self.low) or word == self.words[number] or word in _AFTER_HEAD or word in _DETERMINERS:
            return "#" if word[0].isdigit() else word
        return word if agreement.pronoun(word) else "Aa"


def phrasing(page: Page, span: Span, models: Mapping[str, Linear]) -> Phrasing:
    """What a mention's words tell.

    Args:
        page: the text that it stands in.
        span: where.
        models: one for each of `TASKS`.

    """
    first = bisect_right(page.ends, span.start)
    last = max(first + 1, bisect_left(page.starts, span.end))
    stop = min(last, first + LONGEST, len(page.words))
    words = tuple(page.words[first:stop]) or ("",)
    low = tuple(page.low[first:stop]) or ("",)
    at = _head(low)
    sentence = bisect_right(page.sentences, span.start)
    pronoun = agreement.pronoun(low[0]) if len(low) == 1 or (len(low) == 2 and low[1][0] in "'’") else ""
    kept = [word for word in low if word not in _DETERMINERS and word not in ("'s", "’s", "'", "’")]
    bare = [number for number in range(at + 1) if low[number] not in _DETERMINERS]
    named = bool(bare) and words[at][:1].isupper() and (at > 0 or page.starts[first] != page.sentences[sentence - 1] or _known(low[at]))
    shape = (
        "pronoun"
        if pronoun
        else "definite"
        if low[0] in _DEFINITE and not named
        else "indefinite"
        if low[0] in _DETERMINERS and not named
        else "name"
        if named
        else "bare"
    )
    clues = tuple(Clue(name, span) for name in _clues(page, (first, last), at, words, low, shape, pronoun))
    chances = {task: models[task].probabilities(clues) for task in TASKS if task in models}
    return Phrasing(
        span,
        low,
        low[at],
        words[at] == low[at],
        shape,
        pronoun,
        _gender(words, low, at, shape, pronoun),
        " ".join(kept) if not pronoun else "",
        clues,
        chances.get("sort", {}),
        chances.get("role", {}),
        chances.get("number", {}).get(PLURAL, 0.0),
        (first, last),
        sentence,
        bisect_right(page.lines, span.start),
        page.quotation(span.start),
    )


@lru_cache(maxsize=4096)
def _classes(low: str) -> tuple[str, ...]:
    return tuple(sorted(language.load().classes.get(low, ())))


@lru_cache(maxsize=4096)
def _titled(words: str) -> str:
    return title_gender(words)


@lru_cache(maxsize=4096)
def _known(low: str) -> bool:
    return bool(gazetteer.gender(low) or gazetteer.state(low))


def _head(low: Sequence[str]) -> int:
    """The number of the word that heads a phrase: the last before what goes with it, past "a number of" and the like."""
    begin = 0
    while True:
        end = next((at for at in range(begin + 1, len(low)) if low[at] in _AFTER_HEAD or _opens_clause(low, at, begin)), len(low))
        head = end - 1
        if head > begin and low[head] in ("'s", "’s", "'", "’"):
            head -= 1
        if low[head] in _PARTITIVE and end + 1 < len(low) and low[end] == "of":
            begin = end + 1
            continue
        return head


def _opens_clause(low: Sequence[str], at: int, begin: int) -> bool:
    """Whether a participle or a clause without a link begins here: "people living in", "the one they want"."""
    if at - begin < 1 or at + 1 >= len(low):
        return False
    after = low[at + 1]
    if low[at].endswith(("ing", "ed")):
        return after in _AFTER_HEAD or after in _DETERMINERS
    return low[at] in ("i", "you", "he", "she", "it", "we", "they")


def _gender(words: Sequence[str], low: Sequence[str], at: int, shape: str, pronoun: str) -> str:
    if pronoun:
        return {"he": "m", "she": "f"}.get(pronoun, "")
    own = _titled(" ".join(words[: at + 1]))
    if own or shape != "name":
        return own
    bare = [word for word in low[: at + 1] if word not in language.load().words["titles"] and word != "."]
    return gazetteer.gender(bare[0]) if bare else ""


def _clues(page: Page, at: tuple[int, int], head: int, words: Sequence[str], low: Sequence[str], shape: str, pronoun: str) -> list[str]:
    first, last = at
    found, noun = [f"shape={shape}"], low[head]
    if pronoun:
        found += [f"pronoun={low[0]}"]
    elif words[head] == noun and noun.isalpha():
        found += [f"head={noun}", f"ends={noun[-3:]}", f"ends={noun[-2:]}", f"ends={noun[-1:]}"]
        if head and words[head - 1] == low[head - 1] and low[head - 1].isalpha() and low[head - 1] not in _DETERMINERS:
            found.append(f"before head={low[head - 1]}")
    else:
        capitals = sum(word[:1].isupper() for word in words[: head + 1])
        found += [
            f"capitals={min(capitals, 4)}",
            f"name ends={noun[-1:]}" if noun.isalpha() else "digits" if noun[:1].isdigit() else "mark",
        ]
        if words[head].isupper() and len(noun) > 1:
            found.append("acronym")
        given = next((gazetteer.gender(word) for word in low[: head + 1] if gazetteer.gender(word)), "")
        if given:
            found.append(f"given {given}")
        if gazetteer.state(noun) or gazetteer.state(" ".join(low[: head + 1])):
            found.append(f"state {gazetteer.use(noun)}")
    found += [f"class={name}" for name in _classes(noun)]
    if head:
        found += [f"class={name}" for name in _classes(f"{low[head - 1]} {noun}")] + [f"first class={name}" for name in _classes(low[0])]
    if noun in _DATES:
        found.append("date")
    if class_of(noun):
        found.append(f"body={class_of(noun)}")
    if head and _titled(" ".join(words[: head + 1])):
        found.append("title")
    if low[0] in _DETERMINERS:
        found.append(f"determiner={low[0]}")
    if "and" in low[: head + 6] and not pronoun:
        found.append("joined" if "of" not in low[: low.index("and")] else "joined later")
    if low[-1] in ("'s", "’s"):
        found.append("ends in 's")
    if head + 1 < len(low):
        found.append(f"after head={page.shown(first + head + 1)}")
    found.append(f"length={min(len(low), 3) if len(low) < 4 else 'some' if len(low) < 9 else 'long'}")
    one, two, three, four = page.shown(first - 1), page.shown(first - 2), page.shown(last), page.shown(last + 1)
    found += [f"before={one}", f"second before={two}", f"after={three}", f"second after={four}"]
    for place, word in (("before", one), ("after", three)):
        if word.isalpha() and word.islower() and len(word) > 3:
            found.append(f"{place} ends={word[-2:]}")
            if word in language.load().verbs:
                found.append(f"{place}: verb that hands over")
    start = bisect_right(page.sentences, page.starts[first]) if first < len(page.starts) else 0
    since = first - bisect_left(page.starts, page.sentences[start - 1]) if start else 0
    found.append(f"since sentence begins={since if since < 3 else 'some' if since < 8 else 'far'}")
    return found
