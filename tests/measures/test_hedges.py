"""Hedges and boosters: marked where they are one, not where the same word is something else."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import UsageError
from sayso.measures.hedges import BOOSTER, HEDGE, load, matches
from sayso.spans import Span


def marked(text: str) -> list[tuple[str, str]]:
    return [(match.entry.label, text[match.span.start : match.span.end]) for match in matches(text, Span(0, len(text)))]


HEDGES = [
    ("The weir may give way.", ["may"]),
    ("In May the weir gave way.", []),
    ("May the weir hold!", []),
    ("Norvania's military might was on show.", []),
    ("The weir might well give way.", ["might well"]),
    ("The council could lose its vote.", ["could"]),
    ("The mayor could not be reached, and the harbor could no longer cope.", []),
    ("Nobody couldn't say more.", []),
    ("The ferry will sail, and it would cost more.", []),
    ("She spoke about 20 boats.", ["about"]),
    ("She spoke about boats.", []),
    ("It cost about $20 and around a dozen lives, some two hundred boats, nearly half the fleet.", ["about", "around", "some", "nearly"]),
    ("Some boats sank around noon; the band sat around the table.", []),
    ("About one in five voters stayed at home.", ["About"]),
    ("She appeared in court.", []),
    ("She appeared to smile; the plan appears unlikely.", ["appeared", "appears"]),
    ("It seems that it would seem to be over.", ["seems", "would seem"]),
    ("Among likely voters the gap is likely to narrow.", ["likely"]),
    ("The Post's sister paper likes boats like these, and it looks like rain.", []),
    ("I think the vote is lost; they think so too.", ["think"]),
    ("The minister is believed to have fled and was supposed to speak.", ["believed"]),
    ("The supposed heir allegedly sold the alleged relics.", ["supposed", "allegedly", "alleged"]),
    ("It is possible that it leaks; come as soon as possible.", ["possible"]),
    ("It is not yet clear who paid, and it remains to be seen.", ["not yet clear", "remains to be seen"]),
    ("A possible leak: perhaps, probably, in all likelihood.", ["possible", "perhaps", "probably", "in all likelihood"]),
    ("MAY WE SAIL?", []),
    ("The maybe-so crowd mightily mayed.", []),
]
BOOSTERS = [
    ("There is no doubt that the weir holds.", ["no doubt"]),
    ("That is, of course, undeniable and cannot be denied.", ["of course", "undeniable", "cannot be denied"]),
    ("One can’t deny it.", ["can’t deny"]),
    ("It is clear that it holds. The water is clear.", ["clear"]),
    ("He almost certainly left; she certainly stayed.", ["certainly"]),
    ("In fact, the fact is that in reality TV nothing is proven.", ["In fact", "the fact is", "proven"]),
    ("It has not proven easy. This proves that it leaks, and he proves difficult.", ["proves"]),
    ("A matter of course, a matter of fact; proof was asked for.", []),
    ("Really simple, truly so.", []),
]


@pytest.mark.parametrize(("text", "expected"), HEDGES)
def test_hedges(text: str, expected: list[str]) -> None:
    assert [words for label, words in marked(text) if label == HEDGE] == expected


@pytest.mark.parametrize(("text", "expected"), BOOSTERS)
def test_boosters(text: str, expected: list[str]) -> None:
    assert [words for label, words in marked(text) if label == BOOSTER] == expected


def test_the_longest_wins_and_nothing_is_marked_twice() -> None:
    assert marked("They may well be late and would probably say more or less that.") == [
        (HEDGE, "may well"),
        (HEDGE, "would probably"),
        (HEDGE, "more or less"),
    ]


def test_company_outside_the_stretch_is_not_seen() -> None:
    text = "He spoke about 20 boats."
    assert not list(matches(text, Span(0, text.index("20"))))


def test_every_entry_is_honest_and_can_be_found() -> None:
    entries = [entry for group in load().values() for entry in group]
    assert len(entries) == len({(entry.parts, entry.then, entry.after) for entry in entries})
    for entry in entries:
        assert 0.5 < entry.confidence < 1.0, entry
        assert all(part == part.lower() for part in entry.parts), entry
        after, then = min(entry.after, default=""), "20" if "number" in entry.then else min(entry.then, default="")
        text = " ".join(word for word in (after, *entry.parts, then) if word)
        assert " ".join(entry.parts) in [words for _, words in marked(text)], entry


@given(
    st.lists(
        st.sampled_from(
            [
                "may",
                "might",
                "could",
                "not",
                "about",
                "20",
                "some",
                "no",
                "doubt",
                "in",
                "fact",
                "of",
                "course",
                "may",
                "well",
                ",",
                ".",
                "May",
                "$5",
            ]
        ),
        max_size=30,
    )
)
def test_marks_are_in_order_and_disjoint(words: list[str]) -> None:
    text = " ".join(words)
    spans = [match.span for match in matches(text, Span(0, len(text)))]
    assert all(left.end <= right.start for left, right in pairwise(spans))


def test_time_is_linear() -> None:
    text = "may may well could in all no doubt in the about a " * 4_000
    start = time.process_time()
    assert len(list(matches(text, Span(0, len(text))))) >= 4_000
    assert time.process_time() - start < 5


def test_a_language_without_a_list_says_so() -> None:
    with pytest.raises(UsageError, match="use 'en'"):
        load("xx")
