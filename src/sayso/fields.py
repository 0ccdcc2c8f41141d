"""One value at a time out of a JSON object, or a `ContractError` that says what should have stood there.

Always true here: nothing is converted or guessed; numbers are finite and whole numbers of sound size.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar

from sayso.errors import ContractError
from sayso.spans import Spans, span_list

T = TypeVar("T")
Json = dict[str, Any]
LARGEST = 2**53  # beyond it, numbers in JSON are not safe everywhere


def wrong(key: str, expected: str, found: object) -> ContractError:
    """An error that says what should stand under a key."""
    return ContractError(f"broken reading: {key} should be {expected}, found {type(found).__name__}")


def as_object(value: Any) -> Json:
    """The value, if it is an object."""
    if not isinstance(value, dict):
        raise wrong("each part", "an object", value)
    return value


def listed(item: Json, key: str) -> list[Any]:
    """The list under a key; an empty one if nothing is there."""
    found = item.get(key) or []
    if not isinstance(found, list):
        raise wrong(key, "a list", found)
    return found


def each(item: Json, key: str, make: Callable[[Json], T]) -> tuple[T, ...]:
    """Every object of a list, made into something."""
    return tuple(make(as_object(part)) for part in listed(item, key))


def text(item: Json, key: str, default: str | None = None) -> str:
    """The text under a key."""
    found = item[key] if default is None else item.get(key, default)
    if not isinstance(found, str):
        raise wrong(key, "a text", found)
    return found


def maybe(item: Json, key: str) -> str | None:
    """The text under a key, or None."""
    return None if item.get(key) is None else text(item, key)


def texts(item: Json, key: str) -> tuple[str, ...]:
    """The list of texts under a key."""
    found = listed(item, key)
    for one in found:
        if not isinstance(one, str):
            raise wrong(key, "a list of texts", one)
    return tuple(found)


def flag(item: Json, key: str, default: bool) -> bool:
    """True or false."""
    found = item.get(key, default)
    if not isinstance(found, bool):
        raise wrong(key, "true or false", found)
    return found


def whole(value: Any, key: str) -> int:
    """The value, if it is a whole number that is safe everywhere."""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST:
        raise wrong(key, "a whole number of sound size", value)
    return value


def number(item: Json, key: str, default: float | None = None) -> float:
    """The finite number under a key."""
    found = item[key] if default is None else item.get(key, default)
    if not isinstance(found, int | float) or isinstance(found, bool) or not math.isfinite(found):
        raise wrong(key, "a finite number", found)
    return float(found)


def pairs(spans: Spans) -> list[list[int]]:
    """Spans as pairs."""
    return [[span.start, span.end] for span in spans]


def spans(item: Json, key: str) -> Spans:
    """Pairs as spans."""
    pairs = listed(item, key)
    for pair in pairs:
        if not isinstance(pair, list) or len(pair) != 2:
            raise wrong(key, "a list of pairs", pair)
    return span_list((whole(start, key), whole(end, key)) for start, end in pairs)
