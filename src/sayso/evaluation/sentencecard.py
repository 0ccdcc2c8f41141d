"""What stands in annotated sentences, counted: the tables of their data card.

Always true here: counts need no text, agreement does; first annotations are counted, second ones only serve agreement, which is measured as
`sayso evaluate` measures a system, each annotation against the other; outlets are resampled whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from sayso.evaluation.cardtables import figure, head, line
from sayso.evaluation.choices import both_ways, label_counts, label_metrics
from sayso.evaluation.metrics import Counts, Metric, add
from sayso.evaluation.rowvalues import SPLITS, Row
from sayso.evaluation.sentencerows import HOLDERS, VOICES
from sayso.evaluation.targets import METRICS as TARGETED
from sayso.evaluation.targets import STANCE, GoldTargets, Label, target_counts
from sayso.evaluation.told import EDITORIAL, LOADED, GoldText, Told
from sayso.evaluation.wording import METRICS as WORDED
from sayso.evaluation.wording import editorial_counts, loaded_counts
from sayso.measures.heard import STANCES, TRIGGERS

Version = TypeVar("Version", Told, tuple[Label, ...])
Tally = tuple[str, Callable[[Row], int]]
Twice = Sequence[tuple[str, Version, Version]]

_POLARITIES = dict(zip(STANCES, (-1, 0, 1), strict=True))
_HOLDERS = HOLDERS[1]

_SENTENCES: tuple[Tally, ...] = (
    ("sentences", lambda _: 1),
    ("… annotated twice", lambda row: "second" in row),
    ("characters", lambda row: row["length"]),
)
_WORDING: tuple[Tally, ...] = (
    ("sentences with loaded words", lambda row: bool(row["loaded"])),
    ("loaded words or phrases", lambda row: len(row["loaded"])),
    *((f"… `{voice}`", lambda row, voice=voice: _of(row["loaded"], "voice", voice)) for voice in VOICES),
    ("editorial sentences", lambda row: bool(row["editorial"])),
    ("editorial stretches", lambda row: len(row["editorial"])),
    *((f"… `{trigger}`", lambda row, trigger=trigger: _of(row["editorial"], "trigger", trigger)) for trigger in TRIGGERS),
)
_STANCE: tuple[Tally, ...] = (
    ("targets", lambda row: len(row["targets"])),
    *((f"… {name}", lambda row, value=value: _of(row["targets"], "polarity", value)) for name, value in _POLARITIES.items()),
    *((f"… holder `{holder}`", lambda row, holder=holder: _of(row["targets"], "holder", holder)) for holder in (*_HOLDERS, "none")),
)


def wording_counts(rows: Sequence[Row]) -> str:
    """The counts of detached rows with loaded words and editorial stretches, by part."""
    return _counts("wording", rows, _WORDING)


def stance_counts(rows: Sequence[Row]) -> str:
    """The counts of detached rows with targets, by part."""
    return _counts("stance", rows, _STANCE)


def _counts(title: str, rows: Sequence[Row], tallies: Sequence[Tally]) -> str:
    heads = [*(part for part in SPLITS if any(row["part"] == part for row in rows)), "all"]
    groups = [[row for row in rows if part in (row["part"], "all")] for part in heads]
    lines = head(title, heads)
    lines += [line(name, [sum(map(count, group)) for group in groups]) for name, count in _SENTENCES]
    lines += [line(f"{key}s", [len({row[key] for row in group}) for group in groups]) for key in ("outlet", "topic")]
    lines += [line(name, [sum(map(count, group)) for group in groups]) for name, count in tallies]
    return "\n".join(lines) + "\n"


def _of(items: Iterable[Mapping[str, object]], key: str, value: object) -> int:
    return sum(item[key] == value for item in items)


# ── agreement ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def wording_agreement(texts: Sequence[GoldText]) -> str | None:
    """How far two annotators agree on loaded words and editorial stretches; None if no sentence was annotated twice."""
    twice = [(text, text.second) for text in texts if text.second is not None]

    def counted(number: int, one: Told, other: Told) -> Counts:
        sentences = twice[number][0].sentences
        return loaded_counts(sentences, one, other) | editorial_counts(sentences, one, other)

    metrics = (*WORDED[LOADED], *WORDED[EDITORIAL])
    by_chance = {
        "sentences with loaded words or without": [(bool(text.first.loaded), bool(other.loaded)) for text, other in twice],
        "editorial sentences or not": [(bool(text.first.editorial), bool(other.editorial)) for text, other in twice],
    }
    return _table("wording", [(text.cluster, text.first, other) for text, other in twice], counted, metrics, by_chance)


def stance_agreement(texts: Sequence[GoldTargets]) -> str | None:
    """How far two annotators agree on stances and who holds them; None if no sentence was annotated twice."""
    twice = [(text.cluster, text.first, text.second) for text in texts if text.second is not None]

    def counted(_: int, one: tuple[Label, ...], other: tuple[Label, ...]) -> Counts:
        same = [(a.holder, b.holder) for a, b in zip(one, other, strict=True) if a.label == b.label != STANCES[1]]
        return target_counts(one, other, STANCE) | label_counts("holder", same, _HOLDERS)

    metrics = [metric for metric in TARGETED[STANCE] if metric.name not in ("stance.holder", "stance.found")]
    metrics += label_metrics("holder", "holder, of targets that both find favorable or both unfavorable", _HOLDERS)
    labels = [(a.label, b.label) for _, first, second in twice for a, b in zip(first, second, strict=True)]
    return _table("stance", twice, counted, metrics, {"stance towards the target": labels})


def _table(
    title: str,
    twice: Twice[Version],
    counted: Callable[[int, Version, Version], Counts],
    metrics: Sequence[Metric],
    by_chance: Mapping[str, Sequence[tuple[object, object]]],
) -> str | None:
    keys = [key for key, *_ in twice]
    found = both_ways(keys, [(one, other) for _, one, other in twice], counted, metrics)
    if found is None:
        return None
    cases = add(counted(number, one, other) for number, (_, one, other) in enumerate(twice))
    lines = [f"{len(twice)} sentences of {len(set(keys))} outlets, annotated twice.", "", *head(title, ["cases", "agreement", "95%"])]
    for metric in metrics:
        name = metric.name
        of = "" if metric.parts else int(cases.get(f"{name}:of", cases.get(f"{name}:gold", 0)))
        lines.append(figure(f"{metric.section}: {metric.title}{'' if metric.plain else ', F1'}", of, found.figures[name]))
    for name, pairs in by_chance.items():
        value = alpha(pairs)
        lines.append(line(f"{name}: Krippendorff's α × 100", [len(pairs), "–" if value is None else f"{100 * value:.1f}", ""]))
    return "\n".join(lines) + "\n"


def alpha(pairs: Sequence[tuple[object, object]]) -> float | None:
    """Krippendorff's α of two annotators who gave each item one nominal label (Krippendorff 2004): 1 is full agreement, 0 chance.

    None if only one label was ever given.
    """
    given = Counter(label for pair in pairs for label in pair)
    total = given.total()
    expected = total * (total - 1) - sum(number * (number - 1) for number in given.values())
    if not expected:
        return None
    apart = sum(one != other for one, other in pairs)
    return 1 - 2 * apart * (total - 1) / expected
