"""The bundled story as documents, in the order in which the demonstration shows them.

Always true here: nothing is read but files of this package; the heads of the files (title, outlet, time) are no part of the texts.
"""

from __future__ import annotations

from importlib.resources import files

from sayso.document import Document

OUTLETS = ("wire", "tabloid", "state")


def documents() -> tuple[Document, ...]:
    """The three articles: a wire report, a tabloid, a state agency; they tell one invented event."""
    return tuple(_document(name) for name in OUTLETS)


def _document(name: str) -> Document:
    raw = (files("sayso.demo") / f"{name}.txt").read_text(encoding="utf-8")
    head, text = raw.split("\n\n", 1)
    known = dict(line.split(": ", 1) for line in head.splitlines())
    return Document(text=text, title=known["title"], outlet=known["outlet"], published=known["published"], origin=f"demo/{name}.txt")
