"""An explanation in plain words: which words of the article spoke for or against a label, and as what they were read.

Always true here: clues that rest on the same words are told together, with the sum of their weights, because weights of one model add up;
a clue that this page has no wording for is told by its own name, so nothing is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.document import Document
from sayso.explain import Decision, Explanation
from sayso.linear import Clue, Reason
from sayso.reading import KINDS, Reading
from sayso.render.safe import one_line
from sayso.render.words import ATTITUDE, COMMITMENT, POLARITY, STANCE, who

TASK = {
    "attitude": "attitude",
    "polarity": "polarity",
    "outlet_stance": "outlet's stance",
    "commitment": "commitment",
    "kind": "kind of source",
    "standing": "standing",
}
LABEL = {
    "attitude": ATTITUDE,
    "polarity": POLARITY | {"affirms": "affirms"},
    "outlet_stance": STANCE,
    "commitment": COMMITMENT,
}
RESOLUTION = {
    "name": "named in these words",
    "description": "known by this description only",
    "reference": "what these words refer to",
    "context": "from the context; no words stand for the speaker here",
    "unresolved": "not resolved: who is meant could not be told",
    "unstated": "the text names nobody",
}

# What a clue takes words for, by the beginning of its name; `{}` stands for what follows it.
WORDING = {
    "sense": "its sense in the dictionary of cues",
    "unknown cue": "a cue that the dictionary does not know",
    "cue": "the whole cue",
    "no cue": "no cue hands it over",
    "last": "the last word of the cue",
    "one word": "a cue of one word",
    "word": "a word of the cue",
    "stem": "a word of the cue in any form",
    "not stem": "after a negation",
    "class": "a word of {}",
    "not class": "a word of {} after a negation",
    "phrase": "a phrase of {}",
    "pair": "two words of the cue together",
    "negated": "a negation in the cue",
    "declined": "a refusal to say or to do something",
    "endorsed denial": "a denial that the word itself takes for true",
    "be": "a form of “be” in the cue",
    "modal": "a modal verb in the cue",
    "noun in the cue": "a noun in the cue",
    "opening": "how the content begins",
    "kind": "how the content begins",
    "content first": "the content stands before the cue",
    "ends with ?": "the content ends with a question mark",
    "? after": "a question mark follows",
    "? inside": "a question mark in the content",
    "short content": "the content is short",
    "middling content": "the content is of middling length",
    "long content": "the content is long",
    "content modal": "a modal verb in the content",
    "early modal": "a modal verb at the beginning of the content",
    "content possible": "a word of possibility in the content",
    "content hedge": "a hedge in the content",
    "content word": "a word of the content",
    "content negated early": "a negation at the beginning of the content",
    "no source": "no source is named",
    "nobody": "nobody is said to speak",
    "first person": "the speaker says “I” or “we”",
    "source": "the last word of the source",
    "document source": "the source is a document",
    "possessive": "the source is a possessive",
    "source after cue": "the source stands after the cue",
    "negation before": "a negation before the cue",
    "doubt before": "a word of doubt before the cue",
    "modal before": "a modal verb before the cue",
    "before": "right before the cue",
    "after": "right after the cue",
    "inside": "the cue around it",
    "declined a word": "a word is declined",
    "declined a deed": "a deed is declined",
    "what X calls": "“what … calls”",
    # about the speaker
    "role": "the role",
    "role is": "the role is {}",
    "role of": "what the role belongs to: {}",
    "leads": "leads something: {}",
    "first role": "the first role that is told",
    "no role": "no role is told",
    "spoken of": "speaks {}",
    "near": "near the name",
    "article about": "the article is about {}",
    "age beside the name": "an age beside the name",
    "party beside the name": "a party beside the name",
    "title": "the title before the name",
    "title before name": "a title before the name",
    "head": "the word that decides",
    "head is": "the main word is {}",
    "head ends in s": "the main word is a plural",
    "aside": "what is said beside the name",
    "next": "the word after the name",
    "of": "the words after “of”",
    "has": "its words",
    "owner": "whose it is",
    "owned": "belongs to somebody",
    "determiner": "begins with “{}”",
    "names": "holds the name of a {}",
    "name": "the shape of the name",
    "named": "the shape of the name",
    "and": "two joined by “and”",
    "two names alone": "two names and nothing else",
    "one unknown name": "one name that no list holds",
    "whole": "listed as {}",
    "part": "holds words listed as {}",
    "content opens with no": "the content begins with a negation",
    "verdict": "a verdict on the words beside the cue",
    "attitude": "follows from the attitude",
    "polarity": "follows from the polarity",
}


@dataclass(frozen=True, slots=True)
class Told:
    """All clues of one decision that rest on the same words.

    Attributes:
        weight: log odds for the label against the mean of the others; negative speaks against it.
        words: as they stand; empty for what is not there.
        readings: what they were taken for, the weightiest first.

    """

    weight: float
    words: str
    readings: tuple[str, ...]

    def line(self, most: int = 2) -> str:
        """In one line, with the weightiest readings."""
        more = "; ".join(self.readings[:most]) + ("; …" if len(self.readings) > most else "")
        return f"“{self.words}” ({more})" if self.words else more


def told(document: Document, reasons: Sequence[Reason]) -> tuple[Told, ...]:
    """The reasons by the words they rest on, the weightiest first, whether they speak for or against."""
    groups: dict[str, list[Reason]] = {}
    for reason in reasons:
        if reason.weight:
            key = repr(reason.clue.span) if reason.clue.span else reason.clue.name
            groups.setdefault(key, []).append(reason)
    found = []
    for group in groups.values():
        span = group[0].clue.span
        weightiest = sorted(group, key=lambda reason: -abs(reason.weight))
        readings = tuple(dict.fromkeys(wording(reason.clue) for reason in weightiest))
        found.append(Told(sum(reason.weight for reason in group), one_line(document[span]) if span else "", readings))
    return tuple(sorted(found, key=lambda each: -abs(each.weight)))


def wording(clue: Clue) -> str:
    """What a clue takes its words for; its own name where there is no wording."""
    return _wording(clue.name, bool(clue.span))


@lru_cache(maxsize=65_536)
def _wording(clue: str, placed: bool) -> str:
    """The same by the name of a clue, and whether it rests on words of the text."""
    full = one_line(clue)
    name = full.removeprefix("canonical ")
    more = " in the full name" if name != full else ""
    kind, mark, value = name.partition("=") if "=" in name else name.partition(":")
    if kind == "kind" and value in KINDS:
        return f"the kind of source may be {value}"
    for end in range(kind.count(" ") + 1, 0, -1):
        beginning = " ".join(kind.split(" ")[:end])
        if beginning in WORDING:
            rest = value.split(" ")[0] or kind[len(beginning) :].strip() or "this kind"
            told = WORDING[beginning]
            group = f": a word of {rest}" if mark == ":" and "{}" not in told else ""
            words = f" “{value}”" if mark == "=" and not placed and "{}" not in told and value else ""
            return told.replace("{}", rest) + group + words + more
    return full


def label(decision: Decision) -> str:
    """The label in words, with the model's probability where a model chose."""
    word = LABEL.get(decision.task, {}).get(decision.label, decision.label)
    return word if decision.probability is None else f"{word} {decision.probability:.2f}"


def speaker(reading: Reading, explanation: Explanation) -> tuple[str, str]:
    """Who speaks, and how the words lead there."""
    attribution = explanation.attribution
    words = one_line(reading.document[attribution.source])
    sure = f", {attribution.speaker_confidence:.2f}" if explanation.resolution == "reference" and attribution.speaker_confidence < 1 else ""
    return who(explanation.speaker), (f"“{words}”: " if words else "") + RESOLUTION[explanation.resolution] + sure
