"""The forms show what is there now, keep the machine's place, and what they send is understood."""

import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from sayso.corrections.apply import corrected
from sayso.corrections.correction import ALL, Correction, Missed, Place, Seen, Value, Who
from sayso.corrections.forms import parse
from sayso.errors import UsageError
from sayso.evaluation.corrected import so_far
from sayso.reading import Reading
from sayso.render import templating
from sayso.render.correct_forms import choices, finding_choices
from sayso.render.correct_words import FIELDS, VALUES, told, what
from sayso.site.correcting import TEMPLATE, agreement_panel, correcting_page
from sayso.site.frame import on_server, show
from sayso.site.links import Served
from sayso.spans import Span

FRAME = on_server("news", "made", "secret")


def page(reading: Reading, corrections: tuple[Correction, ...] = (), error: str = "", **values: Any) -> Any:
    made = correcting_page(reading, corrections, values, Served(), who="Ada", error=error)
    return html.fromstring(show(FRAME, TEMPLATE, made))


def place(reading: Reading, number: int) -> dict[str, Any]:
    form = choices(corrected(reading, ()), reading.attributions[number - 1].id)
    return {"content": form.content, "cue": form.cue}


def fields(form: Any) -> dict[str, str]:
    return dict(form.form_values())


def by_button(found: Any, kind: str) -> Any:
    return next(form for form in found.forms if form.xpath(f".//button[@name='kind'][@value='{kind}']"))


def test_what_a_form_sends_untouched_changes_nothing(harbor: Reading) -> None:
    found = page(harbor, **place(harbor, 1))
    for kind, message in (("label", "no label"), ("speaker", "no other speaker"), ("span", "no words")):
        sent = fields(by_button(found, kind)) | {"kind": kind}
        assert sent["token"] == "secret"
        with pytest.raises(UsageError, match=message):
            parse(harbor, sent)
    (yes,) = parse(harbor, fields(by_button(found, "confirm")) | {"kind": "confirm"})
    assert (yes.who, yes.place and yes.place.content) == ("Ada", harbor.attributions[0].content)


def test_the_present_values_are_selected_and_the_place_stays_the_machines(harbor: Reading) -> None:
    moved = parse(harbor, place(harbor, 2) | {"kind": "span", "words_content": "clearly lost her nerve"}, "Ada")
    label = parse(harbor, place(harbor, 2) | {"kind": "label", "attitude": "belief", "source_kind": "government"}, "Ada", None, moved)
    found = page(harbor, (*moved, *label), **place(harbor, 2))
    sent = fields(by_button(found, "label"))
    assert (sent["attitude"], sent["source_kind"], sent["outlet_stance"]) == ("belief", "government", "distances")
    assert sent["content"] == place(harbor, 2)["content"]
    assert fields(by_button(found, "span"))["words_content"].strip() == "clearly lost her nerve"
    assert "the machine: says" in found.text_content()
    assert found.xpath("//form[contains(@action, '/withdraw')]")


def test_every_choice_is_in_words_and_in_the_closed_sets(harbor: Reading) -> None:
    form = choices(corrected(harbor, ()), "A1")
    for select in form.labels:
        name = select.name.removeprefix("source_")
        assert [value for value, _, _ in select.options] == list(VALUES[name])
        assert sum(chosen for _, _, chosen in select.options) == 1
        assert all(shown for _, shown, _ in select.options)
        assert select.legend.lower() == FIELDS[name].lower()
    assert sum(chosen for _, _, chosen in form.speakers) == 1


def test_an_error_stands_first_leads_to_its_form_and_keeps_what_was_typed(harbor: Reading) -> None:
    found = page(harbor, (), "the words do not stand there", kind="span", words_content="no <b>such</b>", **place(harbor, 1))
    (link,) = found.xpath("//*[@role='alert']//a")
    assert link.text == "the words do not stand there"
    assert found.xpath(f"//*[@id='{link.get('href')[1:]}']//textarea[@name='words_content']")[0].text.strip() == "no <b>such</b>"
    hostile = page(harbor, (), "x", kind='"><script>', **place(harbor, 1))
    assert hostile.xpath("//*[@role='alert']//a/@href") == ["#form-label"]


