"""Fit the models that tell who a speaker is (`speakers.profiles`): kind, standing, named.

Always true here: a speaker counts as the very code that reads articles makes it of the annotated sources, wrong turns included, with the
labels that most of its attributions have; and besides as the annotators know it, with all its mentions and with its first one only, with
names and without, so that the models bear what a reader misses. A clue that a single article shows is left out; speakers of one article
stay together in cross-validation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sayso import language
from sayso.attribution.draft import Found, Name
from sayso.evaluation.corpora import UNKNOWN, read_gold
from sayso.linear import Clue
from sayso.reading import Reading, Source
from sayso.spans import Span, merge
from sayso.speakers import agreement, antecedents, speaking
from sayso.speakers.entities import Entity
from sayso.speakers.profiles import NO, TASKS, YES
from sayso.speakers.sources import entity
from sayso.speakers.surroundings import all_names
from sayso.speakers.traits import clues
from sayso.training.linear import Row, save
from sayso.training.linear import fit as fit_rows
from sayso.training.speakers import drafts

OFTEN = 3  # a speaker counts as often as it speaks, up to this
ARTICLES = 2  # that show a clue
STRENGTHS = (0.1, 0.3)  # inverse penalties to choose from

Labels = tuple[str, str, str]
"""Kind, standing, named."""
Case = tuple[Entity, tuple[Name, ...], Labels, int]
"""A speaker, the names to go by, its labels, and how often it counts."""


def fit(gold: Sequence[Path], out: Path, found: Mapping[str, Found] | None = None) -> dict[str, float]:
    """Fit the three models, write them to `out`, and give their macro-F1 in cross-validation over articles, by task.

    Args:
        gold: gold files or folders with speakers, as `evaluation.corpora.read_gold` reads them.
        out: where to write the weights.
        found: by text, the names and links that the network finds; its drafts do not count. What is missing is found by capitals.

    """
    tables: dict[str, list[Row]] = {task: [] for task in TASKS}
    for number, reading in enumerate(reading for path in gold for reading in read_gold(path)):
        known = (found or {}).get(reading.document.text, Found())
        for one, names, labels, times in (*resolved(reading, known), *annotated(reading, known.names), *annotated(reading)):
            seen = clues(reading.document, one, names)
            more = (*seen, Clue(f"kind={labels[0]}"))
            for task, rests, label in zip(TASKS, (seen, more, more), labels, strict=True):
                tables[task] += [Row(rests, label, str(number))] * min(times, OFTEN)
    fitted = {task: fit_rows(_usual(rows), penalties=STRENGTHS) for task, rows in tables.items()}
    save({task: model for task, (model, _) in fitted.items()}, out)
    return {task: score for task, (_, score) in fitted.items()}


def resolved(reading: Reading, found: Found) -> Iterator[Case]:
    """Each speaker that the reader makes of the annotated sources."""
    given = replace(found, drafts=drafts(reading))
    document = reading.document
    who = speaking.speakers(document, given, lambda _, question, offered: antecedents.choose(question, offered))
    names = all_names(document.text, given)
    clusters = {id(one.cluster): one.cluster for one in who if one.cluster is not None}
    counts: dict[int, Counter[Labels]] = {key: Counter() for key in clusters}
    for attribution, one in zip(reading.attributions, who, strict=True):
        source = reading.source(attribution.speaker)
        if one.cluster is not None and source.name != UNKNOWN and not agreement.pronoun(one.cluster.name):
            counts[id(one.cluster)][_labels(source)] += 1
    for key, cluster in clusters.items():
        if counts[key]:
            yield entity(cluster), names, counts[key].most_common(1)[0][0], counts[key].total()


def annotated(reading: Reading, names: tuple[Name, ...] = ()) -> Iterator[Case]:
    """Each speaker that the annotators name: with all its source phrases, and with the first one only and the name that stands there."""
    document = reading.document
    lexicon = language.load(document.language)
    small = lexicon.words["pronouns"] | lexicon.words["possessives"] | lexicon.words["plural"] | lexicon.words["first_person"]
    spans: dict[str, list[Span]] = {}
    times: Counter[str] = Counter(attribution.speaker for attribution in reading.attributions)
    for attribution in reading.attributions:
        spans.setdefault(attribution.speaker, []).extend(span for span in attribution.source if language.lower(document[span]) not in small)
    for source in reading.sources:
        if source.name == UNKNOWN or not times[source.id]:
            continue
        mentions = merge(spans[source.id])
        kinds = Counter(
            name.kind for name in names for mention in mentions if mention.overlaps(name.span) and document[name.span] in source.name
        )
        kind = max(kinds, key=lambda kind: kinds[kind], default="")
        yield Entity(source.name, mentions, kind), names, _labels(source), times[source.id] if names else 1
        if mentions:
            name = source.name if source.kind == "person" and source.named else document[mentions[0]].partition(",")[0]
            yield Entity(name, mentions[:1], kind), names, _labels(source), 1


def _labels(source: Source) -> Labels:
    return source.kind, source.standing, YES if source.named else NO


def _usual(rows: Sequence[Row]) -> list[Row]:
    """The rows without the clues that too few articles show."""
    shown: dict[str, set[str]] = {}
    for row in rows:
        for clue in row.clues:
            shown.setdefault(clue.name, set()).add(row.group)
    return [replace(row, clues=tuple(clue for clue in row.clues if len(shown[clue.name]) >= ARTICLES)) for row in rows]
