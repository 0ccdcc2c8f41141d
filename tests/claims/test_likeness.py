"""Figures of pairs, and what is matched by them: symmetric, without voices, the same in whatever order."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claims.content import Content, of_text
from sayso.claims.likeness import FIGURES, clash, likeness
from sayso.claims.matcher import NUMBER, matched

SENTENCES = (
    "The old bridge was closed after the storm on Sunday.",
    "the old bridge was closed after the storm",
    "Nine cars were lost in the river.",
    "four cars were lost in the river",
    "Mayor Ada Quill will not resign over the bridge.",
    "The mayor of Merrin, Ada Quill, is not going to resign.",
    "Gulls came back early this spring.",
    "Fresh herring costs less this week.",
)
CONTENTS = tuple(of_text(text) for text in SENTENCES)
HOMES = (0, 1, 0, 1, 0, 1, 2, 2)


def figure(name: str, contents: tuple[Content, ...] = CONTENTS, homes: tuple[int, ...] = HOMES) -> np.ndarray:
    return likeness(contents, homes, None)[..., FIGURES.index(name)]


@pytest.mark.parametrize(
    ("text", "names", "negated"),
    [
        ("the bridge that Ada Quill built", {"ada", "quill"}, False),
        ("Gulls never came back", set(), True),
        ("that nobody was hurt in Merrin", {"merrin"}, True),
        ("", set(), False),
    ],
)
def test_content_has_names_and_negation(text: str, names: set[str], negated: bool) -> None:
    found = of_text(text)
    assert (set(found.names), found.negated) == (names, negated)
    assert found.names <= found.stems


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("nine cars were lost", "four cars were lost", True),
        ("nine cars were lost", "9 cars were lost", False),
        ("nine cars were lost", "four boats were lost", False),
        ("about 100 cars were lost", "105 cars were lost", False),
        ("nine cars and then four cars were lost", "four cars were lost", False),
        ("no car was lost", "four cars were lost", False),
        ("it sank in 1998", "it sank in 1958", True),
    ],
)
def test_clash_is_other_numbers_for_one_thing(one: str, other: str, expected: bool) -> None:
    first, second = of_text(one), of_text(other)
    assert clash(first, second) is clash(second, first) is expected


def test_figures_are_symmetric_and_bounded() -> None:
    found = likeness(CONTENTS, HOMES, None)
    assert np.array_equal(found, found.transpose(1, 0, 2))
    assert np.isfinite(found).all()
    for name in ("words", "covered", "covers", "names", "numbers", "clash", "phrase", "nearest", "within", "denied"):
        values = found[..., FIGURES.index(name)]
        assert values.min() >= 0
        assert values.max() <= 1 + 1e-5, name


def test_figures_say_what_they_say() -> None:
    assert figure("words")[0, 1] > figure("words")[0, 2]
    assert figure("covered")[0, 1] == pytest.approx(1, abs=1e-4)
    assert figure("clash")[2, 3] == 1
    assert figure("names")[4, 5] > 0.5 > figure("names")[0, 4]
    assert figure("within")[0, 2] == 1
    assert figure("within")[0, 1] == 0
    assert figure("denied")[4, 6] == 1
    assert figure("nearest")[0, 1] == 1


@given(st.permutations(range(len(SENTENCES))))
def test_other_numbers_for_the_statements_are_the_same_match(order: list[int]) -> None:
    before = matched(CONTENTS, HOMES)
    after = matched([CONTENTS[at] for at in order], [HOMES[at] for at in order])
    assert np.allclose(after.probabilities, before.probabilities[np.ix_(order, order)], atol=1e-4)
    assert sorted(tuple(sorted(order[at] for at in group)) for group in after.groups) == list(before.groups)
    pairs = {frozenset((order[each.first], order[each.second])) for each in after.conflicts}
    assert pairs == {frozenset((each.first, each.second)) for each in before.conflicts}


def test_same_words_are_one_claim_and_other_numbers_conflict() -> None:
    found = matched(CONTENTS, HOMES)
    assert {0, 1} <= set(next(group for group in found.groups if 0 in group))
    assert [(each.first, each.second, each.kind) for each in found.conflicts] == [(2, 3, NUMBER)]
    assert not any({6, 7} & set(group) for group in found.groups if len(group) > 1)
    assert np.array_equal(found.probabilities, found.probabilities.T)
    assert all(found.probabilities[0, 1] > found.probabilities[one, other] for one, other in combinations((2, 4, 6, 7), 2))


@pytest.mark.parametrize("texts", [(), ("Gulls came back early.",), ("", ""), ("Ω" * 50, "1" * 50)])
def test_few_or_odd_statements(texts: tuple[str, ...]) -> None:
    found = matched([of_text(text) for text in texts], range(len(texts)))
    assert sorted(at for group in found.groups for at in group) == list(range(len(texts)))
    assert np.isfinite(found.probabilities).all()
