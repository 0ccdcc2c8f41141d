"""Articles that attack, or are out of all measure, on every page there is: nothing of them runs, and the pages can be used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from sayso.document import Document
from sayso.reader import Reader
from sayso.reading import OUTLET, Attribution, Reading, Source
from sayso.site.links import Files
from sayso.spans import Span, span_list

MANY, WITNESSES, DEEP, LONG = 1_500, 10, 100, 100_000

# What came in from an article if any of it was taken for HTML: elements, handlers, addresses, styles that are not ours.
STRANGE = """() => [...document.querySelectorAll("*")].filter((each) =>
    ["IMG", "IFRAME", "OBJECT", "EMBED", "BASE", "MARQUEE"].includes(each.tagName)
    || each.tagName === "SCRIPT" && each.textContent.includes("ran")
    || [...each.attributes].some((one) => /^on/i.test(one.name) || /^\\s*(javascript|vbscript|data:text)/i.test(one.value)
      && ["href", "src", "action", "formaction", "xlink:href"].includes(one.name)))
  .map((each) => each.outerHTML.slice(0, 200))"""


def many(generator: Any) -> Reading:
    """Thousands of attributions, all of them to be checked."""
    sources = tuple(Source(f"S{number}", f"Witness {number}", "person", named=True) for number in range(WITNESSES))
    text, made = "", []
    for number in range(MANY):
        speaker = f"S{number % WITNESSES}"
        start, who = len(text), f"Witness {number % WITNESSES}"
        said = start + len(who) + 1
        text += f"{who} said that it was {number}." + ("\n\n" if number % 10 == 9 else " ")
        content = (Span(said + 5, len(text.rstrip()) - 1),)
        source, cue = (Span(start, said - 1),), (Span(said, said + 4),)
        made.append(Attribution(f"A{number}", content, source, cue, speaker, chain=(OUTLET, speaker), confidence=0.5))
    return Reading(Document(text, title="Too many", outlet="Many"), tuple(made), sources, generator=generator)


def deep(generator: Any) -> Reading:
    """Each said that the next one said, a hundred levels deep."""
    text = "".join(f"W{number} said that " for number in range(DEEP)) + "it rained."
    sources, made, at = [], [], 0
    for number in range(DEEP):
        who = f"W{number}"
        source, cue = span_list([(at, at + len(who))]), span_list([(at + len(who) + 1, at + len(who) + 5)])
        sources.append(Source(f"S{number}", who, "person", named=True))
        content = (Span(at + len(who) + 6, len(text) - 1),)
        chain = (OUTLET, *(f"S{outer}" for outer in range(number + 1)))
        within = f"A{number - 1}" if number else None
        made.append(Attribution(f"A{number}", content, source, cue, f"S{number}", within=within, chain=chain))
        at += len(f"{who} said that ")
    return Reading(Document(text, title="Too deep", outlet="Deep"), tuple(made), tuple(sources), generator=generator)


def attacks(attack: str) -> list[Document]:
    """Articles that a story, versions, outlets and sources are made of, by people who attack in each of these."""
    body = (
        f"The mill {attack} on the river was sold, Mayor {attack} Quill said.\n\n“It is gone,” said Tilda {attack} Marsh.\n\n"
        "Residents claimed that the old mill on the river had been sold for ninety crowns to a brewer from the coast.\n"
    )
    address = "https://news.example/mill?\"'><script>window.ran=1</script>"
    titled = [Document(body, title=f"Mill sold {attack}", outlet=f"{attack} {name}", published="2026-03-05") for name in ("one", "two")]
    versions = [
        Document(body + more, title=f"Mill {attack}", outlet=attack, url=address, published=f"2026-03-0{day}T08:00Z")
        for day, more in ((5, ""), (6, f"\nThe brewer {attack} denied it.\n"))
    ]
    return [*titled, *versions]


@pytest.fixture(scope="module")
def monsters(articles: dict[str, Reading]) -> dict[str, Reading]:
    reader = Reader(rules=True)
    attack = articles["hostile"].document.outlet or ""
    word = Document(f"The mayor said that {'x' * LONG} was late.\n\n{'y' * LONG} fell.\n", title="z" * LONG, outlet="Long")
    found = {"many": many(reader.generator), "deep": deep(reader.generator), "word": reader.read(word), "hostile": articles["hostile"]}
    return found | {f"attack {number}": reader.read(each) for number, each in enumerate(attacks(attack))}


@pytest.fixture(scope="module")
def besieged(monsters: dict[str, Reading], stores: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of all these."""
    path: Path = stores.fill(tmp_path_factory.mktemp("besieged") / "store", list(monsters.values()))
    return path


@pytest.fixture(scope="module")
def walls(besieged: Path, stores: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its pages, as files."""
    path: Path = stores.write(besieged, tmp_path_factory.mktemp("walls"))
    return path


@pytest.fixture(scope="module")
def gate(besieged: Path, stores: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its pages, served."""
    with stores.serve(besieged, tmp_path_factory.mktemp("gate")) as address:
        yield address


def untouched(page: Page) -> None:
    assert page.evaluate("window.ran") is None
    assert page.evaluate(STRANGE) == []
    assert page.locator("h1").count() == 1


def test_nothing_runs_on_any_written_page(walls: Path, visit: Any) -> None:
    pages = sorted(walls.rglob("*.html"))
    assert len(pages) >= 15
    assert {each.parent.name for each in pages} >= {"site", "articles", "stories", "outlets", "sources", "versions"}
    page = visit(pages[0].as_uri())
    attacked = 0
    for path in pages:
        page.goto(path.as_uri())
        untouched(page)
        attacked += "window.ran=1" in page.inner_text("body")
    assert attacked >= 8


def test_nothing_runs_on_any_served_page(walls: Path, gate: str, visit: Any) -> None:
    page = visit(gate)
    attacked = 0
    for path in sorted(walls.rglob("*.html")):
        place = path.relative_to(walls).with_suffix("").as_posix()
        if place.startswith("versions/") or (place.partition("-")[0] in ("articles", "stories", "sources") and "/" not in place):
            continue
        answer = page.goto(f"{gate}/{'' if place == 'index' else place}", timeout=90_000)
        assert answer.status == 200, place
        untouched(page)
        attacked += "window.ran=1" in page.inner_text("body")
    assert attacked >= 6


REFLECTED = [
    "/articles?q={}",
    "/articles?outlet={}",
    "/articles?page={}",
    "/articles/{}",
    "/stories/{}",
    "/outlets/{}",
    "/sources/{}",
    "/{}",
]


@pytest.mark.parametrize("place", REFLECTED)
def test_nothing_of_an_address_runs(place: str, gate: str, articles: dict[str, Reading], browser: Any) -> None:
    attack = articles["hostile"].document.outlet or ""
    page = browser.new_context().new_page()
    answer = page.goto(gate + place.format(quote(attack, safe="")))
    assert answer.status < 500
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    untouched(page)
    page.context.close()


@pytest.mark.parametrize("name", ["many", "deep", "word"])
def test_what_is_out_of_all_measure_can_be_used(name: str, monsters: dict[str, Reading], walls: Path, visit: Any) -> None:
    reading = monsters[name]
    page = visit((walls / Files().article(reading.document.id)).as_uri(), 320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.locator("#r1").count() == 1
    assert page.locator(f"#r{len(reading.attributions)}").count() == 1
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "t1"
