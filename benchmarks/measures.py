"""One measurement: seconds, words, bytes as numbers; `python measures.py NAME '{"…": …}'` prints it as JSON.

Always true here: a measurement that is asked for in this way has a process to itself, so that neither memory nor caches of one spoil
another; what is done once per process (imports, loading the model, the first run) is over before a clock starts.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import articles
import instant
import onnxruntime as ort
import stopwatch

from sayso.attribution.assemble import assemble
from sayso.attribution.decode import find
from sayso.document import Document
from sayso.encoder import bundle as bundles
from sayso.encoder.windows import load_tokenizer
from sayso.reader import Reader
from sayso.structure import words

Numbers = dict[str, Any]
MB = 1_000_000
LONG_ENOUGH = 0.5  # seconds; what takes less is repeated


def setting(bundle: str | None = None) -> Numbers:
    """What is measured with: versions, and the model's name and size in bytes."""
    loaded = bundles.load(Path(bundle) if bundle else None)
    sizes = {name: (loaded.path / name).stat().st_size for name in bundles.FILES}
    return {
        "versions": {name: version(name) for name in ("sayso", "onnxruntime", "tokenizers", "numpy")},
        "model": loaded.name,
        "model_bytes": sum(sizes.values()),
        "onnx_bytes": sizes[bundles.ENCODER] + sizes[bundles.ROLES],
        "tone_bytes": sum(sizes[name] for name in (bundles.TONE, bundles.TARGETS, bundles.VECTORS, bundles.CLAIMS)),
    }


def speed(
    bundle: str | None = None, *, count: int = 20_000, rounds: int = 3, threads: int | None = None, sample: int = 16, tiny: bool = False
) -> Numbers:
    """Attributions end to end, the encoder alone on the same windows, a network of BERT-base's size on a sample of the same batches; and
    end to end with all measures.

    Args:
        bundle: folder of the model; None takes the one that ships.
        count: words to read, at least.
        rounds: how often, in turn; medians are given.
        threads: for both networks; None leaves it to the runtime.
        sample: how many batches the large network is timed on.
        tiny: a tiny network in the place of the large one, to try the measurement itself.

    """
    documents = articles.corpus(count)
    reader = Reader(Path(bundle) if bundle else None, threads=threads, measures=())
    told = Reader(Path(bundle) if bundle else None, threads=threads)
    _read(told, documents[:1])
    with stopwatch.recording() as recorded:
        found = sum(len(reading.attributions) for reading in reader.pipe(documents))
    pairs = [
        (_seconds(partial(_read, reader, documents)), recorded.replay(), _seconds(partial(_read, told, documents))) for _ in range(rounds)
    ]
    alone = Reader(Path(bundle) if bundle else None, threads=1, measures=())  # steps that run side by side would be counted twice
    with stopwatch.timing() as spent:
        whole = _seconds(partial(_read, alone, documents))
    step = max(1, len(recorded.batches) // sample)
    batches = recorded.batches[::step][:sample]
    few = median(recorded.replay(batches) for _ in range(rounds))
    rival, seconds = _bert(batches, threads, tiny)
    return {
        "articles": len(documents),
        "words": sum(words(document.text) for document in documents),
        "attributions": found,
        "windows": sum(len(batch[0]) for batch in recorded.batches),
        "batches": len(recorded.batches),
        "total": median(total for total, _, _ in pairs),
        "encoder": median(encoder for _, encoder, _ in pairs),
        "told": median(told for _, _, told in pairs),
        "steps": {**spent, stopwatch.REST: max(0.0, whole - sum(spent.values()))},
        "bert": {"size": rival, "batches": len(batches), "seconds": seconds, "encoder": few},
    }


def _read(reader: Reader, documents: Sequence[Document]) -> None:
    for _ in reader.pipe(documents):
        pass


def _bert(batches: Sequence[tuple[Any, ...]], threads: int | None, tiny: bool) -> tuple[str, float]:
    """The size of the large network in words, and its seconds for these batches."""
    import bert  # here, so that the memory of its libraries is on no other measurement's bill

    size = bert.TINY if tiny else bert.BERT_BASE
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bert.onnx"
        bert.write(path, size)
        options = ort.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1  # as in the product: windows side by side
        session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def run(batch: tuple[Any, ...]) -> None:
        session.run(["states"], {"ids": batch[0], "mask": batch[3]})

    run(tuple(part[:1] for part in batches[0]))
    with ThreadPoolExecutor(threads or len(os.sched_getaffinity(0))) as pool:
        return str(size), _seconds(lambda: list(pool.map(run, batches)))


def reading(bundle: str | None = None, *, count: int = 20_000, cores: int | None = None) -> Numbers:
    """Reading with the model on so many cores (None: all, and as many threads as the runtime takes): articles and seconds."""
    if cores is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    documents = articles.corpus(count)
    reader = Reader(Path(bundle) if bundle else None, threads=cores)
    _read(reader, documents[:1])
    return {"articles": len(documents), "seconds": _seconds(partial(_read, reader, documents))}


def size(bundle: str | None = None, *, size: int, how: str, paragraph: int = 0) -> Numbers:
    """One document of a given size: seconds and attributions.

    Args:
        bundle: folder of the model.
        size: bytes of the text in UTF-8.
        how: `rules`, `model`, or `around` (all of the model's path but its network, which is replaced by one that costs nothing).
        paragraph: if above 0, one paragraph of so many words instead.

    """
    read = _reader(bundle, how)
    read(Document(articles.text_of_size(1000)))
    document = Document(articles.one_paragraph(paragraph) if paragraph else articles.text_of_size(size))
    found = 0
    spent: list[float] = []
    while not spent or (sum(spent) < LONG_ENOUGH and len(spent) < 9):
        started = time.perf_counter()
        found = read(document)
        spent.append(time.perf_counter() - started)
    return {"bytes": len(document.text.encode()), "seconds": median(spent), "attributions": found}


def _reader(bundle: str | None, how: str) -> Callable[[Document], int]:
    """What reads one document and says how many attributions it found."""
    path = Path(bundle) if bundle else None
    if how == "around":
        scorer = instant.Instant(load_tokenizer(str((path or bundles.RELEASED) / bundles.TOKENIZER)))
        generator = Reader(rules=True).generator
        return lambda document: len(assemble(document, find(scorer, [document])[0], generator).attributions)
    reader = Reader(rules=True) if how == "rules" else Reader(path)
    return lambda document: len(reader.read(document).attributions)


def _seconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def peak() -> float:
    """The most memory that this process has held, in MB (10⁶ bytes)."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / MB if sys.platform == "darwin" else held * 1024 / MB


MEASURES: dict[str, Callable[..., Numbers]] = {"setting": setting, "speed": speed, "reading": reading, "size": size}

if __name__ == "__main__":
    numbers = MEASURES[sys.argv[1]](**json.loads(sys.argv[2]))
    print(json.dumps({**numbers, "peak": peak()}))
