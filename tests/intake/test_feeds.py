from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from sayso.document import Document
from sayso.intake.many import documents
from sayso.reading import Rejection

BODY = (
    "<p>😀 The ferry to Port Alder will not sail before June, the harbor office said on Monday in a short statement to the press.</p>"
    "<blockquote><p>We are waiting for one valve.</p><footer>יעל כהן, harbor master</footer></blockquote>"
    "<p>She added that the crew would be paid in full until the ship sails again.</p>"
)
TEXT = (
    "😀 The ferry to Port Alder will not sail before June, the harbor office said on Monday in a short statement to the press.\n\n"
    "“We are waiting for one valve.”\n\n— יעל כהן, harbor master\n\n"
    "She added that the crew would be paid in full until the ship sails again."
)
SUMMARY = "<item><title>B</title><description>The ferry stays.</description><link>https://gazette.example/b</link></item>"
FULL = (
    "<item><title>No &amp;amp; ferry 😀</title><link>https://gazette.example/a</link><pubDate>Mon, 04 Mar 2024 10:00:00 +0100</pubDate>"
    "<dc:creator>יעל כהן</dc:creator><category>World</category><category>Sea</category><description>Short</description>"
    f"<content:encoded><![CDATA[{BODY}]]></content:encoded></item>"
)


def rss(*items: str, before: str = "") -> str:
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    head = "<title>The Alder Gazette</title><language>en-GB</language>"
    return f'<?xml version="1.0" encoding="utf-8"?>{before}<rss version="2.0" {spaces}><channel>{head}{"".join(items)}</channel></rss>'


def read(path: Path, data: str, outlet: str | None = None) -> list[Document | Rejection]:
    path.write_text(data, encoding="utf-8")
    return list(documents([str(path)], outlet=outlet))


@pytest.mark.parametrize("name", ["feed.xml", "feed.rss", "noname"])
def test_entries_with_their_whole_article(name: str, tmp_path: Path) -> None:
    first, second = read(tmp_path / name, rss(FULL, SUMMARY), "Option")
    assert isinstance(first, Document)
    assert (first.text, first.title, first.outlet, first.url) == (TEXT, "No & ferry 😀", "The Alder Gazette", "https://gazette.example/a")
    assert (first.published, first.authors, first.columns) == ("2024-03-04T10:00:00+01:00", ("יעל כהן",), (("categories", "World; Sea"),))
    assert isinstance(second, Rejection)
    assert "only a summary" in second.reason
    assert second.origin.endswith(f"{name}:2")


def test_atom(tmp_path: Path) -> None:
    entry = (
        '<entry><title>T</title><id>urn:1</id><link href="https://gazette.example/a"/><published>2024-03-04T10:00:00Z</published>'
        f'<author><name>יעל כהן</name></author><summary>Short</summary><content type="html">{escape(BODY)}</content></entry>'
    )
    data = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Alder</title>{entry}</feed>'
    (found,) = read(tmp_path / "a.atom", data)
    assert isinstance(found, Document)
    assert (found.text, found.published, found.url) == (TEXT, "2024-03-04T10:00:00+00:00", "https://gazette.example/a")


@pytest.mark.parametrize("end", ["[…]", "[...]", "Read more", "Continue reading No ferry to Port Alder", "Read the full story »"])
def test_content_that_breaks_off_is_a_summary(end: str, tmp_path: Path) -> None:
    (found,) = read(tmp_path / "a.xml", rss(FULL.replace("]]>", f"<p>{end}</p>]]>")))
    assert isinstance(found, Rejection)
    assert "summary" in found.reason
    (found,) = read(tmp_path / "a.xml", rss(FULL.replace(BODY, "<p>The ferry stays.</p>")))
    assert isinstance(found, Rejection)


def test_what_is_no_feed_is_told_what_to_do(tmp_path: Path) -> None:
    for data, says in (
        ('<?xml version="1.0"?><opml version="2.0"><body><outline xmlUrl="https://a.example/rss"/></body></opml>', "OPML"),
        ('<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><x/></newsItem>', "<newsItem>"),
        (rss(), "no entry"),
    ):
        (found,) = read(tmp_path / "a.xml", data)
        assert isinstance(found, Rejection)
        assert says in found.reason
        assert "give" in found.reason


def test_entities_are_neither_expanded_nor_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret valve", encoding="utf-8")
    lol = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    bomb = f'<!DOCTYPE rss [<!ENTITY l0 "lol ">{lol}<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    found = read(tmp_path / "a.xml", rss(FULL.replace("<p>She", "<p>&l9;&x; She").replace("]]>", "]]> &l9; &x;"), FULL, before=bomb))
    for item in found:
        assert "secret valve" not in repr(item)
        assert len(repr(item)) < 5000
    assert found
