"""The engine of a cluster: Ray Data hands chunks to workers on many machines. The one door to Ray and to Arrow.

Always true here: chunks are made on the machine that started the job, read by the same `Worker` as on one machine, and stored by the
process that started the job; a worker that dies costs its chunk another try, and a document that goes on ending workers becomes a
rejection; nothing is reported to Ray's makers, no dashboard is started, and a cluster of our own listens on the loopback address only.
"""

from __future__ import annotations

import logging
import os
import pickle
import warnings
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from typing import Any, Self

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
_QUIET = {"RAY_BACKEND_LOG_LEVEL": "fatal", "RAY_DATA_DISABLE_PROGRESS_BARS": "1"}
_PATIENT = {"RAY_agent_register_timeout_ms": "120000", "RAY_worker_niceness": "0"}
for _name, _value in (_QUIET | _PATIENT).items():
    os.environ.setdefault(_name, _value)  # Ray looks at them while it is imported

import pyarrow as pa  # noqa: E402
import ray  # noqa: E402
import ray.data  # noqa: E402
from ray._private import ray_constants  # noqa: E402
from ray._private import worker as ray_worker  # noqa: E402
from ray.data import Datasource, ReadTask  # noqa: E402
from ray.data.block import BlockMetadata  # noqa: E402

from sayso.corpus.chunks import Chunk, Source  # noqa: E402
from sayso.corpus.work import TRIES, Recipe, Result, Worker, ended_after, given_up, joined, singles  # noqa: E402
from sayso.errors import CorpusError, SaysoError  # noqa: E402

ROOM = 256 * 2**20  # bytes of shared memory for chunks on their way, in a cluster of our own
PAYLOAD = "payload"  # the one column of all tables here: a pickled chunk, or what became of it


class Cluster:
    """A Ray cluster as an engine; use it in a `with` block, which ends a cluster of our own.

    Args:
        address: of a running cluster (`auto`, `host:port`, `ray://…`); None starts one on this machine for the time of the job.
        workers: how many processes read; None takes one for each processor of the cluster.

    Raises:
        CorpusError: there is no cluster at this address, or none can be started.

    """

    def __init__(self, address: str | None = None, workers: int | None = None) -> None:
        _quiet()
        try:
            if address is None:
                os.environ[ray_constants.ENABLE_RAY_CLUSTERS_ENV_VAR] = "0"  # by Ray's own switch: the loopback address only
                ray_constants.ENABLE_RAY_CLUSTER = False
                ray.init(
                    "local",
                    num_cpus=workers,
                    include_dashboard=False,
                    log_to_driver=False,
                    logging_level=logging.ERROR,
                    object_store_memory=ROOM,
                )
            else:
                ray.init(address, log_to_driver=False, logging_level=logging.ERROR)
        except Exception as error:  # Ray raises plain exceptions where a node does not start in time
            what = f"there is no Ray cluster at {address}" if address else "no Ray cluster can be started on this machine"
            raise CorpusError(f"{what} ({_line(error)}): see docs/corpus.md, or leave out --engine ray") from None
        self._processors = max(1, int(ray.cluster_resources().get("CPU", 1)))
        self.workers = workers or self._processors

    def read(self, source: Source, recipe: Recipe, notice: Callable[[str], None]) -> Generator[Result, None, None]:
        """What becomes of every chunk of a source, in the order in which they get ready.

        Raises:
            CorpusError: the cluster cannot go on; the message says why.

        """
        _quiet()
        context = ray.data.DataContext.get_current().copy()
        context.enable_progress_bars = context.print_on_execution_start = False
        context.target_max_block_size = 1  # one chunk is one block, so that it is handed on at once and redone alone
        first = min(self.workers, self._processors)
        with ray.data.DataContext.current(context):
            chunks = ray.data.read_datasource(
                _Chunks(source),
                override_num_blocks=1,
                num_cpus=0,
                label_selector={"ray.io/node-id": ray.get_runtime_context().get_node_id()},
            )
            results = chunks.map_batches(
                _Reading,
                fn_constructor_args=(recipe, _LEDGER.remote()),
                batch_size=1,
                batch_format="pyarrow",
                num_cpus=1,
                compute=ray.data.ActorPoolStrategy(min_size=first, max_size=self.workers),
            )
        try:
            for table in results.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
                for result in _unpacked(table):
                    for line in result.chunk.notices:
                        notice(line)
                    yield result
        except ray.exceptions.RayError as error:
            raise _cause(error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        ray.shutdown()


class _Chunks(Datasource):  # type: ignore[misc]  # Ray's classes have no types
    """The chunks of a source, made in one task on the machine that started the job, one at a time, as room is left for them."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        self._source = source

    def get_name(self) -> str:
        return "Chunks"

    def estimate_inmemory_data_size(self) -> int | None:
        return None

    def get_read_tasks(self, parallelism: int, *_: Any, **__: Any) -> list[ReadTask]:  # noqa: ARG002
        source = self._source
        return [ReadTask(lambda: map(_packed, source.chunks()), BlockMetadata(None, None, None, None))]


class _Reading:
    """A worker on the cluster: loads the reader once; a table with one chunk in, a table with what became of it out."""

    def __init__(self, recipe: Recipe, ledger: Any) -> None:
        self._recipe, self._ledger = recipe, ledger
        self._worker = Worker(recipe)

    def __call__(self, table: pa.Table) -> pa.Table:
        (chunk,) = _unpacked(table)
        return _packed(self._read(chunk) if chunk.items else Result(chunk))

    def _read(self, chunk: Chunk) -> Result:
        if (result := self._tried(chunk)) is not None:
            return result
        parts = [self._tried(part) or given_up(part) for part in singles(chunk)]
        return joined(chunk, parts)

    def _tried(self, chunk: Chunk) -> Result | None:
        """What became of the chunk; None if it has ended too many workers."""
        key = (chunk.shard, chunk.place, chunk.part)
        if ray.get(self._ledger.begin.remote(key)) > TRIES:
            return None
        with ended_after(self._recipe.seconds(chunk)):
            result = self._worker.read(chunk)
        ray.get(self._ledger.end.remote(key))
        return result


class _Ledger:
    """Which chunk was begun how often without being ended: whoever dies over a chunk cannot tell."""

    def __init__(self) -> None:
        self._begun: Counter[tuple[int, int, int | None]] = Counter()

    def begin(self, key: tuple[int, int, int | None]) -> int:
        self._begun[key] += 1
        return self._begun[key]

    def end(self, key: tuple[int, int, int | None]) -> None:
        del self._begun[key]


_LEDGER: Any = ray.remote(num_cpus=0)(_Ledger)


def _packed(value: Chunk | Result) -> pa.Table:
    return pa.table({PAYLOAD: pa.array([pickle.dumps(value)], pa.large_binary())})


def _unpacked(table: pa.Table) -> Iterator[Any]:
    return (pickle.loads(payload.as_py()) for payload in table[PAYLOAD])


def _quiet() -> None:
    """Ray's warnings are about Ray, and what it prints of workers that die would stand among our own output."""
    warnings.filterwarnings("ignore", module=r"ray\b")
    logging.getLogger("ray").setLevel(logging.ERROR)
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    ray_worker.print_to_stdstream = lambda *_, **__: None


def _cause(error: BaseException) -> SaysoError:
    """What lies behind an error of the cluster: our own error, or one line."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, SaysoError):
            return CorpusError(str(seen))
        seen = getattr(seen, "cause", None) or seen.__cause__
    return CorpusError(f"the cluster cannot go on ({_line(error)}): run the same command again, and what was read is not read again")


def _line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[-1][:300]
