"""Order of publication: zones count, what is not known is not guessed, and what has no date stands apart."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import UsageError
from sayso.export.moments import first_of, moment
from sayso.export.timeline import timeline
from sayso.reading import Generator, Reading
from sayso.render.corpus_json import timeline_json
from sayso.render.timelines import grids
from sayso.store.store import Store


@pytest.mark.parametrize(
    ("published", "shown", "day"),
    [
        ("2026-03-02T09:00:00+02:00", "2026-03-02 07:00 UTC", "2026-03-02"),
        ("2026-03-02T23:30:00-05:00", "2026-03-03 04:30 UTC", "2026-03-03"),
        ("2026-03-02T09:00:00Z", "2026-03-02 09:00 UTC", "2026-03-02"),
        ("2026-03-02T09:00:00", "2026-03-02 09:00 ~", "2026-03-02"),
        ("2026-03-02", "2026-03-02", "2026-03-02"),
    ],
)
def test_a_moment_as_far_as_it_is_known(published: str, shown: str, day: str) -> None:
    found = moment(published)
    assert found is not None
    assert (found.shown, found.day) == (shown, day)


@pytest.mark.parametrize("published", [None, "", "some day", "2026-03", "2026-13-01", "0001-01-01", "9999-12-31T23:59:59-14:00"])
def test_no_date_is_none(published: str | None) -> None:
    assert moment(published) is None


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2026-03-02T09:00:00+02:00", "2026-03-02T08:00:00+00:00", True),  # the clock says later, the time is earlier
        ("2026-03-02T09:00:00Z", "2026-03-02T09:00:00Z", False),
        ("2026-03-02", "2026-03-02T23:59:00Z", False),
        ("2026-03-02", "2026-03-04", False),  # far west it is still the 2nd when the 4th begins in the far east
        ("2026-03-02", "2026-03-05", True),
        ("2026-03-02T09:00:00", "2026-03-02T20:00:00Z", False),
        ("2026-03-02T09:00:00", "2026-03-02T21:30:00Z", True),
    ],
)
def test_before_means_for_sure(one: str, other: str, before: bool) -> None:
    left, right = moment(one), moment(other)
    assert left is not None
    assert right is not None
    assert left.before(right) is before
    assert not right.before(left)


@given(st.datetimes(datetime(1900, 1, 2), datetime(2100, 1, 1)), st.timezones())
def test_a_time_without_its_zone_may_be_any_zones(naive: datetime, zone: object) -> None:
    aware = naive.replace(tzinfo=zone)  # type: ignore[arg-type]
    loose = moment(naive.isoformat())
    day = moment(f"{naive:%Y-%m-%d}")
    assert loose is not None
    assert day is not None
    assert loose.earliest <= aware.astimezone(UTC) <= loose.latest
    assert day.earliest <= aware.astimezone(UTC) <= day.latest


def test_the_first_ones_are_those_that_no_other_is_before() -> None:
    days = [moment(text) for text in ("2026-03-02T09:00:00Z", "2026-03-02", "2026-03-09", None)]
    assert first_of(days) == [0, 1, 3]
    assert first_of([None, None]) == [0, 1]
    assert first_of(days[:1] + days[2:3]) == [0]


def test_articles_in_order_and_the_undated_apart(store: Store, articles: tuple[Reading, ...]) -> None:
    echo, ferryman, cold, quiet = (reading.document.id for reading in articles)
    found = timeline(store)
    assert [entry.article for entry in found.dated] == [ferryman, echo, cold]
    assert [entry.article for entry in found.undated] == [quiet]
    assert [(day.day, day.outlet, day.articles, day.attributions) for day in found.days] == [
        ("2026-03-02", "Halden Echo", 1, 1), ("2026-03-02", "The Ferryman", 1, 2), ("2026-03-03", "Halden Echo", 1, 2),
    ]  # fmt: skip
    assert found.firsts == ()


def test_who_had_what_first(claimed: Store, articles: tuple[Reading, ...]) -> None:
    found = timeline(claimed, "bridge")
    assert len(found.dated) == 2
    claim, source = found.firsts
    assert (claim.kind, claim.label, claim.by, claim.sure) == ("claim", "that the bridge would be shut", ("The Ferryman",), True)
    assert (source.kind, source.label, source.outlets, source.first) == ("source", "Zoe Angstrom", 2, (articles[1].document.id,))


def test_a_story_has_to_be_there(store: Store) -> None:
    with pytest.raises(UsageError, match="no story 'war'"):
        timeline(store, "war")
    store.drop("stories")
    with pytest.raises(UsageError, match="run `sayso stories"):
        timeline(store, "bridge")
    assert len(timeline(store).dated) == 3


def test_the_timeline_in_words_and_as_json(claimed: Store, articles: tuple[Reading, ...]) -> None:
    readings = {reading.document.id: reading for reading in articles}
    order, by_day, firsts = grids(timeline(claimed, "bridge"), said=readings)
    assert [row[0] for row in order.rows] == ["2026-03-02 06:30 UTC", "", "", "2026-03-02 07:00 UTC", ""]
    assert order.rows[1][2] == "  Zoe Angstrom, mayor [claimed]: that the bridge would be shut"
    assert firsts.rows[0][3:] == ("The Ferryman", "")
    assert all(len(row) == len(grid.columns) for grid in (order, by_day, firsts) for row in grid.rows)
    apart = list(grids(timeline(claimed)))[1]
    assert (apart.caption, apart.rows[0][0]) == ("Without a date (1)", "some day")
    told = timeline_json(timeline(claimed, "bridge"), Generator("1", "hand"))
    assert told["schema"] == "sayso-timeline/1"
    assert told["dated"][0]["moment"]["earliest"] == "2026-03-02T06:30:00+00:00"
    assert told["firsts"][0]["by"] == ["The Ferryman"]
