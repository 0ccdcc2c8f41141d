"""What a form sends, made into corrections: the other side of `correct.html.jinja`.

Always true here: everything that a form sends may be wrong, old or hostile, and ends in a `UsageError` of one line if it makes no sense;
what the machine had is taken from its reading, never from the form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sayso.corrections.apply import Corrected, corrected
from sayso.corrections.correction import (
    ADD,
    CHECKED,
    CONFIRM,
    FINDING,
    LABEL,
    LABELS,
    NOTE,
    OF_SOURCE,
    REMOVE,
    ROLES,
    SPAN,
    SPEAKER,
    Correction,
    Missed,
    Place,
    Value,
    Who,
    described,
    made_by,
    new_id,
    now,
    seen_in,
    withdrawal,
)
from sayso.corrections.places import anchors, find, find_finding, words_at
from sayso.corrections.stretches import given, located, same_words
from sayso.errors import ContractError, UsageError
from sayso.reading import NOBODY, Attribution, Reading, Source
from sayso.spans import Spans

NEW = "new"
"""What a form sends as the speaker for somebody whom the article's sources do not have; `NOBODY` for nobody."""
Values = Mapping[str, str]


def parse(
    reading: Reading, values: Values, who: str = "", when: str | None = None, corrections: Iterable[Correction] = ()
) -> tuple[Correction, ...]:
    """The corrections that a form asks for; several where several labels were changed at once.

    Args:
        reading: as the machine read the article.
        values: what the form sends, by name; names that are not known are passed over.
        who: the name of the person; by default what the form sends as `who`.
        when: now, unless somebody knows better.
        corrections: of the article so far: what they added can be corrected too, and what they set counts as present.

    Raises:
        UsageError: the form makes no sense, or asks for nothing; the message says what to do.

    """
    form = _Form(corrected(reading, corrections), values, who or values.get("who", ""), when or now())
    kind = values.get("kind", "")
    makers = {
        CONFIRM: form.plain, REMOVE: form.remove, LABEL: form.labels, SPEAKER: form.speaker, SPAN: form.spans, ADD: form.add,
        FINDING: form.finding, CHECKED: form.checked,
    }  # fmt: skip
    if kind not in makers:
        raise UsageError("the form does not say what is wrong: press one of its buttons")
    if not form.who:
        raise UsageError("give your name: corrections are kept with who made them")
    try:
        return makers[kind]()
    except ContractError as error:
        raise UsageError(str(error)) from None


