"""Loaded words and editorial sentences against gold: spans, sentences, voices, triggers.

Always true here: two spans match if they share a code point, one to one, in order of the text; a sentence is positive if a mark meets it;
only the sentences that are scored count. Figures of the outlet's own voice compare what the gold gives to the outlet with what the system
gives to it, so a speaker's word booked to the outlet costs precision, and the other way round recall.

Candidates do not count as found, except in the row that says so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence

from sayso.errors import UsageError
from sayso.evaluation import bootstrap
from sayso.evaluation.calibration import calibration
from sayso.evaluation.choices import both_ways, label_counts, report
from sayso.evaluation.metrics import Counts, Metric, f1, share
from sayso.evaluation.report import Report
from sayso.evaluation.told import EDITORIAL, LOADED, GoldText, Mark, Told, within
from sayso.measures.heard import TRIGGERS
from sayso.reading import OUTLET
from sayso.spans import Span, Spans, merge, overlap, subtract

_ALL, _OWN = "loaded words, whoever says them", "loaded words in the outlet's own voice"
_SENTENCE, _STRETCH = "editorial sentences", "editorial stretches"
METRICS = {
    LOADED: (
        Metric("loaded", "spans that overlap", _ALL),
        Metric("loaded.characters", "characters", _ALL),
        Metric("loaded.sentences", "sentences with any", _ALL),
        Metric("loaded.voice", "right voice, of matched spans", _ALL, share=True),
        Metric("loaded.own", "spans that overlap", _OWN),
        Metric("loaded.own.characters", "characters", _OWN),
        Metric("loaded.own.sentences", "sentences with any", _OWN),
    ),
    EDITORIAL: (
        Metric("editorial", "editorial or not, macro-F1", _SENTENCE, parts=("editorial=yes", "editorial=no")),
        Metric("editorial=yes", "editorial", _SENTENCE),
        Metric("editorial=no", "not editorial", _SENTENCE),
        Metric("editorial.spans", "spans that overlap", _STRETCH),
        Metric("editorial.characters", "characters", _STRETCH),
        Metric("editorial.trigger", "right trigger, of matched spans", _STRETCH, share=True),
        *(Metric(f"editorial.{trigger}", f"{trigger}, spans", _STRETCH) for trigger in TRIGGERS),
    ),
}
MAIN = {
    LOADED: ("loaded", "loaded.sentences", "loaded.voice", "loaded.own", "loaded.own.sentences"),
    EDITORIAL: ("editorial", "editorial=yes", "editorial.spans", "editorial.trigger"),
}
NOTES = {
    LOADED: "loaded words in the scored sentences; spans match if they overlap",
    EDITORIAL: "sentences in which the outlet evaluates, exhorts, presupposes or generalizes; spans match if they overlap",
}


def pairs(gold: Sequence[Mark], predicted: Sequence[Mark]) -> list[tuple[Mark, Mark]]:
    """Marks that overlap, one to one, taken in order of the text; both sides sorted."""
    found: list[tuple[Mark, Mark]] = []
    i = j = 0
    while i < len(gold) and j < len(predicted):
        ours, theirs = gold[i].span, predicted[j].span
        if ours.overlaps(theirs):
            found.append((gold[i], predicted[j]))
            i, j = i + 1, j + 1
        elif ours.end <= theirs.end:
            i += 1
        else:
            j += 1
    return found


def loaded_counts(sentences: Spans, gold: Told, predicted: Told) -> Counts:
    """What the figures of loaded words rest on, in one text."""
    ours, theirs = within(gold.loaded, sentences), within(predicted.shown().loaded, sentences)
    matched = pairs(ours, theirs)
    own = [mark for mark in ours if mark.voice == OUTLET], [mark for mark in theirs if mark.voice == OUTLET]
    return {
        **_stretches("loaded", "loaded.characters", sentences, ours, theirs),
        **_positive("loaded.sentences", sentences, ours, theirs),
        **share("loaded.voice", sum(a.voice == b.voice for a, b in matched), len(matched)),
        **_stretches("loaded.own", "loaded.own.characters", sentences, *own),
        **_positive("loaded.own.sentences", sentences, *own),
    }


def editorial_counts(sentences: Spans, gold: Told, predicted: Told) -> Counts:
    """What the figures of editorial sentences rest on, in one text; a system's marks in a speaker's voice are none of the outlet's."""
    ours = within(gold.editorial, sentences)
    theirs = [mark for mark in within(predicted.shown().editorial, sentences) if mark.voice == OUTLET]
    matched = pairs(ours, theirs)
    said, found = _marked(sentences, ours), _marked(sentences, theirs)
    answers = [("yes" if at in said else "no", "yes" if at in found else "no") for at in range(len(sentences))]
    counts = {
        **label_counts("editorial", answers, ("yes", "no")),
        **_stretches("editorial.spans", "editorial.characters", sentences, ours, theirs),
        **share("editorial.trigger", sum(a.label == b.label for a, b in matched), len(matched)),
    }
    for trigger in TRIGGERS:
        of = [mark for mark in ours if mark.label == trigger], [mark for mark in theirs if mark.label == trigger]
        counts |= f1(f"editorial.{trigger}", len(pairs(*of)), len(of[1]), len(of[0]))
    return counts


