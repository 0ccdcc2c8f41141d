"""The field's metrics, each computed from counts that add up over documents.

Always true here: one document gives one dictionary of counts; the counts of a corpus are the sum of its documents' counts; every metric is
a function of those sums alone. That is what lets the bootstrap resample articles without reading them again.

A metric `m` of kind F1 rests on the counts `m:hit_predicted`, `m:predicted` (precision) and `m:hit_gold`, `m:gold` (recall); a share rests
on `m:hit`, `m:of`; a macro-F1 on the counts of its parts; a correlation on `MOMENTS`. Spans are compared in code points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.evaluation.matching import match
from sayso.reading import Attribution, Reading
from sayso.spans import Span, Spans, hull, iou, merge, overlap, subtract
from sayso.structure import word_spans

ROLES = ("source", "cue", "content")
LEVELS = ("detected", "cue_overlap", "linked_soft", "linked_0.8", "all_exact", "all_words")
SLICES = ("direct", "mixed", "indirect", "with_source", "no_source", "several_sentences", "discontinuous")

MOMENTS = ("n", "x", "y", "xx", "yy", "xy")

Counts = dict[str, float]
Floats = npt.NDArray[np.float64]

_SENTENCE_BREAK = re.compile(r"[.!?…][\"'”’»)\]]*\s+[\"'“‘«(\[]*(?=[A-Z0-9])|\n\s*\n")
_NO_SENTENCE_BREAK = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Rev|Hon|St|Jr|Sr|vs|No|Inc|Corp|Co|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|[A-Z])\.\s+$"
)


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure of the report.

    Attributes:
        name: what it is called in floors and in JSON.
        title: what is printed for it.
        section: the heading that it stands under.
        share: whether it is a share; else it is an F1.
        parts: for a macro-F1, the names of the F1s whose plain mean it is; those that the gold gives no case of are left out.
        correlation: whether it is Pearson's correlation, in [-1, 1].

    """

    name: str
    title: str
    section: str
    share: bool = False
    parts: tuple[str, ...] = ()
    correlation: bool = False

    @property
    def plain(self) -> bool:
        """Whether it is one number, without a precision and a recall."""
        return self.share or self.correlation or bool(self.parts)

    @property
    def columns(self) -> tuple[str, ...]:
        """The counts that it rests on."""
        if self.correlation:
            return tuple(f"{self.name}:{moment}" for moment in MOMENTS)
        ends = ("hit", "of") if self.share else ("hit_predicted", "predicted", "hit_gold", "gold")
        return tuple(f"{name}:{end}" for name in self.parts or (self.name,) for end in ends)

    def score(self, count: Callable[[str], Floats]) -> tuple[Floats, Floats, Floats]:
        """Precision, recall and value (F1, or the one number three times); NaN where nothing was there to count."""
        if self.correlation:
            pearson = _pearson(*(count(column) for column in self.columns))
            return pearson, pearson, pearson
        if self.parts:
            values = np.stack([np.where(count(f"{name}:gold") > 0, _f1(name, count)[2], np.nan) for name in self.parts])
            there = ~np.isnan(values)
            mean = _divide(np.where(there, values, 0.0).sum(axis=0), there.sum(axis=0).astype(np.float64))
            return mean, mean, mean
        if self.share:
            share = _divide(*(count(column) for column in self.columns))
            return share, share, share
        return _f1(self.name, count)


def _f1(name: str, count: Callable[[str], Floats]) -> tuple[Floats, Floats, Floats]:
    hit_predicted, predicted, hit_gold, gold = (count(f"{name}:{end}") for end in ("hit_predicted", "predicted", "hit_gold", "gold"))
    precision, recall = _divide(hit_predicted, predicted), _divide(hit_gold, gold)
    p, r = np.nan_to_num(precision), np.nan_to_num(recall)
    value = np.where(p + r > 0, 2 * p * r / np.where(p + r > 0, p + r, 1.0), 0.0)
    return precision, recall, np.where(predicted + gold > 0, value, np.nan)


def _pearson(n: Floats, x: Floats, y: Floats, xx: Floats, yy: Floats, xy: Floats) -> Floats:
    spread = np.maximum(n * xx - x * x, 0.0) * np.maximum(n * yy - y * y, 0.0)
    return _divide(n * xy - x * y, np.where(spread > 1e-9 * np.maximum(n, 1.0) ** 4, np.sqrt(spread), 0.0))


def _divide(above: Floats, below: Floats) -> Floats:
    return np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan)


