"""Several systems against one gold, side by side, with intervals: a frozen report, its plain-text table and its JSON.

Always true here: all systems are scored on the same articles under the same protocol, and all intervals and differences come from the same
resamples, so differences are paired. Numbers are shares in [0, 1] in the report and in JSON, percent in the table; None where there was
nothing to count.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sayso.errors import UsageError
from sayso.evaluation import bootstrap
from sayso.evaluation.metrics import Counts, Floats, Metric
from sayso.evaluation.protocols import Protocol, Reference
from sayso.evaluation.protocols import protocol as protocol_named
from sayso.reading import Reading


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric of one system. `value` is F1, or the share itself (then precision and recall are None); `low`, `high`: 95% interval."""

    precision: float | None
    recall: float | None
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Value of one system minus the value of the first, with its paired 95% interval."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class SystemReport:
    """All figures of one system, and its differences from the first system (empty for the first)."""

    name: str
    figures: Mapping[str, Figure]
    differences: Mapping[str, Difference]


@dataclass(frozen=True, slots=True)
class Report:
    """What was compared, and how it came out. `articles` are distinct texts, `attributions` the gold ones that were scored."""

    protocol: str
    note: str
    articles: int
    attributions: int
    resamples: int
    seed: int
    metrics: tuple[Metric, ...]
    systems: tuple[SystemReport, ...]
    references: tuple[Reference, ...]

    def value(self, system: str, metric: str) -> float | None:
        """The value of one metric of one system, in [0, 1].

        Raises:
            UsageError: the report has no such system or metric.

        """
        for scored in self.systems:
            if scored.name == system and metric in scored.figures:
                return scored.figures[metric].value
        raise UsageError(f"no figure {system}/{metric} in this report of protocol {self.protocol}")


def evaluate(
    gold: Sequence[Reading],
    systems: Mapping[str, Sequence[Reading]],
    protocol: Protocol | str = "contract",
    resamples: int = bootstrap.RESAMPLES,
    seed: int = bootstrap.SEED,
) -> Report:
    """Score systems against gold.

    Args:
        gold: readings of `read_gold`, with the protocol's `versions`; several versions of one text make one article.
        systems: for each system, its readings of all gold texts in any order (one reading per text).
        protocol: a protocol or its name.
        resamples: number of bootstrap resamples over articles.
        seed: of the resamples.

    Raises:
        UsageError: there is no gold, an unknown protocol, or a system did not read one of the texts.

    """
    rules = protocol_named(protocol) if isinstance(protocol, str) else protocol
    if not gold:
        raise UsageError("no gold articles to evaluate on")
    ours = [rules.prepare(reading) for reading in gold]
    drawn = bootstrap.draws(len({reading.document.text for reading in ours}), resamples, seed)
    scored: list[SystemReport] = []
    first: tuple[Floats, Floats] | None = None
    for name, readings in systems.items():
        matrix, place = bootstrap.table(_by_article(name, ours, readings, rules), rules.metrics)
        values = bootstrap.scores(matrix.sum(axis=0), place, rules.metrics)
        samples = bootstrap.scores(drawn @ matrix, place, rules.metrics)[..., 2]
        differences = {} if first is None else _differences(rules.metrics, values[:, 2] - first[0], samples - first[1])
        first = first or (values[:, 2], samples)
        scored.append(SystemReport(name, _figures(rules.metrics, values, samples), differences))
    return Report(
        protocol=rules.name,
        note=rules.note,
        articles=drawn.shape[1],
        attributions=sum(len(reading.attributions) for reading in ours),
        resamples=resamples,
        seed=seed,
        metrics=rules.metrics,
        systems=tuple(scored),
        references=rules.references,
    )


def _by_article(name: str, gold: Sequence[Reading], predicted: Sequence[Reading], rules: Protocol) -> list[Counts]:
    """Counts per distinct text, in order of first appearance: versions of one article are one cluster."""
    by_text = {reading.document.text: reading for reading in predicted}
    prepared: dict[str, Reading] = {}
    totals: defaultdict[str, Counts] = defaultdict(dict)
    for reading in gold:
        text = reading.document.text
        if text not in by_text:
            label = reading.document.origin or reading.document.id
            raise UsageError(f"system {name!r} has no reading of article {label}: give one per gold text, empty if it was rejected")
        if text not in prepared:
            prepared[text] = rules.prepare(by_text[text])
        total = totals[text]
        for key, number in rules.count(reading, prepared[text]).items():
            total[key] = total.get(key, 0.0) + number
    return list(totals.values())


