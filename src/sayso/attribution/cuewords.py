"""What the words of a cue say, as named clues: each word, its stem, the class it belongs to, what it becomes after a negation.

Always true here: a clue names the places of the words that it rests on; names of people and places are kept out, so that no model learns
them; words are looked up by stem in the classes of the language data (`feeling_words` …), so that all forms of a listed word count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from sayso import language
from sayso.attribution import senses
from sayso.attribution.draft import Draft
from sayso.document import Document
from sayso.language import Language, Token
from sayso.spans import Span

CLASSES = (
    *("feeling_words", "belief_words", "intention_words", "directive_words", "question_words", "knowledge_words", "topic_words"),
    *("denial_words", "withholding_words", "endorsing_words", "distancing_words", "rejecting_words"),
    *("probable_words", "possible_words"),
)
ENDORSED_DENIAL = "endorsed denial"
SURE = 2.0  # value of a clue that a rule has weighed already: what is rare must not be shrunk away
_SUFFIXES = ("ingly", "edly", "ing", "ied", "ies", "ed", "es", "ly", "s", "e", "y")
_SPEECH = frozenset({"be", "give", "offer", "make", "release", "interview", "speculate", "weigh", "go"})  # "declined to …": tells nothing
_NAME = "·"
_DOUBTS = ("distancing", "distancing_adjectives", "rejecting")
_LONG = 160  # characters of a cue that are looked at


class Part(NamedTuple):
    """A clue that rests on words of the cue, by their places: from the first to the last, both included."""

    name: str
    first: int
    last: int
    value: float = 1.0


@lru_cache(maxsize=16384)
def stem(low: str) -> str:
    """A word without its ending, the same for all forms of a regular verb; the base form of a verb that the lexicon lists."""
    verbs = language.load().verbs.get(low)
    word = verbs[0].cue.lemma if verbs else low
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "sl" else word


@lru_cache(maxsize=2)
def classes(lexicon: Language) -> dict[str, tuple[str, ...]]:
    """For each stem the names of the classes that list it, such as `feeling`."""
    found: dict[str, tuple[str, ...]] = {}
    for name in CLASSES:
        for root in {stem(word) for word in lexicon.words[name] if " " not in word}:
            found[root] = (*found.get(root, ()), name.partition("_")[0])
    return found


def tokens_of(document: Document, draft: Draft) -> list[Token]:
    """The words of the cue; of one that is far too long, its beginning."""
    pieces = (Span(span.start, min(span.end, span.start + _LONG)) for span in draft.cue[:4])
    return [token for span in pieces for token in language.tokens(document.text, span)]


def lower_words(text: str, words: Sequence[Token], lexicon: Language) -> tuple[str, ...]:
    """The words of a cue in lower case; a name among them says nothing, and no model shall learn it."""
    found: list[str] = []
    for number, token in enumerate(words):
        named = number > 0 and text[token.start].isupper() and token.low not in lexicon.verbs and token.low not in lexicon.nouns
        found.append(_NAME if named else token.low)
    return tuple(found)


@lru_cache(maxsize=4096)
def parts(lows: tuple[str, ...], opening: str, second: str, kind: str) -> tuple[Part, ...]:
    """What the cue says with the beginning of its content; kept, for a few cues make up most of the news."""
    lexicon = language.load()
    read = senses.read(lows, opening)
    end = len(lows) - 1
    at, to = (0, end) if read.head is None else (read.head, read.head)
    doubts = [number for number, low in enumerate(lows) if any(low in lexicon.words[name] for name in _DOUBTS)]
    doubt = (doubts[0], doubts[0]) if doubts and read.outlet_stance in ("distances", "rejects") else (at, to)
    turned = next((number for number, low in enumerate(lows) if senses.is_negation(low, lexicon)), at)
    found = [
        Part(f"sense attitude={read.attitude}", at, to),
        Part(f"sense polarity={read.polarity}", min(turned, at), to, 1.0 if read.polarity == "affirms" else SURE),
        Part(f"sense outlet_stance={read.outlet_stance}", *doubt, SURE if read.outlet_stance == "rejects" else 1.0),
        Part(f"sense commitment={read.commitment}", at, to),
        Part(f"last={lows[-1]}", end, end),
        Part(f"last={stem(lows[-1])} {kind}", end, end),
    ]
    if read.head is None:
        found.append(Part("unknown cue", 0, end))
    else:
        found += (Part(f"head={stem(read.lemma)}", at, to), Part(f"head={stem(read.lemma)} {kind}", at, to))
    if read.polarity == "denies" and read.outlet_stance == "endorses":
        found.append(Part(ENDORSED_DENIAL, at, to))
    if end == 0:
        found.append(Part("one word", 0, 0))
    if end < 5:
        found.append(Part(f"cue={' '.join(lows)}", 0, end))
    denied = read.polarity == "denies" and read.head is not None and lows[-1] in lexicon.nouns  # "refuted claims" claims nothing
    found += _words(lows[: at + 1] if denied else lows, kind, read.attitude, lexicon)
    flat = " ".join(lows)
    for name in CLASSES:
        if any(phrase in flat for phrase in lexicon.phrases[name]):
            label = name.partition("_")[0]
            found += (Part(f"class={label}", 0, end), Part(f"phrase={label}", 0, end))
    if lows[-1] in lexicon.nouns or any(low in lexicon.nouns for low in lows[1:]):
        found.append(Part("noun in the cue", 0, end))
    roots = [stem(low) for low in lows]
    if "declin" in roots or "refus" in roots:
        verb = next((lows[number + 1] for number in range(end) if lows[number] == "to"), second if opening == "to" else "")
        keeps = any(sense.cue.lemma in senses.WITHHELD for sense in lexicon.verbs.get(verb, ())) or verb in _SPEECH
        found.append(Part("declined a word" if keeps else "declined a deed" if verb else "declined", 0, end))
    return tuple(found)


def _words(lows: Sequence[str], kind: str, attitude: str, lexicon: Language) -> Iterator[Part]:
    """What each word of the cue says, and what it says after a negation."""
    negated = -1
    for at, low in enumerate(lows):
        root = stem(low)
        if at:
            yield Part(f"pair={lows[at - 1]} {low}", at - 1, at)
        if low in lexicon.words["prepositions"]:
            continue  # they count as the last word of the cue, and in pairs: "went on to say" is not about anything
        yield Part(f"word={low}", at, at)
        yield Part(f"stem={root}", at, at)
        if negated >= 0:
            yield Part(f"not stem={root}", negated, at)
        for name in classes(lexicon).get(root, ()):
            yield Part(f"class={name}", at, at)
            yield Part(f"class={name} {kind}", at, at)
            if negated >= 0:
                yield Part(f"not class={name}", negated, at)
        if senses.is_negation(low, lexicon):
            negated = at
            yield Part("negated", at, at)
            yield Part(f"negated {attitude}", at, at)
            yield Part(f"negated {kind}", at, at)
        if low in lexicon.words["be"]:
            yield Part("be", at, at)
        elif low in lexicon.words["modals"]:
            yield Part("modal", at, at)
