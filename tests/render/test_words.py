"""Every label has a plain word, names are introduced once, shares add up, and nothing is a verdict."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading import ATTITUDES, COMMITMENTS, FORMS, OUTLET_STANCES, POLARITIES, Reading, Source
from sayso.render import words


@pytest.mark.parametrize(
    ("table", "labels"),
    [
        (words.FORM, FORMS),
        (words.ATTITUDE, ATTITUDES),
        (words.POLARITY, POLARITIES),
        (words.STANCE, OUTLET_STANCES),
        (words.COMMITMENT, COMMITMENTS),
    ],
)
def test_every_label_has_a_word_of_its_own(table: dict[str, str], labels: tuple[str, ...]) -> None:
    assert tuple(table) == labels
    assert len(set(table.values())) == len(labels)


@pytest.mark.parametrize(
    ("source", "introduced"),
    [
        (
            Source("S1", "Ana Roy", named=True, role="senior analyst", affiliation="Harrow Institute"),
            "Ana Roy, senior analyst, Harrow Institute",
        ),
        (Source("S1", "Minister Ana Roy", named=True, role="minister"), "Minister Ana Roy"),
        (Source("S1", "a senior official"), "a senior official (not named)"),
        (Source("S1", "she", resolved=False), "she (not resolved)"),
        (Source("S1", ""), "source not stated"),
        (Source("S1", "unknown"), "source not stated"),
        (Source("S1", "Evil\x1b[2J\nName", named=True), "Evil\\x1b[2J Name"),
    ],
)
def test_who(source: Source, introduced: str) -> None:
    assert words.who(source) == introduced


def test_rows(talks: Reading) -> None:
    first, second, third, fourth, fifth = words.rows(talks)
    assert (first.number, first.who, first.how, first.chain, first.inside) == (1, "Karim Haddad, foreign minister", "denies", "", None)
    assert (second.chain, second.check) == ("outlet, via Reuters → a senior official", False)
    assert (third.chain, third.inside) == ("outlet, via Reuters → a senior official → the mediators", 2)
    assert (third.how, third.check) == ("believes", True)
    assert fourth.form == "quoted"
    assert [row.stands for row in (first, second, third, fourth, fifth)] == ["The foreign minister", "", "", "", "He"]
    assert (fifth.form, fifth.stance) == ("partly quoted", "distancing")
    assert third.label == (
        "attribution 3, reported, the mediators (not named), chain outlet, via Reuters → a senior official → the mediators, inside 2, "
        "believes, hand-over neutral, commitment probable, uncertain, check"
    )


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 1000))
def test_percents_add_up_and_stay_near(a: int, b: int, c: int) -> None:
    total = a + b + c
    if total:
        exact = [100 * part / total for part in (a, b, c)]
        shown = words.percents(*(part / total for part in (a, b, c)))
        assert sum(shown) == 100
        assert all(abs(value - near) < 1.000001 for value, near in zip(shown, exact, strict=True))
    else:
        assert words.percents(0.0, 0.0, 0.0) == (0, 0, 0)


def test_counts_and_particulars(talks: Reading) -> None:
    assert words.counts(talks) == "42 words · 5 attributions · 4 sources: 2 named, 2 not named"
    assert words.particulars(talks) == ("The Daily Example", "2026-03-04T09:15Z", "Ana Writer", "en")
    assert words.shares(talks) == (("own voice", 50), ("reported", 30), ("quoted", 20))


def test_low_confidence_asks_for_a_check(talks: Reading) -> None:
    assert [row.check for row in words.rows(talks)] == [False, False, True, False, False]


def test_remarks_are_what_is_out_of_the_ordinary(talks: Reading) -> None:
    assert [row.remarks for row in words.rows(talks)] == [(), (), ("probable",), (), ("distancing",)]


def test_a_chain_is_shown_where_it_has_more_than_one_step(ferry: Reading) -> None:
    assert [row.chain for row in words.rows(ferry)] == [
        "",
        "outlet → the Harbor Institute, via media reports → Ines Calder",
        "outlet, via the Alder Post → Ines Calder",
        *[""] * 5,
    ]


def test_a_chain_that_was_made_elsewhere_is_told_as_it_is_given(ferry: Reading) -> None:
    odd = replace(ferry.attributions[2], chain=("outlet", "S6", "S4", "S3"))
    (row,) = words.rows(replace(ferry, attributions=(odd,)))
    assert row.chain == "outlet → source not stated, via the Alder Post → Ines Calder"
