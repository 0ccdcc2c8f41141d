"""The source audit: who gets how much of an article, where, in which form, by which words; counts over one reading and nothing else.

Always true here: every number can be worked out from the reading alone; a word counts once, where its first character stands, for the
voice it stands in, so that the outlet's words, quoted and reported ones add up to all; counts are facts about this text, no judgment of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso import language
from sayso.attribution.voices import voices
from sayso.quotations import quotations
from sayso.reading import IDENTITIES, KINDS, OUTLET, STANDINGS, Attribution, Reading, Source
from sayso.spans import Span
from sayso.structure import paragraphs, word_spans

Counts = tuple[tuple[str, int], ...]
"""What was counted and how often, the most frequent first, then in order of the text."""

Heard = Counter[tuple[str, bool]]
"""Words by voice and whether they stand inside quotation marks."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the article: number of the word, from 1, and share of the article's words, in [0, 1]."""

    word: int
    share: float


@dataclass(frozen=True, slots=True)
class SourceAudit:
    """What one source gets.

    Attributes:
        source: who.
        attributions: how many have it as their speaker.
        inner: how many of those stand inside somebody else's words.
        quoted_words: words in its voice inside quotation marks.
        reported_words: words in its voice outside quotation marks.
        share: words in its voice over all words, in [0, 1].
        first: the first word handed over from it; `share` is what stands before. None if no word is.
        last: the last word handed over from it; `share` is what stands up to its end.
        cues: the words that hand over, as they stand, in lower case; attributions without a cue are not among them.
        verbs: the same by the base form of the verb, or by noun or phrase where there is none.
        via: ids of sources through which the outlet has it.

    """

    source: Source
    attributions: int
    inner: int
    quoted_words: int
    reported_words: int
    share: float
    first: Place | None
    last: Place | None
    forms: Counts
    attitudes: Counts
    polarities: Counts
    outlet_stances: Counts
    commitments: Counts
    cues: Counts
    verbs: Counts
    via: Counts

    @property
    def words(self) -> int:
        """Words in its voice."""
        return self.quoted_words + self.reported_words


@dataclass(frozen=True, slots=True)
class Group:
    """Sources with one label in common; `share` is of the article's words, in [0, 1]."""

    label: str
    sources: int
    attributions: int
    words: int
    share: float


