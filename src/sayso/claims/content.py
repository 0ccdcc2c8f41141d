"""What a statement is about, for laying it beside another: its words, names, numbers and negation, whoever says it.

Always true here: nothing of the voice enters (who says it, with which cue, how sure), so that a claim keeps its identity when it is put
into somebody's mouth; everything comes from the statement's own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.claims.quantities import Quantity, quantities
from sayso.claims.statements import Statement
from sayso.document import Document
from sayso.measures.gist import gist, stem
from sayso.spans import Span

_NAME = re.compile(r"(?<![.!?…:“\"] )(?<!^)\b[A-Z][\w’'-]*|\b[A-Z]{2,}\b")


@dataclass(frozen=True, slots=True)
class Content:
    """A statement reduced to what can be compared.

    Attributes:
        text: its words on one line; what stands between its parts is left out.
        stems: of its content words.
        names: those among them that are written with a capital letter inside a sentence.
        numbers: its quantities.
        negated: whether it holds a negation.

    """

    text: str
    stems: frozenset[str]
    names: frozenset[str]
    numbers: tuple[Quantity, ...]
    negated: bool


def content(document: Document, statement: Statement) -> Content:
    """What a statement of a document is about."""
    return of_text(" ".join(" ".join(document.text[span.start : span.end] for span in statement.spans).split()))


def of_text(text: str) -> Content:
    """What a statement is about that stands by itself, on one line."""
    found = gist(text, Span(0, len(text)))
    names = frozenset(stem(match.group().lower()) for match in _NAME.finditer(text))
    return Content(text, found.stems, names & found.stems, quantities(text, Span(0, len(text))), found.negated)
