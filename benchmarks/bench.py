"""Speed and size of Sayso in one run, on the same articles: `python benchmarks/bench.py`.

Always true here: numbers are printed and never asserted; each stands beside what is aimed at. This process imports none of the libraries
that it measures, since a child's peak memory begins with its parent's.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import articles
import table

HERE = Path(__file__).parent
SIZES = {"1 kB": 10**3, "10 kB": 10**4, "100 kB": 10**5, "1 MB": 10**6, "10 MB": 10**7}
MODEL_UP_TO = 10**6  # bytes that the model reads without --full; ten times as much takes minutes
PARAGRAPH = 100_000  # words
ARTICLE = 700  # words
WAYS = ("rules", "around", "model")
SHIM = "import sys, pathlib, sayso.encoder.bundle as b; b.RELEASED = pathlib.Path(sys.argv.pop(1)); from sayso.cli import main; main()"

Numbers = dict[str, Any]


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    options = _options().parse_args(arguments)
    before = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    quick = {"count": 600, "rounds": 1, "sample": 1, "tiny": True} if options.quick else {"count": options.words}
    found: Numbers = {"machine": {**machine(), "load": before}, "setting": measure("setting", options)}
    _say("end to end, encoder, BERT-base …")
    found["speed"] = measure("speed", options, threads=options.threads, **quick)
    found["cores"] = {}
    for cores in (1, 2)[: found["machine"]["cores"]]:
        _say(f"{cores} core{'s' * (cores > 1)} …")
        found["cores"][str(cores)] = measure("reading", options, count=quick["count"], cores=cores)
    _say("memory …")
    found["memory"] = measure("reading", options, count=quick["count"])["peak"]
    _say("first output …")
    found["start"] = starts(options.bundle, 1 if options.quick else 5)
    found["sizes"] = sizes(options)
    print(json.dumps(found) if options.json else table.page(found))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--words", type=int, default=20_000, help="words to read, at least (default: %(default)s)")
    parser.add_argument("--threads", type=int, help="threads of the networks; the runtime's own choice by default")
    parser.add_argument("--bundle", type=Path, metavar="DIR", help="another model than the one that ships")
    parser.add_argument("--full", action="store_true", help="read 10 MB and one endless paragraph with the model, too: minutes more")
    parser.add_argument("--quick", action="store_true", help="tiny inputs: tries the benchmark, and its numbers mean nothing")
    parser.add_argument("--json", action="store_true", help="write the numbers as one JSON object")
    return parser


def measure(name: str, options: argparse.Namespace, **wishes: Any) -> Numbers:
    """One measurement of `measures.py`, in a process of its own."""
    given = {"bundle": str(options.bundle) if options.bundle else None, **wishes}
    done = subprocess.run([sys.executable, str(HERE / "measures.py"), name, json.dumps(given)], stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise SystemExit(f"the measurement {name} {given} failed")
    found: Numbers = json.loads(done.stdout)
    return found


def sizes(options: argparse.Namespace) -> dict[str, dict[str, Numbers]]:
    """Texts of growing size, read by rules, by all that is around the model, and with the model."""
    found: dict[str, dict[str, Numbers]] = {}
    for name, size in list(SIZES.items())[: 2 if options.quick else None]:
        found[name] = {}
        for how in WAYS:
            if how != "model" or size <= MODEL_UP_TO or options.full:
                _say(f"{name}, {how} …")
                found[name][how] = measure("size", options, size=size, how=how)
    if not options.quick:
        name = f"{PARAGRAPH:,} words in one paragraph"
        found[name] = {}
        for how in WAYS if options.full else WAYS[:2]:
            _say(f"{name}, {how} …")
            found[name][how] = measure("size", options, size=0, how=how, paragraph=PARAGRAPH)
    return found


def starts(bundle: Path | None, rounds: int) -> Numbers:
    """Seconds from the start of a new process to its first output: `sayso read` on one article, and `sayso --help`."""
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "article.txt"
        article.write_text(articles.text_of_words(ARTICLE), encoding="utf-8")
        read = [first_output(command(bundle, "read", str(article))) for _ in range(rounds)]
    return {
        "words": ARTICLE,
        "rounds": rounds,
        "read": median(first for first, _ in read),
        "read_done": median(done for _, done in read),
        "help": median(first_output(command(None, "--help"))[1] for _ in range(rounds)),
    }


def command(bundle: Path | None, *arguments: str) -> list[str]:
    """The command line as a user starts it; with another bundle, a few lines of Python that lead to the same place."""
    if bundle is not None:
        return [sys.executable, "-c", SHIM, str(bundle.resolve()), *arguments]
    script = Path(sys.executable).with_name("sayso")
    return [str(script), *arguments] if script.exists() else [sys.executable, "-m", "sayso", *arguments]


def first_output(line: list[str]) -> tuple[float, float]:
    """Seconds until the first byte on standard output, and until the end."""
    started = time.perf_counter()
    with subprocess.Popen(line, stdout=subprocess.PIPE, bufsize=0) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        first = time.perf_counter() - started
        process.stdout.read()
        code = process.wait()
    if code:
        raise SystemExit(f"`{' '.join(line)}` ended with {code}")
    return first, time.perf_counter() - started


def machine() -> Numbers:
    """The processor, how many cores this process may use, memory in bytes, and versions."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())
    return {
        "processor": name or platform.machine(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        "memory": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def _say(what: str) -> None:
    """What is being measured, for whoever waits; never in the output."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{what}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
    _say("")
