"""Fit the tone network: reads top to bottom, writes checkpoints and a log with development figures, decides nothing (see `tone.release`).

Always true here: the same settings and data give the same order of examples.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from sayso.document import Document
from sayso.encoder.windows import load_tokenizer
from sayso.reader import Reader
from sayso.reading import OUTLET
from sayso.spans import Spans, merge
from sayso.training.tone.contrasts import contrasts
from sayso.training.tone.corpora import Row, training_rows
from sayso.training.tone.development import Development, by_network, development, figures
from sayso.training.tone.examples import Example, Noise, collate, example, joined, loss
from sayso.training.tone.network import ToneNetwork, starting_tone
from sayso.training.tone.settings import ToneSettings


def batches(rows: Sequence[Row], tokenizer: Tokenizer, dice: random.Random, settings: ToneSettings) -> Iterator[list[Example]]:
    """Endless batches of sentences of similar length, in random order; every sentence comes once per round."""
    order, size = list(rows), settings.sentences_per_step
    targets_only = [row for row in rows if row.targets and not row.wordings and not row.sentence]
    told = {id(row) for row in targets_only}
    while True:
        dice.shuffle(order)
        for at in range(0, len(order), 60 * size):
            pool = []
            for row in order[at : at + 60 * size]:
                pair = id(row) in told and dice.random() < settings.joined
                pool.append(example(joined(row, dice.choice(targets_only), dice) if pair else row, tokenizer, dice, Noise()))
            pool.sort(key=lambda each: len(each.inputs) + dice.randint(0, 8))
            groups = [pool[start : start + size] for start in range(0, len(pool), size)]
            dice.shuffle(groups)
            yield from groups


def attributed(texts: Sequence[str]) -> list[Spans]:
    """For each text, what of it is attributed to somebody, by the rules."""
    readings = Reader(rules=True).pipe(Document(text=text) for text in texts)
    return [merge(span for voice in reading.voices if voice.speaker != OUTLET for span in voice.spans) for reading in readings]


def groups(network: ToneNetwork, settings: ToneSettings) -> list[dict[str, object]]:
    """Parameters with their learning rates; what stands below the fork and the untouched branch have none."""
    tuned = [parameter for name, parameter in network.named_parameters() if name.startswith("tuned.")]
    heads = [parameter for name, parameter in network.named_parameters() if not name.startswith(("tuned.", "bert."))]
    return [{"params": tuned, "lr": settings.encoder_rate}, {"params": heads, "lr": settings.head_rate}]


def fit(data: Path, encoder: Path, out: Path, settings: ToneSettings, start: Path | None = None) -> None:
    """Train and leave `step-*.pt` checkpoints, `settings.json` (in `legs.json` also those of the runs before) and `log.jsonl` in `out`.

    Args:
        data: folder that holds one folder for each set.
        encoder: folder with the starting weights and their tokenizer.
        out: folder of the run; its log has development figures.
        settings: see `ToneSettings`.
        start: a checkpoint to go on from.

    """
    out.mkdir(parents=True, exist_ok=True)
    (out / "settings.json").write_text(json.dumps(settings.as_dict(), indent=1), encoding="utf-8")
    before = json.loads((start.parent / "legs.json").read_text(encoding="utf-8")) if start is not None else []
    (out / "legs.json").write_text(json.dumps([*before, settings.as_dict()], indent=1), encoding="utf-8")
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    dice = random.Random(settings.seed)
    tokenizer = load_tokenizer(str(encoder / "tokenizer.json"))
    network = starting_tone(encoder, settings.drop)
    if start is not None:
        network.load_state_dict(torch.load(start, map_location="cpu", weights_only=True))
    sets = training_rows(data, attributed, settings.repeats)
    if settings.contrasts:
        sets["contrasts"] = contrasts(settings.contrasts, settings.seed)
    rows = [row for each in sets.values() for row in each]
    held: Development = development(data, attributed, tokenizer)
    steps = math.ceil(settings.passes * len(rows) / settings.sentences_per_step)
    optimizer = torch.optim.AdamW(groups(network, settings), weight_decay=settings.weight_decay, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / settings.warmup) * max(0.0, 1.0 - step / steps)
    )
    every = max(1, math.ceil(steps / settings.checkpoints))
    started, sums = time.monotonic(), [0.0, 0]
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps({"rows": {name: len(each) for name, each in sets.items()}, "steps": steps}) + "\n")
        log.flush()
        network.train()
        stream = batches(rows, tokenizer, dice, settings)
        for step in range(1, steps + 1):
            value = loss(network, collate(next(stream), tokenizer))
            value.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            sums = [sums[0] + float(value.detach()), sums[1] + 1]
            if step % 50 == 0 or step == steps:
                log.write(
                    json.dumps({"step": step, "loss": round(sums[0] / sums[1], 4), "seconds": round(time.monotonic() - started)}) + "\n"
                )
                log.flush()
                sums = [0.0, 0]
            if step % every == 0 or step == steps:
                torch.save(network.state_dict(), out / f"step-{step:06d}.pt")
                log.write(json.dumps({"step": step, "development": figures(held.heard(by_network(network)))}) + "\n")
                log.flush()
