"""What stands around every page: its head, the navigation, the footer; and the assets that all pages share.

Always true here: a page loads nothing but our own style and script; the policy that a file carries in itself is the one that the server
sends; a page of a folder works without a script.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sayso.render.templating import fill, part
from sayso.site.links import PAGES, Files, Links, Served

STYLES = (
    *("style.css", "article.css", "told.css", "claims.css", "site.css", "story.css", "versions.css", "outlets.css", "desk.css", "read.css"),
)
SCRIPTS = ("keys.js", "article.js", "correct.js")
NAVIGATION = tuple((name, "Overview" if name == "index" else name.capitalize()) for name in PAGES)
POLICY = (
    "default-src 'none'; img-src data:; style-src 'self' file:; script-src 'self' file:; "
    "base-uri 'none'; form-action 'none'; frame-src 'none'"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the template needs around a page.

    Attributes:
        links: the addresses, as seen from this page.
        title: of the page.
        current: the entry of the navigation that it belongs to, one of `NAVIGATION`, or empty.
        store: what the collection is called.
        made: what read its articles, in words.
        policy: for the page's own head; empty where the server sends it.
        token: what a form of this page has to send back; empty where there are no forms.
        notice: one line for the reader of any page, such as that figures are being counted; empty for none.
        pages: the entries of the navigation; a server without a collection has few.

    """

    links: Links
    title: str = ""
    current: str = ""
    store: str = ""
    made: str = ""
    policy: str = ""
    token: str = ""
    notice: str = ""
    pages: tuple[str, ...] = PAGES

    @property
    def navigation(self) -> tuple[tuple[str, str, bool], ...]:
        """Address, words and whether the page belongs there, for each entry."""
        return tuple((self.links.page(name), words, name == self.current) for name, words in NAVIGATION if name in self.pages)

    def titled(self, title: str, current: str) -> Frame:
        """The same frame around one page."""
        return replace(self, title=title, current=current)


def in_files(store: str, made: str, depth: int = 0) -> Frame:
    """The frame of pages that stand so many folders deep in a folder of files."""
    return Frame(Files(depth), store=store, made=made, policy=POLICY)


def on_server(store: str, made: str, token: str) -> Frame:
    """The frame of served pages."""
    return Frame(Served(), store=store, made=made, token=token)


def assets() -> dict[str, str]:
    """Name and text of each asset."""
    return {"site.css": "".join(map(part, STYLES)), "site.js": "".join(map(part, SCRIPTS))}


def show(frame: Frame, template: str, page: object) -> str:
    """A whole page: a template that extends `base.html.jinja`, filled with its own context (`page`) and what stands around (`frame`)."""
    return str(fill(template, frame=frame, page=page))
