"""Fit the word lists that stand in for the tone network: single words, counted in the same training sentences.

Always true here: a word is on a list only if it stands in lower case at least half of the time where it does not begin its sentence, so
names are not learned; the strength of the penalty is chosen by cross-validation over sentences of one document.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from sayso import language
from sayso.encoder.tones import CERTAINTY, EDITORIALIZES, LOADED
from sayso.linear import Linear
from sayso.measures.heard import STANCES, TRIGGERS
from sayso.measures.hedges import HEDGE, matches
from sayso.measures.wordlist import EDITORIAL, STANCE, TRIGGER, clues
from sayso.spans import Span
from sayso.structure import word_spans
from sayso.training.linear import Row as Case
from sayso.training.linear import fit as fit_linear
from sayso.training.tone.corpora import Row, training_rows
from sayso.training.tone.fit import attributed

RARE = 8  # sentences that a word must stand in
LEAST = 3  # loaded uses that a word must have
SHARE = 0.2  # of its uses that must be loaded
DIGITS = 3


SETS = ("newsmtsc", "stance", "wording", "world_news", "certainty")


def fit_from(data: Path, path: Path) -> dict[str, float]:
    """Write `wordlist.json` from the training sentences below `data`; see `fit`."""
    return fit(training_rows(data, attributed, dict.fromkeys(SETS, 1)), path)


def fit(sets: dict[str, list[Row]], path: Path) -> dict[str, float]:
    """Write `wordlist.json` and give the macro-F1 of each model in cross-validation, and the correlation of hedges with certainty."""
    worded = [*sets["wording"], *sets["world_news"]]
    common = plain(row.text for rows in sets.values() for row in rows)
    start, step, correlation = certainty(sets["certainty"])
    figures = {"certainty": correlation}
    models: dict[str, Linear] = {}
    cases = {
        STANCE: [
            case(row, STANCES[target.stance], common)
            for row in (*sets["newsmtsc"], *sets["stance"])
            for target in row.targets
            if target.stance is not None
        ],
        EDITORIAL: [case(row, "yes" if row.sentence[EDITORIALIZES] else "no", common) for row in worded if EDITORIALIZES in row.sentence],
        TRIGGER: [case(row, TRIGGERS[row.trigger], common) for row in worded if row.trigger is not None],
    }
    for task, rows in cases.items():
        models[task], figures[task] = fit_linear(rows, penalties=(0.03, 0.1, 0.3, 1.0), rare=RARE)
    save(loaded(worded, common), (start, step), models, path)
    return figures


def plain(texts: Iterable[str]) -> frozenset[str]:
    """Words that mostly stand in lower case where they do not begin a sentence."""
    low, capital = Counter[str](), Counter[str]()
    for text in texts:
        for word in word_spans(text)[1:]:
            found = text[word.start : word.end]
            (low if found.islower() else capital)[language.lower(found)] += 1
    return frozenset(word for word, count in low.items() if count >= capital[word])


def case(row: Row, label: str, common: frozenset[str]) -> Case:
    """A sentence as its plain words."""
    found = clues(row.text, word_spans(row.text))
    return Case(tuple(clue for clue in found if clue.name in common), label, row.text)


def loaded(rows: Sequence[Row], common: frozenset[str]) -> dict[str, float]:
    """The share of each word's uses that stand in loaded stretches, smoothed towards the share of all words."""
    uses, hits = Counter[str](), Counter[str]()
    for row in rows:
        for word in word_spans(row.text):
            low = language.lower(row.text[word.start : word.end])
            uses[low] += 1
            hits[low] += any(span.overlaps(word) for span in row.wordings[LOADED].spans)
    whole = sum(hits.values()) / max(1, sum(uses.values()))
    shares = {word: (hits[word] + whole) / (uses[word] + 1) for word in uses if word in common and hits[word] >= LEAST}
    return {word: round(share, DIGITS) for word, share in sorted(shares.items()) if share >= SHARE}


def certainty(rows: Sequence[Row]) -> tuple[float, float, float]:
    """The line through certainty against the number of hedges: its start, its slope, and the correlation."""
    hedges = np.array([sum(match.entry.label == HEDGE for match in matches(row.text, Span(0, len(row.text)))) for row in rows])
    sure = np.array([row.sentence[CERTAINTY] for row in rows])
    slope, start = np.polyfit(hedges, sure, 1)
    return round(float(start), DIGITS), round(float(slope), DIGITS), float(np.corrcoef(hedges, sure)[0, 1])


def save(words: dict[str, float], line: tuple[float, float], models: dict[str, Linear], path: Path) -> None:
    """Write the lists, one word a line, so that a change can be read."""
    tasks = []
    for task, model in models.items():
        lines = ",\n".join(f"    {json.dumps(name, ensure_ascii=False)}: {json.dumps(row)}" for name, row in sorted(model.weights.items()))
        head = f'  {json.dumps(task)}: {{\n   "labels": {json.dumps(model.labels)},\n   "bias": {json.dumps(model.bias)},'
        tasks.append(f'{head}\n   "weights": {{\n{lines}\n   }}\n  }}')
    shares = ",\n".join(f"  {json.dumps(word, ensure_ascii=False)}: {share}" for word, share in words.items())
    models_text = ",\n".join(tasks)
    path.write_text(
        f'{{\n "certainty": {json.dumps(line)},\n "loaded": {{\n{shares}\n }},\n "models": {{\n{models_text}\n }}\n}}\n', encoding="utf-8"
    )
