"""A person sets the machine right in the page: a label, a speaker, the words, a statement too many or missing; sees it, has it exported,
takes it back. Each journey has an article of its own, since all share one server.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from sayso.reading import Reading
from sayso.site.links import Served

Open = Callable[..., Page]


@pytest.fixture
def open_article(served: str, articles: dict[str, Reading], visit: Any) -> Open:
    """The page of an article at the desk."""

    def opened(name: str, **options: Any) -> Page:
        page: Page = visit(served + Served().article(articles[name].document.id), **options)
        return page

    return opened


def forms(page: Page, number: int) -> None:
    """From the row of a statement to the page with all its forms."""
    row = page.locator(f"#r{number}")
    row.locator("summary").first.click()
    row.locator("details.fix summary").click()
    row.get_by_role("link", name="Change labels").click()
    expect(page.locator("h1")).to_contain_text("Correct")


def save(form: Locator, button: str, who: str = "Ada Quill") -> None:
    form.get_by_label("Your name").fill(who)
    form.get_by_role("button", name=button).click()


@pytest.mark.parametrize(("scripts", "name"), [(True, "Karthia State Wire"), (False, "Meridian Newswire")])
def test_a_statement_is_set_right_and_taken_back(
    scripts: bool, name: str, open_article: Open, articles: dict[str, Reading], served: str
) -> None:
    reading = articles[name]
    number, first = next((at, each) for at, each in enumerate(reading.attributions, 1) if each.form == "indirect" and each.source)
    page = open_article(name, scripts=scripts)
    row, before = page.locator(f"#r{number}"), page.locator(f"#r{number} tr").first.inner_text()

    forms(page, number)
    page.locator("#form-label select[name=outlet_stance]").select_option("rejects")
    save(page.locator("#form-label"), "Save the labels")
    assert "/articles/" in page.url
    expect(row).to_contain_text("rejecting")
    expect(row.locator(".said").first).to_contain_text("Ada Quill")

    forms(page, number)
    assert page.locator("#form-speaker input[name=who]").input_value() == "Ada Quill", "the name has to be typed again"
    page.get_by_label("or somebody else, by name").fill("Mira <b>Oland</b>")
    page.locator("#form-speaker").get_by_role("button", name="Save the speaker").click()
    expect(row.locator(".who")).to_contain_text("Mira <b>Oland</b>")

    forms(page, number)
    content = page.locator("#form-span textarea[name=words_content]")
    shorter = reading.document[first.content[0]].rsplit(None, 1)[0]
    content.fill(shorter)
    page.locator("#form-span").get_by_role("button", name="Save the words").click()
    marked = page.locator(f'.text mark[data-s~="{number}"]').all_inner_texts()
    assert " ".join(" ".join(marked).split()) == " ".join(shorter.split())

    # All of it is there when the page is opened anew, and by somebody else.
    page.reload()
    other = open_article(name, scripts=not scripts)
    for each in (page, other):
        expect(each.locator(f"#r{number}")).to_contain_text("rejecting")
        expect(each.locator(f"#r{number} .who")).to_contain_text("Mira <b>Oland</b>")
        assert each.locator(f"#r{number} .said").count() >= 1

    page.goto(f"{served}/corrections")
    mine = page.locator("tbody tr", has_text=reading.document.title or "")
    expect(mine).to_have_count(3)
    for left in (2, 1, 0):
        mine.get_by_role("button", name="Take back").first.click()
        expect(mine.get_by_role("button", name="Take back")).to_have_count(left)
    page.goto(served + Served().article(reading.document.id))
    assert page.locator(f"#r{number} tr").first.inner_text() == before
    expect(page.locator(f"#r{number} tr").first).not_to_contain_text("rejecting")


def test_corrections_are_handed_out(open_article: Open, served: str, articles: dict[str, Reading]) -> None:
    page = open_article("first version")
    row = page.locator("#r1")
    row.locator("summary").first.click()
    row.locator("details.fix summary").click()
    save(row.locator("details.fix form").last, "This is right", "Bo =cmd|' /C calc'!A1")
    page.goto(f"{served}/corrections")
    article = articles["first version"].document.id
    with page.expect_download() as lines:
        page.get_by_role("link", name="JSON lines").click()
    told = [json.loads(line) for line in lines.value.path().read_text(encoding="utf-8").splitlines()]
    assert [each["kind"] for each in told if each["article"] == article] == ["confirm"]
    assert next(each["who"] for each in told if each["article"] == article).startswith("Bo =cmd")
    with page.expect_download() as sheet:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(sheet.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == len(told)
    assert {"when", "who", "article", "kind"} <= set(rows[0])


def test_a_statement_too_many_and_one_that_was_missed(open_article: Open, articles: dict[str, Reading]) -> None:
    reading = articles["second version"]
    page = open_article("second version")
    count = page.locator(".st").count()
    row = page.locator("#r1")
    row.locator("summary").first.click()
    row.locator("details.fix summary").click()
    save(row.locator("details.fix form").last, "No statement here")
    expect(page.locator(".st")).to_have_count(count - 1)
    expect(page.locator(".people")).to_contain_text("Ada Quill")

    page.locator("#correct summary").click()
    form = page.locator("#form-add")
    form.locator("textarea[name=words_content]").fill("These words stand nowhere")
    form.get_by_label("or somebody else, by name").fill("The weather")
    save(form, "Add the statement")
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.locator("#form-add textarea[name=words_content]").input_value().strip() == "These words stand nowhere", (
        "what was typed is lost"
    )
    assert page.locator("#form-add").get_by_label("or somebody else, by name").input_value() == "The weather"

    form = page.locator("#form-add")
    words = "will be repaired next year"
    assert words in reading.document.text
    form.locator("textarea[name=words_content]").fill(words)
    save(form, "Add the statement")
    expect(page.locator(".st")).to_have_count(count)
    expect(page.locator(".st .who", has_text="The weather")).to_have_count(1)


def test_a_statement_is_confirmed_without_a_mouse(open_article: Open) -> None:
    page = open_article("Pasted wrapped")
    page.keyboard.press("j")
    page.keyboard.press("Enter")

    def press_on(words: str, key: str = "Enter") -> None:
        for _ in range(12):
            if re.search(words, str(page.evaluate("document.activeElement.innerText || document.activeElement.name || ''"))):
                break
            page.keyboard.press("Tab")
        else:
            raise AssertionError(f"{words} cannot be reached")
        page.keyboard.press(key)

    press_on(r"why\?")
    press_on(r"^wrong\?")
    press_on("^who$", "End")
    page.keyboard.type("jk?1")
    assert page.evaluate("document.activeElement.value") == "jk?1", "a key of ours was taken while somebody typed"
    press_on("^This is right")
    expect(page.locator("#r1 .said").first).to_contain_text("jk?1")
    assert page.url.endswith("#r1") or page.evaluate("document.querySelector('#r1').getBoundingClientRect().top < innerHeight")


def test_a_form_of_another_place_changes_nothing(served: str, articles: dict[str, Reading], browser: Any) -> None:
    page = browser.new_context().new_page()
    article = articles["Pasted signs"].document.id
    page.goto("about:blank")
    page.set_content(
        f'<form method="post" action="{served}/articles/{article}/corrections"><input name="kind" value="checked">'
        '<input name="who" value="Eve"><button>Win a prize</button></form>'
    )
    with page.expect_navigation():
        page.get_by_role("button").click()
    assert page.locator("body").inner_text()
    page.goto(f"{served}/corrections")
    assert "Eve" not in page.locator("body").inner_text()
    page.context.close()
