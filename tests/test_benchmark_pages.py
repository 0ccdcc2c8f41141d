"""The benchmark of the pages runs on a tiny store; no time is ever asserted."""

import importlib
import json
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


def test_invented_articles_are_the_same_every_time_and_pages_are_timed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    invented = importlib.import_module("invented")
    assert list(invented.articles(5, 6)) == list(invented.articles(5, 6))
    importlib.import_module("pages").main(
        ["--articles", "24", "--store", str(tmp_path / "store"), "--runs", "1", "--sample", "2", "--json"]
    )
    numbers = json.loads(capsys.readouterr().out)
    assert numbers["articles"] == 24
    assert all(one["least"] <= one["median"] <= one["most"] and one["bytes"] for one in numbers["pages"].values())
    assert all(one["failed"] == 0 for one in numbers["written"].values())
