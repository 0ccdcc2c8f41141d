"""PDF documents: the text of all pages, in reading order. The only door to pypdfium2; needs the `[docs]` extra.

Always true here: lines stay lines, as they are in a text pasted from a page, and a blank line stands where the page shows a new paragraph
(a wider gap, or a short line that ends a sentence). A word divided at the end of a line is whole again. Page headers may stay in the text.
When a file was made is not when an article was published, so its date is kept under its own name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles
from typing import Any

from sayso.document import Document
from sayso.errors import NoArticle, UnreadableInput
from sayso.intake.people import names
from sayso.intake.source import Source, mended, one_line
from sayso.intake.text import MAX_BYTES, refuse_size

MAX_PAGES = 2_000
MAX_FILE = 200_000_000  # bytes, pictures included
WIDER_GAP = 1.3  # times the usual distance of lines
SHORT = 0.8  # of the usual width of a line

_DIVIDED = re.compile(r"[\ufffe\u00ad]\s*\n?(?=\w)")
_ENDS = re.compile(r"[.!?:…][”\"’')\]]*$")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    bottom: float


def read_pdf(source: Source) -> Iterator[Document]:
    """The article in a PDF document.

    Raises:
        UnreadableInput: damaged, locked by a password, too large, or pypdfium2 is missing.
        NoArticle: pictures of text only, or nothing.

    """
    pdfium = _pdfium()
    with source.open() as stream:
        data = stream.read(MAX_FILE + 1)
    refuse_size(len(data), MAX_FILE)
    try:
        file = pdfium.PdfDocument(data)
        try:
            if len(file) > MAX_PAGES:
                raise UnreadableInput(f"it has more than {MAX_PAGES:,} pages: give the pages of one article")
            text = _whole(_page_text(page) for page in file)
            facts = {key: mended(one_line(value)) for key, value in file.get_metadata_dict(skip_empty=True).items()}
        finally:
            file.close()
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableInput("it is locked by a password: save it without one") from None
        raise UnreadableInput("it cannot be read as a PDF document: save it again, or give its text") from None
    if not any(char.isalpha() for char in text):
        raise NoArticle("there is no text in it, only pictures of text: run OCR on it first (ocrmypdf, for one)")
    title = facts.get("Title", "")
    stands = title in text or title in " ".join(text.split())
    kept = ("CreationDate", *(() if stands else ("Title",)))
    yield Document(
        text=text,
        title=title if title and stands else None,
        outlet=source.outlet,
        authors=names(facts.get("Author")),
        columns=tuple((key, facts[key]) for key in kept if facts.get(key)),
        origin=source.origin,
    )


def _pdfium() -> Any:
    try:
        import pypdfium2  # type: ignore[import-untyped]
    except ModuleNotFoundError:
        raise UnreadableInput("reading PDF needs pypdfium2: pip install 'sayso[docs]'") from None
    return pypdfium2


def _whole(pages: Iterator[str]) -> str:
    """The pages one after the other; a paragraph goes on over the end of a page unless a sentence ends there."""
    text = ""
    for page in pages:
        if page:
            text += ("" if not text else "\n\n" if _ENDS.search(text) else "\n") + page
        refuse_size(len(text), MAX_BYTES)
    return mended(_DIVIDED.sub("", text))


def _page_text(page: Any) -> str:
    textpage = page.get_textpage()
    try:
        lines = list(_lines(textpage))
    finally:
        textpage.close()
        page.close()
    gaps = [above.bottom - below.bottom for above, below in pairwise(lines) if above.bottom > below.bottom]
    usual = quantiles(gaps, n=4)[0] if len(gaps) > 1 else max(gaps, default=0.0)
    width = median(line.right - line.left for line in lines) if lines else 0.0
    text = ""
    for at, line in enumerate(lines):
        if at:
            text += "\n\n" if _begins(lines[at - 1], line, usual, width) else "\n"
        text += line.text
    return text


def _begins(above: _Line, line: _Line, usual: float, width: float) -> bool:
    """Whether a line begins a paragraph."""
    gap = above.bottom - line.bottom
    if gap > WIDER_GAP * usual:
        return True
    return bool(_ENDS.search(above.text)) and above.right - above.left < SHORT * width


def _lines(textpage: Any) -> Iterator[_Line]:
    """The lines of a page with their places, in points from its lower left corner."""
    start = 0
    whole = textpage.get_text_range()
    for raw in re.split(r"(\r\n|\r|\n)", whole):
        text = raw.strip()
        if text:
            first = start + len(raw) - len(raw.lstrip())
            left, bottom, _, _ = textpage.get_charbox(first, loose=True)
            _, _, right, _ = textpage.get_charbox(first + len(text) - 1, loose=True)
            yield _Line(" ".join(text.split(" ")), left, right, bottom)
        start += len(raw)
