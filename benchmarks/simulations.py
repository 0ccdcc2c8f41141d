"""How often the statistics of `sayso compare` are right, on invented corpora whose truth is known: one row a world.

Run it with `python benchmarks/simulations.py [--corpora 2000]`; it takes some minutes on one core. The columns: of so many corpora, in how
many something could be said; how often the 95 % interval held the truth; how often a row by itself told a difference (p ≤ .05, interval
without 0); below them, how often a table of all outlets told any false difference.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # many small matrices: more threads only wait for one another
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from worlds import World, draw

from sayso.compare.contrasts import HIGHER, LOWER, Block, Settings, contrasts, rows_of, told


@dataclass(frozen=True, slots=True)
class Outcome:
    """Over many corpora of one world.

    Attributes:
        corpora: how many were drawn.
        said: in how many there was an interval for the first outlet.
        covered: share of these whose interval holds the truth; in [0, 1].
        rejected: share of these with p ≤ .05 and an interval without 0: a single row that tells a difference.

    """

    corpora: int
    said: int
    covered: float
    rejected: float


def outcome(world: World, corpora: int, resamples: int = 500, seed: int = 1) -> Outcome:
    """The first outlet against the others, in many corpora."""
    generator = np.random.default_rng([seed, world.stories, world.outlets])
    covered: list[float] = []
    rejected: list[float] = []
    for number in range(corpora):
        block = Block(("loaded",), "per 1,000 words", "words", draw(world, generator).cells())
        (row,) = rows_of(block, [str(k) for k in range(world.outlets)], 0, None, Settings(resamples, seed=number))
        if row.p is not None and row.low is not None and row.high is not None:
            covered.append(row.low <= world.truth <= row.high)
            rejected.append(row.p <= 0.05 and not row.low <= 0.0 <= row.high)
    return Outcome(corpora, len(covered), float(np.mean(covered or [np.nan])), float(np.mean(rejected or [np.nan])))


def false_tables(world: World, corpora: int, resamples: int = 500, seed: int = 2) -> float:
    """Share of whole tables (every outlet against the rest) with any difference told, where there is none."""
    generator = np.random.default_rng([seed, world.stories, world.outlets])
    false = []
    for number in range(corpora):
        block = Block(("loaded",), "per 1,000 words", "words", draw(world, generator).cells())
        settings = Settings(resamples, seed=number)
        rows = told(contrasts([block], [str(k) for k in range(world.outlets)], settings=settings), settings)
        false.append(any(row.said in (HIGHER, LOWER) for row in rows))
    return float(np.mean(false))


def page(corpora: int) -> Iterator[str]:
    """The whole table, line by line as it gets ready."""
    yield f"{'stories':>7}{'outlets':>8}{'rate':>6}{'effect':>7}{'said':>7}{'covered':>9}{'told':>8}"
    for stories, outlets, rate, effect in product((6, 10, 20, 60), (2, 6), (6.0, 15.0), (0.0, 1.0)):
        found = outcome(World(stories, outlets, rate, effect), corpora)
        yield f"{stories:7}{outlets:8}{rate:6.0f}{effect:7.1f}{found.said:7}{found.covered:9.3f}{found.rejected:8.3f}"
    yield "equal words, no missing cells, rare findings, strong clustering (20 stories, 6 outlets, no difference):"
    base = World()
    worlds = {
        "equal words": replace(base, unequal=False),
        "all cells": replace(base, missing=0.0),
        "rare (2 per 1,000)": replace(base, rate=2.0, stories=40),
        "strong clustering": replace(base, story=1.0, cell=0.8),
        "many missing": replace(base, missing=0.6),
    }
    for name, world in worlds.items():
        found = outcome(world, corpora)
        yield f"{name:28}{found.said:7}{found.covered:9.3f}{found.rejected:8.3f}"
    yield "tables with any false difference (q ≤ .05):"
    for stories in (10, 20, 60):
        yield f"{stories:7}{6:8}{false_tables(World(stories), corpora // 4):9.3f}"
    yield "power: share of corpora in which the row by itself told a difference (6 outlets, 6 per 1,000 words)"
    effects = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5)
    yield f"{'stories':>7}" + "".join(f"{f'+{100 * effect:.0f} %':>9}" for effect in effects)
    for stories in (10, 20, 40, 60):
        powers = [outcome(World(stories, effect=effect), corpora // 2).rejected for effect in effects]
        yield f"{stories:7}" + "".join(f"{power:9.2f}" for power in powers)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--corpora", type=int, default=2000, help="drawn for each row")
    for line in page(parser.parse_args().corpora):
        print(line, flush=True)
