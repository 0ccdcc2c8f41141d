"""A piece of HTML that is an article already (out of a feed, a news agency's item, a cell of a table) into paragraphs.

Other than on a page there is nothing around the article that would have to be taken away, so all of its words are kept, and whose words
they are is kept as in `intake/html.py`: block quotes get quotation marks, their footers become a line `— speaker`.
"""

from __future__ import annotations

import re

import lxml.etree
import lxml.html

from sayso.errors import NoArticle, UnreadableInput
from sayso.intake.quoted import flat, keep_block_quotes, keep_inline_quotes

MAX_ELEMENTS = 200_000
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"),
    *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table"),
    *("tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
_LEFT_OUT = ("script", "style", "noscript", "template", "iframe", "object", "svg", "head")
_FRAGMENT = re.compile(
    r"\s*<(?:p|div|section|article|main|h[1-6]|figure|blockquote|b|i|em|strong|span|a|ul|ol|img|br|table)(?=[\s>/])", re.IGNORECASE
)
_CLOSED = re.compile(r"</(?:p|div|section|article|h[1-6]|blockquote|li|table)\s*>|<br\s*/?>", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f\v\xa0]+")
_ENTITIES = re.compile(r"<!DOCTYPE[^>\[]{0,500}(?:\[.{0,20000}?\]\s*)?>", re.IGNORECASE | re.DOTALL)


def is_fragment(text: str) -> bool:
    """Whether a text is HTML: it begins with an element, and closes one that makes paragraphs."""
    return bool(_FRAGMENT.match(text) and _CLOSED.search(text))


def fragment_text(markup: str) -> str:
    """The paragraphs, a blank line between them; a `<br>` stays a line break, two of them make a paragraph.

    Raises:
        NoArticle: nothing in it.
        UnreadableInput: more elements than any article has.

    """
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = lxml.html.document_fromstring(_ENTITIES.sub("", markup, count=1).encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        raise NoArticle("there are no words in its text: leave it out, or add the words of the article") from None
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise UnreadableInput(f"its text has more than {MAX_ELEMENTS:,} elements: give it as plain text")
    for node in list(tree.iter(*_LEFT_OUT)):
        if isinstance(node, lxml.html.HtmlElement) and node.getparent() is not None:
            node.drop_tree()
    keep_inline_quotes(tree)
    keep_block_quotes(tree)
    blocks: list[list[str]] = [[]]
    for event, node in lxml.etree.iterwalk(tree, events=("start", "end")):
        if node.tag in _BLOCKS:
            blocks.append([])
        if event == "start":
            blocks[-1].append("\n" if node.tag == "br" else _SPACES.sub(" ", node.text or ""))
        else:
            blocks[-1].append(_SPACES.sub(" ", node.tail or ""))
    paragraphs = (part for block in blocks for part in re.split(r"\n\s*\n", "".join(block)))
    cleaned = ("\n".join(line for raw in part.split("\n") if (line := " ".join(raw.split(" ")).strip())) for part in paragraphs)
    return "\n\n".join(re.sub(" {2,}", " ", part) for part in cleaned if part)


def plain_line(markup: str) -> str:
    """The words of a short piece of HTML (a headline, a name) on one line."""
    if "<" not in markup and "&" not in markup:
        return " ".join(markup.split())
    try:
        return flat(lxml.html.document_fromstring(f"<p>{markup}</p>"))
    except (lxml.etree.LxmlError, ValueError):
        return ""
