"""What a finder hands over: drafts of attributions and the names in the text, before speakers, labels and chains are worked out.

Both finders (`attribution.decode` for the model, `baseline.rules` without one) return a `Found`, and `attribution.assemble` turns it
into a reading; nothing later in the line knows which finder was used.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.encoder.heads import NAME_KINDS
from sayso.spans import Span, Spans


@dataclass(frozen=True, slots=True)
class Draft:
    """One attribution as spans of the document's text.

    Attributes:
        content: what is handed over; never empty, may be discontinuous.
        source: who speaks, as the words stand; empty if the text names nobody.
        cue: the words that hand it over; empty for a quotation with no cue beside it.
        within: index (in the same list) of the innermost draft in whose content this one stands.
        confidence: probability in [0, 1] that this attribution is there.

    """

    content: Spans
    source: Spans = ()
    cue: Spans = ()
    within: int | None = None
    confidence: float = 1.0


PERSON, ORGANIZATION, PLACE, NATIONALITY = NAME_KINDS


@dataclass(frozen=True, slots=True)
class Name:
    """One name as it stands in the text, without title or article: "Mara Voss", "Harbor Institute", "Norvania", "Norvanian"."""

    span: Span
    kind: str
    """One of `NAME_KINDS`."""


@dataclass(frozen=True, slots=True)
class Link:
    """How well a pronoun or description fits an earlier mention, by the network alone."""

    mention: Span
    antecedent: Span
    score: float
    """Log probability among all antecedents that were offered for this mention, and none."""


@dataclass(frozen=True, slots=True)
class Found:
    """All that a finder found in one document.

    Attributes:
        drafts: in order of their cues.
        names: in order of the text, disjoint.
        links: for sources that are no names; empty where no network was at work.

    """

    drafts: tuple[Draft, ...] = ()
    names: tuple[Name, ...] = ()
    links: tuple[Link, ...] = ()
