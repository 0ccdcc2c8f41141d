r"""Text that may be hostile, made fit to be shown: no control character of an article reaches a terminal or a page.

Always true here: what comes out holds no C0 or C1 control (line feed and tab excepted), no bidirectional override or isolate, and no lone
surrogate; each stands as a visible escape such as `\x1b` or `\u202e`, so nothing is hidden and nothing acts. Line breaks of every
kind become a line feed.
"""

from __future__ import annotations

import re

_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ACTING = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb]")
_JSON = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

# What a terminal that knows ASCII only is shown instead of typographic marks.
_PLAIN = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "–": "-", "—": "--", "…": "...", "→": "->", "·": "|",
    "←": "<-", "\u00a0": " ", "\u202f": " ", "\u00ad": "",
})  # fmt: skip


def visible(text: str) -> str:
    """The text with acting characters as visible escapes; line feeds and tabs stay."""
    return _ACTING.sub(_escape, _BREAK.sub("\n", text))


def one_line(text: str) -> str:
    """`visible`, on one line, with single blanks."""
    return " ".join(visible(text).split())


def json_line(line: str) -> str:
    """One line of JSON, the same value, with the acting characters in its strings written as JSON escapes.

    `json.dumps` already escapes C0; what it leaves (C1, overrides, and the Unicode line separators that would make two lines of one)
    can only stand inside strings, so replacing them changes no value.
    """
    return _JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def encodable(text: str, encoding: str) -> str:
    """The text as far as `encoding` can show it: typographic marks become ASCII, the rest `?`; unchanged if all of it can be shown."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAIN).encode(encoding, "replace").decode(encoding)
    return text


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
