"""The tone finder without a network: what single words tell, whatever stands around them. The yardstick for the network, and its stand-in.

Always true here: it gives what `measures.listen` gives, from the words of each sentence alone; a mention comes across as its sentence does,
since words by themselves do not say whom they are about. The words are data (`data/wordlist.json`), fitted by `training.tone.words`; names
are not among them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sayso import language, linear
from sayso.document import Document
from sayso.language import sentence_spans
from sayso.linear import Clue, Linear
from sayso.measures.heard import STANCES, TRIGGERS, Actor, Heard, Mention, Sentence
from sayso.measures.hedges import HEDGE, matches
from sayso.spans import Span, Spans
from sayso.structure import word_spans

DATA = "wordlist"
EDITORIAL, TRIGGER, STANCE = "editorial", "trigger", "stance"


@dataclass(frozen=True, slots=True)
class Lists:
    """The words.

    Attributes:
        loaded: the share of a word's uses that annotators marked as loaded.
        certainty: the place on the scale of a sentence without a hedge, and what each hedge takes from it.
        models: by task, a model over the words of a sentence.

    """

    loaded: Mapping[str, float]
    certainty: tuple[float, float]
    models: Mapping[str, Linear]


@cache
def lists() -> Lists:
    """The words that ship."""
    stored = json.loads(files("sayso").joinpath("data", f"{DATA}.json").read_text(encoding="utf-8"))
    start, step = stored["certainty"]
    return Lists(stored["loaded"], (float(start), float(step)), {task: linear.made(model) for task, model in stored["models"].items()})


def clues(text: str, words: Sequence[Span]) -> tuple[Clue, ...]:
    """The different words of a sentence as clues; fewer occurrences than sentences in which they count make no difference."""
    return tuple({low: Clue(low, word) for word in words for low in (language.lower(text[word.start : word.end]),)}.values())


def listen(documents: Sequence[Document], actors: Sequence[Sequence[Actor]]) -> list[Heard]:
    """What the words tell of each document.

    Args:
        documents: any number.
        actors: for each document, whose mentions are listened to.

    """
    return [_heard(document.text, tuple(named)) for document, named in zip(documents, actors, strict=True)]


def _heard(text: str, actors: tuple[Actor, ...]) -> Heard:
    sentences = tuple(_sentence(text, span) for span in sentence_spans(text))
    mentions: list[Mention] = []
    named = sorted(((span, place) for place, actor in enumerate(actors) for span in actor.mentions), key=lambda item: item[0])
    at = 0
    for span, actor in named:
        while at < len(sentences) and sentences[at].span.end < span.end:
            at += 1
        if at < len(sentences) and sentences[at].span.holds(span):
            mentions.append(Mention(span, actor, at, sentences[at].tone))
    return Heard(sentences, actors, tuple(mentions))


def _sentence(text: str, span: Span) -> Sentence:
    known = lists()
    words: Spans = tuple(word.shift(span.start) for word in word_spans(text[span.start : span.end]))
    there = clues(text, words)
    editorial = known.models[EDITORIAL].probabilities(there)["yes"]
    triggers = known.models[TRIGGER].probabilities(there)
    tone = known.models[STANCE].probabilities(there)
    start, step = known.certainty
    hedges = sum(match.entry.label == HEDGE for match in matches(text, span))
    return Sentence(
        span=span,
        words=words,
        loaded=tuple(known.loaded.get(language.lower(text[word.start : word.end]), 0.0) for word in words),
        editorial=(editorial,) * len(words),
        editorializes=editorial,
        triggers=tuple(triggers[trigger] for trigger in TRIGGERS),
        tone=(tone[STANCES[0]], tone[STANCES[1]], tone[STANCES[2]]),
        certainty=min(1.0, max(0.0, start + step * hedges)),
    )
