"""The tone network in small: invented sentences, a few steps, exported weights that compute without torch what torch computes."""

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("onnx")

from sayso.encoder.bundle import CARD, FILES, RELEASED, Bundle  # noqa: E402
from sayso.encoder.tone_session import ToneSession  # noqa: E402
from sayso.encoder.tones import CERTAINTY, EDITORIAL, EDITORIALIZES, LEXICAL_BIAS, LOADED, SHARED  # noqa: E402
from sayso.encoder.windows import load_tokenizer  # noqa: E402
from sayso.spans import Span, Spans  # noqa: E402
from sayso.testing import span_of  # noqa: E402
from sayso.training.export import complete  # noqa: E402
from sayso.training.tone import contrasts, corpora, fit  # noqa: E402
from sayso.training.tone.calibrate import calibrated, platt, temperature  # noqa: E402
from sayso.training.tone.corpora import Row, Target, Wording, repeated  # noqa: E402
from sayso.training.tone.development import CHOICE, Development, by_network, by_session, figures, macro  # noqa: E402
from sayso.training.tone.examples import UNKNOWN, Noise, collate, example, joined, loss, noised  # noqa: E402
from sayso.training.tone.export import export_tone  # noqa: E402
from sayso.training.tone.network import ToneNetwork, VectorBranch, starting_tone, trained_tone  # noqa: E402
from sayso.training.tone.settings import ToneSettings  # noqa: E402

pytestmark = [pytest.mark.train, pytest.mark.filterwarnings("ignore")]

TEXT = "The brutal regime of Mara Voss must go, and the Harbor Institute helps."
ROW = Row(
    TEXT,
    {LOADED: Wording((span_of(TEXT, "brutal regime"),)), EDITORIAL: Wording((span_of(TEXT, "must go"),), (span_of(TEXT, "helps"),))},
    {EDITORIALIZES: 1.0, CERTAINTY: 0.8},
    1,
    (Target(span_of(TEXT, "Mara Voss"), 0, 1), Target(span_of(TEXT, "Harbor Institute"), 2)),
)
PLAIN = Row("The weir held in the rain.", {LOADED: Wording(()), EDITORIAL: Wording(())}, {EDITORIALIZES: 0.0})


@pytest.fixture(scope="module")
def encoder(letters: Path) -> Path:
    torch.manual_seed(1)
    config = transformers.BertConfig(
        vocab_size=128,
        hidden_size=32,
        num_hidden_layers=SHARED + 1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=256,
    )
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(letters)
    return letters


@pytest.fixture
def network(encoder: Path) -> ToneNetwork:
    torch.manual_seed(2)
    return starting_tone(encoder, 0.0)


