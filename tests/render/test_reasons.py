"""Explanations in words: clues that rest on the same words are told together, and every clue has a wording or its own name."""

import pytest

from sayso import linear
from sayso.attribution import wording as clues
from sayso.explain import ATTRIBUTION_TASKS, RESOLUTIONS, SOURCE_TASKS, Decision, drafts, explain
from sayso.linear import Clue, Reason
from sayso.reading import ATTITUDES, COMMITMENTS, OUTLET_STANCES, POLARITIES, Reading
from sayso.render import reasons


def test_every_task_label_and_resolution_has_its_words() -> None:
    assert tuple(reasons.TASK) == (*ATTRIBUTION_TASKS, *SOURCE_TASKS)
    assert tuple(reasons.RESOLUTION) == RESOLUTIONS
    closed = zip(ATTRIBUTION_TASKS, (ATTITUDES, POLARITIES, OUTLET_STANCES, COMMITMENTS), strict=True)
    assert all(reasons.label(Decision(task, label)) for task, labels in closed for label in labels)
    assert reasons.label(Decision("kind", "person", 0.912)) == "person 0.91"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("cue=claimed", "the whole cue “claimed”"),
        ("class=distancing", "a word of distancing"),
        ("class=feeling that", "a word of feeling"),
        ("not class=belief", "a word of belief after a negation"),
        ("sense outlet_stance=distances", "its sense in the dictionary of cues “distances”"),
        ("negated assertion", "a negation in the cue"),
        ("modal before", "a modal verb before the cue"),
        ("canonical role=harbor master", "the role “harbor master” in the full name"),
        ("aside:official", "what is said beside the name: a word of official"),
        ("head is proper", "the main word is proper"),
        ("kind=person", "the kind of source may be person"),
        ("kind=that", "how the content begins “that”"),
        ("something new=x", "something new=x"),
        ("evil\x1b[2J\nclue", "evil\\x1b[2J clue"),
    ],
)
def test_wording(name: str, told: str) -> None:
    assert reasons.wording(Clue(name)) == told


def test_every_clue_about_the_hand_over_has_a_wording(ferry: Reading) -> None:
    made = drafts(ferry)
    names = {
        clue.name for draft in made for clue in clues.clues(ferry.document, draft, None if draft.within is None else made[draft.within])
    }
    assert len(names) > 50
    assert [name for name in names if reasons.wording(Clue(name)) == name] == []


def test_clues_on_the_same_words_are_added_up(ferry: Reading) -> None:
    cue, source = ferry.attributions[4].cue[0], ferry.attributions[4].source[0]
    given = (
        Reason(Clue("cue=claimed", cue), 1.5),
        Reason(Clue("class=distancing", cue), 0.75),
        Reason(Clue("word=claimed", cue), -0.25),
        Reason(Clue("possessive", source), -3.0),
        Reason(Clue("short content"), 0.5),
        Reason(Clue("one word", cue), 0.0),
    )
    first, second, third = reasons.told(ferry.document, given)
    assert (first.weight, first.line()) == (-3.0, "“A senior official” (the source is a possessive)")
    assert second.weight == 2.0
    assert second.line() == "“claimed” (the whole cue; a word of distancing; …)"
    assert second.line(most=3) == "“claimed” (the whole cue; a word of distancing; a word of the cue)"
    assert third.line() == "the content is short"


def test_the_speaker_and_how_the_words_lead_there(ferry: Reading) -> None:
    told = {each.id: reasons.speaker(ferry, explain(ferry, each.id)) for each in ferry.attributions}
    assert told["A3"] == ("Ines Calder, director, Port Alder ferries", "“She”: what these words refer to, 0.83")
    assert told["A7"] == ("source not stated", "the text names nobody")
    assert told["A8"] == ("They (not resolved)", "“They”: not resolved: who is meant could not be told")


@pytest.mark.parametrize("models", ["labels", "kinds"])
def test_every_clue_that_a_model_weighs_has_a_wording(models: str) -> None:
    names = {name for model in linear.load(models).values() for name in model.weights}
    assert sorted(name for name in names if reasons.wording(Clue(name)) == name) == []
