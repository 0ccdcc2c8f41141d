"""The one way in: what the user named (a path, a web address, `-`) becomes a document, or is rejected with one clear line.

The extractor and the web client take longer to import than a text file takes to read, so each is imported only for an input that needs it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import BinaryIO

from sayso.document import Document
from sayso.errors import UnreadableInput
from sayso.intake.text import MAX_BYTES, decode, refuse_size

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{1,20})://", re.IGNORECASE)
_PAGES = (".html", ".htm", ".xhtml", ".shtml")
_MARKUP = re.compile(
    r"(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|meta|title|section|div|p|h1)(?=[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_HOST = re.compile(r"www\.|[\w-]+\.(?:com|org|net|co|info|news)/")
_FEED = re.compile(r"(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:rss|feed|rdf:RDF|opml)(?=[\s>])", re.IGNORECASE | re.DOTALL)


def open_document(origin: str, *, stdin: BinaryIO | None = None, outlet: str | None = None) -> Document:
    """Read one input.

    Args:
        origin: a path, an http or https address, or `-` for standard input.
        stdin: stands in for standard input.
        outlet: who published it; overrides what a page says.

    Raises:
        UnreadableInput: missing, binary, undecodable, too large, or not reachable.
        NoArticle: read, but there is no article in it.

    """
    if origin == "-":
        return _document((stdin or sys.stdin.buffer).read(MAX_BYTES + 1), origin, outlet=outlet)
    scheme = _SCHEME.match(origin)
    if scheme is None:
        return bytes_document(_read(origin), origin, outlet=outlet)
    if scheme[1].lower() not in ("http", "https"):
        raise UnreadableInput(f"only http and https addresses are fetched, not “{scheme[1]}:”: give a web address or a path")
    from sayso.intake.fetch import fetch

    answer = fetch(origin)
    page = answer.content_type in ("text/html", "application/xhtml+xml")
    return _document(answer.data, origin, outlet=outlet, page=page, url=answer.url, charset=answer.charset)


def page_document(data: bytes, origin: str, *, outlet: str | None = None, url: str | None = None, charset: str | None = None) -> Document:
    """The article of a web page, as `intake.html.read_page` reads it.

    Args:
        data: the page.
        origin: what the user named, or the place of the page in it.
        outlet: who published it; overrides what the page says.
        url: where it was fetched from.
        charset: the encoding that the server declared.

    Raises:
        UnreadableInput: not a page, too large, or too many elements.
        NoArticle: a page without an article.

    """
    from sayso.intake.html import read_page

    return read_page(data, url=url, charset=charset, outlet=outlet, origin=origin)


def bytes_document(data: bytes, origin: str, *, outlet: str | None = None) -> Document:
    """The article in the bytes of one file, a text or a page; a page is known by the name or by its beginning.

    Raises:
        UnreadableInput: binary, undecodable or too large.
        NoArticle: read, but there is no article in it.

    """
    return _document(data, origin, outlet=outlet, page=origin.lower().removesuffix(".gz").endswith(_PAGES))


def _document(
    data: bytes, origin: str, *, outlet: str | None, page: bool = False, url: str | None = None, charset: str | None = None
) -> Document:
    refuse_size(len(data))
    if page or is_page(data):
        return page_document(data, origin, outlet=outlet, url=url, charset=charset)
    text = decode(data)
    if _FEED.match(text.lstrip()[:4096]):
        raise UnreadableInput("it is a feed, a list of articles: save it and give the file, or give the text of one article")
    return Document(text=text, outlet=outlet, url=url, origin=origin)


def is_page(data: bytes) -> bool:
    """Whether the bytes begin like a web page (after a byte order mark, an XML declaration and comments)."""
    start = data[:8192]
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = start.replace(b"\x00", b"")[2:]
    return bool(_MARKUP.match(start.removeprefix(b"\xef\xbb\xbf").decode("latin-1").lstrip()))


def _read(origin: str) -> bytes:
    """The bytes of a file, or of whatever else a path leads to (a pipe, for one)."""
    path = Path(origin)
    try:
        if path.is_dir():
            raise UnreadableInput("it is a folder: give the files in it")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        hint = ", or put https:// before it if it is a web address" if _HOST.match(origin) else ""
        raise UnreadableInput(f"there is no such file: check the path{hint}") from None
    except PermissionError:
        raise UnreadableInput("there is no permission to read it: check its access rights") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or "not a valid path"
        raise UnreadableInput(f"it cannot be read ({reason.lower()}): check the path") from None
