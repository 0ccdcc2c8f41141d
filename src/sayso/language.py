"""One language as data: which words hand content over, what they mean, and where sentences and words begin and end.

Always true here: all knowledge of a language stands in `data/<code>.toml`; the values built from it are frozen; words are compared in lower
case with straight apostrophes; sentences cover their paragraph exactly, so that joined together they give it back.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from sentencex import get_sentence_boundaries

from sayso.errors import UsageError
from sayso.spans import Span, trim
from sayso.structure import paragraphs

_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|(?:\b[A-Za-z]\.){2,}|\w+(?:[’'\-‑]\w+)*|[^\w\s]")
_HELD = re.compile(
    r"(?:\b[ap]\.m|\b(?:Sen|Rep|Gov|Gen|Col|Lt|Maj|Capt|Sgt|Adm|Rev|Prof|Dr|Mr|Mrs|Ms|St|No|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec)|\b[A-Z])\.\s*$"
)
_MERIDIEM = re.compile(r"\b[ap]\.m\.\s*$", re.IGNORECASE)
_INITIALISM = re.compile(r"(?:\b[A-Z]\.){2,}\s*$")
STRETCH = 20_000  # characters that the segmenter gets at a time
_BLANKS = re.compile(r"[\r\n\t\v\f\x1c-\x1f\x85\u2028\u2029]")

BASE, THIRD, GERUND, PAST = "base", "third", "gerund", "past"
_FORM_NAMES = (BASE, THIRD, GERUND, PAST)


@dataclass(frozen=True, slots=True)
class Cue:
    """One sense of a word that hands content over, with the labels that it gives by itself.

    Attributes:
        lemma: the base form.
        frames: for verbs, what may follow (see the data file); for nouns and adjectives, the linking words.
        particles: words of which one must follow and then belongs to the cue; empty if none must.

    """

    lemma: str
    frames: frozenset[str]
    particles: frozenset[str] = frozenset()
    attitude: str = "assertion"
    polarity: str = "affirms"
    outlet_stance: str = "acknowledges"
    commitment: str = "certain"


class VerbForm(NamedTuple):
    """A cue verb as it stands in a text."""

    cue: Cue
    form: str


class Token(NamedTuple):
    """A word or a single mark: where it stands, and how it reads in lower case."""

    start: int
    end: int
    low: str


@dataclass(frozen=True, slots=True, eq=False)  # one value per language: known by identity, so that it can be a key
class Language:
    """The data of one language. `verbs`, `nouns` and `adjectives` give the senses of each form, those with particles first."""

    code: str
    name: str
    verbs: Mapping[str, tuple[VerbForm, ...]]
    nouns: Mapping[str, tuple[Cue, ...]]
    adjectives: Mapping[str, tuple[Cue, ...]]
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What a word or phrase in lower case tells about who speaks: `politician`, `country` … (`data/<code>_speakers.toml`)."""


def _sense(group: Mapping[str, object], lemma: str, frames: str) -> Cue:
    def words(key: str) -> frozenset[str]:
        value = group.get(key, [])
        return frozenset(map(str, value)) if isinstance(value, list) else frozenset()

    def label(key: str, default: str) -> str:
        return str(group.get(key, default))

    return Cue(
        lemma,
        words(frames),
        words("particles"),
        attitude=label("attitude", "assertion"),
        polarity=label("polarity", "affirms"),
        outlet_stance=label("outlet_stance", "acknowledges"),
        commitment=label("commitment", "certain"),
    )


@lru_cache(maxsize=8)
def load(code: str = "en") -> Language:
    """The language with that ISO 639-1 code.

    Raises:
        UsageError: if there is no data for it.

    """
    source = resources.files("sayso").joinpath("data", f"{code}.toml")
    if not code.isalpha() or not source.is_file():
        raise UsageError(f"no data for the language {code!r}: use 'en'")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    verbs: dict[str, list[VerbForm]] = {}
    for group in data["verbs"]:
        for entry in group["words"]:
            forms = entry.split()
            sense = _sense(group, forms[0], "frames")
            for at, form in enumerate(forms):
                verbs.setdefault(form, []).append(
                    VerbForm(sense, _FORM_NAMES[at] if at < 4 else (GERUND if form.endswith("ing") else PAST))
                )
    plain: dict[str, dict[str, list[Cue]]] = {"nouns": {}, "adjectives": {}}
    for part, found in plain.items():
        for group in data[part]:
            for word in group["words"]:
                found.setdefault(word, []).append(_sense(group, word, "links"))
    return Language(
        code=data["code"],
        name=data["name"],
        verbs={form: tuple(sorted(senses, key=lambda sense: not sense.cue.particles)) for form, senses in verbs.items()},
        nouns={word: tuple(senses) for word, senses in plain["nouns"].items()},
        adjectives={word: tuple(senses) for word, senses in plain["adjectives"].items()},
        words={key: frozenset(values) for key, values in data["words"].items()},
        phrases={key: tuple(value for value in values if " " in value) for key, values in data["words"].items()},
        classes=_classes(code),
    )


