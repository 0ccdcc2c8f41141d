from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.intake.dates import iso_date


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("2024-03-04", "2024-03-04"),
        (" 2024/3/4 ", "2024-03-04"),
        ("2024-03", "2024-03"),
        ("20240304", "2024-03-04"),
        ("20240304101500", "2024-03-04T10:15:00"),
        ("20240304T101500Z", "2024-03-04T10:15:00+00:00"),
        ("2024-03-04T10:15", "2024-03-04T10:15:00"),
        ("2024-03-04 10:15:30.123456", "2024-03-04T10:15:30"),
        ("2024-03-04T10:15:30Z", "2024-03-04T10:15:30+00:00"),
        ("2024-03-04 10:15:30 UTC", "2024-03-04T10:15:30+00:00"),
        ("2024-03-04T10:15:30+0530", "2024-03-04T10:15:30+05:30"),
        ("2024-03-04 10:15:30-03", "2024-03-04T10:15:30-03:00"),
        ("Mon, 04 Mar 2024 10:00:00 +0100", "2024-03-04T10:00:00+01:00"),
        ("Mon, 4 Mar 2024 10:00:00 EST", "2024-03-04T10:00:00-05:00"),
        ("4 March 2024", "2024-03-04"),
        ("March 4th, 2024", "2024-03-04"),
        ("Sept. 4, 2024 at 12:05 a.m. EDT", "2024-09-04T00:05:00-04:00"),
        ("March 4, 2024, 12:05 PM", "2024-03-04T12:05:00"),
        ("Monday, March 4, 2024 (UTC)", None),
        ("1709546400", "2024-03-04T10:00:00+00:00"),
        ("1709546400000", "2024-03-04T10:00:00+00:00"),
        ("03/04/2024", None),  # March or April
        ("25/12/2024", None),  # in a column with others that are not clear
        ("4 Ma 2024", None),
        ("Mar 4, 2024 10:00 IST", None),  # Irish, Israeli or Indian
        ("2024-13-01", None),
        ("2024-02-30", None),
        ("March 4, 2024 13:05 PM", None),
        ("2024-03-04T25:00", None),
        ("yesterday", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_dates_are_read_or_left_open(written: str, wanted: str | None) -> None:
    assert iso_date(written) == wanted


ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1000, 1, 1), datetime(9000, 1, 1), timezones=st.one_of(st.none(), ZONES, st.just(UTC))))
def test_every_moment_of_iso_8601_comes_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    assert iso_date(moment.isoformat()) == moment.isoformat()
    if moment.tzinfo:
        assert iso_date(format_datetime(moment)) == moment.isoformat()


@given(st.text(max_size=60))
def test_anything_is_a_date_or_none(text: str) -> None:
    found = iso_date(text)
    if found is not None:
        datetime.fromisoformat(found if len(found) > 7 else f"{found}-01")
