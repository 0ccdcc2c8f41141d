"""The numbers of one run as plain text, each beside what is aimed at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Numbers = dict[str, Any]
MB = 1_000_000
AROUND = 0.25  # of the encoder's seconds, at most, for everything around it
FASTER = 15  # times, at least, than an encoder of BERT-base's size
MEMORY = 500  # MB at most
FIRST = 2.0  # seconds at most to the first output of `sayso read`
HELP = 0.4  # seconds at most for `sayso --help`
WEIGHTS = 25  # MB of ONNX at most, for attributions
TOLD = 0.4  # of the speed of attribution alone, at least, with all measures
WAYS = {"rules": "rules", "around": "around the network", "model": "model"}


def page(found: Numbers) -> str:
    """The whole report."""
    return "\n".join((*_head(found), "", *_aims(found), "", *_steps(found["speed"]), "", *_sizes(found["sizes"]), "", *_notes(found)))


def _head(found: Numbers) -> Iterator[str]:
    machine, setting, speed = found["machine"], found["setting"], found["speed"]
    versions = ", ".join(f"{name} {value}" for name, value in setting["versions"].items())
    yield f"machine    {machine['processor']}, {machine['cores']} cores, {machine['memory'] / 1024**3:.0f} GiB; {machine['system']}"
    yield f"versions   Python {machine['python']}, {versions}"
    yield f"model      {setting['model']}, {setting['model_bytes'] / MB:.1f} MB with its tokenizer"
    yield (
        f"articles   {speed['articles']} (the invented ones of this repository, repeated), {speed['words']:,} words, "
        f"{speed['words'] / speed['articles']:.0f} each; {speed['attributions']:,} attributions, {speed['windows']} windows"
    )
    if machine["load"] > 0.3 * machine["cores"]:
        yield f"           NOT TO BE TRUSTED: other work was running when this began (load {machine['load']:.1f})"


def _aims(found: Numbers) -> Iterator[str]:
    speed, start, bert = found["speed"], found["start"], found["speed"]["bert"]
    total, encoder = speed["total"], speed["encoder"]
    around = total / encoder - 1
    slower = bert["seconds"] / bert["encoder"]
    part = f" ({bert['batches']} of {speed['batches']} batches, scaled)" if bert["batches"] < speed["batches"] else ""
    yield _row("", "measured", "aim")
    yield _row("words per second, attributions end to end", f"{speed['words'] / total:,.0f}")
    told = total / speed["told"]
    yield _row("words per second, with all measures", f"{speed['words'] / speed['told']:,.0f}")
    yield _row("… of the speed of attribution alone", f"{told:.0%}", f"≥ {TOLD:.0%}", told >= TOLD)
    yield _row("words per second, the encoder alone on the same windows", f"{speed['words'] / encoder:,.0f}")
    yield _row("everything around the encoder, of the encoder's cost", f"{around:.0%}", f"≤ {AROUND:.0%}", around <= AROUND)
    yield _row(f"words per second, {bert['size']}, fp32{part}", f"{speed['words'] / encoder / slower:,.0f}")
    yield _row("the encoder is so many times faster than that", f"{slower:.1f}", f"≥ {FASTER}", slower >= FASTER)
    yield _row("all of Sayso is so many times faster than that", f"{slower * encoder / total:.1f}")
    for cores, numbers in found["cores"].items():
        yield _row(f"articles per second on {cores} core{'s' * (cores != '1')}", f"{numbers['articles'] / numbers['seconds']:.1f}")
    yield _row("peak memory, MB", f"{found['memory']:.0f}", f"≤ {MEMORY}", found["memory"] <= MEMORY)
    first = f"`sayso read`, {start['words']} words: seconds to first output"
    yield _row(first, f"{start['read']:.2f}", f"≤ {FIRST:.1f}", start["read"] <= FIRST)
    yield _row("`sayso --help`: seconds", f"{start['help']:.2f}", f"≤ {HELP}", start["help"] <= HELP)
    weights = found["setting"]["onnx_bytes"] / MB
    yield _row("weights (ONNX) for attributions, MB", f"{weights:.1f}", f"≤ {WEIGHTS}", weights <= WEIGHTS)
    yield _row("weights (ONNX) for the measures, MB", f"{found['setting']['tone_bytes'] / MB:.1f}")


def _row(what: str, measured: str, aim: str = "", reached: bool = True) -> str:
    return f"{what:72}{measured:>10}{aim:>10}{'' if reached else '  missed'}".rstrip()


def _steps(speed: Numbers) -> Iterator[str]:
    """One more pass with a stopwatch at every step: its seconds are a little higher than those above."""
    steps: dict[str, float] = speed["steps"]
    yield f"{'where the time goes, end to end':50}{'seconds':>10}{'of the encoder':>17}"
    for name, seconds in steps.items():
        yield f"{name:50}{seconds:10.2f}{seconds / steps['encoder']:17.1%}"


def _sizes(sizes: dict[str, dict[str, Numbers]]) -> Iterator[str]:
    yield f"{'one text of':32}" + "".join(f"{title:>26}" for title in WAYS.values())
    yield f"{'':32}" + "".join(f"{'s':>10}{'s/MB':>8}{'peak MB':>8}" for _ in WAYS)
    for name, ways in sizes.items():
        cells = (ways.get(how) for how in WAYS)
        yield f"{name:32}" + "".join(_cell(cell) if cell else f"{'-':>10}{'-':>8}{'-':>8}" for cell in cells)


def _cell(numbers: Numbers) -> str:
    return f"{numbers['seconds']:10.3f}{numbers['seconds'] / numbers['bytes'] * MB:8.2f}{numbers['peak']:8.0f}"


def _notes(found: Numbers) -> Iterator[str]:
    yield "MB are 10⁶ bytes. Every measurement has a process of its own. Loading the model counts in `sayso read` only, which is a new"
    yield f"process each time (median of {found['start']['rounds']}; the system may hold its files in memory). “Around the network” is"
    yield "the model's path with a network in its place that costs nothing."
