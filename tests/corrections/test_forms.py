"""What forms send becomes corrections, or one line that says what to do."""

import re
from collections.abc import Callable

import pytest

from sayso.corrections.apply import corrected
from sayso.corrections.correction import ADD, CONFIRM, LABEL, REMOVE, SPAN, SPEAKER, WITHDRAW, Correction, Missed, Who
from sayso.corrections.forms import parse, source_key
from sayso.corrections.stretches import located, offsets, told
from sayso.errors import UsageError
from sayso.reading import Reading
from sayso.spans import Spans, span_list

WHEN = "2026-03-04T09:15:00Z"


def sent(reading: Reading, number: int, kind: str, **more: str) -> dict[str, str]:
    was = reading.attributions[number - 1]
    return {"kind": kind, "content": offsets(was.content), "cue": offsets(was.cue)} | more


def asked(reading: Reading, values: dict[str, str], *before: Correction) -> tuple[Correction, ...]:
    return parse(reading, values, "Ada Quill", WHEN, before)


def test_confirm_and_remove(reading: Reading) -> None:
    (yes,) = asked(reading, sent(reading, 3, CONFIRM, note=" fine "))
    assert (yes.kind, yes.who, yes.when, yes.note, yes.confidence) == (CONFIRM, "Ada Quill", WHEN, "fine", 0.6)
    assert yes.place is not None
    assert (yes.place.content, yes.place.cue) == (reading.attributions[2].content, reading.attributions[2].cue)
    assert yes.place.words == "that the yard insisted that the valve was fine"
    (no,) = asked(reading, sent(reading, 3, REMOVE))
    assert len(corrected(reading, [no]).reading.attributions) == 4


def test_only_labels_that_were_changed_are_kept(reading: Reading) -> None:
    was = reading.attributions[1]
    same = {name: getattr(was, name) for name in ("form", "attitude", "polarity", "outlet_stance", "commitment")}
    values = sent(reading, 2, LABEL, **(same | {"attitude": "belief", "source_kind": "person", "source_standing": "politician"}))
    made = asked(reading, values)
    assert [(each.field, each.value, each.before, each.about) for each in made] == [
        ("attitude", "belief", "assertion", ""),
        ("standing", "politician", "official", "Ines Calder"),
    ]
    found = corrected(reading, made).reading
    assert (found.attributions[1].attitude, found.source("S2").standing) == ("belief", "politician")
    with pytest.raises(UsageError, match="no label was changed"):
        asked(reading, values, *made)
    (back,) = asked(reading, sent(reading, 2, LABEL, attitude="assertion"), *made)
    assert (back.value, back.before) == ("assertion", "assertion")  # what the machine had, not what was set meanwhile


def test_speakers(reading: Reading) -> None:
    (known,) = asked(reading, sent(reading, 5, SPEAKER, speaker=source_key(reading.sources[1])))
    assert known.value == Who.of(reading.sources[1])
    assert known.before == Who.of(reading.sources[3])
    new = {"new_name": "  Mara   Voss ", "new_kind": "person", "new_standing": "expert", "new_named": "named"}
    (other,) = asked(reading, sent(reading, 5, SPEAKER, speaker="", **new))
    assert other.value == Who("Mara Voss", "person", "expert", True)
    (nobody,) = asked(reading, sent(reading, 5, SPEAKER, speaker="unknown"))
    assert corrected(reading, [nobody]).reading.sources[-1].identity == "unstated"
    moved = source_key(reading.sources[1]).replace("S2", "S9")  # ids were given anew
    assert asked(reading, sent(reading, 5, SPEAKER, speaker=moved))[0].value == known.value


def test_words(reading: Reading, where: Callable[..., Spans]) -> None:
    fields = {f"words_{role}": told(reading.document.text, getattr(reading.attributions[0], role)) for role in ("source", "cue", "content")}
    with pytest.raises(UsageError, match="no words were changed"):
        asked(reading, sent(reading, 1, SPAN, **fields))
    (made,) = asked(reading, sent(reading, 1, SPAN, **(fields | {"words_content": "missed … date,"})))
    assert (made.field, made.value, made.before) == ("content", where("missed every date,"), reading.attributions[0].content)
    gone = asked(reading, sent(reading, 1, SPAN, **(fields | {"words_source": " "})))
    assert [(each.field, each.value) for each in gone] == [("source", ())]
    chosen = {"words_content": "shameless yard", "at_content": offsets(where("shameless yard"))}
    assert asked(reading, sent(reading, 1, SPAN, **(fields | chosen)))[0].value == where("shameless yard")
    second = asked(reading, sent(reading, 4, SPAN, words_source="the yard", words_cue="insisted", words_content="the valve … fine."))
    assert [each.field for each in second] == ["content"]


