"""From a reading without findings to one with them: every measure in turn, and the tallies of what they found.

Always true here: what a measure gives keeps the contract (labels from its closed set, evidence in its speaker's voice) or the measure's
name stands in the error; findings are in the order of the measures, and of the text within each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.errors import ContractError, PluginError, UsageError
from sayso.measures.books import tallies
from sayso.measures.heard import Heard
from sayso.measures.measure import Measure, measures
from sayso.reading import Finding, Reading


def chosen(names: Sequence[str] | None) -> tuple[Measure, ...]:
    """The installed measures of those names, all of them for None.

    Raises:
        UsageError: a name is unknown; the message lists those that there are.

    """
    installed = {measure.name: measure for measure in measures()}
    for unknown in (name for name in names or () if name not in installed):
        raise UsageError(f"no measure {unknown[:40]!r}: choose among {', '.join(installed)}")
    return tuple(measure for name, measure in installed.items() if names is None or name in names)


def measured(reading: Reading, heard: Heard, among: Sequence[Measure]) -> Reading:
    """The reading with the findings of some measures.

    Args:
        reading: without findings.
        heard: what was heard in its document.
        among: the measures.

    Raises:
        PluginError: a measure breaks the contract or fails; the message names it.

    """
    found: list[Finding] = []
    for measure in among:
        found += _found(measure, reading, heard)
    whole = replace(reading, findings=tuple(found))
    return replace(whole, tallies=tallies(whole))


def _found(measure: Measure, reading: Reading, heard: Heard) -> list[Finding]:
    try:
        found = sorted(measure.find(reading, heard), key=lambda finding: (finding.evidence, finding.label, finding.target or ""))
        for finding in found:
            if finding.measure != measure.name or finding.label not in measure.labels:
                raise ContractError(f"{finding.measure}/{finding.label} is not among its labels")
        reading.check_findings(found)
    except ContractError as error:
        raise PluginError(f"the measure {measure.name!r} breaks the contract: {error}") from None
    except Exception as error:  # a plug-in may fail in any way
        raise PluginError(f"the measure {measure.name!r} failed ({type(error).__name__}: {error}): read without it (--measures)") from error
    return found