def lines(path: Path, *rows: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def nobody(texts: Any) -> list[Spans]:
    return [() for _ in texts]


def test_a_row_in_word_pieces(letters: Path) -> None:
    tokenizer = load_tokenizer(str(letters / "tokenizer.json"))
    made = example(ROW, tokenizer)
    assert made.wordings[:, LOADED].sum() == len("brutalregime")
    assert (made.wordings[:, EDITORIAL] == UNKNOWN).sum() == len("helps"), "what nobody looked at is not known"
    assert (made.wordings[:, LEXICAL_BIAS] == UNKNOWN).all()
    assert made.sentence[EDITORIALIZES] == 1.0
    assert made.sentence[CERTAINTY] == pytest.approx(0.8)
    assert [target[2:] for target in made.targets] == [(0, 1), (2, UNKNOWN)]
    assert made.tone == UNKNOWN, "two stances in one sentence are no tone"


def test_renamed_people_keep_their_spans(letters: Path) -> None:
    text = "A brutal Trump said that Clinton lied."
    row = Row(text, {LOADED: Wording((span_of(text, "brutal"),))}, targets=(Target(span_of(text, "Clinton"), 0),))
    dice = random.Random(3)
    seen = set()
    for _ in range(20):
        other = noised(row, dice, Noise(names=1.0, case=0.0))
        (target,) = other.targets
        words = other.text[target.span.start : target.span.end]
        seen.add(words)
        assert " lied" in other.text[target.span.end :]
        assert "Clinton" not in words
    assert len(seen) > 3


def test_two_sentences_in_one_keep_their_targets() -> None:
    first = Row("Mara Voss won.", targets=(Target(Span(0, 9), 2),))
    second = Row("“Dora Quill lied.”", targets=(Target(Span(1, 11), 0),))
    dice = random.Random(5)
    for _ in range(30):
        one = joined(first, second, dice)
        assert [(one.text[t.span.start : t.span.end], t.stance) for t in one.targets] == [("Mara Voss", 2), ("Dora Quill", 0)]
    cut = Row("It was Voss.", targets=(Target(Span(7, 12), 1),))
    ends = {joined(cut, second, dice).targets[0].span for _ in range(30)}
    assert ends <= {Span(7, 12), *(Span(12 + shift, 22 + shift) for shift in range(10))}, "a target that loses its end is left out"


def test_contrasts_name_whom_they_are_about() -> None:
    rows = contrasts.contrasts(300, 4)
    assert [row.text for row in rows] == [row.text for row in contrasts.contrasts(300, 4)]
    spoken = [(row.text[t.span.start : t.span.end], t.stance) for row in rows for t in row.targets]
    assert all(name[0].isupper() and not name.startswith("The ") for name, _ in spoken)
    assert {stance for _, stance in spoken} == {0, 1, 2}
    assert all("{" not in row.text for row in rows)
    assert sum(len({t.stance for t in row.targets}) > 1 for row in rows) > 200


def test_it_learns_and_only_above_the_fork(network: ToneNetwork, letters: Path, encoder: Path, learn: Any) -> None:
    tokenizer = load_tokenizer(str(letters / "tokenizer.json"))
    batch = collate([example(ROW, tokenizer), example(PLAIN, tokenizer)], tokenizer)
    losses = learn(network, lambda: loss(network, batch), 60)
    assert losses[-1] < losses[0] / 2
    fresh = starting_tone(encoder, 0.0).state_dict()
    moved = {name for name, value in network.state_dict().items() if not torch.equal(value, fresh[name])}
    assert any(name.startswith("tuned.") for name in moved)
    assert not any(name.startswith("bert.") for name in moved), "the vectors stay those of the sentence encoder"


def test_what_is_not_known_costs_nothing(network: ToneNetwork, letters: Path) -> None:
    tokenizer = load_tokenizer(str(letters / "tokenizer.json"))
    nothing = collate([example(Row("The weir held."), tokenizer)], tokenizer)
    assert float(loss(network, nothing).detach()) == 0.0


def test_exported_weights_compute_the_same(network: ToneNetwork, letters: Path, tmp_path: Path) -> None:
    network.eval()
    export_tone(network, tmp_path, int8=False)
    for name in FILES:
        if not (tmp_path / name).exists():
            (tmp_path / name).write_bytes((letters / name).read_bytes() if name == "tokenizer.json" else b"")
    session = ToneSession(Bundle(tmp_path, {"name": "x"}, "", dict.fromkeys(FILES, "")), threads=1)
    tokenizer = load_tokenizer(str(letters / "tokenizer.json"))
    examples = [example(ROW, tokenizer), example(PLAIN, tokenizer)]
    batch = collate(examples, tokenizer)
    for ours, theirs in zip(by_network(network)(batch), by_session(session)(batch), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=2e-3)
    mask = batch.mask.numpy()
    shared = session.hear(batch.ids.numpy(), batch.case.numpy(), mask)[0]
    vectors = session.vectors(shared, mask)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-3)
    with torch.inference_mode():
        expected = VectorBranch(network)(torch.from_numpy(shared), batch.mask).numpy()
    np.testing.assert_allclose(vectors, expected, atol=2e-3)


def test_figures_and_calibration_of_what_is_heard(network: ToneNetwork, letters: Path) -> None:
    tokenizer = load_tokenizer(str(letters / "tokenizer.json"))
    rows = {
        "rw": [ROW],
        "mt": [ROW],
        "ours": [ROW],
        "wording": [ROW, PLAIN],
        "certainty": [ROW, Row("It may.", sentence={CERTAINTY: 0.1})],
        "roles": [ROW],
        "basil": [Row(TEXT, {LEXICAL_BIAS: Wording((Span(4, 10),))})],
    }
    held = Development({name: [example(row, tokenizer) for row in each] for name, each in rows.items()}, tokenizer)
    heard = held.heard(by_network(network), 1)
    found = figures(heard)
    assert found["mean"] == pytest.approx(np.mean([found[name] for name in CHOICE]), abs=1e-3)
    assert calibrated(heard).stance > 0


