"""Words of a codebook in a text: whole words, beginnings, phrases; in linear time."""

import time

import pytest

from sayso.codebooks.book import Codebook
from sayso.codebooks.words import words_of

FOUND = [
    ("Rain fell and rainfall rose.", ["rain*", "rain*"]),
    ("A train is no rain-coat.", ["rain*"]),
    ("DRIZZLE, then a Cold  Snap.", ["drizzle", "cold snap"]),
    ("A cold morning, a snap vote.", []),
    ("drizzles", []),
    ("", []),
    ("Snow’s here", ["snow*"]),
]


@pytest.mark.parametrize(("text", "entries"), FOUND)
def test_what_is_found(weather: Codebook, text: str, entries: list[str]) -> None:
    hits = words_of(weather).hits(text)
    assert [hit.word for hit in hits] == entries
    for hit in hits:
        assert text[hit.span.start : hit.span.end].lower().startswith(hit.word.split()[0].removesuffix("*"))


def test_different_words_count_once(weather: Codebook) -> None:
    assert words_of(weather).counts("Rain, rain, rain and drizzle in the frost", 2) == [2, 1]


def test_a_megabyte_takes_seconds(weather: Codebook) -> None:
    started = time.process_time()
    words_of(weather).hits("rain snow cold cold " * 50_000)
    words_of(weather).hits("r" * 1_000_000)
    assert time.process_time() - started < 10
