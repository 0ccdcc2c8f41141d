"""What stands in annotated articles, counted: the tables of their data card.

Always true here: counts need no text, agreement does; first annotations are counted, second ones only serve agreement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sayso.evaluation.agreement import agreement
from sayso.evaluation.cardtables import figure, head, line
from sayso.evaluation.labels import CLOSED
from sayso.evaluation.protocols import PROTOCOLS
from sayso.evaluation.rowvalues import SPLITS, Row
from sayso.measures.heard import TRIGGERS
from sayso.reading import Reading

_CONTENTS: tuple[tuple[str, Callable[[Row], int]], ...] = (
    ("articles", lambda row: bool(row["id"])),
    ("… opinionated", lambda row: row["opinion"]),
    ("… annotated twice", lambda row: "second" in row),
    ("attributions", lambda row: len(row["attributions"])),
    ("… inside another one", lambda row: sum(item["within"] is not None for item in row["attributions"])),
    ("… with a relay (`via`)", lambda row: sum(bool(item["via"]) for item in row["attributions"])),
    ("… of named speakers", lambda row: sum(item["named"] for item in row["attributions"])),
    ("own-voice evaluations", lambda row: len(row["own_voice_evaluations"])),
    ("loaded words or phrases", lambda row: len(row["loaded"])),
    ("… in the outlet's voice", lambda row: sum(item["speaker"] == "outlet" for item in row["loaded"])),
    ("characters", lambda row: row["length"] + row["final_line_break"]),
)
_AGREEMENT = ("detected", "linked_soft", "all_exact", "inner.linked_soft", "parent", "parent_inner", "speaker", "b3", "via", "chain")


def counts(rows: Sequence[Row]) -> str:
    """The counts of detached rows by split: what there is, where it is from, and how often each label was given."""
    heads = [*(split for split in SPLITS if any(row["split"] == split for row in rows)), "all"]
    groups = [[row for row in rows if part in (row["split"], "all")] for part in heads]
    lines = head("", heads)
    lines += [line(name, [sum(map(count, group)) for group in groups]) for name, count in _CONTENTS]
    lines.append(line("outlets", [len({row["outlet"] for row in group}) for group in groups]))
    for name in sorted({row["set"] for row in rows}):
        lines.append(line(f"articles of `{name}`", [sum(row["set"] == name for row in group) for group in groups]))
    for batch in sorted({row.get("batch", 1) for row in rows}):
        lines.append(line(f"articles of batch {batch}", [sum(row.get("batch", 1) == batch for row in group) for group in groups]))
    for label, values in CLOSED.items():
        tallies = [Counter(item[label] for row in group for item in row["attributions"]) for group in groups]
        lines += ["", *head(f"`{label}`", heads), *(line(value, [tally[value] for tally in tallies]) for value in values)]
    tallies = [Counter(item["trigger"] for row in group for item in row["own_voice_evaluations"]) for group in groups]
    lines += ["", *head("own-voice `trigger`", heads), *(line(value, [tally[value] for tally in tallies]) for value in TRIGGERS)]
    return "\n".join(lines) + "\n"


def agreements(rows: Sequence[Row], readings: Sequence[Reading]) -> str | None:
    """How far two annotators agree; None if no article was annotated twice.

    Percent with the 95% interval over articles: F1 or shares as `sayso evaluate` gives them, over both directions; then accuracy and
    macro-F1 of every label of linked attributions, with how often the first annotations give each value; then F1 over the characters of
    loaded words and own-voice evaluations.

    Args:
        rows: full rows.
        readings: all versions of the same articles, as `read_gold` gives them.

    """
    twice = [row for row in rows if "second" in row]
    protocol = PROTOCOLS["contract"]
    found = agreement(readings, protocol)
    if found is None:
        return None
    titles = {metric.name: (metric.section, metric.title) for metric in protocol.metrics}
    spans = sum(len(row["attributions"]) for row in twice)
    lines = [f"{found.articles} articles, annotated twice; {spans} attributions in their first annotation.", ""]
    lines += head("", ["cases", "agreement", "95%"])
    lines += [figure(": ".join(titles[name]), "", found.figures[name]) for name in _AGREEMENT]
    labels = [name.removeprefix("label.") for name in titles if name.startswith("label.") and "=" not in name]
    for label in labels:
        cases = Counter(item[label] for row in twice for item in row["attributions"])
        lines.append(figure(f"`{label}`, accuracy", "", found.figures[f"label.{label}"]))
        if label in CLOSED:
            lines.append(figure(f"`{label}`, macro-F1", "", found.figures[f"macro.{label}"]))
            lines += [figure(f"· {value}, F1", cases[value], found.figures[f"label.{label}={value}"]) for value in CLOSED[label]]
    for key in ("loaded", "own_voice_evaluations"):
        value = characters(twice, key)
        lines.append(line(f"`{key}`, characters, F1", ["", "–" if value is None else f"{100 * value:.1f}", ""]))
    return "\n".join(lines) + "\n"


def characters(rows: Iterable[Mapping[str, Any]], key: str) -> float | None:
    """F1 over the characters that two annotators marked, all articles together; None if neither marked any."""
    both = marked = 0
    for row in rows:
        one, other = ({at for item in version[key] for at in range(*item["span"])} for version in (row, row["second"]))
        both += len(one & other)
        marked += len(one) + len(other)
    return 2 * both / marked if marked else None
