"""An invented corpus: three outlets, two stories, an article without a date, accents, an emoji, right-to-left words, a formula."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sayso.attribution.voices import summary, voices
from sayso.document import Document
from sayso.export.material import Material, of_store
from sayso.quotations import quotations
from sayso.reading import OUTLET, Attribution, Generator, Reading, Source
from sayso.spans import Span
from sayso.store.store import Store
from sayso.structure import paragraphs

GENERATOR = Generator("0.1.0", "hand", ("loaded",))
MAYOR = Source("S1", "Mayor Zoë Ångström", "person", "politician", True, "mayor")
YARD = Source("S2", "the Halden Yard", "organization", "business", True)
INSIDER = Source("S3", "an insider", "person", "none")
Said = tuple[Source, str, str, str]
"""Source, its words, the cue, the content."""


def made(text: str, *said: Said, **known: Any) -> Reading:
    """A reading made by hand: each content, cue and source where its words stand first."""

    def at(words: str) -> tuple[Span, ...]:
        return (Span(text.index(words), text.index(words) + len(words)),) if words else ()

    document = Document(text, **known)
    sources = tuple(dict.fromkeys(source for source, *_ in said))
    attributions = tuple(
        Attribution(f"A{number}", at(content), at(words), at(cue), source.id, chain=(OUTLET, source.id))
        for number, (source, words, cue, content) in enumerate(said, 1)
    )
    counts = summary(document, attributions, sources, quotations(text, paragraphs(text)))
    return Reading(document, attributions, sources, voices(document, attributions), summary=counts, generator=GENERATOR).check()


ARTICLES = (
    made(
        "The bridge at Halden will stay shut until spring, Mayor Zoë Ångström said. 🚢 The café on the quay lost its guests at once.",
        (MAYOR, "Mayor Zoë Ångström", "said", "The bridge at Halden will stay shut until spring"),
        outlet="Halden Echo", title="=HYPERLINK(\"http://x\")", url="http://echo.example/1", published="2026-03-02T09:00:00+02:00",
        columns=(("country", "Nord"),),
    ),
    made(
        "Zoe Angstrom claimed that the bridge would be shut. An insider added that nobody had planned it. The yard was quiet on Monday.",
        (replace(MAYOR, id="S1", name="Zoe Angstrom", standing="official"), "Zoe Angstrom", "claimed", "that the bridge would be shut"),
        (INSIDER, "An insider", "added", "that nobody had planned it"),
        outlet="The Ferryman", title="Shut", published="2026-03-02T06:30:00Z", columns=(("country", "Sud"), ("desk", "+1")),
    ),
    made(
        "-5 degrees stopped the work, the Halden Yard said.\n\n“-5 is too cold,” the Halden Yard noted. הגשר נסגר in spring, as planned.",
        (YARD, "the Halden Yard", "said", "-5 degrees stopped the work"),
        (YARD, "the Halden Yard", "noted", "“-5 is too cold,”"),
        outlet="Halden Echo", title="Cold", published="2026-03-03",
    ),
    made("Nothing moved on the river today, and nobody came to look at it.", outlet="Nordpost", title="Quiet", published="some day"),
)  # fmt: skip


@pytest.fixture
def articles() -> tuple[Reading, ...]:
    """The articles: two on the bridge, one with minus signs, one in which nobody speaks."""
    return ARTICLES


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The articles in a store, with stories."""
    opened = Store.make(tmp_path / "store", GENERATOR)
    opened.add(ARTICLES)
    ids = [article.document.id for article in ARTICLES]
    opened.put("stories", ["article", "story"], [(ids[0], "bridge"), (ids[1], "bridge"), (ids[2], "cold"), (ids[3], "cold")])
    return opened


@pytest.fixture
def claimed(store: Store) -> Store:
    """The same with a table of claims."""
    first, second = ARTICLES[0].document.id, ARTICLES[1].document.id
    columns = ["story", "claim", "article", "statement", "outlet", "voice", "confidence", "text", "spans", "remark"]
    told = [
        ("bridge", "1", first, f"{first}.A1", "Halden Echo", "neutral", 0.9, "=The bridge stays shut", [[0, 48]], "x"),
        ("bridge", "1", second, f"{second}.A1", "The Ferryman", "distanced", 0.8, "that the bridge would be shut", [[21, 50]], "y"),
    ]
    store.put("claims", columns, told)
    return store


@pytest.fixture
def material(claimed: Store) -> Material:
    """All of it, as it is exported."""
    return of_store(claimed)
