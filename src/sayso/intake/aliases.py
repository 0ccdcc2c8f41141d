"""Under which names tables and records keep what Sayso needs: one list for each field, best name first.

The names are those of Media Cloud, news-please, fundus, newspaper, NewsAPI, GDELT, LexisNexisTools and AmCAT exports, and of spreadsheets.
Upper case, spaces and punctuation do not count: `Full Text`, `full_text` and `fullText` are one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

ALIASES: Mapping[str, tuple[str, ...]] = {
    "text": (
        *("text", "article_text", "full_text", "fulltext", "plaintext", "plain_text", "maintext", "main_text", "cleaned_text"),
        *("clean_text", "body", "body_text", "article_body", "articlebody", "content", "article_content", "article", "story_text"),
        *("news_text", "story", "contents", "raw_text", "transcript", "body_html", "content_html", "article_html", "html", "raw_html"),
    ),
    "title": ("title", "headline", "article_title", "story_title", "heading", "name", "title_page"),
    "outlet": (
        *("outlet", "publisher", "media_name", "source_name", "publication", "newspaper", "media", "source", "publisher_name"),
        *("site_name", "outlet_name", "news_outlet", "news_source", "meta_site_name", "medium", "source_domain", "domain", "site"),
    ),
    "url": ("url", "link", "article_url", "story_url", "web_url", "source_url", "canonical_url", "canonical_link", "uri", "permalink"),
    "published": (
        *("published", "published_at", "publish_date", "publication_date", "publishing_date", "date_published", "date_publish"),
        *("publish_time", "published_date", "published_time", "pub_date", "pubdate", "date", "datetime"),
    ),
    "authors": ("authors", "author", "byline", "by", "writer", "writers", "reporter", "journalist", "creator"),
    "section": ("section", "news_section", "section_name", "desk", "category", "rubric"),
    "language": ("language", "lang", "language_code", "meta_lang"),
}
SUMMARIES = frozenset(
    {"summary", "description", "snippet", "abstract", "teaser", "lead", "lede", "excerpt", "standfirst", "trail_text", "dek"}
)


def plain(name: str) -> str:
    """A name as it counts: `Full Text`, `fullText` and `FULL-TEXT` are all `full_text`."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[\W_]+", "_", split).strip("_").lower()


def mapping(names: Iterable[str]) -> dict[str, str]:
    """Which of these names holds which field; a field that none of them holds is left out.

    Args:
        names: of the columns of a table, or of the keys of a record.

    Returns:
        Field of a document → the name as it was given, in the order of `ALIASES`.

    """
    given: dict[str, str] = {}
    for name in names:
        given.setdefault(plain(name), name)
    for name in tuple(given.values()):  # `HeadLine` is `headline` too
        given.setdefault(plain(name).replace("_", ""), name)
    found = {field: next((given[alias] for alias in aliases if alias in given), None) for field, aliases in ALIASES.items()}
    return {field: name for field, name in found.items() if name is not None}
