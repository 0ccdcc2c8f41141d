"""Two books, because two people act in every attribution: whoever speaks chooses the words, and the outlet chooses who speaks.

*Wording* belongs to the speaker. What is loaded in a quotation is not loaded by the outlet: in public data 42 of 100 spans annotated as
"bias" of an article stand inside somebody's quotation. So findings are counted for each class of voices by itself, over the words of that
class: the outlet's own, and what it hands over as true (endorsed), without a stand (neutral), or with responsibility pushed away
(distanced).

*Selection* belongs to the outlet: whom it quotes, how much, who comes first and has the last word, with which verb it hands over, who is
named. Choosing a quotation is an act as well; to drop quotations altogether would be as wrong as to book their words to the outlet. A tool
with one book confuses the two (BASIL's annotators marked quotations as the outlet's selection, Fan et al. 2019).

Always true here: the classes of voices are never summed; each finding is counted once, in one class; selection is never counted as wording.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass

from sayso.attribution.voices import by_attribution
from sayso.audit import Counts, Place, audit
from sayso.measures.heard import TRIGGERS
from sayso.reading import KINDS, OUTLET, VOICES, Attribution, Finding, Reading, Tally
from sayso.spans import Span, Spans, merge
from sayso.structure import word_spans

OWN, ENDORSED, NEUTRAL, DISTANCED = VOICES
_BY_STANCE = {"endorses": ENDORSED, "acknowledges": NEUTRAL, "distances": DISTANCED, "rejects": DISTANCED}
_DENIED = {"endorses": DISTANCED, "acknowledges": NEUTRAL, "distances": DISTANCED, "rejects": ENDORSED}

SHOWN_AT_ZERO = {"loaded": ("loaded",), "editorial": TRIGGERS}
"""Measures of which it is worth saying that there was nothing ("0 of 320 words"), with their labels."""
BY_ACTOR = ("stance", "role")
"""Measures that are about actors: counted for each target and each kind of holder."""
SELECTION = "sourcing"
"""The measure of the other book."""
NO_COUNT = {("certainty", "level")}
"""What every sentence has: a place on a scale, and nothing to count."""


class Classes:
    """The classes of voices of a reading, laid out once for many questions.

    Args:
        reading: its attributions say which words are handed over, and how; its findings are not looked at.

    """

    def __init__(self, reading: Reading) -> None:
        by_id = {attribution.id: attribution for attribution in reading.attributions}
        self._laid = [(span, OWN if key == OUTLET else handed_over(by_id[key])) for span, key in by_attribution(reading)]
        self._starts = [span.start for span, _ in self._laid]
        self._words = [word.start for word in word_spans(reading.document.text)]

    def of(self, where: Span | Spans) -> str:
        """The class of most of the characters at a place; the first of `VOICES` where two have as many, or where there is no text."""
        held: Counter[str] = Counter()
        for span in (where,) if isinstance(where, Span) else where:
            at = max(0, bisect_right(self._starts, span.start) - 1)
            while at < len(self._laid) and self._laid[at][0].start < span.end:
                part, voice = self._laid[at]
                held[voice] += max(0, min(part.end, span.end) - max(part.start, span.start))
                at += 1
        return max(VOICES, key=held.__getitem__)

    def spans(self, voice: str) -> Spans:
        """The stretches of text of one class."""
        return merge(span for span, each in self._laid if each == voice)

    def words(self) -> dict[str, int]:
        """Words of each class; a word counts where its first character stands. All classes are there, with 0 where they have none."""
        found = dict.fromkeys(VOICES, 0)
        for span, voice in self._laid:
            found[voice] += bisect_left(self._words, span.end) - bisect_left(self._words, span.start)
        return found


def handed_over(attribution: Attribution) -> str:
    """How the outlet hands over the content of an attribution: the class of its words.

    Where the speaker denies, the outlet's stance is towards the denial, not towards what is denied: in "refuted that X" the denial is
    presented as true, so X is held at a distance; in "falsely denied that X" it is X that is presented as true; "denied that X" leaves
    it open.
    """
    return (_DENIED if attribution.polarity == "denies" else _BY_STANCE)[attribution.outlet_stance]


def voice_class(reading: Reading, where: Finding | Span | Spans) -> str:
    """The class of voices, one of `VOICES`, that a finding's evidence or a place in the text is in.

    For many questions about one reading make `Classes` once.
    """
    return OWN if isinstance(where, Finding) and where.speaker == OUTLET else Classes(reading).of(_place(where))


def words_by_class(reading: Reading) -> dict[str, int]:
    """Words in each class of voices; together they are all words of the text."""
    return Classes(reading).words()


def tallies(reading: Reading) -> tuple[Tally, ...]:
    """The wording book: findings per measure, label and class of voices, over the words of that class; candidates apart.

    Measures that are about actors are counted for each target and kind of holder too (`outlet` or the kind of the source). Rows with
    neither findings nor candidates are there for `loaded` and `editorial` only, if they were among the measures, in classes with words.
    """
    classes = Classes(reading)
    words = classes.words()
    kinds = {source.id: source.kind for source in reading.sources} | {OUTLET: OUTLET}
    counted: dict[tuple[str, str, str, str | None, str | None], list[int]] = {}
    ran = set(reading.generator.measures) | {finding.measure for finding in reading.findings}
    for measure, labels in SHOWN_AT_ZERO.items():
        if measure in ran:
            counted |= {(measure, label, voice, None, None): [0, 0] for label in labels for voice in VOICES if words[voice]}
    for finding in reading.findings:
        if finding.measure == SELECTION or (finding.measure, finding.label) in NO_COUNT:
            continue
        voice = OWN if finding.speaker == OUTLET else classes.of(finding.evidence)
        about = (finding.target, kinds[finding.speaker]) if finding.measure in BY_ACTOR else (None, None)
        counted.setdefault((finding.measure, finding.label, voice, *about), [0, 0])[finding.candidate] += 1
    return tuple(
        Tally(measure, label, voice, sure, candidates, words[voice], target, holder)
        for (measure, label, voice, target, holder), (sure, candidates) in counted.items()
    )


@dataclass(frozen=True, slots=True)
class Quoted:
    """What the outlet gives to one source.

    Attributes:
        source: its id.
        words: words in its voice, and `share` of all words of the article, in [0, 1].
        quoted_share: share of its words that stand inside quotation marks, in [0, 1].
        named: whether the outlet gives its name.
        first: its first word; None if it has none.
        verbs: the verbs by which it is handed over, in their base form, with how often.

    """

    source: str
    kind: str
    named: bool
    words: int
    share: float
    quoted_share: float
    first: Place | None
    verbs: Counts


@dataclass(frozen=True, slots=True)
class Selection:
    """The selection book of one article: what the outlet chose, whoever chose the words.

    Attributes:
        quoted: the sources that speak, the one with most words first; without the one that stands for nobody.
        own_share: share of the words in the outlet's own voice, in [0, 1].
        first: id of the source with the first word that is not the outlet's; None if there is none.
        last: the same with the last word.
        verbs: for each kind of source that speaks, in the contract's order, the verbs by which such sources are handed over.
        named: how many of the sources are named; `unnamed` are only described, `unresolved` could not be told.

    """

    quoted: tuple[Quoted, ...]
    own_share: float
    first: str | None
    last: str | None
    verbs: tuple[tuple[str, Counts], ...]
    named: int
    unnamed: int
    unresolved: int


def selection(reading: Reading) -> Selection:
    """The selection book: whom the outlet quotes, how much, who is first and last, with which verbs, named or not."""
    found = audit(reading)
    rows = [row for row in found.sources if row.source.identity != "unstated"]
    verbs: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for row in rows:
        verbs[row.source.kind].update(dict(row.verbs))
    identities = Counter(row.source.identity for row in rows)
    return Selection(
        quoted=tuple(
            Quoted(
                row.source.id,
                row.source.kind,
                row.source.named,
                row.words,
                row.share,
                row.quoted_words / row.words if row.words else 0.0,
                row.first,
                row.verbs,
            )
            for row in rows
        ),
        own_share=found.totals.own_share,
        first=found.totals.first_speaker,
        last=found.totals.last_speaker,
        verbs=tuple((kind, tuple(counts.most_common())) for kind, counts in verbs.items() if counts),
        named=identities["named"],
        unnamed=identities["unnamed"],
        unresolved=identities["unresolved"],
    )


def _place(where: Finding | Span | Spans) -> Span | Spans:
    return where.evidence if isinstance(where, Finding) else where
