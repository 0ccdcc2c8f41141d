"""From a finished run of the claim network to the bundle that ships: choose the checkpoint, export as int8, calibrate, write the card.

Always true here: everything is chosen and calibrated on the stories that the run held out; the calibration is that of the exported int8
weights; all other networks of the bundle are taken over byte for byte.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from sklearn.linear_model import LogisticRegression

from sayso.claims.content import of_text
from sayso.claims.matcher import matched
from sayso.encoder.bundle import CARD, CLAIMS, RELEASED, Bundle, load
from sayso.encoder.claim_session import ClaimSession
from sayso.encoder.claims import CLAIM_INPUTS, CLAIM_OUTPUTS, LONGEST_STATEMENT
from sayso.errors import UsageError
from sayso.evaluation import claimsystems
from sayso.evaluation.claims import MISSED, claim_counts
from sayso.evaluation.metrics import add
from sayso.evaluation.storygold import GoldStory
from sayso.training.claims.examples import annotated_stories
from sayso.training.claims.fit import LEASTS, grouped_f1
from sayso.training.claims.network import ClaimNetwork, PairScorer, trained_claims
from sayso.training.export import complete, save, seal, strip

DATA = (
    {
        "name": "Claims of stories of Giveme5W1H (Hamborg et al. 2019) and Article Bias Prediction (Baly et al. 2020)",
        "part": "train",
        "terms": "annotations CC BY 4.0; made by language models with a guide",
    },
)
EVENTS = {"name": "ECB+ (Cybulska and Vossen 2014), sentences with marked actions", "part": "train", "terms": "CC BY 3.0"}
STATEMENTS, POSITIONS = torch.export.Dim("statements", min=1, max=1024), torch.export.Dim("positions", min=3, max=LONGEST_STATEMENT + 2)
BOTH = {0: STATEMENTS, 1: POSITIONS}
DIGITS = 5


def best_checkpoint(run: Path) -> tuple[Path, dict[str, float], list[str]]:
    """The checkpoint with the highest development figure, its figures, and the ids of the stories that were held out."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in (run / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    reached = {run / f"step-{row['step']:06d}.pt": row["development"] for row in rows if "step" in row}
    reached = {path: found for path, found in reached.items() if path.is_file()}
    if not reached:
        raise UsageError(f"no checkpoint with development figures in {run}: train first")
    best = max(reached, key=lambda path: (reached[path]["claims"], path))
    return best, reached[best], next(row["held"] for row in rows if "held" in row)


def release(run: Path, encoder: Path, data: Path, out: Path) -> Bundle:
    """Export the best checkpoint of a run to `out`, with the other networks that ship, and return the checked bundle.

    Args:
        run: folder of the run.
        encoder: folder with the starting weights and their tokenizer.
        data: folder that holds `claims/*.jsonl`; if there are test stories in it, what ships is measured on them at the very end, and
            nothing is chosen by it.
        out: folder of the bundle.

    """
    checkpoint, reached, held = best_checkpoint(run)
    settings = json.loads((run / "settings.json").read_text(encoding="utf-8"))
    network = trained_claims(encoder, checkpoint, settings["hidden"])
    out.mkdir(parents=True, exist_ok=True)
    _export(network, out / CLAIMS)
    complete(out)
    card: dict[str, Any] = json.loads((RELEASED / CARD).read_text(encoding="utf-8"))
    card["claims"] = {
        "trained_on": [*DATA, EVENTS] if settings["events"] else list(DATA),
        "settings": settings,
        "checkpoint": checkpoint.stem,
        "torch_float32": reached,
        "scorer": {**_weights(network.scorer), "scale": 1.0, "shift": 0.0, "least": reached["least"]},
    }
    seal(out, card)
    stories = [story for story in annotated_stories(data) if story.id in set(held)]
    card["claims"]["scorer"] |= _calibrated(stories, ClaimSession(load(out)))
    seal(out, card)
    session = ClaimSession(load(out))
    card["claims"]["int8"] = _figures(stories, session)
    if unseen := annotated_stories(data, "test"):
        card["claims"]["test"] = _figures(unseen, session)
    seal(out, card)
    return load(out)


def _export(network: ClaimNetwork, path: Path) -> None:
    inputs = (torch.randn(2, 24, network.bert.config.hidden_size), torch.ones(2, 24))
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / CLAIMS
        save(network.branch, inputs, (BOTH, BOTH), CLAIM_INPUTS, CLAIM_OUTPUTS, plain)
        quantize_dynamic(plain, path, per_channel=True, weight_type=QuantType.QInt8)
    strip(path)


def _weights(scorer: PairScorer) -> dict[str, Any]:
    named = {
        "mean": scorer.mean,
        "deviation": scorer.deviation,
        "linear": scorer.linear.weight[0],
        "bias": scorer.linear.bias[0],
        "first": scorer.first.weight,
        "first_bias": scorer.first.bias,
        "last": scorer.last.weight[0],
    }
    return {name: np.round(value.detach().double().numpy(), DIGITS).tolist() for name, value in named.items()}


def _calibrated(stories: Sequence[GoldStory], session: ClaimSession) -> dict[str, float]:
    """Platt scaling (Platt 1999) of the pairs' log odds, and the least mean probability from which groups are joined."""
    found = [matched([of_text(text) for text in story.texts], story.articles, session).probabilities for story in stories]
    gold = [story.first.same(len(story.texts)) for story in stories]
    upper = [np.triu_indices(len(each), 1) for each in gold]
    odds = np.concatenate([np.log(each[part] / (1 - each[part])) for each, part in zip(found, upper, strict=True)])
    labels = np.concatenate([each[part] for each, part in zip(gold, upper, strict=True)])
    model = LogisticRegression(C=1e6).fit(odds[:, None], labels)
    scale, shift = float(model.coef_[0][0]), float(model.intercept_[0])
    steady = [1 / (1 + np.exp(-(scale * np.log(each / np.maximum(1 - each, 1e-9)) + shift))) for each in found]
    reached = {least: grouped_f1(steady, gold, least) for least in LEASTS}
    return {
        "scale": round(scale, DIGITS),
        "shift": round(shift, DIGITS),
        "least": max(reached, key=lambda least: (reached[least], -least)),
    }


def _figures(stories: Sequence[GoldStory], session: ClaimSession) -> dict[str, float]:
    """Pairwise F1 of what ships on the held-out stories, and the share of tellings in other articles that it misses."""
    counts = add(
        claim_counts(story, story.first, claimsystems.found(matched([of_text(text) for text in story.texts], story.articles, session)))
        for story in stories
    )
    both = counts["claims:predicted"] + counts["claims:gold"]
    return {
        "claims": round(200 * counts["claims:hit_gold"] / max(1, both), 2),
        "miss_rate": round(counts[f"{MISSED}:hit"] / max(1, counts[f"{MISSED}:of"]), 3),
    }
