"""Found stories against gold ones: pairs of articles, and B-cubed (Bagga & Baldwin 1998).

Always true here: gold is JSON lines (maybe gzipped), one of three kinds: articles that name their event (`event` or `story`, `text`, maybe
`title`, `outlet`, `url`, `date`: news clusters), tokens that name their subtopic (`subtopic`, `form`: ECB+), or records that hold the
articles of one story (`articles`: AllSides triples). The events of the first kind are split in two by the digest of their name, `tune` and
`held-out`, since the collection has no split. Resamples draw whole gold stories; a pair across two of them counts half to each.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

from sayso.document import Document
from sayso.errors import ContractError, UsageError
from sayso.evaluation import bootstrap
from sayso.evaluation.jsonlines import records
from sayso.evaluation.metrics import Counts, Metric, f1
from sayso.evaluation.report import Report, compare
from sayso.stories.alike import VECTORS, WORDS, load
from sayso.stories.find import Encode, grouped, items
from sayso.stories.grouping import Item
from sayso.stories.nearby import WINDOW
from sayso.stories.profile import day_of

STORIES = "stories"
TUNE, HELD_OUT = "tune", "held-out"
METRICS = (
    Metric("pairs", "pairs of articles", "articles of one story"),
    Metric("near", f"pairs at most {WINDOW} days apart", "articles of one story"),
    Metric("b-cubed", "B-cubed", "articles of one story"),
)
Finder = Callable[[Sequence[Document]], Mapping[str, str]]
"""Documents to the story of each, by id."""


@dataclass(frozen=True, slots=True)
class StoryGold:
    """One article, the gold story that it is part of, and the part of its collection that this stands in (empty if it has none)."""

    document: Document
    story: str
    part: str


def half(story: str) -> str:
    """Which half of a collection without a split a gold story belongs to: `tune` or `held-out`, by the digest of its name."""
    return (TUNE, HELD_OUT)[hashlib.sha256(f"event {story}".encode()).digest()[0] & 1]


def read_events(path: Path, part: str | None = None) -> list[StoryGold]:
    """Read a gold file, or one part of it.

    Raises:
        UnreadableInput: it is missing or cannot be decoded.
        ContractError: a line is none of the three kinds; the message names it.

    """
    found = [item for items in records(path, lambda value: tuple(_articles(value))) for item in items]
    return [item for item in found if part in (None, item.part)]


def _articles(value: Mapping[str, Any]) -> Iterator[StoryGold]:
    if "form" in value:
        yield StoryGold(
            Document(text=" ".join(value["form"]), url=str(value["id"])), f"subtopic {value['subtopic']}", str(value.get("split", ""))
        )
    elif "articles" in value:
        for number, article in enumerate(value["articles"]):
            url = f"{value['id']}/{number}"
            yield StoryGold(_document(article, url), f"record {value['id']}", str(value.get("split", "")))
    elif "event" in value or "story" in value:
        story = str(value.get("event", value.get("story")))
        yield StoryGold(_document(value, str(value.get("url") or value.get("id") or "")), f"event {story}", half(story))
    else:
        raise ContractError("no event, subtopic or articles in it: this protocol reads articles that name their story")


def _document(value: Mapping[str, Any], url: str) -> Document:
    return Document(text=value["text"], title=value.get("title"), outlet=value.get("outlet"), url=url, published=value.get("date"))


def story_counts(gold: Mapping[str, str], found: Mapping[str, str], days: Mapping[str, int | None] | None = None) -> dict[str, Counts]:
    """Counts of each gold story.

    Args:
        gold: the story of each article.
        found: the same as a system has it; an article that it leaves out stands alone.
        days: of the articles that have one, for the figure of articles that are not far apart.

    """
    theirs = {article: found.get(article, f"alone {article}") for article in gold}
    both = Counter((gold[article], theirs[article]) for article in gold)
    mine, its = Counter(gold.values()), Counter(theirs.values())
    counts: dict[str, Counts] = {}
    for story, size in mine.items():
        parts = [(number, its[other]) for (one, other), number in both.items() if one == story]
        inside = sum(number * (number - 1) / 2 for number, _ in parts)
        across = sum(number * (whole - number) / 2 for number, whole in parts)
        counts[story] = f1("pairs", inside, inside + across, size * (size - 1) / 2) | f1(
            "b-cubed",
            sum(number * number / whole for number, whole in parts),
            size,
            size,
            sum(number * number / size for number, _ in parts),
        )
    near: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one, other in _pairs_near(gold, theirs, days or {}):
        right, said = gold[one] == gold[other], theirs[one] == theirs[other]
        for story in (gold[one], gold[other]):
            near[story] += Counter({"hit": right and said, "predicted": said, "gold": right})
    for story, count in counts.items():
        count |= f1("near", *(near[story][end] / 2 for end in ("hit", "predicted", "gold")))
    return counts


def _pairs_near(gold: Mapping[str, str], theirs: Mapping[str, str], days: Mapping[str, int | None]) -> Iterator[tuple[str, str]]:
    """The pairs that one side has in a story, each once, without those known to be more than `WINDOW` days apart."""
    groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for article, story in gold.items():
        groups["gold", story].append(article)
        groups["found", theirs[article]].append(article)
    for one, other in sorted({(min(pair), max(pair)) for group in groups.values() for pair in combinations(group, 2)}):
        first, second = days.get(one), days.get(other)
        if first is None or second is None or abs(first - second) <= WINDOW:
            yield one, other


def finders(vectors: Encode | None = None) -> dict[str, Finder]:
    """The systems to score: by words, with lead vectors if there are any, and the better of both however many days lie between."""
    made: dict[tuple[str, ...], list[Item]] = {}

    def find(documents: Sequence[Document], name: str, window: int | None) -> Mapping[str, str]:
        key = tuple(document.id for document in documents)
        if key not in made:
            made[key] = items(documents, vectors)
        bare = name == WORDS
        return grouped([item._replace(vector=None) if bare else item for item in made[key]], load(name), window)

    systems = {name: partial(find, name=name, window=WINDOW) for name in ((WORDS,) if vectors is None else (WORDS, VECTORS))}
    best = list(systems)[-1]
    return {**systems, f"{best}, any days apart": partial(find, name=best, window=None)}


def evaluate_stories(
    gold: Sequence[StoryGold], systems: Mapping[str, Finder], resamples: int = bootstrap.RESAMPLES, seed: int = bootstrap.SEED
) -> Report:
    """Score the stories that systems make of the articles against gold.

    Raises:
        UsageError: there is no gold.

    """
    if not gold:
        raise UsageError("no gold articles to evaluate stories on: see whether --part names a part of this collection")
    story_of = {item.document.id: item.story for item in gold}
    documents = list({item.document.id: item.document for item in gold}.values())
    days = {document.id: day_of(document.published) for document in documents}
    return Report(
        protocol=STORIES,
        note="articles of one event; pairs of articles in one story, and B-cubed over articles",
        articles=len(documents),
        items=len(set(story_of.values())),
        unit="gold stories",
        resamples=resamples,
        seed=seed,
        metrics=METRICS,
        main=(),
        systems=compare(
            {name: list(story_counts(story_of, find(documents), days).values()) for name, find in systems.items()}, METRICS, resamples, seed
        ),
        clusters="gold stories",
    )
