"""What was heard in one document before anything is booked to anybody: the seam between the tone finders and the measures.

Both finders (`measures.listen` with the network, `measures.wordlist` without) return a `Heard`; every measure reads it together with the
`Reading`, which knows whose voice is where, and no measure knows which finder was used.

Always true here: sentences are in order of the text, disjoint, trimmed and never empty; each is heard by itself, so nothing that stands
around it can change what is heard in it; probabilities are in [0, 1].
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.spans import Span, Spans

TRIGGERS = ("evaluation", "exhortation", "presupposition", "generalization")
"""What makes a sentence editorial (the annotation guide says what each means)."""
STANCES = ("unfavorable", "neutral", "favorable")
ROLES = ("hero", "villain", "victim")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as it sounds, whoever says it.

    Attributes:
        span: where it stands.
        words: its words, in order.
        loaded: for each word, the probability that it is loaded.
        editorial: for each word, the probability that it belongs to a stretch that evaluates, exhorts, presupposes or generalizes.
        editorializes: probability that the sentence holds such a stretch, were its words the outlet's own.
        triggers: for each of `TRIGGERS`, its share if the sentence editorializes; they add up to 1.
        tone: probabilities of `STANCES` for the sentence as a whole, whomever it is about: what a measure that does not look at its target
            would book to everybody in it.
        certainty: how certain the sentence sounds, from 0 (wholly uncertain) to 1 (wholly certain).
        vector: unit vector of its meaning; empty where no network was at work.

    """

    span: Span
    words: Spans
    loaded: tuple[float, ...]
    editorial: tuple[float, ...]
    editorializes: float
    triggers: tuple[float, ...]
    tone: tuple[float, float, float]
    certainty: float
    vector: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organization or country that the text names; `mentions` are all its names in the text."""

    name: str
    kind: str
    """One of `encoder.heads.NAME_KINDS`."""
    mentions: Spans


@dataclass(frozen=True, slots=True)
class Mention:
    """How one mention of an actor comes across in its sentence.

    Attributes:
        span: the name as it stands.
        actor: place of the actor in `Heard.actors`.
        sentence: place of the sentence in `Heard.sentences`.
        stance: probabilities of `STANCES`; they add up to 1.
        roles: probabilities of `ROLES`; what is missing to 1 is that it has none.

    """

    span: Span
    actor: int
    sentence: int
    stance: tuple[float, float, float]
    roles: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Heard:
    """All that was heard in one document.

    Attributes:
        sentences: all of them.
        actors: whoever is named, in order of first mention.
        mentions: of these actors, in order of the text.
        fingerprint: whose vectors the sentences have; empty where they have none.

    """

    sentences: tuple[Sentence, ...] = ()
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    fingerprint: str = ""
