"""What stands in annotated stories, counted, and how far two annotators agree: the tables of their data card.

Always true here: counts need no text, agreement does; first annotations are counted, second ones only serve agreement, which is measured as
`sayso evaluate` measures a system, each annotation against the other; stories are resampled whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from sayso.evaluation.cardtables import figure, head, line
from sayso.evaluation.choices import both_ways
from sayso.evaluation.claimrows import KINDS
from sayso.evaluation.claims import METRICS, claim_counts
from sayso.evaluation.metrics import add
from sayso.evaluation.rowvalues import SPLITS, Row
from sayso.evaluation.storygold import GoldStory, Pair


def pairs(row: Row) -> set[Pair]:
    """Every two statements that stand in one group."""
    return {pair for group in row["groups"] for pair in combinations(group, 2)}


def across(row: Row) -> set[Pair]:
    """Those of two different articles."""
    home = [article for article, _ in row["statements"]]
    return {(one, other) for one, other in pairs(row) if home[one] != home[other]}


_CONTENTS: tuple[tuple[str, Callable[[Row], int]], ...] = (
    ("stories", lambda _: 1),
    ("… annotated twice", lambda row: "second" in row),
    ("articles", lambda row: len(row["articles"])),
    ("characters", lambda row: sum(article["length"] for article in row["articles"])),
    ("statements", lambda row: len(row["statements"])),
    ("… in a group", lambda row: len({number for group in row["groups"] for number in group})),
    ("… in two groups", lambda row: sum(map(len, row["groups"])) - len({number for group in row["groups"] for number in group})),
    ("groups", lambda row: len(row["groups"])),
    ("… over several articles", lambda row: sum(len({row["statements"][number][0] for number in group}) > 1 for group in row["groups"])),
    ("pairs that say the same", lambda row: len(pairs(row))),
    ("… of different articles", lambda row: len(across(row))),
    ("all pairs of statements", lambda row: len(row["statements"]) * (len(row["statements"]) - 1) // 2),
    ("pairs that cannot both be true", lambda row: len(row["against"])),
    *((f"… `{kind}`", lambda row, kind=kind: sum(given == kind for *_, given in row["against"])) for kind in KINDS),
    *(
        (
            f"… `{kind}`, in one group",
            lambda row, kind=kind: sum(given == kind and tuple(sorted(pair)) in pairs(row) for *pair, given in row["against"]),
        )
        for kind in KINDS
    ),
)


def counts(rows: Sequence[Row]) -> str:
    """The counts of detached rows, by part."""
    heads = [*(split for split in SPLITS if any(row["split"] == split for row in rows)), "all"]
    groups = [[row for row in rows if part in (row["split"], "all")] for part in heads]
    lines = head("claims", heads)
    lines += [line(name, [sum(map(count, group)) for group in groups]) for name, count in _CONTENTS]
    lines.append(line("outlets", [len({article["outlet"] for row in group for article in row["articles"]}) for group in groups]))
    return "\n".join(lines) + "\n"


def agreements(stories: Sequence[GoldStory]) -> str | None:
    """How far two annotators agree, in percent with the 95% interval over stories; None if no story was annotated twice."""
    twice = [(story, story.first, story.second) for story in stories if story.second is not None]
    found = both_ways(
        [story.id for story, *_ in twice],
        [(one, other) for _, one, other in twice],
        lambda number, one, other: claim_counts(twice[number][0], one, other),
        METRICS,
    )
    if found is None:
        return None
    cases = add(claim_counts(story, one, other) for story, one, other in twice)
    statements = sum(len(story.texts) for story, *_ in twice)
    lines = [f"{len(twice)} stories with {statements} statements, annotated twice.", "", *head("claims", ["cases", "agreement", "95%"])]
    for metric in METRICS:
        of = int(cases.get(f"{metric.name}:of", cases.get(f"{metric.name}:gold", 0)))
        lines.append(figure(f"{metric.section}: {metric.title}{'' if metric.plain else ', F1'}", of, found.figures[metric.name]))
    return "\n".join(lines) + "\n"