@dataclass(frozen=True, slots=True)
class Totals:
    """One article.

    Attributes:
        own_share: share of the words in the outlet's own voice; with the two that follow it adds up to 1 (all are 0 without words).
        sources: how many speak, without the one that stands for nobody.
        named_share: share of them that are named.
        unstated_share: share of the attributions that name nobody.
        unresolved_share: share of the attributions whose speaker could not be told.
        inner: attributions inside another one.
        by_identity: always one group for each of `IDENTITIES`; they hold all attributions.
        by_kind: groups of the sources that speak, in the contract's order, empty ones left out; without those that are not stated.
        by_standing: the same by standing.
        first_speaker: id of the source in whose voice the first word stands that is not the outlet's own; None if there is none.
        last_speaker: the same for the last word.
        longest_chain: the chain of most steps, as source ids; the first of that length. Empty if there is no attribution.
        longest_in: id of its attribution, or None.

    """

    words: int
    own_share: float
    quoted_share: float
    reported_share: float
    attributions: int
    inner: int
    sources: int
    named_share: float
    unstated_share: float
    unresolved_share: float
    by_identity: tuple[Group, ...]
    by_kind: tuple[Group, ...]
    by_standing: tuple[Group, ...]
    forms: Counts
    outlet_stances: Counts
    first_speaker: str | None
    last_speaker: str | None
    longest_chain: tuple[str, ...]
    longest_in: str | None


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit of one article.

    Attributes:
        totals: the whole article.
        sources: those that speak, the one with most words first, then in order of their first word.
        relays: ids of the sources that something came through, with the number of attributions.

    """

    totals: Totals
    sources: tuple[SourceAudit, ...]
    relays: Counts


def audit(reading: Reading) -> Audit:
    """Count who gets what in one reading; takes time in proportion to the length of the text."""
    starts = [word.start for word in word_spans(reading.document.text)]
    heard = _heard(reading, starts)
    amounts = Counter(heard)
    known = {source.id: source for source in reading.sources}
    spoken: dict[str, list[Attribution]] = {}
    for attribution in reading.attributions:
        if attribution.speaker in known:
            spoken.setdefault(attribution.speaker, []).append(attribution)
    found = [_source(reading, known[name], said, amounts, starts) for name, said in spoken.items()]
    found.sort(key=lambda row: (-row.words, row.first.word if row.first else len(starts) + 1))
    relays = _counts(relay for attribution in reading.attributions for relay in attribution.via)
    return Audit(_totals(reading, found, heard), tuple(found), relays)


def _heard(reading: Reading, starts: Sequence[int]) -> list[tuple[str, bool]]:
    """For each word whose voice it stands in, and whether inside quotation marks."""
    text = reading.document.text
    parts = reading.voices or voices(reading.document, reading.attributions)
    stretches = sorted((span, voice.speaker) for voice in parts for span in voice.spans)
    marks = quotations(text, paragraphs(text))
    heard: list[tuple[str, bool]] = []
    stretch = mark = 0
    for start in starts:
        while stretch < len(stretches) and stretches[stretch][0].end <= start:
            stretch += 1
        while mark < len(marks) and marks[mark].end <= start:
            mark += 1
        speaker = stretches[stretch][1] if stretch < len(stretches) else OUTLET
        heard.append((speaker, mark < len(marks) and marks[mark].start <= start))
    return heard


def _source(reading: Reading, source: Source, said: Sequence[Attribution], amounts: Heard, starts: Sequence[int]) -> SourceAudit:
    quoted, reported = amounts[source.id, True], amounts[source.id, False]
    cues = [" ".join(reading.document[a.cue].split()).lower() for a in said if a.cue]
    stretches = [span for a in said for span in a.content if _first(starts, span) <= _last(starts, span)]
    first = min((_first(starts, span) for span in stretches), default=0)
    last = max((_last(starts, span) for span in stretches), default=0)
    return SourceAudit(
        source=source,
        attributions=len(said),
        inner=sum(a.within is not None for a in said),
        quoted_words=quoted,
        reported_words=reported,
        share=_share(quoted + reported, len(starts)),
        first=Place(first, _share(first - 1, len(starts))) if stretches else None,
        last=Place(last, _share(last, len(starts))) if stretches else None,
        forms=_counts(a.form for a in said),
        attitudes=_counts(a.attitude for a in said),
        polarities=_counts(a.polarity for a in said),
        outlet_stances=_counts(a.outlet_stance for a in said),
        commitments=_counts(a.commitment for a in said),
        cues=_counts(cues),
        verbs=_counts(map(verb, cues)),
        via=_counts(relay for a in said for relay in a.via),
    )


def _totals(reading: Reading, found: Sequence[SourceAudit], heard: Sequence[tuple[str, bool]]) -> Totals:
    words = len(heard)
    handed = [(speaker, quoted) for speaker, quoted in heard if speaker != OUTLET]
    quoted = sum(quoted for _, quoted in handed)
    stated = [row for row in found if row.source.identity != "unstated"]
    identities = {label: _group(label, [row for row in found if row.source.identity == label], words) for label in IDENTITIES}
    longest = max(reading.attributions, key=lambda a: len(a.chain), default=None)
    everything = len(reading.attributions)
    return Totals(
        words=words,
        own_share=_share(words - len(handed), words),
        quoted_share=_share(quoted, words),
        reported_share=_share(len(handed) - quoted, words),
        attributions=everything,
        inner=sum(a.within is not None for a in reading.attributions),
        sources=len(stated),
        named_share=_share(identities["named"].sources, len(stated)),
        unstated_share=_share(identities["unstated"].attributions, everything),
        unresolved_share=_share(identities["unresolved"].attributions, everything),
        by_identity=tuple(identities.values()),
        by_kind=_groups(KINDS, [(row.source.kind, row) for row in stated], words),
        by_standing=_groups(STANDINGS, [(row.source.standing, row) for row in stated], words),
        forms=_counts(a.form for a in reading.attributions),
        outlet_stances=_counts(a.outlet_stance for a in reading.attributions),
        first_speaker=handed[0][0] if handed else None,
        last_speaker=handed[-1][0] if handed else None,
        longest_chain=longest.chain if longest else (),
        longest_in=longest.id if longest else None,
    )


def _groups(labels: Sequence[str], labeled: Sequence[tuple[str, SourceAudit]], words: int) -> tuple[Group, ...]:
    groups = (_group(label, [row for given, row in labeled if given == label], words) for label in labels)
    return tuple(group for group in groups if group.attributions)


def _group(label: str, members: Sequence[SourceAudit], words: int) -> Group:
    spoken = sum(row.words for row in members)
    sources = sum(row.source.identity != "unstated" for row in members)  # nobody is no source
    return Group(label, sources, sum(row.attributions for row in members), spoken, _share(spoken, words))


def _first(starts: Sequence[int], span: Span) -> int:
    return bisect_left(starts, span.start) + 1


def _last(starts: Sequence[int], span: Span) -> int:
    return bisect_left(starts, span.end)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _counts(items: Iterable[str]) -> Counts:
    return tuple(Counter(items).most_common())


@lru_cache(maxsize=4096)
def verb(cue: str) -> str:
    """The base form of the cue's first verb of saying, with its particle; else the noun; else the cue as it stands."""
    lexicon = language.load()
    lows = [token.low for token in language.tokens(cue, Span(0, len(cue)))]
    for at, low in enumerate(lows):
        if low not in lexicon.verbs or (at and lows[at - 1] in lexicon.words["determiners"]):
            continue
        senses = [sense.cue for sense in lexicon.verbs[low]]
        after = lows[at + 1] if at + 1 < len(lows) else ""
        with_particle = next((sense.lemma for sense in senses if after in sense.particles), None)
        if with_particle and lows[at + 2 : at + 3] == ["to"]:
            continue  # "went on to say" is a way to say
        return f"{with_particle} {after}" if with_particle else senses[-1].lemma
    return next((low for low in lows if low in lexicon.nouns), cue)
