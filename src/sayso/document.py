"""A document: the immutable text that every offset points into, and what is known about it.

`Document.text` never changes after construction. Its `id` is the digest of outlet, address and text, so the same article read twice
has the same id.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from sayso.spans import Span, Spans


@dataclass(frozen=True, slots=True)
class Document:
    """One article.

    Attributes:
        text: the article, exactly as decoded (plain text) or as extracted (HTML and the like).
        title: the headline as metadata; it need not stand in `text`.
        outlet: who published it, as given by the page or the user.
        url: where it was published.
        published: ISO 8601 date or time with zone, as given.
        authors: names as given.
        language: ISO 639-1 code.
        section: part of the outlet that it stood in ("World"), as given.
        columns: what else was known of it under its own name (columns of a table, fields of a record), in the order given.
        origin: what the user named to get it (a path, an address, `-`); not part of the contract.
        id: digest of outlet, address and text; computed.

    """

    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    language: str = "en"
    section: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    origin: str = ""
    id: str = field(default="")

    def __post_init__(self) -> None:
        if not self.id:
            key = "\x1f".join((self.outlet or "", self.url or "", self.text))
            object.__setattr__(self, "id", hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16])

    def __getitem__(self, where: Span | Spans) -> str:
        """The words at a span, or at several spans joined by ` … `."""
        if isinstance(where, Span):
            return self.text[where.start : where.end]
        return " … ".join(self.text[span.start : span.end] for span in where)
