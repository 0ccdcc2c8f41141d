"""ECB+ (Cybulska and Vossen 2014) as stories: sentences of one topic say the same if they tell mostly the same actions.

A help beside the annotated claims: its annotators marked which mentions of actions, in any article of a topic, are one and the same event.
A topic holds two events that resemble each other, so that what looks alike and is not stands in it too.

Always true here: only sentences with marked actions are taken, since the others may hold actions that nobody marked.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from sayso.evaluation.storygold import Claims, GoldStory

LESSER, GREATER = 0.6, 0.4  # shares of the actions of the sentence with fewer, and with more, that both tell


def event_stories(data: Path) -> list[GoldStory]:
    """The training part, one story for each topic; none if the set is not there."""
    path = data / "ecbplus" / "ecbplus.train.jsonl.gz"
    if not path.is_file():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    topics = sorted({row["topic"] for row in rows})
    return [_story(topic, [row for row in rows if row["topic"] == topic]) for topic in topics]


def _story(topic: int, rows: list[Mapping[str, Any]]) -> GoldStory:
    texts: list[str] = []
    articles: list[int] = []
    actions: list[set[str]] = []
    for article, row in enumerate(rows):
        for start, end in row["sents"]:
            held = {each["chain"] for each in row["mentions"] if start <= each["start"] < end and each["chain"].startswith("ACT")}
            if held:
                texts.append(" ".join(row["form"][start:end]))
                articles.append(article)
                actions.append(held)
    same = [pair for pair in combinations(range(len(texts)), 2) if _alike(actions[pair[0]], actions[pair[1]])]
    return GoldStory(f"ecbplus/{topic}", tuple(texts), tuple(articles), Claims(tuple(same)))


def _alike(first: set[str], second: set[str]) -> bool:
    both, sizes = len(first & second), sorted((len(first), len(second)))
    return both >= LESSER * sizes[0] and both >= GREATER * sizes[1]