def _classes(code: str) -> Mapping[str, frozenset[str]]:
    """Each word of `data/<code>_speakers.toml` with the classes that it stands in; empty if the language has no such file."""
    source = resources.files("sayso").joinpath("data", f"{code}_speakers.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8")) if source.is_file() else {"classes": {}, "states": []}
    groups: list[tuple[str, list[str]]] = list(data["classes"].items())
    for row in data["states"]:
        names, people, capitals = row.split(";")
        peoples = [word.replace("-", " ") for word in people.split()]
        groups += [("country", names.split(",")), ("nationality", peoples), ("capital", capitals.split(","))]
    found: dict[str, set[str]] = {}
    for group, words in groups:
        for word in words:
            found.setdefault(word.strip(), set()).add(group)
    return {word: frozenset(group) for word, group in found.items()}


def lower(text: str) -> str:
    """Lower case with straight apostrophes and plain hyphens, for looking words up; may change the length."""
    return text.lower().replace("’", "'").replace("‑", "-")


def tokens(text: str, span: Span) -> list[Token]:
    """Words (with inner apostrophes and hyphens) and single marks inside a span."""
    return [Token(match.start(), match.end(), lower(match.group())) for match in _TOKEN.finditer(text, span.start, span.end)]


def sentences(text: str, paragraph: Span, code: str = "en") -> tuple[Span, ...]:
    """The sentences of one paragraph; each holds the white space after it, so that they cover the paragraph exactly.

    A line break inside the paragraph is white space. What the segmenter breaks after "p.m.", a title, an initial or an abbreviation in
    capitals is joined again where the next piece goes on (a number, a lower-case letter, a name after a title).
    """
    flat = _BLANKS.sub(" ", text[paragraph.start : paragraph.end])
    if not flat:
        return ()
    ends = [at + int(piece["end_index"]) for at, part in _stretches(flat) for piece in get_sentence_boundaries(code, part)]
    found: list[Span] = []
    start = 0
    for end in ends:
        if end <= start or end > len(flat):
            continue
        if end < len(flat) and _goes_on(flat[max(start, end - 24) : end], flat[end : end + 24]):
            continue
        found.append(Span(paragraph.start + start, paragraph.start + end))
        start = end
    if start < len(flat):
        found.append(Span(paragraph.start + start, paragraph.end))
    return tuple(found)


def sentence_spans(text: str, code: str = "en") -> tuple[Span, ...]:
    """The sentences of a whole text, without white space at their ends; paragraphs end them."""
    found = (trim(text, sentence) for paragraph in paragraphs(text) for sentence in sentences(text, paragraph, code))
    return tuple(span for span in found if span is not None)


def _stretches(flat: str) -> Iterator[tuple[int, str]]:
    """The text in stretches of bounded length, cut after a full stop where there is one: the segmenter's cost is not linear."""
    at = 0
    while len(flat) - at > STRETCH:
        cut = max(flat.rfind(". ", at, at + STRETCH) + 2, at + STRETCH // 2)
        yield at, flat[at:cut]
        at = cut
    yield at, flat[at:]


_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:EST|EDT|ET|GMT|UTC|PT|CT|CET|BST|IST|local)\b")
_STARTER = re.compile(r"(?:The|He|She|It|They|But|In|A|An|And|This|We|I)\b")


def _goes_on(before: str, after: str) -> bool:
    """Whether a break between these two pieces is none: the full stop belongs to an abbreviation."""
    following = after.lstrip()
    if not following:
        return False
    if following[0].islower() or following[0] in ",;)":
        return before.rstrip().endswith(".")
    if _MERIDIEM.search(before):
        return bool(_WEEKDAY.match(following))
    if _INITIALISM.search(before):
        return False
    return bool(_HELD.search(before)) and not _STARTER.match(following) and (following[0].isupper() or following[0].isdigit())
