"""A source audit in plain words, the same for terminal, page and spreadsheet: counts of one text, no verdict on it.

Always true here: one row stands for one source that speaks, in the order of the audit; names are safe to show (`render.safe`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sayso.audit import Audit, Counts, Group, SourceAudit, audit
from sayso.export.cells import neutral
from sayso.reading import OUTLET_STANCES, Reading, Source
from sayso.render.safe import one_line
from sayso.render.words import FORM, IDENTITY, NOBODY, POLARITY, STANCE, many, percents, rows, who

NOTE = "Counts of this text: who is given words, not who is right. The shares are of all its words."

COLUMNS = (
    *("document", "outlet", "published", "title", "words_in_article", "id", "name", "identity", "kind", "standing", "role", "affiliation"),
    *("attributions", "inner", "words", "share", "quoted_words", "reported_words", "first_word", "first_share", "last_word", "last_share"),
    *("direct", "mixed", "indirect", "acknowledges", "endorses", "distances", "rejects", "denies", "withholds", "verbs", "cues", "via"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One source as words.

    Attributes:
        who: name, role, affiliation; `(not named)` and `(not resolved)` say so.
        what: kind and standing, as far as they are known.
        times: number of attributions.
        share: of the words, such as `12 %`; `0 %` stands for none only.
        words: how many of them, quoted and reported.
        where: from which to which share of the text, such as `5–60 %`.
        forms: how often quoted, partly quoted, reported.
        verbs: by which verbs its words are handed over.
        remarks: how the outlet hands over, denials, and through whom, where that is out of the ordinary.

    """

    who: str
    what: str
    named: str
    times: int
    share: str
    words: str
    where: str
    forms: str
    verbs: str
    remarks: tuple[str, ...]


def lines(reading: Reading, found: Audit) -> tuple[Line, ...]:
    """Every source that speaks, in words."""
    sources = {source.id: source for source in reading.sources}
    return tuple(_line(row, sources) for row in found.sources)


def facts(reading: Reading, found: Audit) -> tuple[tuple[str, str], ...]:
    """The article as a whole: what is counted, and the count in words."""
    totals, sources = found.totals, {source.id: source for source in reading.sources}
    own, reported, quoted = percents(totals.own_share, totals.reported_share, totals.quoted_share)
    told = [
        ("words", f"{totals.words:,}: own voice {own} %, reported {reported} %, quoted {quoted} %"),
        ("attributions", f"{totals.attributions}, {totals.inner} of them inside another one; {_counted(totals.forms, FORM)}"),
        ("handed over", _counted(totals.outlet_stances, STANCE)),
        ("sources", f"{totals.sources}, {_percent(totals.named_share)} of them named"),
        *_listed("by name", [(IDENTITY[group.label], group) for group in totals.by_identity if group.attributions]),
        *_listed("by kind", [(group.label, group) for group in totals.by_kind]),
        *_listed("by standing", [(group.label, group) for group in totals.by_standing]),
    ]
    if totals.first_speaker and totals.last_speaker:
        told.append(("first to speak", _name(totals.first_speaker, sources)))
        told.append(("last to speak", _name(totals.last_speaker, sources)))
    longest = next((row for a, row in zip(reading.attributions, rows(reading), strict=True) if a.id == totals.longest_in), None)
    if longest and longest.chain:
        told.append(("longest chain", f"{longest.chain} ({longest.number})"))
    if found.relays:
        told.append(("through", ", ".join(f"{_name(name, sources)} {count}" for name, count in found.relays)))
    return tuple((name, text) for name, text in told if text)


def cells(reading: Reading) -> tuple[tuple[object, ...], ...]:
    """One row of a spreadsheet for each source that speaks, by `COLUMNS`; what would be run as a formula is given an apostrophe."""
    found = audit(reading)
    sources = {source.id: source for source in reading.sources}
    return tuple(tuple(_cell(value) for value in _row(reading, found, row, sources)) for row in found.sources)


def sheet(rows: Iterable[Sequence[object]]) -> str:
    """Rows of `cells` as CSV under the names of their columns."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return out.getvalue()


def _line(row: SourceAudit, sources: Mapping[str, Source]) -> Line:
    source = row.source
    stances = [(STANCE[name], count) for name, count in row.outlet_stances if name != "acknowledges"]
    polarities = [(POLARITY[name], count) for name, count in row.polarities if name != "affirms"]
    remarks = [_times(word, count) for word, count in (*stances, *polarities)]
    if row.via:
        remarks.append("via " + ", ".join(_times(_name(name, sources), count) for name, count in row.via))
    return Line(
        who=who(source),
        what=" · ".join(word for word in (source.kind, source.standing) if word not in ("unknown", "none")),
        named=IDENTITY[source.identity],
        times=row.attributions,
        share=_percent(row.share),
        words=" + ".join(f"{number} {name}" for number, name in ((row.quoted_words, "quoted"), (row.reported_words, "reported")) if number),
        where="" if not (row.first and row.last) else f"{100 * row.first.share:.0f}–{100 * row.last.share:.0f} %",
        forms=_counted(row.forms, FORM),
        verbs=", ".join(_times(one_line(verb), count) for verb, count in row.verbs),
        remarks=tuple(remarks),
    )


def _row(reading: Reading, found: Audit, row: SourceAudit, sources: Mapping[str, Source]) -> Iterable[object]:
    document, source = reading.document, row.source
    yield from (document.id, document.outlet, document.published, document.title, found.totals.words)
    yield from (source.id, source.name, source.identity, source.kind, source.standing, source.role, source.affiliation)
    yield from (row.attributions, row.inner, row.words, round(row.share, 4), row.quoted_words, row.reported_words)
    for place in (row.first, row.last):
        yield from (place.word, round(place.share, 4)) if place else (None, None)
    labels = dict((*row.forms, *row.outlet_stances, *row.polarities))
    yield from (labels.get(label, 0) for label in (*FORM, *OUTLET_STANCES, "denies", "withholds"))
    for counted in (row.verbs, row.cues, tuple((_name(name, sources), count) for name, count in row.via)):
        yield "; ".join(f"{one_line(name)} {count}" for name, count in counted)


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return "" if value is None else value
    return neutral(one_line(value))


def _name(source_id: str, sources: Mapping[str, Source]) -> str:
    source = sources.get(source_id)
    return NOBODY if source is None or source.identity == "unstated" else one_line(source.name)


def _listed(name: str, groups: Sequence[tuple[str, Group]]) -> Iterable[tuple[str, str]]:
    return ((name if number == 0 else "", f"{label}: {_group(group)}") for number, (label, group) in enumerate(groups))


def _group(group: Group) -> str:
    number = many(group.sources, "source") + ", " if group.sources else ""
    return f"{number}{many(group.attributions, 'attribution')}, {_percent(group.share)} of the words"


def _counted(counts: Counts, table: Mapping[str, str]) -> str:
    return ", ".join(f"{table[name]} {count}" for name, count in counts)


def _times(name: str, count: int) -> str:
    return name if count == 1 else f"{name} {count}×"


def _percent(share: float) -> str:
    return "under 1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"
