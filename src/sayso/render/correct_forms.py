"""What the forms of `correct.html.jinja` show of one statement or finding: the present values selected, in the words of the pages.

Always true here: the place in a form is the machine's own, whatever was corrected since, so that a correction finds it again; every text of
the article is safe to show. `corrections.forms` reads what these forms send.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from sayso.corrections.apply import Corrected
from sayso.corrections.correction import ADD, CHECKED, CONFIRM, LABEL, LABELS, OF_SOURCE, REMOVE, ROLES, SPAN, SPEAKER
from sayso.corrections.forms import source_key
from sayso.corrections.stretches import offsets, told
from sayso.reading import NOBODY, Attribution
from sayso.render import words
from sayso.render.correct_words import FIELDS, VALUES, Told
from sayso.render.correct_words import told as in_words
from sayso.render.safe import visible
from sayso.spans import Span, hull
from sayso.structure import paragraphs

MOST_IN_ROWS = 150  # statements of an article whose row holds a form
_FORMS = (CONFIRM, LABEL, SPEAKER, SPAN, ADD, CHECKED)
Option = tuple[str, str, bool]
"""Value, words, and whether it is selected."""


@dataclass(frozen=True, slots=True)
class Select:
    """A choice among labels."""

    name: str
    legend: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A field for words of the text, and where they stand."""

    name: str
    legend: str
    lines: str
    at: str
    rows: int


