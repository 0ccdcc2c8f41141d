"""What a person gave to be read (a text, files, an address), as documents.

Always true here: nothing that a person or a browser sends ever becomes a path: a file is kept under a number in a folder of its own, and
its name is shown and nothing else; an address is a web address, or nothing is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PureWindowsPath

from sayso.document import Document
from sayso.errors import NoArticle, RejectedInput, UsageError
from sayso.intake.dates import iso_date
from sayso.intake.many import documents
from sayso.intake.open import bytes_document, open_document
from sayso.intake.source import STAGE, one_line
from sayso.reading import Rejection
from sayso.render import safe

PASTED = "pasted text"
LONGEST = 1_000_000  # characters of one article
LONGEST_ADDRESS = 2_000
# A file keeps its ending where the ending tells what it is; all other endings tell nothing.
ENDINGS = (
    ".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".jsonlines", ".xml", ".rss",
    ".atom", ".opml", ".warc", ".wacz", ".pdf", ".docx", ".parquet",
)  # fmt: skip
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_BARE = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?")


@dataclass(frozen=True, slots=True)
class About:
    """What a person says of what they give; empty for what is not said."""

    outlet: str | None = None
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """An uploaded file: where it is kept, and what it is called."""

    path: Path
    name: str


def about(outlet: str, title: str, published: str) -> About:
    """What a form says of a text, on one line each.

    Raises:
        UsageError: the date cannot be read for sure.

    """
    day = iso_date(published) if published.strip() else None
    if published.strip() and day is None:
        raise UsageError("the date cannot be read for sure: write it as 2024-03-31")
    return About(one_line(outlet) or None, one_line(title) or None, day)


def pasted(text: str, said: About) -> Iterator[Document | Rejection]:
    """The article in a text (or in the source of a page) that was pasted."""
    # Browsers send every line break of a form as CR LF, whatever was pasted.
    plain = text.replace("\r\n", "\n")
    try:
        if not plain.strip():
            raise NoArticle("there is no text in it: paste the text of an article")
        found = bytes_document(plain.encode("utf-8", "replace"), PASTED, outlet=said.outlet)
    except RejectedInput as error:
        yield Rejection(PASTED, STAGE, str(error))
        return
    yield _limited(replace(found, title=said.title or found.title, published=said.published or found.published))


def address(given: str) -> str:
    """A web address as it was typed, with its scheme.

    Raises:
        UsageError: it is none.

    """
    url = given.strip()
    if _BARE.fullmatch(url):
        url = f"https://{url}"
    if len(url) > LONGEST_ADDRESS or not _WEB.fullmatch(url) or not url.isprintable():
        raise UsageError("this is no web address: it begins with https:// or http://, and has no blank in it")
    return url


def fetched(url: str, said: About) -> Iterator[Document | Rejection]:
    """The article at a web address that `address` has seen."""
    try:
        found = open_document(url, outlet=said.outlet)
    except RejectedInput as error:
        yield Rejection(url, STAGE, str(error))
        return
    yield _limited(replace(found, published=found.published or said.published))


def shown_name(name: str) -> str:
    """The name of an uploaded file without folders, on one line."""
    return safe.one_line(PureWindowsPath(name.replace("\x00", " ")).name)[:120] or "file"


def place(folder: Path, number: int, name: str) -> Path:
    """Where the file of that number is kept: the ending is one that we know, or none."""
    low = name.lower()
    packed = ".gz" if low.endswith(".gz") else ""
    ending = next((each for each in ENDINGS if low.removesuffix(".gz").endswith(each)), "")
    return folder / f"{number}{ending}{packed}"


def uploaded(files: Iterable[Saved], said: About) -> Iterator[Document | Rejection]:
    """The articles in uploaded files, one file after the other; each says which file it is from."""
    for file in files:
        for item in documents([str(file.path)], outlet=said.outlet):
            origin = file.name + item.origin.removeprefix(str(file.path))
            if isinstance(item, Rejection):
                yield Rejection(origin, item.stage, item.reason.replace(str(file.path), file.name))
            else:
                yield _limited(replace(item, origin=origin))


def _limited(document: Document) -> Document | Rejection:
    if len(document.text) > LONGEST:
        return Rejection(document.origin, STAGE, f"it is longer than {LONGEST:,} characters: give one article, or use sayso ingest")
    return document
