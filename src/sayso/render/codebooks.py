"""Codebooks, reports of fitting and codings in plain words.

Always true here: everything that comes from a file or an article is safe to show (`render.safe`); a ranked passage is never called coded;
what an outlet says and what its sources say stand apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten
from typing import Any

from sayso.codebooks.apply import SOURCES, WHOLE, Applied, Coding
from sayso.codebooks.book import OTHER, Codebook
from sayso.codebooks.fitted import Fitted
from sayso.reading import OUTLET, Reading
from sayso.render.safe import one_line
from sayso.render.words import many

QUOTED = 100  # characters of a passage that are shown
HEADS = {WHOLE: "the article", OUTLET: "the outlet's own sentences alone", SOURCES: "the sentences of its sources alone"}


def line(name: str, book: Codebook) -> str:
    """One codebook on one line."""
    return one_line(f"{name:22} {_number_of(book):28} {book.about}")


def contents(book: Codebook) -> list[str]:
    """What is in a codebook."""
    rows = [
        f"{book.name}: {book.about}",
        f"source: {book.source}",
        f"{_number_of(book)}, for coding each {book.unit}",
    ]
    for frame in book.frames:
        rows.append(f"  {frame.label:24} {len(frame.examples)} examples, {len(frame.words)} words: {frame.definition}")
    thin = [frame.label for frame in book.frames if len(frame.examples) < 3 or not frame.words]
    if thin:
        rows.append(f"ranks better with three examples and some words each: {', '.join(thin)}")
    return [one_line(row) if not row.startswith("  ") else "  " + one_line(row) for row in rows]


def report(fitted: Fitted) -> list[str]:
    """What fitting gave, and how far to trust it."""
    found = fitted.report
    systems = found["figures"]
    rows = [
        f"{fitted.book.name}: fitted to {found['texts']} coded texts of {many(found['outlets'], 'outlet')}, "
        f"{'several frames a text' if found['several_frames'] else 'one frame a text'}; cross-validated by {found['folds_by']}",
        "",
        f"{'percent, 95% interval':26}" + "".join(f"{name:^22}" for name in systems),
    ]
    figures = {"macro-F1": "macro_f1", "exactly your codes": "accuracy", "Krippendorff's alpha": "alpha"}
    rows += [f"{title:26}" + "".join(_cell(system[key]) for system in systems.values()) for title, key in figures.items()]
    for label in fitted.book.labels:
        rows.append(f"  F1 {label:21}" + "".join(_cell(system["frames"][label]) for system in systems.values()))
    ours = systems["fitted"]
    rows += [
        f"  alpha {label:18}{_cell(figure)}  given to {_percent(ours['coded'][label])} of the texts"
        for label, figure in ours["frame_alphas"].items()
    ]
    rows.append(
        f"none of the frames ({OTHER}): {_percent(ours['other_coded'])} of your codes, {_percent(ours['other_predicted'])} predicted"
    )
    if found["few"]:
        rows.append(f"fewer than 20 examples, so expect little: {', '.join(found['few'])}")
    if found["never_coded"]:
        rows.append(f"never in your codes, so never given: {', '.join(found['never_coded'])}")
    rows.append(
        "alpha compares the model with your codes; how far two coders agree is its ceiling, and only a second coder can tell you that"
    )
    return rows


def applied(reading: Reading, found: Applied) -> list[str]:
    """What a codebook says about one article."""
    rows = [one_line(reading.document.title or reading.document.origin or reading.document.id), one_line(f"{found.codebook}: {found.note}")]
    rows += [row for coding in found.codings if (row := _coded(reading, coding))]
    if found.passages:
        rows.append("passages to read first, ranked, not coded:")
    rows += [
        f"  {passage.frame:24} {passage.score:5.2f}  {_who(reading, passage.speaker)}: {_quote(reading.document[passage.evidence])}"
        for passage in found.passages
    ]
    return rows


def _number_of(book: Codebook) -> str:
    head, *rest = book.term.split()
    return " ".join((str(len(book.frames)), f"{head}s", *rest))


def _coded(reading: Reading, coding: Coding) -> str:
    given = ", ".join(f"{label} ({coding.probabilities[label]:.2f})" for label in coding.frames)
    if coding.of in HEADS:
        return f"  {HEADS[coding.of]}: {given or 'none of the frames'}"
    return f"  {_who(reading, coding.speaker or OUTLET)}: {given}: {_quote(reading.document[coding.evidence])}" if given else ""


def _who(reading: Reading, speaker: str) -> str:
    return "the outlet" if speaker == OUTLET else one_line(reading.source(speaker).name) or "somebody"


def _quote(words: str) -> str:
    return f"“{shorten(one_line(words), QUOTED, placeholder=' …')}”"


def _cell(figure: Mapping[str, Any]) -> str:
    if figure["value"] is None:
        return f"{'–':^22}"
    interval = "" if figure["low"] is None else f" [{100 * figure['low']:.1f}, {100 * figure['high']:.1f}]"
    return f"{100 * figure['value']:6.1f}{interval:16}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
