"""The sample that people label: drawn at random, written as a sheet, read back, and put to the contrasts.

The sheet does not say what the measure found: whoever labels must not see it. One row is one article and one measure; the last column,
`label`, is to be filled with how many there are by the codebook in `passage`, the words of that voice.

Always true here: each group's articles have equal chances; the draw depends on the seed and on the ids only.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from sayso.compare.cells import coefficients, side
from sayso.compare.contrasts import REST, Contrast, Settings
from sayso.compare.decisions import detectable, equivalence
from sayso.compare.measured import Measure
from sayso.compare.rectified import LEAST, Sample, rectified
from sayso.compare.student import quantile, two_sided
from sayso.compare.units import Measured, Units
from sayso.errors import UsageError
from sayso.measures.books import Classes
from sayso.store.store import Store

COLUMNS = ("article", "by", "group", "measure", "outlet", "title", "url", "passage", "label")
Labels = Mapping[str, Mapping[str, float]]


def sample(of: Units, number: int, seed: int) -> list[int]:
    """Places of the articles drawn: `number` of each group, or all where it has fewer; in order of groups and ids."""
    generator = np.random.default_rng(seed)
    drawn: list[int] = []
    for group in range(len(of.groups)):
        among = np.flatnonzero(of.group == group)
        drawn += sorted(generator.permutation(among)[:number].tolist())
    return drawn


def rows(store: Store, of: Units, chosen: Sequence[Measure], drawn: Sequence[int]) -> list[tuple[str, ...]]:
    """The rows of the sheet, by `COLUMNS`, with nothing in the last one.

    Raises:
        UsageError: a measure is no tally; only what is counted in a passage can be labeled.

    """
    plain = [one.name for one in chosen if not one.tally]
    if plain:
        raise UsageError(f"{', '.join(plain)} cannot be labeled in passages: name tallies only, such as --measure loaded/own")
    places = {of.ids[place]: place for place in drawn}
    made: dict[str, list[tuple[str, ...]]] = {}
    for reading in store.readings(places):
        document, place = reading.document, places[reading.document.id]
        classes = Classes(reading)
        group = of.groups[of.group[place]]
        made[document.id] = [
            (document.id, of.by, group, one.name, document.outlet or "", document.title or "", document.url or "",
             document[classes.spans(one.voice)], "")
            for one in chosen
        ]  # fmt: skip
    return [row for place in drawn for row in made.get(of.ids[place], ())]


def read_labels(path: Path) -> dict[str, dict[str, float]]:
    """The labels by measure and article; rows without a label are left out.

    Raises:
        UsageError: it cannot be read, lacks a column, or a label is no number of at least 0.

    """
    found: dict[str, dict[str, float]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file, restval=""), 2):
                if not {"article", "measure", "label"} <= row.keys():
                    raise UsageError(f"{path} needs the columns article, measure and label")
                if (row["label"] or "").strip():
                    found.setdefault(row["measure"], {})[row["article"]] = _number(row["label"], path, number)
    except (OSError, UnicodeError, csv.Error) as error:
        raise UsageError(f"cannot read {path} as CSV ({getattr(error, 'strerror', None) or error}): name a CSV file in UTF-8") from None
    if not found:
        raise UsageError(f"{path} has no labels: fill its column `label`")
    return found


def corrected(rows: Iterable[Contrast], measured: Sequence[Measured], of: Units, labels: Labels, settings: Settings) -> list[Contrast]:
    """The rows with the measure's error taken out, wherever there are labels enough on both sides; the others say why not."""
    columns = {one.name: (block, column) for block in measured for column, one in enumerate(block.measures)}
    return [_corrected(row, *columns[row.measure], of, labels.get(row.measure, {}), settings) for row in rows]


def _corrected(row: Contrast, block: Measured, column: int, of: Units, labels: Mapping[str, float], settings: Settings) -> Contrast:
    if row.p is None or row.error is None or row.value is None or not labels:
        return row
    cells, place = block.joined(of)
    other = None if row.against == REST else of.groups.index(row.against)
    found = side(cells.cells, of.groups.index(row.group), other)
    moves = dict(zip(zip(found.cells.story.tolist(), found.cells.group.tolist(), strict=True), coefficients(found).tolist(), strict=True))
    kappa = np.array([moves.get(key, 0.0) for key in zip(of.story.tolist(), of.group.tolist(), strict=True)])
    kappa[place < 0] = 0.0
    true = np.array([labels.get(article, np.nan) for article in of.ids])
    samples = []
    for group in np.unique(of.group[kappa != 0.0]):
        inside = (of.group == group) & (kappa != 0.0)
        known = inside & ~np.isnan(true)
        if known.sum() < LEAST:
            return replace(row, corrected=f"not corrected: {int(known.sum())} labels in {of.groups[group]}, {LEAST} are needed")
        samples.append(Sample(int(inside.sum()), kappa[known] * block.found[known, column], kappa[known] * true[known]))
    made = rectified(row.value, row.error, row.stories, samples)
    if not made.error > 0.0:
        return replace(row, corrected="not corrected: the labels do not vary")
    half = quantile((1.0 + settings.level) / 2.0, made.freedom) * made.error
    margin = settings.margins.get(row.measure)
    return replace(
        row,
        value=made.value,
        error=made.error,
        low=made.value - half,
        high=made.value + half,
        p=max(two_sided(made.value / made.error, made.freedom), 1e-300),
        detectable=detectable(made.error, made.freedom),
        equivalent=equivalence(made.value, made.error, made.freedom, margin) if margin else None,
        corrected=f"{sum(len(each.true) for each in samples)} labels, λ = {made.weight:.2f}",
    )


def _number(label: str, path: Path, line: int) -> float:
    try:
        value = float(label)
    except ValueError:
        value = -1.0
    if not 0.0 <= value < float("inf"):
        raise UsageError(f"{path}, line {line}: {label[:40]!r} is no number of at least 0")
    return value
