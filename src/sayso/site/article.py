"""The page of one article: its text with the voices marked, the table of its statements, how it is told, its sources.

Always true here: the text is the document's, whole and unaltered; what people corrected stands beside what the machine had read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.claims.keeping import CLAIMS, CONTRADICTIONS
from sayso.corrections.apply import Corrected, corrected
from sayso.corrections.correction import Correction
from sayso.errors import UsageError
from sayso.reading import Reading
from sayso.render.articles import Article, article
from sayso.render.correct_forms import Form
from sayso.render.correct_words import told as in_words
from sayso.render.page_claims import Anchors
from sayso.render.page_measures import switches
from sayso.render.safe import one_line
from sayso.render.words import many, particulars
from sayso.site.links import Links
from sayso.site.versions import neighbors
from sayso.spans import Span, Spans
from sayso.store.store import Store
from sayso.stories.keeping import STORIES

_STORY = f"""
SELECT s.story, any_value(f.title), count(DISTINCT o.article) FROM {STORIES} s JOIN {STORIES} o ON o.story = s.story
LEFT JOIN articles f ON 's' || f.id = s.story WHERE s.article = ? GROUP BY s.story HAVING count(DISTINCT o.article) > 1
"""
Link = tuple[str, str]
"""Address and words."""


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """What `article.html.jinja` needs.

    Attributes:
        article: the article.
        outlet: address of the page of its outlet; empty where there is none.
        particulars: what else is known of it.
        story: address and words of its story.
        versions: addresses and words of its other versions.
        switches: what can be marked in the text.
        people: what people corrected and no row shows, a line each.
        form: for a statement that was missed; None where nothing can be corrected.

    """

    article: Article
    outlet: str
    particulars: tuple[str, ...]
    story: Link | None
    versions: tuple[Link, ...]
    switches: tuple[tuple[str, str, tuple[str, ...]], ...]
    people: tuple[str, ...]
    form: Form | None


def article_page(
    reading: Reading,
    *,
    links: Links,
    story: tuple[str, str] | None = None,
    versions: Sequence[tuple[str, str]] = (),
    corrections: Corrected | None = None,
    tellings: Sequence[tuple[Spans, str]] = (),
    in_store: bool = True,
) -> ArticlePage:
    """The page of an article.

    Args:
        reading: as the machine read it.
        links: as seen from the page.
        story: id and words of the story that it belongs to.
        versions: ids of its other versions, with words that say which they are; the address is of their difference from this one.
        corrections: what people said of it.
        tellings: words of its text that the story's claims compare, and what is told of them: each gets the anchor `c` and its offset.
        in_store: whether it is one of a store, so that its outlet has a page.

    """
    shown = corrections.reading if corrections else reading
    document = shown.document
    forms = links.served and corrections is not None
    return ArticlePage(
        article=article(shown, "article", "", anchors=Anchors("", tellings), corrected=corrections, forms=forms),
        outlet=links.outlet(document.outlet) if document.outlet and in_store else "",
        particulars=particulars(shown)[1 if document.outlet else 0 :],
        story=(links.story(story[0]), one_line(story[1])) if story else None,
        versions=tuple((links.versions(document.id, other), one_line(words)) for other, words in versions),
        switches=switches([shown]),
        people=_people(corrections) if corrections else (),
        form=Form(corrections) if forms and corrections else None,
    )


def stored_page(store: Store, article_id: str, links: Links, corrections: Iterable[Correction] = ()) -> ArticlePage:
    """The page of an article of a store.

    Args:
        store: with or without stories and claims.
        article_id: which of its articles.
        links: as seen from the page.
        corrections: of this article, or of all; in any order.

    Raises:
        UsageError: there is no such article.

    """
    reading = next(store.readings([article_id]), None)
    if reading is None:
        raise UsageError("there is no such article here: the list of articles has all there are")
    return shown_page(store, reading, links, corrections)


def shown_page(store: Store, reading: Reading, links: Links, corrections: Iterable[Correction] = ()) -> ArticlePage:
    """The same of a reading that is at hand."""
    return article_page(
        reading,
        links=links,
        story=_story(store, reading.document.id),
        versions=neighbors(store, reading.document.id),
        corrections=corrected(reading, corrections),
        tellings=_tellings(store, reading),
    )


def _story(store: Store, article_id: str) -> tuple[str, str] | None:
    """The story of an article that others tell too, and its headline."""
    if not store.has(STORIES):
        return None
    rows = store.sql(_STORY, [article_id]).rows
    return (str(rows[0][0]), f"{one_line(rows[0][1] or 'told by others too')} ({many(rows[0][2], 'article')})") if rows else None


def _tellings(store: Store, reading: Reading) -> list[tuple[Spans, str]]:
    """The words of an article that claims of its story compare, in order of the claims, then those that contradict others."""
    if not (store.has(CLAIMS) and store.has(CONTRADICTIONS)):
        return []
    article = reading.document.id
    found = store.sql(f"SELECT spans, claim FROM {CLAIMS} WHERE article = ? ORDER BY claim", [article]).rows
    both = f"SELECT spans, '' FROM {CONTRADICTIONS} WHERE article = $1 UNION SELECT other_spans, '' FROM {CONTRADICTIONS}"
    found += store.sql(f"{both} WHERE other_article = $1 ORDER BY ALL", [article]).rows
    size = len(reading.document.text)
    made = ((tuple(Span(*pair) for pair in pairs), one_line(str(claim))) for pairs, claim in found)
    return [(spans, claim) for spans, claim in made if spans and spans[-1].end <= size]


def _people(corrections: Corrected) -> tuple[str, ...]:
    """What no row of the table shows: statements that were removed, what waits, who looked at all of it."""
    there = {each.id for each in corrections.reading.attributions}
    removed = [each for name, several in corrections.by.items() if name not in there for each in several]
    lines = [_line(each) for each in (*removed, *corrections.checked)]
    return (*lines, *(f"{_line(each)} – not applied: {one_line(corrections.why.get(each.id, ''))}" for each in corrections.waiting))


def _line(correction: Correction) -> str:
    told = in_words(correction)
    return f"{told.who}, {told.when}: {told.what}" + (f" ({told.place})" if told.place else "")