def test_macro_platt_and_temperature() -> None:
    assert macro(np.array([0, 1, 1]), np.array([0, 1, 0]), 2) == pytest.approx((2 / 3 + 2 / 3) / 2)
    fitted = platt(np.array([-2.0, -1.0, 1.0, 2.0] * 20), np.array([0.0, 0.0, 1.0, 1.0] * 20))
    assert fitted.slope > 1
    assert platt(np.array([1.0, 2.0]), np.array([1.0, 1.0])).slope == 1.0
    sure = np.array([[4.0, 0.0], [4.0, 0.0]] * 10)
    assert temperature(sure, np.array([0, 1] * 10)) > 1.5, "half wrong and so sure: cooler is truer"


def test_rows_of_each_corpus(tmp_path: Path) -> None:
    wording = {
        "before": "Rain fell.",
        "text": "The brutal regime must go.",
        "after": "",
        "loaded": [{"span": [4, 17], "voice": "outlet"}],
        "editorial": [{"span": [0, 25], "trigger": "exhortation"}],
    }
    (row,) = corpora.wording_sentences(lines(tmp_path / "w.jsonl", wording), nobody)
    assert row.trigger == 1
    assert row.sentence == {EDITORIALIZES: 1.0}
    said = {**wording, "editorial": []}
    (row,) = corpora.wording_sentences(lines(tmp_path / "w.jsonl", said), lambda texts: [(Span(11, 36),) for _ in texts])
    assert row.sentence == {}, "of a sentence that is all attributed nobody knows how its outlet would editorialize"
    article = {
        "text": "The weir held. The brutal regime must go, he said.",
        "attributions": [{"content": [[15, 40]]}],
        "loaded": [{"span": [19, 32], "speaker": "A1"}],
        "own_voice_evaluations": [],
    }
    first, second = corpora.world_news(lines(tmp_path / "n.jsonl", article))
    assert (first.sentence, second.sentence) == ({EDITORIALIZES: 0.0}, {})
    assert second.wordings[LOADED].spans == (Span(4, 17),)
    marked = [{"sent": 0, "span": span, "bias": "lex"} for span in ([2, 6], None)]
    story = {"triplet": "t", "sentences": ["A vile act."], "annotations": marked}
    path = lines(tmp_path / "b.jsonl", story)
    both = corpora.basil(path), corpora.basil(path, development=True)
    assert sorted(map(len, both)) == [0, 1], "a story is training or development"
    assert repeated([ROW, PLAIN], 2.5) == [ROW, PLAIN, ROW, PLAIN, ROW]


def test_a_run_leaves_checkpoints_with_development_figures(encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit, "training_rows", lambda *_: {"all": [ROW, PLAIN] * 8})
    held = Development({}, load_tokenizer(str(encoder / "tokenizer.json")))
    monkeypatch.setattr(fit, "development", lambda *_: held)
    monkeypatch.setattr(fit, "figures", lambda heard: {"mean": float(len(heard))})
    settings = ToneSettings(passes=2, sentences_per_step=4, warmup=1, checkpoints=2, threads=1)
    for out in ("one", "two"):
        fit.fit(tmp_path, encoder, tmp_path / out, settings)
    one, two = (sorted((tmp_path / out).glob("step-*.pt")) for out in ("one", "two"))
    assert len(one) == 2
    first, second = (torch.load(path[-1], weights_only=True) for path in (one, two))
    assert all(torch.allclose(first[name], second[name], atol=1e-6) for name in first), "the same settings give the same network"
    assert trained_tone(encoder, one[-1]).training is False
    log = [json.loads(line) for line in (tmp_path / "one" / "log.jsonl").read_text().splitlines()]
    assert sum("development" in row for row in log) == 2


def test_what_a_release_does_not_renew_is_that_of_the_bundle_that_ships(tmp_path: Path) -> None:
    (tmp_path / "tone.onnx").write_bytes(b"new")
    complete(tmp_path)
    assert (tmp_path / "tone.onnx").read_bytes() == b"new"
    assert (tmp_path / "encoder.onnx").read_bytes() == (RELEASED / "encoder.onnx").read_bytes()
    assert not (tmp_path / CARD).exists()
