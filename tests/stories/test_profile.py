"""Articles reduced to bags of words and a day."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.document import Document
from sayso.stories.profile import TERMS, capitalized, day_of, dot, lead, profile, unit
from sayso.stories.rarity import rarest, rarity, stems, table

FERRY = Document(
    text=(
        "Ferry Aurelia runs aground\n\nThe ferry Aurelia ran aground off Port Merrin on Tuesday with 284 people aboard. "
        "Nobody was hurt in 2019."
    ),
    title="Ferry Aurelia runs aground",
    outlet="The Merrin Post",
    published="2031-05-06T08:00:00+02:00",
)


def test_a_repeated_headline_is_taken_off_the_text() -> None:
    assert lead(FERRY).count("runs aground") == 1
    assert lead(FERRY).startswith("Ferry Aurelia runs aground. The ferry Aurelia ran")
    assert lead(Document(text="One two three"), 2) == "One two"
    assert lead(Document(text="")) == ""


def test_a_profile_holds_names_numbers_and_the_day() -> None:
    found = profile(FERRY)
    assert {"aurelia", "merrin"} <= set(found.names)
    assert "ferri" not in found.names
    assert "ferri" in found.body
    assert found.numbers == {"284"}, "a year is no number that tells stories apart"
    assert found.day == day_of("2031-05-06")
    assert found.day is not None
    assert found.outlet == "The Merrin Post"


@pytest.mark.parametrize("published", [None, "", "yesterday", "2031-13-01", "06/05/2031"])
def test_what_is_no_date_is_no_day(published: str | None) -> None:
    assert day_of(published) is None


def test_names_stand_inside_sentences() -> None:
    assert capitalized("Ships met. Boats from Lowmoor left. NATO came.") == {"lowmoor", "nato"}
    assert capitalized("EVERYTHING STANDS IN CAPITALS HERE") == set()


@given(st.text(max_size=400), st.text(max_size=60))
def test_every_bag_is_a_unit_vector_or_empty(text: str, title: str) -> None:
    found = profile(Document(text=text, title=title))
    for bag in (found.title, found.lead, found.body, found.names):
        assert len(bag) <= TERMS
        assert not bag or math.isclose(dot(bag, bag), 1.0, rel_tol=1e-9)


@given(
    st.dictionaries(st.sampled_from(["ferry", "harbor", "captain", "storm"]), st.integers(1, 9)),
    st.dictionaries(st.sampled_from(["ferry", "storm", "tax", "vote"]), st.integers(1, 9)),
)
def test_the_cosine_is_symmetric_and_at_most_one(one: dict[str, int], other: dict[str, int]) -> None:
    a, b = unit(one), unit(other)
    assert dot(a, b) == pytest.approx(dot(b, a))
    assert -1e-9 <= dot(a, b) <= 1 + 1e-9


def test_rare_words_weigh_more() -> None:
    assert rarity("the") == 0.0
    assert rarity("zzyzxian") == rarest() > rarity("earthquak") > rarity("say")
    assert all(bits >= 0 for bits in table().values())
    assert [term for term, _, _ in stems("1,200 ferries")] == ["1200", "ferri"]
