"""Loaded words, editorial stretches and stances: booked to whoever speaks the words."""

from collections.abc import Callable

import pytest

from sayso.attribution.draft import Found, Name
from sayso.document import Document
from sayso.encoder.windows import Tokenizer
from sayso.measures import editorial, loaded, roles, stance
from sayso.measures.actors import actors
from sayso.measures.heard import Actor, Heard, Mention, Sentence
from sayso.measures.listen import listen
from sayso.measures.measure import Measure
from sayso.reading import OUTLET, Finding, Reading
from sayso.spans import Span
from sayso.testing import ScriptedTone, span_of

Read = Callable[[str], Reading]


@pytest.fixture
def hear(tokenizer: Tokenizer) -> Callable[[str, tuple[str, ...]], Heard]:
    scorer = ScriptedTone(
        tokenizer,
        loaded=("brutal", "regime", "disgraceful", "thugs"),
        editorial=("must", "disgraceful"),
        liked=("praised", "hero"),
        disliked=("thugs", "disgraceful"),
    )

    def listener(text: str, names: tuple[str, ...] = ()) -> Heard:
        named = tuple(Actor(name, "person", (span_of(text, name),)) for name in names)
        return listen(scorer, [Document(text)], [named])[0]

    return listener


def who(reading: Reading, finding: Finding) -> str:
    return OUTLET if finding.speaker == OUTLET else reading.source(finding.speaker).name


LOADED = [
    ("The brutal regime fell.", [("outlet", "brutal regime")]),
    ("“The brutal regime fell,” said Mara Voss.", [("Mara Voss", "brutal regime")]),
    ("Mara Voss said that the brutal regime fell.", [("Mara Voss", "brutal regime")]),
    ("The brutal regime said that “thugs” had come.", [("outlet", "brutal regime"), ("the brutal regime", "thugs")]),
    ("The weir held.", []),
]


@pytest.mark.parametrize(("text", "expected"), LOADED)
def test_loaded_words_belong_to_whoever_says_them(
    text: str, expected: list[tuple[str, str]], by_rules: Read, hear: Callable[[str], Heard]
) -> None:
    reading = by_rules(text)
    found = loaded.measure.find(reading, hear(text))
    assert [(who(reading, each), text[each.evidence[0].start : each.evidence[0].end]) for each in found] == [*expected]


EDITORIAL = [
    ("The minister must go.", True),
    ("“The minister must go,” said Mara Voss.", False),
    ("Mara Voss said the minister must go.", False),
    ("In a disgraceful speech the mayor said: “We stay.”", True),
    ("The minister went.", False),
]


@pytest.mark.parametrize(("text", "expected"), EDITORIAL)
def test_only_the_outlet_editorializes(text: str, expected: bool, by_rules: Read, hear: Callable[[str], Heard]) -> None:
    reading = by_rules(text)
    found = editorial.measure.find(reading, hear(text))
    assert bool(found) is expected
    assert all(each.speaker == OUTLET for each in found)
    for each in found:
        assert reading.document.text[each.evidence[0].start].isalnum()


def test_what_one_accuses_the_other_of_is_his_stance(by_rules: Read, hear: Callable[[str, tuple[str, ...]], Heard]) -> None:
    text = "Mara Voss said that Dora Quill led thugs."
    reading = by_rules(text)
    found = {each.target: each for each in stance.measure.find(reading, hear(text, ("Mara Voss", "Dora Quill")))}
    assert (found["Dora Quill"].label, who(reading, found["Dora Quill"])) == ("unfavorable", "Mara Voss")
    assert found["Mara Voss"].speaker == OUTLET
    assert found["Mara Voss"].candidate, "who only speaks is not spoken of"
    assert not found["Dora Quill"].candidate


def test_names_swapped_the_stance_follows(by_rules: Read, hear: Callable[[str, tuple[str, ...]], Heard]) -> None:
    for first, second in (("Mara Voss", "Dora Quill"), ("Dora Quill", "Mara Voss")):
        text = f"{first} is a hero. {second} led thugs."
        labels = {each.target: each.label for each in stance.measure.find(by_rules(text), hear(text, (first, second)))}
        assert labels == {first: "favorable", second: "unfavorable"}


def test_several_mentions_in_one_sentence_are_one_finding(by_rules: Read, tokenizer: Tokenizer) -> None:
    text = "Quill is a hero, yes Quill."
    named = Actor("Quill", "person", (span_of(text, "Quill"), span_of(text, "Quill").shift(21)))
    heard = listen(ScriptedTone(tokenizer, liked=("hero",)), [Document(text)], [(named,)])[0]
    (found,) = stance.measure.find(by_rules(text), heard)
    assert len(found.about) == 2


def test_roles_are_candidates_and_few(by_rules: Read) -> None:
    text = " ".join(f"Quill ran {number}." for number in range(20))
    reading = by_rules(text)
    spans = [span_of(text, f"Quill ran {number}.") for number in range(20)]
    sentences = tuple(Sentence(span, (), (), (), 0, (0.25,) * 4, (0, 1, 0), 1) for span in spans)
    mentions = tuple(
        Mention(Span(span.start, span.start + 5), 0, number, (0, 1, 0), (0.1, 0.5 + number / 100, 0.1)) for number, span in enumerate(spans)
    )
    quill = Actor("Quill", "person", tuple(mention.span for mention in mentions))
    heard = Heard(sentences, (quill,), mentions)
    found = roles.measure.find(reading, heard)
    assert len(found) == roles.MOST
    assert all(each.candidate and each.label == "villain" for each in found)
    assert [each.score for each in found] == sorted(each.score for each in found)


@pytest.mark.parametrize("measure", [loaded.measure, editorial.measure, stance.measure, roles.measure], ids=lambda measure: measure.name)
def test_they_are_measures(measure: Measure) -> None:
    assert isinstance(measure, Measure)
    assert measure.find(Reading(Document("")), Heard()) == []


def test_actors_are_people_bodies_and_states() -> None:
    text = "Iran and Russia met. Iranian drones flew over Lake Toba, said Mara Voss of the Harbor Institute. Voss left Tehran."
    names = [("Iran", "place"), ("Russia", "place"), ("Iranian", "nationality"), ("Lake Toba", "place"), ("Mara Voss", "person")]
    found = [Name(span_of(text, words), kind) for words, kind in names]
    found += [
        Name(span_of(text, "Harbor Institute"), "organization"),
        Name(span_of(text, "Voss left").shift(0)._replace(end=text.index("Voss left") + 4), "person"),
    ]
    cast = actors(Document(text), Found(names=tuple(sorted(found, key=lambda name: name.span))))
    assert {actor.name: len(actor.mentions) for actor in cast} == {"Iran": 2, "Russia": 1, "Mara Voss": 2, "Harbor Institute": 1}
    assert {actor.name for actor in cast if actor.kind == "state"} == {"Iran", "Russia"}
