"""What changed in the telling from one version of an article to the next: who is made to say it, with which verb, from what distance.

Always true here: an attribution is matched with at most one of the other version, by the content words of what is handed over and by
the speaker; every observation leads to its place in each version where it has one; what was not matched was not found by us.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sayso import language
from sayso.export.names import folded
from sayso.measures.gist import Gist, gist
from sayso.measures.headline import COVERED, LEAST
from sayso.reading import OUTLET, Attribution, Reading, Source
from sayso.render.places import in_quotes
from sayso.render.safe import one_line
from sayso.render.words import CHECK_BELOW, COMMITMENT, FORM, IDENTITY, NOBODY, POLARITY, STANCE
from sayso.site.links import Links
from sayso.spans import Spans, intersect
from sayso.structure import paragraphs

ALIKE, BY_THE_SAME = 0.6, 0.35  # Dice coefficient of the content words of two attributions; of two by one speaker
MOST = 400  # attributions of a version, at most
SENTENCES, CHARACTERS = 2_000, 400_000  # of a version, at most
LONG = 220  # characters of a passage


@dataclass(frozen=True, slots=True)
class Side:
    """How one version has it, in words, and the address of the place; the address is empty where there is none."""

    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One observation.

    Attributes:
        what: changed, in words; several things of one attribution stand together.
        before: how the older version has it; `after` the newer one.
        quote: the words that are handed over.
        check: whether we are not sure of one of the attributions.

    """

    what: str
    before: Side
    after: Side
    quote: str
    check: bool


@dataclass(frozen=True, slots=True)
class _Said:
    """An attribution with what it is compared by."""

    number: int
    attribution: Attribution
    source: Source
    gist: Gist
    key: str


@dataclass(frozen=True, slots=True)
class _Own:
    """A sentence, or what of it is in the outlet's own voice."""

    gist: Gist
    paragraph: int
    words: str


class _Telling:
    """One version."""

    def __init__(self, reading: Reading, links: Links) -> None:
        self.reading, self.links = reading, links
        self.said = tuple(_said(reading))
        self.own = tuple(_own(reading))

    def at(self, said: _Said) -> str:
        return self.links.article(self.reading.document.id, f"t{said.number}")

    def told(self, said: _Said) -> Side:
        """Who is made to say it, and with which words."""
        cue = one_line(self.reading.document[said.attribution.cue])
        return Side(f"attributed to {_name(said.source)}" + (f" (“{cue}”)" if cue else ""), self.at(said))

    def quote(self, said: _Said) -> str:
        return in_quotes(one_line(self.reading.document[said.attribution.content]), LONG)

    def in_own_voice(self, wanted: Gist) -> _Own | None:
        """The sentence in the outlet's own voice that holds most of something, if one holds enough."""
        if len(wanted.stems) < LEAST:
            return None
        best = max(self.own, key=lambda each: wanted.share_in(each.gist), default=None)
        return best if best is not None and wanted.share_in(best.gist) >= COVERED else None

    def place(self, own: _Own) -> Side:
        return Side("in the outlet’s own voice", self.links.article(self.reading.document.id, f"p{own.paragraph}"))


def changes(before: Reading, after: Reading, links: Links) -> tuple[Change, ...] | None:
    """What changed in the telling: attributions that are in both, then those that went, then those that came, each in order of the text.

    None if the two are too long for it.
    """
    if any(len(each.attributions) > MOST or len(each.document.text) > CHARACTERS for each in (before, after)):
        return None
    old, new = _Telling(before, links), _Telling(after, links)
    if max(len(old.own), len(new.own)) > SENTENCES:
        return None
    matched = _matched(old.said, new.said)
    here, there = {one.number for one, _ in matched}, {other.number for _, other in matched}
    found = [change for one, other in matched for change in _compared(old, new, one, other)]
    found += [_went(old, new, each, "attribution went", gone=True) for each in old.said if each.number not in here]
    found += [_went(new, old, each, "attribution came", gone=False) for each in new.said if each.number not in there]
    return tuple(found)


def _said(reading: Reading) -> Iterator[_Said]:
    sources = {source.id: source for source in reading.sources}
    for number, each in enumerate(reading.attributions, 1):
        source = sources.get(each.speaker) or Source(each.speaker, "the outlet" if each.speaker == OUTLET else NOBODY)
        yield _Said(number, each, source, _gist(reading.document.text, each.content), folded(source.name, person=source.kind == "person"))


