"""A report as a table of plain text: one row per figure, the main figures unless all are asked for.

Always true here: numbers are percent with one decimal; per system precision, recall, F1 (or the share) and its 95% interval, and the paired
difference from the first system; then what the annotators reach among themselves, then published figures. More than two systems stand
one below the other under each figure, fewer side by side.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.evaluation.bootstrap import Figure
from sayso.evaluation.metrics import Metric
from sayso.evaluation.report import Difference, Report

NAME, AGREEMENT = 38, 21  # widths of columns
SIDE_BY_SIDE = 2  # systems, at most


def table(report: Report, full: bool = False) -> str:
    """The report as lines of text.

    Args:
        report: what to print.
        full: print every figure, not the main ones only.

    """
    shown = report.metrics if full or not report.main else _main(report)
    lines = [
        f"protocol {report.protocol}: {report.note}",
        f"{report.articles} {'articles' if report.clusters == 'articles' else 'texts'}, {report.items} {report.unit}; "
        f"95% intervals from {report.resamples} resamples of {report.clusters} (seed {report.seed})",
        "",
        *(_below if len(report.systems) > SIDE_BY_SIDE else _beside)(report, shown),
        *_notes(report, len(report.metrics) - len(shown)),
    ]
    return "\n".join(lines) + "\n"


def _beside(report: Report, shown: Sequence[Metric]) -> list[str]:
    """One row per figure, one column per system."""
    first = report.systems[0].name if report.systems else ""
    heads, columns = [f"{'':{NAME}}"], [f"{'percent':{NAME}}"]
    for system in report.systems:
        heads.append(f"{_short(system.name, 33):^33}")
        columns.append(f"{'P':>6}{'R':>6}{'F1':>6} {'95%':^14}")
        if system.differences:
            heads.append(f"{_short(f'minus {first}', 21):^21}")
            columns.append(f"{'F1':>6} {'95%':^14}")
    if report.agreement:
        heads.append(f"{'two annotators':^{AGREEMENT}}")
        columns.append(f"{'F1':>6} {'95%':^14}")
    heads += [f"{_short(reference.name, 9):>9}" for reference in report.references]
    columns += [f"{'':>9}" for _ in report.references]
    lines = [" │ ".join(heads).rstrip(), " │ ".join(columns).rstrip()]
    section = ""
    for metric in shown:
        if metric.section != section:
            section = metric.section
            lines.append(f"─ {section} ".ljust(NAME, "─"))
        lines.append(" │ ".join(_row(report, metric)).rstrip())
    return lines


def _below(report: Report, shown: Sequence[Metric]) -> list[str]:
    """One block per figure, one row per system; figures that nobody has are left out."""
    first = _short(f"minus {report.systems[0].name}", AGREEMENT)
    lines = [f"{'percent':{NAME}} │ {'P':>6}{'R':>6}{'F1':>6} {'95%':^14} │ {first:^{AGREEMENT}}".rstrip()]
    for metric in shown:
        rows = [(system.name, system.figures[metric.name], system.differences.get(metric.name)) for system in report.systems]
        if report.agreement:
            rows.append(("two annotators", report.agreement.figures[metric.name], None))
        if all(figure.value is None for _, figure, _ in rows):
            continue
        lines.append(f"─ {metric.section}: {metric.title} ".ljust(2 * NAME, "─"))
        for name, figure, difference in rows:
            parts = f"{_percent(figure.precision, none=''):>6}{_percent(figure.recall, none=''):>6}{_value(figure)}"
            row = f"{_short('  ' + name, NAME):{NAME}} │ {parts}" + (f" │ {_value(difference, '+')}" if difference else "")
            lines.append(row.rstrip())
    return lines


def _main(report: Report) -> tuple[Metric, ...]:
    by_name = {metric.name: metric for metric in report.metrics}
    return tuple(by_name[name] for name in report.main)


def _notes(report: Report, left_out: int) -> list[str]:
    lines = []
    if report.agreement:
        of = "articles" if report.clusters == "articles" else "texts"
        pairs = f"{report.agreement.articles} of these {of} were annotated more than once ({report.agreement.pairs} pairs of versions)"
        lines += ["", f"two annotators: {pairs}; one version scored against the other, both ways."]
    if report.calibration:
        found = report.calibration
        lines += ["", f"confidence of {found.of}: expected calibration error {100 * found.error:.1f} over {found.cases} cases"]
        lines += [f"  {100 * part.confidence:5.1f} said, {100 * part.right:5.1f} right ({part.cases})" for part in found.bins]
    if report.references:
        lines += ["", "Published figures, not computed here:", *(f"{reference.name}: {reference.note}" for reference in report.references)]
    if left_out:
        lines += ["", f"{left_out} more figures (spans, every step, every label): --all, or --json"]
    return lines


def _row(report: Report, metric: Metric) -> list[str]:
    cells = [f"{_short('  ' + metric.title, NAME):{NAME}}"]
    for system in report.systems:
        figure = system.figures[metric.name]
        cells.append(f"{_percent(figure.precision, none=''):>6}{_percent(figure.recall, none=''):>6}{_value(figure)}")
        if system.differences:
            cells.append(_value(system.differences[metric.name], "+"))
    if report.agreement:
        cells.append(_value(report.agreement.figures[metric.name]))
    cells += [
        f"{reference.percent[metric.name]:>9.1f}" if metric.name in reference.percent else f"{'':>9}" for reference in report.references
    ]
    return cells


def _value(figure: Figure | Difference, sign: str = "") -> str:
    span = f"[{_percent(figure.low, sign)}, {_percent(figure.high, sign)}]" if figure.value is not None else ""
    return f"{_percent(figure.value, sign):>6} {span:^14}"


def _percent(share: float | None, sign: str = "", none: str = "–") -> str:
    return none if share is None else f"{100 * share:{sign}.1f}"


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
