"""Where to turn in a long list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import UsageError
from sayso.site.paging import number_of, pages


@given(st.integers(1, 500), st.integers(1, 500))
def test_every_page_leads_to_its_neighbors_and_to_both_ends(number: int, last: int) -> None:
    number = min(number, last)
    found = pages(number, last, lambda at: f"p{at}")
    steps = [step for step in found.steps if step is not None]
    assert all(address == f"p{at}" for at, address in steps)
    named = [at for at, _ in steps]
    assert named == sorted(set(named))
    assert {1, last, number, max(1, number - 1), min(last, number + 1)} <= set(named)
    assert found.before == (f"p{number - 1}" if number > 1 else "")
    assert found.after == (f"p{number + 1}" if number < last else "")
    for left, right in zip(found.steps, found.steps[1:], strict=False):
        assert left is None or right is None or left[0] + 1 == right[0]


def test_an_empty_list_has_one_page() -> None:
    assert pages(1, 0, str).last == 1


@pytest.mark.parametrize(("text", "number"), [("", 1), ("1", 1), ("20", 20)])
def test_numbers(text: str, number: int) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize("text", ["0", "-1", "x", "1.5", "٣", "1" * 30])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(UsageError, match="is no number"):
        number_of(text)
