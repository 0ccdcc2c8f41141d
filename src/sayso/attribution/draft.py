"""A draft: what the model or the rules found, before speakers, labels and chains are worked out.

Both finders (`attribution.decode` for the model, `attribution.rules` without one) return drafts, and `attribution.assemble` turns them
into a reading; nothing later in the line knows which finder was used.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.spans import Spans


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
