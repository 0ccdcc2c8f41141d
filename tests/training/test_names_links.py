"""Names and links as training sees them: labels reproduce the annotated words; a mention looks back in its own window only."""

import gzip
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

import numpy as np  # noqa: E402

from sayso.encoder.heads import NAME_KINDS  # noqa: E402
from sayso.encoder.windows import Tokenizer, load_tokenizer, pieces  # noqa: E402
from sayso.spans import Span  # noqa: E402
from sayso.training.corpora import Chained, gum, litbank, meantime, worldwide_names  # noqa: E402
from sayso.training.links import link_examples, link_loss  # noqa: E402
from sayso.training.names import name_examples, name_loss  # noqa: E402
from sayso.training.network import IN, Network  # noqa: E402

pytestmark = pytest.mark.train
Learn = Callable[[Network, Callable[[], Any], int], list[float]]

FORMS = ["Mara", "Voss", "of", "Norvania", "met", "the", "Harbor", "Union", "."]
TAGS = ["B-Person", "I-Person", "O", "B-Location", "O", "O", "B-Organization", "I-Organization", "O"]
TEXT = "Mara Voss of Norvania met the Harbor Union."


def offsets() -> list[int]:
    found, at = [], 0
    for form in FORMS:
        at = TEXT.index(form, at)
        found += [at, at + len(form)]
    return found


def packed(path: Path, *rows: dict[str, object]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return path


@pytest.fixture
def tokenizer(letters: Path) -> Tokenizer:
    return load_tokenizer(str(letters / "tokenizer.json"))


def network() -> Network:
    torch.manual_seed(5)
    shape = {"vocab_size": 128, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    made = Network(transformers.BertConfig(**shape), pair=16)
    made.train()
    return made


def test_names_are_the_annotated_words(tmp_path: Path, tokenizer: Tokenizer) -> None:
    sentence = {"form": FORMS, "ner": TAGS, "off": offsets()}
    path = packed(tmp_path / "names.jsonl.gz", {"id": "a", "text": TEXT, "sents": [sentence]}, {"id": "b", "text": TEXT, "sents": []})
    named, empty = worldwide_names(path)
    shown = {kind: [TEXT[s.start : s.end] for s in spans] for kind, spans in zip(NAME_KINDS, named.names, strict=True)}
    assert shown == {"person": ["Mara Voss"], "organization": ["Harbor Union"], "place": ["Norvania"], "nationality": []}
    assert not any(empty.names)
    assert [article.text for article in worldwide_names(path, {"b"})] == [TEXT]
    (window,) = name_examples(named, tokenizer, random.Random(3))
    text = pieces(TEXT, tokenizer)
    at = np.flatnonzero(window.states[0] == IN)
    assert TEXT[text.starts[at[0]] : text.ends[at[-1]]] == "Mara Voss"


def test_the_loss_of_names_falls(tmp_path: Path, tokenizer: Tokenizer, learn: Learn) -> None:
    sentence = {"form": FORMS, "ner": TAGS, "off": offsets()}
    (named,) = worldwide_names(packed(tmp_path / "names.jsonl.gz", {"id": "a", "text": TEXT, "sents": [sentence]}))
    windows = list(name_examples(named, tokenizer, random.Random(3)))
    made = network()
    losses = learn(made, lambda: name_loss(made, windows, tokenizer), 25)
    assert losses[-1] < 0.5 * losses[0]


STORY = "Ana rowed. Boris slept. She sang, and he woke. The boat leaked."


def story() -> Chained:
    groups = {"Ana": "1", "Boris": "2", "She": "1", "he": "2", "The boat": "3"}
    spans = {name: Span(STORY.index(f"{name} "), STORY.index(f"{name} ") + len(name)) for name in groups}
    return Chained(STORY, tuple(spans.values()), tuple(groups.values()))


class Steady(random.Random):
    """Never cuts early."""

    def randint(self, a: int, b: int) -> int:
        return b


def test_mentions_look_back_at_those_before_them(tokenizer: Tokenizer) -> None:
    (window,) = link_examples(story(), tokenizer, Steady())
    assert [(place, right) for place, right, _ in window.wanted] == [(2, (0,)), (3, (1,)), (4, ())]
    text = pieces(STORY, tokenizer)
    assert [STORY[text.starts[low] : text.ends[high]] for low, high in window.mentions] == ["Ana", "Boris", "She", "he", "The boat"]


def test_the_loss_of_links_falls(tokenizer: Tokenizer, learn: Learn) -> None:
    windows = list(link_examples(story(), tokenizer, Steady()))
    made = network()
    losses = learn(made, lambda: link_loss(made, windows, tokenizer), 40)
    assert losses[-1] < 0.3 * losses[0]


def test_each_set_gives_its_mentions_and_only_open_texts(tmp_path: Path) -> None:
    mentions = [{"group": "7", "start": 0, "end": 2}, {"group": "7", "start": 6, "end": 8}]
    row = {"form": FORMS, "off": offsets(), "text": TEXT, "mentions": mentions}
    (document,) = gum(packed(tmp_path / "g.gz", {**row, "genre": "news"}, {**row, "genre": "whow"}))
    assert [TEXT[s.start : s.end] for s in document.mentions] == ["Mara Voss", "Harbor Union"]
    assert document.groups == ("7", "7")
    (novel,) = litbank(packed(tmp_path / "l.gz", {"form": FORMS, "clusters": [[[0, 2]], [[5, 8]]]}))
    assert [novel.text[s.start : s.end] for s in novel.mentions] == ["Mara Voss", "the Harbor Union"]
    (news,) = meantime(packed(tmp_path / "m.gz", {"form": FORMS, "mentions": [{"chain": "c", "start": 3, "end": 4}]}))
    assert [news.text[s.start : s.end] for s in news.mentions] == ["Norvania"]