def f1(name: str, hit: float, predicted: float, gold: float, hit_gold: float | None = None) -> Counts:
    """The four counts of an F1; without `hit_gold` a hit counts the same on both sides."""
    return {
        f"{name}:hit_predicted": hit,
        f"{name}:predicted": predicted,
        f"{name}:hit_gold": hit if hit_gold is None else hit_gold,
        f"{name}:gold": gold,
    }


def share(name: str, hit: float, of: float) -> Counts:
    """The two counts of a share."""
    return {f"{name}:hit": hit, f"{name}:of": of}


def moments(name: str, pairs: Sequence[tuple[float, float]]) -> Counts:
    """The six counts of a correlation."""
    sums = ((1.0, x, y, x * x, y * y, x * y) for x, y in pairs)
    return dict(zip((f"{name}:{moment}" for moment in MOMENTS), map(sum, zip(*sums, strict=True)) if pairs else (0.0,) * 6, strict=True))


def add(several: Iterable[Counts]) -> Counts:
    """The sum of counts, column by column."""
    total: Counts = {}
    for counts in several:
        for column, number in counts.items():
            total[column] = total.get(column, 0.0) + number
    return total


# ── spans, one role at a time ──────────────────────────────────────────────────────────────────────────────────────────────────────


def span_counts(role: str, gold: Iterable[Span], predicted: Iterable[Span]) -> Counts:
    """Exact match, begin match, Jaccard and partial match of one role's spans in one text (offsets or token indices).

    Exact and begin: a span counts once however many attributions share it (CofeNet's EM and BM; Wang et al. 2022). Jaccard, as in
    CofeNet's evaluator: each gold span gives 1 if it is found exactly, else its best IoU with a prediction; each prediction without any
    overlap gives 0; the mean over that list (a prediction that overlaps without being exact adds nothing, so it leans to recall). Partial,
    after Pareti et al. 2013: each span counts by the part of it that lies in the one best span of the other side, in characters.
    """
    ours, theirs = sorted(set(gold)), sorted(set(predicted))
    starts, guessed = {span.start for span in ours}, {span.start for span in theirs}
    exact = len(set(ours) & set(theirs))
    shared, gold_length, predicted_length = _overlaps(ours, theirs)
    union = gold_length[:, None] + predicted_length[None, :] - shared
    best = (shared / union).max(axis=1, initial=0.0) if shared.size else np.zeros(len(ours))
    lost = int((shared.max(axis=0, initial=0.0) == 0).sum())
    in_gold = (shared / predicted_length[None, :]).max(axis=0, initial=0.0).sum() if shared.size else 0.0
    in_predicted = (shared / gold_length[:, None]).max(axis=1, initial=0.0).sum() if shared.size else 0.0
    return {
        **f1(f"exact.{role}", exact, len(theirs), len(ours)),
        **f1(f"begin.{role}", len(starts & guessed), len(guessed), len(starts)),
        **share(f"jaccard.{role}", float(best.sum()), len(ours) + lost),
        **f1(f"partial.{role}", float(in_gold), len(theirs), len(ours), float(in_predicted)),
    }


def _overlaps(gold: Sequence[Span], predicted: Sequence[Span]) -> tuple[Floats, Floats, Floats]:
    """Shared length of every pair, and the lengths of both sides."""
    a, b = (np.array(side, dtype=np.float64).reshape(-1, 2) for side in (gold, predicted))
    shared = np.minimum(a[:, None, 1], b[None, :, 1]) - np.maximum(a[:, None, 0], b[None, :, 0])
    return np.maximum(shared, 0.0), a[:, 1] - a[:, 0], b[:, 1] - b[:, 0]


def all_spans(attributions: Iterable[Attribution], role: str) -> list[Span]:
    """Every span of one role, with repetitions."""
    return [span for attribution in attributions for span in getattr(attribution, role)]


def role_counts(gold: Reading, predicted: Reading) -> Counts:
    """Span metrics and character F1 (each covered position once) of the three roles."""
    counts: Counts = {}
    for role in ROLES:
        ours, theirs = all_spans(gold.attributions, role), all_spans(predicted.attributions, role)
        counts |= span_counts(role, ours, theirs)
        ours_once, theirs_once = merge(ours), merge(theirs)
        sizes = (sum(span.length for span in side) for side in (theirs_once, ours_once))
        counts |= f1(f"characters.{role}", overlap(ours_once, theirs_once), *sizes)
    return counts


