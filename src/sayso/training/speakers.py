"""Fit the choice of antecedents: whom a pronoun or a description means, learnt from the speakers that annotators named.

Always true here: candidates and their clues are made by the very code that reads articles; a candidate is right if its name is the one
that the annotators gave; before each choice, the speakers before it are those of the annotators.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sayso.attribution.draft import PERSON, Draft, Found
from sayso.evaluation.corpora import UNKNOWN, read_gold
from sayso.evaluation.naming import same_speaker
from sayso.reading import Reading, Source
from sayso.speakers import speaking
from sayso.speakers.antecedents import Candidate
from sayso.speakers.clusters import Cluster
from sayso.speakers.scene import Question
from sayso.training import ranking
from sayso.training.linear import save
from sayso.training.ranking import Choice


def choices(reading: Reading, found: Found) -> list[Choice]:
    """What was offered for every pronoun and description of one article, and what of it is right."""
    gold = [reading.source(attribution.speaker) for attribution in reading.attributions]
    cases: list[Choice] = []

    def judge(index: int, _: Question, offered: Sequence[Candidate]) -> tuple[Cluster | None, float]:
        right = [number for number, candidate in enumerate(offered) if same(candidate.cluster, gold[index])]
        if offered:
            cases.append(Choice(tuple(candidate.clues for candidate in offered), frozenset(right), reading.document.id))
        return (offered[right[0]].cluster, 1.0) if right else (None, 0.0)

    speaking.speakers(reading.document, found, judge)
    return cases


def same(cluster: Cluster, gold: Source) -> bool:
    """Whether a cluster is the speaker that the annotators named."""
    return same_speaker(Source("", cluster.name, "person" if cluster.kind == PERSON else UNKNOWN, named=bool(cluster.kind)), gold)


def fit(gold: Sequence[Path], out: Path, found: Mapping[str, Found] | None = None) -> dict[str, float]:
    """Fit on annotated articles and write the weights.

    Args:
        gold: files that `evaluation.corpora.read_gold` reads.
        out: the file to write, `data/speakers.json`.
        found: by text, the names and links that the network finds; its drafts do not count. What is missing is found by capitals.

    Returns:
        How many choices there were, and the share made right in cross-validation over articles.

    """
    cases: list[Choice] = []
    for path in gold:
        for reading in read_gold(path):
            known = replace((found or {}).get(reading.document.text, Found()), drafts=drafts(reading))
            cases.extend(choices(reading, known))
    model, score = ranking.fit(cases)
    save({"antecedent": model}, out)
    return {"choices": float(len(cases)), "right": score}


def drafts(reading: Reading) -> tuple[Draft, ...]:
    """The attributions of annotators as a finder would hand them over."""
    number = {attribution.id: index for index, attribution in enumerate(reading.attributions)}
    return tuple(
        Draft(one.content, one.source, one.cue, None if one.within is None else number[one.within]) for one in reading.attributions
    )
