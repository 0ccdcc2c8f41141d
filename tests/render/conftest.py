"""Readings made by hand: the words of each role are given as they stand in the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from sayso.attribution.voices import voices
from sayso.document import Document
from sayso.reading import OUTLET, Attribution, Finding, Generator, Reading, Source, Summary, Tally
from sayso.spans import Span, Spans, span_list

TEXT = (
    "The foreign minister on Wednesday denied that peace talks had collapsed, hours after a senior official told Reuters that the "
    "mediators believed that the delegation had left.\n\n"
    "“There is no walkout,” Karim Haddad said. He accused the opposition of “reckless fantasies [laughs]”.\n"
)


def place(text: str, words: Sequence[str]) -> Spans:
    return span_list([(text.index(part), text.index(part) + len(part)) for part in words])


def build(text: str, attributions: Sequence[dict[str, Any]], sources: Sequence[Source] = (), **known: Any) -> Reading:
    """A reading; an attribution is given as `content`, `source`, `cue` (words of the text) and any labels."""
    speakers = {source.id: source for source in sources}
    made: list[Attribution] = []
    for number, given in enumerate(attributions, 1):
        labels = dict(given)
        spans: dict[str, Spans] = {}
        for role in ("content", "source", "cue"):
            value = labels.pop(role, ())
            spans[role] = place(text, [value] if isinstance(value, str) else value)
        speaker = labels.pop("speaker", f"S{number}")
        if speaker not in speakers:
            speakers[speaker] = Source(id=speaker, name=" ".join(text[a:b] for a, b in spans["source"]))
        chain = labels.pop("chain", (OUTLET, *labels.get("via", ()), speaker))
        made.append(Attribution(f"A{number}", spans["content"], spans["source"], spans["cue"], speaker, chain=chain, **labels))
    named = sum(source.named for source in speakers.values())
    return Reading(
        document=Document(text, **known),
        attributions=tuple(made),
        sources=tuple(speakers.values()),
        summary=Summary(len(text.split()), 0.5, 0.2, 0.3, len(speakers), named),
        generator=Generator("0.1.0", "model@1"),
    ).check()


@pytest.fixture
def make_reading() -> Callable[..., Reading]:
    return build


@pytest.fixture
def talks() -> Reading:
    """Reported, via, nested, quoted, mixed, and one uncertain."""
    sources = (
        Source("S1", "Karim Haddad", "person", "politician", True, role="foreign minister", mentions=(Span(0, 20),)),
        Source("S2", "a senior official", "person", "official"),
        Source("S3", "Reuters", "media", named=True),
        Source("S4", "the mediators", "group"),
    )
    return build(
        TEXT,
        [
            {
                "source": "The foreign minister",
                "cue": "denied",
                "content": "that peace talks had collapsed",
                "speaker": "S1",
                "polarity": "denies",
            },
            {
                "source": "a senior official",
                "cue": "told Reuters",
                "content": "that the mediators believed that the delegation had left",
                "speaker": "S2",
                "via": ("S3",),
                "confidence": 0.88,
            },
            {
                "source": "the mediators",
                "cue": "believed",
                "content": "that the delegation had left",
                "speaker": "S4",
                "attitude": "belief",
                "commitment": "probable",
                "within": "A2",
                "chain": ("outlet", "S3", "S2", "S4"),
                "confidence": 0.61,
            },
            {"source": "Karim Haddad", "cue": "said", "content": "“There is no walkout,”", "speaker": "S1", "form": "direct"},
            {
                "source": "He",
                "cue": "accused",
                "content": "the opposition of “reckless fantasies [laughs]”",
                "speaker": "S1",
                "form": "mixed",
                "outlet_stance": "distances",
            },
        ],
        sources,
        title="Minister denies talks collapsed",
        outlet="The Daily Example",
        url="https://news.example/talks",
        published="2026-03-04T09:15Z",
        authors=("Ana Writer",),
    )


HARBOR = (
    "Harbor scheme will double the fares\n\n"
    "The shameless harbor board again raised fares. “These vultures will probably ruin Alder,” Mayor Ines Calder said. "
    "The board claimed that Calder has clearly lost her nerve. The council must stop this.\n\n"
    "An auditor found that the scheme may double the fares.\n"
)


def finding(measure: str, label: str, speaker: str, evidence: str, about: str = "", target: str | None = None, **more: Any) -> Finding:
    """A finding in `HARBOR`, its words given as they stand there for the first time."""
    spans = place(HARBOR, [evidence])
    words = tuple(Span(span.start + spans[0].start, span.end + spans[0].start) for span in place(evidence, [about])) if about else ()
    values = {"score": 0.8, "confidence": 0.8} | more
    return Finding(measure, label, speaker, spans, target=target, about=words, **values)


@pytest.fixture
def harbor() -> Reading:
    """Findings of every measure, and of one that nobody knows, in own, endorsed, neutral and distanced voices."""
    sources = (
        Source("S1", "Ines Calder", "person", "politician", True, role="Mayor"),
        Source("S2", "The board", "organization"),
        Source("S3", "An auditor", "person", "expert"),
    )
    said, outlet = "“These vultures will probably ruin Alder,”", "The shameless harbor board again raised fares."
    reading = build(
        HARBOR,
        [
            {"source": "Mayor Ines Calder", "cue": "said", "content": said, "speaker": "S1", "form": "direct"},
            {
                "source": "The board",
                "cue": "claimed",
                "content": "that Calder has clearly lost her nerve",
                "speaker": "S2",
                "outlet_stance": "distances",
            },
            {
                "source": "An auditor",
                "cue": "found",
                "content": "that the scheme may double the fares",
                "speaker": "S3",
                "outlet_stance": "endorses",
            },
        ],
        sources,
        title="Harbor scheme will double the fares",
        outlet="The Alder Post",
    )
    lost = finding("certainty", "hedge_lost", OUTLET, "Harbor scheme will double the fares", score=0.7, confidence=0.7)
    findings = (
        finding("loaded", "loaded", OUTLET, "shameless"),
        finding("loaded", "loaded", OUTLET, "scheme", confidence=0.3, candidate=True),
        finding("loaded", "loaded", "S1", "vultures"),
        finding("editorial", "exhortation", OUTLET, "The council must stop this", confidence=0.9),
        finding("certainty", "hedge", "S1", "probably"),
        finding("certainty", "booster", "S2", "clearly"),
        finding("certainty", "hedge", "S3", "may"),
        finding("certainty", "level", OUTLET, "The council must stop this", score=0.9, confidence=1.0),
        replace(lost, about=place(HARBOR, ["the scheme may double the fares"])),
        finding("stance", "unfavorable", OUTLET, outlet, "harbor board", "harbor board"),
        finding("stance", "unfavorable", "S1", said, "vultures", "harbor board"),
        finding("stance", "neutral", OUTLET, "Mayor Ines Calder said", "Ines Calder", "Ines Calder"),
        finding("stance", "unfavorable", "S2", "that Calder has clearly lost her nerve", "Calder", "Ines Calder"),
        finding("stance", "favorable", "S1", said, "Alder", "Alder", confidence=0.5, candidate=True),
        finding("frame", "generic:human-interest", "S1", said, score=0.5, confidence=0.0, candidate=True),
        finding("role", "villain", OUTLET, outlet, "harbor board", "harbor board", confidence=0.55, candidate=True),
        finding("irony", "irony", OUTLET, "again"),
        finding("sourcing", "first", "S1", said, confidence=1.0),
    )
    tallies = (
        Tally("loaded", "loaded", "own", 1, 1, 24),
        Tally("editorial", "exhortation", "own", 1, 0, 24),
        Tally("irony", "irony", "own", 1, 0, 24),
        Tally("stance", "unfavorable", "own", 1, 0, 24, "harbor board", OUTLET),
        Tally("stance", "neutral", "own", 1, 0, 24, "Ines Calder", OUTLET),
        Tally("certainty", "hedge", "endorsed", 1, 0, 7),
        Tally("loaded", "loaded", "neutral", 1, 0, 6),
        Tally("certainty", "hedge", "neutral", 1, 0, 6),
        Tally("certainty", "booster", "distanced", 1, 0, 7),
    )
    known = replace(reading.generator, measures=("loaded", "editorial", "certainty", "stance", "frame", "role", "sourcing", "irony"))
    voiced = replace(reading, voices=voices(reading.document, reading.attributions), findings=findings, tallies=tallies, generator=known)
    return voiced.check()
