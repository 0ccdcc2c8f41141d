"""How an article is told, in plain words, the same for terminal and page: counts by class of voices, stances by holder, passages to read.

Always true here: everything comes from `findings` and `tallies` of the reading; counts are the tallies', never made up from classes of
voices; candidates are never among the counted; words are safe to show (`render.safe`). Observations, no verdict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sayso.measures.rates import rates
from sayso.reading import OUTLET, VOICES, Finding, Reading, Source, Tally
from sayso.render.layers import BUILT_IN, TO_READ, is_lost
from sayso.render.places import Hit, Places
from sayso.render.safe import one_line
from sayso.render.words import NOBODY, many

VOICE = {
    "own": "own voice",
    "endorsed": "handed over as true",
    "neutral": "handed over neutrally",
    "distanced": "handed over with distance",
}
OBSERVED = "Observations about these words, each with its place in the text; no verdict on the article. The voices are never added up."
CANDIDATES = "Candidates to read: passages that may be of the kind named; they are counted nowhere."
CHOSEN = "The outlet’s choice"
LOST = "The headline says flatly what the text only attributes or hedges"

_ROWS = (
    ("loaded words", "loaded", ("loaded",)),
    ("editorial stretches", "editorial", ("evaluation", "exhortation", "presupposition", "generalization")),
    ("hedges", "certainty", ("hedge",)),
    ("boosters", "certainty", ("booster",)),
)


@dataclass(frozen=True, slots=True)
class Count:
    """One thing that is counted in one class of voices; `tally` holds the numbers, `hits` the words, candidates among them."""

    what: str
    tally: Tally
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One class of voices.

    Attributes:
        voice: its name in words.
        words: how many words it has.
        counts: what was counted in it.
        certainty: how certain its sentences sound on average, from 0 to 1, and how many they are; none if that was not measured.

    """

    voice: str
    words: int
    counts: tuple[Count, ...]
    certainty: tuple[float, int] | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """How one holder speaks of one target: numbers of passages without candidates; `hits` are those not neutral, candidates among them."""

    holder: str
    target: str
    favorable: int
    neutral: int
    unfavorable: int
    candidates: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """All that is shown of the measures of one reading; false if there is nothing.

    Attributes:
        voices: what was counted in each class of voices that has words.
        stances: who speaks how of whom, the most outspoken first.
        passages: what to read: by role and by codebook, in each the one with the highest score first; `note` says what it may be.
        headline: claims of the headline that the text hands over with a hedge or a source.
        selection: whom the outlet lets speak first and last, and how many without a name; empty if that was not measured.

    """

    voices: tuple[Told, ...] = ()
    stances: tuple[Held, ...] = ()
    passages: tuple[tuple[str, tuple[Hit, ...]], ...] = ()
    headline: tuple[Hit, ...] = ()
    selection: str = ""

    def __bool__(self) -> bool:
        return bool(self.voices or self.stances or self.passages or self.headline or self.selection)


def tell(reading: Reading) -> Telling:
    """What the measures found, in words."""
    if not (reading.findings or reading.tallies):
        return Telling()
    placed = Places(reading)
    found = tuple(enumerate(reading.findings))
    headline = [placed.said(at, finding) for at, finding in found if is_lost(finding)]
    return Telling(
        voices=_voices(reading, placed),
        stances=_stances(reading, placed),
        passages=_passages(reading, placed),
        headline=tuple(headline),
        selection=_selection(reading),
    )


def _voices(reading: Reading, placed: Places) -> tuple[Told, ...]:
    """What was counted, by class of voices: for the own voice the zeros too, since they are observations."""
    summed: dict[tuple[str, str, str], tuple[int, int]] = {}
    words: dict[str, int] = {}
    for tally in reading.tallies:
        words[tally.voice] = max(tally.words, words.get(tally.voice, 0))
        key = (tally.voice, tally.measure, tally.label)
        count, candidates = summed.get(key, (0, 0))
        summed[key] = (count + tally.count, candidates + tally.candidates)
    hits: dict[tuple[str, str, str], list[Hit]] = {}
    levels: dict[str, list[float]] = {}
    for place, finding in enumerate(reading.findings):
        if (finding.measure, finding.label) == ("certainty", "level"):
            levels.setdefault(placed.voice(finding), []).append(finding.score)
        elif finding.measure not in ("stance", "sourcing", *TO_READ):
            note = finding.label if finding.measure == "editorial" else ""
            hits.setdefault((placed.voice(finding), finding.measure, finding.label), []).append(placed.hit(place, finding, note))
    run = {*reading.generator.measures, *(tally.measure for tally in reading.tallies)}
    more = dict.fromkeys((tally.measure, tally.label) for tally in reading.tallies if tally.measure not in BUILT_IN)
    rows = [row for row in _ROWS if row[1] in run]
    rows += [(name if name == label else f"{name}: {label}", name, (label,)) for name, label in more]
    told = []
    for voice in VOICES:
        if not words.get(voice):
            continue
        counts = []
        for what, measure, labels in rows:
            keys = [(voice, measure, label) for label in labels]
            count, candidates = (sum(summed.get(key, (0, 0))[part] for key in keys) for part in (0, 1))
            if count or candidates or voice == "own":
                those = sorted(
                    (hit for key in keys for hit in hits.get(key, ())),
                    key=lambda hit: (hit.candidate, reading.findings[hit.finding].evidence),
                )
                counts.append(Count(one_line(what), Tally(measure, labels[0], voice, count, candidates, words[voice]), tuple(those)))
        level = levels.get(voice, [])
        told.append(Told(VOICE[voice], words[voice], tuple(counts), (sum(level) / len(level), len(level)) if level else None))
    return tuple(told)


