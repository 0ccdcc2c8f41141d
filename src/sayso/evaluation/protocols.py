"""What exactly is compared: a protocol fixes the articles' versions, what is dropped, the unit of spans, and the figures.

- `contract`: raw offsets, everything annotated, inner attributions too.
- `polnear`: raw offsets, the first annotator of each article, outermost attributions only (PolNeAR marks no others): an attribution that
  stands inside another one's content is dropped on both sides before anything is counted.
- `cofenet`: CofeNet's preparation (Wang et al. 2022): rows of tokens cut at 300, one tag per token, all annotators' copies of an article,
  outermost only; exact, begin and Jaccard of token spans, nothing linked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sayso.errors import UsageError
from sayso.evaluation import labels, speakers
from sayso.evaluation.corpora import Versions
from sayso.evaluation.inner import nesting_counts
from sayso.evaluation.metrics import (
    LEVELS,
    ROLES,
    SLICES,
    Counts,
    Metric,
    climb,
    ladder_counts,
    role_counts,
    slice_counts,
    span_counts,
    voice_counts,
)
from sayso.evaluation.tokens import elements, rows, tag
from sayso.reading import Attribution, Reading
from sayso.spans import Span, covered, merge, overlap


@dataclass(frozen=True, slots=True)
class Reference:
    """Figures from elsewhere, shown beside ours: percent, by metric name."""

    name: str
    note: str
    percent: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Protocol:
    """How gold and predictions are compared."""

    name: str
    note: str
    versions: Versions
    prepare: Callable[[Reading], Reading]
    count: Callable[[Reading, Reading], Counts]
    metrics: tuple[Metric, ...]
    references: tuple[Reference, ...] = ()
    main: tuple[str, ...] = ()
    """Names of the figures that are printed first; empty: all are."""


def outermost(reading: Reading) -> Reading:
    """The reading without the attributions that stand inside another one's content.

    Inside: `within` says so, or cue and content both lie wholly in the other's content. Of two that hold each other, the first stays.
    """
    kept = [item for item in reading.attributions if item.within is None]
    outer = [
        item
        for at, item in enumerate(kept)
        if not any(n != at and _holds(other, item) and (n < at or not _holds(item, other)) for n, other in enumerate(kept))
    ]
    return replace(reading, attributions=tuple(outer), voices=(), findings=())


def _holds(outer: Attribution, inner: Attribution) -> bool:
    if outer.content[0].start > inner.content[0].start or outer.content[-1].end < inner.content[-1].end:
        return False
    words = merge((*inner.cue, *inner.content))
    return overlap(outer.content, words) == covered(words)


def _same(reading: Reading) -> Reading:
    return reading


def _polnear(gold: Reading, predicted: Reading) -> Counts:
    ladder = climb(gold.document.text, gold.attributions, predicted.attributions)
    return {
        **role_counts(gold, predicted),
        **ladder_counts(gold, predicted, ladder),
        **voice_counts(gold, predicted),
        **slice_counts(gold, predicted, ladder),
    }


def _contract(gold: Reading, predicted: Reading) -> Counts:
    ladder = climb(gold.document.text, gold.attributions, predicted.attributions)
    return {
        **role_counts(gold, predicted),
        **ladder_counts(gold, predicted, ladder),
        **voice_counts(gold, predicted),
        **slice_counts(gold, predicted, ladder),
        **nesting_counts(gold, predicted, ladder),
        **speakers.speaker_counts(gold, predicted, ladder),
        **labels.label_counts(gold, predicted, ladder),
    }


def _cofenet(gold: Reading, predicted: Reading) -> Counts:
    ours: dict[str, list[Span]] = {role: [] for role in ROLES}
    theirs: dict[str, list[Span]] = {role: [] for role in ROLES}
    at = 0
    for row in rows(gold.document.text):
        for reading, side in ((gold, ours), (predicted, theirs)):
            for role, spans in elements(tag(row, reading.attributions)).items():
                side[role].extend(Span(at + span.start, at + span.end) for span in spans)
        at += len(row)
    counts: Counts = {}
    for role in ROLES:
        counts |= span_counts(role, ours[role], theirs[role])
    return counts


def _by_role(*measures: tuple[str, str, bool]) -> tuple[Metric, ...]:
    return tuple(Metric(f"{name}.{role}", role, title, is_share) for name, title, is_share in measures for role in ROLES)


_EXACT = ("exact", "spans, exact match", False)
_BEGIN = ("begin", "spans, begin match", False)
_JACCARD = ("jaccard", "spans, Jaccard", True)
_PARTIAL = ("partial", "spans, partial match", False)
_CHARACTERS = ("characters", "characters", False)
_TITLES = {
    "detected": "detected",
    "cue_overlap": "cue overlaps",
    "linked_soft": "linked, IoU ≥ 0.5",
    "linked_0.8": "linked, IoU ≥ 0.8",
    "all_exact": "all spans exact",
    "all_words": "all words exact",
}
_LADDER = tuple(Metric(level, _TITLES[level], "attributions, one to one") for level in LEVELS)
_VOICE = tuple(Metric(f"voice.{unit}", unit, "voice: outlet or attributed", share=True) for unit in ("characters", "words"))
_SLICES = tuple(
    Metric(f"{name}.{level}", f"{name.replace('_', ' ')}, {_TITLES[level] if level == 'detected' else 'linked'}", "by kind of attribution")
    for name in SLICES
    for level in ("detected", "linked_soft")
)
_NESTING = (
    Metric("parent", "right parent", "nesting", share=True),
    Metric("parent_inner", "right parent, inner ones", "nesting", share=True),
    *(Metric(f"{side}.{level}", f"{side}, {_TITLES[level]}", "nesting") for side in ("outermost", "inner") for level in LEVELS),
)
_SPANS = _by_role(_EXACT, _BEGIN, _JACCARD, _PARTIAL, _CHARACTERS)


def _triple(name: str, *percent: float) -> dict[str, float]:
    return {f"{name}.{role}": value for role, value in zip(ROLES, percent, strict=True)}


_HUMANS = Reference(
    "humans",
    "agreement of two trained annotators on PolNeAR's 20 multiply annotated articles (295 pairs); other articles than this gold",
    {
        **_triple("exact", 77.6, 70.5, 68.1),
        **_triple("begin", 82.2, 78.3, 74.9),
        **_triple("characters", 81.0, 68.6, 90.7),
        "detected": 85.6,
        "cue_overlap": 81.4,
        "linked_soft": 74.0,
        "linked_0.8": 70.3,
        "all_exact": 55.9,
    },
)
_COFENET = Reference(
    "CofeNet",
    "BERT-base CofeNet, published (Wang et al. 2022, detailed results): official test split, their tokens cut at 300",
    {**_triple("exact", 83.2, 75.3, 72.9), **_triple("begin", 87.1, 82.3, 79.6), **_triple("jaccard", 76.4, 69.4, 73.2)},
)
_BERT_CRF = Reference(
    "BERT-CRF",
    "BERT-base CRF, published in the same table",
    {**_triple("exact", 82.2, 74.9, 71.0), **_triple("begin", 86.5, 82.0, 78.9), **_triple("jaccard", 75.6, 68.9, 72.7)},
)

CONTRACT = Protocol(
    "contract",
    "raw offsets, every attribution, inner ones too",
    "first",
    _same,
    _contract,
    (*_SPANS, *_LADDER, *_VOICE, *_NESTING, *_SLICES, *speakers.METRICS, *labels.METRICS),
    main=(
        *("detected", "linked_soft", "all_exact", "voice.words"),
        *("inner.linked_soft", "parent", "parent_inner"),
        *(metric.name for metric in speakers.METRICS),
        *(f"label.{label}" for label in labels.LABELS),
        *(f"macro.{label}" for label in ("attitude", "polarity", "outlet_stance", "commitment", "form")),
        *(f"label.polarity={value}" for value in ("denies", "withholds")),
        *(f"label.outlet_stance={value}" for value in ("endorses", "distances", "rejects")),
    ),
)
POLNEAR = Protocol(
    "polnear",
    "raw offsets, first annotator, outermost attributions only",
    "first",
    outermost,
    _polnear,
    (*_SPANS, *_LADDER, *_VOICE, *_SLICES),
    (_HUMANS, _COFENET),
)
COFENET = Protocol(
    "cofenet",
    "rows of tokens cut at 300, one tag per token, all annotators' copies, outermost only; tokens are ours, after CoreNLP's",
    "all",
    outermost,
    _cofenet,
    _by_role(_EXACT, _BEGIN, _JACCARD),
    (_COFENET, _BERT_CRF),
)
PROTOCOLS = {protocol.name: protocol for protocol in (CONTRACT, POLNEAR, COFENET)}


def protocol(name: str) -> Protocol:
    """The protocol of that name.

    Raises:
        UsageError: there is none; the message lists them.

    """
    try:
        return PROTOCOLS[name]
    except KeyError:
        raise UsageError(f"no protocol {name!r}: choose one of {', '.join(PROTOCOLS)}") from None
