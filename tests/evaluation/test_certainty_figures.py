import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.document import Document
from sayso.evaluation.certain import GoldCertainty, evaluate_certainty, heard_certainty, ranks, read_certainty
from sayso.measures.heard import Heard, Sentence
from sayso.spans import Span


def texts(*scores: float) -> list[GoldCertainty]:
    return [GoldCertainty(Document(f"Text {number}."), score) for number, score in enumerate(scores)]


def test_texts_without_a_score_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    rows = [{"id": "1", "text": "It may rain.", "certainty": 2.5, "split": "val"}, {"id": "2", "text": "It rains.", "certainty": None}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert [(text.document.text, text.certainty) for text in read_certainty(path)] == [("It may rain.", 2.5)]
    assert read_certainty(path, "train") == []


values = st.lists(st.tuples(st.floats(1, 6, width=16), st.floats(0, 1, width=16)), min_size=3, max_size=30)


@given(values)
def test_as_numpy_has_it(rows: list[tuple[float, float]]) -> None:
    gold, found = (list(side) for side in zip(*rows, strict=True))
    if min(np.std(gold), np.std(found)) < 1e-2:
        return
    report = evaluate_certainty(texts(*gold), {"one": found}, resamples=2)
    assert report.value("one", "certainty") == pytest.approx(np.corrcoef(gold, found)[0, 1], abs=1e-6)
    assert report.value("one", "certainty.rank") == pytest.approx(np.corrcoef(ranks(gold), ranks(found))[0, 1], abs=1e-6)


@pytest.mark.parametrize(("scores", "value"), [([1, 2, 3, 4], 1.0), ([8, 4, 2, 0], -1.0), ([5, 5, 5, 5], None)])
def test_the_scale_does_not_matter(scores: list[float], value: float | None) -> None:
    found = evaluate_certainty(texts(1, 2, 3, 4), {"one": scores}, resamples=5).value("one", "certainty.rank")
    assert found == (value if value is None else pytest.approx(value))


def test_ranks_share_ties() -> None:
    assert ranks([3.0, 1.0, 3.0, 0.0]) == [2.5, 1.0, 2.5, 0.0]
    assert ranks([]) == []


def test_certainty_of_a_text_is_that_of_its_words() -> None:
    def sentence(words: int, certainty: float) -> Sentence:
        spans = tuple(Span(at, at + 1) for at in range(words))
        return Sentence(Span(0, 9), spans, (0.0,) * words, (0.0,) * words, 0.0, (0.25,) * 4, (0.0, 1.0, 0.0), certainty)

    assert heard_certainty(Heard((sentence(1, 0.0), sentence(3, 1.0)))) == 0.75
    assert heard_certainty(Heard()) == 0.5
