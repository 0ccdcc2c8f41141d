"""What is different between two texts: sentence by sentence, then word by word inside sentences that were changed.

Always true here: what is shown of the older text is all of it, and so is what is shown of the newer one, in order; what is shown is
safe. Comparing takes more than linear time, so it is counted beforehand how much work a pair of texts can make: what would be too much is
compared by paragraphs, and what is too much even so is only counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sayso.language import sentence_spans
from sayso.render.safe import one_line
from sayso.structure import paragraphs

SAME, REMOVED, ADDED, CHANGED = "same", "removed", "added", "changed"
LONGEST = 400_000  # characters of a text that is split into sentences
WORK = 4_000_000  # steps of comparing units, at most; and of comparing the words of all changed units together
AHEAD = 12  # units that are looked through for the one that a changed unit became
ALIKE = 0.5  # Dice coefficient of the words of a unit and the one that it became
LITTLE = 2  # words between two changes that are too few to be shown apart
_TOKEN = re.compile(r"(?:\w+(?:['’.\-]\w+)*|[^\w\s])\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are in both texts (`SAME`), in the older one only (`REMOVED`) or in the newer one only (`ADDED`)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """Units of one kind that stand together: each a sequence of pieces; units of the kind `CHANGED` hold pieces of several kinds."""

    kind: str
    units: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different.

    Attributes:
        unit: what was compared, `sentence` or `paragraph`.
        runs: both texts, in order; none if they were too long to be laid side by side.
        same: units in both texts; `removed`, `added` and `changed` the others.

    """

    unit: str
    runs: tuple[Run, ...]
    same: int
    removed: int
    added: int
    changed: int


def difference(before: str, after: str) -> Difference:
    """The difference between an older text and a newer one."""
    if max(len(before), len(after)) <= LONGEST:
        old, new = _sentences(before), _sentences(after)
        if _work(old, new) <= WORK:
            return _laid("sentence", old, new)
    old, new = _paragraphs(before), _paragraphs(after)
    if _work(old, new) <= WORK:
        return _laid("paragraph", old, new)
    same = (Counter(old) & Counter(new)).total()
    return Difference("paragraph", (), same, len(old) - same, len(new) - same, 0)


def in_words(before: str, after: str) -> tuple[Piece, ...]:
    """The difference between two short texts, word by word."""
    return _pieces(one_line(before), one_line(after), _Purse(WORK))


class _Purse:
    """Work that may still be done."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def pays(self, steps: int) -> bool:
        if steps > self._left:
            return False
        self._left -= steps
        return True


def _sentences(text: str) -> list[str]:
    return [one_line(text[span.start : span.end]) for span in sentence_spans(text)]


def _paragraphs(text: str) -> list[str]:
    return [one_line(text[span.start : span.end]) for span in paragraphs(text)]


def _work(old: Sequence[str], new: Sequence[str]) -> int:
    """Steps that `SequenceMatcher` takes at most: it looks at all pairs of equal units, once for each stretch that it finds."""
    first, second = Counter(old), Counter(new)
    equal = sum(times * second[unit] for unit, times in first.items())
    return (equal + len(old) + len(new)) * min(len(old), len(new)) // 2


def _laid(unit: str, old: Sequence[str], new: Sequence[str]) -> Difference:
    purse = _Purse(WORK)
    runs: list[Run] = []
    for kind, units in _steps(old, new, purse):
        if runs and runs[-1].kind == kind:
            runs[-1] = Run(kind, (*runs[-1].units, *units))
        elif units:
            runs.append(Run(kind, units))
    count = {kind: sum(len(run.units) for run in runs if run.kind == kind) for kind in (SAME, REMOVED, ADDED, CHANGED)}
    return Difference(unit, tuple(runs), count[SAME], count[REMOVED], count[ADDED], count[CHANGED])


def _steps(old: Sequence[str], new: Sequence[str], purse: _Purse) -> Iterator[tuple[str, tuple[tuple[Piece, ...], ...]]]:
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield SAME, _whole(SAME, new[c:d])
        else:
            yield from _replaced(old[a:b], new[c:d], purse)


def _replaced(old: Sequence[str], new: Sequence[str], purse: _Purse) -> Iterator[tuple[str, tuple[tuple[Piece, ...], ...]]]:
    """Units in place of others: each older one meets the newer one that it is most like, among the next ones, in order."""
    bags = [_bag(unit) for unit in new]
    at = 0
    for unit in old:
        bag = _bag(unit)
        near = [(_alike(bag, other), -place, place) for place, other in enumerate(bags[at : at + AHEAD], at)]
        best = max(near, default=(0.0, 0, 0))
        if best[0] < ALIKE:
            yield REMOVED, _whole(REMOVED, [unit])
            continue
        yield ADDED, _whole(ADDED, new[at : best[2]])
        yield CHANGED, (_pieces(unit, new[best[2]], purse),)
        at = best[2] + 1
    yield ADDED, _whole(ADDED, new[at:])


def _whole(kind: str, units: Sequence[str]) -> tuple[tuple[Piece, ...], ...]:
    return tuple((Piece(kind, unit),) for unit in units)


def _pieces(before: str, after: str, purse: _Purse) -> tuple[Piece, ...]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    first, second = [token.strip() for token in old], [token.strip() for token in new]
    if not purse.pays(_work(first, second)):
        return tuple(piece for piece in (Piece(REMOVED, before), Piece(ADDED, after)) if piece.text)
    made: list[Piece] = []
    gone, come = "", ""
    codes = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    for at, (what, a, b, c, d) in enumerate(codes):
        inside = 0 < at < len(codes) - 1
        if what != "equal" or (inside and sum(token[0].isalnum() for token in second[c:d]) < LITTLE and d - c <= LITTLE):
            gone, come = gone + "".join(old[a:b]), come + "".join(new[c:d])
            continue
        made += _changed(gone, come)
        gone = come = ""
        made.append(Piece(SAME, "".join(new[c:d])))
    return (*made, *_changed(gone, come))


def _changed(gone: str, come: str) -> list[Piece]:
    """Words that went and words that came; the blank after them is in neither mark."""
    found = [Piece(kind, text.rstrip()) for kind, text in ((REMOVED, gone), (ADDED, come)) if text]
    return [*found, Piece(SAME, " ")] if (come or gone).endswith(" ") else found


def _bag(unit: str) -> frozenset[str]:
    return frozenset(token.strip().casefold() for token in _TOKEN.findall(unit))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
