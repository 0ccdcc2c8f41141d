"""An entity: somebody or something that speaks in a document, with all the words that mention it.

Always true here: mentions are spans of the document's text, sorted and disjoint; what the words say about the entity (kind, standing,
role) is read from them elsewhere (`speakers.descriptions`), and which mentions belong together is decided in `speakers.sources`.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.spans import Spans


@dataclass(frozen=True, slots=True)
class Entity:
    """One speaker of a document.

    Attributes:
        name: as fully as the article gives it; a description if it is never named.
        mentions: the source phrases and the names in the text that mean it; pronouns are left out.
        kind: what its names are (one of `draft.NAME_KINDS`); empty if it is never named or no names were found.

    """

    name: str
    mentions: Spans = ()
    kind: str = ""
