"""What looks like an attribution but is none by the contract, whichever finder took it for one.

Always true here: only the words of the draft itself decide, by lists in the language's data. Three cases: a claim that something *cannot
be denied* (it presupposes the thing in the voice that says so, and reports no denial), the title of a work, and a bare relay ("citing
media reports"), which is `via` of the attribution beside it.
"""

from __future__ import annotations

import itertools

from sayso import language
from sayso.attribution.draft import Draft
from sayso.spans import Spans

RELAY = 4  # words; what is cited at greater length says something itself


def seems_only(text: str, draft: Draft) -> bool:
    """Whether the draft only looks like an attribution."""
    words = language.load().words
    cue = _words(text, draft.cue)
    if not cue:
        return False
    impossible = any(word in words["impossible"] for word in cue) or any(pair in _CAN_NOT for pair in itertools.pairwise(cue))
    if impossible and cue[-1] in words["undeniable"]:
        return True
    if cue[-1] in words["entitling"]:
        return text[draft.content[0].start] in "“\"‘'«" and draft.content[0].start >= draft.cue[-1].end
    content = _words(text, draft.content)
    return cue[-1] in words["citing"] and len(cue) <= 2 and len(content) <= RELAY and content[-1] in words["cited"]


_CAN_NOT = {("can", "not"), ("could", "not"), ("can", "never"), ("could", "never"), ("can", "hardly")}


def _words(text: str, spans: Spans) -> list[str]:
    return [language.lower(word).strip(",.;:") for span in spans for word in text[span.start : span.end].split()]
