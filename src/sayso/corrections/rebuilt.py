"""A reading worked out anew after its attributions were changed by hand: nesting, chains, voices, summary, findings, tallies.

Always true here: what comes out keeps the contract; what no change touched is as it was; words that are in another voice now are booked
to that voice, and findings with them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sayso.attribution import chains, voices
from sayso.attribution.draft import Draft
from sayso.attribution.nesting import with_nesting
from sayso.measures import sourcing
from sayso.measures.books import tallies
from sayso.measures.heard import Heard
from sayso.quotations import quotations
from sayso.reading import Attribution, Finding, Reading, Source, Voice
from sayso.spans import Spans, covered, intersect
from sayso.structure import paragraphs


def quoted(text: str) -> Spans:
    """The quotations of a text."""
    return quotations(text, paragraphs(text))


def rebuilt(
    machine: Reading,
    attributions: Sequence[Attribution],
    sources: Sequence[Source],
    findings: Sequence[Finding],
    wrong: Sequence[Finding] = (),
) -> Reading:
    """The reading with other attributions.

    Args:
        machine: the reading as it was.
        attributions: what stands there now; those of `machine` keep their ids. Their `within` and `chain` are worked out here.
        sources: everybody whom they name, and nobody twice.
        findings: those of `machine` that still hold; those of the measure of sourcing are counted anew.
        wrong: findings of `machine` that shall not come back when they are counted anew.

    """
    document = machine.document
    ordered = sorted(attributions, key=lambda each: (min(each.source + each.cue + each.content), each.id))
    chained = _chained(_nested(machine.attributions, ordered))
    kept = _used(machine, chained, sources)
    reading = replace(
        machine,
        attributions=tuple(chained),
        sources=kept,
        voices=voices.voices(document, chained),
        summary=voices.summary(document, chained, kept, quoted(document.text)),
        findings=(),
        tallies=(),
    )
    told = _moved(reading.voices, findings)
    if sourcing.NAME in machine.generator.measures:
        told = _sourced(reading, told, wrong)
    return counted(replace(reading, findings=tuple(told)), machine)


def counted(reading: Reading, machine: Reading) -> Reading:
    """The reading with its tallies counted anew, if the machine's reading had any."""
    return replace(reading, tallies=tallies(reading) if machine.tallies else ())


def _sourced(reading: Reading, findings: Sequence[Finding], wrong: Sequence[Finding]) -> list[Finding]:
    """The findings with those of the measure of sourcing counted anew, in their place."""
    refused = {(each.label, each.evidence) for each in wrong if each.measure == sourcing.NAME}
    again = sorted(sourcing.measure.find(reading, Heard()), key=lambda each: (each.evidence, each.label))
    at = next((number for number, each in enumerate(findings) if each.measure == sourcing.NAME), len(findings))
    others = [(number, each) for number, each in enumerate(findings) if each.measure != sourcing.NAME]
    before = [each for number, each in others if number < at]
    after = [each for number, each in others if number > at]
    return before + [each for each in again if (each.label, each.evidence) not in refused] + after


def _nested(before: Sequence[Attribution], after: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with `within`: the machine's own, wherever the changes leave it as it was."""
    was, now = _holders(before), _holders(after)
    given = {each.id: each.within for each in before}
    present = {each.id for each in after}
    chosen = {
        each.id: given[each.id]
        if each.id in given and was[each.id] == now[each.id] and (given[each.id] is None or given[each.id] in present)
        else now[each.id]
        for each in after
    }
    if _circles(chosen):  # the machine's and ours do not go together: ours alone have none
        chosen = now
    return [replace(each, within=chosen[each.id]) for each in after]


def _holders(attributions: Sequence[Attribution]) -> dict[str, str | None]:
    drafts = with_nesting([Draft(each.content, each.source, each.cue) for each in attributions])
    outer = [None if draft.within is None else attributions[draft.within].id for draft in drafts]
    return {each.id: holder for each, holder in zip(attributions, outer, strict=True)}


def _circles(within: Mapping[str, str | None]) -> bool:
    for start in within:
        seen, at = {start}, within[start]
        while at is not None:
            if at in seen:
                return True
            seen.add(at)
            at = within[at]
    return False


def _chained(attributions: Sequence[Attribution]) -> list[Attribution]:
    place = {each.id: number for number, each in enumerate(attributions)}
    within = [None if each.within is None else place[each.within] for each in attributions]
    speakers = [each.speaker for each in attributions]
    via = [tuple(relay for relay in each.via if relay != each.speaker) for each in attributions]
    found = [chains.chain(number, within, speakers, via) for number in range(len(attributions))]
    return [replace(each, via=relays, chain=way) for each, relays, way in zip(attributions, via, found, strict=True)]


def _used(machine: Reading, attributions: Sequence[Attribution], sources: Sequence[Source]) -> tuple[Source, ...]:
    """The sources without those that only words had spoken which are somebody else's now."""
    idle = {source.id for source in machine.sources} - _named(machine.attributions)
    now = _named(attributions)
    return tuple(source for source in sources if source.id in now or source.id in idle)


def _named(attributions: Sequence[Attribution]) -> set[str]:
    return {name for each in attributions for name in (each.speaker, *each.via, *each.chain)}


def _moved(laid: Sequence[Voice], findings: Sequence[Finding]) -> list[Finding]:
    """The findings, each in the voice that has most of its words now, and resting on those."""
    told: list[Finding] = []
    for finding in findings:
        shared = {voice.speaker: intersect(finding.evidence, voice.spans) for voice in laid}
        speaker = max(shared, key=lambda who: (covered(shared[who]), who == finding.speaker))
        same = covered(shared[speaker]) == covered(finding.evidence)
        told.append(replace(finding, speaker=speaker, evidence=finding.evidence if same else shared[speaker]))
    return told
