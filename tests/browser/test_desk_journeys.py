"""At the desk, in a browser: give a text, see it read, look at it; with scripts and without, by mouse and by keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

PASTED = (
    "The ferry to Port Alder will not sail before June, the\nharbor office said on Monday. The crew, it added, would be\npaid in full.\n\n"
    "“We are waiting for one valve,” said Ines Okafor, the harbor\nmaster. Shop owners fear that the summer is lost.\n"
)
NOT_OURS = ("http://127.0.0.1:1/", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "javascript:alert(1)")
SLOW = 60_000  # milliseconds; the first text waits for the reader


def finished(page: Page) -> None:
    """Wait at the page that says how far it is until it says done."""
    expect(page.locator(".stage")).to_contain_text("Done", timeout=SLOW)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_pasted_text_is_read_and_shown(scripts: bool, served: str, visit: Any) -> None:
    page = visit(f"{served}/read", scripts=scripts)
    page.get_by_label("Text of one article").fill(PASTED + f"\nWith scripts: {scripts}.\n")
    page.locator("details", has=page.get_by_label("Headline")).locator("summary").click()
    page.get_by_label("Headline").fill(f"Ferry {scripts}")
    page.get_by_label("Outlet").first.fill("The Alder Gazette")
    passed: list[str] = []
    page.on("framenavigated", lambda frame: passed.append(frame.url))
    page.get_by_role("button", name="Read the text").click()
    page.wait_for_url(f"{served}/articles/*", timeout=SLOW)
    assert f"{served}/reading/" in passed[0], "nothing said how far it was"
    expect(page.locator("h1")).to_have_text(f"Ferry {scripts}")
    assert page.locator(".text mark").count() >= 3
    assert page.locator("aside tbody tr").count() >= 3
    # And it is listed where it was given.
    page.goto(f"{served}/read")
    expect(page.get_by_role("link", name=f"Ferry {scripts}")).to_be_visible()


def test_a_text_is_pasted_and_read_without_a_mouse(served: str, visit: Any) -> None:
    page = visit(f"{served}/read")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "text":
            break
    page.keyboard.insert_text("“Keys are enough,” said Mira Oland, who writes jkjk?123 by hand.")
    page.keyboard.type(" jk?1")
    assert page.input_value("#text").endswith(" jk?1"), "a key of ours was taken while somebody typed"
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Read the text":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served}/articles/*", timeout=SLOW)
    assert page.locator(".text mark.direct").count() == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_files_are_uploaded_and_what_cannot_be_read_says_why(scripts: bool, served: str, tmp_path: Path, visit: Any) -> None:
    good, bad = tmp_path / f"good {scripts}.txt", tmp_path / "<img src=x onerror=alert(1)>.pdf"
    good.write_text(PASTED, encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7 no")
    page = visit(f"{served}/read", scripts=scripts)
    page.set_input_files("#files", [good, bad])
    page.get_by_role("button", name="Read the files").click()
    finished(page)
    assert page.locator("#state ol a").count() == 1
    refused = page.locator("#state ul li")
    expect(refused).to_have_count(1)
    expect(refused).to_contain_text("onerror=alert(1)")
    assert len(refused.inner_text()) > len(bad.name) + 10, "no reason is given"


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("address", NOT_OURS)
def test_an_address_that_is_none_of_the_worlds_is_refused(address: str, scripts: bool, served: str, browser: Any) -> None:
    page = browser.new_context(java_script_enabled=scripts).new_page()
    page.goto(f"{served}/read")
    page.fill("#url", address)
    page.get_by_role("button", name="Fetch and read").click()
    said = page.get_by_role("alert").or_(page.locator("#state h2", has_text="Not read")).first
    expect(said).to_be_visible(timeout=SLOW)
    assert page.locator("#state ol a").count() == 0
    assert "root:" not in page.content()
    page.context.close()


def test_nothing_is_read_from_an_empty_form(served: str, visit: Any) -> None:
    page = visit(f"{served}/read")
    page.get_by_role("button", name="Read the text").click()
    assert page.url == f"{served}/read"
    assert page.evaluate("document.querySelector('#text').matches(':invalid')")
