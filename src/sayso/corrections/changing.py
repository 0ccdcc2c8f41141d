"""The attributions, sources and findings of one reading while corrections are applied to them, one after the other.

Always true here: places are looked for among what the machine had found and what people added, never among what other corrections made
of it; a correction that cannot be applied raises `NotThere` and has changed nothing.
"""

from __future__ import annotations

from dataclasses import replace

from sayso.attribution.draft import Draft
from sayso.attribution.labels import form, labels
from sayso.corrections.correction import (
    ADD,
    CHECKED,
    CONFIRM,
    FINDING,
    LABELS,
    NAMED,
    OF_SOURCE,
    REMOVE,
    ROLES,
    SPAN,
    SPEAKER,
    Correction,
    Missed,
    Seen,
    Who,
    described,
    made_by,
)
from sayso.corrections.places import Anchor, anchors, find, find_finding, is_right, stands
from sayso.corrections.rebuilt import counted, quoted, rebuilt
from sayso.reading import Attribution, Reading, Source
from sayso.spans import Spans, merge, overlap, subtract, trim


class NotThere(Exception):
    """The place of a correction is not in this reading; the message says why."""


class Changing:
    """One reading under correction.

    Args:
        machine: as it was read.

    """

    def __init__(self, machine: Reading) -> None:
        self.machine = machine
        self.by: dict[str, list[Correction]] = {}
        self.judged: dict[int, Correction] = {}
        self._text = machine.document.text
        self._anchors: list[Anchor] = list(anchors(machine.attributions))
        self._removed: list[Anchor] = []
        self._attributions = {each.id: each for each in machine.attributions}
        self._sources = {each.id: each for each in machine.sources}
        self._findings = dict(enumerate(machine.findings))
        self._fixed_form: set[str] = set()
        self._voiced = False  # whether words may be in another voice now

    def take(self, correction: Correction) -> None:
        """Apply one correction.

        Raises:
            NotThere: it cannot be applied.

        """
        if correction.kind == CHECKED:
            if correction.generator != made_by(self.machine.generator):
                raise NotThere("the article was read anew since somebody had checked all of it")
            return
        if correction.kind == FINDING:
            self._judge(correction)
            return
        if correction.kind == ADD:
            name = self._add(correction)
        else:
            name = self._found(correction)
            if correction.kind == SPAN:
                self._move(name, correction.field, correction.spans)
            elif correction.kind == SPEAKER and isinstance(correction.value, Who):
                self._give(name, correction.value)
            elif correction.kind == REMOVE:
                del self._attributions[name]
                self._removed += [each for each in self._anchors if each.id == name]
                self._anchors = [each for each in self._anchors if each.id != name]
                self._voiced = True
            elif correction.kind == CONFIRM and isinstance(correction.value, Seen):
                self._bring_back(name, correction.value)
            elif correction.field in LABELS:
                self._change(name, **{correction.field: str(correction.value)}, confidence=1.0)
                self._fixed_form |= {name} if correction.field == "form" else set()
            else:
                self._describe(correction)
        self.by.setdefault(name, []).append(correction)

    def reading(self) -> Reading:
        """The reading as it is now."""
        now = tuple(self._attributions.values())
        findings = tuple(self._findings.values())
        if self._voiced:
            wrong = [self.machine.findings[number] for number, each in self.judged.items() if not is_right(each)]
            return rebuilt(self.machine, now, tuple(self._sources.values()), findings, wrong).check()
        if (now, findings) == (self.machine.attributions, self.machine.findings):
            return self.machine
        return counted(replace(self.machine, attributions=now, findings=findings), self.machine).check()

    def _found(self, correction: Correction) -> str:
        """The id of the attribution that a correction is about."""
        if correction.place is None or not stands(self._text, correction.place):
            raise NotThere("the words that it is about do not stand in the text any more")
        name = find(correction.place, self._anchors)
        if name is None:
            name = find(correction.place, self._removed)
            if name is not None:
                raise NotThere("the statement that it is about was removed by another correction")
            raise NotThere("this reading has no statement at that place, or two that cannot be told apart")
        return name

    def _bring_back(self, name: str, seen: Seen) -> None:
        """What somebody found right holds in another reading too."""
        for role, spans in seen.roles:
            if getattr(self._attributions[name], role) != spans:
                self._move(name, role, spans)
        if seen.speaker is not None and Who.of(self._sources[self._attributions[name].speaker]).name != seen.speaker.name:
            self._give(name, seen.speaker)
        labels = {field: value for field, value in seen.labels if field in LABELS}
        self._fixed_form |= {name} if "form" in labels else set()
        self._change(name, **labels, confidence=1.0)
        if seen.speaker is not None:
            self._change(name, speaker_confidence=1.0)
            source = self._attributions[name].speaker
            for field, value in seen.labels:
                if field in OF_SOURCE and described(self._sources[source])[field] != value:
                    self._set(source, field, value)

    def _change(self, name: str, **values: object) -> None:
        self._attributions[name] = replace(self._attributions[name], **values)  # type: ignore[arg-type]

    def _move(self, name: str, role: str, spans: Spans) -> None:
        inside = self._inside(spans)
        was = self._attributions[name]
        roles = {each: getattr(was, each) for each in ROLES} | {role: inside}
        # What was moved keeps its words; the others lose those that it has now.
        others = {each: (kept if each == role else subtract(kept, inside)) for each, kept in roles.items()}
        if role == "content":
            others |= {"content": inside}
        if not others["content"]:
            raise NotThere("nothing would be left of the content of the statement")
        self._change(name, **others, confidence=1.0)
        if name not in self._fixed_form:
            self._change(name, form=form(self.machine.document, others["content"], quoted(self._text)))
        self._voiced = True

    def _inside(self, spans: Spans) -> Spans:
        if spans and spans[-1].end > len(self._text):
            raise NotThere("the words that it names lie outside the text")
        return merge(part for span in spans if (part := trim(self._text, span)) is not None)

    def _give(self, name: str, who: Who) -> None:
        """Let somebody else speak."""
        was = self._attributions[name]
        speaker = self._source(who)
        if speaker != was.speaker:
            old, new = self._sources[was.speaker], self._sources[speaker]
            self._sources[old.id] = replace(old, mentions=subtract(old.mentions, was.source))
            self._sources[new.id] = replace(new, mentions=merge(new.mentions + was.source))
            self._voiced = True
        self._change(name, speaker=speaker, confidence=1.0, speaker_confidence=1.0)

    def _source(self, who: Who) -> str:
        """The id of the source that somebody named; a new one if this article has none of that name."""
        named = [each for each in self._sources.values() if Who.of(each).name.casefold() == who.name.casefold()]
        if named:
            return max(named, key=lambda each: (overlap(each.mentions, who.mentions), each.kind == who.kind)).id
        number = len(self._sources) + 1
        while f"S{number}" in self._sources:
            number += 1
        self._sources[f"S{number}"] = Source(f"S{number}", who.name, who.kind, who.standing, who.named)
        return f"S{number}"

    def _describe(self, correction: Correction) -> None:
        """Set a label of a source."""
        named = [each for each in self._sources.values() if each.name.casefold() == correction.about.casefold()]
        if len(named) > 1:
            spoken = {each.speaker for each in self._attributions.values() if each.id == self._found(correction)}
            named = [each for each in named if each.id in spoken]
        if len(named) != 1:
            raise NotThere("this reading has no source of that name, or two that cannot be told apart")
        self._set(named[0].id, correction.field, str(correction.value))

    def _set(self, source: str, field: str, value: str) -> None:
        self._sources[source] = replace(self._sources[source], **{field: value == NAMED[0] if field == "named" else value})  # type: ignore[arg-type]
        self._voiced = True

    def _add(self, correction: Correction) -> str:
        """Put a missed statement in; where this reading has it by now, its words and speaker are set."""
        missed, place = correction.value, correction.place
        if not isinstance(missed, Missed) or place is None or not stands(self._text, place):
            raise NotThere("the words that it is about do not stand in the text any more")
        content, source, cue = (self._inside(spans) for spans in (missed.content, missed.source, missed.cue))
        content = subtract(content, source + cue)
        if not content:
            raise NotThere("nothing would be left of the content of the statement")
        draft = Draft(content, source, cue)
        name = find(place, self._anchors)
        if name is None:
            name = self._new(draft, self._source(missed.speaker))
            self._anchors.append(Anchor(name, place.content, place.cue))
        kept = form(self.machine.document, content, quoted(self._text))
        self._change(name, content=content, source=source, cue=cue, form=kept)
        self._give(name, missed.speaker)
        self._voiced = True
        return name

    def _new(self, draft: Draft, speaker: str) -> str:
        taken = {*self._attributions, *(each.id for each in self._removed)}
        number = len(taken) + 1
        while f"A{number}" in taken:
            number += 1
        read = labels(self.machine.document, draft)
        self._attributions[f"A{number}"] = Attribution(
            f"A{number}",
            draft.content,
            draft.source,
            draft.cue,
            speaker,
            attitude=read.attitude,
            polarity=read.polarity,
            outlet_stance=read.outlet_stance,
            commitment=read.commitment,
        )
        return f"A{number}"

    def _judge(self, correction: Correction) -> None:
        """Say of a finding that it is one, or none."""
        if correction.place is None or not stands(self._text, correction.place):
            raise NotThere("the words that it is about do not stand in the text any more")
        number = find_finding(correction, dict(enumerate(self.machine.findings)))
        if number is None:
            raise NotThere("this reading has no such finding at that place, or two that cannot be told apart")
        self.judged[number] = correction
        if is_right(correction):
            self._findings[number] = replace(self._findings[number], candidate=False, confidence=1.0)
        else:
            self._findings.pop(number, None)
