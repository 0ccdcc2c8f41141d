"""Invented articles with annotations, and a tokenizer of single letters, so that training is tried without any download."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sayso.spans import Spans
from sayso.testing import span_of
from sayso.training.corpora import Annotated, Marked

tokenizers = pytest.importorskip("tokenizers")

OUTER = "that the minister promised to repair the weir"
TEXT = f"Mara Voss of the yard has vehemently denied {OUTER}.\n\n“We wait,” Ines said on Monday, “and hope.” Rain fell on Trump and all."


def spans(*words: str) -> Spans:
    return tuple(sorted(span_of(TEXT, part) for part in words))


def invented(nested: bool, convention: str) -> Annotated:
    marked = (
        Marked(spans("Mara Voss of the yard"), spans("has vehemently denied"), spans(OUTER), nested),
        Marked(spans("Ines"), spans("said"), spans("“We wait,”", "“and hope.”"), nested),
    )
    inner = Marked(spans("the minister"), spans("promised"), spans("to repair the weir"))
    return Annotated(TEXT, (*marked, inner) if nested else marked, convention)


@pytest.fixture
def flat() -> Annotated:
    """As PolNeAR annotates: nothing inside contents."""
    return invented(False, "polnear")


@pytest.fixture
def nested() -> Annotated:
    """As the contract annotates."""
    return invented(True, "contract")


def learnt(made: Any, loss: Callable[[], Any], steps: int) -> list[float]:
    """The losses of a network that learns the same batch again and again."""
    import torch

    optimizer = torch.optim.AdamW(made.parameters(), lr=3e-3)
    losses = []
    for _ in range(steps):
        value = loss()
        losses.append(float(value.detach()))
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
    return losses


@pytest.fixture
def learn() -> Callable[[Any, Callable[[], Any], int], list[float]]:
    return learnt


@pytest.fixture(scope="session")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tokenizer."""
    signs = "abcdefghijklmnopqrstuvwxyz0123456789.,:;!?\"'“”‘’«»-"
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *signs, *(f"##{sign}" for sign in signs)]
    model = tokenizers.models.WordPiece({piece: number for number, piece in enumerate(vocabulary)}, unk_token="[UNK]")
    tokenizer = tokenizers.Tokenizer(model)
    tokenizer.normalizer = tokenizers.normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    folder = tmp_path_factory.mktemp("letters")
    tokenizer.save(str(folder / "tokenizer.json"))
    return Path(folder)
