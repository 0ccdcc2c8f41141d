"""Articles that carry one text, taken as one: wire copy that five outlets print is one telling with five carriers, not five that agree.

Always true here: the same article given twice is one; of the articles of one text the one that it is named after stays, or the first of
them where that one is not in the story; nothing is lost, since who else carries a text comes with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sayso.reading import Reading
from sayso.stories.copies import is_copy
from sayso.stories.shingles import shingles


def once(readings: Sequence[Reading], text_of: Mapping[str, str]) -> tuple[tuple[Reading, ...], tuple[tuple[Reading, ...], ...]]:
    """The articles that stay, in the order given, and for each of them those that carry the same text.

    Args:
        readings: the articles of a story.
        text_of: id of an article → id of the article whose text it carries; who is not in it carries a text of its own.

    """
    unique = {reading.document.id: reading for reading in readings}
    together: dict[str, list[str]] = {}
    for key in unique:
        together.setdefault(text_of.get(key, key), []).append(key)
    staying = {name if name in keys else keys[0]: keys for name, keys in together.items()}
    kept = [key for key in unique if key in staying]
    return (
        tuple(unique[key] for key in kept),
        tuple(tuple(unique[other] for other in staying[key] if other != key) for key in kept),
    )


def copies_among(readings: Sequence[Reading]) -> dict[str, str]:
    """The same for a few articles without a store: each is laid beside those before it."""
    found: dict[str, str] = {}
    own: list[tuple[str, frozenset[int]]] = []
    for reading in readings:
        key, text = reading.document.id, shingles(reading.document.text)
        if key in found:
            continue
        found[key] = next((other for other, known in own if is_copy(text, known)), key)
        if found[key] == key:
            own.append((key, text))
    return found
