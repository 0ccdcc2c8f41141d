"""The same job on a cluster of several workers, one of them killed in the middle: the same shards, to the byte."""

import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sayso.corpus.chunks import Chunk
from sayso.corpus.job import ingest
from sayso.corpus.pool import Machine
from sayso.corpus.work import TRIES
from sayso.document import Document
from sayso.testing import TouchyRecipe

JOB = """
import os, signal, sys
from pathlib import Path
from sayso.corpus.cluster import Cluster
from sayso.corpus.job import ingest
from sayso.testing import TouchyRecipe

killed = []

def kill(progress):
    if not killed:
        for place in Path("/proc").iterdir():
            if place.name.isdigit() and b"ray::MapWorker" in (place / "cmdline").read_bytes():
                os.kill(int(place.name), signal.SIGKILL)
                killed.append(place.name)
                break

if __name__ == "__main__":
    with Cluster(workers=2) as cluster:
        done = ingest([sys.argv[1]], sys.argv[2], TouchyRecipe(), cluster, shard=20, tell=kill, notice=print)
    print(done.read, done.rejected, len(killed))
"""


@pytest.mark.skipif(find_spec("ray") is None, reason="needs the [ray] extra")
@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="finds the worker to kill in /proc")
def test_a_cluster_fills_the_same_store_though_a_worker_is_killed(
    tmp_path: Path, rows: Callable[..., Any], written: Callable[..., str], files: Callable[[Path], dict[str, bytes]]
) -> None:
    source = written(rows(100))
    script = tmp_path / "job.py"
    script.write_text(JOB, encoding="utf-8")
    command = [sys.executable, "-W", "error", str(script), source, str(tmp_path / "cluster")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.splitlines()[-1] == "100 0 1", done.stdout
    assert len(done.stdout.splitlines()) == 2, "what Ray prints is none of our output"
    ingest([source], tmp_path / "here", TouchyRecipe(), Machine(1), shard=20)
    here, there = files(tmp_path / "here"), files(tmp_path / "cluster")
    assert len(here) == 10
    assert here == there


@pytest.mark.skipif(find_spec("ray") is None, reason="needs the [ray] extra")
def test_a_document_that_ended_its_workers_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from sayso.corpus import cluster

    class Told:
        """The ledger as a worker sees it."""

        def __init__(self, call: Callable[..., Any]) -> None:
            self.remote = call

    ledger = cluster._Ledger()
    seen = SimpleNamespace(begin=Told(ledger.begin), end=Told(ledger.end))
    monkeypatch.setattr("sayso.corpus.cluster.ray.get", lambda value: value)
    for _ in range(TRIES):  # what is left behind by workers that died over the chunk, and then over one article
        ledger.begin((0, 0, None))
        ledger.begin((0, 0, 1))
    items = tuple(Document(text, origin=text) for text in ("The quay is closed.", "This is poison.", "The quay is open."))
    (found,) = cluster._unpacked(cluster._Reading(TouchyRecipe(), seen)(cluster._packed(Chunk(0, 0, items))))
    assert [id_ for id_, _ in found.articles] == [items[0].id, items[2].id]
    assert [each.origin for each in found.rejections] == ["This is poison."]
    assert "2 times" in found.rejections[0].reason
    assert ledger.begin((0, 0, 0)) == 1  # those that were read are forgotten
