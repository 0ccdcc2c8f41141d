"""Codebooks against gold codes: fitted by outlet, fitted to twenty examples a frame, by definitions alone, by words alone, and blind.

Always true here: gold is JSON lines. Either articles of the Narrative Frames Corpus (`frames` with CO, HI, EC, MO, RE; Frermann et al.
2023), coded with the five generic frames, cross-validated by outlet; or headlines of the Gun Violence Frame Corpus (`frame`, `split`; Liu
et al. 2019), fitted on the split `train` and scored on the others. No figure is of a text that had part in fitting.

By definitions alone, a text of which one frame is asked is given the frame that it scores highest for; where several are, each frame is
given to the half of the texts that score highest for it, since nothing says how common it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.codebooks.book import Codebook, shipped
from sayso.codebooks.coded import Coded
from sayso.codebooks.decide import Flags
from sayso.codebooks.features import Texts, texts_of
from sayso.codebooks.figures import SEED, Figure, Figures, figures, most_frequent
from sayso.codebooks.fit import FOLDS, cross_validated, flags, groups_of, is_single, train
from sayso.codebooks.rank import ranker
from sayso.codebooks.ridge import folds
from sayso.codebooks.vectors import Vectors
from sayso.errors import ContractError, UsageError
from sayso.evaluation.jsonlines import records

FEW = 20  # examples of each frame in the few-shot row
NARRATIVE = {
    "CO": "conflict",
    "HI": "human-interest",
    "EC": "economic-consequences",
    "MO": "morality",
    "RE": "responsibility",
}
GUN_VIOLENCE = {
    "2nd Amendment rights": "second-amendment",
    "Gun control": "gun-control",
    "Politics": "politics",
    "Mental health": "mental-health",
    "School or public space safety": "safety",
    "Race": "race",
    "Public opinion": "public-opinion",
    "Society": "society",
    "Economic consequences": "economy",
}
AGREEMENT = {
    "generic": (
        "alpha of the annotators among themselves (Narrative Frames Corpus, by question): conflict .38 to .45, economic .46, "
        "morality .43 to .52, human interest .06 and .39"
    )
}


@dataclass(frozen=True, slots=True)
class FrameGold:
    """Coded texts with the codebook that they are coded by; `held_out` says which are never fitted to, where the gold fixes that."""

    book: Codebook
    coded: tuple[Coded, ...]
    held_out: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class FrameReport:
    """The rows of one gold set.

    Attributes:
        codebook: its name.
        note: what is compared, and what annotators reach where that is published.
        texts: number of texts that are scored.
        systems: figures by row: `fitted`, `20 a frame`, `definitions only`, `words only`, `most frequent`.

    """

    codebook: str
    note: str
    texts: int
    systems: Mapping[str, Figures]


def read_frames(path: Path) -> list[tuple[str, Coded, bool]]:
    """The coded texts of a file: codebook, text, and whether it is held out.

    Raises:
        UnreadableInput: the file is missing or cannot be decoded.
        ContractError: a line is neither of the two formats; the message names it.

    """
    return [item for item in records(path, _coded) if item is not None]


def gold_sets(items: Sequence[tuple[str, Coded, bool]]) -> list[FrameGold]:
    """The texts by codebook."""
    found = []
    for name in dict.fromkeys(name for name, _, _ in items):
        mine = [(coded, held) for book, coded, held in items if book == name]
        found.append(FrameGold(shipped(name), tuple(coded for coded, _ in mine), tuple(held for _, held in mine)))
    return found


def evaluate_frames(gold: FrameGold, vectors: Vectors | None, seed: int = SEED) -> FrameReport:
    """Score codebooks against gold codes.

    Args:
        gold: one set.
        vectors: who makes the sentence vectors; None to go by words only.
        seed: of folds, drawn examples and resamples.

    Raises:
        UsageError: there are too few texts.

    """
    coded, book = gold.coded, gold.book
    codes, single, groups = flags(book, coded), is_single(coded), groups_of(coded)
    held = np.array(gold.held_out)
    if len(coded) < FOLDS or held.all():
        raise UsageError("too few coded texts to fit and score: give both parts of the gold")
    texts = texts_of([item.text for item in coded], ranker(book, vectors), vectors)
    if held.any():
        systems, how = _split(texts, codes, groups, single, held, seed), "fitted on the training part, scored on the other"
        scored: NDArray[np.int64] = np.flatnonzero(held)
    else:
        systems, how = cross_validated(texts, codes, groups, single, seed), "cross-validated by outlet"
        systems["20 a frame"] = _few_by_fold(texts, codes, groups, single, seed)
        scored = np.arange(len(coded))
    systems["definitions only"] = by_definitions(texts, single)
    order = ("fitted", "20 a frame", "definitions only", "words only", "most frequent")
    rows = {
        name: figures(book.labels, codes[scored], systems[name][scored], [groups[int(place)] for place in scored], single, seed)
        for name in order
    }
    return FrameReport(book.name, "; ".join(filter(None, (how, AGREEMENT.get(book.name)))), len(scored), rows)


def by_definitions(texts: Texts, single: bool) -> Flags:
    """The codes that rank scores alone would give; see the module."""
    if single:
        return np.asarray(np.eye(texts.scores.shape[1], dtype=bool)[texts.scores.argmax(axis=1)])
    return np.asarray(texts.scores > np.median(texts.scores, axis=0))


def few(codes: Flags, among: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """Up to `FEW` texts that have each frame and as many that have none of those drawn so far, drawn by chance among some texts."""
    dice = np.random.default_rng(seed)
    drawn: dict[int, None] = {}
    for frame in range(codes.shape[1]):
        drawn.update(dict.fromkeys(dice.permutation(among[codes[among, frame]])[:FEW].tolist()))
    drawn.update(dict.fromkeys(dice.permutation(among[~codes[among].any(axis=1)])[:FEW].tolist()))
    return np.array(sorted(drawn), dtype=np.int64)


def to_json(report: FrameReport) -> dict[str, Any]:
    """The report as plain values; numbers rounded to four places."""
    return {
        "protocol": "frames",
        "codebook": report.codebook,
        "note": report.note,
        "texts": report.texts,
        "systems": {name: _rounded(asdict(found)) for name, found in report.systems.items()},
    }


def table(report: FrameReport) -> str:
    """The report as lines of text, in percent."""
    lines = [f"protocol frames: codebook {report.codebook}, {report.texts} texts; {report.note}", ""]
    lines.append(f"{'percent, 95% interval':28}" + "".join(f"{name:^22}" for name in report.systems))
    rows = [("macro-F1", "macro_f1"), ("exactly the coder's codes", "accuracy"), ("Krippendorff's alpha", "alpha")]
    lines += [f"{title:28}" + "".join(_cell(getattr(found, key)) for found in report.systems.values()) for title, key in rows]
    for label in next(iter(report.systems.values())).frames:
        lines.append(f"  {label:26}" + "".join(_cell(found.frames[label]) for found in report.systems.values()))
    return "\n".join(lines) + "\n"


def _coded(value: Mapping[str, Any]) -> tuple[str, Coded, bool] | None:
    if "frames" in value:
        frames = tuple(label for key, label in NARRATIVE.items() if value["frames"].get(key) is True)
        # One outlet is written in two ways: "The Guardian", "theguardian".
        return "generic-frames", Coded(value["text"], frames, "".join(value["outlet"].casefold().split())), False
    if "frame" in value:
        if not value["frame"]:
            return None
        if value["frame"] not in GUN_VIOLENCE:
            raise ContractError(f"frame {str(value['frame'])[:40]!r} is none of the Gun Violence Frame Corpus")
        return "gun-violence-frames", Coded(value["text"], (GUN_VIOLENCE[value["frame"]],)), value.get("split") != "train"
    raise ContractError("no frames in it: this protocol reads the Narrative Frames Corpus and the Gun Violence Frame Corpus")


def _split(texts: Texts, codes: Flags, groups: Sequence[str], single: bool, held: NDArray[np.bool_], seed: int) -> dict[str, Flags]:
    seen = np.flatnonzero(~held)
    blind = Texts(None, np.zeros((len(codes), 0)), texts.tokens)
    rows = {"fitted": (texts, seen), "20 a frame": (texts, few(codes, seen, seed)), "words only": (blind, seen)}
    found = {
        name: train(system.take(rest), codes[rest], [groups[int(place)] for place in rest], single, seed).codes(system, codes.shape[1])
        for name, (system, rest) in rows.items()
    }
    return {**found, "most frequent": most_frequent(codes[seen], len(codes), single)}


def _few_by_fold(texts: Texts, codes: Flags, groups: Sequence[str], single: bool, seed: int) -> Flags:
    fold = folds(groups, FOLDS, seed)
    found = np.zeros_like(codes)
    for number in range(int(fold.max()) + 1):
        rest, held = few(codes, np.flatnonzero(fold != number), seed + number), np.flatnonzero(fold == number)
        model = train(texts.take(rest), codes[rest], [groups[int(place)] for place in rest], single, seed)
        found[held] = model.codes(texts.take(held), codes.shape[1])
    return found


def _cell(figure: Figure) -> str:
    if figure.value is None:
        return f"{'–':^22}"
    interval = "" if figure.low is None or figure.high is None else f"[{100 * figure.low:.1f}, {100 * figure.high:.1f}]"
    return f"{100 * figure.value:6.1f} {interval:15}"


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return round(value, 4) if isinstance(value, float) else value
