"""Invented articles of one story, read by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from sayso.attribution.voices import voices
from sayso.document import Document
from sayso.reading import OUTLET, Attribution, Generator, Reading, Source
from sayso.spans import Spans
from sayso.testing import span_of

Said = tuple[str, str, str] | tuple[str, str, str, dict[str, Any]]
"""Who says it, by which cue, and the content, all as they stand in the text; then labels that are out of the ordinary."""


def at(text: str, words: str) -> Spans:
    """Where these words stand for the first time; nowhere if there are none."""
    return (span_of(text, words),) if words else ()


def read(outlet: str | None, text: str, *said: Said, **known: Any) -> Reading:
    """The reading of an article; an empty `who` is a source that is not stated."""
    sources: dict[str, Source] = {}
    made = []
    for number, (who, cue, content, *labels) in enumerate(said, 1):
        source = sources.setdefault(who, Source(f"S{len(sources) + 1}", who or "unknown", named=bool(who)))
        given: dict[str, Any] = {"chain": (OUTLET, source.id)} | (labels[0] if labels else {})
        made.append(Attribution(f"A{number}", at(text, content), at(text, who), at(text, cue), source.id, **given))
    document = Document(text, outlet=outlet, **known)
    return Reading(document, tuple(made), tuple(sources.values()), voices(document, made), generator=Generator("0.1.0", "hand")).check()


@pytest.fixture(scope="session")
def by_hand() -> Callable[..., Reading]:
    return read


@pytest.fixture(scope="session")
def bridge() -> tuple[Reading, ...]:
    """One claim (the bridge was closed after the storm) told in every way, other numbers for one thing, things that one outlet tells."""
    return (
        read(
            "Coastal Post",
            "The old bridge was closed after the storm on Sunday.\n\n"
            "Police said that nine cars were lost in the river. Gulls came back early.",
            ("Police", "said", "that nine cars were lost in the river"),
            title="Bridge closed",
            published="2031-05-04",
        ),
        read(
            "Merrin Echo",
            "Mayor Ada Quill claimed that the old bridge was closed after the storm.\n\n"
            "Four cars were lost in the river. Nobody swam there.",
            ("Mayor Ada Quill", "claimed", "that the old bridge was closed after the storm", {"outlet_stance": "distances"}),
            published="2031-05-05",
        ),
        read(
            "The Wire",
            "“The old bridge was closed after the storm,” said Bo Lund.",
            ("Bo Lund", "said", "“The old bridge was closed after the storm,”", {"form": "direct"}),
            published="2031-05-05",
        ),
        read(
            "Ministry Herald",
            "The ministry denied that the old bridge was closed after the storm.\n\nTrains ran on time.",
            ("The ministry", "denied", "that the old bridge was closed after the storm", {"polarity": "denies"}),
            published="2031-05-09",
        ),
        read("Harbor Life", "Fresh herring costs less this week than it did in all of April.", published="2031-05-04"),
    )