@dataclass(frozen=True, slots=True)
class Form:
    """The forms about one statement; with `number` 0 about one that was missed.

    Attributes:
        found: the article with its corrections.
        attribution: the statement as it is now; None for a missed one.
        number: its place in the reading, from 1.
        who: the name to begin with, where it is known.
        error: what was wrong with what was sent; empty at first.
        sent: what was sent, to be shown again.

    """

    found: Corrected
    attribution: Attribution | None = None
    number: int = 0
    who: str = ""
    error: str = ""
    sent: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def action(self) -> str:
        """Where the forms are sent."""
        return address(self.found.reading.document.id)

    @property
    def more(self) -> str:
        """The page with all forms of this statement."""
        return f"{self.action}?{urlencode({'content': self.content, 'cue': self.cue})}#correct"

    @property
    def is_far(self) -> bool:
        """Whether so many statements stand before it that its row only leads to the forms: browsers choke on thousands of them."""
        return self.number > MOST_IN_ROWS

    @property
    def content(self) -> str:
        """Where the content stands, as the machine or whoever added it had it."""
        return offsets(self._anchor[0])

    @property
    def cue(self) -> str:
        """The same of the cue."""
        return offsets(self._anchor[1])

    @property
    def _anchor(self) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        if self.attribution is None:
            return (), ()
        machine = self.found.machine.attributions
        near = machine[self.number - 1 : self.number]  # where it stands unless something before it was removed or added
        for each in (*near, *machine) if not near or near[0].id != self.attribution.id else near:
            if each.id == self.attribution.id:
                return each.content, each.cue
        for each_added in self.found.by.get(self.attribution.id, ()):
            if each_added.kind == ADD and each_added.place:
                return each_added.place.content, each_added.place.cue
        return self.attribution.content, self.attribution.cue

    @property
    def said(self) -> tuple[Told, ...]:
        """What people have said of this statement."""
        return tuple(in_words(each) for each in self.found.by.get(self.attribution.id, ())) if self.attribution else ()

    @property
    def labels(self) -> tuple[Select, ...]:
        """The labels of the statement, then those of its source."""
        if self.attribution is None:
            return ()
        source = self.found.reading.source(self.attribution.speaker)
        present = {"kind": source.kind, "standing": source.standing, "named": "named" if source.named else "unnamed"}
        own = [self._select(name, name, getattr(self.attribution, name)) for name in LABELS]
        return (*own, *(self._select(f"source_{name}", name, present[name]) for name in OF_SOURCE))

    def _select(self, name: str, label: str, present: str) -> Select:
        chosen = self.sent.get(name, present)
        known = VALUES[label]
        legend = FIELDS[label][0].upper() + FIELDS[label][1:]
        return Select(name, legend, tuple((value, told_as, value == chosen) for value, told_as in known.items()))

    @property
    def speakers(self) -> tuple[Option, ...]:
        """The sources of the article, the present speaker selected."""
        present = self.attribution.speaker if self.attribution else ""
        told_as = [
            (source_key(source), words.who(source), source.id == present)
            for source in self.found.reading.sources
            if source.identity != "unstated"
        ]
        sent = self.sent.get("speaker")
        nobody = bool(present) and not any(chosen for _, _, chosen in told_as)
        listed = [("", "choose …", False)] * (not present) + told_as + [(NOBODY, words.NOBODY, nobody)]
        return tuple((value, shown, chosen if sent is None else value == sent) for value, shown, chosen in listed)

    @property
    def kinds(self) -> tuple[Option, ...]:
        """The kinds that a new name can have."""
        return tuple((kind, told_as, self.sent.get("new_kind", "person") == kind) for kind, told_as in VALUES["kind"].items())

    @property
    def standings(self) -> tuple[Option, ...]:
        """The standings that a new name can have."""
        return tuple((value, told_as, self.sent.get("new_standing", "none") == value) for value, told_as in VALUES["standing"].items())

    @property
    def roles(self) -> tuple[Words, ...]:
        """The words of each role, to be changed."""
        text = self.found.reading.document.text
        made = []
        for role in ROLES:
            spans = getattr(self.attribution, role) if self.attribution else ()
            lines = visible(told(text, spans)) if spans else ""
            legend = FIELDS[role][0].upper() + FIELDS[role][1:]
            made.append(Words(role, legend, self.sent.get(f"words_{role}", lines), offsets(spans), max(2, len(spans) + 1)))
        return tuple(made)

    @property
    def context(self) -> tuple[tuple[str, str], ...]:
        """The paragraphs around the statement as pieces: how each is marked (`content`, `cue`, `source` or nothing), and its words."""
        if self.attribution is None:
            return ()
        text = self.found.reading.document.text
        whole = hull((*self.attribution.source, *self.attribution.cue, *self.attribution.content))
        around = hull(part for part in paragraphs(text) if whole and part.overlaps(whole)) or whole
        if around is None:
            return ()
        marked = sorted((span, role) for role in ROLES for span in getattr(self.attribution, role))
        pieces, at = [], around.start
        for span, role in marked:
            if span.start > at:
                pieces.append(("", visible(text[at : span.start])))
            if span.end > max(at, span.start):
                pieces.append((role, visible(text[max(at, span.start) : span.end])))
            at = max(at, span.end)
        return (*pieces, ("", visible(text[at : around.end])))

    @property
    def sent_kind(self) -> str:
        """Which of the forms was sent; empty at first, and for what is none of them."""
        kind = self.sent.get("kind", "")
        return {REMOVE: CONFIRM}.get(kind, kind if kind in _FORMS else "")

    def value(self, name: str) -> str:
        """What was sent under a name, to be shown again."""
        return self.who if name == "who" and not self.sent.get("who") else self.sent.get(name, "")


@dataclass(frozen=True, slots=True)
class FindingForm:
    """The form about one finding: right, or not so."""

    action: str
    content: str
    finding: str
    about: str
    said: tuple[Told, ...]
    who: str = ""


def choices(found: Corrected, attribution_id: str, *, who: str = "") -> Form:
    """The forms about the statement with that id in `found.reading`."""
    for number, each in enumerate(found.reading.attributions, 1):
        if each.id == attribution_id:
            return Form(found, each, number, who)
    removed = next((each for each in found.machine.attributions if each.id == attribution_id), None)
    return Form(found, removed, 0, who)


def finding_choices(found: Corrected, number: int, *, who: str = "") -> FindingForm:
    """The form about the finding with that number in `found.machine.findings`, from 0."""
    finding = found.machine.findings[number]
    said = found.findings.get(number)
    return FindingForm(
        address(found.machine.document.id),
        offsets(finding.evidence),
        f"{finding.measure}/{finding.label}",
        finding.target or "",
        (in_words(said),) if said else (),
        who,
    )


def address(article: str) -> str:
    """Where the corrections of an article are sent, and where its forms stand."""
    return f"/articles/{quote(article, safe='')}/corrections"


def withdraw_address(correction_id: str) -> str:
    """Where a withdrawal is sent."""
    return f"/corrections/{quote(correction_id, safe='')}/withdraw"
