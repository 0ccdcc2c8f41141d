"""Word documents (DOCX): the paragraphs and tables of the text, in order. The only door to python-docx; needs the `[docs]` extra.

Always true here: headers, footers, comments and deleted words are no part of the text. When a file was made is not when an article was
published, so the dates of the file are kept under their own names; its title is taken only if it stands in the text, since templates bring
titles of their own.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sayso.document import Document
from sayso.errors import NoArticle, UnreadableInput
from sayso.intake.people import names
from sayso.intake.source import Source, mended, one_line
from sayso.intake.text import MAX_BYTES, refuse_size

MAX_PART = 50_000_000  # bytes of one part, unpacked
MAX_WHOLE = 300_000_000  # bytes of all parts, pictures included


def read_word(source: Source) -> Iterator[Document]:
    """The article in a Word document.

    Raises:
        UnreadableInput: damaged, locked, too large, or python-docx is missing.
        NoArticle: no text in it.

    """
    word = _docx()
    with source.open() as stream:
        data = stream.read(5 * MAX_BYTES + 1)
    refuse_size(len(data), 5 * MAX_BYTES)
    _refuse_bomb(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            file = word.Document(io.BytesIO(data))
            text = "\n\n".join(_blocks(file, word))
            facts = file.core_properties
            title, author, written = facts.title, facts.author, [("created", facts.created), ("modified", facts.modified)]
    except Exception as error:  # whatever a damaged or hostile file makes the library raise
        raise UnreadableInput(f"it cannot be read as a Word document ({type(error).__name__}): save it again as DOCX") from None
    text = mended(text)
    refuse_size(len(text))
    if not any(char.isalpha() for char in text):
        raise NoArticle("there is no text in the document: give one with the words of the article")
    title = mended(one_line(title or ""))
    dates = [(name, when.isoformat()) for name, when in written if isinstance(when, datetime)]
    yield Document(
        text=text,
        title=title if title and title in text else None,
        outlet=source.outlet,
        authors=() if author == "python-docx" else tuple(mended(name) for name in names(author)),
        columns=(*((("title", title),) if title and title not in text else ()), *dates),
        origin=source.origin,
    )


def _docx() -> Any:
    try:
        import docx
    except ModuleNotFoundError:
        raise UnreadableInput("reading Word documents needs python-docx: pip install 'sayso[docs]'") from None
    return docx


def _refuse_bomb(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            sizes = [info.file_size for info in package.infolist()]
            text = [info.file_size for info in package.infolist() if info.filename.endswith((".xml", ".rels"))]
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise UnreadableInput("it is damaged, and cannot be read as a Word document: save it again as DOCX") from None
    if sum(sizes) > MAX_WHOLE or max(text, default=0) > MAX_PART:
        raise UnreadableInput("it unpacks to far more than an article: save the text of the article as a document of its own")


def _blocks(file: Any, word: Any) -> Iterator[str]:
    """Paragraphs, and the rows of tables with their cells on one line; what is empty is left out."""
    for block in file.iter_inner_content():
        if isinstance(block, word.table.Table):
            for row in block.rows:
                cells = list(dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells))
                if line := " \t ".join(cell for cell in cells if cell):
                    yield line
        elif text := block.text.strip():
            yield text
