"""The loss over paths, against every path there is; and that a network learns a batch by heart."""

import itertools
import math
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from torch import Tensor  # noqa: E402

from sayso.attribution.paths import best_spans  # noqa: E402
from sayso.encoder.heads import BEGIN, CHANNELS, END, INSIDE, NAME_KINDS, ROLES  # noqa: E402
from sayso.encoder.windows import load_tokenizer  # noqa: E402
from sayso.training.corpora import Annotated  # noqa: E402
from sayso.training.examples import Noise, examples  # noqa: E402
from sayso.training.fit import attribution_loss, groups  # noqa: E402
from sayso.training.network import IN, OUT, UNKNOWN, Network, log_partition, path_loss  # noqa: E402
from sayso.training.settings import TrainingSettings  # noqa: E402

pytestmark = pytest.mark.train
Learn = Callable[[Network, Callable[[], Any], int], list[float]]

CONFIG = {"vocab_size": 128, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}


def score(row: np.ndarray, states: tuple[int, ...]) -> float:
    """Of one path: inside scores, and a begin and an end score for each run."""
    total = 0.0
    for at, inside in enumerate(states):
        if inside:
            total += row[at, INSIDE]
            total += row[at, BEGIN] if at == 0 or not states[at - 1] else 0.0
            total += row[at, END] if at == len(states) - 1 or not states[at + 1] else 0.0
    return total


def partition(row: np.ndarray, known: list[int]) -> float:
    paths = [p for p in itertools.product((OUT, IN), repeat=len(row)) if all(k in (UNKNOWN, s) for k, s in zip(known, p, strict=True))]
    return float(np.logaddexp.reduce([score(row, path) for path in paths]))


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 9])
def test_partition_is_the_sum_over_every_path_that_agrees(count: int) -> None:
    dice = np.random.default_rng(count)
    scores = dice.normal(size=(6, count, CHANNELS)).astype(np.float32) * 2
    states = dice.integers(-1, 2, (6, count))
    states[0], states[1] = UNKNOWN, OUT
    found = log_partition(torch.from_numpy(scores), torch.from_numpy(states))
    for row, known, value in zip(scores, states.tolist(), found.tolist(), strict=True):
        assert value == pytest.approx(partition(row, known), abs=1e-3)


def test_loss_is_the_surprise_of_the_known_states_and_padding_costs_nothing() -> None:
    dice = np.random.default_rng(0)
    scores = torch.from_numpy(dice.normal(size=(3, 6, CHANNELS)).astype(np.float32))
    states = torch.tensor([[OUT, IN, IN, OUT, IN, IN], [UNKNOWN] * 6, [IN, UNKNOWN, OUT, OUT, OUT, OUT]])
    length = torch.tensor([6, 6, 4])
    found = path_loss(scores, states, length).tolist()
    expected = [partition(row, [UNKNOWN] * n) - partition(row, known[:n]) for row, known, n in _rows(scores, states, length)]
    assert found == pytest.approx(expected, abs=1e-3)
    assert found[1] == pytest.approx(0.0, abs=1e-4), "nothing known, nothing lost"
    assert min(found) > -1e-4


def _rows(scores: Tensor, states: Tensor, length: Tensor) -> list[tuple[np.ndarray, list[int], int]]:
    return [(row[:n].numpy(), known, n) for row, known, n in zip(scores, states.tolist(), length.tolist(), strict=True)]


def test_training_and_decoding_have_the_same_paths() -> None:
    dice = np.random.default_rng(5)
    scores = dice.normal(size=(8, 7, CHANNELS)).astype(np.float32) * 2
    chosen, sure = best_spans(scores)
    states = np.zeros((8, 7), np.int64)
    for row, spans in enumerate(chosen):
        for first, last in spans:
            states[row, first : last + 1] = IN
    loss = path_loss(torch.from_numpy(scores), torch.from_numpy(states), torch.full((8,), 7))
    assert loss.tolist() == pytest.approx((-sure).tolist(), abs=1e-3)


def network() -> Network:
    torch.manual_seed(3)
    return Network(transformers.BertConfig(**CONFIG), pair=16)


def test_shapes_and_that_padding_changes_nothing() -> None:
    made = network().eval()
    ids = torch.randint(5, 100, (2, 9))
    flags, mask, convention = torch.zeros_like(ids), torch.ones(2, 9), torch.tensor([0, 1])
    with torch.no_grad():
        states, cues, names = made.encode(ids, flags, flags, mask, convention)
        assert cues.shape == (2, 9, CHANNELS)
        assert names.shape == (2, 9, CHANNELS * len(NAME_KINDS))
        assert made.links(states[0], states[1], torch.arange(9)).shape == (9,)
        place = torch.tensor([1, 3])
        roles = made.roles(states, torch.tensor([0, 1]), place, place)
        assert roles.shape == (2, 9, CHANNELS * len(ROLES))
        longer = [torch.nn.functional.pad(t, (0, 7)) for t in (ids, flags, flags, mask)]
        assert torch.allclose(made.encode(*longer, convention)[1][:, :9], cues, atol=1e-5)


def test_rates_cover_every_parameter_once() -> None:
    made, settings = network(), TrainingSettings(layer_decay=0.5, encoder_rate=1.0, head_rate=3.0)
    found = groups(made, settings)
    sizes = {float(str(group["lr"])): len(group["params"]) for group in found}  # type: ignore[arg-type]
    assert sizes.keys() == {3.0, 1.0, 0.5, 0.25}
    assert sum(sizes.values()) == len(list(made.parameters()))


def test_the_loss_falls_on_one_batch(flat: Annotated, nested: Annotated, letters: Path, learn: Learn) -> None:
    tokenizer = load_tokenizer(str(letters / "tokenizer.json"))
    quiet = Noise(0, 0, 0, 0, 0, 0)
    windows = [window for article in (flat, nested) for window in examples(article, tokenizer, random.Random(1), quiet)]
    made = network().train()
    losses = learn(made, lambda: attribution_loss(made, windows, tokenizer, 6.0), 25)
    assert all(map(math.isfinite, losses))
    assert losses[-1] < 0.5 * losses[0]


def test_a_batch_without_cues_has_a_loss(letters: Path) -> None:
    tokenizer = load_tokenizer(str(letters / "tokenizer.json"))
    windows = examples(Annotated("Rain fell.", (), "contract"), tokenizer, random.Random(1), Noise(0, 0, 0, 0, 0, 0))
    assert float(attribution_loss(network(), windows, tokenizer, 6.0).detach()) > 0
