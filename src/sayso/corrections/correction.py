"""One correction: what somebody says of one place of one reading, with who and when; frozen, checked when it is made.

Always true here: a correction names its place by spans of what the machine had found, with the words that stood there, never by the id of
an attribution, so that it outlives a new reading; every text in it is bounded; its kind says which of the other fields it has:

========  ============================================  ===========================================================
kind      place                                         value
========  ============================================  ===========================================================
confirm   content and cue of an attribution             a `Seen`: it is right as it is
label     the same                                      one of the labels of `field`; `about` names the source for labels of a source
speaker   the same                                      a `Who`
span      the same                                      where the words of `field` (source, cue, content) stand
remove    the same                                      none: nobody is made to say anything here
add       content and cue of what was missed            a `Missed`
finding   the evidence                                  `right` or `wrong`; `field` is `measure/label`, `about` the actor
checked   none                                          none: all of the article was looked at
withdraw  none                                          the id of the correction that is taken back
========  ============================================  ===========================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from sayso.errors import ContractError
from sayso.reading import (
    ATTITUDES,
    COMMITMENTS,
    FORMS,
    KINDS,
    NOBODY,
    OUTLET_STANCES,
    POLARITIES,
    STANDINGS,
    Attribution,
    Generator,
    Source,
)
from sayso.spans import Spans, span_list

CONFIRM, LABEL, SPEAKER, SPAN, REMOVE, ADD, FINDING, CHECKED, WITHDRAW = ALL = (
    "confirm", "label", "speaker", "span", "remove", "add", "finding", "checked", "withdraw",
)  # fmt: skip
ROLES = ("source", "cue", "content")
RIGHT, WRONG = "right", "wrong"
NAMED = ("named", "unnamed")
LABELS: Mapping[str, tuple[str, ...]] = {
    "form": FORMS,
    "attitude": ATTITUDES,
    "polarity": POLARITIES,
    "outlet_stance": OUTLET_STANCES,
    "commitment": COMMITMENTS,
}
"""Labels of an attribution, with their closed sets."""
OF_SOURCE: Mapping[str, tuple[str, ...]] = {"kind": KINDS, "standing": STANDINGS, "named": NAMED}
"""Labels of the source of an attribution."""
NAME, WORDS, NOTE, PIECES = 200, 400, 2_000, 64  # the longest name, words, note (characters) and list of spans
_ID = re.compile(r"[0-9a-f]{32}")
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
_EMPTY = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the text: the content (or evidence) and the cue as the machine had them, and the words, for people and to check by."""

    content: Spans
    cue: Spans = ()
    words: str = ""

    def __post_init__(self) -> None:
        if not self.content:
            raise ContractError("a correction has to name the words that it is about")
        _pieces("content", self.content)
        _pieces("cue", self.cue)
        _short("words", self.words, WORDS)


@dataclass(frozen=True, slots=True)
class Who:
    """A speaker as somebody named it; `mentions` tell it from another of the same name and may be empty."""

    name: str
    kind: str = "unknown"
    standing: str = "none"
    named: bool = False
    mentions: Spans = ()

    def __post_init__(self) -> None:
        _short("name", self.name, NAME, least=1)
        _closed("kind", self.kind, KINDS)
        _closed("standing", self.standing, STANDINGS)
        _pieces("mentions", self.mentions)

    @classmethod
    def of(cls, source: Source) -> Who:
        """Who a source of a reading is."""
        name = source.name.strip()[:NAME] or NOBODY
        return cls(name, source.kind, source.standing, source.named, source.mentions[:PIECES])


