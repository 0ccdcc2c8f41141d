"""A reading with findings, and corrections of it, made by hand."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sayso.attribution.voices import voices
from sayso.corrections.correction import CONFIRM, Correction, Place, made_by, seen_in
from sayso.corrections.places import words_at
from sayso.document import Document
from sayso.reader import Reader
from sayso.reading import OUTLET, Attribution, Finding, Generator, Reading, Source
from sayso.spans import Spans, span_list
from sayso.testing import span_of

TEXT = (
    "The shameless yard missed every date, the Harbor Institute stated. Ines Calder said that the builder was late.\n\n"
    "She claimed that the yard insisted that the valve was fine. Nobody paid, according to clerks.\n\n"
    "The clerks waited.\n"
)


def at(*words: str, text: str = TEXT) -> Spans:
    return span_list(span_of(text, each) for each in words)


def harbor() -> Reading:
    document = Document(TEXT, title="The yard is late", outlet="The Alder Gazette")
    sources = (
        Source("S1", "the Harbor Institute", "organization", "expert", True, mentions=at("the Harbor Institute")),
        Source("S2", "Ines Calder", "person", "official", True, mentions=at("Ines Calder", "She")),
        Source("S3", "the yard", "organization", mentions=at("the yard")),
        Source("S4", "clerks", "group", mentions=at("clerks")),
    )
    claim = "that the yard insisted that the valve was fine"
    attributions = (
        Attribution("A1", at("The shameless yard missed every date"), at("the Harbor Institute"), at("stated"), "S1", chain=(OUTLET, "S1")),
        Attribution("A2", at("that the builder was late"), at("Ines Calder"), at("said"), "S2", chain=(OUTLET, "S2"), confidence=0.9),
        Attribution("A3", at(claim), at("She"), at("claimed"), "S2", outlet_stance="distances", chain=(OUTLET, "S2"), confidence=0.6),
        Attribution("A4", at("that the valve was fine"), at("the yard"), at("insisted"), "S3", within="A3", chain=(OUTLET, "S2", "S3")),
        Attribution("A5", at("Nobody paid"), at("clerks"), at("according to"), "S4", chain=(OUTLET, "S4"), confidence=0.5),
    )
    findings = (
        Finding("loaded", "loaded", "S1", at("shameless"), 0.8, 0.8),
        Finding("stance", "unfavorable", "S2", at("the builder was late"), 0.7, 0.7, target="builder", candidate=True),
    )
    reading = Reading(document, attributions, sources, generator=Generator("0.1", "hand", ("loaded", "stance")))
    reading = replace(reading, voices=voices(document, attributions))
    return replace(reading, findings=findings).check()


@pytest.fixture(scope="session")
def reading() -> Reading:
    return harbor()


@pytest.fixture(scope="session")
def rules() -> Reader:
    return Reader(rules=True)


def make(reading: Reading, number: int, kind: str, second: int = 1, who: str = "Ada Quill", **more: Any) -> Correction:
    """A correction of the attribution with that number (from 1; 0 for the whole article), at that second."""
    place = None
    if number:
        was = reading.attributions[number - 1]
        place = Place(was.content, was.cue, words_at(reading.document.text, was.content))
    if kind == CONFIRM and number:
        more = {"value": seen_in(was, reading.source(was.speaker))} | more
    when = f"2026-03-04T09:{second // 60:02}:{second % 60:02}Z"
    correction_id = f"{number:04x}{second:08x}".rjust(32, "0")
    return Correction(
        correction_id, reading.document.id, who, when, kind, **({"place": place, "generator": made_by(reading.generator)} | more)
    )


@pytest.fixture(scope="session")
def says() -> Callable[..., Correction]:
    return make


@pytest.fixture(scope="session")
def where() -> Callable[..., Spans]:
    return at
