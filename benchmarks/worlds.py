"""Invented corpora whose truth is known: stories told by several outlets, with everything that makes real comparisons hard.

A story has its own rate of findings (log-normal), an outlet departs from it by chance in each story (log-normal: outlet × story), articles
have unequal lengths and outlets unequal means of them, cells are missing, and what is found is Poisson around all that. The first outlet
may differ truly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sayso.compare.cells import Cells, Floats, Ints, joined

STEADY, SCALE = 200.0, 1000.0


@dataclass(frozen=True, slots=True)
class World:
    """How a corpus is drawn.

    Attributes:
        stories: how many.
        outlets: how many.
        rate: of findings per 1,000 words, on average over stories.
        effect: by how much, relative to that, the first outlet departs truly: 0 for not at all, 1 for twice as many.
        story: standard deviation of the log rate between stories.
        cell: the same of outlets within stories.
        words: mean of an article.
        unequal: whether outlets have articles of unequal length: the first 0.4 of the mean, the last 2 times.
        missing: chance that an outlet does not tell a story; the first always does.
        articles: most articles of an outlet in a story.

    """

    stories: int = 20
    outlets: int = 6
    rate: float = 6.0
    effect: float = 0.0
    story: float = 0.6
    cell: float = 0.4
    words: float = 350.0
    unequal: bool = True
    missing: float = 0.3
    articles: int = 2

    @property
    def truth(self) -> float:
        """The true contrast of the first outlet with the others, in findings per 1,000 words."""
        return self.rate * self.effect


@dataclass(frozen=True, slots=True)
class Articles:
    """A drawn corpus, article by article; every field (articles,)."""

    story: Ints
    outlet: Ints
    found: Floats
    words: Floats

    def cells(self) -> Cells:
        """Joined within outlets and stories."""
        return joined(self.story, self.outlet, self.found[:, None], self.words, STEADY, SCALE)[0]


def draw(world: World, generator: np.random.Generator) -> Articles:
    """One corpus."""
    shape = (world.stories, world.outlets)
    here = generator.random(shape) >= world.missing
    here[:, 0] = True
    here[np.arange(world.stories), generator.integers(1, world.outlets, world.stories)] = True
    rates = world.rate * _around_one(world.story, (world.stories, 1), generator) * _around_one(world.cell, shape, generator)
    rates[:, 0] *= 1.0 + world.effect
    number = np.where(here, generator.integers(1, world.articles + 1, shape), 0).ravel()
    cell = np.repeat(np.arange(number.size), number)
    story, outlet = np.divmod(cell, world.outlets)
    mean = world.words * (np.linspace(0.4, 2.0, world.outlets) if world.unequal else np.ones(world.outlets))
    words = np.maximum(1.0, np.floor(mean[outlet] * _around_one(0.6, outlet.shape, generator)))
    found = generator.poisson(rates.ravel()[cell] * words / SCALE)
    return Articles(story, outlet, found.astype(np.float64), words)


def _around_one(deviation: float, shape: tuple[int, ...], generator: np.random.Generator) -> Floats:
    """Log-normal factors with mean 1."""
    return np.exp(deviation * generator.standard_normal(shape) - deviation**2 / 2.0)
