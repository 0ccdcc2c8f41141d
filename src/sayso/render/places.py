"""Where findings stand: whose words they are, inside which attribution, and the words themselves fit to be shown.

Always true here: words come through `render.safe`; a finding in the outlet's voice stands in no attribution, any other in the innermost
one that hands its words over for their speaker.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sayso.measures.books import OWN, Classes
from sayso.reading import OUTLET, Finding, Reading
from sayso.render.marks import Piece, pieces
from sayso.render.safe import one_line
from sayso.spans import Spans

_OPENING = tuple('“„«‘"')


@dataclass(frozen=True, slots=True)
class Hit:
    """The words of one finding.

    Attributes:
        finding: its place in `reading.findings`.
        words: the words that it rests on.
        where: number of the attribution in whose content they stand; none for the outlet's own voice.
        note: what more its label says, if anything.
        candidate: whether it is only a passage to read.

    """

    finding: int
    words: str
    where: int | None
    note: str
    candidate: bool

    @property
    def place(self) -> str:
        """Where it stands, in a word: `outlet`, or the number of the attribution."""
        return OUTLET if self.where is None else str(self.where)


class Places:
    """Where findings stand: whose words they are, inside which attribution."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._classes = Classes(reading)
        self._pieces: Sequence[Piece] = pieces(reading)
        self._starts = [piece.span.start for piece in self._pieces]

    def attribution(self, finding: Finding) -> int | None:
        """Place of the innermost attribution that hands its words over for their speaker; none for the outlet's."""
        if finding.speaker == OUTLET:
            return None
        content = self._content(finding.evidence)
        return next((at for at in reversed(content) if self._reading.attributions[at].speaker == finding.speaker), None)

    def voice(self, finding: Finding) -> str:
        """The class of voices it belongs to, one of `VOICES`."""
        return OWN if finding.speaker == OUTLET else self._classes.of(finding.evidence)

    def hit(self, place: int, finding: Finding, note: str = "") -> Hit:
        """The words that a finding rests on."""
        return self._hit(place, finding, finding.evidence, self.attribution(finding), note)

    def said(self, place: int, finding: Finding) -> Hit:
        """The words that a finding is about, and the innermost attribution that they stand in."""
        spans = finding.about or finding.evidence
        return self._hit(place, finding, spans, next(reversed(self._content(spans)), None), "")

    def _content(self, spans: Spans) -> tuple[int, ...]:
        return self._pieces[bisect_right(self._starts, spans[0].start) - 1].content

    def _hit(self, place: int, finding: Finding, spans: Spans, at: int | None, note: str) -> Hit:
        words = " … ".join(one_line(self._reading.document[span]) for span in spans)
        return Hit(place, words, None if at is None else at + 1, note, finding.candidate)


def shorten(words: str, most: int = 60) -> str:
    """Words cut to at most that many characters, at a blank if there is one."""
    if len(words) <= most:
        return words
    cut = words[:most].rsplit(" ", 1)[0].rstrip(" ,;:.")
    return f"{cut} …"


def in_quotes(words: str, most: int = 60) -> str:
    """Words cut and put between quotation marks, unless they come with their own."""
    return shorten(words, most) if words[:1] in _OPENING else f"“{shorten(words, most)}”"


def repeated(hits: Sequence[Hit], most: int, number: Callable[[int], str] = str) -> tuple[tuple[str, ...], int]:
    """Hits as short words with their place, the same words once with how often; and how many hits were left out.

    Args:
        hits: what to list.
        most: how many different ones are listed.
        number: the sign that stands for the number of an attribution.

    """
    times: dict[tuple[str, str, bool, str], int] = {}
    for hit in hits:
        key = (hit.words.casefold(), hit.place, hit.candidate, hit.note)
        times[key] = times.get(key, 0) + 1
    shown: dict[tuple[str, str, bool, str], str] = {}
    for hit in hits:
        key = (hit.words.casefold(), hit.place, hit.candidate, hit.note)
        if key in shown or len(shown) == most:
            continue
        remarks = [part for part in (hit.note, f"{times[key]}×" if times[key] > 1 else "", "candidate" if hit.candidate else "") if part]
        where = "" if hit.where is None else f" {number(hit.where)}"
        shown[key] = f"{in_quotes(hit.words)}{where}" + (f" ({', '.join(remarks)})" if remarks else "")
    return tuple(shown.values()), sum(times.values()) - sum(times[key] for key in shown)
