"""Found stories against gold ones."""

import json
from pathlib import Path

import numpy as np
import pytest

from sayso.document import Document
from sayso.errors import ContractError, UsageError
from sayso.evaluation.runs import run
from sayso.evaluation.stories import HELD_OUT, TUNE, StoryGold, evaluate_stories, finders, half, read_events, story_counts

GOLD = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y"}


def totals(gold: dict[str, str], found: dict[str, str], days: dict[str, int | None] | None = None) -> dict[str, float]:
    sums: dict[str, float] = {}
    for counts in story_counts(gold, found, days).values():
        for name, count in counts.items():
            sums[name] = sums.get(name, 0.0) + count
    return sums


def test_counts_by_hand() -> None:
    # {a, b} and {c, d, e}: of the four gold pairs two are found; four pairs are said.
    found = totals(GOLD, {"a": "1", "b": "1", "c": "2", "d": "2", "e": "2"})
    assert (found["pairs:hit_gold"], found["pairs:gold"], found["pairs:predicted"]) == (2, 4, 4)
    assert found["b-cubed:gold"] == found["b-cubed:predicted"] == 5
    assert found["b-cubed:hit_predicted"] == pytest.approx(1 + 1 + 1 / 3 + 2 / 3 + 2 / 3)
    assert found["b-cubed:hit_gold"] == pytest.approx(2 / 3 + 2 / 3 + 1 / 3 + 1 + 1)


def test_the_same_grouping_is_right_and_what_is_left_out_stands_alone() -> None:
    right = totals(GOLD, {article: story.upper() for article, story in GOLD.items()})
    assert right["pairs:hit_gold"] == right["pairs:gold"] == right["pairs:predicted"] == 4
    assert right["near:hit_gold"] == right["near:gold"] == 4
    alone = totals(GOLD, {})
    assert alone["pairs:predicted"] == 0
    assert alone["b-cubed:hit_predicted"] == 5


def test_pairs_far_apart_do_not_count_as_near() -> None:
    days: dict[str, int | None] = {"a": 1, "b": 20, "c": 300, "d": None, "e": 900}
    found = totals(GOLD, {}, days)
    assert (found["near:gold"], found["pairs:gold"]) == (2, 4)  # a–b, d–e


def record(**more: object) -> dict[str, object]:
    return {"text": "The ferry Aurelia ran aground off Port Merrin.", "title": "Ferry aground", "date": "2031-05-06", **more}


def written(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_three_kinds_of_gold_are_read(tmp_path: Path) -> None:
    gold = read_events(
        written(
            tmp_path / "gold.jsonl",
            record(event=70, outlet="A", url="u1"),
            {"id": "1/1ecb/2", "subtopic": "1ecb", "form": ["Miners", "struck", "."], "split": "dev"},
            {"id": 9, "articles": [record(), record(title="Other")], "split": "train"},
        )
    )
    assert [item.story for item in gold] == ["event 70", "subtopic 1ecb", "record 9", "record 9"]
    assert [item.part for item in gold] == [half("70"), "dev", "train", "train"]
    assert gold[1].document.text == "Miners struck ."
    assert gold[0].document.published == "2031-05-06"


def test_parts_are_fixed(tmp_path: Path) -> None:
    path = written(tmp_path / "gold.jsonl", *(record(event=number, url=str(number)) for number in range(40)))
    tune, held = read_events(path, TUNE), read_events(path, HELD_OUT)
    assert len(tune) + len(held) == 40
    assert min(len(tune), len(held)) > 10
    assert half("70") == half("70")
    assert {half(str(number)) for number in range(9)} == {TUNE, HELD_OUT}


def test_a_line_without_a_story_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"gold\.jsonl:1: no event"):
        read_events(written(tmp_path / "gold.jsonl", {"text": "x"}))


def test_a_run_scores_words_and_vectors(tmp_path: Path) -> None:
    rows = [
        record(story="ferry", url=f"f{number}", text=f"The ferry Aurelia ran aground off Port Merrin, coastguard {number} said.")
        for number in range(3)
    ] + [
        record(
            story="mine",
            url=f"m{number}",
            title="Strike",
            text=f"Corvane miners struck over wages, union leader Teodor Vance said {number} times.",
        )
        for number in range(3)
    ]
    path = written(tmp_path / "gold.jsonl", *rows)
    report = run([path], "stories", {})
    assert (report.articles, report.items) == (6, 2)
    assert report.value("words", "pairs") == report.value("words", "b-cubed") == 1.0
    with_vectors = run([path], "stories", {}, vectors=lambda texts: np.ones((len(texts), 1), dtype=np.float32))
    assert {system.name for system in with_vectors.systems} == {"words", "vectors", "vectors, any days apart"}
    with pytest.raises(UsageError, match="no gold articles"):
        run([path], "stories", {}, part="nothing")


def test_what_a_finder_says_is_what_is_scored() -> None:
    gold = [StoryGold(Document(text=name), story, "") for name, story in GOLD.items()]
    one = evaluate_stories(gold, {"all one": lambda documents: {document.id: "1" for document in documents}})
    assert one.value("all one", "pairs") == pytest.approx(2 * 0.4 / 1.4)
    assert set(finders()) == {"words", "words, any days apart"}
