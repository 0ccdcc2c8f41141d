"""Items of news agencies as the IPTC's ninjs, generations 1 to 3, whose names for the same things differ.

Generation 1 has `headline`, `body_html`, `body_text`, `byline`, `versioncreated`; from 2 on there are lists `headlines` and `bodies` with
a role and a type each, `by` and `versionCreated`. Items that were withdrawn, and items that are pictures, are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sayso.document import Document
from sayso.errors import NoArticle
from sayso.intake.dates import iso_date
from sayso.intake.people import names
from sayso.intake.records import article_text
from sayso.intake.source import Source, mended, one_line

_BODY = re.compile(r"body_?(?:x?html|text|\w{1,20})$|body$")
_OWN = ("uri", "standard", "type", "bodies", "headlines", "headline", "by", "byline", "language", "representationtype", "profile")
_NOT_ARTICLES = ("picture", "photo", "image", "graphic", "video", "audio", "component", "event", "planning")


def is_ninjs(item: Mapping[str, Any]) -> bool:
    """Whether a JSON object is a ninjs item: one that has both an identifier and what only ninjs calls so."""
    low = {name.lower() for name in item}
    return "uri" in low and bool(low & {"versioncreated", "pubstatus", "bodies", "headlines"} or _standard(item) == "ninjs")


def document(item: Mapping[str, Any], source: Source, number: int) -> Document:
    """The article in an item.

    Args:
        item: the JSON object.
        source: where it came from.
        number: of the item in its file, from 1.

    Raises:
        RejectedInput: withdrawn, not a text, or without a body.

    """
    given = {name.lower(): value for name, value in item.items() if value not in (None, "", [], {})}
    status, kind = str(given.get("pubstatus", "usable")).lower(), str(given.get("type", "text")).lower()
    if status in ("canceled", "cancelled", "withheld"):
        raise NoArticle(f"the agency has withdrawn this item (pubstatus “{status}”): leave it out")
    bodies = list(_bodies(given))
    if not bodies:
        if kind in _NOT_ARTICLES:
            raise NoArticle(f"the item is a {kind}, not a text: leave it out")
        raise NoArticle("the item has no body: get the item with its text")
    value, markup = min(bodies, key=_rank)[1:]
    published = next((found for name in ("versioncreated", "firstcreated") if (found := iso_date(str(given.get(name, ""))))), None)
    uri = next((str(given[name]) for name in ("canonicalurl", "uri") if str(given.get(name, "")).startswith(("http://", "https://"))), None)
    language = re.match(r"([a-z]{2})(?:[-_].*)?$", str(given.get("language", "en")).lower())
    return Document(
        text=article_text(value, markup=markup),
        title=_headline(given),
        outlet=_outlet(given) or source.outlet,
        url=mended(one_line(uri)) if uri else None,
        published=published,
        authors=tuple(mended(name) for name in names(given.get("byline") or given.get("by"))),
        language=language[1] if language else "en",
        columns=tuple(_columns(item)),
        origin=source.at(number),
    )


def _standard(item: Mapping[str, Any]) -> str:
    standard = item.get("standard")
    return str(standard.get("name", "")).lower() if isinstance(standard, dict) else ""


def _bodies(given: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Role, words, and whether they are HTML, of each body."""
    listed = given.get("bodies")
    for body in listed if isinstance(listed, list) else ():
        if isinstance(body, dict) and isinstance(body.get("value"), str) and body["value"].strip():
            kind = str(body.get("contentType") or body.get("contenttype") or "").lower()
            role = str(body.get("role") or "main").lower()
            yield role, body["value"], "html" in kind or (not kind and "html" in role) or "xml" in kind
    for name, value in given.items():
        if _BODY.match(name) and isinstance(value, str) and value.strip():
            yield name, value, "html" in name


def _rank(body: tuple[str, str, bool]) -> tuple[int, int]:
    """The main body first, HTML before plain text (it knows its paragraphs and quotes), the longest of equals."""
    role, value, markup = body
    main = role in ("main", "html", "text", "plain", "body", "body_html", "body_xhtml", "body_text")
    return (0 if main and markup else 1 if main else 2 if markup else 3), -len(value)


def _headline(given: Mapping[str, Any]) -> str | None:
    listed = given.get("headlines")
    found = [line for line in (listed if isinstance(listed, list) else ()) if isinstance(line, dict) and isinstance(line.get("value"), str)]
    found.sort(key=lambda line: str(line.get("role") or "main").lower() not in ("main", "headline"))
    text = found[0]["value"] if found else given.get("headline")
    return (mended(one_line(text)) or None) if isinstance(text, str) else None


def _outlet(given: Mapping[str, Any]) -> str | None:
    sources = given.get("infosources")
    listed = [each.get("name") for each in (sources if isinstance(sources, list) else ()) if isinstance(each, dict)]
    for value in (given.get("source"), *listed, given.get("copyrightholder")):
        if isinstance(value, str) and value.strip():
            return mended(one_line(value))
    return None


def _columns(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What else the item says in plain values, and the names of its subjects and places."""
    for name, value in list(item.items())[:100]:
        low = name.lower()
        if low in _OWN or _BODY.match(low):
            continue
        if isinstance(value, list):
            value = "; ".join(each["name"] for each in value if isinstance(each, dict) and isinstance(each.get("name"), str))
        if isinstance(value, str | int | float) and str(value).strip():
            yield mended(one_line(name)), mended(one_line(str(value)))
