"""The content of a stretch: two wordings of one thing meet, and a denial does not meet what it denies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.measures.gist import Gist, gist, stem
from sayso.spans import Span


def of(text: str) -> Gist:
    return gist(text, Span(0, len(text)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("charge", "charged"), ("charge", "charging"), ("city", "cities"), ("stop", "stopped"), ("stop", "stopping"), ("deny", "denies"),
        ("deny", "denied"), ("ferry", "ferry's"), ("seize", "seizes"), ("march", "marches"), ("kill", "killed"), ("press", "pressed"),
    ],
)  # fmt: skip
def test_forms_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_words_that_differ_stay_apart() -> None:
    assert len({stem(word) for word in ("news", "bus", "business", "port", "sport", "red", "ring", "1998", "1989")}) == 9


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("Minister stole ferry funds", "the minister has stolen the ferry's funds", 1.0),
        ("Ferry sinks off Port Alder", "a ferry had sunk off Port Alder", 1.0),
        ("Minister stole ferry funds", "the minister opened a school", 0.25),
        ("Minister stole ferry funds", "the minister did not steal the ferry funds", 0.0),
        ("Minister never stole ferry funds", "the minister didn't steal the ferry funds", 1.0),
        ("The of and", "the of and", 0.0),
    ],
)
def test_shares(one: str, other: str, share: float) -> None:
    assert of(one).share_in(of(other)) == pytest.approx(share)


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_goes_both_ways_and_stays_in_bounds(one: str, other: str) -> None:
    left, right = of(one), of(other)
    assert 0.0 <= left.share_in(right) <= 1.0
    assert left.alike(right) == right.alike(left)
    assert left.alike(left) in (0.0, 1.0)
