"""The marked text of an article on a terminal: brackets, numbers and signs for its voices and for how it is told.

Always true here: what color or style says also stands in signs, in whatever the stream can show; the signs stand around the words and
change none of them; article text comes in only through `render.safe`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rich import box
from rich.text import Text

from sayso.reading import Reading
from sayso.render.layers import EDITORIAL, LOADED, layer
from sayso.render.marks import Piece, form
from sayso.render.safe import encodable, visible

_SPACE = re.compile(r"\s+")
_TINT = {"direct": "#1a1a1a on #a9d6f5", "indirect": "#1a1a1a on #ffe08a", "partial": "#1a1a1a on #f3b7d6"}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_TOLD = {LOADED: ("~", "~"), EDITORIAL: ("{", "}")}  # the layers that the text shows; the others stand in the tables
_STYLE = {LOADED: "italic", EDITORIAL: ""}
_NAME = {LOADED: "loaded words", EDITORIAL: "editorial stretch"}


@dataclass(frozen=True, slots=True)
class Signs:
    """The brackets and lines that the stream can show."""

    reported: tuple[str, str]
    quoted: tuple[str, str]
    circled: str
    lines: box.Box

    def number(self, number: int) -> str:
        """The sign of an attribution's number."""
        return self.circled[number - 1] if number <= len(self.circled) else f"({number})"

    def around(self, reading: Reading, index: int) -> tuple[str, str]:
        """The brackets around the content of an attribution."""
        return self.quoted if reading.attributions[index].form == "direct" else self.reported


_UNICODE = Signs(("⟨", "⟩"), ("⟪", "⟫"), _CIRCLED, box.SIMPLE_HEAD)
_ASCII = Signs(("<", ">"), ("<<", ">>"), "", box.ASCII2)


def signs(encoding: str) -> Signs:
    """The signs that a stream with this encoding can show."""
    try:
        "".join((*_UNICODE.reported, *_UNICODE.quoted, _CIRCLED, "─")).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return _ASCII
    return _UNICODE


def paragraph(reading: Reading, pieces: Iterable[Piece], shown: Signs, encoding: str) -> Text:
    """One paragraph with its marks."""
    text = Text()
    blank = True
    for piece in pieces:
        for index in piece.opens:
            text.append(shown.number(index + 1), style="bold")
            text.append(shown.around(reading, index)[0])
        for sign in _signs(reading, piece.begins)[::-1]:  # a stretch begins outside the words in it
            text.append(_TOLD[sign][0])
        words = _SPACE.sub(" ", encodable(visible(reading.document[piece.span]), encoding))
        text.append(words[1:] if blank and words.startswith(" ") else words, style=_style(reading, piece))
        blank = words.endswith(" ")
        for sign in _signs(reading, piece.ends):
            text.append(_TOLD[sign][1])
        for index in piece.closes:
            text.append(shown.around(reading, index)[1])
    return text


def legend(reading: Reading, shown: Signs, styled: bool) -> Text:
    """What the marks of this reading mean; `styled` if the stream shows underlines."""
    parts = [
        Text(f"{shown.quoted[0]}quoted{shown.quoted[1]}", style=_TINT["direct"]),
        Text(f"{shown.reported[0]}reported{shown.reported[1]}", style=_TINT["indirect"]),
        Text("no brackets: the outlet's own voice"),
    ]
    if styled:
        parts += [Text("source", style="underline"), Text("cue", style="bold")]
    there = _signs(reading, range(len(reading.findings)))
    parts += [Text(f"{_TOLD[sign][0]}{_NAME[sign]}{_TOLD[sign][1]}", style=_STYLE[sign]) for sign in there]
    return Text("  ").join(parts)


def _signs(reading: Reading, findings: Iterable[int]) -> list[str]:
    """The layers of these findings that the text shows, each once, the smaller first; candidates are left to the tables."""
    there = {layer(reading.findings[index]) for index in findings if not reading.findings[index].candidate}
    return [name for name in _TOLD if name in there]


def _style(reading: Reading, piece: Piece) -> str:
    marks = ["underline"] if piece.source else []
    if piece.cue:
        marks.append("bold")
    marks += [_STYLE[sign] for sign in _signs(reading, piece.findings) if _STYLE[sign]]
    if kind := form(reading, piece):
        marks.append(_TINT[kind])
    return " ".join(marks)
