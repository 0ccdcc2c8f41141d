"""Outlets against each other, as charts: each one's difference from the others within the stories that both tell.

Always true here: every measure stands for one voice; a measure's scale is the same wherever it is shown; what rests on too few says so.
"""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.compare.contrasts import HIGHER, LOWER, OPEN, VERDICTLESS
from sayso.render.safe import one_line
from sayso.site.charts import Chart, Point, chart, number
from sayso.site.kept import MAKEUP, OTHERS, OWN, SOURCING
from sayso.store.store import Store

TITLES = {
    "loaded": "Loaded words",
    "editorial": "Evaluations, calls and the like",
    "certainty:hedge": "Hedges",
    "certainty:booster": "Boosters",
    "own_share": "Words in the outlet's own voice",
    "quoted_share": "Words quoted",
    "reported_share": "Words reported",
    "sources": "Sources in an article",
    "unnamed_share": "Sources not named",
    "kind:person": "Sources that are persons",
    "kind:government": "Sources that are governments",
    "kind:organization": "Sources that are organizations",
    "kind:media": "Sources that are other media",
    "kind:document": "Sources that are documents",
    "kind:group": "Sources that are groups of people",
    "standing:official": "Officials among the sources",
    "standing:politician": "Politicians among the sources",
    "standing:expert": "Experts among the sources",
    "standing:citizen": "Citizens among the sources",
}
VOICE = {
    "own": "in its own voice",
    "endorsed": "in words handed over as true",
    "neutral": "in words handed over neutrally",
    "distanced": "in words handed over from a distance",
}
PANELS = (
    ("In the outlet's own voice", "Findings in words that no source is given for.", OWN),
    ("In the words of others, each voice by itself", "Wording here is the speakers'; whom to hand over is the outlet's choice.", OTHERS),
    ("What the articles are made of", "Shares of the words of an article.", MAKEUP),
    ("Whom they let speak", "Sources whose identity is known; each counts once in an article.", SOURCING),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Panel:
    """Charts that belong together."""

    title: str
    about: str
    charts: tuple[Chart, ...]


def missing(store: Store) -> str:
    """What has to be done before outlets can be compared; empty if nothing."""
    if not store.has("stories"):
        return (
            "Outlets are compared within stories that several of them tell, and no stories were looked for yet:"
            f" `sayso stories {shlex.quote(str(store.path))}` finds them."
        )
    found = store.sql("SELECT note FROM site_notes WHERE about = 'missing'").rows
    return one_line(found[0][0]) if found else ""


def panels(store: Store, outlets: Sequence[str]) -> tuple[Panel, ...]:
    """All charts in which some outlet has a value, with a row for each of these outlets."""
    found: defaultdict[str, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    table = store.sql("SELECT * FROM site_contrasts")
    for row in table.rows:
        values = dict(zip(table.columns, row, strict=True))
        found[values["measure"]][values["outlet"]] = values
    made = []
    for title, about, names in PANELS:
        charts = [contrast_chart(name, found[name], outlets) for name in names if name in found]
        shown = tuple(chart for chart in charts if any(dot.x is not None for dot in chart.dots))
        if shown:
            made.append(Panel(title, about, shown))
    return tuple(made)


def contrast_chart(measure: str, rows: Mapping[str, Mapping[str, Any]], outlets: Sequence[str]) -> Chart:
    """The chart of one measure: each outlet's difference from the others in the stories that both tell."""
    known = [rows[outlet] for outlet in outlets if outlet in rows]
    name, _, voice = measure.partition("/")
    title = TITLES.get(name, name) + (f", {VOICE[voice]}" if voice and voice != "own" else "")
    unit = str(known[0]["unit"]).partition(" (")[0] if known else ""
    return chart(title, unit, [contrast_point(row) for row in known])


def contrast_point(row: Mapping[str, Any]) -> Point:
    """One outlet in one measure, with what may be said of it."""
    few = row["said"] in VERDICTLESS
    return Point(
        one_line(row["outlet"]),
        row["value"],
        row["low"],
        row["high"],
        f"{row['stories']:,} {'story' if row['stories'] == 1 else 'stories'}",
        said(row),
        few=few,
        told=row["said"] in (HIGHER, LOWER),
        outlet=row["outlet"],
    )


def said(row: Mapping[str, Any]) -> str:
    """What may be said of a contrast, in words."""
    if row["said"] in (HIGHER, LOWER):
        return "more than the others" if row["said"] == HIGHER else "less than the others"
    if row["said"] == OPEN:
        smallest = row["detectable"]
        return "not told apart" + (f"; a difference of {number(smallest)} would be found" if smallest else "")
    return str(row["said"])
