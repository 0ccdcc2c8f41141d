"""What is heard together: the sentences of a text, as every finder of tones cuts them.

Always true here: sentences are trimmed, disjoint, in order and never empty; paragraphs end them.
"""

from __future__ import annotations

from sayso import language
from sayso.spans import Span, trim
from sayso.structure import paragraphs


def spans_heard(text: str) -> list[Span]:
    """The sentences of a text."""
    whole = (trim(text, sentence) for paragraph in paragraphs(text) for sentence in language.sentences(text, paragraph))
    return [span for span in whole if span is not None]
