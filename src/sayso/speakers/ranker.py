"""Which earlier mention a third-person pronoun stands for: the readable ranker.

Always true here: at most the `NEAREST` mentions offered are weighed, by one small model over named clues (`data/pronouns.json`, fitted by
`training.pronouns`), left to right, so that what a pronoun was taken to mean speaks for the next one. The chances of mentions that stand
for the same thing are added up before the choice.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from sayso import linear
from sayso.document import Document
from sayso.linear import Linear
from sayso.spans import Span
from sayso.speakers.coreference_clues import Story, clues
from sayso.speakers.phrasings import Page, phrasing

NEAREST = 40
ANTECEDENT, YES = "antecedent", "yes"


class Ranker:
    """Chooses for each pronoun one of the mentions offered for it.

    Args:
        models: those of `data/pronouns.json` by default.
        summed: whether mentions of the same thing are weighed together.

    """

    def __init__(self, models: Mapping[str, Linear] | None = None, summed: bool = True) -> None:
        self._models = linear.load("pronouns") if models is None else models
        self._summed = summed

    def __call__(self, document: Document, pronouns: Sequence[Span], candidates: Sequence[Sequence[Span]], /) -> list[int | None]:
        """For each pronoun the index of its antecedent among its candidates; None if there are none."""
        return self.choose(document, pronouns, candidates)

    def choose(
        self,
        document: Document,
        pronouns: Sequence[Span],
        candidates: Sequence[Sequence[Span]],
        hints: Sequence[Sequence[float]] | None = None,
    ) -> list[int | None]:
        """The same, with numbers to be added to the log odds: for each pronoun one for each of its last `NEAREST` candidates."""
        story = tell(document.text, pronouns, candidates, self._models)
        place = {mention.span: number for number, mention in enumerate(story.mentions)}
        chosen: list[int | None] = [None] * len(pronouns)
        for at in sorted(range(len(pronouns)), key=lambda number: pronouns[number]):
            asking = place[pronouns[at]]
            story.read(asking)
            spans = candidates[at][-NEAREST:]
            offered = [place[span] for span in spans]
            if offered:
                scores = self.scores(story, asking, offered)
                if hints is not None:
                    scores = [score + hint for score, hint in zip(scores, hints[at], strict=True)]
                best = self._best(story, offered, scores)
                chosen[at] = len(candidates[at]) - len(offered) + best
                story.resolve(asking, offered[best])
        return chosen

    def scores(self, story: Story, asking: int, offered: Sequence[int]) -> list[float]:
        """Log odds for each mention offered."""
        model = self._models[ANTECEDENT]
        yes = model.labels.index(YES)
        return [
            sum(2 * value * model.weights[name][yes] for name, _, value in found if name in model.weights)
            for found in clues(story, asking, offered)
        ]

    def _best(self, story: Story, offered: Sequence[int], scores: Sequence[float]) -> int:
        top = max(scores)
        sums: dict[int, float] = {}
        for number, score in zip(offered, scores, strict=True):
            thing = id(story.things[number]) if self._summed else number
            sums[thing] = sums.get(thing, 0.0) + math.exp(score - top)
        thing = max(sums, key=lambda one: sums[one])
        places = [at for at, number in enumerate(offered) if (id(story.things[number]) if self._summed else number) == thing]
        return max(places, key=lambda at: scores[at])


def tell(text: str, pronouns: Sequence[Span], candidates: Sequence[Sequence[Span]], models: Mapping[str, Linear]) -> Story:
    """A story of all mentions named, nothing read yet."""
    page = Page(text)
    spans = sorted({*pronouns, *(span for offered in candidates for span in offered)})
    return Story(page, [phrasing(page, span, models) for span in spans])
