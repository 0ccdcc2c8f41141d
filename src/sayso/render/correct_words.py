"""Corrections in plain words, the same for pages and terminal: what somebody says, what the machine had, who and when.

Always true here: every kind of correction and every label has its words; names, notes and words of articles are safe to show.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.corrections.correction import (
    ADD,
    CHECKED,
    CONFIRM,
    FINDING,
    LABEL,
    NAMED,
    REMOVE,
    RIGHT,
    SPAN,
    SPEAKER,
    WITHDRAW,
    Correction,
    Missed,
    Value,
    Who,
)
from sayso.reading import KINDS, NOBODY, STANDINGS
from sayso.render import words
from sayso.render.safe import one_line
from sayso.spans import Spans

FIELDS = {
    "form": "form",
    "attitude": "what the speaker does",
    "polarity": "affirmed or denied",
    "outlet_stance": "hand-over by the outlet",
    "commitment": "how sure the speaker is made to sound",
    "kind": "kind of source",
    "standing": "standing of the source",
    "named": "whether the source is named",
    "source": "words for the source",
    "cue": "cue words",
    "content": "words that are handed over",
}
"""What each field of a correction is called."""
VALUES: dict[str, dict[str, str]] = {
    "form": words.FORM,
    "attitude": words.ATTITUDE,
    "polarity": {label: word or "affirms" for label, word in words.POLARITY.items()},
    "outlet_stance": words.STANCE,
    "commitment": words.COMMITMENT,
    "kind": {kind: "not known" if kind == "unknown" else kind for kind in KINDS},
    "standing": {standing: "none of these" if standing == "none" else standing for standing in STANDINGS},
    "named": {NAMED[0]: "named", NAMED[1]: "not named"},
}
"""The words of each label, by field."""


@dataclass(frozen=True, slots=True)
class Told:
    """A correction in words.

    Attributes:
        id: of the correction.
        article: id of the article.
        who: who made it.
        when: the day and the minute, in UTC.
        what: what it says.
        before: what the machine had; empty where that is no question.
        place: the words that it is about; empty for the whole article.
        note: what the person wrote with it.

    """

    id: str
    article: str
    who: str
    when: str
    what: str
    before: str
    place: str
    note: str


def told(correction: Correction) -> Told:
    """A correction in words."""
    return Told(
        id=correction.id,
        article=correction.article,
        who=one_line(correction.who),
        when=f"{correction.when[:16].replace('T', ' ')} UTC",
        what=what(correction),
        before=_value(correction.before, correction.field) if correction.kind in (LABEL, SPEAKER) else "",
        place=one_line(correction.place.words) if correction.place else "",
        note=one_line(correction.note),
    )


def what(correction: Correction) -> str:
    """What a correction says, in one line."""
    value = correction.value
    if correction.kind == LABEL:
        about = f" “{one_line(correction.about)}”" if correction.about else ""
        return f"{FIELDS[correction.field]}{about}: {_value(value, correction.field)}"
    if correction.kind == SPEAKER:
        return f"speaker: {_value(value, '')}"
    if correction.kind == SPAN:
        return f"{FIELDS[correction.field]}: {'marked anew' if value else 'none'}"
    if correction.kind == ADD and isinstance(value, Missed):
        return f"a statement that was missed; speaker: {_value(value.speaker, '')}"
    if correction.kind == FINDING:
        return f"{one_line(correction.field)}: {'right' if value == RIGHT else 'not so'}"
    return {
        CONFIRM: "right as it is",
        REMOVE: "no statement of anybody stands here",
        CHECKED: "the whole article was checked",
        WITHDRAW: "takes an earlier correction back",
    }[correction.kind]


def _value(value: Value | Spans, field: str) -> str:
    if isinstance(value, Who):
        if value.name == NOBODY:
            return words.NOBODY
        kind = "" if value.kind == "unknown" else f", {VALUES['kind'][value.kind]}"
        return f"{one_line(value.name)}{kind}{'' if value.named else ' (not named)'}"
    return VALUES.get(field, {}).get(value, one_line(value)) if isinstance(value, str) else ""
