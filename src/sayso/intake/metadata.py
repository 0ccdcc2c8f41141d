"""What a web page says about itself: JSON-LD first (`NewsArticle` and its kin), then meta tags. Plain strings in, plain facts out.

Whatever a page puts there (broken JSON, lists, numbers, nothing) is no error: a fact that cannot be read is not known. Only addresses of
http and https come through, and every string is one line of at most `LONGEST` characters.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

LONGEST = 500  # characters of a headline, a name, an address
MOST = 50  # authors
MOST_NODES = 20_000  # JSON values looked at

_ARTICLES = {
    "Article", "NewsArticle", "AnalysisNewsArticle", "AskPublicNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle",
    "ReportageNewsArticle", "ReviewNewsArticle", "AdvertiserContentArticle", "SatiricalArticle", "Report", "BlogPosting", "LiveBlogPosting",
    "SocialMediaPosting", "TechArticle", "ScholarlyArticle",
}  # fmt: skip
_DATES = ("article:published_time", "datepublished", "og:published_time", "parsely-pub-date", "pubdate", "publishdate", "dc.date", "date")
_OPENERS = ("<!--", "<![CDATA[", "//", "/*", "*/")
_CLOSERS = ("-->", "]]>", "//", "/*", "*/", ";")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_TAG = re.compile(r"<[^<>]{0,200}>")
_HTTP = re.compile(r"https?://[^\s<>\"]+$", re.IGNORECASE)
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2}|\b)")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known about an article; None or empty where the page does not say.

    Attributes:
        title: the headline.
        outlet: the publisher's name.
        url: the page's own (canonical) address.
        published: ISO 8601, as given, with time and zone where the page has them.
        authors: names as given, without a leading “By”.
        language: two-letter ISO 639-1 code in lower case.
        body: the article's text as the JSON-LD repeats it (`articleBody`).

    """

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    body: str | None = None


def page_facts(
    scripts: Iterable[str],
    metas: Mapping[str, str],
    *,
    title: str | None = None,
    canonical: str | None = None,
    lang: str | None = None,
    base: str | None = None,
) -> PageFacts:
    """Join what the page says about itself, the most reliable place first.

    Args:
        scripts: the contents of the `application/ld+json` scripts.
        metas: first content of each meta tag, by its name or property in lower case.
        title: the text of the `title` element, used only if nothing better is there.
        canonical: the address of the `canonical` link.
        lang: the `lang` of the `html` element.
        base: the address the page was fetched from.

    """
    nodes = [node for script in scripts for node in _nodes(_loads(script))]
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    article: Mapping[str, Any] = next((node for node in nodes if _types(node) & _ARTICLES), {})

    def meta(*names: str) -> str | None:
        return next((found for name in names if (found := _line(metas.get(name)))), None)

    writers = _names(article.get("author"), named) or _names(article.get("creator"), named)
    if not writers:
        writers = _names([metas.get("author"), metas.get("article:author"), metas.get("byl"), metas.get("dc.creator")], named)[:1]
    addresses = (article.get("url"), _resolve(article.get("mainEntityOfPage"), named, "@id"), canonical, metas.get("og:url"), base)
    dates = (article.get("datePublished"), article.get("dateCreated"), *(metas.get(name) for name in _DATES))
    languages = (article.get("inLanguage"), lang, metas.get("og:locale"), metas.get("content-language"))
    return PageFacts(
        title=_line(article.get("headline")) or meta("og:title", "twitter:title", "dc.title") or _line(article.get("name")) or _line(title),
        outlet=next(iter(_names(article.get("publisher"), named)), None) or meta("og:site_name", "application-name", "dc.publisher"),
        url=next((found for address in addresses if (found := _address(address, base))), None),
        published=next((found for value in dates if (found := _date(value))), None),
        authors=writers,
        language=next((found for value in languages if (found := _code(value))), None),
        body=_body(article.get("articleBody")),
    )


def _loads(script: str) -> Any:
    """The value of one script; None if it cannot be read even with the usual blemishes removed."""
    source = script.strip()
    for _ in range(3):  # `//<![CDATA[ … //]]>` and the like
        for mark in _OPENERS:
            source = source.removeprefix(mark).lstrip()
        for mark in _CLOSERS:
            source = source.removesuffix(mark).rstrip()
    for attempt in (source, _TRAILING_COMMA.sub("", source)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):  # too deep, or a number of too many digits
            continue
    return None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object, outer ones first, in order of appearance."""
    queue, at = [value], 0
    while at < len(queue) and at < MOST_NODES:
        item = queue[at]
        at += 1
        if isinstance(item, dict):
            yield item
            queue.extend(inner for inner in item.values() if isinstance(inner, dict | list))
        elif isinstance(item, list):
            queue.extend(inner for inner in item if isinstance(inner, dict | list))


def _types(node: Mapping[str, Any]) -> set[str]:
    kinds = node.get("@type")
    return {re.split(r"[/:#]", kind)[-1] for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)}


def _resolve(value: Any, named: Mapping[str, dict[str, Any]], field: str) -> Any:
    """The field of an object, of the object that it points to by `@id`, or the plain value itself."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, dict):
        return value
    reference = value.get("@id")
    return value.get(field) or (named.get(reference, {}).get(field) if isinstance(reference, str) else None)


def _names(value: Any, named: Mapping[str, dict[str, Any]]) -> tuple[str, ...]:
    found: list[str] = []
    for item in (value if isinstance(value, list) else [value])[:MOST]:
        name = _BY.sub("", _line(_resolve(item, named, "name")) or "")
        if name and not _HTTP.match(name) and name not in found:
            found.append(name)
    return tuple(found)


def _line(value: Any) -> str | None:
    """One line of plain text, or None."""
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str):
        return None
    text = " ".join(_clean(_TAG.sub("", html.unescape(value[: 4 * LONGEST]))).split())[:LONGEST].strip()
    return text or None


def _body(value: Any) -> str | None:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value)
    if not isinstance(value, str):
        return None
    lines = (" ".join(line.split()) for line in _clean(_TAG.sub("", html.unescape(value))).splitlines())
    return "\n\n".join(line for line in lines if line) or None


def _clean(text: str) -> str:
    """Without what JSON escapes can smuggle in: control characters and lone surrogates."""
    return re.sub(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]", "", text)


def _date(value: Any) -> str | None:
    text = _line(value)
    return text if text and _DATE.match(text) else None


def _address(value: Any, base: str | None) -> str | None:
    text = _line(value)
    if text is None:
        return None
    try:
        text = urljoin(base, text) if base else text
    except ValueError:
        return None
    return text if _HTTP.match(text) else None


def _code(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("alternateName") or value.get("name")
    text = (_line(value) or "").lower()
    match = re.match(r"([a-z]{2})(?:[-_].*)?$", text)
    return match[1] if match else None
