"""A few articles side by side: how they are told is compared where it was measured, in the outlets' own words only."""

from dataclasses import replace

from sayso.reading import Reading
from sayso.render.comparison import compare


def test_without_measures_there_are_no_rows_for_them(talks: Reading) -> None:
    assert not any("loaded" in name or ("own voice," not in name and "own voice" in name) for name, _ in compare([talks]).rows)


def test_only_the_outlets_own_words_count_and_what_was_not_measured_is_a_dash(harbor: Reading, talks: Reading) -> None:
    rows = dict(compare([harbor, talks]).rows)
    assert rows["loaded words per 1,000 of own voice"] == ("41.7 (1.1–232)", "–")
    assert rows["editorial stretches in own voice"] == ("1", "–")
    assert rows["unfavorable to somebody in own voice"] == ("1", "–")
    assert rows["favorable to somebody in own voice"] == ("0", "–")


def test_a_measure_that_ran_and_found_nothing_counts_zero(harbor: Reading) -> None:
    quiet = replace(harbor, tallies=tuple(replace(tally, count=0) for tally in harbor.tallies))
    assert dict(compare([quiet]).rows)["editorial stretches in own voice"] == ("0",)
