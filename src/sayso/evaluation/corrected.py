"""Agreement with people so far: of what they looked at in a reading, how much was right.

Always true here: the machine is scored on its own reading, never on a corrected one; only what a person said something about counts, the
latest word of it; who says "right as it is" has looked at every field of the statement. Recall is told of articles that somebody
checked wholly, and of no others. Intervals are Wilson's (1927) for the share itself; they hold for what was looked at. People look at
what seems wrong, so nothing here is an estimate for the rest.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.corrections.apply import Corrected, corrected
from sayso.corrections.correction import ADD, CHECKED, LABEL, LABELS, OF_SOURCE, REMOVE, ROLES, SPAN, SPEAKER, Correction, Seen
from sayso.corrections.log import Log
from sayso.errors import UsageError
from sayso.reading import Attribution, Reading
from sayso.store.store import Store

CORRECTIONS = "corrections"
CHECK_BELOW = 0.65
"""Confidence under which the pages ask people to check."""
THERE = "attribution"
FIELDS = (THERE, "content", "source", "cue", "speaker", *LABELS, *(f"source {name}" for name in OF_SOURCE))
NOTE = "people look at what seems wrong to them, so these shares are no estimate for what nobody looked at"
_Z = 1.959963984540054  # of the normal distribution, for 95 %
Counts = Counter[tuple[str, bool, bool]]


@dataclass(frozen=True, slots=True)
class Share:
    """How many were right of those looked at, with Wilson's 95 % interval; None where nobody looked."""

    right: int
    seen: int

    @property
    def value(self) -> float | None:
        """In [0, 1]."""
        return self.right / self.seen if self.seen else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Bounds in [0, 1]."""
        return wilson(self.right, self.seen)


@dataclass(frozen=True, slots=True)
class Line:
    """One field: all that was looked at, and that apart which the machine was sure of (`CHECK_BELOW` or more) and was not."""

    field: str
    all: Share
    sure: Share
    unsure: Share


@dataclass(frozen=True, slots=True)
class SoFar:
    """The agreement.

    Attributes:
        lines: one for each field that somebody looked at; findings by measure come last.
        articles: with corrections that count.
        corrections: that count.
        people: who made them.
        waiting: corrections whose place the present reading does not have; not counted.
        gone: articles with corrections that are not in the store.
        checked: articles that somebody checked wholly.
        recall: in those, how many of the statements that are there the machine had found.

    """

    lines: tuple[Line, ...]
    articles: int
    corrections: int
    people: int
    waiting: int
    gone: int
    checked: int
    recall: Share


def wilson(right: int, seen: int) -> tuple[float, float] | None:
    """Wilson's (1927) 95 % interval for a share; None for none of none."""
    if not seen:
        return None
    share, square = right / seen, _Z * _Z
    middle = (share + square / (2 * seen)) / (1 + square / seen)
    half = _Z * math.sqrt(share * (1 - share) / seen + square / (4 * seen * seen)) / (1 + square / seen)
    return max(0.0, middle - half), min(1.0, middle + half)


def so_far(readings: Iterable[Reading], corrections: Sequence[Correction]) -> SoFar:
    """The agreement of people with these readings.

    Args:
        readings: as the machine made them; those without corrections are passed over.
        corrections: of any articles.

    """
    by_article: dict[str, list[Correction]] = {}
    for each in corrections:
        by_article.setdefault(each.article, []).append(each)
    counts: Counts = Counter()
    people: set[str] = set()
    met: set[str] = set()
    articles = applied = waiting = checked = found = there = 0
    for reading in readings:
        mine = by_article.get(reading.document.id)
        if mine is None or reading.document.id in met:
            continue
        met.add(reading.document.id)
        result = corrected(reading, mine)
        counts += counted(result)
        articles += bool(result.applied)
        applied += len(result.applied)
        waiting += len(result.waiting)
        people |= {each.who.casefold() for each in result.applied}
        if any(each.kind == CHECKED for each in result.applied):
            checked += 1
            machine = {each.id for each in result.machine.attributions}
            there += len(result.reading.attributions)
            found += sum(each.id in machine for each in result.reading.attributions)
    measures = sorted({field for field, _, _ in counts} - set(FIELDS))
    lines = tuple(_line(field, counts) for field in (*FIELDS, *measures) if any(counts[field, sure, ok] for sure in _BOTH for ok in _BOTH))
    gone = len(by_article.keys() - met)
    return SoFar(lines, articles, applied, len(people), waiting, gone, checked, Share(found, there))


_BOTH = (True, False)


def counted(found: Corrected) -> Counts:
    """What was looked at in one article: field, whether the machine was sure, whether it was right, and how often."""
    machine = {each.id: each for each in found.machine.attributions}
    counts: Counts = Counter()
    wholly = bool(found.checked)
    for name, attribution in machine.items():
        said = found.by.get(name, ())
        for field, right in _judged(attribution, said, found, wholly=wholly).items():
            sure = attribution.speaker_confidence if field == "speaker" or field.startswith("source ") else attribution.confidence
            counts[field, sure >= CHECK_BELOW, right] += 1
    for number, correction in found.findings.items():
        finding = found.machine.findings[number]
        counts[f"finding {finding.measure}", finding.confidence >= CHECK_BELOW, correction.agrees] += 1
    return counts


