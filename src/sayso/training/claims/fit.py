"""Fit the claim network: reads top to bottom, writes checkpoints and a log with development figures, decides nothing.

Always true here: the same settings and data give the same order of stories; stories of the held-out fold are never trained on; a step is
one story, with all its pairs.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from sayso.claims.groups import groups
from sayso.codebooks.encoded import Encoded
from sayso.encoder.bundle import load
from sayso.encoder.tone_session import ToneSession
from sayso.encoder.windows import load_tokenizer
from sayso.evaluation.storygold import Claims
from sayso.training.claims.events import event_stories
from sayso.training.claims.examples import Example, annotated_stories, examples
from sayso.training.claims.network import ClaimNetwork, coverages, starting_claims
from sayso.training.claims.settings import ClaimSettings

Matrix = np.ndarray[Any, Any]
LEASTS = tuple(np.arange(0.1, 0.65, 0.05).round(2).tolist())
"""Mean probabilities between two groups that are tried as the one from which they are joined."""
PAIRS = 60.0  # of a story that weigh as much as a story does


def loss(scores: Tensor, same: Tensor) -> Tensor:
    """Cross-entropy over the pairs of one story, each once."""
    upper = torch.triu_indices(len(same), len(same), 1)
    return nn.functional.binary_cross_entropy_with_logits(scores[upper[0], upper[1]], same[upper[0], upper[1]], reduction="sum") / PAIRS


def figures(network: ClaimNetwork, held: Sequence[Example]) -> dict[str, float]:
    """Pairwise F1 after grouping on held-out stories, at the best of `LEASTS`, and that one; `pairs`: at the best threshold of pairs."""
    network.eval()
    with torch.no_grad():
        found = [torch.sigmoid(network(each.shared, each.mask, each.rarity, each.figures)).numpy() for each in held]
    network.train()
    gold = [each.same.numpy() > 0 for each in held]
    grouped = {least: grouped_f1(found, gold, least) for least in LEASTS}
    best = max(grouped, key=lambda least: (grouped[least], -least))
    alone = max(_f1([probabilities >= least for probabilities in found], gold) for least in LEASTS)
    return {"claims": round(100 * grouped[best], 2), "least": best, "pairs": round(100 * alone, 2)}


def grouped_f1(found: Sequence[Matrix], gold: Sequence[Matrix], least: float) -> float:
    """Pairwise F1 over all stories once the statements of each are grouped, from probabilities and gold [N, N]."""
    return _f1([_pairs(probabilities, least) for probabilities in found], gold)


def _pairs(probabilities: Matrix, least: float) -> Matrix:
    return Claims(groups(probabilities, least)).same(len(probabilities))


def _f1(found: Sequence[Matrix], gold: Sequence[Matrix]) -> float:
    upper = [np.triu(np.ones(each.shape, dtype=bool), 1) for each in gold]
    hit = sum(int((ours & theirs & part).sum()) for ours, theirs, part in zip(found, gold, upper, strict=True))
    both = sum(int((ours & part).sum() + (theirs & part).sum()) for ours, theirs, part in zip(found, gold, upper, strict=True))
    return 2 * hit / both if both else 0.0


def settle(network: ClaimNetwork, rows: Sequence[Example]) -> None:
    """Fit the linear part of the scorer on the branch as it is."""
    network.eval()
    pairs, labels = [], []
    with torch.no_grad():
        for row in rows:
            states, weights = network.looked(row.shared, row.mask)
            upper = torch.triu_indices(len(row.same), len(row.same), 1)
            pairs.append(torch.cat((coverages(states, weights, row.rarity), row.figures), dim=-1)[upper[0], upper[1]])
            labels.append(row.same[upper[0], upper[1]])
    network.scorer.settle(torch.cat(pairs), torch.cat(labels))


def fit(data: Path, encoder: Path, out: Path, settings: ClaimSettings, start: Path | None = None) -> None:
    """Train and leave `step-*.pt` checkpoints, `settings.json` and `log.jsonl` in `out`.

    Args:
        data: folder that holds `claims/*.jsonl`, the annotated stories with their texts.
        encoder: folder with the starting weights and their tokenizer.
        out: folder of the run.
        settings: see `ClaimSettings`.
        start: a checkpoint to go on from.

    """
    out.mkdir(parents=True, exist_ok=True)
    (out / "settings.json").write_text(json.dumps(settings.as_dict(), indent=1), encoding="utf-8")
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    dice = random.Random(settings.seed)
    network = starting_claims(encoder, settings.hidden, settings.drop)
    if start is not None:
        network.load_state_dict(torch.load(start, map_location="cpu", weights_only=True))
    stories = annotated_stories(data)
    dice.shuffle(stories)
    tokenizer = load_tokenizer(str(encoder / "tokenizer.json"))
    vectors = Encoded(ToneSession(load(), threads=settings.threads))
    rows = examples(stories, network, tokenizer, vectors)
    held = [row for at, row in enumerate(rows) if at % settings.folds == settings.fold]
    shown = [row for at, row in enumerate(rows) if at % settings.folds != settings.fold]
    if settings.events:
        shown += examples(event_stories(data), network, tokenizer, vectors)
    settle(network, shown)
    steps = math.ceil(settings.passes * len(shown))
    tuned, scorer = list(network.branch.parameters()), list(network.scorer.parameters())
    optimizer = torch.optim.AdamW(
        [{"params": tuned, "lr": settings.encoder_rate}, {"params": scorer, "lr": settings.head_rate}],
        weight_decay=settings.weight_decay,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / settings.warmup) * max(0.0, 1.0 - step / steps)
    )
    every = max(1, math.ceil(steps / settings.checkpoints))
    started, total = time.monotonic(), 0.0
    order: list[Example] = []
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(
            json.dumps({"stories": len(shown), "held": [row.id for row in held], "steps": steps, "development": figures(network, held)})
            + "\n"
        )
        log.flush()
        network.train()
        for step in range(1, steps + 1):
            if not order:
                order = dice.sample(shown, len(shown))
            row = order.pop()
            value = loss(network(row.shared, row.mask, row.rarity, row.figures), row.same)
            value.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            total += float(value.detach())
            if step % every == 0 or step == steps:
                torch.save(network.state_dict(), out / f"step-{step:06d}.pt")
                reached = figures(network, held)
                seconds = round(time.monotonic() - started)
                log.write(json.dumps({"step": step, "loss": round(total / every, 4), "seconds": seconds, "development": reached}) + "\n")
                log.flush()
                total = 0.0