def _known(number: float) -> float | None:
    return None if math.isnan(number) else float(number)


def _figures(metrics: Sequence[Metric], values: Floats, samples: Floats) -> dict[str, Figure]:
    figures = {}
    for n, metric in enumerate(metrics):
        low, high = bootstrap.interval(samples[:, n])
        precision, recall, value = (_known(number) for number in values[n])
        if metric.share:
            precision = recall = None
        figures[metric.name] = Figure(precision, recall, value, _known(low), _known(high))
    return figures


def _differences(metrics: Sequence[Metric], values: Floats, samples: Floats) -> dict[str, Difference]:
    return {
        metric.name: Difference(_known(values[n]), *(_known(end) for end in bootstrap.interval(samples[:, n])))
        for n, metric in enumerate(metrics)
    }


def to_json(report: Report) -> dict[str, Any]:
    """The report as plain dictionaries and lists; numbers rounded to four places."""
    value = asdict(report)
    value["references"] = [{"name": item.name, "note": item.note, "percent": dict(item.percent)} for item in report.references]
    value["metrics"] = [metric.name for metric in report.metrics]
    return {key: _rounded(item) for key, item in value.items()}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value


# ── the table ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def table(report: Report) -> str:
    """The report as lines of text: one row per metric; per system P, R, F1 (or the share) and its interval; then the reference figures."""
    first = report.systems[0].name if report.systems else ""
    heads = [f"{'':34}"]
    for system in report.systems:
        heads.append(f"{_short(system.name, 33):^33}")
        if system.differences:
            heads.append(f"{_short(f'minus {first}', 21):^21}")
    heads += [f"{_short(reference.name, 9):>9}" for reference in report.references]
    columns = [f"{'percent':34}"]
    for system in report.systems:
        columns.append(f"{'P':>6}{'R':>6}{'F1':>6} {'95%':^14}")
        if system.differences:
            columns.append(f"{'F1':>6} {'95%':^14}")
    columns += [f"{'':>9}" for _ in report.references]
    lines = [
        f"protocol {report.protocol}: {report.note}",
        f"{report.articles} articles, {report.attributions} attributions; "
        f"95% intervals from {report.resamples} resamples of articles (seed {report.seed})",
        "",
        " │ ".join(heads).rstrip(),
        " │ ".join(columns).rstrip(),
    ]
    section = ""
    for metric in report.metrics:
        if metric.section != section:
            section = metric.section
            lines.append(f"─ {section} ".ljust(34, "─"))
        lines.append(" │ ".join(_row(report, metric)).rstrip())
    notes = [f"{reference.name}: {reference.note}" for reference in report.references]
    return "\n".join([*lines, *(["", "Published figures, not computed here:", *notes] if notes else [])]) + "\n"


def _row(report: Report, metric: Metric) -> list[str]:
    cells = [f"{_short('  ' + metric.title, 34):34}"]
    for system in report.systems:
        figure = system.figures[metric.name]
        span = f"[{_percent(figure.low)}, {_percent(figure.high)}]" if figure.value is not None else ""
        parts = (_percent(figure.precision), _percent(figure.recall)) if not metric.share else ("", "")
        cells.append(f"{parts[0]:>6}{parts[1]:>6}{_percent(figure.value):>6} {span:^14}")
        if system.differences:
            change = system.differences[metric.name]
            span = f"[{_percent(change.low, '+')}, {_percent(change.high, '+')}]" if change.value is not None else ""
            cells.append(f"{_percent(change.value, '+'):>6} {span:^14}")
    cells += [
        f"{reference.percent[metric.name]:>9.1f}" if metric.name in reference.percent else f"{'':>9}" for reference in report.references
    ]
    return cells


def _percent(share: float | None, sign: str = "") -> str:
    return "–" if share is None else f"{100 * share:{sign}.1f}"


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
