"""The pages of the store and of the shelf: each handler asks a page function of `site` and puts its page into the frame.

Always true here: what an address asks for is checked by the page function, and what it does not know is a page that says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sayso.corrections.apply import corrected
from sayso.render.templating import part
from sayso.site.article import article_page, shown_page
from sayso.site.frame import assets
from sayso.site.index import index_page
from sayso.site.kept import current
from sayso.site.lists import articles_page
from sayso.site.method import method_page
from sayso.site.outlet import outlet_page
from sayso.site.outlets import outlets_page
from sayso.site.paging import number_of
from sayso.site.search import asked_for
from sayso.site.source import source_page
from sayso.site.sources import asked as sources_asked_for
from sayso.site.sources import sources_page
from sayso.site.story import story_page
from sayso.site.story_list import stories_asked_for, stories_page
from sayso.site.versions import versions_page
from sayso.store.store import Store
from sayso.web.answers import answer, desk_of, given
from sayso.web.reading_here import LINKS, form_page
from sayso.web.shelf_pages import shelf_page

_AGAIN = {"Refresh": "5", "Retry-After": "5"}
_TYPES = {"css": "text/css", "js": "text/javascript"}


def overview(request: Request) -> Response:
    """GET /: the overview of the store; without one, the forms."""
    desk = desk_of(request)
    if desk.store is None:
        return form_page(request)
    page = index_page(desk.store, LINKS)
    return answer(request, "index.html.jinja", page, "Overview", "index")


def articles(request: Request) -> Response:
    """GET /articles: those of the store, or those read here."""
    desk, wanted = desk_of(request), given(request)
    if desk.store is None or wanted.get("here"):
        return answer(request, "read_here.html.jinja", shelf_page(desk, number_of(wanted.get("page", ""))), "Read here", "articles")
    page = articles_page(desk.store, asked_for(wanted), LINKS)
    return answer(request, "articles.html.jinja", page, page.title, "articles")


def article(request: Request) -> Response:
    """GET /articles/{article}: of the shelf or of the store, with what people corrected."""
    desk, at = desk_of(request), _at(request)
    reading = desk.reading(at)
    of = desk.corrections.of(at)
    if desk.store is not None and desk.is_kept(at):
        page = shown_page(desk.store, reading, LINKS, of)
    else:
        page = article_page(reading, links=LINKS, corrections=corrected(reading, of), in_store=False)
    return answer(request, "article.html.jinja", page, page.article.heading, "articles")


def stories(request: Request) -> Response:
    """GET /stories."""
    page = stories_page(desk_of(request).collection, stories_asked_for(given(request)), LINKS)
    return answer(request, "stories.html.jinja", page, "Stories", "stories")


def story(request: Request) -> Response:
    """GET /stories/{story}."""
    page = story_page(desk_of(request).collection, _at(request), LINKS)
    return answer(request, "story.html.jinja", page, page.title, "stories")


def versions(request: Request) -> Response:
    """GET /versions/{a}/{b}, with what people corrected in both."""
    desk, (a, b) = desk_of(request), (str(request.path_params[name]) for name in ("a", "b"))
    page = versions_page(desk.collection, a, b, LINKS, [*desk.corrections.of(a), *desk.corrections.of(b)])
    return answer(request, "versions.html.jinja", page, page.heading, "articles")


def outlets(request: Request) -> Response:
    """GET /outlets."""
    page = outlets_page(_counted(request), given(request).get("by", ""))
    return answer(request, "outlets.html.jinja", page, "Outlets", "outlets")


def outlet(request: Request) -> Response:
    """GET /outlets/{slug}."""
    page = outlet_page(_counted(request), _at(request))
    return answer(request, "outlet.html.jinja", page, page.name, "outlets")


def sources(request: Request) -> Response:
    """GET /sources."""
    page = sources_page(_counted(request), sources_asked_for(given(request)))
    return answer(request, "sources.html.jinja", page, "Sources", "sources")


def source(request: Request) -> Response:
    """GET /sources/{slug}."""
    page = source_page(_counted(request), _at(request), number_of(given(request).get("page", "")))
    return answer(request, "source.html.jinja", page, page.name, "sources")


def method(request: Request) -> Response:
    """GET /method."""
    return answer(request, "method.html.jinja", method_page(desk_of(request).collection), "Method", "method")


def asset(request: Request) -> Response:
    """GET /assets/{name}: one of ours, by its whole name; nothing is looked for on a disk."""
    name = _at(request)
    text = _assets().get(name)
    if text is None:
        raise HTTPException(404)
    return Response(text, media_type=_TYPES[name.rpartition(".")[2]])


@cache
def _assets() -> Mapping[str, str]:
    return assets() | {"htmx.js": part("htmx.js")}


def _counted(request: Request) -> Store:
    """The store with its figures.

    Raises:
        HTTPException: they are being counted; the page asks again by itself.

    """
    desk = desk_of(request)
    store = desk.collection
    if desk.figures is not None and desk.figures.notice and not current(store):
        raise HTTPException(503, "This page rests on figures that are being counted: it comes by itself when they are there.", _AGAIN)
    return store


def _at(request: Request) -> str:
    return str(request.path_params["at"])