def _own(reading: Reading) -> Iterator[_Own]:
    text = reading.document.text
    voice: Spans = next((voice.spans for voice in reading.voices if voice.speaker == OUTLET), ())
    starts = [block.start for block in paragraphs(text)]
    for sentence in language.sentence_spans(text):
        spans = intersect([sentence], voice)
        if spans:
            words = " … ".join(text[span.start : span.end] for span in spans)
            yield _Own(_gist(text, spans), bisect_right(starts, sentence.start), one_line(words))


def _gist(text: str, spans: Spans) -> Gist:
    found = [gist(text, span) for span in spans]
    return Gist(frozenset().union(*(each.stems for each in found)), any(each.negated for each in found))


def _matched(old: tuple[_Said, ...], new: tuple[_Said, ...]) -> list[tuple[_Said, _Said]]:
    """Pairs of attributions that hand the same thing over, the most alike first served; in order of the older version."""
    by_stem: defaultdict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(new):
        for stem in each.gist.stems:
            by_stem[stem].append(place)
    scored = []
    for at, one in enumerate(old):
        shared: defaultdict[int, int] = defaultdict(int)
        for stem in one.gist.stems:
            for place in by_stem.get(stem, ()):
                shared[place] += 1
        for place, number in shared.items():
            other = new[place]
            alike = 2 * number / (len(one.gist.stems) + len(other.gist.stems))
            same = one.key == other.key
            if alike >= (BY_THE_SAME if same else ALIKE):
                scored.append((-alike - 0.2 * same, abs(at - place), at, place))
    taken: dict[int, int] = {}
    for *_, at, place in sorted(scored):
        if at not in taken and place not in taken.values():
            taken[at] = place
    return [(old[at], new[place]) for at, place in sorted(taken.items())]


def _compared(old: _Telling, new: _Telling, one: _Said, other: _Said) -> Iterator[Change]:
    """One observation if anything is different between two attributions of one thing."""
    found = list(_differences(old, new, one, other))
    if found:
        what, was, now = (", ".join(words) for words in zip(*found, strict=True))
        yield Change(what, Side(was, old.at(one)), Side(now, new.at(other)), new.quote(other), _unsure(one, other))


def _differences(old: _Telling, new: _Telling, one: _Said, other: _Said) -> Iterator[tuple[str, str, str]]:
    """What is different, how the older version has it, and the newer one."""
    first, second = one.attribution, other.attribution
    identities = one.source.identity, other.source.identity
    if identities[0] != identities[1]:
        yield f"speaker: {IDENTITY[identities[0]]} → {IDENTITY[identities[1]]}", _name(one.source), _name(other.source)
    elif one.key != other.key and not set(one.key.split()) & set(other.key.split()):
        yield "speaker", _name(one.source), _name(other.source)
    cues = one_line(old.reading.document[first.cue]), one_line(new.reading.document[second.cue])
    if cues[0].casefold() != cues[1].casefold():
        yield "cue", _cue(cues[0]), _cue(cues[1])
    for what, words, was, now in (
        ("outlet’s stance", STANCE, first.outlet_stance, second.outlet_stance),
        ("commitment", COMMITMENT, first.commitment, second.commitment),
        ("polarity", POLARITY | {"affirms": "affirms"}, first.polarity, second.polarity),
        ("form", FORM, first.form, second.form),
    ):
        if was != now:
            yield what, words[was], words[now]


def _went(here: _Telling, there: _Telling, said: _Said, otherwise: str, *, gone: bool) -> Change:
    """An attribution of one version only: whether the other one has its words in the outlet's own voice."""
    side, own = here.told(said), there.in_own_voice(said.gist)
    moved = own is not None and here.in_own_voice(said.gist) is None
    what = ("attributed → own voice" if gone else "own voice → attributed") if moved else otherwise
    other = there.place(own) if own is not None and moved else Side("not found by us")
    before, after = (side, other) if gone else (other, side)
    return Change(what, before, after, here.quote(said), _unsure(said))


def _cue(words: str) -> str:
    return f"“{words}”" if words else "no cue"


def _unsure(*several: _Said) -> bool:
    return any(each.attribution.confidence < CHECK_BELOW for each in several)


def _name(source: Source) -> str:
    if source.identity == "unstated":
        return NOBODY
    return one_line(source.name) + ("" if source.named else f" ({IDENTITY[source.identity]})")
