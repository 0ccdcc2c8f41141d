"""A web page into a document: the main text as paragraphs with a blank line between them, and what the page says about itself.

The only door to trafilatura and lxml. Extractors lose what tells whose words are whose, so that is written into the page as plain words
before the extractor sees it: a block quote gets its quotation marks, `blockquote > footer` and `cite` become a line `— speaker`, `q` gets
the marks that a browser would draw, a caption becomes a paragraph. Nothing here reaches the network, runs a script or resolves an entity
from elsewhere, and every hostile page ends in `NoArticle` or `UnreadableInput`.
"""

from __future__ import annotations

import codecs
import logging
import re
import warnings

import lxml.etree
import lxml.html
import trafilatura

from sayso.document import Document
from sayso.errors import NoArticle, UnreadableInput
from sayso.intake.metadata import PageFacts, page_facts
from sayso.intake.quoted import DASH, MAX_QUOTE_WORDS, block_lines, flat, keep_block_quotes, keep_inline_quotes
from sayso.intake.text import refuse_binary, refuse_size
from sayso.structure import words

MAX_PAGE_BYTES = 10_000_000
MAX_ELEMENTS = 30_000  # the cost of the extractor grows with its square: 30,000 take some seconds, 100,000 half a minute
MIN_PARAGRAPH_WORDS = 8  # an article has at least one paragraph as long as this; menus and log-in boxes have none
MIN_CAPTION_WORDS = 4  # shorter ones are credits
MAX_NUL_SHARE = 0.001
MAX_BROKEN_SHARE = 0.001  # of characters that are not valid UTF-8, in a page that mostly is

_BREAK = "\ue000"  # private use: stands for `<br><br>` while the extractor works
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})", re.IGNORECASE)
# Entities that XML would define; HTML has none.
_ENTITIES = re.compile(r"(<!DOCTYPE[^>\[]{0,500})\[.{0,20000}?\]\s*>", re.IGNORECASE | re.DOTALL)
_SPACES = re.compile(r"[ \t\n\r\f\v\xa0]+")
_CODECS = re.compile(
    r"(?P<western>iso-?8859-?1$|latin-?1$|us-ascii$|ascii$|windows-1252$|cp1252$)"
    r"|(?:iso-?8859|windows-|cp\d|latin|utf-?8|gb|big5|euc|shift|sjis|iso-2022|koi8|mac|tis-620)[\w:.-]*$",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"(?:^|[\s_-])caption(?:-text|__text)?(?:\s|$)", re.IGNORECASE)
_BLOCKS = {"body", "p", "head", "quote", "list", "item", "table", "row", "cell", "div"}

for _name in ("trafilatura", "htmldate", "courlan", "justext", "readability"):
    logging.getLogger(_name).addHandler(logging.NullHandler())  # their complaints about odd pages are not ours to print


def read_page(data: bytes, *, url: str | None = None, charset: str | None = None, outlet: str | None = None, origin: str = "") -> Document:
    """The article of a web page.

    Args:
        data: the page as it was fetched or saved.
        url: where it was fetched from; relative addresses on the page are read against it.
        charset: the encoding that the server declared.
        outlet: the publisher, if the user knows better than the page.
        origin: what the user named.

    Raises:
        UnreadableInput: not a page, too large, or too many elements.
        NoArticle: a page without an article.

    """
    refuse_size(len(data), MAX_PAGE_BYTES)
    refuse_binary(data)
    tree = _parse(decode_page(data, charset))
    facts = _facts(tree, url)
    text = _main_text(tree) or facts.body or ""
    if max((words(paragraph) for paragraph in text.split("\n\n")), default=0) < MIN_PARAGRAPH_WORDS:
        raise NoArticle("there is no article on this page: give the page of one article, or its text")
    return Document(
        text=text,
        title=facts.title,
        outlet=outlet or facts.outlet,
        url=facts.url,
        published=facts.published,
        authors=facts.authors,
        language=facts.language or "en",
        origin=origin,
    )


def decode_page(data: bytes, charset: str | None = None) -> str:
    """The characters of a page: byte order mark, else UTF-8 if it is, else what server or page declare, else Windows-1252.

    Declarations are often wrong, valid UTF-8 hardly ever is; and a page is shown rather than refused for one odd byte, as browsers do.
    """
    if data.count(0) > MAX_NUL_SHARE * len(data) and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableInput("it is binary data (there are NUL bytes in it), not a page: give a page or its text")
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace").replace("\x00", "")
    declared = _DECLARED.search(data[:4096])
    for name in ("utf-8", charset, declared[1].decode("ascii", "replace") if declared else None):
        if name and (codec := _CODECS.match(name)):
            try:
                return data.decode("cp1252" if codec["western"] else name).replace("\x00", "")
            except (LookupError, ValueError):
                continue
    # Neither: keep as much as possible, preferring UTF-8 with a few broken bytes to Windows-1252 full of “â€œ”.
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") > MAX_BROKEN_SHARE * len(text):
        text = data.decode("cp1252", "replace")
    return text.replace("\x00", "")


