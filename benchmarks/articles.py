"""What is read while time is taken: the invented articles of this repository, repeated; no text of anybody else's.

Always true here: the same call gives the same text on every machine; articles are repeated whole, and a text of a given size is cut
between words.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from sayso.demo import story
from sayso.document import Document
from sayso.structure import words

GOLD = Path(__file__).parent.parent / "tests" / "gold"


def articles() -> tuple[Document, ...]:
    """The demonstration's three articles and all gold articles, in a fixed order."""
    gold = (Document(path.read_text(encoding="utf-8"), origin=path.name) for path in sorted(GOLD.rglob("*.txt")))
    return (*story.documents(), *gold)


def corpus(count: int) -> list[Document]:
    """Articles, repeated in turn, until they hold at least `count` words."""
    found: list[Document] = []
    held = 0
    for document, size in cycle([(document, words(document.text)) for document in articles()]):
        if held >= count:
            break
        found.append(document)
        held += size
    return found


def text_of_words(count: int) -> str:
    """One text of `count` words and the rest of their sentence's last line, paragraphs kept: what a reader would call one long article."""
    found: list[str] = []
    held = 0
    for block in _blocks():
        if held >= count:
            break
        found.append(block)
        held += words(block)
    return "\n\n".join(found) + "\n"


def text_of_size(size: int) -> str:
    """One text of at most `size` bytes of UTF-8, and of hardly less, paragraphs kept."""
    found: list[str] = []
    held = 0
    for block in _blocks():
        if held >= size:
            break
        found.append(block)
        held += len(block.encode()) + 2
    whole = "\n\n".join(found).encode()[:size].decode(errors="ignore")
    return whole.rsplit(None, 1)[0] if len(found) > 1 else whole


def one_paragraph(count: int) -> str:
    """One paragraph of `count` words without any line break."""
    found: list[str] = []
    held = 0
    for block in _blocks():
        if held >= count:
            break
        row = block.split()[: count - held]
        found.extend(row)
        held += len(row)
    return " ".join(found)


def _blocks() -> Iterator[str]:
    """The paragraphs of all articles, without end."""
    return cycle([block for document in articles() for block in document.text.strip().split("\n\n")])