@dataclass(frozen=True, slots=True)
class Missed:
    """A statement that the machine did not find: its words by role, and who says it."""

    content: Spans
    speaker: Who
    source: Spans = ()
    cue: Spans = ()

    def __post_init__(self) -> None:
        if not self.content:
            raise ContractError("a missed statement has content")
        for name, spans in (("content", self.content), ("source", self.source), ("cue", self.cue)):
            _pieces(name, spans)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the machine had of a statement when somebody found it right, so that another reading can be held against it.

    Attributes:
        labels: by name, those of the statement and of its source.
        roles: where the words of each role stand.
        speaker: who says it.

    Fields that were corrected by then are left out: their corrections speak for themselves.

    """

    labels: tuple[tuple[str, str], ...] = ()
    roles: tuple[tuple[str, Spans], ...] = ()
    speaker: Who | None = None

    def __post_init__(self) -> None:
        sets = {**LABELS, **OF_SOURCE}
        for name, value in self.labels:
            _closed("field", name, tuple(sets))
            _closed(name, value, sets[name])
        for name, spans in self.roles:
            _closed("field", name, ROLES)
            _pieces(name, spans)
            if name == "content" and not spans:
                raise ContractError("a statement has content")


Value = str | Who | Missed | Seen | Spans
"""What should stand there: a word, a speaker, a statement, or where words stand; the empty text where a kind needs none."""


@dataclass(frozen=True, slots=True)
class Correction:
    """See the module.

    Attributes:
        id: 32 hexadecimal digits.
        article: id of the document.
        who: the name that somebody gave; nobody checks it.
        when: ISO 8601 in UTC, ending in `Z`.
        kind: one of `ALL`.
        place: where; None for `checked` and `withdraw`.
        field: what of it.
        about: the source or the actor that a label is about.
        value: what should stand there.
        before: what the machine had there.
        generator: what had read the article, as `made_by` writes it.
        confidence: of the machine in what it had there, in [0, 1]; None where there was nothing.
        note: what somebody wants to say about it.

    """

    id: str
    article: str
    who: str
    when: str
    kind: str
    place: Place | None = None
    field: str = ""
    about: str = ""
    value: Value = ""
    before: Value = ""
    generator: str = ""
    confidence: float | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ContractError("the id of a correction has 32 hexadecimal digits")
        if not _WHEN.fullmatch(self.when):
            raise ContractError("the time of a correction is ISO 8601 in UTC, such as 2026-03-04T09:15:00Z")
        _closed("kind", self.kind, ALL)
        _short("who", self.who, NAME, least=1)
        _short("article", self.article, NAME, least=1)
        for name, value, most in (("field", self.field, NAME), ("about", self.about, NAME), ("note", self.note, NOTE)):
            _short(name, value, most)
        _short("generator", self.generator, WORDS)
        if self.confidence is not None and not 0.0 <= self.confidence <= 1.0:
            raise ContractError("the confidence of a correction is in [0, 1]")
        if (self.place is None) != (self.kind in (CHECKED, WITHDRAW)):
            raise ContractError(f"a correction of kind {self.kind} {'needs a place' if self.place is None else 'has no place'}")
        if isinstance(self.before, str):
            _short("before", self.before, WORDS)
        self._check_value()

    def _check_value(self) -> None:
        wanted = {SPEAKER: Who, ADD: Missed, SPAN: tuple, CONFIRM: Seen}.get(self.kind, str)
        if not isinstance(self.value, wanted):
            raise ContractError(f"the value of a correction of kind {self.kind} is of another kind")
        if self.kind == LABEL:
            _closed("field", self.field, (*LABELS, *OF_SOURCE))
            _closed(self.field, str(self.value), {**LABELS, **OF_SOURCE}[self.field])
            if self.field in OF_SOURCE:
                _short("about", self.about, NAME, least=1)
        elif self.kind == SPAN:
            _closed("field", self.field, ROLES)
            _pieces(self.field, self.spans)
            if self.field == "content" and not self.spans:
                raise ContractError("a statement has content: say that it is none instead")
        elif self.kind == FINDING:
            _closed("value", str(self.value), (RIGHT, WRONG))
            if "/" not in self.field:
                raise ContractError("the field of a correction of a finding is measure/label")
        elif self.kind == WITHDRAW and not _ID.fullmatch(str(self.value)):
            raise ContractError("a withdrawal names the id of a correction")
        elif self.kind in (REMOVE, CHECKED) and self.value:
            raise ContractError(f"a correction of kind {self.kind} has no value")

    @property
    def spans(self) -> Spans:
        """The value, where it is a place in the text; else nothing."""
        return self.value if isinstance(self.value, tuple) else ()

    @property
    def agrees(self) -> bool:
        """Whether it says that the machine was right."""
        if self.kind == FINDING:
            return self.value == RIGHT
        return self.kind == CONFIRM or (self.kind in (LABEL, SPEAKER, SPAN) and self.value == self.before)


def described(source: Source) -> dict[str, str]:
    """The labels of a source, by name."""
    return {"kind": source.kind, "standing": source.standing, "named": NAMED[0] if source.named else NAMED[1]}


def seen_in(attribution: Attribution, source: Source, said: Iterable[Correction] = ()) -> Seen:
    """What the machine has of a statement, without what these corrections have changed."""
    told = tuple(said)
    fields = {each.field for each in told if each.kind in (LABEL, SPAN)}
    moved = any(each.kind == SPEAKER for each in told)
    labels = {name: getattr(attribution, name) for name in LABELS} | ({} if moved else described(source))
    return Seen(
        tuple((name, value) for name, value in labels.items() if name not in fields),
        tuple((role, getattr(attribution, role)) for role in ROLES if role not in fields and len(getattr(attribution, role)) <= PIECES),
        None if moved else Who.of(source),
    )


def made_by(generator: Generator) -> str:
    """What read an article, in one word."""
    return "/".join(("sayso", generator.version, generator.bundle))[:WORDS]


def now() -> str:
    """The time, as corrections have it."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def new_id() -> str:
    """An id that no other correction has."""
    return uuid4().hex


def withdrawal(of: Correction, who: str, when: str | None = None, note: str = "") -> Correction:
    """What takes a correction back."""
    return Correction(new_id(), of.article, who, when or now(), WITHDRAW, value=of.id, note=note)


def _short(name: str, value: str, most: int, least: int = 0) -> None:
    if len(value) > most:
        raise ContractError(f"{name} of a correction has {len(value)} characters; {most} are the most")
    if least and _EMPTY.fullmatch(value):
        raise ContractError(f"{name} of a correction is empty")


def _closed(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ContractError(f"{name} {value[:40]!r} is not one of {', '.join(allowed)}")


def _pieces(name: str, spans: Spans) -> None:
    if len(spans) > PIECES:
        raise ContractError(f"{name} of a correction has {len(spans)} stretches; {PIECES} are the most")
    if span_list(spans) != tuple(spans):
        raise ContractError(f"{name} of a correction: its stretches are not in order")
