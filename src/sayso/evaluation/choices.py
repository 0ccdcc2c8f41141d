"""One label for each gold item: accuracy, F1 of every label and their plain mean; and reports over clusters of texts.

Always true here: a system gives each item one label, or none where it did not hear the item at all, which is wrong; labels that the gold
has no case of are left out of macro-F1; texts of one cluster (an article, an outlet, a document) are drawn together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from sayso.errors import UsageError
from sayso.evaluation import bootstrap
from sayso.evaluation.agreement import Agreement, pooled
from sayso.evaluation.calibration import Calibration
from sayso.evaluation.metrics import Counts, Metric, add, f1, share
from sayso.evaluation.report import Report, compare

Version = TypeVar("Version")
NONE = "none"  # what stands for the label of an item that was not heard


def label_counts(name: str, pairs: Sequence[tuple[str, str]], labels: Sequence[str]) -> Counts:
    """The counts that `label_metrics` rest on, from pairs (gold, predicted)."""
    ours, theirs = (Counter(side) for side in zip(*pairs, strict=True)) if pairs else (Counter[str](), Counter[str]())
    right = Counter(gold for gold, predicted in pairs if gold == predicted)
    counts = share(f"{name}.accuracy", right.total(), len(pairs))
    for label in labels:
        counts |= f1(f"{name}={label}", right[label], theirs[label], ours[label])
    return counts


def label_metrics(name: str, section: str, labels: Sequence[str]) -> tuple[Metric, ...]:
    """Macro-F1 `name`, accuracy `name.accuracy`, and the F1 `name=label` of each label."""
    return (
        Metric(name, "macro-F1", section, parts=tuple(f"{name}={label}" for label in labels)),
        Metric(f"{name}.accuracy", "accuracy", section, share=True),
        *(Metric(f"{name}={label}", label, section) for label in labels),
    )


def most_frequent(labels: Sequence[str]) -> str:
    """The label that stands most often, the first of them where several do; `NONE` of no labels."""
    return max(Counter(labels).items(), key=lambda item: item[1])[0] if labels else NONE


def by_cluster(keys: Sequence[str], counts: Sequence[Counts]) -> list[Counts]:
    """The sums of the counts of each cluster, in order of first appearance."""
    groups: dict[str, list[Counts]] = {}
    for key, one in zip(keys, counts, strict=True):
        groups.setdefault(key, []).append(one)
    return [add(group) for group in groups.values()]


def both_ways(
    keys: Sequence[str],
    versions: Sequence[tuple[Version, Version] | None],
    count: Callable[[int, Version, Version], Counts],
    metrics: Sequence[Metric],
    resamples: int = bootstrap.RESAMPLES,
    seed: int = bootstrap.SEED,
) -> Agreement | None:
    """How far two annotators agree; None if nothing was annotated twice.

    Args:
        keys: the cluster of each text.
        versions: the two versions of each text, where there are two.
        count: counts of the text of that number, one version as gold and another as predicted.
        metrics: the figures to work out of the counts.
        resamples: number of bootstrap resamples over clusters.
        seed: of the resamples.

    """
    twice = [(key, number, pair) for number, (key, pair) in enumerate(zip(keys, versions, strict=True)) if pair]
    if not twice:
        return None
    counts = [add((count(number, one, other), count(number, other, one))) for _, number, (one, other) in twice]
    found = pooled(by_cluster([key for key, *_ in twice], counts), len(twice), metrics, resamples, seed)
    return Agreement(len(twice), len(twice), found.figures)


def report(
    protocol: tuple[str, str],
    keys: Sequence[str],
    items: tuple[int, str],
    counts: Mapping[str, Sequence[Counts]],
    metrics: tuple[Metric, ...],
    clusters: str = "clusters",
    main: tuple[str, ...] = (),
    agreement: Agreement | None = None,
    calibration: Calibration | None = None,
    resamples: int = bootstrap.RESAMPLES,
    seed: int = bootstrap.SEED,
) -> Report:
    """The report of systems whose counts are known for each text.

    Args:
        protocol: its name, and what it compares in one line.
        keys: the cluster of each text.
        items: how many gold items there are, and what they are called.
        counts: for each system the counts of each text, in one order.
        metrics: all figures, in order.
        clusters: what a cluster is (`outlets`).
        main: names of the figures that are printed first; empty if all are.
        agreement: what two annotators reach.
        calibration: whether confidences keep their word.
        resamples: number of bootstrap resamples over clusters.
        seed: of the resamples.

    Raises:
        UsageError: there are no gold items.

    """
    if not items[0]:
        raise UsageError(f"no gold {items[1]} for the protocol {protocol[0]} in these files: nothing to evaluate")
    grouped = {system: by_cluster(keys, rows) for system, rows in counts.items()}
    return Report(
        protocol=protocol[0],
        note=protocol[1],
        articles=len(keys),
        items=items[0],
        unit=items[1],
        resamples=resamples,
        seed=seed,
        metrics=metrics,
        main=main,
        systems=compare(grouped, metrics, resamples, seed),
        agreement=agreement,
        clusters=clusters,
        calibration=calibration,
    )