COUNT: Mapping[str, Callable[[Spans, Told, Told], Counts]] = {LOADED: loaded_counts, EDITORIAL: editorial_counts}


def _stretches(spans: str, characters: str, sentences: Spans, gold: Sequence[Mark], predicted: Sequence[Mark]) -> Counts:
    ours, theirs = (_inside([mark.span for mark in marks], sentences) for marks in (gold, predicted))
    sizes = (sum(span.length for span in side) for side in (theirs, ours))
    return f1(spans, len(pairs(gold, predicted)), len(predicted), len(gold)) | f1(characters, overlap(ours, theirs), *sizes)


def _inside(spans: Sequence[Span], sentences: Spans) -> Spans:
    whole = merge(spans)
    return subtract(whole, subtract(whole, sentences))


def _positive(name: str, sentences: Spans, gold: Sequence[Mark], predicted: Sequence[Mark]) -> Counts:
    ours, theirs = _marked(sentences, gold), _marked(sentences, predicted)
    return f1(name, len(ours & theirs), len(theirs), len(ours))


def _marked(sentences: Spans, marks: Sequence[Mark]) -> set[int]:
    """Numbers of the sentences that a mark meets."""
    starts, ends = [span.start for span in sentences], [span.end for span in sentences]
    return {n for mark in marks for n in range(bisect_right(ends, mark.span.start), bisect_left(starts, mark.span.end))}


def evaluate_told(
    gold: Sequence[GoldText],
    systems: Mapping[str, Sequence[Told]],
    measure: str,
    resamples: int = bootstrap.RESAMPLES,
    seed: int = bootstrap.SEED,
) -> Report:
    """Score what systems found against gold.

    Args:
        gold: texts with marks.
        systems: for each system, what it found in every text, in the order of `gold`; the confidences of the first are looked at.
        measure: `loaded` or `editorial`.
        resamples: number of bootstrap resamples over clusters.
        seed: of the resamples.

    Raises:
        UsageError: there is no gold, or it does not speak of this measure.

    """
    silent = next((text for text in gold if measure not in text.measures), None)
    if silent:
        raise UsageError(f"the gold of {silent.document.origin} marks nothing that the protocol {measure} could be scored on")
    count, keys = COUNT[measure], [text.cluster for text in gold]
    return report(
        (measure, NOTES[measure]),
        keys,
        (sum(len(text.sentences) for text in gold), "sentences"),
        {
            system: [count(text.sentences, text.first, one) for text, one in zip(gold, found, strict=True)]
            for system, found in systems.items()
        },
        METRICS[measure],
        "articles or outlets",
        MAIN[measure],
        agreement=both_ways(
            keys,
            [(text.first, text.second) if text.second is not None else None for text in gold],
            lambda number, one, other: count(gold[number].sentences, one, other),
            METRICS[measure],
            resamples,
            seed,
        ),
        calibration=calibration(
            f"findings of {next(iter(systems), '')}; right if they overlap a gold span",
            _confidences(gold, next(iter(systems.values()), ()), measure),
        ),
        resamples=resamples,
        seed=seed,
    )


def _confidences(gold: Sequence[GoldText], found: Sequence[Told], measure: str) -> list[tuple[float, bool]]:
    cases: list[tuple[float, bool]] = []
    for text, one in zip(gold, found, strict=True):
        marks: tuple[tuple[Mark, ...], tuple[Mark, ...]] = (getattr(text.first, measure), getattr(one, measure))
        ours, theirs = (within(side, text.sentences) for side in marks)
        covered = merge(mark.span for mark in ours)
        cases += [(mark.confidence, overlap([mark.span], covered) > 0) for mark in theirs]
    return cases
