"""The quality gate: on our own gold articles neither the model nor the rules fall below their pinned floors."""

from pathlib import Path

import pytest

from sayso.evaluation.corpora import read_gold
from sayso.evaluation.gate import below, check_gold, read_floors
from sayso.evaluation.report import Report, evaluate
from sayso.reader import Reader

GOLD = Path(__file__).parent.parent / "gold"
SPLITS = ("dev", "test")


@pytest.fixture(scope="module")
def readers() -> dict[str, Reader]:
    return {"rules": Reader(rules=True), "model": Reader(threads=2)}


def report(split: str, readers: dict[str, Reader]) -> Report:
    gold = read_gold(GOLD / split)
    documents = [reading.document for reading in gold]
    return evaluate(gold, {name: list(reader.pipe(documents)) for name, reader in readers.items()}, "contract", resamples=20)


@pytest.mark.parametrize("split", SPLITS)
def test_no_figure_falls_below_its_floor(split: str, readers: dict[str, Reader]) -> None:
    floors = read_floors(Path(__file__).parent / f"floors-{split}.json")
    check_gold(floors, GOLD / split)
    falls = below(floors, report(split, readers))
    assert not falls, "below the floor: " + "; ".join(map(str, falls))


def test_there_is_enough_gold() -> None:
    readings = [reading for split in SPLITS for reading in read_gold(GOLD / split)]
    assert len(readings) >= 25
    assert sum(len(reading.attributions) for reading in readings) >= 250


@pytest.mark.parametrize("split", SPLITS)
def test_gold_keeps_the_contract(split: str) -> None:
    for reading in read_gold(GOLD / split):
        reading.check()