def _parse(page: str) -> lxml.html.HtmlElement:
    # The parser gives up below 256 levels, which keeps the recursion of every later step bounded.
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    source = _ENTITIES.sub(r"\1>", page.replace(_BREAK, ""), count=1)
    try:
        tree = lxml.html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        raise NoArticle("there is nothing on this page: give the page of one article, or its text") from None
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise UnreadableInput(f"the page has more than {MAX_ELEMENTS:,} elements: give the text of the article")
    return tree


def _facts(tree: lxml.html.HtmlElement, url: str | None) -> PageFacts:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = meta.get("content")
        if content:
            for key in ("property", "name", "itemprop", "http-equiv"):
                if name := meta.get(key):
                    metas.setdefault(name.strip().lower(), content)
    scripts = [script.text or "" for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower()]
    link = next((link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"), None)
    title = next((flat(node) for node in tree.iter("title")), None)
    return page_facts(scripts, metas, title=title, canonical=link, lang=tree.get("lang") or tree.get("xml:lang"), base=url)


def _main_text(tree: lxml.html.HtmlElement) -> str:
    """The paragraphs of the article, a blank line between them; empty if there is none."""
    for node in list(tree.iter("script", "style", "noscript", "template")):
        if node.getparent() is not None:
            node.drop_tree()
    keep_inline_quotes(tree)
    _keep_captions(tree)
    keep_block_quotes(tree)
    _keep_line_breaks(tree)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False)
        except Exception:  # whatever a hostile page makes the extractor raise, the page has no readable article
            return ""
    body = getattr(found, "body", None)
    return "" if body is None else "\n\n".join(_paragraphs(body))


def _paragraphs(body: lxml.etree._Element) -> list[str]:
    """The text of every block, in order; a line break inside one stays a line break."""
    blocks: list[list[str]] = [[]]
    for event, node in lxml.etree.iterwalk(body, events=("start", "end")):
        if node.tag in _BLOCKS:
            blocks.append([])
        if event == "start":
            blocks[-1].append("\n" if node.tag == "lb" else _SPACES.sub(" ", node.text or ""))
        elif node is not body:
            blocks[-1].append(_SPACES.sub(" ", node.tail or ""))
    parts = (part for block in blocks for part in "".join(block).split(_BREAK))
    lines = ("\n".join(line for raw in part.split("\n") if (line := " ".join(raw.split(" ")).strip())) for part in parts)
    return [re.sub(" {2,}", " ", line) for line in lines if line]


def _keep_captions(tree: lxml.html.HtmlElement) -> None:
    """Every caption of the article → a paragraph after its figure."""
    place = next(tree.iter("main", "article"), tree)
    done: set[lxml.html.HtmlElement] = set()
    for caption in [node for node in place.iter("figcaption", "p", "div", "span") if _is_caption(node)]:
        text = " ".join(line for line, _ in block_lines(caption))
        if not MIN_CAPTION_WORDS <= words(text) <= MAX_QUOTE_WORDS or any(ancestor in done for ancestor in caption.iterancestors()):
            continue
        done.add(caption)
        frame = next(reversed([caption, *caption.iterancestors("figure", "p", "a", "picture")]))
        quoting = frame.find(".//blockquote") is not None
        paragraph = lxml.html.Element("p")
        paragraph.text = f"— {text}" if quoting and not DASH.match(text) else text
        frame.addnext(paragraph)
        caption.drop_tree()
        if quoting:
            frame.tag = "div"


def _is_caption(node: lxml.html.HtmlElement) -> bool:
    return node.tag == "figcaption" or bool(_CAPTION.search(node.get("class") or ""))


def _keep_line_breaks(tree: lxml.html.HtmlElement) -> None:
    """`<br><br>` separates paragraphs on old pages; extractors make one line break of it."""
    for node in tree.iter("br"):
        before = node.getprevious()
        if before is not None and before.tag == "br" and not (before.tail or "").strip(f" \t\r\n\xa0{_BREAK}"):
            node.tail = _BREAK + (node.tail or "")
