"""Fit the models that tell who a speaker is (`speakers.profiles`): kind, standing, named.

Always true here: a speaker of a gold article is counted as it would be found with all its mentions and as it would be found with its first
mention only and the name that stands there, with names and without, so that the models bear what a reader misses; speakers of one article
stay together in cross-validation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sayso import language
from sayso.attribution.draft import Name
from sayso.evaluation.corpora import read_gold
from sayso.linear import Clue
from sayso.reading import Reading, Source
from sayso.spans import Span, merge
from sayso.speakers.descriptions import UNKNOWN
from sayso.speakers.entities import Entity
from sayso.speakers.profiles import KIND, NAMED, NO, STANDING, YES
from sayso.speakers.traits import clues
from sayso.training.linear import Row, save
from sayso.training.linear import fit as fit_rows

OFTEN = 3  # a speaker counts as often as it speaks, up to this


def fit(gold: Sequence[Path], out: Path, names: Mapping[str, Sequence[Name]] | None = None) -> dict[str, float]:
    """Fit the three models, write them to `out`, and give their macro-F1 in cross-validation over articles, by task.

    Args:
        gold: gold files or folders with speakers, as `evaluation.corpora.read_gold` reads them.
        out: where to write the weights.
        names: the names in a text, by text, as the names head finds them; without them its clues are not learnt.

    """
    tables: dict[str, list[Row]] = {KIND: [], STANDING: [], NAMED: []}
    for number, reading in enumerate(reading for path in gold for reading in read_gold(path)):
        known = tuple((names or {}).get(reading.document.text, ()))
        for entity, source, times in speakers(reading, known):
            for given in (known, ()) if known else ((),):
                found = clues(reading.document, entity if given else replace(entity, kind=""), given)
                more = (*found, Clue(f"kind={source.kind}"))
                weight = min(times, OFTEN) if given or not known else 1
                tables[KIND] += [Row(found, source.kind, str(number))] * weight
                tables[STANDING] += [Row(more, source.standing, str(number))] * weight
                tables[NAMED] += [Row(more, YES if source.named else NO, str(number))] * weight
    fitted = {task: fit_rows(rows) for task, rows in tables.items()}
    save({task: model for task, (model, _) in fitted.items()}, out)
    return {task: score for task, (_, score) in fitted.items()}


def speakers(reading: Reading, names: Sequence[Name] = ()) -> Iterator[tuple[Entity, Source, int]]:
    """Each speaker that the text mentions, as it may be found, with its labels and how often it speaks."""
    document = reading.document
    lexicon = language.load(document.language)
    small = lexicon.words["pronouns"] | lexicon.words["possessives"] | lexicon.words["plural"] | lexicon.words["first_person"]
    spans: dict[str, list[Span]] = {}
    times: dict[str, int] = {}
    for attribution in reading.attributions:
        times[attribution.speaker] = times.get(attribution.speaker, 0) + 1
        spans.setdefault(attribution.speaker, []).extend(span for span in attribution.source if language.lower(document[span]) not in small)
    for source in reading.sources:
        if source.name == UNKNOWN or source.id not in times:
            continue
        mentions = merge(spans[source.id])
        found = Counter(
            name.kind for name in names for mention in mentions if mention.overlaps(name.span) and document[name.span] in source.name
        )
        kind = max(found, key=lambda kind: found[kind], default="")
        yield Entity(source.name, mentions, kind), source, times[source.id]
        if mentions:
            name = source.name if source.kind == "person" and source.named else document[mentions[0]].partition(",")[0]
            yield Entity(name, mentions[:1], kind), source, 1
