"""Where the place of a correction is found in a reading that may be another than the one it was made for.

Always true here: a place that cannot be told apart from another, whose words have changed, or of which too little is left, is not found:
it is better to let a correction wait than to apply it to a wrong place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sayso.corrections.correction import RIGHT, WORDS, Correction, Place
from sayso.reading import Attribution, Finding
from sayso.spans import Spans, iou, overlap

SHARE = 0.5  # of the words of both contents together that have to be in both


class Anchor(NamedTuple):
    """How the machine, or whoever added it, had an attribution."""

    id: str
    content: Spans
    cue: Spans


def anchors(attributions: Sequence[Attribution]) -> tuple[Anchor, ...]:
    """The places of attributions as they are."""
    return tuple(Anchor(each.id, each.content, each.cue) for each in attributions)


def words_at(text: str, spans: Spans) -> str:
    """The words at a place, as a correction keeps them."""
    return " … ".join(text[span.start : span.end] for span in spans)[:WORDS]


def stands(text: str, place: Place) -> bool:
    """Whether the words of a place still stand there."""
    inside = place.content[-1].end <= len(text) and (not place.cue or place.cue[-1].end <= len(text))
    return inside and (not place.words or words_at(text, place.content) == place.words)


def find(place: Place, among: Sequence[Anchor]) -> str | None:
    """The id of the attribution that a place is about: the very same one, else the one with most of its words and the same cue.

    None if there is none that shares more than half of the words, or two fit as well.
    """
    exact = [each.id for each in among if each.content == place.content and each.cue == place.cue]
    if exact:
        return exact[0] if len(exact) == 1 else None
    scored = [(iou(place.content, each.content), iou(place.cue, each.cue), each.id) for each in among if _same_cue(place, each)]
    near = sorted((one for one in scored if one[0] > SHARE), reverse=True)
    if not near or (len(near) > 1 and near[0][:2] == near[1][:2]):
        return None
    return near[0][2]


def _same_cue(place: Place, anchor: Anchor) -> bool:
    """Two statements may have the same content; the cue tells one handing over from another."""
    if place.cue and anchor.cue:
        return overlap(place.cue, anchor.cue) > 0
    return place.content == anchor.content or not (place.cue or anchor.cue)


def find_finding(correction: Correction, findings: Mapping[int, Finding]) -> int | None:
    """The number of the finding that a correction is about; None if it is not there, or two fit as well."""
    if correction.place is None:
        return None
    measure, _, label = correction.field.partition("/")
    same = {
        number: finding.evidence
        for number, finding in findings.items()
        if (finding.measure, finding.label, finding.target or "") == (measure, label, correction.about)
    }
    exact = [number for number, evidence in same.items() if evidence == correction.place.content]
    if exact:
        return exact[0] if len(exact) == 1 else None
    near = sorted(((iou(correction.place.content, evidence), -number) for number, evidence in same.items()), reverse=True)
    if not near or near[0][0] <= SHARE or (len(near) > 1 and near[0][0] == near[1][0]):
        return None
    return -near[0][1]


def is_right(correction: Correction) -> bool:
    """Whether a correction of a finding says that it is one."""
    return correction.value == RIGHT
