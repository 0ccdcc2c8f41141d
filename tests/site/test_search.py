"""What an address asks of the list of articles."""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import UsageError
from sayso.render.safe import one_line
from sayso.site.search import MOST_WORDS, ORDERS, Listing, asked_for


@pytest.mark.parametrize(
    ("q", "terms"),
    [
        ("", ()),
        ("Harbor  fares", ("harbor", "fares")),
        ('"The Board" fares', ("the board", "fares")),
        ('"open end', ("open end",)),
        ('" " ""', ()),
        ("one ONE", ("one",)),
        ("50% _x '", ("50%", "_x", "'")),
    ],
)
def test_words_that_are_searched_for(q: str, terms: tuple[str, ...]) -> None:
    assert asked_for({"q": q}).terms == terms


@given(
    st.builds(
        Listing,
        q=st.text("abc \"%'&", max_size=12).map(one_line),
        outlet=st.text(max_size=8).map(one_line),
        since=st.dates().map(str),
        until=st.just(""),
        story=st.text("s0123", max_size=5),
        check=st.booleans(),
        order=st.sampled_from(sorted(ORDERS)),
        page=st.integers(1, 9_999),
    ).filter(lambda listing: len(listing.terms) <= MOST_WORDS)
)
def test_an_address_reproduces_its_view(listing: Listing) -> None:
    assert asked_for(dict(parse_qsl(urlencode(listing.values())))) == listing


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"order": "score"}, "there is no order 'score'"),
        ({"page": "0"}, "is no number"),
        ({"since": "yesterday"}, "is no day"),
        ({"q": " ".join(map(str, range(MOST_WORDS + 1)))}, "words at most"),
    ],
)
def test_what_makes_no_sense(values: dict[str, str], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        asked_for(values)


def test_unknown_names_are_passed_over() -> None:
    assert asked_for({"utm": "x", "q": " "}) == Listing()
