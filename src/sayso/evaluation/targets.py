"""Stance towards marked targets and roles of marked actors against gold: one label for each.

Always true here: gold is JSON lines (maybe gzipped) and gives the targets, so that what is tested is the label and not the finding of
names; every target is one actor with all its marked mentions; the label of a target is the one that its first marked mention gets, and a
target that the system does not hear gets none, which is wrong.

- stance, NewsMTSC (Hamborg & Donnay 2021): `{id, doc, text, targets: [{start, end, mention, polarity, further_mentions}]}`; or single
  sentences after what stands before them: `{id, outlet, before, text, targets: [{start, end, mention, polarity, holder}], second?}`.
- roles, Narrative Frames Corpus (Frermann et al. 2023): `{id, text, roles: [{entity, role, spans}]}`; every located mention is an item.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.document import Document
from sayso.evaluation import bootstrap
from sayso.evaluation.calibration import calibration
from sayso.evaluation.choices import NONE, both_ways, label_counts, label_metrics, report
from sayso.evaluation.jsonlines import records
from sayso.evaluation.metrics import Counts, Metric, share
from sayso.evaluation.report import Report
from sayso.evaluation.told import SPEAKER, part_of
from sayso.measures.heard import ROLES, STANCES, Actor, Heard, Mention
from sayso.reading import OUTLET, Reading
from sayso.spans import Span

STANCE, ROLE = "stance", "roles"
LABELS = {STANCE: STANCES, ROLE: ROLES}
METRICS = {
    STANCE: (
        *label_metrics(STANCE, "stance towards the target", STANCES),
        Metric("stance.holder", "right holder, of those found", "targets that are not neutral", share=True),
        Metric("stance.found", "found at all", "targets that are not neutral", share=True),
    ),
    ROLE: label_metrics(ROLE, "role of the mention", ROLES),
}
NOTES = {
    STANCE: "stance of the sentence towards each marked target",
    ROLE: "main role of each marked mention that has one",
}


@dataclass(frozen=True, slots=True)
class Label:
    """What a target got.

    Attributes:
        label: one of `STANCES` or `ROLES`; `NONE` if it was not heard.
        holder: of a stance: `OUTLET`, `SPEAKER`, another word of the gold's, or empty where it was not told.
        confidence: that the label is right, in [0, 1].

    """

    label: str
    holder: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class GoldTargets:
    """One text and what is asked about it: the actors, of each one the mentions that are asked about, and their gold labels in order."""

    document: Document
    cluster: str
    actors: tuple[Actor, ...]
    asked: tuple[Span, ...]
    first: tuple[Label, ...]
    second: tuple[Label, ...] | None = None


def read_targets(path: Path, measure: str, part: str | None = None) -> list[GoldTargets]:
    """Read a gold file; texts without targets are left out.

    Args:
        path: JSON lines, as above.
        measure: `stance` or `roles`.
        part: keep the records of this `part`, `split` or `test_fold` only.

    Raises:
        UnreadableInput: it is missing or cannot be decoded.
        ContractError: a line is broken; the message names it.

    """
    make = _stances if measure == STANCE else _roles
    return [text for found, text in records(path, lambda value: (part_of(value), make(value))) if text.asked and part in (None, found)]


def _stances(value: Mapping[str, Any]) -> GoldTargets:
    before = value.get("before", "")
    start = len(before) + 1 if before else 0
    targets = value["targets"]
    places = [_span(target, start) for target in targets]
    actors = tuple(
        Actor(target["mention"], "person", tuple(sorted({place, *(_span(more, start) for more in target.get("further_mentions", ()))})))
        for target, place in zip(targets, places, strict=True)
    )
    document = Document(text=f"{before} {value['text']}" if before else value["text"], outlet=value.get("outlet"), origin=str(value["id"]))
    second = value.get("second")
    first, other = _polarities(targets), _polarities(second["targets"]) if second else None
    if other is not None and len(other) != len(first):
        raise ValueError("the second annotator has other targets")
    return GoldTargets(document, str(value.get("doc") or value["outlet"]), actors, tuple(places), first, other)


def _polarities(targets: Sequence[Mapping[str, Any]]) -> tuple[Label, ...]:
    return tuple(Label({-1: STANCES[0], 0: STANCES[1], 1: STANCES[2]}[target["polarity"]], target.get("holder", "")) for target in targets)


def _span(value: Mapping[str, Any], start: int) -> Span:
    if not 0 <= value["start"] < value["end"]:
        raise ValueError(f"the span [{value['start']}, {value['end']}) is empty or negative")
    return Span(value["start"] + start, value["end"] + start)


def _roles(value: Mapping[str, Any]) -> GoldTargets:
    located = [item for item in value["roles"] if item["role"] in ROLES and item["spans"]]
    rows = sorted((Span(*span), item["role"]) for item in located for span in item["spans"])
    actors = tuple(Actor(item["entity"], "organization", tuple(sorted(Span(*span) for span in item["spans"]))) for item in located)
    document = Document(text=value["text"], outlet=value.get("outlet"), origin=str(value["id"]))
    return GoldTargets(document, str(value["id"]), actors, tuple(span for span, _ in rows), tuple(Label(role) for _, role in rows))


# ── what a system says ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def heard_labels(gold: GoldTargets, heard: Heard, measure: str, reading: Reading | None = None) -> list[Label]:
    """The labels of the mentions that are asked about, by what was heard in them; holders by the findings of a reading, if there is one."""
    known = {mention.span: mention for mention in heard.mentions}
    found: list[Label] = []
    for span in gold.asked:
        mention = known.get(span) or next((other for other in heard.mentions if other.span.overlaps(span)), None)
        found.append(_best(mention, measure, _holder(reading, span)) if mention else Label(NONE))
    return found


def toneless_labels(gold: GoldTargets, heard: Heard) -> list[Label]:
    """What a measure that does not look at its target says: the tone of the sentence, whomever it is about; all of it the outlet's."""
    found: list[Label] = []
    for span in gold.asked:
        sentence = next((one for one in heard.sentences if one.span.overlaps(span)), None)
        found.append(_most(STANCES, sentence.tone, OUTLET) if sentence else Label(NONE))
    return found


