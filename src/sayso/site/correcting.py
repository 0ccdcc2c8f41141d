"""The page with all forms about one statement, or about one that was missed; and the panel with the agreement so far.

Always true here: the forms come from `render.correct_forms`, and work without scripts; the page shows the sentence in its paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sayso.corrections.apply import Corrected, corrected
from sayso.corrections.correction import Correction, Place
from sayso.corrections.places import anchors, find
from sayso.corrections.stretches import given
from sayso.errors import UsageError
from sayso.evaluation.corrected import CHECK_BELOW, NOTE, SoFar, said
from sayso.reading import Reading
from sayso.render import words
from sayso.render.correct_forms import Form, choices
from sayso.render.correct_words import FIELDS, Told, told
from sayso.site.links import Links

TEMPLATE = "correct_page.html.jinja"


@dataclass(frozen=True, slots=True)
class CorrectingPage:
    """What `correct_page.html.jinja` needs.

    Attributes:
        heading: of the article, and `back` where it stands.
        who: the speaker of the statement, in words; empty on the page for a missed one.
        form: of the statement, or for a missed one.
        waiting: corrections of this article that could not be applied to its present reading, each with the reason.

    """

    heading: str
    back: str
    who: str
    form: Form
    waiting: tuple[tuple[Told, str], ...]


def correcting_page(
    reading: Reading, corrections: Iterable[Correction], values: Mapping[str, str], links: Links, *, who: str = "", error: str = ""
) -> CorrectingPage:
    """The forms about the statement that `content` and `cue` of the values name; about a missed one if they name none.

    Args:
        reading: as the machine read it.
        corrections: of the article.
        values: of the address, or what a form sent, to be shown again beside the error.
        links: as seen from the page.
        who: the name to begin with.
        error: what was wrong with what was sent.

    Raises:
        UsageError: the values name a place where there is no statement.

    """
    found = corrected(reading, corrections)
    sent = dict(values) if error else {}
    name = _statement(found, values)
    form = choices(found, name, who=who) if name else Form(found, who=who)
    anchor = f"t{form.number}" if form.number else ""
    return CorrectingPage(
        heading=words.heading(reading),
        back=links.article(reading.document.id, anchor),
        who=_speaker(found, form),
        form=Form(found, form.attribution, form.number, who, error, sent),
        waiting=tuple((told(each), found.why[each.id]) for each in found.waiting),
    )


def _statement(found: Corrected, values: Mapping[str, str]) -> str | None:
    """The id of the statement that the values name; None if they name none."""
    size = len(found.reading.document.text)
    content, cue = (given(values.get(name, ""), size) for name in ("content", "cue"))
    if not content:
        return None
    place = Place(content, cue)
    for name, several in found.by.items():
        if any(each.place and (each.place.content, each.place.cue) == (content, cue) for each in several):
            return name
    there = find(place, anchors(found.machine.attributions))
    if there is None:
        raise UsageError("there is no such statement any more: the article was read anew meanwhile; load its page again")
    return there


def _speaker(found: Corrected, form: Form) -> str:
    if form.attribution is None:
        return ""
    sources = {each.id: each for each in (*found.machine.sources, *found.reading.sources)}
    return words.who(sources[form.attribution.speaker])


@dataclass(frozen=True, slots=True)
class AgreementPanel:
    """What the macro `agreement` of `agreement.html.jinja` needs.

    Attributes:
        told: how many corrections, by how many people, in how many articles.
        rows: field; right of all looked at, of those the machine was sure of, and of the others, each with interval and n.
        recall: of articles checked wholly; empty if there are none.
        left_out: what was not counted, and why; empty if nothing was.
        note: what not to conclude.

    """

    told: str
    rows: tuple[tuple[str, str, str, str], ...]
    recall: str
    left_out: str
    note: str


def agreement_panel(found: SoFar) -> AgreementPanel:
    """The agreement so far as a table of words."""
    people = "1 person" if found.people == 1 else f"{found.people} people"
    left = []
    if found.waiting:
        left.append(f"{words.many(found.waiting, 'correction')} wait: their place is not in the present reading")
    if found.gone:
        left.append(f"{words.many(found.gone, 'article')} with corrections are not in this store")
    return AgreementPanel(
        told=f"{words.many(found.corrections, 'correction')} that count, by {people}, in {words.many(found.articles, 'article')}. "
        f"Percent right of those looked at, with Wilson's 95 % interval; sure: confidence of {CHECK_BELOW} or more.",
        rows=tuple((_field(line.field), said(line.all), said(line.sure), said(line.unsure)) for line in found.lines),
        recall=f"{words.many(found.checked, 'article')} checked wholly: the machine had found {said(found.recall)} statements."
        if found.checked
        else "",
        left_out="; ".join(left),
        note=f"{NOTE[0].upper()}{NOTE[1:]}.",
    )


def _field(name: str) -> str:
    """What a field is called on pages."""
    return FIELDS.get(name.removeprefix("source ") if name.startswith("source ") else name, name)
