"""Where every page stands: in a folder of files, or on a server. Templates ask here and never put an address together themselves.

Always true here: links of a folder are relative, so that it can be moved, mailed and opened from a disk; names of outlets and sources never
become part of an address, only their digest does; whatever is put into an address is quoted.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

PAGES = ("index", "articles", "stories", "outlets", "sources", "method")
_PLAIN = re.compile(r"[A-Za-z0-9]{1,64}")


def slug(*names: str) -> str:
    """What stands for an outlet or a source in an address: the digest of its names, 16 hexadecimal digits."""
    return hashlib.sha256("\x1f".join(names).encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Links(Protocol):
    """The addresses of all pages, as seen from one of them."""

    @property
    def served(self) -> bool:
        """Whether a server stands behind them: only then there are forms."""

    def page(self, name: str, number: int = 1) -> str:
        """One of `PAGES`; of a list that goes over several pages, the page of that number, from 1."""

    def article(self, article: str, anchor: str = "") -> str:
        """The article with that id, or a place in it."""

    def articles_of(self, outlet: str, number: int = 1) -> str:
        """The list of the articles of an outlet, by its name: its page of that number, from 1."""

    def story(self, story: str, anchor: str = "") -> str:
        """The story with that id."""

    def versions(self, first: str, second: str) -> str:
        """The difference of two versions of an article, by their ids in any order."""

    def outlet(self, name: str) -> str:
        """The page of an outlet, by its name."""

    def source(self, kind: str, name: str, number: int = 1) -> str:
        """The page of a source, by its kind and its folded name (`export.names.key`); of many statements, the page of that number."""

    def asset(self, name: str) -> str:
        """A style or a script of ours."""


@dataclass(frozen=True, slots=True)
class Served:
    """Addresses on a server."""

    served: bool = True

    def page(self, name: str, number: int = 1) -> str:
        """See `Links`."""
        at = "/" if name == "index" else f"/{name}"
        return at if number == 1 else f"{at}?page={number}"

    def article(self, article: str, anchor: str = "") -> str:
        """See `Links`."""
        return f"/articles/{quote(article, safe='')}{_anchor(anchor)}"

    def articles_of(self, outlet: str, number: int = 1) -> str:
        """See `Links`."""
        return f"/articles?outlet={quote(outlet, safe='')}{'' if number == 1 else f'&page={number}'}"

    def story(self, story: str, anchor: str = "") -> str:
        """See `Links`."""
        return f"/stories/{quote(story, safe='')}{_anchor(anchor)}"

    def versions(self, first: str, second: str) -> str:
        """See `Links`."""
        return f"/versions/{quote(first, safe='')}/{quote(second, safe='')}"

    def outlet(self, name: str) -> str:
        """See `Links`."""
        return f"/outlets/{slug(name)}"

    def source(self, kind: str, name: str, number: int = 1) -> str:
        """See `Links`."""
        return f"/sources/{slug(kind, name)}{'' if number == 1 else f'?page={number}'}"

    def asset(self, name: str) -> str:
        """See `Links`."""
        return f"/assets/{name}"


@dataclass(frozen=True, slots=True)
class Files:
    """Addresses in a folder of files, from a page that stands so many folders deep in it."""

    depth: int = 0
    served: bool = False

    def page(self, name: str, number: int = 1) -> str:
        """See `Links`."""
        return f"{self._up}{name}{'' if number == 1 else f'-{number}'}.html"

    def article(self, article: str, anchor: str = "") -> str:
        """See `Links`."""
        return f"{self._up}articles/{file_name(article)}{_anchor(anchor)}"

    def articles_of(self, outlet: str, number: int = 1) -> str:
        """See `Links`."""
        return f"{self._up}articles-{slug(outlet)}{'' if number == 1 else f'-{number}'}.html"

    def story(self, story: str, anchor: str = "") -> str:
        """See `Links`."""
        return f"{self._up}stories/{file_name(story)}{_anchor(anchor)}"

    def versions(self, first: str, second: str) -> str:
        """See `Links`."""
        return f"{self._up}versions/{file_name(*sorted((first, second)))}"

    def outlet(self, name: str) -> str:
        """See `Links`."""
        return f"{self._up}outlets/{slug(name)}.html"

    def source(self, kind: str, name: str, number: int = 1) -> str:
        """See `Links`."""
        return f"{self._up}sources/{slug(kind, name)}{'' if number == 1 else f'-{number}'}.html"

    def asset(self, name: str) -> str:
        """See `Links`."""
        return f"{self._up}assets/{name}"

    @property
    def _up(self) -> str:
        return "../" * self.depth


def file_name(*ids: str) -> str:
    """The file of an article, a story or two versions; an id that could be anything but a plain name becomes its digest."""
    return "-".join(each if _PLAIN.fullmatch(each) else slug(each) for each in ids) + ".html"


def _anchor(name: str) -> str:
    return f"#{quote(name, safe='')}" if name else ""
