"""Strings become offsets: how people who annotate by the guide say where a span stands.

Always true here: offsets are code points of the text as given, whatever its line breaks; in the strings a line break is a line feed.
"""

from __future__ import annotations

import re

from sayso.errors import ContractError
from sayso.spans import Span

_NEW_LINE = re.compile(r"\r\n?")


class Search:
    """Finds strings whose line breaks are line feeds in a text whose line breaks may be anything."""

    def __init__(self, text: str) -> None:
        self.text = _NEW_LINE.sub("\n", text)
        self.offsets = list(range(len(text) + 1))
        if len(self.text) != len(text):
            self.offsets = [at for at in range(len(text) + 1) if text[at - 1 : at + 1] != "\r\n" or at == 0]

    def locate(self, region: str, wanted: str) -> Span:
        """The `k`-th occurrence of `wanted` (written `wanted@@k`) inside the first occurrence of `region`."""
        words, _, which = _NEW_LINE.sub("\n", wanted).partition("@@")
        region = _NEW_LINE.sub("\n", region)
        start = self.text.find(region)
        if start < 0:
            raise ContractError(f"region not in the article: {region[:60]!r}")
        if not words or not (which or "1").isdecimal():
            raise ContractError(f"not a string to look for: {wanted!r}")
        at = start - 1
        for _ in range(int(which or 1)):
            at = self.text.find(words, at + 1, start + len(region))
            if at < 0:
                raise ContractError(f"{wanted[:60]!r} not in region {region[:40]!r}")
        return Span(self.offsets[at], self.offsets[at + len(words)])
