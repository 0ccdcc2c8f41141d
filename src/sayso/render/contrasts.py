"""Comparisons in plain words: contrasts and typical words as tables for the terminal, as JSON, and as sheets.

Always true here: wording is of what was observed, never a verdict; every row says how many stories, articles and words it rests on; rows of
which nothing may be said are gray and say why; names are safe to show.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sayso.compare.contrasts import FEW_FOUND, FEW_STORIES, LEAST, VERDICTLESS, Contrast
from sayso.compare.logodds import Vocabulary
from sayso.compare.report import Comparison
from sayso.compare.vocabulary import Spoken
from sayso.export.cells import neutral
from sayso.render.grids import Grid
from sayso.render.safe import one_line
from sayso.render.words import many

SCHEMA, WORDS_SCHEMA = "sayso-compare/1", "sayso-words/1"
MOST_GRAY = 12  # gray rows of one measure that are shown; the sheet has all

COLUMNS = (
    *("measure", "unit", "by", "group", "against", "said", "stories", "articles", "other_articles", "found", "other_found", "counted"),
    *("base", "other_base", "level", "other_level", "difference", "low", "high", "p", "q", "detectable", "equivalence_p", "correction"),
    *("tests", "confidence", "resamples", "seed", "copies", "version", "bundle"),
)


def grids(report: Comparison) -> list[Grid]:
    """One table for each measure, and the rows of which nothing may be said in gray."""
    made = []
    for name in dict.fromkeys(row.measure for row in report.rows):
        rows = sorted((row for row in report.rows if row.measure == name), key=_order)
        gray = [row for row in rows if row.said in VERDICTLESS]
        shown = [row for row in rows if row.said not in VERDICTLESS] + gray[:MOST_GRAY]
        hidden = len(gray) - len(gray[:MOST_GRAY])
        columns = (report.asked.by, "against", ">stories", ">articles", f">{rows[0].counted}", ">level", ">diff.",
                   f">{100 * report.settings.level:.0f} % interval", ">q", "may be said", ">detectable")  # fmt: skip
        dim = frozenset(place for place, row in enumerate(shown) if row.said in VERDICTLESS)
        note = f"and {hidden} more of which nothing may be said (--csv has them)" if hidden else ""
        thin = {">articles", f">{rows[0].counted}", ">detectable"}  # what is left out where there is little room
        spare = frozenset(thin | {"against"} if report.asked.against == "rest" else thin)
        made.append(Grid(f"{one_line(name)}, {rows[0].unit}", columns, tuple(_cells(row) for row in shown), dim, note, spare))
    return made


def facts(report: Comparison) -> list[str]:
    """What has to be known to judge the table, a line each."""
    made, settings = report.generator, report.settings
    return [
        f"{_stories(report.stories)}, {many(report.articles, 'article')}, {many(len(report.groups), 'group')} "
        f"by {one_line(report.asked.by)}; "
        f"copies counted {report.asked.copies}.",
        *(f"{note[0].upper()}{note[1:]}." for note in report.notes),
        f"{report.tests} tests were made; a difference is told where q ≤ {settings.rate:g} (false discovery rate over this "
        f"table) and the interval leaves out 0. Seed {settings.seed}, {settings.resamples:,} resamples. "
        f"Read by sayso {made.version}, {made.bundle}.",
        "Difference: mean within stories that both sides tell, in the unit of the table. Detectable: the smallest true difference that a "
        "single test would find in 8 of 10 such samples; “not told apart” leaves open whether there is a smaller one.",
        f"Gray: fewer than {LEAST} stories, or fewer than {LEAST} findings to be expected on a side.",
    ]


def to_json(report: Comparison) -> dict[str, Any]:
    """The report as plain dictionaries and lists."""
    asked = asdict(report.asked)
    del asked["tags"]
    return {
        "schema": SCHEMA,
        "generator": asdict(report.generator),
        **asked,
        "settings": asdict(report.settings),
        "groups": list(report.groups),
        "stories": report.stories,
        "articles": report.articles,
        "tests": report.tests,
        "notes": list(report.notes),
        "contrasts": [_rounded(asdict(row)) for row in report.rows],
    }


def sheet(report: Comparison) -> str:
    """The rows as CSV under `COLUMNS`."""
    return rows_as_csv(COLUMNS, table(report))


def table(report: Comparison) -> list[tuple[object, ...]]:
    """The rows under `COLUMNS`, unrounded; what is not known is None."""
    settings, made = report.settings, report.generator
    tail = (report.tests, settings.level, settings.resamples, settings.seed, report.asked.copies, made.version, made.bundle)
    return [(*_row(row, report.asked.by), *tail) for row in report.rows]


def rows_as_csv(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A sheet; what a spreadsheet would run as a formula is given an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def word_grids(found: Sequence[Spoken]) -> list[Grid]:
    """One table of typical words for each group that has one."""
    return [_word_grid(one, one.vocabulary) for one in found if one.vocabulary]


def word_facts(found: Sequence[Spoken], dropped: Sequence[str], resamples: int, seed: int) -> list[str]:
    """What has to be known to judge typical words, a line each."""
    few = [one_line(one.group) for one in found if not one.vocabulary]
    priors = {one.vocabulary.prior for one in found if one.vocabulary}
    return [
        *([f"Nothing may be said of {', '.join(few)}: fewer than {LEAST} shared stories, or no words in this voice."] if few else []),
        f"Log-odds ratio with an informative Dirichlet prior of {', '.join(f'{prior:,.0f}' for prior in sorted(priors))} words in the "
        "proportions of both sides together. Above 0: this group uses the word more than the others do in the same stories.",
        f"Interval: 95 %, articles drawn again whole, {resamples:,} resamples, seed {seed}. q: false discovery rate over all words tried. "
        "z: the published statistic, which takes words for independent draws.",
        f"Not counted, being parts of outlets' names: {', '.join(map(one_line, dropped)) or 'none'}.",
    ]


def words_json(found: Sequence[Spoken], dropped: Sequence[str], resamples: int, seed: int) -> dict[str, Any]:
    """Typical words as plain dictionaries and lists."""
    sign = "above 0: the group uses the word more than the others in the same stories"
    rows = [asdict(one) for one in found]
    return {"schema": WORDS_SCHEMA, "sign": sign, "resamples": resamples, "seed": seed, "dropped": list(dropped), "groups": rows}


WORD_COLUMNS = ("group", "voice", "word", "here", "there", "articles", "logodds", "low", "high", "z", "q", "tried", "prior", "stories")


def word_sheet(found: Sequence[Spoken]) -> str:
    """Typical words as CSV under `WORD_COLUMNS`."""
    return rows_as_csv(
        WORD_COLUMNS,
        [
            (one.group, one.voice, w.word, w.here, w.there, w.articles, w.logodds, w.low, w.high, w.z, w.q,
             made.tried, made.prior, one.stories)
            for one in found
            if (made := one.vocabulary)
            for w in made.words
        ],
    )  # fmt: skip


def _word_grid(one: Spoken, made: Vocabulary) -> Grid:
    caption = (
        f"{one_line(one.group)}, {one.voice} voice: {_stories(one.stories)}; {made.here[0]:,} words in {made.here[1]} articles against "
        f"{made.there[0]:,} in {made.there[1]}; {made.tried:,} words tried"
    )
    rows = tuple(
        (one_line(w.word), f"{w.here}", f"{w.there}", f"{w.articles}", f"{w.logodds:+.2f}", f"{w.low:+.2f} to {w.high:+.2f}", _p(w.q),
         f"{w.z:+.1f}")
        for w in made.words
    )  # fmt: skip
    columns = ("word", ">here", ">others", ">articles", ">log-odds", ">95 % interval", ">q", ">z")
    dim = frozenset(place for place, w in enumerate(made.words) if w.q > 0.05)
    return Grid(caption, columns, rows, dim, "Gray: q above .05." if dim else "", frozenset({">z", ">articles"}))


def _cells(row: Contrast) -> tuple[str, ...]:
    amounts = (row.here, row.there)
    interval = f"{_signed(row.low)} to {_signed(row.high)}" if row.low is not None and row.high is not None else ""
    said = {FEW_STORIES: f"{_stories(row.stories)}: nothing", FEW_FOUND: "too few findings: nothing"}.get(row.said, row.said)
    return (
        one_line(row.group),
        one_line(row.against),
        f"{row.stories:,}",
        _both(f"{each.articles:,}" for each in amounts),
        _both(f"{each.base:,.0f}" for each in amounts),
        "" if row.level is None or row.other_level is None else f"{row.level:.2f} | {row.other_level:.2f}",
        _signed(row.value),
        interval,
        _p(row.q),
        f"{said}; {row.corrected}" if row.corrected else said,
        "" if row.detectable is None else f"{row.detectable:.2f}",
    )


def _stories(number: int) -> str:
    return "1 story" if number == 1 else f"{number:,} stories"


def _both(amounts: Any) -> str:
    return " | ".join(amounts)


def _row(row: Contrast, by: str) -> tuple[object, ...]:
    here, there = row.here, row.there
    return (row.measure, row.unit, by, row.group, row.against, row.said, row.stories, here.articles, there.articles, here.found,
            there.found, row.counted, here.base, there.base, row.level, row.other_level, row.value, row.low, row.high, row.p, row.q,
            row.detectable,
            row.equivalent, row.corrected)  # fmt: skip


def _order(row: Contrast) -> tuple[bool, float, str]:
    return row.said in VERDICTLESS, -(row.value or 0.0), row.group


def _signed(value: float | None) -> str:
    return "" if value is None else f"{value:+.2f}"


def _p(value: float | None) -> str:
    return "" if value is None else "< .001" if value < 0.001 else f"{value:.3f}".removeprefix("0")


def _cell(value: object) -> object:
    if isinstance(value, str):
        return neutral(one_line(value))
    return "" if value is None else round(value, 6) if isinstance(value, float) else value


def _rounded(item: dict[str, Any]) -> dict[str, Any]:
    return {name: round(value, 6) if isinstance(value, float) and name not in ("p", "q") else value for name, value in item.items()}
