"""Pages on paper: the words are all there, inside the sheet, with their marks and the tables."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Page

from sayso.reading import Reading
from sayso.site.links import Files

TINTS = {"direct": (169, 214, 245), "indirect": (255, 224, 138), "partial": (243, 183, 214)}
SHEETS = {"A4": 595, "Letter": 612}
EDGE = 28.3  # points: the margin of one centimeter
SLACK = 3.0  # points that a sign may lean out
MARGIN: Any = {"top": "1cm", "right": "1cm", "bottom": "1cm", "left": "1cm"}


def printed(visit: Any, path: Path, sheet: str = "A4", **options: Any) -> pypdfium2.PdfDocument:
    """A page as a browser prints it when nobody has asked for backgrounds."""
    return put_on(visit(path.as_uri(), **options), sheet)


def put_on(page: Page, sheet: str = "A4") -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(page.pdf(format=sheet, print_background=False, margin=MARGIN))


def text_of(paper: pypdfium2.PdfDocument) -> str:
    return "\n".join(sheet.get_textpage().get_text_bounded() for sheet in paper)


def words(text: str) -> Counter[str]:
    """Runs of letters: on paper the numbers of badges stand right at the words."""
    return Counter(re.findall(r"[^\W\d_]+", text.replace("\xad", "")))


def cut(paper: pypdfium2.PdfDocument) -> list[str]:
    """Characters that lie beyond the margins of their sheet."""
    found = []
    for sheet in paper:
        width, height = sheet.get_size()
        text = sheet.get_textpage()
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at)
            inside = left > EDGE - SLACK and right < width - EDGE + SLACK and bottom > EDGE - SLACK and top < height - EDGE + SLACK
            if right > left and not inside:
                found.append(text.get_text_range(max(0, at - 20), 40))
    return found


def colors(paper: pypdfium2.PdfDocument) -> Counter[tuple[int, int, int]]:
    """How many points of each color all sheets have."""
    found: Counter[tuple[int, int, int]] = Counter()
    for sheet in paper:
        bitmap = sheet.render(scale=1, rev_byteorder=True, no_smoothtext=True)
        raw, step = bytes(bitmap.buffer), bitmap.n_channels
        for row in range(bitmap.height):
            line = raw[row * bitmap.stride : row * bitmap.stride + bitmap.width * step]
            found.update(zip(line[0::step], line[1::step], line[2::step], strict=True))
    return found


@pytest.fixture
def article(articles: dict[str, Reading]) -> Reading:
    return articles["Meridian Newswire"]


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("sheet", SHEETS)
def test_an_article_on_paper(sheet: str, scripts: bool, article: Reading, site: Path, visit: Any) -> None:
    paper = printed(visit, site / Files().article(article.document.id), sheet, scripts=scripts)
    assert round(paper[0].get_width()) == pytest.approx(SHEETS[sheet], abs=1)
    text = text_of(paper)
    missing = words(article.document.text) - words(text)
    assert not missing, missing
    for source in article.sources:
        assert source.name.split()[0] in text
    assert cut(paper) == []
    seen = colors(paper)
    forms = {attribution.form for attribution in article.attributions}
    assert forms == {"direct", "mixed", "indirect"}
    for name, color in TINTS.items():
        assert seen[color] > 100, f"{name} is not marked on paper"


def test_paper_is_white_when_the_screen_is_dark(article: Reading, site: Path, visit: Any) -> None:
    seen = colors(printed(visit, site / Files().article(article.document.id), color_scheme="dark"))
    assert seen.most_common(1)[0][0] == (255, 255, 255)
    assert seen[TINTS["direct"]] > 100


def test_a_story_on_paper(articles: dict[str, Reading], site: Path, visit: Any) -> None:
    path = max((site / "stories").glob("*.html"), key=lambda each: each.stat().st_size)
    page = visit(path.as_uri())
    cells = page.locator("table").first.inner_text()
    paper = put_on(page)
    text = text_of(paper)
    assert len(cells.split()) > 50
    missing = words(cells) - words(text)
    assert not missing, missing
    for outlet in ("Meridian Newswire", "The Daily Clarion", "Karthia State Wire"):
        assert outlet in " ".join(text.split())
    assert cut(paper) == []


@pytest.mark.parametrize("name", ["index", "articles", "stories", "outlets", "sources", "method"])
def test_other_pages_are_not_cut(name: str, site: Path, visit: Any) -> None:
    page = visit((site / Files().page(name)).as_uri())
    shown = page.locator("h1").inner_text()
    paper = put_on(page)
    assert shown.split()[0] in text_of(paper)
    assert cut(paper) == []
