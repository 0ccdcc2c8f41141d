"""What somebody asks of the list of articles (words, filters, order), read from an address and written back into one.

Always true here: a view is its address and nothing else, so a link reproduces it; what makes no sense in an address is said in one line;
every value goes into SQL as a parameter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from sayso.errors import UsageError
from sayso.render.safe import one_line
from sayso.site.paging import number_of
from sayso.store.rows import clean

PER_PAGE = 100  # articles on one page of the list
MOST_WORDS, MOST_CHARACTERS = 8, 200  # of what is searched for
ORDERS: Mapping[str, tuple[str, str]] = {
    "newest": ("newest first", "l.day DESC NULLS LAST, l.published DESC, l.article"),
    "oldest": ("oldest first", "l.day NULLS LAST, l.published, l.article"),
    "outlet": ("outlet, A to Z", "lower(l.outlet), l.day DESC NULLS LAST, l.published DESC, l.article"),
    "own": ("largest share of own voice first", "l.own DESC, l.day DESC NULLS LAST, l.article"),
    "quoted": ("largest share of quoted words first", "l.quoted DESC, l.day DESC NULLS LAST, l.article"),
    "check": ("most to check first", "l.uncertain DESC, l.day DESC NULLS LAST, l.article"),
    "longest": ("longest first", "l.words DESC, l.article"),
}
"""Name, words and SQL of each order."""
_TERM = re.compile(r'"([^"]+)"?|(\S+)')


@dataclass(frozen=True, slots=True)
class Listing:
    """One view of the list of articles.

    Attributes:
        q: words that have to stand in headline or text, each of them; several between quotation marks have to stand together.
        outlet: only articles of this outlet, by its name as it is given or as it is shown; empty for all.
        since: only from this day on (ISO 8601), empty for any.
        until: only up to this day, empty for any.
        story: only articles of the story with this id; empty for all.
        check: only articles with attributions that a person should look at.
        order: one of `ORDERS`.
        page: from 1.

    """

    q: str = ""
    outlet: str = ""
    since: str = ""
    until: str = ""
    story: str = ""
    check: bool = False
    order: str = "newest"
    page: int = 1

    def values(self) -> dict[str, str]:
        """Names and values for an address: only what is not as usual."""
        usual = Listing()
        changed = {each.name: getattr(self, each.name) for each in fields(self) if getattr(self, each.name) != getattr(usual, each.name)}
        return {name: "yes" if value is True else str(value) for name, value in changed.items()}

    def at(self, page: int) -> Listing:
        """Another page of the same list."""
        return replace(self, page=page)

    @property
    def terms(self) -> tuple[str, ...]:
        """What is searched for, each in lower case."""
        return tuple(
            dict.fromkeys((quoted or plain).strip('"').lower() for quoted, plain in _TERM.findall(self.q) if (quoted or plain).strip('" '))
        )


def asked_for(values: Mapping[str, str]) -> Listing:
    """The view that an address asks for; names that mean nothing here are passed over, empty values count as not given.

    Raises:
        UsageError: a value makes no sense.

    """
    given = {name: clean(value).strip() for name, value in values.items() if value.strip()}
    order = given.get("order", "newest")
    if order not in ORDERS:
        raise UsageError(f"there is no order {order[:40]!r}: choose {', '.join(ORDERS)}")
    asked = Listing(
        q=one_line(given.get("q", "")[:MOST_CHARACTERS]),
        outlet=one_line(given.get("outlet", "")),
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
        story=given.get("story", ""),
        check="check" in given,
        order=order,
        page=number_of(given.get("page", "")),
    )
    if len(asked.terms) > MOST_WORDS:
        raise UsageError(f"search for {MOST_WORDS} words at most; several that stand together go between quotation marks")
    return asked


def condition(asked: Listing, outlets: Sequence[str], *, stories: bool) -> tuple[str, list[object]]:
    """The SQL that says which rows `l` of `listing` are in the view, with its parameters.

    Args:
        asked: the view.
        outlets: names of outlets that there are; one is asked for by its name as it is given, or as it is shown.
        stories: whether the store has a table of stories.

    """
    parts: list[str] = []
    given: list[object] = []
    for value, sql in (
        (asked.since, "l.day >= CAST(? AS DATE)"),
        (asked.until, "l.day <= CAST(? AS DATE)"),
        (asked.story, "l.article IN (SELECT article FROM stories WHERE story = ?)" if stories else "? IS NULL"),
    ):
        if value:
            parts.append(sql)
            given.append(value)
    if asked.outlet:
        parts.append("l.outlet IN (SELECT unnest(?))")
        given.append([name for name in outlets if asked.outlet in (name, one_line(name))])
    if asked.check:
        parts.append("l.uncertain > 0")
    if asked.terms:
        each = " AND ".join("(contains(lower(a.title), ?) OR contains(lower(a.text), ?))" for _ in asked.terms)
        parts.append(f"l.article IN (SELECT a.id FROM articles a WHERE {each})")
        given += [term for term in asked.terms for _ in range(2)]
    return " AND ".join(parts) or "true", given


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise UsageError(f"{text[:40]!r} is no day: write it as 2026-03-31") from None
