"""Readings made by hand: the words of each role are given as they stand in the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from sayso.document import Document
from sayso.reading import OUTLET, Attribution, Generator, Reading, Source, Summary
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