def _stances(reading: Reading, placed: Places) -> tuple[Held, ...]:
    sources = {source.id: source for source in reading.sources}
    grouped: dict[tuple[str, str], list[tuple[int, Finding]]] = {}
    for place, finding in enumerate(reading.findings):
        if finding.measure == "stance" and finding.target:
            grouped.setdefault((finding.speaker, finding.target), []).append((place, finding))
    held = []
    for (speaker, target), found in grouped.items():
        sure = [finding.label for _, finding in found if not finding.candidate]
        telling = [(place, finding) for place, finding in found if finding.label != "neutral"]
        held.append(
            Held(
                holder=holder(speaker, sources),
                target=one_line(target),
                favorable=sure.count("favorable"),
                neutral=sure.count("neutral"),
                unfavorable=sure.count("unfavorable"),
                candidates=len(found) - len(sure),
                hits=tuple(placed.hit(place, finding, finding.label) for place, finding in telling),
            )
        )
    return tuple(sorted(held, key=lambda one: (-(one.favorable + one.unfavorable), -one.candidates, -one.neutral)))


def _passages(reading: Reading, placed: Places) -> tuple[tuple[str, tuple[Hit, ...]], ...]:
    """Passages to read in groups; every label comes once before any comes again."""
    grouped: dict[str, list[tuple[int, Finding]]] = {}
    for place, finding in sorted(enumerate(reading.findings), key=lambda pair: -pair[1].score):
        if finding.measure in TO_READ:
            book = finding.label.partition(":")[0] if finding.measure == "frame" else ""
            grouped.setdefault(one_line(f"codebook {book}" if book else "roles"), []).append((place, finding))
    told = []
    for name in sorted(grouped, key=lambda name: name != "roles"):
        times: Counter[str] = Counter()
        ranked = []
        for place, finding in grouped[name]:
            ranked.append((times[finding.label], place, finding))
            times[finding.label] += 1
        ranked.sort(key=lambda row: row[0])
        told.append((name, tuple(placed.hit(place, finding, kind(finding)) for _, place, finding in ranked)))
    return tuple(told)


def _selection(reading: Reading) -> str:
    """The other book, in one line: not how somebody puts it, but whom the outlet lets speak."""
    sources = {source.id: source for source in reading.sources}
    found = [finding for finding in reading.findings if finding.measure == "sourcing"]
    told = [
        f"{words} {holder(finding.speaker, sources)}"
        for words, label in (("speaks first:", "first"), ("speaks last:", "last"))
        for finding in found
        if finding.label == label
    ]
    unnamed = sum(finding.label == "unnamed" for finding in found)
    if speaking := sum(finding.label == "speaks" for finding in found):
        told.append(f"{unnamed} of {many(speaking, 'source')} not named")
    return " · ".join(told)


def holder(speaker: str, sources: Mapping[str, Source]) -> str:
    """Whoever holds a stance: `the outlet`, or the source's name with its kind."""
    source = sources.get(speaker)
    if speaker == OUTLET or source is None:
        return f"the {OUTLET}"
    if source.identity == "unstated":
        return NOBODY
    return one_line(source.name) + (f" ({source.kind})" if source.kind != "unknown" else "")


def per_thousand(tally: Tally) -> str:
    """How often it stands in 1,000 words of that class of voices, with its interval: `17.2 (5.6–40.2)`."""
    rate = rates(tally)
    if rate is None:
        return "–"
    value, low, high = (f"{part:.1f}" if part < 99.95 else f"{part:.0f}" for part in (rate.per_thousand, rate.low, rate.high))
    return f"{value} ({low}–{high})"


def kind(finding: Finding) -> str:
    """What a passage may be: `villain: Norvania`, `human interest`."""
    label = finding.label.rpartition(":")[2].replace("-", " ")
    return one_line(f"{label}: {finding.target}" if finding.target else label)


def in_words(voice: Told) -> str:
    """A class of voices as a heading: its name, how many words it has, and how certain its sentences sound."""
    words = f"{voice.voice}, {many(voice.words, 'word')}"
    if voice.certainty is None:
        return words
    level, sentences = voice.certainty
    return f"{words}; {many(sentences, 'sentence')}, certainty {level:.2f} of 1"
