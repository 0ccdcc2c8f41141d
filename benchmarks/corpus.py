"""Speed and size of a corpus in one run, on articles of your own: `python benchmarks/corpus.py --articles PATH…`.

Always true here: numbers are printed and never asserted; every job has a process to itself, kept to as many cores as it is said to use;
memory is the sum of the peaks of the job's process and of its workers, so shared pages count several times.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from sayso.corpus.job import ingest
from sayso.corpus.pace import Progress
from sayso.corpus.pool import Machine, processors
from sayso.corpus.work import Recipe
from sayso.document import Document
from sayso.intake.many import documents
from sayso.store.store import Store

Numbers = dict[str, Any]
GOAL = 100_000_000  # articles that the projection is for
WEEK = 7 * 86_400  # seconds
QUERIES = {
    "articles and own share by outlet": "SELECT outlet, count(*), avg(own_share) FROM articles GROUP BY 1 ORDER BY 2 DESC",
    "attributions by stance of the outlet": "SELECT outlet_stance, count(*) FROM attributions GROUP BY 1 ORDER BY 2 DESC",
    "most frequent cues": "SELECT lower(cue_text), count(*) FROM attributions GROUP BY 1 ORDER BY 2 DESC LIMIT 20",
    "sources by standing and outlet": "SELECT outlet, standing, count(*) FROM sources JOIN articles ON article = id GROUP BY ALL",
    "a word in the text": "SELECT count(*) FROM articles WHERE text ILIKE '%harbor%'",
}
COMMANDS = {
    "sayso stories --rules": ("stories", "STORE", "--rules"),
    "sayso sources": ("sources", "STORE"),
    "sayso timeline": ("timeline", "STORE"),
    "sayso compare --by outlet": ("compare", "STORE", "--by", "outlet"),
}


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    options = _options().parse_args(arguments)
    if options.one:
        print(json.dumps(one(**json.loads(options.one))))
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        cores = [number for number in (1, 2) if number <= processors()]
        jobs = [{"name": f"rules, {n} core{'s' * (n > 1)}", "count": options.rules, "cores": n, "rules": True} for n in cores]
        jobs += [{"name": f"model, {n} core{'s' * (n > 1)}", "count": options.model, "cores": n, "rules": False} for n in cores]
        jobs.append({"name": "rules, all cores, large", "count": options.large, "cores": processors(), "rules": True})
        found = []
        for at, job in enumerate(jobs):
            source = home / f"articles-{job['count']}.jsonl"
            if not source.exists():
                take(options.articles, int(job["count"]), source)
            given = {"source": str(source), "store": str(home / f"store-{at}"), "cores": job["cores"], "rules": job["rules"]}
            found.append({**job, **_alone(given)})
        large = home / f"store-{len(jobs) - 1}"
        numbers = {"jobs": found, "queries": queries(large), "commands": commands(large)}
    print(json.dumps(numbers) if options.json else page(numbers))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument(
        "--articles", nargs="+", default=[], metavar="PATH", help="folders or files of articles, as sayso ingest takes them"
    )
    parser.add_argument("--model", type=int, default=200, metavar="N", help="articles that the model reads (default: %(default)s)")
    parser.add_argument("--rules", type=int, default=1_000, metavar="N", help="articles read by rules (default: %(default)s)")
    parser.add_argument(
        "--large", type=int, default=20_000, metavar="N", help="articles of the large store, by rules (default: %(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="write the numbers as one JSON object")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    return parser


def take(origins: Sequence[str], count: int, out: Path) -> None:
    """Write the first `count` articles as JSON lines."""
    with out.open("w", encoding="utf-8") as file:
        found: Iterator[Document] = (item for item in documents(origins) if isinstance(item, Document))
        for item in islice(found, count):
            row = {"text": item.text, "title": item.title, "outlet": item.outlet, "url": item.url, "published": item.published}
            file.write(json.dumps(row) + "\n")


def one(source: str, store: str, cores: int, rules: bool) -> Numbers:
    """One job in this process: seconds, articles a second, memory and store in bytes."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    peaks: dict[int, int] = {}

    def look(_: Progress) -> None:
        for pid in (os.getpid(), *_children()):
            peaks[pid] = max(peaks.get(pid, 0), peak(pid))

    started = time.perf_counter()
    done = ingest([source], store, Recipe(rules=rules), Machine(cores), tell=look)
    took = time.perf_counter() - started
    size = sum(path.stat().st_size for path in Path(store).rglob("*") if path.is_file())
    return {
        "articles": done.stored,
        "rejected": done.rejected,
        "seconds": took,
        "rate": done.read / took,
        "busy": done.busy,
        "own": peaks[os.getpid()],
        "memory": sum(sorted(peaks.values(), reverse=True)[: cores + 1]),
        "bytes": size / max(1, done.stored),
    }


def peak(pid: int) -> int:
    """The peak of a process's memory in bytes; 0 where the system does not say."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:")), 0)


def _children() -> list[int]:
    try:
        return [int(pid) for path in Path("/proc/self/task").glob("*/children") for pid in path.read_text(encoding="utf-8").split()]
    except OSError:
        return []


def queries(store: Path) -> dict[str, float]:
    """Seconds of each query on a store that is opened for it."""
    found = {}
    for name, sql in QUERIES.items():
        started = time.perf_counter()
        with Store.open(store) as opened:
            opened.sql(sql)
        found[name] = time.perf_counter() - started
    return found


def commands(store: Path) -> dict[str, float | None]:
    """Seconds of each command from start to end; None if it fails."""
    found: dict[str, float | None] = {}
    for name, words in COMMANDS.items():
        line = [sys.executable, "-m", "sayso", *(str(store) if word == "STORE" else word for word in words)]
        started = time.perf_counter()
        done = subprocess.run(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        found[name] = None if done.returncode else time.perf_counter() - started
    return found


def page(numbers: Numbers) -> str:
    """The numbers as Markdown."""
    lines = [
        "| job | articles | articles a second | reading | peak memory | of it the parent | store bytes an article |",
        "|---|---|---|---|---|---|---|",
    ]
    for job in numbers["jobs"]:
        lines.append(
            f"| {job['name']} | {job['articles']:,} | {job['rate']:.2f} | {job['busy']:.0%} | {job['memory'] / 2**20:,.0f} MiB "
            f"| {job['own'] / 2**20:,.0f} MiB | {job['bytes']:,.0f} |"
        )
    lines += ["", "| on the large store | seconds |", "|---|---|"]
    for name, seconds in (numbers["queries"] | numbers["commands"]).items():
        lines.append(f"| {name} | {'failed' if seconds is None else f'{seconds:.2f}'} |")
    slowest = next(job for job in numbers["jobs"] if not job["rules"])
    days = GOAL / slowest["rate"] / 86_400
    lines += [
        "",
        f"{GOAL:,} articles with the model, from its rate on one core here: {days:,.0f} core-days, "
        f"that is {GOAL / slowest['rate'] / WEEK:,.0f} cores for a week; "
        f"the store takes {GOAL * numbers['jobs'][-1]['bytes'] / 1e12:,.2f} TB. Projected, not measured.",
    ]
    return "\n".join(lines)


def _alone(given: Numbers) -> Numbers:
    line = [sys.executable, str(Path(__file__).resolve()), "--one", json.dumps(given)]
    done = subprocess.run(line, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise SystemExit(f"the job {given} failed")
    found: Numbers = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
