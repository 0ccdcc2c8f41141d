"""The words of a codebook in a text: whole words, word beginnings (`econom*`) and phrases, found in one pass.

Always true here: case does not count, apostrophes are straightened; time is linear in the length of the text, whatever the words are;
nothing is a regular expression made from what a user wrote.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.codebooks.book import Codebook
from sayso.language import lower
from sayso.spans import Span

_WORD = re.compile(r"\w+(?:['’\-‑]\w+)*")
LONGEST_WORD = 60  # longer strings are no words: addresses, garbage


@dataclass(frozen=True, slots=True)
class Hit:
    """One word or phrase of a frame, as it stands in a text."""

    frame: int
    word: str
    span: Span


@dataclass(frozen=True, slots=True)
class Words:
    """The words of all frames, ready to be looked for.

    Attributes:
        whole: for the first word of an entry in full, the entries that begin with it.
        stems: the same for first words that end in `*`, without it.

    """

    whole: dict[str, tuple[tuple[int, str], ...]]
    stems: dict[str, tuple[tuple[int, str], ...]]

    def hits(self, text: str) -> list[Hit]:
        """Every entry that stands in the text, in order of the text."""
        found: list[Hit] = []
        row = [(lower(match.group()), match.span()) for match in _WORD.finditer(text) if match.end() - match.start() <= LONGEST_WORD]
        for at, (word, (start, _)) in enumerate(row):
            entries = list(self.whole.get(word, ()))
            for size in range(1, len(word) + 1):
                entries += self.stems.get(word[:size], ())
            for frame, entry in entries:
                parts = entry.split()
                follow = row[at + 1 : at + len(parts)]
                if len(follow) == len(parts) - 1 and all(_matches(part, there) for part, (there, _) in zip(parts[1:], follow, strict=True)):
                    found.append(Hit(frame, entry, Span(start, follow[-1][1][1] if follow else row[at][1][1])))
        return found

    def counts(self, text: str, frames: int) -> list[int]:
        """How many different entries of each frame stand in the text."""
        seen: list[set[str]] = [set() for _ in range(frames)]
        for hit in self.hits(text):
            seen[hit.frame].add(hit.word)
        return [len(entries) for entries in seen]


def words_of(book: Codebook) -> Words:
    """The words of a codebook, ready to be looked for."""
    whole: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    stems: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, frame in enumerate(book.frames):
        for entry in frame.words:
            first = lower(entry).split()[0]
            (stems if first.endswith("*") else whole)[first.removesuffix("*")].append((number, lower(entry)))
    return Words({key: tuple(found) for key, found in whole.items()}, {key: tuple(found) for key, found in stems.items()})


def tokens(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text in lower case."""
    return [[lower(word) for word in _WORD.findall(text) if len(word) <= LONGEST_WORD] for text in texts]


def _matches(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part
