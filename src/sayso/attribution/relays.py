"""Relays beside an attribution, through whom the outlet has it: "told Reuters", "in an interview with", "citing media reports".

Always true here: only the sentence of the frame (source and cue) is looked at, without the attribution's own content and without the frames
of others; a relay is a medium, a platform, what is cited, or whom the speaker goes through, never an ordinary addressee. What is looked at
for one attribution is bounded, so that the time grows linearly with their number.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from sayso import language
from sayso.attribution.draft import Draft, Name
from sayso.attribution.outlets import Outlet, Outlets
from sayso.language import Language
from sayso.spans import Span, hull

BEFORE, AFTER, APART = 160, 120, 200  # characters looked at before a frame and after it, and between a source and its cue
NEAR = 30  # characters between a relay and the frame after it
CITED = 5  # words of what is cited; what is cited at greater length says something itself
MASK = "\x01"  # stands for each character of a source or content
_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9])|\n\s*\n")
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Rev|St|Jr|Sr|No|vs|Adm|Maj|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|[A-Z])$"
)
_WORD = re.compile(r"[\w’'\-]+")


class Relays:
    """Finds the relays of the drafts of one text."""

    def __init__(self, text: str, drafts: Sequence[Draft], names: Sequence[Name] = ()) -> None:
        self.text = text
        self.drafts = drafts
        self.lexicon = language.load()
        self.ways = _ways(self.lexicon)
        self.outlets = Outlets(text, self.lexicon, names)
        self.ends = [match.end() for match in _END.finditer(text) if not _TITLE.search(text[max(0, match.start() - 6) : match.start()])]
        self.cues = sorted(span.end for draft in drafts for span in draft.cue)
        self.stops = sorted(span.end for draft in drafts for span in (*draft.cue, *draft.content))
        self.frames = [self._frame(draft) for draft in drafts]
        self.starts = sorted(frame.start for frame in self.frames if frame is not None)

    def of(self, index: int) -> list[Outlet]:
        """The relays that the sentence of a draft names for it, in order of the text."""
        draft, frame = self.drafts[index], self.frames[index]
        if frame is None:
            return []
        found: dict[int, Outlet] = {}
        for start, stop in self._zones(draft, frame):
            for outlet in self._named(self._masked(start, stop, (*draft.source, *draft.content)), start, draft):
                if frame.start - outlet.span.end <= NEAR:
                    found.setdefault(outlet.span.start, outlet)
        for span in draft.source:  # "an official cited by the Harbor Times", "a photo provided by the sheriff's office"
            for outlet in self._carried(self.text[span.start : span.end], span.start, provided=True):
                found.setdefault(outlet.span.start, outlet)
        return [found[at] for at in sorted(found)]

    def sentence(self, index: int) -> int:
        """A number that is the same for frames in the same sentence; -1 for a draft without frame."""
        frame = self.frames[index]
        return -1 if frame is None else bisect_right(self.ends, frame.end - 1)

    def _frame(self, draft: Draft) -> Span | None:
        """Source and cue, or the cue alone where another cue stands between them ("she told CNN …, adding")."""
        cue = hull(draft.cue)
        whole = hull((*draft.source, *draft.cue))
        if cue is None or whole is None:
            return None
        between = bisect_left(self.cues, cue.end) - bisect_right(self.cues, whole.start)
        return whole if whole.length - cue.length <= APART and between <= 0 else cue

    def _zones(self, draft: Draft, frame: Span) -> Iterator[tuple[int, int]]:
        """Stretches that may speak of the way: before, in and after the frame, and after the content."""
        room = self._room(draft, frame)
        low = max(room.start, frame.start - BEFORE, _before(self.ends, frame.start), _before(self.stops, frame.start))
        ahead = [span.start for span in draft.content if span.start >= frame.end][:1]
        yield low, max(frame.end, min([self._stop(frame.end, room), *ahead]))
        tail = draft.content[-1].end
        if tail > frame.end:
            yield tail, self._stop(tail, room)

    def _stop(self, at: int, room: Span) -> int:
        """How far the words after a frame or content still belong to it: to the sentence's end, another frame, or a bracket."""
        high = min(room.end, at + AFTER, _after(self.ends, at), _after(self.starts, at))
        bracket = self.text.find("(", at, high)
        return high if bracket < 0 else bracket

    def _room(self, draft: Draft, frame: Span) -> Span:
        """The piece of another's content that this frame stands in, or the whole text."""
        if draft.within is not None:
            for span in self.drafts[draft.within].content:
                if span.holds(frame):
                    return span
        return Span(0, len(self.text) + 1)

    def _masked(self, start: int, stop: int, spans: Iterable[Span]) -> str:
        words = self.text[start:stop]
        for span in spans:
            low, high = max(span.start, start) - start, min(span.end, stop) - start
            if low < high:
                words = words[:low] + MASK * (high - low) + words[high:]
        return words

    def _named(self, words: str, start: int, draft: Draft) -> Iterator[Outlet]:
        """The relays in the words of one zone."""
        for way, pattern in self.ways.items():
            for match in pattern.finditer(words):
                at, end = start + match.end(), start + _limit(words, match.end())
                if way == "citing":
                    outlet = self._cited(at, end)
                elif way == "through":
                    outlet = self._person(at, end)
                else:
                    airing = way == "airing" or (way == "on" and 0 <= start + match.start() - draft.cue[-1].end <= 1)
                    outlet = self.outlets.at(at, end, airing=airing)
                if outlet is not None and (outlet.named or way not in ("in", "writing")):
                    yield outlet
        yield from self._carried(words, start)
        cue = draft.cue[-1]
        if self.text[cue.start : cue.end] in _ATTACHED and start <= cue.end:  # “…,” Dora Quill, Harbor Times
            outlet = self.outlets.at(cue.end, start + len(words))
            if outlet is not None:
                yield outlet

    def _carried(self, words: str, start: int, *, provided: bool = False) -> Iterator[Outlet]:
        """Who carries what is handed on, or (inside a source) provides it."""
        for match in self.ways["carrying"].finditer(words):
            outlet = self.outlets.at(start + match.end(), start + _limit(words, match.end()))
            if outlet is None and provided and match.group().lower().startswith("provided"):
                outlet = self._person(start + match.end(), start + _limit(words, match.end()))
            if outlet is not None:
                yield outlet

    def _person(self, start: int, end: int) -> Outlet | None:
        """Somebody in between, who is no medium."""
        found = self.outlets.named(start, end)
        return None if found is None else Outlet(*found, medium=False)

    def _cited(self, start: int, end: int) -> Outlet | None:
        """A medium, or a few words for media, documents or unnamed sources."""
        outlet = self.outlets.at(start, end)
        if outlet is not None and outlet.named:
            return outlet
        found = self._person(start, end)
        if found is not None and self.text[found.span.end : found.span.end + 1] in (*".,;:\n", ""):
            return found
        words = self.lexicon.words
        first: int | None = None
        last: int | None = None
        done = start
        for number, match in enumerate(_WORD.finditer(self.text, start, end)):
            low = language.lower(match.group())
            gap = self.text[done : match.start()]
            if number == CITED or gap.strip() or low in words["prepositions"] or low in words["conjunctions"]:
                break
            first, done = match.start() if first is None else first, match.end()
            last = done if low in words["cited"] else last
        if first is None or last is None:
            return outlet
        return Outlet(" ".join(self.text[first:last].split()), Span(first, last), named=False, medium=False)


