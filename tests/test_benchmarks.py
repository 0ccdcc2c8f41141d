"""The benchmark's pieces run on tiny input; no time is ever asserted."""

import importlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import WordPiece

from sayso.attribution.assemble import assemble
from sayso.attribution.decode import find
from sayso.document import Document
from sayso.encoder.bundle import CARD, CLAIMS, ENCODER, FILES, FORMAT, LINKS, RELEASED, ROLES, TARGETS, TOKENIZER, TONE, VECTORS, digest
from sayso.encoder.heads import CHANNELS, NAME_KINDS
from sayso.encoder.session import Session
from sayso.reader import Reader
from sayso.reading import Generator

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
WORDS = """the a said that he she of in to and mayor water council was it report officials , . “ ” " ' :"""
WIDTH = 8


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Import a module of the benchmark by name, as `bench.py` does."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle with a random network of no size, which the product takes for any other."""
    folder = tmp_path_factory.mktemp("bundle")
    vocabulary = {piece: number for number, piece in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS.split()])}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.save(str(folder / TOKENIZER))
    random = np.random.default_rng(3)
    table = numpy_helper.from_array(random.standard_normal((len(vocabulary), WIDTH), dtype=np.float32), "table")
    to_cues = numpy_helper.from_array(random.standard_normal((WIDTH, CHANNELS), dtype=np.float32), "to_cues")
    to_roles = numpy_helper.from_array(random.standard_normal((WIDTH, 2 * CHANNELS), dtype=np.float32), "to_roles")
    to_names = numpy_helper.from_array(random.standard_normal((WIDTH, len(NAME_KINDS) * CHANNELS), dtype=np.float32), "to_names")
    to_link = numpy_helper.from_array(random.standard_normal((WIDTH,), dtype=np.float32), "to_link")
    flat = ["batch", "positions"]
    write(
        folder / ENCODER,
        [
            helper.make_node("Gather", ["table", "ids"], ["states"]),
            helper.make_node("MatMul", ["states", "to_cues"], ["cues"]),
            helper.make_node("MatMul", ["states", "to_names"], ["names"]),
        ],
        dict.fromkeys(("ids", "case", "quoted"), (TensorProto.INT64, flat))
        | {"mask": (TensorProto.FLOAT, flat), "convention": (TensorProto.INT64, ["batch"])},
        {"states": [*flat, WIDTH], "cues": [*flat, CHANNELS], "names": [*flat, len(NAME_KINDS) * CHANNELS]},
        [table, to_cues, to_names],
    )
    write(
        folder / LINKS,
        [helper.make_node("Add", ["antecedents", "mentions"], ["both"]), helper.make_node("MatMul", ["both", "to_link"], ["links"])],
        dict.fromkeys(("antecedents", "mentions"), (TensorProto.FLOAT, ["pairs", WIDTH])) | {"distance": (TensorProto.INT64, ["pairs"])},
        {"links": ["pairs"]},
        [to_link],
    )
    write(
        folder / ROLES,
        [helper.make_node("Gather", ["states", "row"], ["here"]), helper.make_node("MatMul", ["here", "to_roles"], ["roles"])],
        {"states": (TensorProto.FLOAT, [*flat, WIDTH])} | {name: (TensorProto.INT64, ["cues"]) for name in ("row", "first", "last")},
        {"roles": ["cues", "positions", 2 * CHANNELS]},
        [to_roles],
    )
    for name in (TONE, TARGETS, VECTORS, CLAIMS):  # the real ones, which take whatever word pieces there are
        shutil.copyfile(RELEASED / name, folder / name)
    card = {"name": "nothing", "format": FORMAT, "files": {name: digest(folder / name) for name in FILES}}
    (folder / CARD).write_text(json.dumps(card), encoding="utf-8")
    return folder


def write(
    path: Path, nodes: list[Any], inputs: dict[str, tuple[int, list[Any]]], outputs: dict[str, list[Any]], weights: list[Any]
) -> None:
    graph = helper.make_graph(
        nodes,
        path.stem,
        [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()],
        weights,
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10), path)


def test_texts_have_the_size_that_is_asked_for(module: Any) -> None:
    articles = module("articles")
    assert len(articles.articles()) >= 28
    assert len({article.text for article in articles.corpus(2000)}) == len(articles.corpus(2000))  # nothing twice before all are used
    for size in (1_000, 10_000, 100_000):
        assert 0.9 * size < len(articles.text_of_size(size).encode()) <= size
    paragraph = articles.one_paragraph(500)
    assert len(paragraph.split()) == 500
    assert "\n" not in paragraph
    assert 700 <= len(articles.text_of_words(700).split()) < 850


