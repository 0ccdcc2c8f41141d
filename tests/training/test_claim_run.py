"""The claim network in small: invented stories, a few steps, and numbers that come out of numpy as they do out of torch."""

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("sklearn")
pytest.importorskip("onnx")

from sayso.claims import matcher, meaning  # noqa: E402
from sayso.claims.content import of_text  # noqa: E402
from sayso.encoder.bundle import ENCODER, RELEASED  # noqa: E402
from sayso.encoder.claim_session import ClaimSession  # noqa: E402
from sayso.encoder.claims import COVERAGES, LONGEST_STATEMENT  # noqa: E402
from sayso.encoder.tones import SHARED  # noqa: E402
from sayso.encoder.windows import load_tokenizer, pieces  # noqa: E402
from sayso.errors import UsageError  # noqa: E402
from sayso.training.claims import events, fit, release, words  # noqa: E402
from sayso.training.claims.examples import annotated_stories, examples  # noqa: E402
from sayso.training.claims.network import ClaimNetwork, coverages, trained_claims  # noqa: E402
from sayso.training.claims.settings import ClaimSettings  # noqa: E402

pytestmark = [pytest.mark.train, pytest.mark.filterwarnings("ignore")]

SETTINGS = ClaimSettings(passes=2.0, warmup=1, folds=4, hidden=4, drop=0.0, checkpoints=2, threads=1)
EVENTS = (
    ("The ferry Aurelia ran aground off Merrin", "Tugs will pull it free at high tide"),
    ("Dunmore council closed the old weir", "Anglers in Dunmore fear for the salmon"),
    ("Teachers in Selden voted to strike", "The ministry in Selden offered four percent"),
    ("A fire burned down the Hallow market", "Traders at Hallow lost all their stock"),
    ("The Corvina mine will reopen in spring", "Some 300 miners may return to Corvina"),
    ("Judge Okonjo freed the harbor pilot", "His lawyer said that the radar had failed"),
    ("Snow cut off the villages above Ostrava", "Soldiers brought bread to Ostrava by sled"),
    ("The Esmerine bank raised its rates", "House buyers at Esmerine face dearer loans"),
)
WIRE, LOCAL = "{}, the wire reported.", "According to residents: {}."


def story(number: int, split: str = "train") -> dict[str, Any]:
    """A row as `sayso annotations join` writes it: two articles that tell two claims, each beside something of their own."""
    own = (f"Rain fell {number + 2} days.", f"Shops stay shut until {number + 1} June.")
    articles, statements = [], []
    for article, (frame, more) in enumerate(zip((WIRE, LOCAL), own, strict=True)):
        sentences = [frame.format(claim) for claim in EVENTS[number]] + [more]
        text, at = " ".join(sentences), 0
        for sentence in sentences:
            statements.append([article, [[at, at + len(sentence)]]])
            at += len(sentence) + 1
        digest = hashlib.sha256(text.encode()).hexdigest()
        articles.append({"id": f"a{number}-{article}", "outlet": f"Paper {article}", "sha256": digest, "text": text})
    return {
        "id": f"invented/{number}",
        "split": split,
        "articles": articles,
        "statements": statements,
        "groups": [[0, 3], [1, 4]],
        "against": [],
    }


