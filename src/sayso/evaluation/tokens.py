"""Tokens, rows and tags as in CofeNet's preparation of PolNeAR, which compares spans of tokens and not of characters.

Always true here: tokens are sorted, disjoint, hold no white space, and together cover all other characters; a row is a line of the text
that holds tokens; a token has one of seven tags. Tokens follow the Penn Treebank as CoreNLP 3.6 wrote it (99 of 100 are the same); they
decide only where spans snap to and where a row is cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sayso.reading import Attribution
from sayso.spans import Span
from sayso.structure import lines

_TOKEN = re.compile(
    r"""
    (?:https?://|www\.)[^\s”’"]+ | [@\#]\w+
    | (?:[^\W\d_]\.){2,}                                                       # U.S., p.m.
    | (?:Mr|Mrs|Ms|Dr|Prof|Sens?|Reps?|Gov|Gen|Lt|Col|Capt|Sgt|Rev|Hon|St|Jr|Sr|vs|Inc|Corp|Co|Ltd|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.
    | [Cc]an(?=not\b)                                                            # can + not
    | (?<![^\W\d_])[A-Z]\.(?=\s+[A-Z])                                            # initials
    | ['’](?:s|S|ll|re|ve|d|m)\b | ['’]\d0s\b
    | \d+(?:[.,:/]\d+)*(?:-\w+)*(?:st|nd|rd|th|s)?\b
    | [^\W_]+?(?=n['’]t\b) | n['’]t\b
    | [^\W_]+(?:[-–&_/](?=[^\W_])[^\W_]+|['’](?!(?:s|S|ll|re|ve|d|m|t)\b)(?=[^\W\d_])[^\W_]+)*
    | \.{2,} | -{2,} | ``|'' | [!?]+ | \S
    """,
    re.VERBOSE,
)


def tokens(text: str, line: Span) -> list[Span]:
    """The tokens of one line."""
    return [Span(*found.span()) for found in _TOKEN.finditer(text, line.start, line.end)]


def rows(text: str, limit: int = 300) -> list[list[Span]]:
    """The tokens of every line that has any, each cut at `limit` tokens."""
    found = (tokens(text, line) for line in lines(text))
    return [row[:limit] for row in found if row]


def tag(row: Sequence[Span], attributions: Sequence[Attribution]) -> list[str]:
    """One BIO tag per token: a token belongs to the span that it shares a character with.

    Where spans of several attributions or roles claim a token, cue goes before source before content, and the earlier span before the
    later one; a span that is interrupted in this way begins again with `B-`.
    """
    if not row:
        return []
    owner: list[tuple[str, Span] | None] = [None] * len(row)
    first, last = row[0].start, row[-1].end
    for role in ("cue", "source", "content"):
        spans = [span for attribution in attributions for span in getattr(attribution, role) if span.start < last and span.end > first]
        for span in sorted(set(spans)):
            for at, token in enumerate(row):
                if owner[at] is None and token.overlaps(span):
                    owner[at] = (role, span)
    tags = ["O" if owner[0] is None else f"B-{owner[0][0]}"]
    for before, here in pairwise(owner):
        tags.append("O" if here is None else f"{'I' if here == before else 'B'}-{here[0]}")
    return tags


def elements(tags: Sequence[str]) -> dict[str, list[Span]]:
    """Token spans by role, read as CofeNet's `get_element` reads them.

    `B-` opens a span; `I-` of the same role goes on with it; `I-` of another role, or `O`, closes it; an `I-` that has no span to go on
    with opens nothing.
    """
    found: dict[str, list[Span]] = {}
    role, start = "", 0
    for at, label in enumerate([*tags, "O"]):
        if role and label == f"I-{role}":
            continue
        if role:
            found.setdefault(role, []).append(Span(start, at))
        role, start = (label[2:], at) if label.startswith("B-") else ("", 0)
    return found
