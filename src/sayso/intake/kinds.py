"""What kind of input a file is: by its first bytes where they tell, else by its name. Pure: bytes and a name in, a word out."""

from __future__ import annotations

import re

from sayso.intake.aliases import ALIASES, mapping, plain
from sayso.intake.jsonlines import is_lines
from sayso.intake.open import is_page

# lines · values (an array of JSON, or one object) · table · parquet · feed · warc · zip · pdf · article
_TABLES = (".csv", ".tsv", ".tab")
_LINES = (".jsonl", ".ndjson", ".jsonlines")
_PLAIN = (".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".shtml")
_XML = re.compile(
    r"(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*|<!DOCTYPE[^>\[]{0,500}(?:\[[^\]]{0,2000}\]\s*)?>\s*|<\?[^>]{0,300}>\s*)*<([\w:.-]{1,60})(?=[\s>/])",
    re.DOTALL,
)
_FEEDS = ("rss", "feed", "rdf:rdf", "opml")


def kind_of(name: str, head: bytes) -> str:
    """The kind of an input.

    Args:
        name: of the file, without folders; empty for standard input.
        head: its first bytes, unpacked.

    Returns:
        `lines` (JSONL), `values` (other JSON), `table` (CSV, TSV), `parquet`, `feed` (RSS, Atom, OPML), `xml` (any other XML), `warc`,
        `zip` (WACZ, DOCX and other packages), `pdf`, or `article` (a text or a page, or what is known to be neither).

    """
    low = name.lower().removesuffix(".gz")
    for magic, kind in ((b"%PDF-", "pdf"), (b"PAR1", "parquet"), (b"WARC/", "warc"), (b"PK\x03\x04", "zip")):
        if head.startswith(magic):
            return kind
    if low.endswith(_TABLES):
        return "table"
    if low.endswith(_LINES):
        return "lines"
    start = head.decode("utf-8-sig", "replace").lstrip()
    if is_page(head):
        return "article"
    root = _XML.match(start)
    if root and (root[1].lower() in _FEEDS or start.startswith("<?xml") or low.endswith((".xml", ".rss", ".atom", ".opml"))):
        return "feed" if root[1].lower() in _FEEDS else "xml"
    if low.endswith(".json") or (not low.endswith(_PLAIN) and re.match(r"\{\s*\"|\[\s*\{", start)):
        # One object without a line break, or more of it than is seen here: a line by itself, and others may follow.
        return "lines" if start.startswith("{") and ("\n" not in start.rstrip() or is_lines(head)) else "values"
    return "table" if _is_table(start) else "article"


def _is_table(start: str) -> bool:
    """Whether the first line is a header: several short names, known ones among them, one of them of a text or an address."""
    line = re.split(r"[\r\n]", start, maxsplit=1)[0].strip()
    if not 5 <= len(line) <= 1000:
        return False
    for delimiter in ",;\t|":
        names = [name.strip(' "') for name in line.split(delimiter)]
        known = {plain(name) for name in names} & {alias for aliases in ALIASES.values() for alias in aliases}
        if len(names) > 1 and len(known) > 1 and 2 * len(known) >= len(names) and {"text", "url"} & mapping(names).keys():
            return True
    return False
