"""Whose words are whose, written into a piece of HTML as plain words, before any extractor loses it.

A block quote gets its quotation marks, `blockquote > footer` and `cite` become a line `— speaker`, `q` gets the marks that a browser would
draw. All functions change the tree that they are given.
"""

from __future__ import annotations

import re

import lxml.etree
import lxml.html

from sayso.structure import words

_MARKS = "“”„‟«»\"‘’‚‹›'"
_DOUBLE = re.compile('[“”„‟«»"]')
DASH = re.compile(r"(?:[—–―]|--?\s)\s*(?:[—–―]\s*)?(?=\S)")
_AFTER_DASH = re.compile(r"(?:[—–―]|\s--?)\s*$")
_BEFORE_DASH = re.compile(r"\n(?=\s*(?:[—–―]|--?\s))")
MAX_SPEAKER_WORDS = 30
MAX_QUOTE_WORDS = 300  # longer block quotes are documents, or a page that indents everything
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_PARAGRAPHS = _HEADINGS | {"p", "div", "li", "ul", "ol", "dl", "dt", "dd", "section", "pre", "table", "tr", "td", "th", "blockquote"}
_SPACES = re.compile(r"[ \t\n\r\f\v\xa0]+")


def keep_inline_quotes(tree: lxml.html.HtmlElement) -> None:
    """`<q>no</q>` → `“no”`, as browsers draw it."""
    for node in list(tree.iter("q")):
        text = flat(node)
        if text and text[0] not in _MARKS:
            opening, closing = "‘’" if any(True for _ in node.iterancestors("q", "quoted")) else "“”"
            node.text = opening + (node.text or "").lstrip()
            if len(node):
                node[-1].tail = (node[-1].tail or "").rstrip() + closing
            else:
                node.text = node.text.rstrip() + closing
            node.tag = "quoted"
    for node in list(tree.iter("q", "quoted")):
        node.drop_tag()


def keep_block_quotes(tree: lxml.html.HtmlElement) -> None:
    """Every block quote → paragraphs in quotation marks and a line for its speaker.

    As in print, each paragraph opens with a mark and the last one closes it; a block that has marks of its own is left with those.
    """
    for quote in [node for node in tree.iter("blockquote") if next(node.iterancestors("blockquote"), None) is None]:
        lines = block_lines(quote)
        if not lines or sum(words(line) for line, _ in lines) > MAX_QUOTE_WORDS:
            continue
        marked = any(_DOUBLE.search(line) for line, speaker in lines if not speaker)
        for child in list(quote):
            quote.remove(child)
        quote.tag, quote.text = "div", None
        quote.attrib.clear()
        for at, (line, speaker) in enumerate(lines):
            last = at + 1 == len(lines) or lines[at + 1][1]
            paragraph = lxml.etree.SubElement(quote, "p")
            paragraph.text = line if speaker or marked else f"“{line}{'”' if last else ''}"


def block_lines(block: lxml.html.HtmlElement) -> list[tuple[str, bool]]:
    """The paragraphs of a block, each with whether it names the speaker (and then begins with a dash)."""
    lines: list[tuple[list[str], bool]] = [([], False)]
    inside: lxml.html.HtmlElement | None = None
    for event, node in lxml.etree.iterwalk(block, events=("start", "end")):
        if event == "start":
            dashed = lines[-1][0] and _AFTER_DASH.search(lines[-1][0][-1])  # `— <cite>name</cite>, title`: one line already
            if inside is None and not dashed and _names_speaker(node, block):
                inside = node
                lines.append(([], True))
            elif inside is None and node.tag in _PARAGRAPHS:
                lines.append(([], False))
            lines[-1][0].append(("\n" if node.tag == "br" else "") + _SPACES.sub(" ", node.text or ""))
            continue
        if node is inside or (inside is None and node.tag in _PARAGRAPHS):
            inside = None
            lines.append(([], False))
        if node is not block:
            lines[-1][0].append(_SPACES.sub(" ", node.tail or ""))
    found: list[tuple[str, bool]] = []
    for parts, speaker in lines:
        text = "".join(parts)
        for piece in [text] if speaker else _BEFORE_DASH.split(text):
            line = " ".join(piece.split())
            dash = DASH.match(line)
            if dash and (speaker or (found and words(line) <= MAX_SPEAKER_WORDS)):
                found.append(("— " + line[dash.end() :], True))
            elif line:
                found.append((f"— {line}" if speaker else line, speaker))
    return found


def _names_speaker(node: lxml.html.HtmlElement, block: lxml.html.HtmlElement) -> bool:
    """A footer; or a `cite` or `small` that stands for itself, not one inside a sentence (the title of a book)."""
    if node.tag not in ("footer", "cite", "small") or block.tag != "blockquote":
        return False
    parent = node.getparent()
    return node.tag == "footer" or parent is block or flat(parent) == flat(node)


def flat(node: lxml.html.HtmlElement) -> str:
    """All words of an element on one line."""
    return " ".join("".join(node.itertext()).split())
