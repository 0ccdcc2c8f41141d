"""Pages of the site as files, some at a time: what a process that helps to write it does.

Always true here: a page stands where the links of the other pages say (`links.Files`); a page that cannot be made costs one line and
leaves a page in its place that says why, so that no link leads nowhere; only the readings of one task are held at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from sayso.corrections.correction import Correction
from sayso.corrections.log import FILE, Log
from sayso.errors import SaysoError, UsageError
from sayso.reading import Reading
from sayso.render.safe import one_line
from sayso.site.article import shown_page
from sayso.site.frame import in_files, show
from sayso.site.index import index_page
from sayso.site.links import Files, Links, slug
from sayso.site.lists import articles_page
from sayso.site.method import method_page
from sayso.site.outlet import outlet_page
from sayso.site.outlets import outlets_page
from sayso.site.search import Listing
from sayso.site.source import source_page
from sayso.site.sources import sources_page
from sayso.site.story import story_page
from sayso.site.story_list import StoryListing, stories_page
from sayso.site.versions import versions_page
from sayso.store.store import Store

Key = tuple[str, ...]
"""What stands for a page among those of its kind."""
_TOP = Files()


@dataclass(frozen=True, slots=True)
class Task:
    """Pages of one kind (a name in `KINDS`)."""

    kind: str
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a task: pages written, their bytes, and a line for each that could not be made."""

    pages: int = 0
    bytes: int = 0
    failed: tuple[str, ...] = ()

    def __add__(self, other: Done) -> Done:
        return Done(self.pages + other.pages, self.bytes + other.bytes, self.failed + other.failed)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a site is written, and what stands around its pages; `held` are readings of the task in hand, `said` their corrections."""

    store: Store
    folder: Path
    name: str
    made: str
    held: Mapping[str, Reading] = field(default_factory=dict)
    said: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)

    def reading(self, article: str) -> Reading:
        """The reading of an article.

        Raises:
            SaysoError: it is not in the store any more, or cannot be read.

        """
        found = self.held.get(article) or next(self.store.readings([article]), None)
        if found is None:
            raise UsageError("this article is not in the collection any more")
        return found

    def write(self, address: str, text: str) -> Done:
        """Write a file."""
        raw = text.encode("utf-8", "backslashreplace")
        place = self.folder / address
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(raw)
        return Done(1, len(raw))


@dataclass(frozen=True, slots=True)
class Missing:
    """What stands where a page could not be made."""

    why: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of pages.

    Attributes:
        template: that shows it.
        current: the entry of the navigation that it belongs to.
        address: of the page of a key, from the top of the site.
        page: its title and content, with links as seen from it.

    """

    template: str
    current: str
    address: Callable[[Key], str]
    page: Callable[[Desk, Key, Links], tuple[str, object]]


def make(desk: Desk, task: Task) -> Done:
    """Write the pages of a task."""
    if task.kind in ("article", "versions"):
        log = Log(desk.store.path / FILE, notice=lambda _: None)  # whoever asked for the site was told of lines that cannot be read
        desk = replace(desk, said={each: log.of(each) for key in task.keys for each in key})
    if task.kind == "article":
        with suppress(SaysoError):  # one that cannot be read is met again below, by itself
            desk = replace(desk, held={reading.document.id: reading for reading in desk.store.readings(key[0] for key in task.keys)})
    return sum((_make(desk, KINDS[task.kind], key) for key in task.keys), Done())


def _make(desk: Desk, kind: Kind, key: Key) -> Done:
    """Write one page, or why it could not be made."""
    address = kind.address(key)
    depth = address.count("/")
    frame = in_files(desk.name, desk.made, depth)
    try:
        title, page = kind.page(desk, key, frame.links)
        return desk.write(address, show(frame.titled(title, kind.current), kind.template, page))
    except OSError:
        raise
    except SaysoError as error:
        why = one_line(str(error))
    except Exception as error:
        why = one_line(f"{type(error).__name__}: {error}; please report this fault")
    done = desk.write(address, show(frame.titled("Not shown", kind.current), "missing.html.jinja", Missing(why)))
    return Done(done.pages, done.bytes, (f"{address}: {why}",))


def _list(desk: Desk, key: Key, links: Links) -> tuple[str, object]:
    page = articles_page(desk.store, Listing(outlet=key[0], page=int(key[1])), links)
    return page.title, page


def _article(desk: Desk, key: Key, links: Links) -> tuple[str, object]:
    page = shown_page(desk.store, desk.reading(key[0]), links, desk.said.get(key[0], ()))
    return page.article.heading, page


def _story(desk: Desk, key: Key, links: Links) -> tuple[str, object]:
    page = story_page(desk.store, key[0], links)
    return page.title, page


def _versions(desk: Desk, key: Key, links: Links) -> tuple[str, object]:
    said = [*desk.said.get(key[0], ()), *desk.said.get(key[1], ())]
    page = versions_page(desk.store, key[0], key[1], links, said)
    return page.heading, page


def _source(desk: Desk, key: Key, _: Links) -> tuple[str, object]:
    page = source_page(desk.store, slug(*key[:2]), int(key[2]))
    return page.shown, page


KINDS: Mapping[str, Kind] = {
    "index": Kind(
        "index.html.jinja", "index", lambda _: _TOP.page("index"), lambda desk, _, links: ("Overview", index_page(desk.store, links))
    ),
    "list": Kind(
        "articles.html.jinja",
        "articles",
        lambda key: _TOP.articles_of(key[0], int(key[1])) if key[0] else _TOP.page("articles", int(key[1])),
        _list,
    ),
    "stories": Kind(
        "stories.html.jinja",
        "stories",
        lambda key: _TOP.page("stories", int(key[0])),
        lambda desk, key, links: ("Stories", stories_page(desk.store, StoryListing(page=int(key[0])), links)),
    ),
    "story": Kind("story.html.jinja", "stories", lambda key: _TOP.story(key[0]), _story),
    "outlets": Kind(
        "outlets.html.jinja", "outlets", lambda _: _TOP.page("outlets"), lambda desk, _, __: ("Outlets", outlets_page(desk.store))
    ),
    "outlet": Kind(
        "outlet.html.jinja",
        "outlets",
        lambda key: _TOP.outlet(key[0]),
        lambda desk, key, _: (one_line(key[0]), outlet_page(desk.store, slug(key[0]))),
    ),
    "article": Kind("article.html.jinja", "articles", lambda key: _TOP.article(key[0]), _article),
    "versions": Kind("versions.html.jinja", "articles", lambda key: _TOP.versions(key[0], key[1]), _versions),
    "method": Kind(
        "method.html.jinja",
        "method",
        lambda _: _TOP.page("method"),
        lambda desk, _, __: ("Method", method_page(desk.store)),
    ),
    "sources": Kind(
        "sources.html.jinja",
        "sources",
        lambda key: _TOP.page("sources", int(key[0])),
        lambda desk, key, _: ("Sources", sources_page(desk.store, int(key[0]))),
    ),
    "source": Kind("source.html.jinja", "sources", lambda key: _TOP.source(key[0], key[1], int(key[2])), _source),
}
"""Every kind of page by name."""
