"""The source audit over a corpus in plain words: counts of these articles, no verdict on anybody.

Always true here: names are safe to show; what is left out of a table for its length is counted in its caption.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from sayso.audit import Counts
from sayso.export.cells import cell
from sayso.export.sourced import FEW, CorpusAudit, Pair, Sourcing, Speaker
from sayso.reading import IDENTITIES
from sayso.render.grids import Grid, counted
from sayso.render.safe import one_line
from sayso.render.words import IDENTITY

LIMITS = (
    "Sources are told apart by name and kind alone: two people of one name are one here, one person under two names is two, and * marks a "
    "person known by one word, who may be several. Counts of these articles: who is given words, not who is right."
)
NO_STORIES = "No stories in this store yet: shared and exclusive sources need them (sayso stories makes them)."
COLUMNS = (
    *("group", "name", "kind", "standing", "full_name", "articles", "attributions", "words", "first_share", "opens"),
    *("groups_in_all", "stories_in_all", "words_in_all", "share_in_all", "verbs_in_all"),
)


def grids(found: CorpusAudit, most: int = 20) -> Iterator[Grid]:
    """The audit as tables.

    Args:
        found: the audit.
        most: rows of each table at most.

    """
    yield _speakers(found, most)
    yield _groups(found, most)
    yield _verbs(found, most)
    if found.pairs:
        yield _pairs(found, most)


def sheet(found: CorpusAudit) -> str:
    """One row of CSV for each speaker in each group; what would be run as a formula is given an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in found.speakers:
        verbs = "; ".join(f"{one_line(verb)} {count}" for verb, count in row.verbs)
        whole = (row.groups, row.stories, row.words, round(row.share, 6), verbs)
        for part in row.parts:
            first = None if part.first is None else round(part.first, 4)
            here = (part.articles, part.attributions, part.words, first, part.opens)
            values = (one_line(part.group), one_line(row.name), row.kind, row.standing, row.full_name, *here, *whole)
            writer.writerow([cell(value) for value in values])
    return out.getvalue()


def _speakers(found: CorpusAudit, most: int) -> Grid:
    shown = found.speakers[:most]
    columns = ("source", ">articles", f">{found.by}s", ">stories", ">says", ">words", ">share", ">from", ">opens", "by")
    return Grid(
        counted("Named sources", len(shown), len(found.speakers)),
        columns,
        tuple(map(_speaker, shown)),
        note=LIMITS,
        spare=frozenset((">words", ">from", ">opens")),
    )


def _speaker(row: Speaker) -> tuple[str, ...]:
    what = " · ".join(word for word in (row.kind, row.standing) if word not in ("unknown", "none", ""))
    name = one_line(row.name) + ("" if row.full_name else " *")
    return (
        f"{name} ({what})" if what else name,
        f"{row.articles:,}",
        f"{row.groups:,}",
        "" if row.stories is None else f"{row.stories:,}",
        f"{row.attributions:,}×",
        f"{row.words:,}",
        _percent(row.share),
        _percent(row.first),
        f"{row.opens:,}",
        _counted(row.verbs, 4),
    )


def _groups(found: CorpusAudit, most: int) -> Grid:
    shown = found.groups[:most]
    identities = (f">{IDENTITY[label]}" for label in IDENTITIES)
    columns = (found.by, ">articles", ">own voice", ">says", ">sources", *identities, ">from", "opens with")
    note = f"Shares are of the attributions; “from”: share of an article before somebody else's first word, on average. {_carried(found)}"
    caption = counted(f"By {found.by}", len(shown), len(found.groups))
    spare = frozenset((">own voice", ">sources", ">from"))
    return Grid(caption, columns, tuple(map(_group, shown)), note=note.strip(), spare=spare)


def _group(row: Sourcing) -> tuple[str, ...]:
    identities = dict(row.identities)
    shares = (_percent(identities[label] / row.attributions if row.attributions else None) for label in IDENTITIES)
    head = (one_line(row.group), f"{row.articles:,}", _percent(row.own_share), f"{row.attributions:,}×", f"{row.speakers:,}")
    return (*head, *shares, _percent(row.first), _counted(row.openers, 2))


def _verbs(found: CorpusAudit, most: int) -> Grid:
    rows = [("all", kind, f"{_total(verbs):,}", _counted(verbs, 8)) for kind, verbs in found.verbs]
    for group in found.groups[:most] if len(found.groups) > 1 else ():
        rows += [(one_line(group.group), kind, f"{_total(verbs):,}", _counted(verbs, 6)) for kind, verbs in group.verbs]
    return Grid("Verbs by kind of source", (found.by, "kind", ">cues", "by"), tuple(rows))


def _pairs(found: CorpusAudit, most: int) -> Grid:
    shown = found.pairs[:most]
    rows = tuple(_pair(pair) for pair in shown)
    columns = ("left", "right", ">stories", ">both", ">left only", ">right only", "both", "left only", "right only")
    return Grid(
        counted("Named sources in stories that both have", len(shown), len(found.pairs)),
        columns,
        rows,
        frozenset(at for at, pair in enumerate(shown) if pair.few),
        f"A source counts once in each story; “only”: not found by us with the other one. Gray, (few): under {FEW} stories in common.",
        frozenset(("both", "left only", "right only")),
    )


def _pair(pair: Pair) -> tuple[str, ...]:
    names = (_counted(counted, 3) for counted in (pair.shared_names, pair.left_names, pair.right_names))
    stories = f"{pair.stories:,}" + (" (few)" if pair.few else "")
    return (one_line(pair.left), one_line(pair.right), stories, f"{pair.shared:,}", f"{pair.only_left:,}", f"{pair.only_right:,}", *names)


def _counted(counts: Counts, most: int) -> str:
    return ", ".join(f"{one_line(name)} {count:,}" for name, count in counts[:most]) + (" …" if len(counts) > most else "")


def _total(counts: Counts) -> int:
    return sum(count for _, count in counts)


def _percent(share: float | None) -> str:
    if share is None:
        return "–"
    return "<1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"


def _carried(found: CorpusAudit) -> str:
    return f"{found.carried:,} articles that carry another one's text are not counted." if found.carried else ""