def test_a_missed_statement(harbor: Reading) -> None:
    found = page(harbor)
    form = by_button(found, "add")
    (speaker,) = [
        value for value, words in ((o.get("value"), o.text) for o in form.xpath(".//option")) if words == "An auditor (not named)"
    ]
    sent = fields(form) | {"kind": "add", "words_content": "The council must stop this", "speaker": speaker, "who": "Ada"}
    added = parse(harbor, sent)
    again = page(harbor, added, content="-".join(map(str, added[0].place.content[0])) if added[0].place else "", cue="")
    assert again.xpath("string(//h1)") == "Correct: An auditor (not named)"
    assert by_button(found, "checked") is not None


def test_every_field_has_a_label_and_every_id_stands_once(harbor: Reading) -> None:
    for found in (page(harbor), page(harbor, **place(harbor, 1))):
        for field in found.xpath("//input[not(@type='hidden')] | //select | //textarea"):
            assert field.xpath("ancestor::label"), field.get("name")
        assert all(form.xpath(".//fieldset/legend") for form in found.xpath("//form[@class='card']"))
        ids = found.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert not found.xpath("//@style | //@onclick | //main//script")


def test_a_row_is_small(harbor: Reading) -> None:
    template = templating._environment().from_string('{% from "correct.html.jinja" import correct %}{{ correct(form, frame) }}')
    made = template.render(form=choices(corrected(harbor, ()), "A1"), frame=FRAME)
    assert len(made) < 1000
    assert re.findall(r'name="(\w+)"', made) == ["token", "content", "cue", "back", "who", "kind", "kind"]


def test_a_finding(harbor: Reading) -> None:
    template = templating._environment().from_string('{% from "correct.html.jinja" import correct_finding as c %}{{ c(form, frame) }}')
    for number, finding in enumerate(harbor.findings):
        found: Any = html.fromstring(template.render(form=finding_choices(corrected(harbor, ()), number), frame=FRAME))
        (form,) = found.xpath(".//form")
        (made,) = parse(harbor, dict(form.form_values()) | {"verdict": "wrong", "who": "Ada"})
        assert made.before == finding.label
        after = corrected(harbor, [made])
        assert list(after.findings) == [number]
        assert finding_choices(after, number).said[0].what.endswith("not so")


SAID: dict[str, Value] = {
    "confirm": Seen(), "label": "belief", "speaker": Who("Mara\x1b Voss", "person"), "span": (Span(0, 3),), "remove": "",
    "add": Missed((Span(0, 3),), Who("unknown")), "finding": "wrong", "checked": "", "withdraw": "f" * 32,
}  # fmt: skip


@pytest.mark.parametrize("kind", ALL)
def test_every_kind_has_its_words(kind: str) -> None:
    where = None if kind in ("checked", "withdraw") else Place((Span(0, 3),), words="The\u202e one")
    field = {"label": "attitude", "span": "cue", "finding": "loaded/loaded"}.get(kind, "")
    made = Correction("0" * 32, "a", "Ada\n", "2026-03-04T09:15:00Z", kind, where, field, value=SAID[kind], note="a\x07")
    shown = told(made)
    assert what(made)
    assert shown.when == "2026-03-04 09:15 UTC"
    assert not re.search("[\x00-\x1f\u202e]", "".join((shown.what, shown.who, shown.place, shown.note)))


def test_what_waits_and_the_agreement_are_told(harbor: Reading) -> None:
    (label,) = parse(harbor, place(harbor, 2) | {"kind": "label", "attitude": "belief"}, "Ada")
    gone = replace(harbor, attributions=harbor.attributions[:1], findings=())
    found = page(gone, (label,), **place(harbor, 1))
    assert "no statement at that place" in found.text_content()
    panel = agreement_panel(so_far([harbor, gone], [label]))
    assert panel.rows[0] == ("attribution", "100.0 [20.7, 100.0] of 1", "100.0 [20.7, 100.0] of 1", "–")
    assert panel.rows[1][0] == "what the speaker does"
