"""The straight line of a story: readings in, the matrix of claims × outlets out.

Always true here: readings may come in any number and from any outlets, the same one twice too; how sure the matcher is, and what it
misses, comes with the result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sayso.claims.content import content
from sayso.claims.matcher import matched
from sayso.claims.matrix import Matrix, matrix
from sayso.claims.meaning import PieceScorer
from sayso.claims.once import once
from sayso.claims.statements import statements
from sayso.reading import Reading


def claims(
    readings: Sequence[Reading],
    scorer: PieceScorer | None = None,
    *,
    everything: bool = False,
    text_of: Mapping[str, str] | None = None,
) -> Matrix:
    """Which outlet tells which claim of a story, and how.

    Args:
        readings: the articles of one story, in the order in which their outlets shall stand.
        scorer: the claim network (`encoder.claim_session.ClaimSession`); None matches by words, names and numbers alone.
        everything: keep claims that a single article tells too.
        text_of: id of an article → id of the article whose text it carries: such articles are taken as one. None takes each by itself.

    """
    kept, carriers = once(readings, text_of or {})
    found = [statements(reading) for reading in kept]
    contents = [content(reading.document, each) for reading, several in zip(kept, found, strict=True) for each in several]
    articles = [place for place, several in enumerate(found) for _ in several]
    return matrix(
        kept,
        found,
        contents,
        matched(contents, articles, scorer),
        everything=everything,
        miss_rate=scorer.miss_rate if scorer else None,
        carriers=carriers,
    )