TOPIC = [
    {
        "topic": 1,
        "form": ["Voss", "quit", ".", "Rain", "fell", "."],
        "sents": [[0, 3], [3, 6]],
        "mentions": [{"chain": "ACT1", "start": 1}],
    },
    {
        "topic": 1,
        "form": ["She", "resigned", "and", "Quill", "took", "over", ".", "She", "left", "."],
        "sents": [[0, 7], [7, 10]],
        "mentions": [{"chain": chain, "start": start} for chain, start in (("ACT1", 1), ("ACT2", 4), ("HUM9", 0), ("ACT1", 8))],
    },
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven stories for training in two files, one of the test part, and a topic of ECB+."""
    folder = tmp_path_factory.mktemp("data")
    for name, rows in {
        "claims/one.jsonl": [story(number) for number in range(5)],
        "claims/two.jsonl": [story(5), story(6, "test"), story(7)],
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "ecbplus").mkdir()
    with gzip.open(folder / "ecbplus" / "ecbplus.train.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in TOPIC)
    return folder


@pytest.fixture(scope="module")
def encoder(letters: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One layer above the fork; as wide as the released network, whose lower layers it is laid on in a release."""
    torch.manual_seed(1)
    folder = tmp_path_factory.mktemp("encoder")
    config = transformers.BertConfig(
        vocab_size=128,
        hidden_size=384,
        num_hidden_layers=SHARED + 1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    (folder / "tokenizer.json").write_bytes((letters / "tokenizer.json").read_bytes())
    return folder


class Trace:
    """What a run is shown."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.settled: list[str] = []
        self.learned: list[Any] = []
        settle, loss = fit.settle, fit.loss

        def traced_settle(network: ClaimNetwork, rows: Sequence[Any]) -> None:
            self.settled += [row.id for row in rows]
            self.rows = list(rows)
            settle(network, rows)

        def traced_loss(scores: Any, same: Any) -> Any:
            self.learned += [row.id for row in self.rows if row.same is same] or ["not shown"]
            return loss(scores, same)

        patch.setattr(fit, "settle", traced_settle)
        patch.setattr(fit, "loss", traced_loss)


@pytest.fixture(scope="module")
def run(data: Path, encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Trace]:
    folder = tmp_path_factory.mktemp("run")
    with pytest.MonkeyPatch.context() as patch:
        trace = Trace(patch)
        fit.fit(data, encoder, folder, SETTINGS)
    return folder, trace


def log(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_run_leaves_checkpoints_settings_and_figures(run: tuple[Path, Trace], encoder: Path) -> None:
    folder, _ = run
    first, *steps = log(folder)
    assert json.loads((folder / "settings.json").read_text()) == SETTINGS.as_dict()
    assert sorted(path.name for path in folder.glob("*.pt")) == [f"step-{row['step']:06d}.pt" for row in steps]
    assert len(steps) == SETTINGS.checkpoints
    assert steps[-1]["step"] == first["steps"] == SETTINGS.passes * first["stories"]
    assert all(0 <= row["development"]["claims"] <= 100 and row["development"]["least"] in fit.LEASTS for row in (first, *steps))
    last = trained_claims(encoder, folder / f"step-{first['steps']:06d}.pt", SETTINGS.hidden)
    assert not last.training


def test_held_out_stories_are_never_shown(run: tuple[Path, Trace]) -> None:
    folder, trace = run
    first = log(folder)[0]
    held, shown = set(first["held"]), set(trace.settled)
    everything = {f"invented/{number}" for number in range(8) if number != 6}
    assert held
    assert not held & shown
    assert held | shown == everything | {"ecbplus/1"}, "the test part is neither"
    assert set(trace.learned) == shown, "the scorer's start and the steps see the same stories"
    assert len(trace.learned) == first["steps"]


def test_the_same_settings_hold_out_the_same_stories_and_give_the_same_network(
    run: tuple[Path, Trace], data: Path, encoder: Path, tmp_path: Path
) -> None:
    fit.fit(data, encoder, tmp_path, SETTINGS)
    assert log(tmp_path)[0]["held"] == log(run[0])[0]["held"]
    (name,) = {max(path.name for path in folder.glob("*.pt")) for folder in (tmp_path, run[0])}
    one, two = (torch.load(folder / name, weights_only=True) for folder in (tmp_path, run[0]))
    assert all(torch.allclose(one[key], two[key], atol=1e-6) for key in two)


def test_only_the_branch_and_the_scorer_learn(run: tuple[Path, Trace]) -> None:
    first, last = (torch.load(path, weights_only=True) for path in sorted(run[0].glob("*.pt")))
    moved = {key for key in last if not torch.equal(first[key], last[key])}
    assert any(key.startswith("branch.layers") for key in moved)
    assert any(key.startswith("scorer") for key in moved)
    assert not any(key.startswith("bert") for key in moved)


@pytest.mark.parametrize("seed", range(5))
def test_numpy_covers_as_torch_does(seed: int) -> None:
    dice = np.random.default_rng(seed)
    sizes = [int(size) for size in dice.integers(1, 9, size=6)]
    states = [dice.normal(size=(size, 16)).astype(np.float32) for size in sizes]
    logs = [dice.normal(size=size).astype(np.float32) for size in sizes]
    rarity = [dice.uniform(0.1, 3.0, size=size).astype(np.float32) for size in sizes]
    length = max(sizes) + 2
    padded = torch.from_numpy(dice.normal(size=(6, length, 16)).astype(np.float32))  # what stands outside must not matter
    weights, rare = torch.full((6, length), 5.0), torch.zeros(6, length)
    for at, size in enumerate(sizes):
        padded[at, 1 : size + 1] = torch.from_numpy(states[at])
        weights[at, 1 : size + 1] = torch.from_numpy(logs[at])
        rare[at, 1 : size + 1] = torch.from_numpy(rarity[at])
    ours = meaning.coverages(states, [one * np.exp(other) for one, other in zip(rarity, logs, strict=True)])
    assert ours.shape == (6, 6, len(COVERAGES))
    np.testing.assert_allclose(ours, coverages(padded, weights, rare).numpy(), atol=1e-5)


class Torch:
    """A scorer of pieces whose states come straight from the network in training; vectors depend on the word pieces alone."""

    threads, fingerprint = 1, "invented"
    miss_rate: float | None = None
    weights: Mapping[str, Any]

    def __init__(self, network: ClaimNetwork, tokenizer: Any) -> None:
        self.network, self.tokenizer = network, tokenizer
        scorer = release._weights(network.scorer) | {"scale": 1.0, "shift": 0.0, "least": 0.3}
        self.weights = {name: np.asarray(values, dtype=np.float32) for name, values in scorer.items()}

    def __call__(self, texts: Sequence[str]) -> Any:
        return np.stack([self._vector(pieces(text, self.tokenizer).ids) for text in texts])

    def look(self, ids: Any, mask: Any) -> Any:
        with torch.no_grad():
            there = torch.from_numpy(mask)
            states, weights = self.network.branch(self.network.lower(torch.from_numpy(ids), there), there)
        return self._vector(ids[0, 1:-1])[None], states.numpy(), weights.numpy()

    def _vector(self, ids: Any) -> Any:
        row = np.random.default_rng(ids[:LONGEST_STATEMENT].tolist()).normal(size=384).astype(np.float32)
        return row / np.linalg.norm(row)


def test_the_matcher_finds_the_probabilities_that_the_network_learned(run: tuple[Path, Trace], data: Path, encoder: Path) -> None:
    network = trained_claims(encoder, max(run[0].glob("*.pt")), SETTINGS.hidden)
    scorer = Torch(network, load_tokenizer(str(encoder / "tokenizer.json")))
    stories = annotated_stories(data)[:3]
    for gold, row in zip(stories, examples(stories, network, scorer.tokenizer, scorer), strict=True):
        with torch.no_grad():
            expected = torch.sigmoid(network(row.shared, row.mask, row.rarity, row.figures)).numpy()
        found = matcher.matched([of_text(text) for text in gold.texts], gold.articles, scorer).probabilities
        upper = np.triu_indices(len(gold.texts), 1)
        np.testing.assert_allclose(found[upper], expected[upper], atol=2e-3)
        assert {(left, right) for left, right in np.argwhere(row.same.numpy()) if left < right} == {(0, 3), (1, 4)}


@pytest.fixture
def bundle(run: tuple[Path, Trace], data: Path, encoder: Path, tmp_path: Path) -> Any:
    return release.release(run[0], encoder, data, tmp_path / "model")


def test_a_release_calibrates_into_the_card_and_leaves_the_other_networks(bundle: Any, run: tuple[Path, Trace], encoder: Path) -> None:
    part = bundle.card["claims"]
    assert part["settings"] == SETTINGS.as_dict()
    chosen = {row["step"]: row["development"] for row in log(run[0]) if "step" in row}
    assert part["torch_float32"] == chosen[int(part["checkpoint"].partition("-")[2])]
    assert part["torch_float32"]["claims"] == max(row["claims"] for row in chosen.values())
    assert part["scorer"]["scale"] not in (0.0, 1.0)
    assert part["scorer"]["least"] in fit.LEASTS
    assert 0 <= part["int8"]["claims"] <= 100
    assert 0 <= part["int8"]["miss_rate"] <= 1
    assert (bundle.path / ENCODER).read_bytes() == (RELEASED / ENCODER).read_bytes()
    session = ClaimSession(bundle, threads=1)
    assert session.miss_rate == part["int8"]["miss_rate"]
    network = trained_claims(encoder, run[0] / f"{part['checkpoint']}.pt", SETTINGS.hidden)
    ids, mask = np.array([[101, 2057, 2097, 2128, 102]]), np.ones((1, 5), dtype=np.float32)
    _, states, weights = session.look(ids, mask)
    shared = session._tone.hear(ids, np.zeros_like(ids), mask)[0]
    with torch.no_grad():
        expected, logs = network.branch(torch.from_numpy(shared), torch.from_numpy(mask))
    cosines = torch.nn.functional.cosine_similarity(torch.from_numpy(states), expected, dim=-1)
    assert float(cosines.min()) > 0.99
    np.testing.assert_allclose(weights, logs.numpy(), atol=0.05)


def test_a_release_needs_a_run(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_text('{"stories": 1, "held": []}\n{"step": 4, "development": {"claims": 50.0}}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="train first"):
        release.best_checkpoint(tmp_path)


def test_events_become_stories(data: Path, tmp_path: Path) -> None:
    (found,) = events.event_stories(data)
    assert found.id == "ecbplus/1"
    assert found.texts == ("Voss quit .", "She resigned and Quill took over .", "She left .")
    assert found.articles == (0, 1, 1), "a sentence without marked actions is left out"
    assert found.first.pairs() == {(0, 1), (0, 2), (1, 2)}
    assert events.event_stories(tmp_path) == []


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("A", "A", True),
        ("A", "B", False),
        ("AB", "A", True),
        ("ABC", "A", False),  # a third of the greater side
        ("ABC", "AB", True),
        ("AB", "AC", False),  # half of the lesser side
        ("ABC", "ABD", True),
    ],
)
def test_how_many_actions_two_sentences_must_share(first: str, second: str, same: bool) -> None:
    for one, other in pairwise((first, second, first)):
        assert events._alike(set(one), set(other)) is same


@pytest.fixture
def from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The matcher reads the model without a network from this folder."""
    matcher._words.cache_clear()
    monkeypatch.setattr(matcher, "files", lambda _: tmp_path)
    (tmp_path / "data").mkdir()
    yield tmp_path / "data"
    matcher._words.cache_clear()


def test_the_readable_model_can_be_used_at_once(data: Path, from_here: Path) -> None:
    figure = words.fit(data, from_here / "claims.json")
    assert 0.5 < figure <= 1
    gold = annotated_stories(data)[0]
    found = matcher.matched([of_text(text) for text in gold.texts], gold.articles)
    model = {name: np.asarray(value) for name, value in json.loads((from_here / "claims.json").read_text()).items() if name != "figures"}
    upper = np.triu_indices(len(gold.texts), 1)
    np.testing.assert_allclose(found.probabilities[upper], words._probabilities(model, words._table(gold))[upper], atol=1e-4)
    likeliest = sorted(zip(*upper, strict=True), key=lambda pair: -found.probabilities[pair])[:2]
    assert {(int(left), int(right)) for left, right in likeliest} == {(0, 3), (1, 4)}


def test_a_model_for_other_figures_is_refused(data: Path, from_here: Path) -> None:
    words.fit(data, from_here / "claims.json")
    stored = json.loads((from_here / "claims.json").read_text())
    (from_here / "claims.json").write_text(json.dumps({**stored, "figures": stored["figures"][:-1]}), encoding="utf-8")
    with pytest.raises(ValueError, match="other figures"):
        matcher.matched([of_text("The weir held.")], [0])
