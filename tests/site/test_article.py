"""The page of an article: the text is the document's, the table says all in words, links lead both ways, nothing hostile acts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from sayso.corrections.apply import corrected
from sayso.corrections.forms import parse
from sayso.demo import story
from sayso.document import Document
from sayso.errors import UsageError
from sayso.reader import Reader
from sayso.reading import OUTLET, Attribution, Reading, Source
from sayso.render.safe import visible
from sayso.render.statements import EXPLAINED, QUOTED
from sayso.site.article import article_page, stored_page
from sayso.site.frame import Frame, assets, in_files, on_server, show
from sayso.site.links import Files, Served
from sayso.spans import Span, span_list
from sayso.store.store import Store
from sayso.structure import paragraphs

HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}" onclick="x\' \x1b[2J\u202e'
TEXT = (
    "The bridge is shut,\n  a senior official told Reuters.\n\n“We wait,” said Ines Okafor. Shop owners fear that the summer is lost.\n\n"
    "It rained.\n"
)


class Seen(HTMLParser):
    """Elements with their attributes, and the paragraphs of the text without the numbers."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.paragraphs: list[str] = []
        self._text = self._badge = False
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.elements.append((tag, values))
        self._text |= values.get("class") == "text"
        self._badge = "b" in (values.get("class") or "").split()
        if tag == "p" and self._text:
            self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        self._text &= tag != "div"
        self._badge = False

    def handle_data(self, data: str) -> None:
        if self._text and self.paragraphs and not self._badge and data != "\n":
            self.paragraphs[-1] += data

    def all(self, name: str) -> list[str]:
        return [value for _, values in self.elements if (value := values.get(name)) is not None]


def shown(reading: Reading, frame: Frame | None = None, **more: Any) -> str:
    frame = frame or in_files("store", "made", 1)
    page = article_page(reading, links=frame.links, **more)
    return show(frame.titled(page.article.heading, "articles"), "article.html.jinja", page)


