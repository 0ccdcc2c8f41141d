"""Codebooks against gold codes: both formats, every row, and no text scored that had part in fitting."""

import json
from pathlib import Path

import numpy as np
import pytest

from sayso.codebooks.features import Texts
from sayso.errors import ContractError, UsageError
from sayso.evaluation.frames import by_definitions, evaluate_frames, few, gold_sets, read_frames, table, to_json

FRAMES = {"CO": False, "HI": False, "EC": False, "MO": False, "RE": False}


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    told = [("The parties clashed over reed rights.", "CO"), ("The levy cost growers a million.", "EC"), ("A choir sang.", "")]
    rows: list[dict[str, object]] = [
        {"id": n, "outlet": ("The Alder Post", "thealderpost", "Brome News", "Esk Sun")[n % 4], "text": f"{told[n % 3][0]} Day {n}.",
         "frames": {**FRAMES, **({told[n % 3][1]: True} if told[n % 3][1] else {})}}
        for n in range(36)
    ]  # fmt: skip
    rows[0]["frames"] = {**FRAMES, "CO": True, "EC": True}
    return write(tmp_path / "articles.jsonl", rows)


def test_articles_are_cross_validated_by_outlet(articles: Path) -> None:
    (gold,) = gold_sets(read_frames(articles))
    assert {item.group for item in gold.coded} == {"thealderpost", "bromenews", "esksun"}
    report = evaluate_frames(gold, None)
    assert list(report.systems) == ["fitted", "20 a frame", "definitions only", "words only", "most frequent"]
    assert (report.systems["fitted"].accuracy.value or 0) > 0.8
    assert report.systems["fitted"].frames["morality"].value is None
    assert "annotators" in report.note
    assert "macro-F1" in table(report)
    assert json.loads(json.dumps(to_json(report)))["systems"]["fitted"]["macro_f1"]["value"] > 0.8


def test_headlines_are_scored_on_the_part_that_is_held_out(tmp_path: Path) -> None:
    told, frames = ("Gun maker shares fall", "Thousands march at rally"), ("Economic consequences", "Public opinion")
    rows: list[dict[str, object]] = [
        {"id": n, "text": f"{told[n % 2]} {n}", "frame": frames[n % 2], "split": "dev" if n > 23 else "train"} for n in range(30)
    ]
    rows.append({"id": 99, "text": "No frame", "frame": None, "split": "dev"})
    (gold,) = gold_sets(read_frames(write(tmp_path / "heads.jsonl", rows)))
    report = evaluate_frames(gold, None)
    assert report.texts == 6
    assert report.systems["fitted"].accuracy.value == 1.0
    assert report.systems["definitions only"].accuracy.value == 1.0
    assert report.systems["most frequent"].accuracy.value == 0.5


def test_definitions_alone_never_look_at_the_codes() -> None:
    scores = np.array([[3.0, 1.0], [2.0, 5.0], [1.0, 0.0], [0.0, 0.5]])
    texts = Texts(None, scores, [[]] * 4)
    assert by_definitions(texts, True).tolist() == [[True, False], [False, True], [True, False], [False, True]]
    assert by_definitions(texts, False).sum(axis=0).tolist() == [2, 2]


def test_few_draws_twenty_of_each_and_only_among_those_allowed() -> None:
    codes = np.zeros((200, 2), dtype=bool)
    codes[:90, 0], codes[90:100, 1] = True, True
    among = np.arange(0, 200, 2)
    drawn = few(codes, among, 1)
    assert set(drawn) <= set(among)
    assert [int(codes[drawn, 0].sum()), int(codes[drawn, 1].sum()), int((~codes[drawn].any(axis=1)).sum())] == [20, 5, 20]


def test_what_cannot_be_scored(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="no frames in it"):
        read_frames(write(tmp_path / "a.jsonl", [{"text": "x"}]))
    with pytest.raises(ContractError, match="is none of the Gun Violence"):
        read_frames(write(tmp_path / "b.jsonl", [{"text": "x", "frame": "Weather"}]))
    (gold,) = gold_sets(read_frames(write(tmp_path / "c.jsonl", [{"text": "x", "frame": "Race", "split": "dev"}])))
    with pytest.raises(UsageError, match="too few"):
        evaluate_frames(gold, None)
