"""Corrections applied: each kind, voices and findings that follow, what waits, and the laws that hold for all of them."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.corrections.apply import corrected
from sayso.corrections.correction import (
    ADD,
    ALL,
    CHECKED,
    CONFIRM,
    FINDING,
    LABEL,
    LABELS,
    OF_SOURCE,
    REMOVE,
    ROLES,
    SPAN,
    SPEAKER,
    WITHDRAW,
    Correction,
    Missed,
    Place,
    Who,
)  # fmt: skip
from sayso.corrections.places import words_at
from sayso.document import Document
from sayso.reader import Reader
from sayso.reading import KINDS, OUTLET, STANDINGS, Reading
from sayso.schema import dumps, loads
from sayso.spans import Span, Spans, merge, overlap
from sayso.testing import assert_partition

Says = Callable[..., Correction]
Where = Callable[..., Spans]


def voice_of(reading: Reading, words: Spans) -> str:
    return next(voice.speaker for voice in reading.voices if overlap(voice.spans, words))


def test_without_corrections_nothing_changes(reading: Reading, says: Says) -> None:
    assert corrected(reading, ()).reading is reading
    other = replace(says(reading, 1, REMOVE), article="another")
    assert corrected(reading, [other]).reading is reading


@pytest.mark.parametrize("field", LABELS)
def test_a_label(reading: Reading, says: Says, field: str) -> None:
    value = LABELS[field][-1]
    found = corrected(reading, [says(reading, 2, LABEL, field=field, value=value)])
    assert getattr(found.reading.attributions[1], field) == value
    assert found.reading.attributions[1].confidence == 1.0
    assert found.reading.attributions[0] == reading.attributions[0]
    assert [each.kind for each in found.by["A2"]] == [LABEL]


@pytest.mark.parametrize(("field", "value"), [("kind", "government"), ("standing", "politician"), ("named", "unnamed")])
def test_a_label_of_a_source_holds_for_all_that_it_says(reading: Reading, says: Says, field: str, value: str) -> None:
    found = corrected(reading, [says(reading, 2, LABEL, field=field, value=value, about="Ines Calder")]).reading
    source = found.source("S2")
    assert {"kind": source.kind, "standing": source.standing, "named": "named" if source.named else "unnamed"}[field] == value
    if field == "named":
        assert found.summary.named_sources == 1


def test_another_speaker_takes_words_findings_and_chains_along(reading: Reading, says: Says, where: Where) -> None:
    found = corrected(reading, [says(reading, 3, SPEAKER, value=Who("Mara Voss", "person", "expert", True))]).reading
    mara = next(each for each in found.sources if each.name == "Mara Voss")
    assert found.attributions[2].speaker == mara.id
    assert found.attributions[3].chain == (OUTLET, mara.id, "S3")
    assert voice_of(found, where("that the yard insisted")) == mara.id
    assert mara.mentions == where("She")
    assert found.source("S2").mentions == where("Ines Calder")
    moved = corrected(reading, [says(reading, 2, SPEAKER, value=Who("clerks"))]).reading
    assert moved.findings[1].speaker == "S4"
    assert "S4" in {each.speaker for each in moved.voices}


def test_the_last_words_of_a_source_take_it_away(reading: Reading, says: Says) -> None:
    found = corrected(reading, [says(reading, 5, SPEAKER, value=Who("Ines Calder"))]).reading
    assert [each.name for each in found.sources] == ["the Harbor Institute", "Ines Calder", "the yard"]


def test_moved_words(reading: Reading, says: Says, where: Where) -> None:
    shorter = where("missed every date")
    found = corrected(reading, [says(reading, 1, SPAN, field="content", value=shorter, before=reading.attributions[0].content)]).reading
    assert found.attributions[0].content == shorter
    assert voice_of(found, where("shameless")) == OUTLET
    assert found.findings[0].speaker == OUTLET  # the word is in another voice now, and so is the finding
    cue = corrected(reading, [says(reading, 1, SPAN, field="cue", value=where("Institute stated"))]).reading.attributions[0]
    assert (cue.cue, cue.source) == (where("Institute stated"), where("the Harbor "))


def test_a_finding_that_is_cut_in_two_goes_where_most_of_it_is(reading: Reading, says: Says, where: Where) -> None:
    found = corrected(reading, [says(reading, 2, SPAN, field="content", value=where("builder was late"))]).reading
    assert (found.findings[1].speaker, found.findings[1].evidence) == ("S2", where("builder was late"))


def test_removing_one_lets_what_stood_in_it_stand_alone(reading: Reading, says: Says, where: Where) -> None:
    found = corrected(reading, [says(reading, 3, REMOVE)]).reading
    assert [each.id for each in found.attributions] == ["A1", "A2", "A4", "A5"]
    assert (found.attributions[2].within, found.attributions[2].chain) == (None, (OUTLET, "S3"))
    assert voice_of(found, where("that the yard insisted ")) == OUTLET


def test_adding_one(reading: Reading, says: Says, where: Where) -> None:
    missed = Missed(where("waited"), Who("clerks", "group"), where("The clerks"))
    added = says(reading, 0, ADD, place=Place(where("waited"), words="waited"), value=missed)
    found = corrected(reading, [added])
    new = found.reading.attributions[-1]
    assert (new.id, new.speaker, new.chain, new.confidence) == ("A6", "S4", (OUTLET, "S4"), 1.0)
    assert found.by["A6"] == (added,)
    label = replace(says(reading, 0, LABEL, 2, place=added.place, field="attitude", value="belief"))
    assert corrected(reading, [label, added]).reading.attributions[-1].attitude == "belief"


def test_adding_around_others_takes_them_in(reading: Reading, says: Says, where: Where) -> None:
    content = where("Ines Calder said that the builder was late")
    missed = Missed(content, Who("the Harbor Institute"))
    found = corrected(reading, [says(reading, 0, ADD, place=Place(content), value=missed)]).reading
    inner = next(each for each in found.attributions if each.id == "A2")
    assert (inner.within, inner.chain) == ("A6", (OUTLET, "S1", "S2"))


def test_one_that_is_put_in_the_place_of_a_removed_one_stays(reading: Reading, says: Says, where: Where) -> None:
    content = where("the builder was late")
    added = says(reading, 0, ADD, 1, place=Place(content, where("said")), value=Missed(content, Who("clerks"), cue=where("said")))
    found = corrected(reading, [added, says(reading, 2, REMOVE, 2)]).reading
    assert [each.content for each in found.attributions if each.cue == where("said")] == [content]
    without = replace(reading, attributions=tuple(each for each in reading.attributions if each.id != "A2"), findings=())
    waits = corrected(without, [added, says(reading, 2, REMOVE, 2)])
    assert [each.kind for each in waits.waiting] == [REMOVE]  # nothing but the added one is there: it is not removed for another's sake
    assert len(waits.reading.attributions) == 5


def test_findings(reading: Reading, says: Says, where: Where) -> None:
    builder = {"place": Place(where("the builder was late")), "field": "stance/unfavorable", "about": "builder"}
    right = corrected(reading, [says(reading, 0, FINDING, value="right", **builder)]).reading
    assert (right.findings[1].candidate, right.findings[1].confidence) == (False, 1.0)
    wrong = corrected(reading, [says(reading, 0, FINDING, value="wrong", **builder)])
    assert wrong.reading.findings == reading.findings[:1]
    assert list(wrong.findings) == [1]
    other = says(reading, 0, FINDING, value="wrong", **(builder | {"about": "yard"}))
    assert corrected(reading, [other]).waiting == (other,)


def test_sourcing_and_tallies_are_counted_anew(rules: Reader, says: Says) -> None:
    text = (
        "The shameless builder was late, said Ines Calder, the harbor master.\n\nMara Voss said that the yard may close. She warned "
        "that it is a disaster.\n"
    )
    reading = rules.read(Document(text))
    assert reading.tallies
    wrong_first = next(each for each in reading.findings if (each.measure, each.label) == ("sourcing", "first"))
    judged = says(reading, 0, FINDING, place=Place(wrong_first.evidence), field="sourcing/first", value="wrong")
    moved = says(reading, 2, SPEAKER, value=Who("Lena Ott", "person", "none", True))
    found = corrected(reading, [moved, judged]).reading
    lena = next(each for each in found.sources if each.name == "Lena Ott")
    assert any(each.label == "speaks" and each.speaker == lena.id for each in found.findings)
    assert not any(each.label == "first" for each in found.findings)
    gone = corrected(reading, [says(reading, number, REMOVE, number) for number in range(1, len(reading.attributions) + 1)]).reading
    assert {each.voice for each in gone.tallies} == {"own"}
    assert not any(each.measure == "sourcing" for each in gone.findings)


def test_the_latest_wins_and_the_other_one_is_told(reading: Reading, says: Says) -> None:
    first = says(reading, 2, LABEL, 1, field="attitude", value="belief")
    second = says(reading, 2, LABEL, 2, "Ben Ode", field="attitude", value="feeling")
    found = corrected(reading, [second, first])
    assert found.reading.attributions[1].attitude == "feeling"
    assert (found.applied, found.settled.replaced, found.disputed) == ((second,), (first,), (first,))
    back = says(reading, 0, WITHDRAW, 3, value=second.id)
    assert corrected(reading, [second, first, back]).reading.attributions[1].attitude == "belief"
    again = says(reading, 0, WITHDRAW, 4, value=back.id)
    assert corrected(reading, [second, first, back, again]).reading.attributions[1].attitude == "feeling"


def test_what_is_said_of_a_removed_one_waits(reading: Reading, says: Says) -> None:
    label = says(reading, 2, LABEL, 3, field="attitude", value="belief")
    found = corrected(reading, [says(reading, 2, REMOVE, 2), label])
    assert found.waiting == (label,)
    assert "removed" in found.why[label.id]
    restored = corrected(reading, [says(reading, 2, REMOVE, 2), label, says(reading, 2, CONFIRM, 4)])
    assert restored.waiting == ()
    assert restored.reading.attributions[1].attitude == "belief"


def test_what_somebody_found_right_holds_in_another_reading(reading: Reading, says: Says, where: Where) -> None:
    yes = says(reading, 2, CONFIRM)
    assert corrected(reading, [yes]).reading.attributions == tuple(
        replace(each, confidence=1.0) if each.id == "A2" else each for each in reading.attributions
    )
    other = replace(
        reading.attributions[1], content=where("the builder was late"), attitude="belief", form="mixed", speaker="S4", chain=(OUTLET, "S4")
    )
    sources = tuple(replace(each, kind="group") if each.id == "S2" else each for each in reading.sources)
    again = replace(
        reading, attributions=(reading.attributions[0], other, *reading.attributions[2:]), sources=sources, findings=(), voices=()
    )
    found = corrected(again, [yes])
    assert replace(found.reading.attributions[1], confidence=0.9) == reading.attributions[1]
    assert found.reading.source("S2").kind == "person"
    later = says(reading, 2, LABEL, 2, field="attitude", value="feeling")
    assert corrected(again, [later, yes]).reading.attributions[1].attitude == "feeling"


def test_names_that_are_longer_than_a_correction_keeps(reading: Reading, says: Says) -> None:
    long = tuple(replace(each, name="the clerks of the harbor " * 20) if each.id == "S4" else each for each in reading.sources)
    again = replace(reading, sources=long)
    found = corrected(again, [says(again, 5, CONFIRM), says(again, 2, SPEAKER, 2, value=Who.of(long[3]))]).reading
    assert [each.id for each in found.sources] == ["S1", "S2", "S3", "S4"]
    assert found.attributions[1].speaker == "S4"


def test_a_check_of_the_whole_article_holds_for_the_reading_that_was_checked(reading: Reading, says: Says) -> None:
    whole = says(reading, 0, CHECKED)
    assert corrected(reading, [whole]).checked == (whole,)
    again = replace(reading, generator=replace(reading.generator, bundle="another"))
    found = corrected(again, [whole])
    assert (found.checked, found.waiting) == ((), (whole,))
    assert "read anew" in found.why[whole.id]


def test_a_reading_that_has_changed(reading: Reading, says: Says, where: Where) -> None:
    label = says(reading, 3, LABEL, field="attitude", value="belief")
    longer = replace(reading.attributions[2], content=(Span(reading.attributions[2].content[0].start + 5, where("fine.")[0].end),))
    again = replace(reading, attributions=(*reading.attributions[:2], longer, *reading.attributions[3:]), findings=())
    assert corrected(again, [label]).reading.attributions[2].attitude == "belief"
    far = replace(longer, cue=where("insisted"))  # the same words, handed over by somebody else
    again = replace(reading, attributions=(*reading.attributions[:2], far), findings=())
    assert corrected(again, [label]).waiting == (label,)
    twice = replace(reading, attributions=(*reading.attributions[:3], replace(reading.attributions[2], id="A4")), findings=())
    assert corrected(twice, [label]).waiting == (label,)
    edited = replace(reading, document=replace(reading.document, text=reading.document.text.replace("yard", "boat")), findings=())
    found = corrected(edited, [label])
    assert found.waiting == (label,)
    assert "do not stand" in found.why[label.id]


SPANS = st.sets(st.integers(0, 230), min_size=2, max_size=6).map(
    lambda cuts: merge(Span(a, b) for a, b in zip(sorted(cuts)[::2], sorted(cuts)[1::2], strict=False))
)
WHO = st.builds(
    Who, st.sampled_from(["Ines Calder", "clerks", "Mara Voss", "unknown", "X"]), st.sampled_from(KINDS), st.sampled_from(STANDINGS)
)


@st.composite
def corrections(draw: st.DrawFn, reading: Reading, says: Says) -> list[Correction]:
    made: list[Correction] = []
    for second in range(1, draw(st.integers(1, 8)) + 1):
        kind = draw(st.sampled_from(ALL))
        number = draw(st.integers(1, 5))
        more: dict[str, Any]
        if kind == LABEL:
            field = draw(st.sampled_from([*LABELS, *OF_SOURCE]))
            more = {"field": field, "value": draw(st.sampled_from({**LABELS, **OF_SOURCE}[field])), "about": draw(WHO).name}
        elif kind == SPEAKER:
            more = {"value": draw(WHO)}
        elif kind == SPAN:
            more = {"field": draw(st.sampled_from(ROLES)), "value": draw(SPANS)}
        elif kind == ADD:
            missed = Missed(draw(SPANS), draw(WHO), draw(st.just(()) | SPANS), draw(st.just(()) | SPANS))
            more = {"value": missed, "place": Place(missed.content, missed.cue, words_at(reading.document.text, missed.content))}
        elif kind == FINDING:
            one = draw(st.sampled_from(reading.findings))
            more = {"field": f"{one.measure}/{one.label}", "about": one.target or "", "value": draw(st.sampled_from(["right", "wrong"]))}
            more["place"] = Place(one.evidence)
        elif kind == WITHDRAW:
            more = {"value": draw(st.sampled_from([each.id for each in made])) if made else "0" * 32, "place": None}
        else:
            more = {"place": None} if kind == CHECKED else {}
        made.append(says(reading, number, kind, second, draw(st.sampled_from(["Ada", "Ben"])), **more))
    return made


@settings(max_examples=200)
@given(data=st.data())
def test_laws(reading: Reading, says: Says, data: st.DataObject) -> None:
    given_all = data.draw(corrections(reading, says))
    found = corrected(reading, given_all)
    found.reading.check()
    assert_partition(reading.document.text, [span for voice in found.reading.voices for span in voice.spans])
    assert loads(dumps(found.reading)).attributions == found.reading.attributions
    shuffled = random.Random(1).sample(given_all * 2, 2 * len(given_all))
    assert corrected(reading, shuffled) == found
    told = {each.id for each in (*found.applied, *found.waiting, *found.settled.replaced, *found.settled.withdrawn)}
    assert told | {each.id for each in given_all if each.kind == WITHDRAW} == {each.id for each in given_all}
    taken = [says(reading, 0, WITHDRAW, 100 + n, value=each.id) for n, each in enumerate(given_all) if each.kind != WITHDRAW]
    assert corrected(reading, [*given_all, *taken]).reading == reading


@settings(max_examples=100)
@given(data=st.data())
def test_labels_speakers_and_findings_applied_twice_are_as_applied_once(reading: Reading, says: Says, data: st.DataObject) -> None:
    plain = [
        each for each in data.draw(corrections(reading, says)) if each.kind in (LABEL, SPEAKER, CONFIRM) and each.field not in OF_SOURCE
    ]
    once = corrected(reading, plain).reading
    twice = corrected(once, plain).reading
    assert [replace(each, chain=(), speaker="") for each in twice.attributions] == [
        replace(each, chain=(), speaker="") for each in once.attributions
    ]
    for one, other in zip(twice.attributions, once.attributions, strict=True):
        assert twice.source(one.speaker).name == once.source(other.speaker).name