def _best(mention: Mention, measure: str, holder: str) -> Label:
    if measure == STANCE:
        return _most(STANCES, mention.stance, holder)
    total = sum(mention.roles)  # every mention that is asked about has a role
    return _most(ROLES, [part / total for part in mention.roles], holder) if total else Label(NONE)


def _most(labels: Sequence[str], probabilities: Sequence[float], holder: str) -> Label:
    best = max(range(len(labels)), key=lambda at: probabilities[at])
    return Label(labels[best], holder, min(1.0, probabilities[best]))


def _holder(reading: Reading | None, target: Span) -> str:
    """Whose stance towards the target the reading tells of: the surest finding's; empty if none does."""
    about = [
        (finding.confidence, finding.speaker)
        for finding in (reading.findings if reading else ())
        if finding.measure == STANCE and any(span.overlaps(target) for span in finding.about)
    ]
    return "" if not about else OUTLET if max(about)[1] == OUTLET else SPEAKER


# ── figures ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def target_counts(gold: Sequence[Label], predicted: Sequence[Label], measure: str) -> Counts:
    """What the figures rest on, in one text."""
    rows = list(zip(gold, predicted, strict=True))
    counts = label_counts(measure, [(a.label, b.label) for a, b in rows], LABELS[measure])
    if measure == STANCE:
        held = [(a.holder, b.holder) for a, b in rows if a.label != STANCES[1] and a.holder in (OUTLET, SPEAKER)]
        told = [(a, b) for a, b in held if b]
        counts |= share("stance.holder", sum(a == b for a, b in told), len(told)) | share("stance.found", len(told), len(held))
    return counts


def evaluate_targets(
    gold: Sequence[GoldTargets],
    systems: Mapping[str, Sequence[Sequence[Label]]],
    measure: str,
    resamples: int = bootstrap.RESAMPLES,
    seed: int = bootstrap.SEED,
) -> Report:
    """Score labels of targets against gold.

    Args:
        gold: texts with targets.
        systems: for each system, its labels of every text, in the order of `gold`; the confidences of the first are looked at.
        measure: `stance` or `roles`.
        resamples: number of bootstrap resamples over clusters.
        seed: of the resamples.

    Raises:
        UsageError: there is no gold.

    """
    keys = [text.cluster for text in gold]
    surest = next(iter(systems.values()), ())
    cases = [
        (b.confidence, a.label == b.label)
        for text, found in zip(gold, surest, strict=False)
        for a, b in zip(text.first, found, strict=True)
        if b.label != NONE
    ]
    return report(
        (measure, NOTES[measure]),
        keys,
        (sum(len(text.asked) for text in gold), "targets" if measure == STANCE else "mentions"),
        {
            system: [target_counts(text.first, found, measure) for text, found in zip(gold, rows, strict=True)]
            for system, rows in systems.items()
        },
        METRICS[measure],
        "documents or outlets" if measure == STANCE else "articles",
        agreement=both_ways(
            keys,
            [(text.first, text.second) if text.second is not None else None for text in gold],
            lambda _, one, other: target_counts(one, other, measure),
            METRICS[measure],
            resamples,
            seed,
        ),
        calibration=calibration(f"labels of {next(iter(systems), '')}; right if they are the gold's", cases),
        resamples=resamples,
        seed=seed,
    )
