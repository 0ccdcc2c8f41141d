"""The values of a published row, each checked: whole numbers, spans, short names, labels of closed sets; no sentence passes as one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from sayso.errors import ContractError

Row = dict[str, Any]

SPLITS = ("train", "dev", "test")
MOST_WORDS, MOST_CHARACTERS = 16, 200  # of a name or a role; longer ones would be text of the article


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def name_in_set(row_id: str) -> str:
    """The name of an article in its public set: what stands after the slash of an id."""
    return row_id.rpartition("/")[2]


def span(pair: Sequence[int], end: int) -> list[int]:
    """A stretch `[first, last)` of a text of `end` characters."""
    first, last = map(count, pair)
    if not first < last <= end:
        raise ContractError(f"span {list(pair)} is empty or lies outside the text of {end} characters")
    return [first, last]


def count(value: object) -> int:
    """A number of characters, or of something else."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ContractError(f"a number of characters is wanted, found {value!r:.40}")
    return value


def short(value: object) -> str:
    """A name or a role."""
    if not isinstance(value, str) or len(value) > MOST_CHARACTERS or len(value.split()) > MOST_WORDS:
        raise ContractError(f"a name of at most {MOST_WORDS} words is wanted, found {value!r:.40}")
    return value


def known(value: object) -> str | None:
    """A name or a role, if it is known."""
    return None if value is None else short(value)


def one_word(value: object) -> str:
    """An id, a digest or an address."""
    if not isinstance(value, str) or len(value.split()) > 1:
        raise ContractError(f"an id, a digest or an address is wanted, found {value!r:.40}")
    return value


def one_of(values: Iterable[str], value: object, what: str) -> str:
    """A label of a closed set; `what` names it in the message."""
    if not isinstance(value, str) or value not in values:
        raise ContractError(f"{what} {value!r:.40} is unknown")
    return value
