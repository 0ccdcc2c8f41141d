"""A row of a table or an object of a JSON file into a document: fields by their aliases, everything else kept under its own name.

Always true here: a record without the text of an article is refused, never read by its summary or its headline; what cannot be read (a
date, an address) is left open and kept as a column; and the user is told once per file which names were taken for what.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from sayso.document import Document
from sayso.errors import NoArticle, RejectedInput
from sayso.intake.aliases import SUMMARIES, mapping, plain
from sayso.intake.dates import iso_date
from sayso.intake.fragments import fragment_text, is_fragment
from sayso.intake.open import page_document
from sayso.intake.people import names
from sayso.intake.source import Source, mended, one_line
from sayso.intake.text import MAX_BYTES, refuse_size
from sayso.reading import Rejection

MAX_COLUMNS = 100  # kept of one record, beyond its fields
MAX_VALUE = 5_000  # characters of a value kept as a column
MAX_SHAPES = 100  # kinds of records in one file that are remembered

NO_TEXT = "there is no text in it: name the field with the text of the article text"
ONLY_SUMMARY = "there is only a summary in it, not the article: add the full text in a field named text"
ONLY_ADDRESS = "it lists addresses without the text of the articles: save the pages and give their folder, or add a column named text"

_HTTP = re.compile(r"https?://[^\s<>\"]+$", re.IGNORECASE)
_CUT = re.compile(r"\[\+\d+ chars\]\s*$")
_CODE = re.compile(r"([a-z]{2})(?:[-_].*)?$")
_PAGE = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype|html|head|body)[\s>]", re.IGNORECASE)


class Records:
    """The records of one file, one after the other.

    Args:
        source: the file.

    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._shapes: dict[tuple[str, ...], dict[str, str]] = {}
        self._told: set[str] = set()

    def read(self, number: int, record: Mapping[str, Any]) -> Document | Rejection:
        """The document in a record, or why there is none.

        Args:
            number: of the record in its file, from 1.
            record: names and values; empty values count as absent.

        """
        return self._source.attempt(number, lambda: self._document(number, record))

    def fields(self, given: Mapping[str, Any]) -> dict[str, str]:
        """Field → name in this record; told to the user when it is met for the first time."""
        shape = tuple(given)
        if shape not in self._shapes:
            if len(self._shapes) >= MAX_SHAPES:
                self._shapes.clear()
            self._shapes[shape] = mapping(shape)
            if "text" in self._shapes[shape]:
                self._tell_fields(shape, self._shapes[shape])
        return self._shapes[shape]

    def _tell_fields(self, shape: tuple[str, ...], fields: Mapping[str, str]) -> None:
        chosen = [f"{field} = {name}" for field, name in fields.items()]
        others = [name for name in shape if name not in fields.values()]
        kept = ", ".join(others[:8]) + (f" and {len(others) - 8} more" if len(others) > 8 else "")
        self._tell("fields", "read as " + ", ".join(chosen) + (f"; kept as columns: {kept}" if others else ""))

    def _tell(self, about: str, text: str) -> None:
        if about not in self._told:
            self._told.add(about)
            self._source.say(one_line(mended(text)))

    def _document(self, number: int, record: Mapping[str, Any]) -> Document:
        given = {name: value for name, value in record.items() if value is not None and value not in ("", [], {})}
        fields = self.fields(given)
        if "text" not in fields:
            raise NoArticle(why_no_text(given))
        value = given[fields["text"]]
        page = self._page(number, value)
        text = page.text if page else article_text(value, markup="html" in plain(fields["text"]))
        left: dict[str, Any] = {name: value for name, value in given.items() if name not in fields.values()}

        def field(name: str) -> Any:
            return given.get(fields.get(name, ""))

        url = _text(field("url"))
        if url and not _HTTP.match(url):
            left[fields["url"]], url = url, ""
        published = self._date(field("published"), fields.get("published", ""), left)
        language = _text(field("language")).lower()
        code = "en" if language in ("english", "eng") else match[1] if (match := _CODE.match(language)) else None
        if language and code is None:
            left[fields["language"]] = given[fields["language"]]
        known = page or Document("")
        return Document(
            text=text,
            title=_text(field("title")) or known.title,
            outlet=_text(field("outlet")) or known.outlet or self._source.outlet,
            url=url or known.url,
            published=published or known.published,
            authors=tuple(mended(name) for name in names(field("authors"))) or known.authors,
            language=code or "en",
            section=_text(field("section")) or None,
            columns=self._columns(left),
            origin=self._source.at(number),
        )

    def _page(self, number: int, value: Any) -> Document | None:
        """The page, where the text of a record is a whole web page."""
        if not isinstance(value, str) or not _PAGE.match(value[:1000]):
            return None
        refuse_size(len(value))
        return page_document(value.encode("utf-8", "replace"), self._source.at(number), charset="utf-8")

    def _date(self, value: Any, name: str, left: dict[str, Any]) -> str | None:
        if value is None:
            return None
        text = str(value) if not isinstance(value, list | dict) else ""
        found = iso_date(text)
        if found is None:
            left[name] = value
            shown = one_line(mended(text))[:40]
            self._tell("date", f"the date “{shown}” cannot be read for sure, and is left open: write dates as 2024-12-31 (told once)")
        return found

    def _columns(self, left: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        columns: list[tuple[str, str]] = []
        for name, value in left.items():
            text = _shown(value)
            if len(text) > MAX_VALUE:
                self._tell("long", f"values of more than {MAX_VALUE:,} characters are left out, the first of them in “{name[:100]}”")
            elif len(columns) == MAX_COLUMNS:
                self._tell("many", f"more than {MAX_COLUMNS} columns: those from “{name[:100]}” on are left out")
                break
            else:
                columns.append((one_line(mended(name)), mended(text)))
        return tuple(columns)


def why_no_text(given: Mapping[str, Any]) -> str:
    """The line for a record or a table that has no field with text; by its names."""
    if SUMMARIES & {plain(name) for name in given}:
        return ONLY_SUMMARY
    return ONLY_ADDRESS if "url" in mapping(given) else NO_TEXT


def article_text(value: Any, *, markup: bool = False) -> str:
    """The text of an article out of a value: a string, paragraphs, or the `body` of fundus.

    Args:
        value: as it stands in the file.
        markup: the value is known to be HTML.

    Raises:
        RejectedInput: empty, too long, without a word, or cut off by who delivered it.

    """
    if isinstance(value, dict):
        value = _fundus(value)
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value)
    if not isinstance(value, str):
        raise NoArticle("its text is no text: give the words of the article as one string")
    refuse_size(len(value), MAX_BYTES)
    text = mended(value)
    if markup or is_fragment(text):
        text = fragment_text(text)
    if not any(char.isalpha() for char in text):
        raise NoArticle("its text is empty: leave the record out, or add the words of the article")
    if _CUT.search(text[-40:]):
        raise NoArticle("its text is cut off by who delivered it (“[+… chars]”): get the whole article")
    return text


def _fundus(body: Mapping[str, Any]) -> list[str]:
    """The paragraphs of a fundus `body`: summary, then for each section its headline and its paragraphs."""
    sections = body.get("sections")
    parts = [body.get("summary")]
    for section in sections if isinstance(sections, list) else []:
        if isinstance(section, dict):
            parts += [section.get("headline"), section.get("paragraphs")]
    return [line for part in parts for line in ([part] if isinstance(part, str) else part or []) if isinstance(line, str) and line.strip()]


def _text(value: Any) -> str:
    """One line out of a value, or an empty one; the name of an object, the first of a list."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name")
    return one_line(mended(str(value))) if isinstance(value, str | int | float) else ""


def _shown(value: Any) -> str:
    """A value as it is kept in a column: a string as it is, anything else as compact JSON."""
    if isinstance(value, str):
        return value
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    except (ValueError, RecursionError):
        raise RejectedInput("it is nested too deeply: flatten the record") from None
