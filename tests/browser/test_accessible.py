"""Every kind of page, as files and served: what axe-core finds, and what it cannot see: reflow, zoom, the Tab key, focus, forced colors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from sayso.reading import Reading
from sayso.site.links import Files, Served

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLORS = ["color-contrast", "link-in-text-block"]
PHONE, ZOOMED, DESK = 320, 640, 1280  # 640 is a window of 1280 at 200 %
FEW = 120  # elements that are gone through on a phone, too
TABS = 400  # elements in one page that the key comes to, at most

ARTICLES = ("Meridian Newswire", "The Daily Clarion", "hostile", "arabic", "second version", "Pasted capitals")
LISTS = ("index", "articles", "stories", "outlets", "sources", "method")
WRITTEN = (*LISTS, *(f"article: {name}" for name in ARTICLES), "story", "versions", "outlet", "source")
SERVED = ("index", "articles", "sources", "article: The Daily Clarion", "article: arabic", "story", "read", "corrections", "none")
KINDS = ("single", *(f"file {kind}" for kind in WRITTEN), *(f"served {kind}" for kind in SERVED))

# Every element that the Tab key should come to: shown, not switched off; of a group of radio buttons one stands for all.
WANTED = """() => [...document.querySelectorAll(
    "a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex='0'],[contenteditable=true]")]
  .filter((each) => !each.disabled && each.checkVisibility({checkVisibilityCSS: true}) && each.getClientRects().length
    && !each.closest("details:not([open]) > :not(summary)"))
  .map((each) => each.type === "radio" ? "radio " + each.name : (each.dataset.tab = each.dataset.tab || "" + Math.random()))"""
# What was focused: its ring when it gets the focus; whether it is in sight then or when it loses it, since the browser scrolls in between.
NOTING = """() => { window.noted = [];
  const seen = (each) => { const box = each.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0 };
  addEventListener("focusin", ({target: each}) => { const style = getComputedStyle(each);
    each.was = {seen: seen(each), ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1} }, true);
  addEventListener("focusout", ({target: each}) => noted.push({tab: each.type === "radio" ? "radio " + each.name : each.dataset.tab || "",
    what: each.outerHTML.slice(0, 160), seen: each.was?.seen || seen(each), ringed: each.was?.ringed}), true) }"""
OVERFLOW = """() => {
  const wide = document.documentElement.scrollWidth, out = [...document.body.querySelectorAll("*")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".scroll,[role=region]"));
  return wide <= innerWidth ? "" : wide + ": " + out.slice(0, 3).map((each) => each.outerHTML.slice(0, 120)).join(" | ")}"""

OPEN = """() => { for (const each of document.querySelectorAll("details:not([open])")) { each.open = true; each.dataset.was = "shut" } }"""
SHUT = """() => { for (const each of document.querySelectorAll("[data-was]")) each.open = false }"""

Address = Callable[[str], str]


@pytest.fixture(scope="module")
def address(request: pytest.FixtureRequest, articles: dict[str, Reading]) -> Address:
    """Where a kind of page stands."""

    def address(kind: str) -> str:
        if kind == "single":
            single: Path = request.getfixturevalue("single")
            return single.as_uri()
        where, _, name = kind.partition(" ")
        links = Files() if where == "file" else Served()
        if name in LISTS:
            path = links.page(name)
        elif name.startswith("article: "):
            path = links.article(articles[name.removeprefix("article: ")].document.id)
        elif name == "versions":
            path = links.versions(articles["first version"].document.id, articles["second version"].document.id)
        elif name == "outlet":
            path = links.outlet("The Daily Clarion")
        elif name in ("read", "corrections", "none"):
            path = f"/{name}"
        else:
            folder = "stories" if name == "story" else "sources"
            first = sorted((request.getfixturevalue("site") / folder).glob("*.html"))[0]
            path = f"{folder}/{first.name}" if where == "file" else f"/{folder}/{first.stem}"
        if where == "file":
            site: Path = request.getfixturevalue("site")
            assert (site / path).is_file(), f"no page {path}"
            return (site / path).as_uri()
        return f"{request.getfixturevalue('served')}{path}"

    return address


@pytest.fixture(scope="module", params=KINDS)
def shown(request: pytest.FixtureRequest, address: Address, eyes: Any) -> Iterator[Page]:
    """One kind of page, opened once for all tests of this file."""
    page = eyes.visit(address(request.param), DESK, reduced_motion="reduce")
    yield page
    eyes.close()


def faults(page: Page, rules: list[str], kind: str = "tag") -> str:
    """What axe-core finds against these rules, a line each."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    options = {"runOnly": {"type": kind, "values": rules}, "resultTypes": ["violations"], "preload": False}
    found: dict[str, Any] = page.evaluate("(options) => axe.run(document, options)", options)
    assert found["passes"], "axe-core looked at nothing"
    wrong = [(each["id"], node) for each in found["violations"] for node in each["nodes"]]
    return "\n".join(f"{name}: {node['html'][:160]} {' '.join(node['failureSummary'].split())[:200]}" for name, node in wrong)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_axe_finds_nothing(width: int, shown: Page) -> None:
    shown.emulate_media(color_scheme="light", forced_colors="none")
    shown.set_viewport_size({"width": width, "height": 900})
    wrong = faults(shown, RULES)
    assert not wrong, wrong
    shown.emulate_media(color_scheme="dark")
    wrong = faults(shown, COLORS, "rule")
    assert not wrong, f"in the dark: {wrong}"
    shown.emulate_media(color_scheme="light")


