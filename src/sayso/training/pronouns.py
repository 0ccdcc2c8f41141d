"""Fit the choice of pronouns' antecedents (`data/pronouns.json`) from annotated coreference.

Always true here: only documents of GUM with open terms are learnt from. First come three models of single mentions (what sort of thing,
which role in the clause, one or several), multinomial logistic regressions; then the ranker, a softmax over the mentions offered to a
pronoun whose loss is the negative log of the chance of all right ones together (Lee et al. 2017, "End-to-end Neural Coreference
Resolution", without the network). The ranker learns from chances that the models of mentions give to documents they were not fitted on.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from sayso.evaluation.pronouns import Asked, Question, pronoun_counts, read_pronouns
from sayso.linear import Clue, Linear
from sayso.spans import Span
from sayso.speakers import phrasings as phr
from sayso.speakers.coreference_clues import Story, clues
from sayso.speakers.phrasings import Page, Phrasing, phrasing
from sayso.speakers.ranker import ANTECEDENT, NEAREST, YES, Ranker
from sayso.training.corpora import OPEN_GENRES
from sayso.training.linear import readable, save, table_of, vocabulary

NO = "no"
FOLDS = 3
RARE = 3  # a clue seen in fewer documents is left out: it would tell their subject
PENALTY, PAIR_PENALTY = 3.0, 4.0
STEPS, PAIR_STEPS = 60, 80
DIGITS, LEAST = 2, 0.05  # decimals of a weight, and the least that is kept
SORTS = {
    "person": phr.PERSON,
    "animal": phr.PERSON,
    "organization": phr.BODY,
    "place": phr.PLACE,
    "abstract": phr.MATTER,
    "object": phr.THING,
    "substance": phr.THING,
    "plant": phr.THING,
    "event": phr.EVENT,
    "time": phr.TIME,
}
ROLES = {
    "nsubj": phr.SUBJECT,
    "obj": phr.OBJECT,
    "iobj": phr.OBJECT,
    "obl": phr.OBLIQUE,
    "nmod": phr.OBLIQUE,
    "nmod:poss": phr.POSSESSOR,
}

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One mention with what annotators say of it; `number` is empty where it is not known."""

    phrasing: Phrasing
    sort: str
    role: str
    number: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """One document: its words, its mentions and what is asked about them."""

    page: Page
    mentions: tuple[Labelled, ...]
    asked: Asked


def lessons(path: Path, genres: Iterable[str] | None = OPEN_GENRES) -> list[Lesson]:
    """Documents of GUM, of the genres named; of all if None."""
    wanted = None if genres is None else set(genres)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [_lesson(row, asked) for row, asked in zip(rows, read_pronouns(path), strict=True) if wanted is None or row["genre"] in wanted]


def _lesson(row: Mapping[str, Any], asked: Asked) -> Lesson:
    page = Page(row["text"])
    found: dict[Span, Labelled] = {}
    for mention in row["mentions"]:
        start, end = row["off"][2 * mention["start"]], row["off"][2 * mention["end"] - 1]
        if 0 <= start < end:
            head = mention["start"] + int(mention["minspan"].split(",")[-1]) - 1
            tag = row["xpos"][head]
            number = phr.PLURAL if tag in ("NNS", "NNPS") else phr.SINGULAR
            role = row["rel"][head]
            found[Span(start, end)] = Labelled(
                phrasing(page, Span(start, end), {}),
                SORTS.get(mention["etype"], phr.MATTER),
                ROLES.get(role, ROLES.get(role.partition(":")[0], phr.OTHER)),
                number if tag.startswith("NN") else "",
            )
    return Lesson(page, tuple(found[span] for span in sorted(found)), asked)


def fit_mentions(read: Sequence[Lesson]) -> dict[str, Linear]:
    """A model for each of `phrasings.TASKS`."""
    columns = vocabulary(([clue for one in lesson.mentions for clue in one.phrasing.clues] for lesson in read), RARE)
    labelled = [one for lesson in read for one in lesson.mentions]
    models = {}
    for task in phr.TASKS:
        known = [(one.phrasing.clues, getattr(one, task)) for one in labelled if getattr(one, task)]
        models[task] = _multinomial(columns, [found for found, _ in known], [label for _, label in known])
    return models