_ATTACHED = frozenset({",", "—", "–", "-"})


@lru_cache(maxsize=8)
def _ways(lexicon: Language) -> dict[str, re.Pattern[str]]:
    """What leads over to a relay."""

    def any_of(group: str) -> str:
        return "|".join(sorted(map(re.escape, lexicon.words[group])))

    patterns = {
        "telling": rf"\b(?:{any_of('telling')})\s+",
        "airing": rf"\b(?:{any_of('airing')})\b[^,.;:{MASK}]{{0,30}}?\s(?:with|on|to|for|by|in)\s+",
        "in": r"\b(?:in|to)\s+",
        "on": r"\b(?:on|via|through)\s+",
        "writing": r"\b(?:writing|wrote|article|column|op-ed|essay|commentary)\s+(?:for|in)\s+",
        "carrying": rf"\b(?:{any_of('carrying')}|provided)\s+(?:by|on|in|to)\s+",
        "citing": rf"\b(?:{any_of('citing')}|(?:who|which)\s+cited)\s+",
        "through": r",\s+(?:through|via)\s+",
    }
    return {way: re.compile(pattern, re.IGNORECASE) for way, pattern in patterns.items()}


def _limit(words: str, start: int) -> int:
    """Where the words that can be read from `start` on end."""
    mask = words.find(MASK, start)
    return len(words) if mask < 0 else mask


def _before(places: Sequence[int], at: int) -> int:
    """The last place that is not after `at`; 0 if there is none."""
    number = bisect_right(places, at)
    return places[number - 1] if number else 0


def _after(places: Sequence[int], at: int) -> int:
    """The first place that is not before `at`; far off if there is none."""
    number = bisect_left(places, at)
    return places[number] if number < len(places) else 1 << 60
