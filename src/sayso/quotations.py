"""Quotations: stretches of text between quotation marks, paired so that no odd mark can spoil the rest.

Always true here: the result is sorted and disjoint; a quotation never leaves its paragraph except where news style says so (a paragraph
that opens a quotation and does not close it, followed by one that opens again, is one running quotation: each paragraph gives its
own span); a mark that finds no partner costs at most its own paragraph. Curly, straight, angle, low and doubled marks are read.
Single marks count only when they cannot be apostrophes.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.spans import Span, Spans

OPENERS = {"“": "”", "„": "“”", "«": "»", "‹": "›", "‘": "’", "‚": "‘’", "「": "」", "『": "』", "〝": "〞"}
CLOSERS = frozenset("”»›’」』〞")
STRAIGHT = '"'
MARKS = frozenset("“”„«»‹›‘’‚\"'「」『』〝〞`´")


def quotations(text: str, paragraphs: Sequence[Span]) -> Spans:
    """Spans of quoted text, marks included, in order.

    Args:
        text: the document's text.
        paragraphs: its paragraphs; a quotation ends with its paragraph at the latest.
    """
    found: list[Span] = []
    for paragraph in paragraphs:
        found.extend(_in_paragraph(text, paragraph))
    return tuple(found)


def _in_paragraph(text: str, paragraph: Span) -> list[Span]:
    found: list[Span] = []
    start, closers = -1, ""
    at = paragraph.start
    while at < paragraph.end:
        mark = text[at]
        if start < 0:
            ends = _opens(text, at, paragraph)
            if ends:
                start, closers = at, ends
                if text[at : at + 2] in ("``", "''"):
                    at += 1
        elif _closes(text, at, closers, paragraph):
            width = 2 if closers == "''" else 1
            found.append(Span(start, min(at + width, paragraph.end)))
            at += width - 1
            start = -1
        elif mark in OPENERS and mark not in "‘‚" and mark not in closers and closers != "’":
            # A second opening mark of the same kind before any closing one: the first was never closed.
            if mark == text[start]:
                start, closers = at, OPENERS[mark]
        at += 1
    if start >= 0 and closers not in ("’", "'") and _worth(text, start, paragraph):
        found.append(Span(start, paragraph.end))
    return found


def _worth(text: str, start: int, paragraph: Span) -> bool:
    """Whether an unclosed mark opens a quotation that runs on: only when it begins its paragraph."""
    return text[start] in "“«„\"" and not text[paragraph.start : start].strip()


def _opens(text: str, at: int, paragraph: Span) -> str:
    """The marks that would close a quotation opened at `at`; empty if none opens there."""
    mark = text[at]
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + 1] if at + 1 < paragraph.end else " "
    if text[at : at + 2] == "``":
        return "''"
    if mark == STRAIGHT:
        return STRAIGHT if not after.isspace() or before.isspace() else ""
    if mark == "'":
        return "'" if (before.isspace() or before in "([—–-\"“") and after.isalnum() and _single_closes(text, at, "'", paragraph) else ""
    if mark in "‘":
        return "’" if after.isalnum() and not before.isalnum() and _single_closes(text, at, "’", paragraph) else ""
    return OPENERS.get(mark, "")


def _single_closes(text: str, at: int, closer: str, paragraph: Span) -> bool:
    """Whether a single mark has a partner that is no apostrophe, with at least two words between them."""
    for end in range(at + 2, paragraph.end):
        if text[end] == closer and not text[end - 1].isspace():
            after = text[end + 1] if end + 1 < paragraph.end else " "
            if not after.isalnum():
                inside = text[at + 1 : end]
                # "dogs' bowl" or "'90s hits": an apostrophe after s, or one word only, is no quotation.
                return " " in inside.strip() and not (inside.endswith("s") and after.isspace() and inside[-2:-1].isalpha() and "," not in inside)
    return False


def _closes(text: str, at: int, closers: str, paragraph: Span) -> bool:
    if closers == "''":
        return text[at : at + 2] == "''"
    if text[at] not in closers:
        return False
    after = text[at + 1] if at + 1 < paragraph.end else " "
    if closers in ("’", "'"):
        return not after.isalnum() and not text[at - 1].isspace()
    return True