def voice_counts(gold: Reading, predicted: Reading) -> Counts:
    """On how much of the text both sides agree whether the outlet speaks or somebody it cites (union of all contents)."""
    text = gold.document.text
    ours, theirs = _mask(len(text), all_spans(gold.attributions, "content")), _mask(len(text), all_spans(predicted.attributions, "content"))
    agree = ours == theirs
    starts = np.array([word.start for word in word_spans(text)], dtype=np.int64)
    return {**share("voice.characters", float(agree.sum()), len(text)), **share("voice.words", float(agree[starts].sum()), len(starts))}


def _mask(size: int, spans: Iterable[Span]) -> npt.NDArray[np.bool_]:
    mask = np.zeros(size, dtype=bool)
    for span in spans:
        mask[span.start : span.end] = True
    return mask


# ── whole attributions ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def levels(text: str, gold: Attribution, predicted: Attribution) -> frozenset[str]:
    """The steps of the ladder that a matched pair reaches.

    `detected`: matched at all · `cue_overlap`: the cues overlap, or neither has one · `linked_soft`: and the sources overlap or both are
    absent, and content IoU ≥ 0.5 · `linked_0.8`: the same with 0.8 · `all_exact`: all three span lists are the same ·
    `all_words`: all three hold the same letters and digits (white space and punctuation at the borders and between fragments are left
    aside).
    """
    reached = {"detected"}
    pairs = [(getattr(gold, role), getattr(predicted, role)) for role in ROLES]
    if all(merge(a) == merge(b) for a, b in pairs):
        reached.add("all_exact")
    if "all_exact" in reached or all(_same_words(text, a, b) for a, b in pairs):
        reached.add("all_words")
    if _meet(gold.cue, predicted.cue):
        reached.add("cue_overlap")
        if _meet(gold.source, predicted.source):
            together = iou(gold.content, predicted.content)
            reached.update(name for name, bar in (("linked_soft", 0.5), ("linked_0.8", 0.8)) if together >= bar)
    return frozenset(reached)


def _meet(a: Spans, b: Spans) -> bool:
    return overlap(a, b) > 0 or not (a or b)


def _same_words(text: str, a: Spans, b: Spans) -> bool:
    apart = subtract(a, b) + subtract(b, a)
    return not any(letter.isalnum() for span in apart for letter in text[span.start : span.end])


Ladder = dict[tuple[int, int], frozenset[str]]


def climb(text: str, gold: Sequence[Attribution], predicted: Sequence[Attribution]) -> Ladder:
    """The matched pairs (indices) with the steps that each reaches."""
    return {(i, j): levels(text, gold[i], predicted[j]) for i, j in match(gold, predicted)}


def ladder_counts(gold: Reading, predicted: Reading, ladder: Ladder, prefix: str = "") -> Counts:
    """F1 of every step of the ladder, over one matching."""
    counts: Counts = {}
    for level in LEVELS:
        hits = sum(level in reached for reached in ladder.values())
        counts |= f1(prefix + level, hits, len(predicted.attributions), len(gold.attributions))
    return counts


def slice_counts(gold: Reading, predicted: Reading, ladder: Ladder) -> Counts:
    """Detected and linked-soft by kind of attribution: recall by the gold attribution's kind, precision by the predicted one's."""
    text = gold.document.text
    ours = [kinds(text, attribution) for attribution in gold.attributions]
    theirs = [kinds(text, attribution) for attribution in predicted.attributions]
    counts: Counts = {}
    for name in SLICES:
        for level in ("detected", "linked_soft"):
            found = [pair for pair, reached in ladder.items() if level in reached]
            counts |= f1(
                f"{name}.{level}",
                sum(name in theirs[j] for _, j in found),
                sum(name in kind for kind in theirs),
                sum(name in kind for kind in ours),
                sum(name in ours[i] for i, _ in found),
            )
    return counts


def kinds(text: str, attribution: Attribution) -> frozenset[str]:
    """The slices that an attribution belongs to."""
    found = {attribution.form, "with_source" if attribution.source else "no_source"}
    if crosses_sentence(text, attribution.content):
        found.add("several_sentences")
    if any(text[left.end : right.start].strip() for left, right in zip(attribution.content, attribution.content[1:], strict=False)):
        found.add("discontinuous")
    return frozenset(found)


def crosses_sentence(text: str, content: Spans) -> bool:
    """Whether words of the content stand on both sides of a sentence end (a fixed pattern, so that no splitter moves the metric)."""
    whole = hull(content)
    if whole is None:
        return False
    last = content[-1].end
    for found in _SENTENCE_BREAK.finditer(text, whole.start, min(len(text), last + 1)):
        if found.end() < last and not _NO_SENTENCE_BREAK.search(text[max(whole.start, found.start() - 8) : found.end()]):
            return True
    return False