def test_a_missed_statement_can_be_corrected_and_removed_again(reading: Reading) -> None:
    words = {"words_content": "waited", "words_source": "clerks", "words_cue": "", "speaker": source_key(reading.sources[3])}
    (added,) = asked(reading, {"kind": ADD} | words)
    assert isinstance(added.value, Missed)
    assert reading.document[added.value.source] == "clerks"
    assert added.value.source[0].start > 200  # the clerks beside it, not those before
    place = {"content": offsets(added.value.content), "cue": ""}
    (label,) = asked(reading, {"kind": LABEL, "attitude": "belief"} | place, added)
    assert corrected(reading, [label, added]).reading.attributions[-1].attitude == "belief"
    (taken,) = asked(reading, {"kind": REMOVE} | place, added)
    assert (taken.kind, taken.value) == (WITHDRAW, added.id)


def test_findings(reading: Reading) -> None:
    values = {"kind": "finding", "content": offsets(reading.findings[1].evidence), "finding": "stance/unfavorable", "about": "builder"}
    (wrong,) = asked(reading, values | {"verdict": "wrong"})
    assert (wrong.before, wrong.confidence) == ("unfavorable", 0.7)
    assert len(corrected(reading, [wrong]).reading.findings) == 1


BAD = [
    ({}, "does not say what is wrong"),
    ({"kind": "burn"}, "does not say what is wrong"),
    ({"kind": "confirm"}, "names no statement"),
    ({"kind": "confirm", "content": "x"}, "load the page again"),
    ({"kind": "confirm", "content": "5-3"}, "load the page again"),
    ({"kind": "confirm", "content": "0-9999"}, "load the page again"),
    ({"kind": "confirm", "content": "0-9,5-12"}, "load the page again"),
    ({"kind": "confirm", "content": "9" * 5000}, "load the page again"),
    ({"kind": "confirm", "content": "200-206"}, "no such statement"),
    ({"kind": "label", "attitude": "x", "content": "A2"}, "not one of"),
    ({"kind": "label", "source_kind": "x", "content": "A2"}, "not one of"),
    ({"kind": "speaker", "content": "A2"}, "choose who"),
    ({"kind": "speaker", "speaker": "S9-x", "content": "A2"}, "no such source"),
    ({"kind": "speaker", "new_name": "ines calder", "content": "A2"}, "no other speaker"),
    ({"kind": "speaker", "new_name": "x" * 500, "content": "A2"}, "characters"),
    ({"kind": "speaker", "new_name": "x", "new_kind": "y", "content": "A2"}, "not one of"),
    ({"kind": "span", "words_content": "no such words", "content": "A2"}, "do not stand in the text"),
    ({"kind": "span", "words_content": " ", "content": "A2"}, "has content"),
    ({"kind": "span", "words_content": "builder … shameless", "content": "A2"}, "do not stand after"),
    ({"kind": "span", "words_content": "builder\nbuilder", "content": "A2"}, "same place"),
    ({"kind": "span", "words_content": "x" * 30_000, "content": "A2"}, "longer than"),
    ({"kind": "add", "words_content": ""}, "give the words"),
    ({"kind": "add", "words_content": "the"}, "give more of them"),
    ({"kind": "add", "words_content": "waited"}, "choose who"),
    ({"kind": "finding", "content": ""}, "no finding"),
    ({"kind": "finding", "content": "0-5", "finding": "loaded/loaded", "verdict": "right"}, "no such finding"),
    ({"kind": "finding", "content": "0-5", "finding": "loaded", "verdict": "maybe"}, "not one of"),
    ({"kind": "checked", "note": "x" * 5000}, "note has"),
]


@pytest.mark.parametrize(("values", "message"), BAD)
def test_what_makes_no_sense_is_one_line(reading: Reading, values: dict[str, str], message: str) -> None:
    if values.get("content") == "A2":
        values = values | {name: value for name, value in sent(reading, 2, "").items() if name != "kind"}
    with pytest.raises(UsageError, match=re.escape(message)) as error:
        asked(reading, values)
    assert "\n" not in str(error.value)


def test_somebody_has_to_give_a_name(reading: Reading) -> None:
    with pytest.raises(UsageError, match="give your name"):
        parse(reading, {"kind": "checked", "who": "  "})
    assert parse(reading, {"kind": "checked", "who": " Ben  Ode "})[0].who == "Ben Ode"


TEXT = (
    "He said “no” twice. He said 'no' again (a.b) and the end.\nHe said\nno more: "
    "one two three four five six seven eight nine ten to the end."
)


@pytest.mark.parametrize(
    ("lines", "near", "found"),
    [
        ('"no"', (0, 5), "“no”"),
        ("said no", (), "said\nno"),
        ("He said", (0, 3), "He said"),
        ("(a.b)", (), "(a.b)"),
        ("one two ... the end.", (), "one two three four five six seven eight nine ten to the end."),
        ("He said … the end", (20, 57), "He said 'no' again (a.b) and the end"),
    ],
)
def test_words_are_found_near_the_old_place(lines: str, near: tuple[int, ...], found: str) -> None:
    spans = located(TEXT, lines, span_list([near] if near else []), "content")  # type: ignore[list-item]
    assert [TEXT[span.start : span.end] for span in spans] == [found]
