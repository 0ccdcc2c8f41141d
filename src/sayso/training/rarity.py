"""Counts in how many articles a word stands, for `data/en_rarity.txt`: `python -m sayso.training.rarity OUT ARTICLES.jsonl[.gz] …`.

Always true here: what is kept of a text is that a stem stands in it, once an article; stems in fewer than `LEAST` articles are dropped, so
that the table holds words of a language and of public life, and nothing that stands in one article only.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from sayso.evaluation.jsonlines import records
from sayso.stories.rarity import stems

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
        found.update({term for term, _, _ in stems(text)})
    return number, found


def table(articles: int, found: Mapping[str, int], least: int = LEAST) -> str:
    """The file: one line for each half bit, commonest first, stems in alphabetical order."""
    rows: defaultdict[float, list[str]] = defaultdict(list)
    for term, count in found.items():
        if count >= least:
            rows[round(2 * math.log2(articles / count)) / 2].append(term)
    lines = [" ".join([f"{bits:g}", *sorted(rows[bits])]) for bits in sorted(rows)]
    return HEAD.format(articles=articles) + "\n".join(lines) + "\n"


def main(arguments: list[str]) -> None:
    """Read articles (`title`, `text`) and write the table."""
    out, *paths = map(Path, arguments)
    rows = (row for path in paths for row in records(path, lambda value: f"{value.get('title') or ''}\n{value['text'][:OPENING]}"))
    out.write_text(table(*counts(rows)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
