"""From a story to its sentences, its sources, its outlets, and back; by mouse, by keys, on a phone, without scripts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from playwright.sync_api import Page, expect

from sayso.reading import Reading
from sayso.site.links import Files

OUTLETS = ("Karthia State Wire", "Meridian Newswire", "The Daily Clarion")


@pytest.fixture
def address(articles: dict[str, Reading], site: Path) -> str:
    """The story that three outlets tell."""
    ids = [articles[name].document.id for name in OUTLETS]
    found = [path for each in ids if (path := site / Files().story(f"s{each}")).is_file()]
    assert len(found) == 1
    return found[0].as_uri()


def arrived(page: Page) -> str:
    """The words that a link led to, in sight."""
    assert "/articles/" in page.url
    target = page.locator(":target, .on").first
    expect(target).to_be_in_viewport()
    return target.inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_every_cell_of_the_matrix_leads_to_its_sentence(scripts: bool, address: str, visit: Any) -> None:
    page = visit(address, scripts=scripts)
    head = page.locator("table.matrix thead th").all_inner_texts()
    assert set(OUTLETS) <= set(head)
    rows = page.locator("table.matrix tbody tr")
    assert rows.count() >= 2
    links = page.locator("table.matrix td > a")
    assert links.count() >= 4
    cells = [
        (links.nth(at).get_attribute("href"), links.nth(at).locator("xpath=..").locator(".quote").first.inner_text()) for at in range(4)
    ]
    for href, quote in cells:
        page.goto(urljoin(address, href))
        words = arrived(page)
        begun = re.findall(r"\w+", quote)[:3]
        assert re.findall(r"\w+", words)[: len(begun)] == begun or begun[0] in words, (quote, words)


def test_the_matrix_by_keys(address: str, visit: Any) -> None:
    page = visit(address)
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('table.matrix td > a')"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert arrived(page)
    page.go_back()
    assert page.url.startswith(address)


def test_the_matrix_says_in_words_how_each_outlet_tells_it(address: str, visit: Any) -> None:
    page = visit(address, 320)
    cells = page.locator("table.matrix tbody td")
    assert cells.count() >= 6
    said = cells.all_inner_texts()
    assert all(re.search(r"own voice|attributed|quoted|denied|not found by us", each) for each in said), said
    assert any("not found by us" in each for each in said)
    heads = cells.evaluate_all("(all) => all.map((each) => getComputedStyle(each, '::before').content)")
    assert all(any(outlet in head for outlet in OUTLETS) for head in heads), "on a phone a cell does not say whose it is"


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_list_to_a_story_its_sources_and_a_sentence(scripts: bool, site: Path, visit: Any) -> None:
    page = visit((site / "stories.html").as_uri(), scripts=scripts)
    page.get_by_role("link", name=re.compile("harbor fire|harbor ablaze|Port Maren")).first.click()
    assert "/stories/" in page.url
    shared = page.locator("table.who tbody tr", has_text="Daven Orrick")
    expect(shared).to_have_count(1)
    assert len(page.locator("table.who thead th").all()) == 4
    shared.get_by_role("link", name="Daven Orrick").click()
    assert "/sources/" in page.url
    expect(page.locator("h1")).to_have_text("Daven Orrick")
    page.get_by_role("link", name=re.compile("Fuel depot|Inferno|Ministry rejects")).first.click()
    assert arrived(page)


def test_headlines_stand_against_their_texts(address: str, articles: dict[str, Reading], visit: Any) -> None:
    page = visit(address)
    rows = page.locator("table.headlines tbody tr")
    expect(rows).to_have_count(3)
    for name in OUTLETS:
        row = rows.filter(has_text=name)
        expect(row).to_contain_text(articles[name].document.title or "?")
        assert row.locator("td").last.inner_text().strip()


@pytest.mark.parametrize("scripts", [True, False])
def test_every_chart_of_the_outlets_opens_as_a_table(scripts: bool, site: Path, visit: Any) -> None:
    page = visit((site / "outlets.html").as_uri(), scripts=scripts)
    charts = page.locator("figure.chart")
    assert charts.count() >= 4
    chart = charts.first
    expect(chart.locator("table")).to_be_hidden()
    chart.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(chart.locator("table")).to_be_visible()
    drawn = chart.locator("ul.dots .name").all_inner_texts()
    assert [each.strip() for each in chart.locator("tbody th").all_inner_texts()] == [each.strip() for each in drawn]
    chart.locator("ul.dots .name a", has_text="The Daily Clarion").click()
    assert "/outlets/" in page.url
    expect(page.locator("h1")).to_have_text("The Daily Clarion")


def test_versions_show_what_was_changed(site: Path, articles: dict[str, Reading], visit: Any) -> None:
    first, second = (articles[name].document.id for name in ("first version", "second version"))
    page = visit((site / Files().article(second)).as_uri())
    page.locator(".trail a[href*='versions/']").click()
    assert page.url == (site / Files().versions(first, second)).as_uri()
    gone, new = page.locator("main del").all_inner_texts(), page.locator("main ins").all_inner_texts()
    assert any("spring" in each for each in gone)
    assert any("next year" in each for each in new)
    assert any("letters were lost" in each for each in new)
    lines = [page.locator(f"main {name}").first.evaluate("(each) => getComputedStyle(each).textDecorationLine") for name in ("del", "ins")]
    assert lines == ["line-through", "underline"]


def test_every_link_of_the_site_leads_somewhere(site: Path) -> None:
    pages = {path.resolve().as_uri(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    ids = {address: set(re.findall(r'\sid="([^"]*)"', text)) for address, text in pages.items()}
    looked, dead = 0, []
    for address, text in pages.items():
        for href in re.findall(r'<a\b[^>]*?\shref="([^"]*)"', text):
            where, anchor = urldefrag(urljoin(address, href.replace("&amp;", "&")))
            if not where.startswith("file:"):
                assert where.startswith("https://"), href
                continue
            looked += 1
            if where not in pages or (anchor and unquote(anchor) not in ids[where]):
                dead.append(f"{address.rsplit('/site/')[1]} → {href}")
    assert looked > 500
    assert dead == []