def test_what_is_recorded_is_what_the_encoder_gets(module: Any, bundle: Path) -> None:
    stopwatch = module("stopwatch")
    documents = [Document("The mayor said that the water was in the report.\n\n“It was,” she said."), Document("Nothing.")]
    plain = Session.encode
    reader = Reader(bundle)
    with stopwatch.recording() as recorded:
        before = list(reader.pipe(documents))
    assert Session.encode is plain
    assert before == list(reader.pipe(documents))
    assert [len(batch[0]) for batch in recorded.batches] == [1, 1]
    assert recorded.replay() > 0


def test_every_step_is_timed(module: Any, bundle: Path) -> None:
    stopwatch = module("stopwatch")
    with stopwatch.timing() as spent:
        reading = Reader(bundle).read(module("articles").articles()[0])
    assert reading.attributions
    assert all(seconds > 0 for step, seconds in spent.items() if step != "link head"), spent  # a random network may find no unnamed source


def test_the_instant_network_leads_to_attributions_that_keep_the_contract(module: Any, bundle: Path) -> None:
    scorer = module("instant").Instant(Tokenizer.from_file(str(bundle / TOKENIZER)))
    documents = list(module("articles").articles())
    for document, found in zip(documents, find(scorer, documents), strict=True):
        assert len(assemble(document, found, Generator()).check().attributions) > 5


def test_the_large_encoder_computes_and_ignores_padding(module: Any, tmp_path: Path) -> None:
    bert = module("bert")
    bert.write(tmp_path / "bert.onnx", bert.TINY)
    session = ort.InferenceSession(str(tmp_path / "bert.onnx"), providers=["CPUExecutionProvider"])
    ids = np.array([[5, 6, 7, 8], [5, 6, 9, 9]], dtype=np.int64)
    mask = np.array([[1, 1, 1, 1], [1, 1, 0, 0]], dtype=np.float32)
    (states,) = session.run(None, {"ids": ids, "mask": mask})
    assert states.shape == (2, 4, bert.TINY.width)
    (alone,) = session.run(None, {"ids": ids[1:, :2], "mask": mask[1:, :2]})
    assert np.allclose(states[1, :2], alone[0], atol=1e-5)
    assert not np.allclose(states[0, :2], alone[0], atol=1e-3)


def test_bert_base_has_the_weights_of_bert_base(module: Any) -> None:
    size = module("bert").BERT_BASE
    layer = 4 * size.width**2 + 2 * size.width * size.inner
    assert size.layers * layer == 84_934_656
    assert size.heads * 64 == size.width


def test_measurements(module: Any, bundle: Path) -> None:
    measures = module("measures")
    assert measures.setting(str(bundle))["model"].startswith("nothing@")
    found = measures.speed(str(bundle), count=300, rounds=1, sample=1, tiny=True)
    assert found["words"] >= 300
    assert found["total"] > 0 < found["encoder"]
    assert found["bert"]["batches"] == 1
    assert measures.reading(str(bundle), count=300)["articles"] == found["articles"]
    for how in ("rules", "around", "model"):
        assert measures.size(str(bundle), size=1000, how=how)["attributions"] > 0
    assert measures.peak() > 10


def test_the_whole_benchmark_prints_its_table(
    module: Any, bundle: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bench, measures = module("bench"), module("measures")
    options = bench._options().parse_args(["--bundle", str(bundle)])
    assert bench.measure("setting", options)["model"].startswith("nothing@")  # in a process of its own, as all of them are in earnest

    def here(name: str, options: Any, **wishes: Any) -> dict[str, Any]:
        return {**measures.MEASURES[name](bundle=str(options.bundle), **wishes), "peak": measures.peak()}

    monkeypatch.setattr(bench, "measure", here)
    if hasattr(os, "sched_setaffinity"):
        monkeypatch.setattr(os, "sched_setaffinity", lambda *_: None)
    bench.main(["--quick", "--json", "--bundle", str(bundle)])
    found = json.loads(capsys.readouterr().out)
    page = module("table").page(found)
    for wanted in ("end to end", "everything around", "≤ 25%", "articles per second on 1 core", "peak memory", "sayso --help", "10 kB"):
        assert wanted in page, wanted
