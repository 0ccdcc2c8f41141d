"""When an article was published, as far as it is known: a stretch of time in UTC in which the moment lies.

Always true here: a time with its zone is exact; a time without one may be in any zone of the world (UTC-12 to UTC+14); a day may be
anywhere's day. One moment is before another only if it is so whatever the zones were.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

EAST, WEST = timedelta(hours=14), timedelta(hours=12)  # the clocks that are furthest ahead of and behind UTC
TIME, LOCAL, DAY = "time", "local", "day"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{8}")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that is known to lie between two others.

    Attributes:
        earliest: it is not before this (UTC).
        latest: it is not after this (UTC).
        precision: `time` (exact), `local` (a time without a zone), or `day`.
        stated: what puts it in order: the time in UTC, or as if it had been UTC; the beginning of a day.

    """

    earliest: datetime
    latest: datetime
    precision: str
    stated: datetime

    def before(self, other: Moment) -> bool:
        """Whether it is earlier than the other one for sure."""
        return self.latest < other.earliest

    @property
    def day(self) -> str:
        """The day as `YYYY-MM-DD`: in UTC where the zone is known, else as it was given."""
        return f"{self.stated:%Y-%m-%d}"

    @property
    def shown(self) -> str:
        """The moment for people: with `UTC` where it is known, `~` where the zone is not, or only the day."""
        if self.precision == DAY:
            return self.day
        return f"{self.stated:%Y-%m-%d %H:%M} UTC" if self.precision == TIME else f"{self.stated:%Y-%m-%d %H:%M} ~"


def moment(published: str | None) -> Moment | None:
    """The moment that an article's date tells; None if there is none or it is no ISO 8601 day or time.

    Args:
        published: as in `Document.published`.

    """
    text = (published or "").strip()
    try:
        if _DAY.fullmatch(text):
            start = datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)
            return Moment(start - EAST, start + timedelta(days=1) + WEST, DAY, start)
        given = datetime.fromisoformat(text)
        if given.tzinfo is not None:
            exact = given.astimezone(UTC)
            return Moment(exact, exact, TIME, exact)
        stated = given.replace(tzinfo=UTC)
        return Moment(stated - EAST, stated + WEST, LOCAL, stated)
    except (ValueError, OverflowError):
        return None


def first_of(moments: list[Moment | None]) -> list[int]:
    """Which of these could be the first: those that none of the others is before; places in the list.

    A moment that is not known could be any, so it is always among them.
    """
    known = [each for each in moments if each is not None]
    bound = min((each.latest for each in known), default=None)
    return [at for at, each in enumerate(moments) if each is None or bound is None or each.earliest <= bound]