def _multinomial(columns: Mapping[str, int], rows: Sequence[tuple[Clue, ...]], answers: Sequence[str]) -> Linear:
    labels = sorted(set(answers))
    table = table_of(rows, columns)
    right = np.eye(len(labels))[[labels.index(answer) for answer in answers]]
    bias = np.log(right.mean(axis=0))

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(len(columns), len(labels))
        scores = table @ weights + bias
        logs = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
        slope = table.T @ (np.exp(logs) - right) + PENALTY * weights
        return float(-(logs * right).sum() + PENALTY / 2 * (weights**2).sum()), slope.ravel()

    fitted = minimize(loss, np.zeros(len(columns) * len(labels)), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return readable(labels, bias, columns, fitted.x.reshape(len(columns), len(labels)), digits=DIGITS, least=LEAST)


def judged(lesson: Lesson, models: Mapping[str, Linear]) -> list[Phrasing]:
    """The mentions of a document with the chances that models give them."""
    found = []
    for one in lesson.mentions:
        chances = {task: models[task].probabilities(one.phrasing.clues) for task in phr.TASKS}
        found.append(replace(one.phrasing, sort=chances["sort"], role=chances["role"], plural=chances["number"][phr.PLURAL]))
    return found


@dataclass(frozen=True, slots=True)
class Case:
    """What one pronoun was offered: each mention's clues, and which are right."""

    rows: tuple[tuple[Clue, ...], ...]
    right: tuple[bool, ...]


def cases(lesson: Lesson, mentions: Sequence[Phrasing]) -> list[Case]:
    """One case for every pronoun with a right answer among the mentions offered, what was asked before being resolved as annotated."""
    story = Story(lesson.page, mentions)
    place = {mention.span: number for number, mention in enumerate(mentions)}
    found = []
    for question in lesson.asked.questions:
        asking = place[question.pronoun]
        story.read(asking)
        offered = [place[span] for span in question.candidates[-NEAREST:]]
        right = _right(question)
        if any(right):
            found.append(Case(tuple(clues(story, asking, offered)), right))
        story.resolve(asking, place[question.candidates[max(question.right)]])
    return found


def _right(question: Question) -> tuple[bool, ...]:
    first = max(0, len(question.candidates) - NEAREST)
    return tuple(at in question.right for at in range(first, len(question.candidates)))


def fit_ranker(documents: Sequence[Sequence[Case]], penalty: float = PAIR_PENALTY) -> Linear:
    """The ranker's weights, from the cases of each document."""
    known = vocabulary(([clue for case in some for found in case.rows for clue in found] for some in documents), RARE)
    learnt = [case for some in documents for case in some]
    table = table_of([found for case in learnt for found in case.rows], known)
    turned = table.T.tocsr()
    starts = np.cumsum([0, *(len(case.rows) for case in learnt)])[:-1]
    of = np.repeat(np.arange(len(learnt)), [len(case.rows) for case in learnt])
    right = np.array([one for case in learnt for one in case.right])

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = table @ weights
        scores -= np.maximum.reduceat(scores, starts)[of]
        shares = np.exp(scores)
        good = shares * right
        all_of, good_of = np.add.reduceat(shares, starts), np.maximum(np.add.reduceat(good, starts), 1e-300)
        slope = turned @ (shares / all_of[of] - good / good_of[of]) + penalty * weights
        return float(np.log(all_of).sum() - np.log(good_of).sum() + penalty / 2 * (weights**2).sum()), slope

    fitted = minimize(loss, np.zeros(len(known)), jac=True, method="L-BFGS-B", options={"maxiter": PAIR_STEPS})
    return readable((NO, YES), (0.0, 0.0), known, np.stack((-fitted.x / 2, fitted.x / 2), axis=1), digits=DIGITS, least=LEAST)


def fold(number: int) -> int:
    """The part of cross-validation that a document belongs to."""
    return number % FOLDS


def fit(gum: Path, out: Path) -> dict[str, float]:
    """Fit on documents of GUM with open terms and write the weights.

    Args:
        gum: the training part, compressed JSON lines.
        out: the file to write, `data/pronouns.json`.

    Returns:
        How many pronouns were learnt from, and the share of right choices in cross-validation over documents.

    """
    read = lessons(gum)
    parts = [fit_mentions([lesson for n, lesson in enumerate(read) if fold(n) != part]) for part in range(FOLDS)]
    learnt = [cases(lesson, judged(lesson, parts[fold(n)])) for n, lesson in enumerate(read)]
    total: Counter[str] = Counter()
    for part in range(FOLDS):
        model = fit_ranker([found for n, found in enumerate(learnt) if fold(n) != part])
        choose = Ranker({**parts[part], ANTECEDENT: model})
        for n, lesson in enumerate(read):
            if fold(n) == part:
                total.update(pronoun_counts(lesson.asked, choose))
    save({**fit_mentions(read), ANTECEDENT: fit_ranker(learnt)}, out)
    return {"pronouns": total["pronouns:of"], "right": total["pronouns:hit"] / total["pronouns:of"]}
