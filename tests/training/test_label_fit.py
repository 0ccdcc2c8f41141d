from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from sayso.attribution.labels import COMMITMENT, TASKS
from sayso.document import Document
from sayso.evaluation.corpora import read_gold
from sayso.linear import Linear
from sayso.training import labels as training

GOLD = Path(__file__).parent.parent / "gold" / "dev"


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, float], Path]:
    out = tmp_path_factory.mktemp("labels") / "labels.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "PENALTIES", (1.0,))
        return training.fit([GOLD], out), out


def test_every_task_beats_its_most_frequent_label(fitted: tuple[dict[str, float], Path]) -> None:
    figures, _ = fitted
    assert figures.keys() == set(TASKS)
    for task, score in figures.items():
        assert 0.35 < score <= 1, f"{task}: a model that always says the same stays below"


def test_what_is_written_can_be_read(fitted: tuple[dict[str, float], Path]) -> None:
    stored = json.loads(fitted[1].read_text(encoding="utf-8"))
    assert stored.keys() == set(TASKS)
    for model in stored.values():
        read = Linear(tuple(model["labels"]), tuple(model["bias"]), {name: tuple(row) for name, row in model["weights"].items()})
        assert abs(sum(read.probabilities(()).values()) - 1) < 1e-9
    assert stored["attitude"]["weights"]["class=feeling"][stored["attitude"]["labels"].index("feeling")] > 0


def test_what_a_rule_decides_is_not_learnt(fitted: tuple[dict[str, float], Path]) -> None:
    ruled = [a for reading in read_gold(GOLD) for a in reading.attributions if training.is_ruled(a)]
    assert ruled
    assert {a.commitment for a in ruled} == {"unknown"}
    assert COMMITMENT in fitted[0]


def test_cases_carry_their_enclosing_attribution() -> None:
    reading = next(reading for reading in read_gold(GOLD) if any(a.within for a in reading.attributions))
    cases = list(training.cases_of(reading))
    assert len(cases) == len(reading.attributions)
    assert isinstance(reading.document, Document)
    for clues, attribution, group in cases:
        assert group == reading.document.text
        outer = next((a for a in reading.attributions if a.id == attribution.within), None)
        assert any(clue.name.startswith("inside=") for clue in clues) == (outer is not None and bool(outer.cue))
