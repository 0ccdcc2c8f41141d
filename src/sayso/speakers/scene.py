"""Where in a document the clusters stand, and what is asked of them: a pronoun or description in its place.

Always true here: mentions are in order of the text; sentences and lines are numbered from 1, so that two places can be compared at once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sayso.attribution.draft import Link
from sayso.spans import Span
from sayso.speakers.clusters import Cluster

_SENTENCE = re.compile(r"[.!?…][\"'”’)]*\s+(?=[\"'“‘(]*[^\W\d_a-z])|\n\s*\n")


@dataclass(slots=True)
class Scene:
    """Where in a document everything stands, for quick questions.

    Attributes:
        text: the document's text.
        mentions: where clusters are named, in order.
        links: by mention, what the network says.
        settled: whom the sources so far were taken to mean.

    """

    text: str
    mentions: Sequence[tuple[Span, Cluster]]
    links: Mapping[Span, Sequence[Link]]
    settled: dict[Span, Cluster] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    first: set[Span] = field(default_factory=set)
    roles: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.starts = [span.start for span, _ in self.mentions]
        self.sentences = [0, *(match.end() for match in _SENTENCE.finditer(self.text))]
        self.paragraphs = [0, *(match.end() for match in re.finditer(r"\n\s*", self.text))]
        last = -1
        for span, _ in self.mentions:
            number = self.sentence(span.start)
            if number != last:
                self.first.add(span)
            last = number
        for cluster in {id(cluster): cluster for _, cluster in self.mentions}.values():
            for word in cluster.roles:
                self.roles[word] = self.roles.get(word, 0) + 1

    def sentence(self, at: int) -> int:
        """The number of the sentence that holds a place."""
        return bisect_right(self.sentences, at)

    def paragraph(self, at: int) -> int:
        """The number of the line that holds a place."""
        return bisect_right(self.paragraphs, at)


@dataclass(frozen=True, slots=True)
class Question:
    """A pronoun or description in its place.

    Attributes:
        sort: the pronoun's subject form, or what kind of thing a description describes (`role`, `body`, `document`, `plural`, `thing`).
        words: as they stand, trimmed.
        span: where.
        outer: who speaks the words around it, if somebody does.
        last: the last speakers at the same depth, latest first.
        spoken: the spans handed over lately, with who handed them over.
        earlier: whom the very same description meant before.

    """

    sort: str
    words: str
    span: Span
    outer: Cluster | None
    last: tuple[Cluster, ...]
    spoken: tuple[Span, ...]
    earlier: Cluster | None