def _judged(attribution: Attribution, said: Sequence[Correction], found: Corrected, *, wholly: bool) -> dict[str, bool]:
    """For each field of a statement that somebody looked at, whether the machine was right."""
    if not said and not wholly:
        return {}
    kinds = {each.kind for each in said}
    if REMOVE in kinds:
        return {THERE: False}
    now = next(each for each in found.reading.attributions if each.id == attribution.id)
    sources = {each.id: each for each in found.machine.sources}
    now_sources = {each.id: each for each in found.reading.sources}
    touched = {each.field for each in said if each.kind == SPAN or (each.kind == LABEL and each.field in LABELS)}
    touched |= {"speaker"} if SPEAKER in kinds else set()
    touched |= {f"source {each.field}" for each in said if each.kind == LABEL and each.field in OF_SOURCE}
    for seen in (each.value for each in said if isinstance(each.value, Seen)):
        touched |= {role for role, _ in seen.roles} | ({"speaker"} if seen.speaker else set())
        touched |= {f"source {name}" if name in OF_SOURCE else name for name, _ in seen.labels}
    every = wholly or ADD in kinds
    judged = {THERE: True}  # who corrects something about it says that it is there
    for field in (*ROLES, *LABELS):
        if every or field in touched:
            judged[field] = getattr(now, field) == getattr(attribution, field)
    if every or "speaker" in touched:
        judged["speaker"] = sources[attribution.speaker].name.casefold() == now_sources[now.speaker].name.casefold()
    # Labels of a source that was not the speaker say nothing of the one who is.
    for field in OF_SOURCE if judged.get("speaker", True) else ():
        if every or f"source {field}" in touched:
            judged[f"source {field}"] = getattr(sources[attribution.speaker], field) == getattr(now_sources[now.speaker], field)
    return judged


def _line(field: str, counts: Counts) -> Line:
    sure, unsure = (Share(counts[field, side, True], counts[field, side, True] + counts[field, side, False]) for side in _BOTH)
    return Line(field, Share(sure.right + unsure.right, sure.seen + unsure.seen), sure, unsure)


def of_store(store: Store, log: Log) -> SoFar:
    """The agreement with the corrections of a store."""
    return so_far(store.readings(log.articles()), log.all())


def evaluate_corrections(path: Path) -> SoFar:
    """The same of the store in a folder.

    Raises:
        UsageError: nobody has corrected anything there yet.

    """
    with Store.open(path) as store:
        log = Log(store.path)
        if not len(log):
            raise UsageError(f"{path}: nobody has corrected anything yet: `sayso serve {path}` shows the forms")
        return of_store(store, log)


def to_json(found: SoFar) -> dict[str, Any]:
    """The agreement as plain dictionaries; numbers rounded to four places."""
    return {
        "protocol": CORRECTIONS,
        "note": NOTE,
        "interval": "Wilson 95 %",
        "check_below": CHECK_BELOW,
        "articles": found.articles,
        "corrections": found.corrections,
        "people": found.people,
        "waiting": found.waiting,
        "gone": found.gone,
        "fields": {
            line.field: {name: _share_json(getattr(line, name)) for name in ("all", "sure", "unsure")} for line in found.lines
        },
        "checked_articles": found.checked,
        "recall": _share_json(found.recall),
    }  # fmt: skip


def _share_json(share: Share) -> Mapping[str, Any]:
    bounds = share.interval
    value = None if share.value is None else round(share.value, 4)
    return {"right": share.right, "seen": share.seen, "share": value, "interval": bounds and [round(bound, 4) for bound in bounds]}


def table(found: SoFar) -> str:
    """The agreement as lines of text."""
    articles = f"{found.articles} article{'s' * (found.articles != 1)}"
    lines = [
        "protocol corrections: agreement with people so far; right of those looked at, in percent, with Wilson's 95 % interval",
        f"{found.corrections} corrections in {articles}, by {found.people} {'person' if found.people == 1 else 'people'}; "
        f"sure: confidence of {CHECK_BELOW} or more",
        "",
        f"{'':24} │ {'all':^28} │ {'sure':^28} │ {'not sure':^28}".rstrip(),
    ]
    for line in found.lines:
        lines.append(f"{line.field:24} │ {said(line.all):28} │ {said(line.sure):28} │ {said(line.unsure):28}".rstrip())
    if found.checked:
        lines += ["", f"{found.checked} articles checked wholly: {said(found.recall)} of the statements in them were found (recall)"]
    if found.waiting:
        lines += ["", f"{found.waiting} corrections wait: their place is not in the present reading; not counted"]
    if found.gone:
        lines += ["", f"{found.gone} articles with corrections are not in this store; not counted"]
    return "\n".join([*lines, "", f"Note: {NOTE}."]) + "\n"


def said(share: Share) -> str:
    """A share in words, such as `83.3 [43.6, 97.0] of 6`."""
    bounds = share.interval
    if bounds is None or share.value is None:
        return "–"
    return f"{100 * share.value:.1f} [{100 * bounds[0]:.1f}, {100 * bounds[1]:.1f}] of {share.seen}"