@dataclass(frozen=True, slots=True)
class _Form:
    found: Corrected
    values: Values
    given_who: str
    when: str

    @property
    def who(self) -> str:
        return " ".join(self.given_who.split())

    def plain(self) -> tuple[Correction, ...]:
        was, before, place = self._target()
        if before is None:
            raise UsageError("somebody has added this statement: it needs no other to say that it is right")
        source = self.found.machine.source(before.speaker)
        seen = seen_in(before, source, self.found.by.get(was.id, ()))
        return (self._made(CONFIRM, place, value=seen, confidence=before.confidence),)

    def remove(self) -> tuple[Correction, ...]:
        was, before, place = self._target()
        if before is None:  # somebody had added it
            added = [each for each in self.found.by.get(was.id, ()) if each.kind == ADD]
            return tuple(withdrawal(each, self.who, self.when, self._note()) for each in added)
        return (self._made(REMOVE, place, confidence=before.confidence),)

    def labels(self) -> tuple[Correction, ...]:
        was, before, place = self._target()
        source = self.found.reading.source(was.speaker)
        machine = {each.name.casefold(): each for each in self.found.machine.sources}.get(source.name.casefold())
        made: list[Correction] = []
        for name in LABELS:
            if self._wants(name, getattr(was, name)):
                had = getattr(before, name) if before else ""
                made.append(self._made(LABEL, place, name, self.values[name], had, confidence=before.confidence if before else None))
        present = described(source)
        for name in OF_SOURCE:
            if self._wants(f"source_{name}", present[name]):
                read = described(machine)[name] if machine else ""
                sure = before.speaker_confidence if before else None
                made.append(self._made(LABEL, place, name, self.values[f"source_{name}"], read, about=source.name, confidence=sure))
        if not made:
            raise UsageError("no label was changed: choose another one, or say that this is right")
        return tuple(made)

    def speaker(self) -> tuple[Correction, ...]:
        was, before, place = self._target()
        who = self._speaker()
        if who.name.casefold() == self.found.reading.source(was.speaker).name.casefold():
            raise UsageError("no other speaker was chosen: choose one, or say that this is right")
        had = Who.of(self.found.machine.source(before.speaker)) if before else ""
        return (self._made(SPEAKER, place, value=who, before=had, confidence=before.speaker_confidence if before else None),)

    def spans(self) -> tuple[Correction, ...]:
        was, before, place = self._target()
        made: list[Correction] = []
        for role in ROLES:
            present: Spans = getattr(was, role)
            spans = self._words(role, present or was.cue or was.content, present)
            if spans == present:
                continue
            had: Value = getattr(before, role) if before else ""
            made.append(self._made(SPAN, place, role, spans, had, confidence=before.confidence if before else None))
        if not made:
            raise UsageError("no words were changed: give other ones, or say that this is right")
        return tuple(made)

    def add(self) -> tuple[Correction, ...]:
        text = self.found.reading.document.text
        content = self._words("content", (), ())
        if not content:
            raise UsageError("give the words that were missed: what somebody is made to say")
        source, cue = self._words("source", content, ()), self._words("cue", content, ())
        missed = Missed(content, self._speaker(), source, cue)
        return (self._made(ADD, Place(content, cue, words_at(text, content)), value=missed),)

    def finding(self) -> tuple[Correction, ...]:
        text = self.found.reading.document.text
        evidence = given(self.values.get("content", ""), len(text))
        if not evidence:
            raise UsageError("the form names no finding: load the page again")
        field, about = self.values.get("finding", ""), self.values.get("about", "")
        place = Place(evidence, words=words_at(text, evidence))
        made = self._made(FINDING, place, field, self.values.get("verdict", ""), about=about)
        number = find_finding(made, dict(enumerate(self.found.machine.findings)))
        if number is None:
            raise UsageError("there is no such finding any more: load the page again")
        had = self.found.machine.findings[number]
        exact = Place(had.evidence, words=words_at(text, had.evidence))
        return (self._made(FINDING, exact, field, self.values["verdict"], had.label, about, had.confidence),)

    def checked(self) -> tuple[Correction, ...]:
        return (self._made(CHECKED, None),)

    def _target(self) -> tuple[Attribution, Attribution | None, Place]:
        """The statement as it is now, as the machine had it (None if somebody added it), and its place."""
        text = self.found.reading.document.text
        content, cue = (given(self.values.get(name, ""), len(text)) for name in ("content", "cue"))
        if not content:
            raise UsageError("the form names no statement: load the page again")
        machine = {each.id: each for each in self.found.machine.attributions}
        now_there = {each.id: each for each in self.found.reading.attributions}
        added = [each for each in self.found.applied if each.kind == ADD and each.place == Place(content, cue, words_at(text, content))]
        name = next((one for one, several in self.found.by.items() if added and added[-1] in several), None)
        if name is None:
            name = find(Place(content, cue), anchors(self.found.machine.attributions))
        if name is None or (name not in machine and name not in now_there):
            raise UsageError("there is no such statement any more: the article was read anew meanwhile; load the page again")
        before = machine.get(name)
        was = now_there.get(name, before)
        if was is None:
            raise UsageError("there is no such statement any more: load the page again")
        anchor = Place(before.content, before.cue) if before else Place(content, cue)
        return was, before, Place(anchor.content, anchor.cue, words_at(text, anchor.content))

    def _wants(self, name: str, present: str) -> bool:
        return self.values.get(name, present) not in ("", present)

    def _words(self, role: str, near: Spans, present: Spans) -> Spans:
        """Where the words of a role stand: a selection that still fits the words, else the words themselves."""
        text = self.found.reading.document.text
        lines = self.values.get(f"words_{role}")
        selected = given(self.values.get(f"at_{role}", ""), len(text))
        if lines is None:
            return selected or present
        if selected and same_words(text, selected, lines):
            return selected
        if present and same_words(text, present, lines):
            return present
        return located(text, lines, near, role)

    def _speaker(self) -> Who:
        chosen, new = self.values.get("speaker", ""), " ".join(self.values.get("new_name", "").split())
        if new:
            kind, standing = self.values.get("new_kind") or "unknown", self.values.get("new_standing") or "none"
            return Who(new, kind, standing, self.values.get("new_named", "") not in ("", "unnamed"))
        if chosen == NOBODY:
            return Who(NOBODY)
        if not chosen or chosen == NEW:
            raise UsageError("choose who says it, or give a new name")
        known = {source_key(each): each for each in self.found.reading.sources}
        same = [each for key, each in known.items() if key == chosen or key.split("-")[1:] == chosen.split("-")[1:]]
        if not same:
            raise UsageError("there is no such source any more: load the page again")
        return Who.of(known.get(chosen, same[0]))

    def _note(self) -> str:
        note = self.values.get("note", "").strip()
        if len(note) > NOTE:
            raise UsageError(f"the note has {len(note):,} characters; {NOTE:,} are the most")
        return note

    def _made(
        self, kind: str, place: Place | None, field: str = "", value: Value = "", before: Value = "", about: str = "",
        confidence: float | None = None,
    ) -> Correction:  # fmt: skip
        reading = self.found.machine
        return Correction(
            new_id(), reading.document.id, self.who, self.when, kind, place, field, about, value, before, made_by(reading.generator),
            confidence, self._note(),
        )  # fmt: skip


def source_key(source: Source) -> str:
    """What a form sends for a source: its id, and its name, in case that ids were given anew meanwhile."""
    return f"{source.id}-{hashlib.sha256(source.name.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
