"""Which words of a finding are marked, and in which layer of marks: what can be switched on and off on its own.

Always true here: what is only counted (neutral stances, the certainty of whole sentences, who speaks) is marked nowhere; marks of one layer
look alike whatever measure they come from.
"""

from __future__ import annotations

from sayso.reading import Finding
from sayso.spans import Spans

LOADED, EDITORIAL, STANCE, CERTAINTY, FRAMES, MORE = LAYERS = ("loaded", "editorial", "stance", "certainty", "frames", "more")
"""`frames` holds roles too, since both are passages to read; `more` is for measures of plug-ins."""

BUILT_IN = ("loaded", "editorial", "certainty", "stance", "frame", "role", "sourcing")
TO_READ = ("frame", "role")
"""Measures that offer passages to read and count nothing."""

_LAYER = {"loaded": LOADED, "editorial": EDITORIAL, "stance": STANCE, "certainty": CERTAINTY, "frame": FRAMES, "role": FRAMES}
_COUNTED_ONLY = {("stance", "neutral"), ("certainty", "level")}


def layer(finding: Finding) -> str:
    """The layer of a finding, one of `LAYERS`."""
    return _LAYER.get(finding.measure, MORE)


def is_lost(finding: Finding) -> bool:
    """Whether it says that the headline leaves a hedge or a source behind."""
    return (finding.measure, finding.label) == ("certainty", "hedge_lost")


def marked(finding: Finding) -> Spans:
    """The words that are marked for it: those that name the actor, or say what the headline leaves out; else its evidence.

    None where it is only counted.
    """
    if finding.measure == "sourcing" or (finding.measure, finding.label) in _COUNTED_ONLY:
        return ()
    if finding.measure in ("stance", "role") or is_lost(finding):
        return finding.about or finding.evidence
    return finding.evidence
