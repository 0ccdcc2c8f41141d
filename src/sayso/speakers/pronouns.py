"""Third-person pronouns and what they stand for, when all mentions of a text are given: the readable ranker, with the network's word on it.

Always true here: what the network says of two mentions is one number more for the ranker, its log probability times `WEIGHT`; without a
network the ranker chooses by itself. (Who speaks is decided in `speakers.sources`, with more to go by than this.)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sayso.attribution.decode import Scorer, encoded, text_windows
from sayso.attribution.mentions import Mention, mean_state, ranked
from sayso.document import Document
from sayso.encoder.windows import pieces
from sayso.spans import Span
from sayso.speakers.ranker import NEAREST, Ranker

WEIGHT = 0.3  # log odds of the ranker that a log probability of the network is worth; chosen on the development part of GUM
FLOOR = -12.0  # log probability under which the network is not believed


class Choose:
    """Chooses for each pronoun one of the mentions offered for it.

    Args:
        scorer: the network; None to choose by the ranker alone.
        ranker: the one with the weights that ship by default.
        weight: what the network's log probabilities count.

    """

    def __init__(self, scorer: Scorer | None = None, ranker: Ranker | None = None, weight: float = WEIGHT) -> None:
        self._scorer = scorer
        self._ranker = Ranker() if ranker is None else ranker
        self._weight = weight

    def __call__(self, document: Document, pronouns: Sequence[Span], candidates: Sequence[Sequence[Span]], /) -> list[int | None]:
        """For each pronoun the index of its antecedent among its candidates; None if there are none."""
        hints = None if self._scorer is None else self._hints(self._scorer, document, pronouns, candidates)
        return self._ranker.choose(document, pronouns, candidates, hints)

    def _hints(
        self, scorer: Scorer, document: Document, pronouns: Sequence[Span], candidates: Sequence[Sequence[Span]]
    ) -> list[list[float]]:
        """What the network adds for each of the mentions that the ranker weighs."""
        near = [offered[-NEAREST:] for offered in candidates]
        mentions = _mentions(scorer, document, sorted({*pronouns, *(span for offered in near for span in offered)}))
        place = {mention.span: number for number, mention in enumerate(mentions)}
        scores = ranked(scorer, mentions, [place[span] for span in pronouns], [[place[span] for span in offered] for offered in near])
        return [[self._weight * max(FLOOR, float(score)) for score in row] for row in scores]


def _mentions(scorer: Scorer, document: Document, spans: Sequence[Span]) -> list[Mention]:
    """Each span with the state of the window that scores its first piece."""
    text = pieces(document.text, scorer.tokenizer)
    first = np.searchsorted(text.ends, [span.start for span in spans], side="right")
    last = np.searchsorted(text.starts, [span.end for span in spans], side="left") - 1
    found: list[Mention] = []
    at = 0
    for window in text_windows(text):
        if at < len(spans) and first[at] < window.last:
            states = encoded(scorer, text, window)[0][0]
            while at < len(spans) and first[at] < window.last:
                low, high = int(first[at]), max(int(first[at]), min(int(last[at]), window.end - 1))
                state = mean_state(states, (low - window.start + 1, high - window.start + 1))
                found.append(Mention(spans[at], low, high, state))
                at += 1
    return found