def plain(source: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", source).replace("&#39;", "'").split())


@pytest.fixture(scope="module")
def reading() -> Reading:
    document = Document(
        TEXT, title="Bridge shut", outlet="The Alder Post", url="https://news.example/bridge", published="2026-03-04T08:00Z"
    )

    def at(*words: str) -> tuple[Span, ...]:
        return span_list([(TEXT.index(part), TEXT.index(part) + len(part)) for part in words])

    sources = (
        Source("S1", "a senior official", "person", "official"),
        Source("S2", "Reuters", "media", named=True),
        Source("S3", "Ines Okafor", "person", named=True),
        Source("S4", "Shop owners", "group"),
    )
    made = (
        Attribution(
            "A1", at("The bridge is shut,"), at("a senior official"), at("told Reuters"), "S1", via=("S2",), chain=(OUTLET, "S2", "S1")
        ),
        Attribution("A2", at("“We wait,”"), at("Ines Okafor"), at("said"), "S3", "direct", chain=(OUTLET, "S3")),
        Attribution("A3", at("that the summer is lost"), at("Shop owners"), at("fear"), "S4", chain=(OUTLET, "S4"), confidence=0.4),
    )
    return Reading(document, made, sources).check()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    reader = Reader(rules=True)
    with Store.make(tmp_path_factory.mktemp("article") / "store", reader.generator) as made:
        made.add(reader.read(each) for each in story.documents())
        yield made


def test_the_text_comes_back_with_its_line_breaks(reading: Reading) -> None:
    assert Seen(shown(reading)).paragraphs == [visible(TEXT[a:b]) for a, b in paragraphs(TEXT)]
    wrapped = "The ferry will not sail\nbefore June, the office said on\nMonday. The crew, it added, would be\npaid in full.\n"
    assert Seen(shown(Reading(Document(wrapped)))).paragraphs == [wrapped.strip()]
    assert ".text p{margin:0 0 1.05em;white-space:pre-wrap}" in assets()["site.css"]


def test_the_table_says_in_words_what_the_text_shows(reading: Reading) -> None:
    rows = re.findall(r'<tbody id="r\d+".*?</tbody>', shown(reading), re.DOTALL)
    assert len(rows) == 3
    assert plain(rows[0]).startswith(
        "1 a senior official (not named) a senior official → Reuters → this outlet told Reuters reported neutral certain 1.00 "
    )
    assert plain(rows[1]).startswith("2 Ines Okafor said quoted neutral certain 1.00")
    assert "0.40 check" in plain(rows[2])
    for row in rows:
        assert row.count('scope="row"') == 1
        for name in ("Who", "Cue", "Form", "Outlet’s stance", "Commitment", "Sure"):
            assert f'data-th="{name}"' in row


def test_uncertain_statements_are_dashed_and_listed_first(reading: Reading) -> None:
    source = shown(reading)
    review = source.partition('<details class="review"')[2].partition("</details>")[0]
    assert plain(review).endswith("3 Shop owners (not named) fear 0.40")
    assert source.index('class="review"') < source.index('<table class="statements"')
    assert re.findall(r'<a class="b check" id="(\w+)"', source) == ["t3"]
    assert re.findall(r'<mark class="([^"]*)" data-s="3"', source) == ["indirect unsure"]


def test_the_least_certain_is_reviewed_first(reading: Reading) -> None:
    made = tuple(replace(each, confidence=sure) for each, sure in zip(reading.attributions, (0.6, 0.2, 0.4), strict=True))
    page = article_page(replace(reading, attributions=made), links=Files(1))
    assert [each.row.number for each in page.article.review] == [2, 3, 1]
    assert {name: number for name, _, number in page.article.groups} == {"quoted": 1, "reported": 2, "unnamed": 2, "uncertain": 3}


def test_links_lead_both_ways_and_no_id_stands_twice(reading: Reading) -> None:
    seen = Seen(shown(reading))
    ids = seen.all("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in seen.all("href") if link.startswith("#")} <= set(ids)
    for number in (1, 2, 3):
        assert {f"t{number}", f"r{number}"} <= set(ids)
        assert {f"#t{number}", f"#r{number}"} <= set(seen.all("href"))
    assert {"p1", "p2", "p3"} <= set(ids)


PUBLISHED = "in The Alder Post, Bridge shut, 2026-03-04, https://news.example/bridge"
QUOTATIONS = [
    (0, f"“The bridge is shut,” — as reported of a senior official (not named), {PUBLISHED}"),
    (1, f"“We wait,” — Ines Okafor, {PUBLISHED}"),
]


@pytest.mark.parametrize(("number", "expected"), QUOTATIONS)
def test_a_quotation_stands_with_its_attribution_without_a_script(number: int, expected: str, reading: Reading) -> None:
    cites = re.findall(r'<p class="cite"[^>]*>(.*?)</p>', shown(reading))
    assert cites[number] == expected


def test_every_label_has_its_why(reading: Reading) -> None:
    article = article_page(reading, links=Files(1)).article
    for each in article.statements:
        tasks = [why.task for why in each.why]
        assert tasks == ["speaker", "form", "attitude", "polarity", "outlet's stance", "commitment", "kind of source", "standing"]
    first, second, third = ({why.task: why for why in each.why} for each in article.statements)
    assert first["form"].clues == QUOTED["none"]
    assert second["form"].clues == QUOTED["all"]
    assert "“told Reuters”" in first["attitude"].clues or "“told”" in first["attitude"].clues
    assert third["speaker"].label == "Shop owners (not named)"


def test_layers_are_radio_buttons_of_one_group(reading: Reading) -> None:
    buttons = [values for tag, values in Seen(shown(reading)).elements if tag == "input"]
    assert {(values["type"], values["name"]) for values in buttons} == {("radio", "layer")}
    assert [values["value"] for values in buttons] == ["voices", "plain"]


def test_nothing_of_the_page_needs_what_the_policy_forbids(reading: Reading) -> None:
    seen = Seen(shown(reading))
    assert seen.all("style") == []
    assert [values.get("src") for tag, values in seen.elements if tag == "script"] == ["../assets/site.js"]
    assert not any(name.startswith("on") for _, values in seen.elements for name in values)


def test_hostile_articles_stay_text() -> None:
    text = f"{HOSTILE} He said {HOSTILE}."
    length = len(HOSTILE)
    made = (Attribution("A1", (Span(length + 9, len(text)),), (Span(0, length),), (Span(length, length + 9),), speaker="S1"),)
    document = Document(text, title=HOSTILE, outlet=HOSTILE, url="javascript:alert(1)", published=HOSTILE, authors=(HOSTILE,))
    reading = Reading(document, made, (Source("S1", HOSTILE, role=HOSTILE),))
    source = shown(reading, story=("s1", HOSTILE), versions=((HOSTILE, HOSTILE),))
    seen = Seen(source)
    assert [tag for tag, _ in seen.elements].count("script") == 1
    assert not {"img", "iframe"} & {tag for tag, _ in seen.elements}
    assert not any(name.startswith("on") for _, values in seen.elements for name in values)
    assert not any("javascript:" in link for link in seen.all("href"))
    assert not re.search("[\x1b\u202e]", source)
    assert "7*7" in source
    assert "".join(seen.paragraphs) == visible(text)


def test_thousands_of_statements_take_time_in_proportion() -> None:
    def long(number: int) -> Reading:
        part = "Witness one said that it was so. "
        text = part * number
        sources = (Source("S1", "Witness one", "person", named=True),)
        made = tuple(
            Attribution(f"A{at}", (Span(at * len(part) + 17, at * len(part) + 31),), (), (), "S1", chain=(OUTLET, "S1"))
            for at in range(number)
        )
        return Reading(Document(text), made, sources)

    def seconds(number: int) -> float:
        reading, begin = long(number), perf_counter()
        source = shown(reading)
        assert source.count("<tbody id=") == number
        return perf_counter() - begin

    seconds(10)
    few, many = seconds(EXPLAINED), seconds(8 * EXPLAINED)
    assert many < 20 * few


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_only_what_is_the_articles_runs_from_the_right(language: str, direction: str, reading: Reading) -> None:
    source = shown(replace(reading, document=replace(reading.document, language=language)))
    assert f'<article id="article" lang="{language}" dir="{direction}"' in source
    assert '<aside aria-label="Statements" tabindex="0" lang="en" dir="ltr">' in source


def test_corrections_stand_beside_what_the_machine_read(reading: Reading) -> None:
    values = {"content": "81-91", "cue": "92-96", "kind": "label", "outlet_stance": "distances"}
    attribution = reading.attributions[1]
    values |= {name: f"{getattr(attribution, name)[0].start}-{getattr(attribution, name)[0].end}" for name in ("content", "cue")}
    found = corrected(reading, parse(reading, values, "Mira Oland", "2026-03-05T10:00:00Z"))
    source = shown(reading, corrections=found)
    row = plain(re.findall(r'<tbody id="r2".*?</tbody>', source, re.DOTALL)[0])
    assert "distancing" in row
    assert "corrected by Mira Oland on " in row
    assert "the machine read: neutral" in row
    assert "<form" not in source


def test_forms_stand_on_served_pages_only(reading: Reading) -> None:
    found = corrected(reading, ())
    served = shown(reading, on_server("store", "made", "secret"), corrections=found)
    assert served.count('<details class="fix"') == len(reading.attributions) + 1
    assert 'value="secret"' in served
    assert "<form" not in shown(reading, on_server("store", "made", "secret"))
    assert "<form" not in shown(reading, corrections=found)


def test_what_people_said_and_no_row_shows_is_told(reading: Reading) -> None:
    attribution = reading.attributions[2]
    values = {name: f"{getattr(attribution, name)[0].start}-{getattr(attribution, name)[0].end}" for name in ("content", "cue")}
    removed = parse(reading, values | {"kind": "remove"}, "Mira Oland", "2026-03-05T10:00:00Z")
    page = article_page(reading, links=Served(), corrections=corrected(reading, removed))
    assert len(page.article.statements) == 2
    assert len(page.people) == 1
    assert page.people[0].startswith("Mira Oland, ")


def test_story_versions_and_claims_are_linked(reading: Reading) -> None:
    tellings = [((Span(0, 18),), "claim 3")]
    source = shown(reading, story=("s1", "The bridge"), versions=[("b" * 16, "changed on 5 March")], tellings=tellings)
    assert 'href="../stories/s1.html"' in source
    assert f'href="../versions/{reading.document.id}-{"b" * 16}.html"' in source
    assert '<span class="cl" id="c0" title="claim 3">The bridge is shut</span>' in source


def test_articles_of_a_store(store: Store) -> None:
    for row in store.sql("SELECT id FROM articles ORDER BY id").rows:
        page = stored_page(store, str(row[0]), Files(1))
        assert page.story is None
        assert len(show(in_files("store", "made", 1), "article.html.jinja", page)) > 5_000
    with pytest.raises(UsageError, match="no such article"):
        stored_page(store, "nobody", Files(1))


def test_the_story_of_a_stored_article(store: Store, tmp_path: Path) -> None:
    ids = [str(row[0]) for row in store.sql("SELECT id FROM articles ORDER BY id").rows]
    store.put("stories", {"article": "VARCHAR", "story": "VARCHAR"}, [(each, f"s{ids[0]}") for each in ids[:2]] + [(ids[2], f"s{ids[2]}")])
    try:
        first, alone = (stored_page(store, each, Files(1)).story for each in (ids[1], ids[2]))
        assert first is not None
        assert first[0] == f"../stories/s{ids[0]}.html"
        assert first[1].endswith("(2 articles)")
        assert alone is None
    finally:
        store.drop("stories")
