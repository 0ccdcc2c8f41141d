"""Annotated corpora as texts with spans: what the network is trained on.

Each set keeps its convention: PolNeAR marks outermost attributions only, so inside its contents the absence of a cue means "unknown".
Texts whose own terms forbid commercial use are left out.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.encoder.heads import NAME_KINDS
from sayso.errors import UsageError
from sayso.spans import Span, Spans, merge, span_list


@dataclass(frozen=True, slots=True)
class Marked:
    """The spans of one annotated attribution. `searched` says whether attributions inside its content were annotated as well."""

    source: Spans
    cue: Spans
    content: Spans
    searched: bool = True


@dataclass(frozen=True, slots=True)
class Annotated:
    """One text with its attributions."""

    text: str
    marked: tuple[Marked, ...]
    convention: str


@dataclass(frozen=True, slots=True)
class Named:
    """One text with its names, a list of spans for each of `NAME_KINDS`."""

    text: str
    names: tuple[Spans, ...]


@dataclass(frozen=True, slots=True)
class Chained:
    """One text with its mentions, in order, and the group of those that mean the same."""

    text: str
    mentions: tuple[Span, ...]
    groups: tuple[str, ...]


def polnear(path: Path) -> list[Annotated]:
    """Articles of PolNeAR as JSON lines."""
    return [Annotated(row["text"], _marked(row, searched=False), "polnear") for row in rows(path)]


def world_news(path: Path) -> list[Annotated]:
    """Articles annotated by the contract, as JSON lines."""
    return [Annotated(row["text"], _marked(row, searched=True), "contract") for row in rows(path)]


# Classes of English Worldwide Newswire (Shan et al. 2023) as kinds of names; facilities are places, as Stanza merges them.
KIND_OF = {"Person": "person", "Organization": "organization", "Location": "place", "Facility": "place", "NORP": "nationality"}
# Genres of GUM whose texts may be used for anything: Wikinews, Wikipedia, Wikivoyage, open papers, public records, CC BY videos.
OPEN_GENRES = frozenset({"news", "interview", "bio", "voyage", "academic", "speech", "court", "letter", "vlog"})


def worldwide_names(path: Path, without: Collection[str] = ()) -> list[Named]:
    """Articles of English Worldwide Newswire as compressed JSON lines, but for the ids in `without`."""
    found: list[Named] = []
    for row in rows(path):
        if row["id"] not in without:
            spans: dict[str, list[Span]] = {kind: [] for kind in NAME_KINDS}
            for sentence in row["sents"]:
                for first, last, tag in _runs(sentence["ner"]):
                    start, end = sentence["off"][2 * first], sentence["off"][2 * last + 1]
                    if tag in KIND_OF and 0 <= start < end:
                        spans[KIND_OF[tag]].append(Span(start, end))
            found.append(Named(row["text"], tuple(merge(spans[kind]) for kind in NAME_KINDS)))
    return found


def _runs(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """First and last token and class of each name in a row of B-, I- and O tags."""
    first = 0
    for at, tag in enumerate(tags):
        if tag.startswith("B-") or tag[2:] != tags[at - 1][2:]:
            first = at
        if tag != "O" and (at + 1 == len(tags) or not tags[at + 1].startswith("I-") or tags[at + 1][2:] != tag[2:]):
            yield first, at, tag[2:]


def gum(path: Path) -> list[Chained]:
    """Documents of GUM with open terms as compressed JSON lines: all mentions, singletons too."""
    return [
        _chained(row["text"], row["off"], [(m["start"], m["end"], m["group"]) for m in row["mentions"]])
        for row in rows(path)
        if row["genre"] in OPEN_GENRES
    ]


def litbank(path: Path) -> list[Chained]:
    """Novels of LitBank, their tokens set with spaces between."""
    found = []
    for row in rows(path):
        text, offsets = _joined(row["form"])
        found.append(_chained(text, offsets, [(s, e, str(group)) for group, cluster in enumerate(row["clusters"]) for s, e in cluster]))
    return found


def meantime(path: Path) -> list[Chained]:
    """Wikinews articles of MEANTIME, their tokens set with spaces between."""
    found = []
    for row in rows(path):
        text, offsets = _joined(row["form"])
        found.append(_chained(text, offsets, [(m["start"], m["end"], m["chain"]) for m in row["mentions"]]))
    return found


def _joined(forms: Sequence[str]) -> tuple[str, list[int]]:
    offsets: list[int] = []
    at = 0
    for form in forms:
        offsets += [at, at + len(form)]
        at += len(form) + 1
    return " ".join(forms), offsets


def _chained(text: str, offsets: Sequence[int], mentions: Iterable[tuple[int, int, str]]) -> Chained:
    ordered = sorted((Span(offsets[2 * start], offsets[2 * end - 1]), group) for start, end, group in mentions if end > start)
    return Chained(text, tuple(span for span, _ in ordered), tuple(group for _, group in ordered))


def ids(path: Path) -> set[str]:
    """The ids of a corpus of JSON lines."""
    return {row["id"] for row in rows(path)}


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines, compressed or not."""
    if not path.is_file():
        raise UsageError(f"no training data at {path}: give the folder that holds it with --data")
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _marked(row: dict[str, Any], searched: bool) -> tuple[Marked, ...]:
    return tuple(
        Marked(span_list(item["source"]), span_list(item["cue"]), span_list(item["content"]), searched) for item in row["attributions"]
    )
