"""News feeds (RSS and Atom): the entries that carry their whole article.

Always true here: a summary is never read as an article; an entry that has only one becomes a rejection that says so. Nothing is fetched, no
entity of the XML is followed or expanded. The only door to feedparser.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import feedparser  # type: ignore[import-untyped]

from sayso.document import Document
from sayso.errors import NoArticle, UnreadableInput
from sayso.intake.dates import iso_date
from sayso.intake.fragments import fragment_text, plain_line
from sayso.intake.people import names
from sayso.intake.source import Source, mended, one_line
from sayso.intake.text import MAX_BYTES, refuse_size
from sayso.reading import Rejection
from sayso.structure import words

MIN_WORDS = 30  # an entry's content with fewer is a teaser
SUMMARY_ONLY = "the feed gives only a summary, which is not read as the article: open its link, save the page and give that"
_BREAKS_OFF = re.compile(
    r"(?:\[(?:…|\.\.\.|&#8230;)\]|(?:read (?:more|the (?:full|whole|rest)[^\n]{0,40})|continue reading[^\n]{0,200}|full story)\W{0,5})\s*$",
    re.IGNORECASE,
)
_OPML = re.compile(rb"<opml[\s>]", re.IGNORECASE)


def read_feed(source: Source) -> Iterator[Document | Rejection]:
    """The articles of a feed, in its order; entries are numbered from 1.

    Raises:
        UnreadableInput: too large, a list of feeds (OPML), or no feed.

    """
    with source.open() as stream:
        data = stream.read(MAX_BYTES + 1)
    refuse_size(len(data))
    if _OPML.search(data[:4096]):
        raise UnreadableInput("it is an OPML list of feeds: save the feeds that it names and give those files")
    # A file object, since feedparser would open a string that looks like a path or an address.
    feed = feedparser.parse(io.BytesIO(data))
    if not feed.entries:
        raise UnreadableInput("there is no entry in it that can be read: give a feed (RSS or Atom) with entries")
    if feed.bozo:
        source.say("the feed is not well-formed XML: what can be read of it is read")
    for number, entry in enumerate(feed.entries, 1):
        yield _one(source, feed.feed, entry, number)


def _one(source: Source, feed: Mapping[str, Any], entry: Mapping[str, Any], number: int) -> Document | Rejection:
    return source.attempt(number, lambda: _document(source, feed, entry, number))


def _document(source: Source, feed: Mapping[str, Any], entry: Mapping[str, Any], number: int) -> Document:
    url = next((link for key in ("link", "id") if re.match(r"https?://\S+$", link := str(entry.get(key) or ""))), None)
    written = str(entry.get("published") or entry.get("updated") or "")
    published = iso_date(written)
    columns = [("published", written)] if written and published is None else []
    tags = [str(tag.get("term") or tag.get("label") or "") for tag in entry.get("tags") or ()]
    if any(tags):
        columns.append(("categories", "; ".join(tag for tag in tags if tag)))
    language = re.match(r"[a-z]{2}(?=$|[-_])", str(feed.get("language") or "").lower())
    return Document(
        text=_text(entry),
        title=_line(entry.get("title")),
        outlet=_line(feed.get("title")) or source.outlet,
        url=mended(url) if url else None,
        published=published,
        authors=_authors(entry),
        language=language[0] if language else "en",
        columns=tuple((name, mended(one_line(value))) for name, value in columns),
        origin=source.at(number),
    )


def _text(entry: Mapping[str, Any]) -> str:
    contents = [item for item in entry.get("content") or () if str(item.get("value") or "").strip()]
    if not contents:
        raise NoArticle(SUMMARY_ONLY if entry.get("summary") else "the entry has no text: open its link, save the page and give that")
    # Several contents are the same article in several forms; HTML knows its paragraphs.
    best = max(contents, key=lambda item: ("html" in str(item.get("type")), len(item["value"])))
    value = str(best["value"])
    text = mended(value) if best.get("type") == "text/plain" else fragment_text(mended(value))
    if words(text) < MIN_WORDS or _BREAKS_OFF.search(text[-300:]):
        raise NoArticle(SUMMARY_ONLY)
    return text


def _authors(entry: Mapping[str, Any]) -> tuple[str, ...]:
    listed = [author.get("name") for author in entry.get("authors") or () if author.get("name")]
    return tuple(mended(name) for name in names(listed or entry.get("author")))


def _line(value: Any) -> str | None:
    return (mended(one_line(plain_line(value))) or None) if isinstance(value, str) else None
