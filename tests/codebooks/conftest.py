"""Invented notes with their codes, an article with two voices, and vectors that need no network: directions told by words."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from sayso.attribution.voices import voices
from sayso.codebooks.book import Codebook, parse
from sayso.codebooks.coded import Coded
from sayso.codebooks.vectors import Floats, Vectors
from sayso.document import Document
from sayso.reading import OUTLET, Attribution, Reading, Source
from sayso.spans import Span

WEATHER = b"""
name = "weather"
about = "What a note on the weather is about."
source = "Invented for tests."
unit = "sentence"

[[frames]]
label = "wet"
definition = "Rain, floods and everything that makes wet."
question = "Is it about water from above?"
examples = ["It poured all night.", "The brook burst its banks."]
words = ["rain*", "flood*", "drizzle"]

[[frames]]
label = "cold"
definition = "Frost, snow and everything that makes cold."
examples = ["The pond froze over."]
words = ["frost", "snow*", "cold snap"]
"""

MEANING = {"rain": 0, "poured": 0, "soaked": 0, "umbrella": 0, "frost": 1, "froze": 1, "ice": 1, "mittens": 1, "budget": 2, "vote": 2}


class Meanings:
    """A vector is the direction of the words that it knows, with a little of its own so that no two texts are quite alike."""

    def __init__(self, fingerprint: str = "meanings-1") -> None:
        self.fingerprint = fingerprint

    def __call__(self, texts: Sequence[str], /) -> Floats:
        rows = np.full((len(texts), 4), 0.05, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word, place in MEANING.items():
                row[place] += 1.0 * (word in text.lower())
            row[3] += (len(text) % 7) / 50
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def examples(several: bool = False) -> list[Coded]:
    """Sixty notes of six outlets; with `several`, every tenth has both frames."""
    wet, cold, none = ("soaked", "umbrella", "poured"), ("froze", "ice", "mittens"), ("vote", "budget", "council")
    places = ("Alder", "Brome", "Calder", "Dunmore", "Esk", "Fenwick", "Garth")
    found = []
    for number in range(60):
        place, outlet = places[number % 7], f"Paper {number // 3 % 6}"
        if several and number % 10 == 0:
            found.append(Coded(f"{place}: {wet[number % 3]} by noon, then all {cold[number % 3]} at night.", ("wet", "cold"), outlet))
        elif number % 3 == 0:
            found.append(Coded(f"Walkers near {place} saw {wet[number % 7 % 3]} fields on day {number}.", ("wet",), outlet))
        elif number % 3 == 1:
            found.append(Coded(f"Children in {place} had {cold[number % 7 % 3]} on day {number}.", ("cold",), outlet))
        else:
            found.append(Coded(f"The {none[number % 7 % 3]} in {place} was put off on day {number}.", (), outlet))
    return found


OWN = "The frost came early and the pond froze over in a single night."
SAID = "“The rain soaked every field between here and the coast,”"
TEXT = f"{OWN} {SAID} said Mara Quill.\n\nThe council will vote in March on a new depot.\n"


def spoken(text: str = TEXT) -> Reading:
    """The reading; of an empty text, an empty one."""
    document = Document(text)
    if not text:
        return Reading(document).check()
    at = text.index(SAID)
    attribution = Attribution("A1", (Span(at, at + len(SAID)),), speaker="S1", form="direct", chain=(OUTLET, "S1"))
    return Reading(document, (attribution,), (Source("S1", "Mara Quill", "person", named=True),), voices(document, (attribution,))).check()


@pytest.fixture
def weather() -> Codebook:
    return parse(WEATHER, "weather.toml")


@pytest.fixture
def meanings() -> Callable[..., Vectors]:
    return Meanings


@pytest.fixture
def coded() -> Callable[..., list[Coded]]:
    return examples


@pytest.fixture(name="spoken")
def _spoken() -> Callable[..., Reading]:
    return spoken
