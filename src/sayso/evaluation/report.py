"""Several systems against one gold, side by side, with intervals: a frozen report and its JSON (`table` prints it).

Always true here: all systems are scored on the same articles under the same protocol, and all intervals and differences come from the same
resamples, so differences are paired. Numbers are shares in [0, 1]; None where there was nothing to count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sayso.errors import UsageError
from sayso.evaluation import bootstrap
from sayso.evaluation.agreement import Agreement, agreement
from sayso.evaluation.bootstrap import Figure, known
from sayso.evaluation.calibration import Calibration
from sayso.evaluation.metrics import Counts, Floats, Metric, add
from sayso.evaluation.protocols import Protocol, Reference
from sayso.evaluation.protocols import protocol as protocol_named
from sayso.reading import Reading


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
    """What was compared, and how it came out.

    Attributes:
        protocol: its name.
        note: what it compares, in one line.
        articles: number of distinct texts.
        items: number of gold items that were scored.
        unit: what an item is (`attributions`).
        resamples: number of bootstrap resamples over articles.
        seed: of the resamples.
        metrics: all figures, in order.
        main: names of those that are printed first, in order; empty if all are.
        systems: what each system reached.
        agreement: what the annotators of articles that were annotated twice reach among themselves.
        references: published figures.
        clusters: what the resamples draw: texts of one cluster are drawn together.
        calibration: whether confidences keep their word, where the protocol looks at confidences.

    """

    protocol: str
    note: str
    articles: int
    items: int
    unit: str
    resamples: int
    seed: int
    metrics: tuple[Metric, ...]
    main: tuple[str, ...]
    systems: tuple[SystemReport, ...]
    agreement: Agreement | None = None
    references: tuple[Reference, ...] = ()
    clusters: str = "articles"
    calibration: Calibration | None = None

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
    versions: Sequence[Reading] = (),
) -> Report:
    """Score systems against gold.

    Args:
        gold: readings of `read_gold`, with the protocol's `versions`; several versions of one text make one article.
        systems: for each system, its readings of all gold texts in any order (one reading per text).
        protocol: a protocol or its name.
        resamples: number of bootstrap resamples over articles.
        seed: of the resamples.
        versions: all annotators' versions of the articles, to tell how far they agree.

    Raises:
        UsageError: there is no gold, an unknown protocol, or a system did not read one of the texts.

    """
    rules = protocol_named(protocol) if isinstance(protocol, str) else protocol
    if not gold:
        raise UsageError("no gold articles to evaluate on")
    ours = [rules.prepare(reading) for reading in gold]
    return Report(
        protocol=rules.name,
        note=rules.note,
        articles=len({reading.document.text for reading in ours}),
        items=sum(len(reading.attributions) for reading in ours),
        unit="attributions",
        resamples=resamples,
        seed=seed,
        metrics=rules.metrics,
        main=rules.main,
        systems=compare({name: _by_article(name, ours, found, rules) for name, found in systems.items()}, rules.metrics, resamples, seed),
        agreement=agreement(versions, rules, resamples, seed),
        references=rules.references,
    )


def compare(
    counts: Mapping[str, Sequence[Counts]], metrics: Sequence[Metric], resamples: int = bootstrap.RESAMPLES, seed: int = bootstrap.SEED
) -> tuple[SystemReport, ...]:
    """The figures of systems whose counts are known, each with its differences from the first.

    Args:
        counts: for each system, the counts of every article, in the same order of articles.
        metrics: the figures to work out of them.
        resamples: number of bootstrap resamples over articles.
        seed: of the resamples.

    """
    scored: list[SystemReport] = []
    first: tuple[Floats, Floats] | None = None
    for name, by_article in counts.items():
        matrix, place = bootstrap.table(by_article, metrics)
        values = bootstrap.scores(matrix.sum(axis=0), place, metrics)
        samples = bootstrap.scores(bootstrap.draws(len(by_article), resamples, seed) @ matrix, place, metrics)[..., 2]
        differences = {} if first is None else _differences(metrics, values[:, 2] - first[0], samples - first[1])
        first = first or (values[:, 2], samples)
        scored.append(SystemReport(name, bootstrap.figures(metrics, values, samples), differences))
    return tuple(scored)


def _by_article(name: str, gold: Sequence[Reading], predicted: Sequence[Reading], rules: Protocol) -> list[Counts]:
    """Counts per distinct text, in order of first appearance: versions of one article are one cluster."""
    by_text = {reading.document.text: reading for reading in predicted}
    prepared: dict[str, Reading] = {}
    counts: defaultdict[str, list[Counts]] = defaultdict(list)
    for reading in gold:
        text = reading.document.text
        if text not in by_text:
            label = reading.document.origin or reading.document.id
            raise UsageError(f"system {name!r} has no reading of article {label}: give one per gold text, empty if it was rejected")
        if text not in prepared:
            prepared[text] = rules.prepare(by_text[text])
        counts[text].append(rules.count(reading, prepared[text]))
    return [add(several) for several in counts.values()]


def _differences(metrics: Sequence[Metric], values: Floats, samples: Floats) -> dict[str, Difference]:
    return {
        metric.name: Difference(known(values[n]), *(known(end) for end in bootstrap.interval(samples[:, n])))
        for n, metric in enumerate(metrics)
    }


def to_json(report: Report) -> dict[str, Any]:
    """The report as plain dictionaries and lists; numbers rounded to four places."""
    value = asdict(report)
    value[value.pop("unit")] = value.pop("items")
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
