import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.evaluation.naming import names_speaker, same_speaker, same_words, stands_in, words
from sayso.reading import Source


def person(name: str) -> Source:
    return Source("S1", name, "person", named=True)


def body(name: str) -> Source:
    return Source("S1", name, "organization", named=True)


def described(name: str) -> Source:
    return Source("S1", name, "group", named=False)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Mara Voss"), person("MARA VOSS")),
        (person("Mayor Mara Voss"), person("Mara Voss")),
        (person("former Deputy Prime Minister Mara Voss"), person("Ms. Mara Voss")),
        (person("J. R. Tolk"), person("J.R. Tolk")),
        (person("José Núñez"), person("Jose Nunez")),
        (person("Søren Łuk"), person("Soren Luk")),
        (person("Dr. Quill"), person("Quill")),
        (body("the Harbor Institute"), body("Harbor Institute (HI)")),
        (body("U.S. Weather Office"), body("US Weather Office")),
        (body("Harbor Institute’s"), body("Harbor Institute")),
        (body("Ada and the Harbor Police"), body("Ada and Harbor Police")),
        (described("the mayor’s aides"), described("The mayor's aides")),
    ],
)
def test_one_name_written_in_two_ways(one: Source, other: Source) -> None:
    assert same_words(one, other)
    assert same_speaker(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Mara Voss"), person("Mara L. Voss")),
        (person("Mara Voss"), person("George “Mara” Mara Voss")),
        (body("Government of Norvania"), body("Norvanian government")),
        (body("authorities of Belania"), body("the Belanian authorities")),
        (body("Ministry of Defense"), body("Norvanian Ministry of Defense")),
        (body("TKN"), body("TKN news agency")),
        (body("the H.U."), body("Harbor Union")),
        (body("FDB"), body("the Foundation for Dry Boats")),
        (body("brief of the Harbor Institute"), body("brief by the Harbor Institute")),
        (described("partners in the project"), described("all these partners")),
        (described("other people in the office"), described("people in the office who knew of it")),
        (person("Ada Orr and Ben Foss"), person("Ada M. Orr and Ben Foss")),
    ],
)
def test_a_fuller_or_turned_name_is_the_same_speaker_but_not_the_same_words(one: Source, other: Source) -> None:
    assert same_speaker(one, other)
    assert not same_words(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (body("HU"), body("Harbor Fishing Union")),
        (person("Mara Voss"), person("Voss")),
        (person("Mara Voss"), person("Mara")),
        (person("Mara Voss"), person("Lena Voss")),
        (person("José dos Santos"), person("dos Santos")),
        (person("Mara Voss Jr"), person("Voss Jr")),
        (person("Mara Voss"), body("Mara Voss campaign")),
        (person("Ada Orr and Ben Foss"), person("Ben Foss")),
        (person("Ada Orr and Ben Foss"), person("Orr and Foss")),
        (person("Mara Voss"), described("a spokesman for Mara Voss")),
        (body("Harbor Ministry"), body("Foreign Ministry")),
        (body("Norvanian government"), body("the government")),
        (body("Supreme Court"), body("court")),
        (described("experts"), described("officials")),
        (described("the mayor’s aides"), described("the mayor")),
        (person("Mara Voss"), Source("S2", "unknown")),
    ],
)
def test_what_is_short_of_a_name_is_none(one: Source, other: Source) -> None:
    assert not same_speaker(one, other)
    assert not same_speaker(other, one)
    assert not same_words(one, other)


@pytest.mark.parametrize(
    ("phrase", "speaker", "there"),
    [
        ("Voss", person("Mara Voss"), True),
        ("the mayor, Mara Voss,", person("Mara Voss"), True),
        ("Voss’s", person("Mara Voss"), True),
        ("HI", body("Harbor Institute"), True),
        ("the HIN", body("Harbor Institute (HIN)"), True),
        ("The Army", body("the Army"), True),
        ("She", person("Mara Voss"), False),
        ("the mayor", person("Mara Voss"), False),
        ("Mayor", person("Mayor Mara Voss"), False),
        ("The government", body("Government of Norvania"), False),
        ("who", person("Mara Voss"), False),
        ("its", body("Harbor Institute"), False),
    ],
)
def test_whether_a_phrase_holds_the_name(phrase: str, speaker: Source, there: bool) -> None:
    assert names_speaker(phrase, speaker) is there


some_names = st.text(alphabet=string.ascii_letters + " .'’()-éø", min_size=1, max_size=24)
some_sources = st.builds(Source, st.just("S1"), some_names, st.sampled_from(["person", "organization", "group"]), named=st.booleans())


@given(some_sources, some_sources)
def test_both_relations_are_symmetric_and_hold_of_a_name_and_itself(one: Source, other: Source) -> None:
    for same in (same_words, same_speaker):
        assert same(one, one)
        assert same(one, other) == same(other, one)
    assert same_speaker(one, other) or not same_words(one, other)


@given(st.text(max_size=40))
def test_any_name_has_words(name: str) -> None:
    assert words(name)


def test_a_name_stands_in_a_text_that_gives_all_of_its_words() -> None:
    text = "Mara Voss of the Harbor Institute spoke."
    assert stands_in(person("Dr. Mara Voss"), text)
    assert stands_in(body("Harbor Institute (HI)"), text)
    assert not stands_in(person("Mara L. Quill"), text)
