"""The page stands by itself: nothing is fetched, nothing of an article is executed, every mark leads to its row and back."""

import base64
import hashlib
import html
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.document import Document
from sayso.reading import Attribution, Reading, Source
from sayso.render.comparison import compare
from sayso.render.pages import page
from sayso.render.safe import visible
from sayso.spans import Span
from sayso.structure import paragraphs

VOID = {"meta", "br", "link", "img", "input", "hr"}
HOSTILE = '</style></script><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}" onclick="x\' \x1b[2J\u202e&amp;'


class Tree(HTMLParser):
    """Elements with their attributes, and the text of the article's paragraphs; fails on tags that do not nest."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, str]] = []
        self.paragraphs: list[str] = []
        self.feed(source)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.elements.append((tag, values))
        if tag not in VOID:
            self.open.append((tag, values.get("class") or ""))
        if tag == "p" and ("div", "text") in self.open:
            self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        inside_badge = any(name in ("a", "span") and "b" in classes.split() for name, classes in self.open)
        if ("div", "text") in self.open and ("p", "") in self.open and not inside_badge:
            self.paragraphs[-1] += data

    def ids(self) -> list[str]:
        return [value for _, values in self.elements if (value := values.get("id"))]

    def hrefs(self) -> list[str]:
        return [value for _, values in self.elements if (value := values.get("href")) is not None]


def hostile() -> Reading:
    text = f"{HOSTILE} He said {HOSTILE}."
    length = len(HOSTILE)
    return Reading(
        document=Document(text, title=HOSTILE, outlet=HOSTILE, url="javascript:alert(1)", published=HOSTILE, authors=(HOSTILE,)),
        attributions=(Attribution("A1", (Span(length + 9, len(text)),), (Span(0, length),), (Span(length, length + 9),), speaker="S1"),),
        sources=(Source("S1", HOSTILE, role=HOSTILE, affiliation=HOSTILE),),
    )


def test_nothing_is_loaded_from_anywhere(talks: Reading) -> None:
    tree = Tree(page([talks, talks]))
    assert not any(tag in ("link", "img", "iframe", "object", "embed", "base", "form") for tag, _ in tree.elements)
    assert not any(name in values for _, values in tree.elements for name in ("src", "srcset", "action", "data"))
    assert "url(" not in page([talks])
    assert "@import" not in page([talks])


def test_policy_names_the_digest_of_the_only_script(talks: Reading) -> None:
    source = page([talks])
    scripts = re.findall(r"<script>(.*?)</script>", source, re.DOTALL)
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    policy = next(values["content"] for tag, values in Tree(source).elements if values.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; ")
    assert f"script-src 'sha256-{digest}'" in policy


def test_hostile_text_stays_text() -> None:
    source = page([hostile()], title=HOSTILE, comparison=compare([hostile()], HOSTILE))
    tree = Tree(source)
    assert [tag for tag, _ in tree.elements].count("script") == 1
    assert not any(name.startswith("on") for _, values in tree.elements for name in values)
    assert not any("javascript" in link for link in tree.hrefs())
    assert "\x1b" not in source
    assert "\u202e" not in source
    assert "7*7" in source
    assert "".join(tree.paragraphs) == visible(hostile().document.text)


@given(st.text(st.sampled_from("ab<>&\"'{}%\n\x00\u202e😀“”"), min_size=1, max_size=40), st.data())
def test_the_text_comes_back_from_the_page(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    content = (Span(start, data.draw(st.integers(start + 1, len(text)))),)
    reading = Reading(Document(text), (Attribution("A1", content, speaker="S1", form="mixed"),), (Source("S1", "x"),))
    assert Tree(page([reading])).paragraphs == [visible(text[a:b]) for a, b in paragraphs(text)]


def test_every_link_leads_somewhere_and_no_id_stands_twice(talks: Reading) -> None:
    tree = Tree(page([talks, talks, hostile()]))
    ids = tree.ids()
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.hrefs() if link.startswith("#")} <= set(ids)
    assert {link for link in tree.hrefs() if not link.startswith("#")} == {"https://news.example/talks"}


def test_badges_are_links_with_full_labels(talks: Reading) -> None:
    badges = [values for tag, values in Tree(page([talks])).elements if tag == "a" and "b" in (values.get("class") or "").split()]
    assert [values["href"] for values in badges] == [f"#a1-r{number}" for number in range(1, 6)]
    assert badges[2]["class"] == "b check"
    assert badges[1]["aria-label"] == (
        "attribution 2, reported, a senior official (not named), chain outlet, via Reuters → a senior official, says, "
        "hand-over neutral, commitment certain"
    )


def test_nesting_is_visible_in_marks_and_in_the_card(talks: Reading) -> None:
    source = page([talks])
    assert '<mark class="indirect inner open close unsure" data-s="a1-2 a1-3">that the delegation had left</mark>' in source
    assert '<mark class="indirect source" data-s="a1-2 a1-3">the mediators</mark>' in source
    assert '<a class="small" href="#a1-r2">inside 2</a>' in source
    assert '<mark class="partial close" ' not in source  # only nested marks have borders of their own
    assert '<mark class="partial" data-s="a1-5">“reckless fantasies [laughs]”</mark>' in source


def test_only_the_first_stretch_of_a_content_is_a_link(make_reading: Callable[..., Reading]) -> None:
    source = page([make_reading("“A b,” she said, “c d.”", [{"content": ["“A b,”", "“c d.”"], "source": "she", "form": "direct"}])])
    assert source.count('<a class="b" id="a1-t1"') == 1
    assert source.count('<span class="b more" aria-hidden="true">1</span>') == 1


def test_table_has_caption_and_headers(talks: Reading) -> None:
    tags = [tag for tag, _ in Tree(page([talks])).elements]
    assert "caption" in tags
    assert tags.count("h1") == 1
    rows = [values for tag, values in Tree(page([talks])).elements if tag == "th" and values.get("scope") == "row"]
    assert len(rows) == len(talks.attributions) + len({attribution.speaker for attribution in talks.attributions})


def test_several_articles_stand_on_one_page(talks: Reading) -> None:
    other = replace(talks, document=replace(talks.document, title="Second & last", id=""))
    source = page([talks, other], title="Two", comparison=compare([talks, other]))
    assert "<title>Two</title>" in source
    assert source.count("<article ") == 2
    assert "Second &amp; last" in source
    assert "2 articles are too few for a claim about the outlets" in source
    assert [tag for tag, _ in Tree(source).elements].count("h1") == 1


def test_no_attribution_is_said_in_words(make_reading: Callable[..., Reading]) -> None:
    assert "No attribution found" in page([make_reading("It rained all day.", [])])


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("fa-IR", "rtl")])
def test_language_and_direction_stand_on_the_article(language: str, direction: str, make_reading: Callable[..., Reading]) -> None:
    source = page([make_reading("Some words.", [], language=language)])
    assert f'lang="{language}" dir="{direction}"' in source


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://[broken", "https://a.example/\x1b", None]
)
def test_only_web_addresses_become_links(url: str | None, make_reading: Callable[..., Reading]) -> None:
    assert "original</a>" not in page([make_reading("Some words.", [], url=url)])


def test_shares_stand_in_words_beside_the_bar(talks: Reading) -> None:
    source = page([talks])
    assert 'aria-label="Share of the words: own voice 50 per cent, reported 30 per cent, quoted 20 per cent"' in source
    figure = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", source.partition("<figure")[2].partition("</figure>")[0]))
    assert "own voice reported quoted 50 % 21 words 30 % 13 words 20 % 8 words" in figure


def test_chains_references_and_what_is_not_resolved_stand_in_words(ferry: Reading) -> None:
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(page([ferry]))))
    assert "Ines Calder → media reports → the Harbor Institute → this outlet" in plain
    assert "Ines Calder, director, Port Alder ferries “ She ” Ines Calder → the Alder Post → this outlet" in plain
    assert "They (not resolved)" in plain
    assert "source not stated" in plain


def test_the_sources_stand_in_a_table_of_their_own(ferry: Reading) -> None:
    source = page([ferry, ferry])
    table = re.sub(
        r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(source.partition('<table class="audit">')[2].partition("</table>")[0]))
    )
    assert "Ines Calder, director, Port Alder ferries person · official 3× 21 % 7 quoted + 9 reported 27–55 %" in table
    assert source.count('<table class="audit">') == 2
    assert "Counts of this text: who is given words, not who is right." in source
