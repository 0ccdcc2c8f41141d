"""A whole run in small: two invented articles, a few steps, an exported bundle that reads without torch what torch reads."""

import json
import warnings
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("onnx")

from sayso.attribution.decode import Scorer, find  # noqa: E402
from sayso.document import Document  # noqa: E402
from sayso.encoder.bundle import Bundle, load  # noqa: E402
from sayso.encoder.session import Session  # noqa: E402
from sayso.training.corpora import Annotated  # noqa: E402
from sayso.training.export import export  # noqa: E402
from sayso.training.fit import fit, starting_network  # noqa: E402
from sayso.training.network import Network  # noqa: E402
from sayso.training.scorer import TorchScorer, trained_network  # noqa: E402
from sayso.training.settings import TrainingSettings  # noqa: E402

pytestmark = [pytest.mark.train, pytest.mark.filterwarnings("ignore")]

SETTINGS = TrainingSettings(passes=6, world_news_repeat=1, windows_per_step=1, warmup=1, pair=16, threads=1)
CARD = {"name": "tiny", "decoder": {"contract": {"cue_bias": 0.25}}}


def row(article: Annotated) -> str:
    marked = [{role: getattr(mark, role) for role in ("source", "cue", "content")} for mark in article.marked]
    return json.dumps({"text": article.text, "attributions": marked}) + "\n"


@pytest.fixture(scope="module")
def encoder(letters: Path) -> Path:
    """A tiny encoder with its weights, beside the tokenizer."""
    torch.manual_seed(1)
    config = transformers.BertConfig(
        vocab_size=128, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64, max_position_embeddings=256
    )
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(letters)
    return letters


@pytest.fixture
def run(encoder: Path, flat: Annotated, nested: Annotated, tmp_path: Path) -> Path:
    for name, article in (("polnear/polnear.train.jsonl", flat), ("world_news_annotated/train.jsonl", nested)):
        (tmp_path / "data" / name).parent.mkdir(parents=True)
        (tmp_path / "data" / name).write_text(row(article), encoding="utf-8")
    fit(tmp_path / "data", encoder, tmp_path / "run", SETTINGS)
    return tmp_path / "run"


def newest(run: Path, encoder: Path) -> Network:
    return trained_network(encoder, sorted(run.glob("step-*.pt"))[-1], SETTINGS)


def test_a_run_leaves_checkpoints_settings_and_a_log(run: Path, encoder: Path) -> None:
    assert TrainingSettings(**json.loads((run / "settings.json").read_text())) == SETTINGS
    log = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    assert log[-1]["step"] == log[-1]["of"]
    trained, fresh = newest(run, encoder), starting_network(encoder, SETTINGS)
    moved = {name for name, value in trained.state_dict().items() if not torch.equal(value, fresh.state_dict()[name])}
    assert "bert.encoder.layer.0.attention.self.query.weight" in moved
    assert "bert.embeddings.word_embeddings.weight" not in moved, "words that training never saw keep their meaning"


def test_the_same_settings_give_the_same_network(run: Path, encoder: Path, tmp_path: Path) -> None:
    fit(tmp_path / "data", encoder, tmp_path / "again", SETTINGS)
    one, other = (torch.load(sorted(path.glob("step-*.pt"))[-1], weights_only=True) for path in (run, tmp_path / "again"))
    assert all(torch.allclose(one[name], other[name], atol=1e-6) for name in one)


def inputs(rows: int, length: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    dice = np.random.default_rng(2)
    ids = dice.integers(4, 100, (rows, length))
    mask = np.ones(ids.shape, np.float32)
    mask[-1, length // 2 + 1 :] = 0.0
    return ids, ids % 4, ids % 2, mask


def exported(network: Network, encoder: Path, out: Path, int8: bool) -> Bundle:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        export(network, encoder / "tokenizer.json", out, CARD, int8=int8)
    return load(out)


def same(left: np.ndarray, right: np.ndarray) -> float:
    return float(np.abs(left - right).max())


def difference(one: Scorer, other: Scorer, rows: int, length: int) -> float:
    ids, case, quoted, mask = inputs(rows, length)
    (states, cues, names), (theirs, their_cues, their_names) = (scorer.encode(ids, case, quoted, mask) for scorer in (one, other))
    row, at = np.arange(rows), np.full(rows, 1)
    roles, their_roles = one.roles(states, row, at, at + 1), other.roles(states, row, at, at + 1)
    pairs = states[0, :3], states[0, 1:4], np.arange(3)
    there = mask > 0
    return max(
        *(same(a[there], b[there]) for a, b in ((states, theirs), (cues, their_cues), (names, their_names))),
        same(roles, their_roles),
        same(one.links(*pairs), other.links(*pairs)),
    )


def test_the_exported_network_computes_what_torch_computes(run: Path, encoder: Path, tmp_path: Path) -> None:
    network = newest(run, encoder)
    scorer = TorchScorer(network, encoder, "contract")
    plain = Session(exported(network, encoder, tmp_path / "plain", int8=False), threads=1)
    assert plain.settings.cue_bias == 0.25
    for rows, length in ((1, 5), (3, 40), (2, 256)):
        assert difference(scorer, plain, rows, length) < 1e-3
    small = Session(exported(network, encoder, tmp_path / "small", int8=True), threads=1)
    assert difference(scorer, small, 3, 40) < 0.8, "int8 is near, not equal"
    document = Document("Mara Voss said that the weir would hold. “We wait,” Ines said.")
    scorer.settings = plain.settings
    assert [d.content for d in find(plain, [document])[0].drafts] == [d.content for d in find(scorer, [document])[0].drafts]
    assert len(find(small, [document])) == 1
    assert (tmp_path / "small" / "encoder.onnx").stat().st_size < (tmp_path / "plain" / "encoder.onnx").stat().st_size
