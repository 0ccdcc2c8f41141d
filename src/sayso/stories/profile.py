"""What an article is about, as four small bags of weighted words and a day: all that is asked of it when it is laid beside another.

Always true here: every bag is a unit vector over stems (term frequency damped by a logarithm, times rarity; Salton & Buckley 1988) of at
most `TERMS` words; the profile depends on the article alone, so it is the same in every corpus; its size does not grow with the article.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sayso.document import Document
from sayso.measures.gist import words as word_lists
from sayso.store import rows as stored
from sayso.stories.rarity import rarity, stems

BODY = 3000  # characters of the text that count
LEAD = 40  # words after the headline that tell what happened
TERMS = 80  # words kept of the body, rarest first
COMMON = 2.0  # bits; a stem that stands in a quarter of all articles says nothing
YEARS = range(1900, 2101)

Bag = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Profile:
    """One article, reduced.

    Attributes:
        id: of the article.
        outlet: who published it, empty if unknown.
        day: when, as days since 0001-01-01; None if unknown.
        title: words of the headline, or of the lead where there is none.
        lead: words of headline and first words.
        body: words of headline (twice) and text.
        names: those of the body that are written with a capital letter inside a sentence.
        numbers: numbers in headline and lead, years left out; each with the weight 1.

    """

    id: str
    outlet: str
    day: int | None
    title: Bag
    lead: Bag
    body: Bag
    names: Bag
    numbers: frozenset[str]


def day_of(published: str | None) -> int | None:
    """The day of an ISO 8601 date or time as a number; None if it is none. It is the day that a store tells."""
    found = stored.day(published)
    return date.fromisoformat(found).toordinal() if found else None


def parts(document: Document) -> tuple[str, str]:
    """Headline and opening text of an article, each on one line; a headline that the text repeats is taken off the text."""
    title, body = " ".join((document.title or "").split()), " ".join(document.text[: 2 * BODY].split())
    if title and body.lower().startswith(title.lower()):
        body = body[len(title) :].lstrip(" .:-–—|")
    return title, body[:BODY]


def lead(document: Document, words: int = LEAD) -> str:
    """Headline and first words as one line: what the lead vector is the vector of."""
    title, body = parts(document)
    stop = "" if not title or title[-1] in ".?!" else "."
    return f"{title}{stop} {' '.join(body.split()[:words])}".strip()


def profile(document: Document) -> Profile:
    """The profile of an article."""
    title, body = parts(document)
    start = " ".join(body.split(" ", LEAD)[:LEAD])
    named = capitalized(body) | capitalized(title)
    head, rest = Counter(_terms(title)), Counter(_terms(body))
    first = head + Counter(_terms(start))
    whole = rest + head + head
    return Profile(
        document.id,
        document.outlet or "",
        day_of(document.published),
        unit(head or first),
        unit(first),
        unit(whole),
        unit({term: count for term, count in whole.items() if term in named}),
        frozenset(number for number in first if number[0].isdigit() and not _is_year(number)),
    )


def capitalized(text: str) -> set[str]:
    """Stems of the words with a capital letter inside a sentence; in a text without lower case, none."""
    found = set()
    for term, word, start in stems(text):
        if word[0].isupper() and term not in found and (not _opens(text, start) or word[1:].isupper()):
            found.add(term)
    return found if any(map(str.islower, text)) else set()


def _opens(text: str, start: int) -> bool:
    """Whether what begins here stands at the beginning of a sentence."""
    return start < 2 or text[start - 2 : start].strip(" \"“‘'(") in (".", "!", "?", ":", "…")


def unit(counts: Mapping[str, int]) -> Bag:
    """Counts as a unit vector; empty if there are none."""
    weights = {term: (1 + math.log(count)) * rarity(term) for term, count in counts.items()}
    kept = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:TERMS]
    length = math.sqrt(sum(weight * weight for _, weight in kept))
    return {term: weight / length for term, weight in kept} if length else {}


def dot(one: Bag, other: Bag) -> float:
    """The cosine of two bags, in [0, 1]."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight * many[term] for term, weight in few.items() if term in many)


def _terms(text: str) -> Iterable[str]:
    return (term for term, word, _ in stems(text) if _tells(term, word))


@lru_cache(maxsize=1 << 16)
def _tells(term: str, word: str) -> bool:
    """Whether a word says anything about what an article is about."""
    return rarity(term) >= COMMON and word.lower() not in word_lists()["idle"]


def _is_year(number: str) -> bool:
    return len(number) == 4 and number.isdigit() and int(number) in YEARS