def test_nothing_scrolls_sideways(shown: Page) -> None:
    for width in (PHONE, 400, ZOOMED, 800, DESK):
        shown.set_viewport_size({"width": width, "height": 900})
        assert not (wide := shown.evaluate(OVERFLOW)), f"{width}: {wide}"
    shown.evaluate(OPEN)  # whatever can be opened
    shown.set_viewport_size({"width": PHONE, "height": 900})
    assert not (wide := shown.evaluate(OVERFLOW)), f"with everything open: {wide}"
    shown.evaluate(SHUT)


def test_language_headings_and_landmarks(shown: Page) -> None:
    assert shown.evaluate("document.documentElement.lang") == "en"
    assert shown.locator("h1").count() == 1
    assert shown.locator("h1").inner_text().strip()
    levels = shown.eval_on_selector_all("h1,h2,h3,h4,h5,h6", "(all) => all.map((each) => +each.tagName[1])")
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), levels
    for landmark in ("main", "body > header", "nav", "footer"):
        assert shown.locator(landmark).count() >= 1, landmark
    assert shown.title().strip()
    assert shown.locator("a.skip").count() == 1


def test_tab_comes_to_everything_and_shows_where_it_is(shown: Page) -> None:
    shown.evaluate(NOTING)
    for width in (DESK, PHONE):
        shown.set_viewport_size({"width": width, "height": 900})
        shown.evaluate("() => { document.activeElement?.blur(); getSelection().removeAllRanges(); scrollTo(0, 0); window.noted = [] }")
        wanted = shown.evaluate(WANTED)
        assert 6 <= len(wanted) <= TABS
        if width == PHONE and len(wanted) > FEW:
            continue
        parts = 4 * shown.locator("input[type=date]").count()  # each has stops for day, month, year and its picker
        for _ in range(len(set(wanted)) + parts + 2):
            shown.keyboard.press("Tab")
        noted = shown.evaluate("window.noted")
        assert [each["what"] for each in noted if not each["ringed"]] == [], "no ring"
        assert [each["what"] for each in noted if not each["seen"]] == [], "out of sight"
        missed = set(wanted) - {each["tab"] for each in noted}
        assert not missed, [shown.evaluate("(tab) => document.querySelector(`[data-tab='${tab}']`)?.outerHTML", each) for each in missed]


def test_forced_colors_and_reduced_motion(shown: Page) -> None:
    shown.emulate_media(forced_colors="active")
    assert shown.evaluate("matchMedia('(forced-colors: active)').matches")
    forms = shown.evaluate("""() => Object.fromEntries(["direct", "indirect", "partial"].map((name) => [name, document.querySelector(
      ".text mark." + name)]).filter(([_, mark]) => mark).map(([name, mark]) => [name, getComputedStyle(mark).outlineStyle]))""")
    assert "none" not in forms.values()
    assert forms.get("direct") != forms.get("indirect") or not forms
    shown.emulate_media(forced_colors="none")
    assert shown.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    assert shown.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = """() => [...document.querySelectorAll("*")].filter((each) => { const style = getComputedStyle(each);
      return style.transitionDuration.split(",").some((one) => parseFloat(one)) && style.transitionProperty !== "none"
        || style.animationName !== "none" })"""
    assert shown.evaluate(f"({moving})().length") == 0


def test_every_chart_stands_as_a_table_too(shown: Page) -> None:
    drawn = shown.evaluate("""() => [...document.querySelectorAll("svg, canvas, meter")].map((each) =>
      [each.closest("figure,section,table")?.matches(":has(table),table"),
       each.getAttribute("aria-label") || each.getAttribute("aria-hidden")])""")
    assert all(table and said for table, said in drawn), drawn
