"""What a person does with an article: from text to table and back, one layer at a time, why, copy, link; without scripts, too."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from sayso.reading import Reading
from sayso.render.safe import visible
from sayso.render.words import CHECK_BELOW
from sayso.site.links import Files

NAMES = ("Meridian Newswire", "The Daily Clarion", "Pasted wrapped", "Pasted signs", "Pasted names", "hostile", "arabic", "second version")
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
TINT = "(mark) => getComputedStyle(mark).backgroundColor"
NONE = "rgba(0, 0, 0, 0)"
ACTIVE = "document.activeElement.closest('.st')?.id || document.activeElement.id"

# Where the first and the last sign of some words are drawn.
DATE = """(line, words) => { const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  const left = (node, at) => { const range = document.createRange(); range.setStart(node, at); range.setEnd(node, at + 1);
    return range.getBoundingClientRect().left };
  for (let node; (node = walk.nextNode()); ) { const at = node.data.indexOf(words);
    if (at >= 0) return [left(node, at), left(node, at + words.length - 1)] } }"""


@pytest.fixture
def reading(articles: dict[str, Reading]) -> Reading:
    return articles["The Daily Clarion"]


@pytest.fixture
def address(reading: Reading, site: Path) -> str:
    return (site / Files().article(reading.document.id)).as_uri()


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def running(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_the_text_is_the_documents_and_is_copied_without_our_numbers(
    name: str, articles: dict[str, Reading], site: Path, visit: Any
) -> None:
    document = articles[name].document
    page = visit((site / Files().article(document.id)).as_uri(), **CLIPBOARD)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.text'))")
    page.keyboard.press("Control+c")
    assert running(clipboard(page)) == running(visible(document.text))
    paragraphs = [running(each) for each in visible(document.text).split("\n\n")]
    assert [running(each) for each in clipboard(page).split("\n\n")] == paragraphs
    bare = page.evaluate("""() => { const text = document.querySelector(".text").cloneNode(true);
      for (const badge of text.querySelectorAll(".b")) badge.remove(); return text.textContent }""")
    assert running(bare) == running(visible(document.text))


@pytest.mark.parametrize("scripts", [True, False])
def test_a_click_leads_from_text_to_table_and_back(scripts: bool, address: str, visit: Any) -> None:
    page = visit(address, scripts=scripts)
    page.click("#t4")
    row = page.locator("#r4")
    expect(row).to_be_in_viewport()
    look = "(row) => { const style = getComputedStyle(row); return [style.backgroundColor, style.outlineStyle] }"
    assert row.evaluate(look) != page.locator("#r5").evaluate(look), "nothing shows which row it is"
    row.locator("th a").click()
    expect(page.locator("#t4")).to_be_in_viewport()
    assert page.locator("#t4").evaluate("(badge) => getComputedStyle(badge).outlineStyle") == "solid"


def test_keys_go_through_the_statements(reading: Reading, address: str, visit: Any) -> None:
    page = visit(address)
    trail = []
    for key in ("j", "j", "k", "j", "Enter", "j", "Enter", "Escape", "Backspace", "x"):
        page.keyboard.press(key)
        trail.append(page.evaluate(ACTIVE))
    assert trail == ["t1", "t2", "t1", "t2", "r2", "r3", "t3", "r3", "t2", "t2"]
    assert page.locator("#r2").evaluate("(row) => row.classList.contains('on')")
    for _ in range(len(reading.attributions) + 2):
        page.keyboard.press("j")
    assert page.evaluate(ACTIVE) == f"t{len(reading.attributions)}"


def test_keys_are_off_while_somebody_chooses_from_a_list(address: str, visit: Any) -> None:
    page = visit(address)
    page.focus("select[data-order]")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.matches('select')")


def test_question_mark_lists_the_keys(address: str, visit: Any) -> None:
    page = visit(address)
    page.keyboard.press("j")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    for key in ("j", "k", "Enter", "Esc", "?"):
        assert keys.locator("kbd", has_text=re.compile(f"^{re.escape(key)}$")).count() == 1
    page.keyboard.press("k")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    assert page.evaluate(ACTIVE) == "t1"
    page.locator("[data-keys]").click()
    expect(keys).to_be_visible()


@pytest.mark.parametrize("way", ["keys", "mouse", "no scripts"])
def test_one_layer_at_a_time(way: str, address: str, visit: Any) -> None:
    page = visit(address, scripts=way != "no scripts")
    layers = page.locator(".layers input")
    assert layers.count() >= 4
    seen = {}
    for number in range(layers.count()):
        if way == "keys":
            page.keyboard.press(str(number + 1))
        else:
            page.locator(".layers label").nth(number).click()
        name = layers.nth(number).get_attribute("value") or ""
        assert layers.nth(number).is_checked()
        tints = set(page.locator(".text mark").evaluate_all(f"(all) => all.map({TINT})"))
        lines = page.locator(".text .t").evaluate_all("(all) => all.map((each) => getComputedStyle(each).textDecorationLine)")
        seen[name] = (tints, sum(line != "none" for line in lines))
        assert page.locator(".text").inner_text().startswith("A Karthian drone slammed")
        assert page.locator(".legend:visible").count() == 1
    assert len(seen["voices"][0]) >= 3
    assert seen["voices"][1] == 0
    assert seen["plain"] == ({NONE}, 0)
    others = {name: found for name, found in seen.items() if name not in ("voices", "plain")}
    assert all(tints == {NONE} for tints, _ in others.values()), others
    assert all(lines for _, lines in others.values()), others


@pytest.mark.parametrize("scripts", [True, False])
def test_every_statement_says_why(scripts: bool, reading: Reading, address: str, visit: Any) -> None:
    page = visit(address, scripts=scripts)
    assert page.locator(".st").count() == len(reading.attributions)
    for number in (1, len(reading.attributions)):
        row = page.locator(f"#r{number}")
        expect(row.locator("dl.why")).to_be_hidden()
        row.locator("summary").first.focus()
        page.keyboard.press("Enter")
        expect(row.locator("dl.why")).to_be_visible()
        reasons = row.locator("dl.why dt").all_inner_texts()
        assert len(reasons) >= 4
        assert all(each.strip() for each in row.locator("dl.why dd").all_inner_texts())


@pytest.mark.parametrize("way", ["button", "key"])
def test_a_quotation_is_copied_with_its_attribution(way: str, reading: Reading, address: str, visit: Any) -> None:
    page = visit(address, **CLIPBOARD)
    number, quoted = next((at, each) for at, each in enumerate(reading.attributions, 1) if each.form == "direct")
    if way == "button":
        page.locator(f"#r{number} summary").first.click()
        page.locator(f"#r{number} .copy").click()
    else:
        for _ in range(number):
            page.keyboard.press("j")
        page.keyboard.press("c")
    expect(page.locator(".report")).to_contain_text("copied")
    copied = clipboard(page)
    for part in (
        reading.document[quoted.content[0]].strip("“”,. "),
        reading.source(quoted.speaker).name,
        "The Daily Clarion",
        "2026-03-04",
    ):
        assert part in copied, copied
    assert "Inferno! Karthian drone sets our harbor ablaze" in copied


def test_a_link_opens_the_same_view_again(address: str, visit: Any) -> None:
    page = visit(address, **CLIPBOARD)
    page.keyboard.press("2")
    page.locator("select[data-order]").select_option("sure")
    shown = page.locator("select[data-show] option").evaluate_all("(all) => all.map((each) => each.value)")
    page.locator("select[data-show]").select_option(next(each for each in shown if each not in ("all", "own")))
    page.locator(".st:not([hidden]) th a").first.click()
    page.locator("[data-link]").click()
    link = clipboard(page)
    assert link.startswith(address)
    assert set(parse_qs(urlsplit(link).query)) == {"layer", "order", "show"}
    state = """() => [document.querySelector(".layers input:checked").value, document.querySelector("select[data-order]").value,
      document.querySelector("select[data-show]").value, [...document.querySelectorAll(".st:not([hidden])")].map((row) => row.id),
      [...document.querySelectorAll(".st.on,.b.on")].map((each) => each.id).sort()]"""
    before = page.evaluate(state)
    again = visit(link)
    assert again.evaluate(state) == before
    assert len(before[3]) >= 1
    assert len(before[4]) == 2


def test_the_table_is_put_in_order_and_filtered(reading: Reading, address: str, visit: Any) -> None:
    page = visit(address)
    order, show = page.locator("select[data-order]"), page.locator("select[data-show]")
    rows = page.locator(".st:not([hidden])")
    sure = "(all) => all.map((row) => +row.dataset.sure)"
    order.select_option("sure")
    assert rows.evaluate_all(sure) == sorted(rows.evaluate_all(sure))
    order.select_option("who")
    who = rows.locator(".who").all_inner_texts()
    assert who == sorted(who, key=str.casefold)
    order.select_option("text")
    assert rows.evaluate_all("(all) => all.map((row) => +row.dataset.n)") == list(range(1, len(reading.attributions) + 1))
    for value in show.locator("option").evaluate_all("(all) => all.map((each) => each.value)"):
        show.select_option(value)
        words = show.locator(f"option[value={value}]").inner_text()
        count = {"own": 0}.get(value, int(re.findall(r"\d+", words)[-1]) if re.search(r"\d", words) else -1)
        assert rows.count() == count, words
    show.select_option("own")
    faded = page.locator(".text mark").first.evaluate("(mark) => [getComputedStyle(mark).color, getComputedStyle(mark.closest('p')).color]")
    assert faded[0] != faded[1]


@pytest.mark.parametrize("scripts", [True, False])
def test_uncertain_ones_are_dashed_and_come_first(scripts: bool, reading: Reading, address: str, visit: Any) -> None:
    page = visit(address, scripts=scripts)
    unsure = [number for number, each in enumerate(reading.attributions, 1) if each.confidence < CHECK_BELOW]
    assert len(unsure) >= 3
    assert sorted(int(each) for each in page.locator(".review .num").all_inner_texts()) == unsure
    assert page.locator("#t1").evaluate("(badge) => getComputedStyle(badge).borderStyle") == "dashed"
    review, table = page.locator(".review").bounding_box(), page.locator("table.statements").bounding_box()
    assert review is not None
    assert table is not None
    assert review["y"] < table["y"]
    page.locator(".review a").last.click()
    expect(page.locator(f"#r{page.locator('.review .num').last.inner_text()}")).to_be_in_viewport()


def test_an_article_from_right_to_left_is_mirrored(articles: dict[str, Reading], site: Path, visit: Any) -> None:
    page = visit((site / Files().article(articles["arabic"].document.id)).as_uri())
    article = page.locator("article")
    assert (article.get_attribute("lang"), article.get_attribute("dir")) == ("ar", "rtl")
    text, table = page.locator(".text").bounding_box(), page.locator("aside").bounding_box()
    assert text is not None
    assert table is not None
    assert text["x"] > table["x"]
    assert page.locator(".text").evaluate("(text) => getComputedStyle(text).direction") == "rtl"
    assert page.locator("aside").evaluate("(aside) => getComputedStyle(aside).direction") == "ltr"
    # The numerals of a date stay in their order.
    ends = page.locator("p.meta").first.evaluate(DATE, "2026-03-04")
    assert ends[0] < ends[1], "the date is turned around"


def test_an_article_without_statements_says_so(articles: dict[str, Reading], site: Path, visit: Any) -> None:
    assert not articles["Pasted capitals"].attributions
    page = visit((site / Files().article(articles["Pasted capitals"].document.id)).as_uri())
    expect(page.locator("aside")).to_contain_text("own voice")
    for key in ("j", "k", "Enter", "Escape", "c", "1", "2"):
        page.keyboard.press(key)
