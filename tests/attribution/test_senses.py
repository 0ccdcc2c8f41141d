from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.attribution import senses
from sayso.reading import ATTITUDES, COMMITMENTS, OUTLET_STANCES, POLARITIES


@pytest.mark.parametrize(
    ("cue", "opening", "expected"),
    [
        ("said", "that", ("say", "assertion", "affirms", "acknowledges", "certain")),
        ("asked", "whether", ("ask", "question", "affirms", "acknowledges", "unknown")),
        ("asked", "to", ("ask", "directive", "affirms", "acknowledges", "unknown")),
        ("has vehemently denied", "that", ("deny", "assertion", "denies", "acknowledges", "certain")),
        ("refuted allegations", "that", ("refute", "assertion", "denies", "endorses", "certain")),
        ("did not say", "whether", ("say", "assertion", "withholds", "acknowledges", "unknown")),
        ("declined to comment", "on", ("decline", "assertion", "withholds", "acknowledges", "unknown")),
        ("falsely claimed", "that", ("claim", "assertion", "affirms", "rejects", "certain")),
        ("allegations", "that", ("allegations", "assertion", "affirms", "distances", "certain")),
        ("may announce", "that", ("announce", "assertion", "affirms", "acknowledges", "possible")),
    ],
)
def test_rules(cue: str, opening: str, expected: tuple[str, ...]) -> None:
    found = senses.read(tuple(cue.split()), opening)
    assert (found.lemma, found.attitude, found.polarity, found.outlet_stance, found.commitment) == expected
    assert found.head is not None


def test_an_unknown_cue_is_read_as_said_and_says_so() -> None:
    found = senses.read(("flurbled",), "that")
    assert (found.lemma, found.head) == ("say", None)
    assert senses.read(("did", "not", "flurble"), "that").polarity == "denies"


@given(st.lists(st.text(max_size=8), max_size=6), st.text(max_size=8))
def test_labels_are_of_the_contract(cue: list[str], opening: str) -> None:
    found = senses.read(tuple(cue), opening)
    assert found.attitude in ATTITUDES
    assert found.polarity in POLARITIES
    assert found.outlet_stance in OUTLET_STANCES
    assert found.commitment in COMMITMENTS
    assert found.head is None or 0 <= found.head < len(cue)
