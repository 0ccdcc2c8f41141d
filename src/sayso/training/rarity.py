"""Counts in how many articles a word stands, for `data/en_rarity.txt`.

Always true here: what is kept of a text is that a stem stands in it, once an article; stems in fewer than `LEAST` articles are dropped, so
that the table holds words of a language and of public life, and nothing that stands in one article only.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sayso.evaluation.jsonlines import records
from sayso.stories import rarity as known

LEAST = 8  # articles
OPENING = 3000  # characters of an article that are counted
HEAD = """\
# How rare a stem is in news: log2(articles / articles that hold it), in half bits; counted over {articles} English news articles (public
# research collection Article Bias Prediction, Baly et al. 2020); counts are facts, no text stands here. Made by sayso.training.rarity.
"""


def counts(texts: Iterable[str]) -> tuple[int, Mapping[str, int]]:
    """Number of texts, and of texts that hold each stem."""
    found: Counter[str] = Counter()
    number = 0
    for text in texts:
        number += 1
        found.update({term for term, _, _ in known.stems(text)})
    return number, found


def table(articles: int, found: Mapping[str, int], least: int = LEAST) -> str:
    """The file: one line for each half bit, commonest first, stems in alphabetical order."""
    rows: defaultdict[float, list[str]] = defaultdict(list)
    for term, count in found.items():
        if count >= least:
            rows[round(2 * math.log2(articles / count)) / 2].append(term)
    lines = [" ".join([f"{bits:g}", *sorted(rows[bits])]) for bits in sorted(rows)]
    return HEAD.format(articles=articles) + "\n".join(lines) + "\n"


def write(articles: Sequence[Path], out: Path) -> int:
    """Write the table of some articles, and return how many they are.

    Args:
        articles: JSON lines with `title` and `text`, maybe gzipped.
        out: the table; if it is the one that ships, what follows is weighed by it.

    """
    rows = (row for path in articles for row in records(path, lambda value: f"{value.get('title') or ''}\n{value['text'][:OPENING]}"))
    number, found = counts(rows)
    out.write_text(table(number, found), encoding="utf-8")
    known.table.cache_clear()
    known.rarest.cache_clear()
    return number
