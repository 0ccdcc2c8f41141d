"""Near-duplicates and wire copy: which articles carry one text, and whose it is.

Always true here: every article carries exactly one text, its own where nothing else was found; two articles carry one text if at least
`SAME` of all their shingles, or at least `WITHIN` of the shorter one's, stand in both, counted over the shingles themselves; more than a
week apart, when menus and captions of one outlet's pages are what is shared, `ALMOST` or `WHOLLY` must; a text of fewer than `SHORTEST`
shingles must be the same altogether, since stock phrases fill it. The text is named after one of its carriers: one that credits an agency
first, then the earliest, then the longest.

A carrier that prints only the first half shares too little for MinHash over the whole text, so the opening of each text is looked up too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sayso.document import Document
from sayso.stories.profile import day_of
from sayso.stories.shingles import Meeting, containment, jaccard, shingles
from sayso.stories.wires import wire

SAME = 0.5  # Jaccard coefficient of shingles
WITHIN = 0.7  # containment in the longer text
ALMOST, WHOLLY = 0.8, 0.9  # the same for articles that are more than a week apart
WEEK = 7  # days
SHORTEST = 40  # shingles
OPENING = 900  # characters that are looked up by themselves
STRETCH = 2000  # pairs whose texts are read at a time

Read = Callable[[Iterable[str] | None], Iterable[Document]]
"""Gives documents: those of some ids, or all."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """One article as a carrier of a text.

    Attributes:
        article: its id.
        text_of: id of the article whose text it carries; its own if it carries its own.
        wire: the agency that the text is credited to; None if no carrier names one.

    """

    article: str
    text_of: str
    wire: str | None


class _Known(NamedTuple):
    """What is kept of every article; its text is not."""

    id: str
    credit: str | None
    day: int | None
    length: int

    def precedence(self) -> tuple[bool, bool, int, int, str]:
        """Whose text it is, least first."""
        return self.credit is None, self.day is None, self.day or 0, -self.length, self.id


def carriers(read: Read) -> list[Carrier]:
    """Who carries whose text, in order of ids.

    Args:
        read: gives the documents, all or those of some ids, such as `Store.documents`; it is called a few times, and no text is kept.

    Raises:
        UsageError: the extra with rensa is not installed.

    """
    known, pairs = _looked_up(read(None))
    group = {one.id: one.id for one in known}
    for one, other in _verified(read, pairs):
        low, high = sorted((_root(group, one), _root(group, other)))
        group[high] = low
    together: dict[str, list[_Known]] = {}
    for article in known:
        together.setdefault(_root(group, article.id), []).append(article)
    found = []
    for articles in together.values():
        first = min(articles, key=_Known.precedence)
        found += [Carrier(article.id, first.id, first.credit) for article in articles]
    return sorted(found, key=lambda carrier: carrier.article)


def copies(read: Read) -> Iterator[tuple[str, str]]:
    """Ids of two documents that carry one text, the smaller first, each pair once."""
    return _verified(read, _looked_up(read(None))[1])


def _looked_up(documents: Iterable[Document]) -> tuple[list[_Known], list[tuple[str, str]]]:
    whole, openings = Meeting(), Meeting()
    known: dict[str, _Known] = {}
    pairs: set[tuple[str, str]] = set()
    for document in documents:
        if document.id in known:
            continue
        known[document.id] = _Known(document.id, wire(document), day_of(document.published), len(document.text))
        full = shingles(document.text)
        opening = shingles(document.text[:OPENING]) if len(document.text) > OPENING else full
        for other in {*whole.meet(document.id, full), *openings.meet(document.id, opening)}:
            pairs.add((min(other, document.id), max(other, document.id)))
    return [known[key] for key in sorted(known)], sorted(pairs)


def _verified(read: Read, pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for start in range(0, len(pairs), STRETCH):
        stretch = pairs[start : start + STRETCH]
        texts, days = {}, {}
        for document in read(sorted({key for pair in stretch for key in pair})):
            texts[document.id], days[document.id] = shingles(document.text), day_of(document.published)
        for one, other in stretch:
            first, second = days[one], days[other]
            if is_copy(texts[one], texts[other], first is None or second is None or abs(first - second) <= WEEK):
                yield one, other


def is_copy(one: frozenset[int], other: frozenset[int], near: bool = True) -> bool:
    """Whether two texts, as shingles, are one text or a shortened form of it; `near` if they may be of one week."""
    if min(len(one), len(other)) < SHORTEST:
        return one == other and bool(one)
    shared, inside = jaccard(one, other), containment(one, other)
    return (shared >= SAME or inside >= WITHIN) if near else (shared >= ALMOST or inside >= WHOLLY)


def _root(group: dict[str, str], key: str) -> str:
    while group[key] != key:
        group[key] = group[group[key]]
        key = group[key]
    return key
