"""When an article was published: the ways in which files write dates, into ISO 8601.

Always true here: nothing is guessed. `03/04/2024` is March in one country and April in another, so it is not read; a zone that is not
given is not added; a day that is given without a time stays a day.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}(?::?\d{2})?)?)?", re.IGNORECASE)
_MONTH_ONLY = re.compile(r"(\d{4})-(\d{2})")
_CLOCK = (
    r"(?:,?\s+(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]\.?m\.?)?"
    r"\s*\(?(Z|UTC|GMT|UT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|[+-]\d{2}:?\d{2})?\)?)?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_DAY_FIRST = re.compile(rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+([a-z]{{3,9}})\.?,?[\s-]+(\d{{4}}){_CLOCK}", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"{_WEEKDAY}([a-z]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_CLOCK}", re.IGNORECASE)
_UNIX = re.compile(r"(\d{9,10})(?:\.\d{1,9})?|(\d{12,13})")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# The zones of RFC 5322; other short names mean different zones in different countries.
_ZONES = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}


def iso_date(value: str) -> str | None:
    """A date, or a date with time and (where given) zone, as ISO 8601 to the second; None if it cannot be read for sure.

    Args:
        value: ISO 8601 in its usual forms, `2024/03/04`, `4 March 2024`, `March 4, 2024 10:15 AM EST`, mail and feed dates
            (RFC 5322), `20240304101500`, or a Unix time of seconds or milliseconds (which is in UTC).

    """
    text = " ".join(value[:100].split())
    try:
        return _read(text)
    except (ValueError, OverflowError):  # a day or an hour that does not exist
        return None


def _read(text: str) -> str | None:
    if match := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, zone = match.groups()
        return _moment(int(year), int(month), int(day), hour, minute, second, zone)
    if match := _MONTH_ONLY.fullmatch(text):
        return f"{date(int(match[1]), int(match[2]), 1):%Y-%m}"
    if match := _UNIX.fullmatch(text):
        return datetime.fromtimestamp(int(match[1] or int(match[2]) // 1000), UTC).isoformat()
    if match := _DAY_FIRST.fullmatch(text):
        day, name, year, hour, minute, second, half, zone = match.groups()
    elif match := _MONTH_FIRST.fullmatch(text):
        name, day, year, hour, minute, second, half, zone = match.groups()
    else:
        return None
    if half:
        if not 1 <= int(hour) <= 12:
            return None
        hour = str(int(hour) % 12 + (12 if half.lower().startswith("p") else 0))
    return _moment(int(year), _month(name.lower()), int(day), hour, minute, second, zone)


def _month(name: str) -> int:
    found = [at for at, month in enumerate(_MONTHS, 1) if month.startswith(name) or (name == "sept" and at == 9)]
    if len(found) != 1:
        raise ValueError(name)
    return found[0]


def _moment(year: int, month: int, day: int, hour: str | None, minute: str | None, second: str | None, zone: str | None) -> str:
    if hour is None:
        return date(year, month, day).isoformat()
    return datetime(year, month, day, int(hour), int(minute or 0), min(int(second or 0), 59), tzinfo=_zone(zone)).isoformat()


def _zone(name: str | None) -> timezone | None:
    if name is None:
        return None
    if name[0] in "+-":
        hours, minutes = int(name[1:3]), int(name[3:].lstrip(":") or 0)
        return timezone((1 if name[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
    return timezone(timedelta(hours=_ZONES.get(name.upper(), 0)))
