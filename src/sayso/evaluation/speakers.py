"""Whether the right speaker is named, the same speakers are kept together, and the way from the outlet to them is told right.

Always true here: only linked pairs count (see `labels`), and `naming` alone says when two names are one.

- `speaker`: of the pairs whose gold speaker has a name, the share with the right one (`same_speaker`); `speaker_strict`: word for word
  (`same_words`). `speaker_given`: of the pairs whose gold name stands in the article; the annotators gave some in full that it does not
  ("Quill" as "Dora Quill"). `resolved`, `resolved_strict`: the same where the gold's source phrase names nobody: a pronoun, a possessive, a
  description ("she", "the ministry"). `unresolved`: the share whose predicted speaker is of kind `unknown` (so lower is better).
- `b3`: pairs grouped by speaker on both sides, compared by B³ (Bagga & Baldwin 1998), so that how a speaker is called does not matter.
  Pairs without a gold speaker are left out; on the predicted side who is called unknown is grouped with nobody.
- `via`: relays, one to one by name. `chain`: the share whose chains have equally many steps, each the same speaker;
  `chain_long`: over the gold chains of two steps and more beyond the outlet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sayso.evaluation.corpora import UNKNOWN
from sayso.evaluation.labels import has_labels, linked
from sayso.evaluation.metrics import Counts, Ladder, Metric, f1, share
from sayso.evaluation.naming import names_speaker, same_speaker, same_words, stands_in
from sayso.reading import OUTLET, Attribution, Reading, Source

_OUTLET = Source(OUTLET, OUTLET)


def speaker_counts(gold: Reading, predicted: Reading, ladder: Ladder) -> Counts:
    """All figures of this module for one article; none if its gold does not say who speaks."""
    if not has_labels(gold):
        return {}
    ours, theirs = ({OUTLET: _OUTLET} | {source.id: source for source in reading.sources} for reading in (gold, predicted))
    pairs = linked(gold, predicted, ladder)
    return {
        **_naming(gold, [(a, ours[a.speaker], theirs[b.speaker]) for a, b in pairs]),
        **b_cubed([(a.speaker, _group(n, theirs[b.speaker])) for n, (a, b) in enumerate(pairs) if ours[a.speaker].name != UNKNOWN]),
        **_chains([(_steps(a.via, ours), _steps(b.via, theirs), _steps(a.chain, ours), _steps(b.chain, theirs)) for a, b in pairs]),
    }


def _naming(gold: Reading, pairs: Sequence[tuple[Attribution, Source, Source]]) -> Counts:
    named = [(item, ours, theirs) for item, ours, theirs in pairs if ours.named]
    hidden = [row for row in named if row[0].source and not names_speaker(gold.document[row[0].source], row[1])]
    counts: Counts = {}
    given = [row for row in named if stands_in(row[1], gold.document.text)]
    for name, rows in (("speaker", named), ("speaker_given", given), ("resolved", hidden)):
        counts |= share(name, sum(same_speaker(ours, theirs) for _, ours, theirs in rows), len(rows))
        counts |= share(f"{name}_strict", sum(same_words(ours, theirs) for _, ours, theirs in rows), len(rows))
    return counts | share("unresolved", sum(theirs.kind == "unknown" for *_, theirs in named), len(named))


def _group(number: int, source: Source) -> str:
    return f"{UNKNOWN} {number}" if source.name == UNKNOWN else source.id


def b_cubed(pairs: Sequence[tuple[str, str]]) -> Counts:
    """B³ of one article.

    Each item counts by the share of its predicted group (precision) and of its gold group (recall) that both groups hold.

    Args:
        pairs: of each item, its gold group and its predicted group.

    """
    both, ours, theirs = Counter(pairs), Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    precision = sum(size * size / theirs[b] for (_, b), size in both.items())
    recall = sum(size * size / ours[a] for (a, _), size in both.items())
    return f1("b3", precision, len(pairs), len(pairs), recall)


Steps = tuple[Source, ...]


def _steps(ids: Sequence[str], sources: dict[str, Source]) -> Steps:
    return tuple(sources[key] for key in ids)


def _chains(pairs: Sequence[tuple[Steps, Steps, Steps, Steps]]) -> Counts:
    right = [same_chain(ours, theirs) for *_, ours, theirs in pairs]
    long = [fits for fits, (*_, ours, _) in zip(right, pairs, strict=True) if len(ours) > 2]
    return {
        **f1("via", sum(_shared(a, b) for a, b, *_ in pairs), sum(len(b) for _, b, *_ in pairs), sum(len(a) for a, *_ in pairs)),
        **share("chain", sum(right), len(right)),
        **share("chain_long", sum(long), len(long)),
    }


def _shared(ours: Steps, theirs: Steps) -> int:
    """How many relays both name; each counts once."""
    left = list(theirs)
    for source in ours:
        at = next((n for n, other in enumerate(left) if same_speaker(source, other)), None)
        if at is not None:
            del left[at]
    return len(theirs) - len(left)


def same_chain(ours: Steps, theirs: Steps) -> bool:
    """Whether two chains go through the same speakers in the same order."""
    return len(ours) == len(theirs) and all(same_speaker(a, b) for a, b in zip(ours, theirs, strict=True))


_SPEAKERS = "speakers of linked attributions"
METRICS = (
    Metric("speaker", "right name", _SPEAKERS, share=True),
    Metric("speaker_given", "right name, of those that the article gives", _SPEAKERS, share=True),
    Metric("speaker_strict", "word for word", _SPEAKERS, share=True),
    Metric("resolved", "right name for pronoun, description", _SPEAKERS, share=True),
    Metric("resolved_strict", "word for word", _SPEAKERS, share=True),
    Metric("unresolved", "left unknown (lower is better)", _SPEAKERS, share=True),
    Metric("b3", "grouped by speaker, B³", _SPEAKERS),
    Metric("via", "relays (via)", "chains of linked attributions"),
    Metric("chain", "whole chain right", "chains of linked attributions", share=True),
    Metric("chain_long", "whole chain, two steps or more", "chains of linked attributions", share=True),
)
