"""What a finder leaves open in its drafts is closed here, in one order: quotations, denied claims, nesting, shared sources.

Always true here: every cue of the drafts is still a cue, or the beginning of one, afterwards; no draft is dropped; `within` is set and
free of circles. Each step is a rule that can be read in its own module.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.attribution.claims import with_denied_claims
from sayso.attribution.draft import Draft
from sayso.attribution.floating import with_floating_quotations
from sayso.attribution.nesting import with_nesting
from sayso.attribution.participles import with_shared_sources


def complete(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of one text with everything that can be told from them: in order of their cues.

    Args:
        text: the document's text.
        drafts: as found, in any order; `within` is set anew.

    """
    return with_shared_sources(text, with_nesting(with_denied_claims(text, with_floating_quotations(text, drafts))))
