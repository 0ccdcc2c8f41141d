"""The benchmark's pieces on tiny input; no time is asserted, and nothing here starts a worker."""

import importlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parent.parent.parent / "benchmarks"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("corpus")


def test_articles_are_taken_up_to_a_number(bench: Any, tmp_path: Path, table: str) -> None:
    bench.take([table], 7, tmp_path / "some.jsonl")
    found = [json.loads(line) for line in (tmp_path / "some.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(found) == 7
    assert found[1]["outlet"] == "Quay Radio"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peaks are read in /proc")
def test_peaks_are_of_this_process(bench: Any) -> None:
    assert bench.peak(os.getpid()) > 10**7
    assert bench.peak(2**22 + 1) == 0


def test_the_page_projects_from_one_core_of_the_model(bench: Any) -> None:
    job = {"articles": 20, "rate": 1.0, "busy": 0.9, "memory": 2**20, "own": 2**19, "bytes": 10_000.0}
    jobs = [{**job, "name": "rules, 1 core", "rules": True}, {**job, "name": "model, 1 core", "rules": False}]
    page = bench.page({"jobs": jobs, "queries": {"all": 0.5}, "commands": {"sayso sources": None}})
    assert "| model, 1 core | 20 | 1.00 | 90% | 1 MiB | 0 MiB | 10,000 |" in page
    assert "1,157 core-days" in page
    assert "165 cores for a week" in page
    assert "1.00 TB" in page
    assert "| sayso sources | failed |" in page
