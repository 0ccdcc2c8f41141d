"""The page of two versions of an article: what stands in one text and not in the other, and what changed in the telling.

Always true here: the older version comes first, whichever was asked for first; two articles that are not versions of each other may be
compared, and the page says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.corrections.apply import corrected
from sayso.corrections.correction import Correction
from sayso.errors import UsageError
from sayso.reading import Reading
from sayso.render.safe import one_line
from sayso.render.words import heading, many, shares
from sayso.site.difference import SAME, Difference, Piece, Run, difference, in_words
from sayso.site.links import Links
from sayso.site.retold import Change, changes
from sayso.store.store import Store
from sayso.stories.versions import Version, in_time, versions_of

_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
CLOSE = 2  # unchanged units that are shown and not folded


@dataclass(frozen=True, slots=True)
class OneVersion:
    """A version: its title, its date, its address, its place among all of them (0 if it is none), and whether it is one of these two."""

    title: str
    published: str
    address: str
    number: int
    here: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of the two texts: its kind, what it is called, its units, and whether it is folded."""

    kind: str
    label: str
    units: tuple[tuple[Piece, ...], ...]
    folded: bool


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """What `versions.html.jinja` needs.

    Attributes:
        outlet: as it is called; empty where none is named.
        before: the older version; `after` the newer one.
        versions: all versions, with the address of the difference of each from the one before it; empty if these two are none.
        title: the headline, word by word.
        told: how much of the text changed, in words.
        stretches: both texts; none where they are too long to be laid side by side.
        notes: what the reader must know of how this was compared.
        figures: whose words the texts are made of: what, before, after.
        changes: in the telling; `too_long` if it was not compared.

    """

    heading: str
    outlet: str
    before: OneVersion
    after: OneVersion
    versions: tuple[tuple[OneVersion, str], ...]
    title: tuple[Piece, ...]
    told: str
    stretches: tuple[Stretch, ...]
    notes: tuple[str, ...]
    figures: tuple[tuple[str, str, str], ...]
    changes: tuple[Change, ...]
    too_long: bool


def versions_page(store: Store, a: str, b: str, links: Links, corrections: Iterable[Correction] = ()) -> VersionsPage:
    """The difference between two articles of a store.

    Args:
        store: whose versions were looked for (`stories.versions.bring_up_to_date`).
        a: id of one; `b` of the other.
        links: as seen from the page.
        corrections: of these articles, or of all.

    Raises:
        UsageError: one of them is not there, or they are one and the same.

    """
    if a == b:
        raise UsageError("this is one and the same article: a version is compared with another one")
    found = {reading.document.id: reading for reading in store.readings([a, b])}
    if len(found) < 2:
        raise UsageError("there are no such two articles here: the list of articles has all there are")
    said = tuple(corrections)
    first, second = sorted(found.values(), key=lambda reading: in_time(_version(reading)))
    before, after = corrected(first, said).reading, corrected(second, said).reading
    known = versions_of(store, a)
    numbers = {version.id: number for number, version in enumerate(known, 1)} if b in {version.id for version in known} else {}
    retold = changes(before, after, links)
    compared = difference(before.document.text, after.document.text)
    return VersionsPage(
        heading=heading(after),
        outlet=one_line(after.document.outlet or ""),
        before=_one(_version(before), links, numbers, True),
        after=_one(_version(after), links, numbers, True),
        versions=tuple(_listed(known, numbers, {a, b}, links)),
        title=in_words(before.document.title or "", after.document.title or ""),
        told=_told(compared),
        stretches=tuple(_stretch(run, compared.unit) for run in compared.runs),
        notes=tuple(_notes(compared, bool(numbers), retold is None)),
        figures=_figures(before, after),
        changes=retold or (),
        too_long=retold is None,
    )


def neighbors(store: Store, article_id: str) -> tuple[tuple[str, str], ...]:
    """Ids of the version before an article and of the one after it, with words that say what their difference shows.

    A folder has pages of the difference for such pairs only.
    """
    known = versions_of(store, article_id)
    at = next((place for place, version in enumerate(known) if version.id == article_id), None)
    if at is None:
        return ()
    steps = ((at - 1, "what changed since the earlier version"), (at + 1, "what changed in the later version"))
    return tuple((known[place].id, f"{words}{_on(known[place])}") for place, words in steps if 0 <= place < len(known))


def _on(version: Version) -> str:
    return f", {_when(version)}" if version.published else ""


def _when(version: Version) -> str:
    """Date and, if it was given, time of the day as it was given, without its zone."""
    given = one_line(version.published)
    return given[:16].replace("T", " ") if _TIME.match(given) else given


def _version(reading: Reading) -> Version:
    return Version(reading.document.id, reading.document.published or "", heading(reading))


def _one(version: Version, links: Links, numbers: dict[str, int], here: bool) -> OneVersion:
    published = _when(version) or "no date given"
    return OneVersion(one_line(version.title) or "without a title", published, links.article(version.id), numbers.get(version.id, 0), here)


def _listed(known: tuple[Version, ...], numbers: dict[str, int], shown: set[str], links: Links) -> Iterable[tuple[OneVersion, str]]:
    if not numbers:
        return
    for at, version in enumerate(known):
        yield _one(version, links, numbers, version.id in shown), links.versions(known[at - 1].id, version.id) if at else ""


def _told(found: Difference) -> str:
    parts = [f"{many(number, found.unit)} {what}" for number, what in ((found.removed, "removed"), (found.added, "added")) if number]
    if found.changed:
        parts.insert(0, f"{many(found.changed, found.unit)} changed")
    return ", ".join(parts or ["no difference in the text"]) + f"; {many(found.same, found.unit)} unchanged"


def _stretch(run: Run, unit: str) -> Stretch:
    size = len(run.units)
    label = f"{many(size, unit)} unchanged" if run.kind == SAME else run.kind
    return Stretch(run.kind, label, run.units, run.kind == SAME and size > CLOSE)


def _notes(found: Difference, known: bool, too_long: bool) -> Iterable[str]:
    if not known:
        yield "These two were not found by us to be versions of one article: other outlet, other address, or too little in common."
    if not found.runs and found.same + found.removed + found.added:
        yield "The texts are too long to be laid side by side here: their paragraphs were only counted, wherever they stand."
    elif found.unit == "paragraph":
        yield "The texts are long: they were compared by paragraphs, not by sentences."
    if too_long:
        yield "The articles are too long for us to compare how they are told."


def _figures(before: Reading, after: Reading) -> tuple[tuple[str, str, str], ...]:
    rows = [(name, f"{was} %", f"{now} %") for (name, was), (_, now) in zip(shares(before), shares(after), strict=True)]
    for name, of in (
        ("words", lambda reading: reading.summary.words),
        ("attributions", lambda reading: len(reading.attributions)),
        ("sources, named", lambda reading: reading.summary.named_sources),
        ("sources, not named", lambda reading: reading.summary.sources - reading.summary.named_sources),
    ):
        rows.append((name, f"{of(before):,}", f"{of(after):,}"))
    return tuple(rows)
