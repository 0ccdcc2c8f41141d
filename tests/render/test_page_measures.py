"""The measures on the page: every link leads to its words, every mark says what it is, the layers can be told apart without color."""

import html
import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from sayso.reading import OUTLET, Finding, Reading
from sayso.render.comparison import compare
from sayso.render.layers import LAYERS, marked
from sayso.render.page_measures import SWITCHES, anchor
from sayso.render.pages import page
from sayso.render.safe import visible
from sayso.spans import Span
from sayso.structure import paragraphs

STYLE = "".join(
    (files("sayso.render") / "templates" / name).read_text(encoding="utf-8") for name in ("style.css", "article.css", "told.css")
)
HOSTILE = '</style><script>alert(1)</script>{{ 7*7 }}" onclick="x\' \x1b[2J\u202e'


class Tree(HTMLParser):
    """Elements with their attributes, and the text of the article's paragraphs without numbers."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.paragraphs: list[str] = []
        self._inside = False
        self._number = False
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.elements.append((tag, values))
        self._inside |= values.get("class") == "text"
        self._number = "b" in (values.get("class") or "").split()
        if tag == "p" and self._inside:
            self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside &= tag != "div"
        self._number = False

    def handle_data(self, data: str) -> None:
        if self._inside and self.paragraphs and not self._number and data != "\n":
            self.paragraphs[-1] += data

    def ids(self) -> list[str]:
        return [value for _, values in self.elements if (value := values.get("id"))]

    def hrefs(self) -> list[str]:
        return [value for _, values in self.elements if (value := values.get("href")) is not None]


def plain(source: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(source)))


def test_a_page_without_findings_has_only_voices_to_mark_and_no_tables(talks: Reading) -> None:
    source = page([talks])
    assert re.findall(r'<input [^>]*value="(\w+)"', source) == ["voices", "plain"]
    assert 'class="told"' not in source


def test_the_text_comes_back_with_findings(harbor: Reading) -> None:
    text = harbor.document.text
    assert Tree(page([harbor])).paragraphs == [visible(text[a:b]) for a, b in paragraphs(text)]


def test_each_marked_finding_has_one_anchor_and_every_link_leads_somewhere(harbor: Reading) -> None:
    tree = Tree(page([harbor, harbor]))
    ids = tree.ids()
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.hrefs() if link.startswith("#")} <= set(ids)
    for key in ("a1", "a2"):
        expected = {anchor(f"{key}-", place) for place, finding in enumerate(harbor.findings) if marked(finding)}
        assert {name for name in ids if name.startswith(f"{key}-f")} == expected
        shown = {link[1:] for link in tree.hrefs() if link.startswith(f"#{key}-f")}
        assert shown == expected


def test_words_that_are_not_shown_get_no_link(make_reading: Callable[..., Reading]) -> None:
    reading = make_reading("One line here.\n\nAnother line here.", [])
    between = Finding("irony", "irony", OUTLET, (Span(14, 16),), 0.5, 0.5)
    source = page([replace(reading, findings=(between,))])
    assert 'id="a1-f1"' not in source
    assert "#a1-f1" not in source


def test_every_mark_says_in_words_what_it_is(harbor: Reading) -> None:
    titles = {values["id"]: values["title"] for tag, values in Tree(page([harbor])).elements if tag == "span" and values.get("title")}
    assert titles["a1-f1"] == "loaded words, voice of the outlet, sure 0.80"
    assert titles["a1-f2"] == "loaded words, voice of the outlet, sure 0.30, candidate to read"
    assert titles["a1-f4"] == "editorial: exhortation, voice of the outlet, sure 0.90"
    assert titles["a1-f5"] == "hedge, voice of Ines Calder (person), sure 0.80"
    assert titles["a1-f11"] == "stance: unfavorable to harbor board, voice of Ines Calder (person), sure 0.80"
    assert titles["a1-f15"] == "human interest, voice of Ines Calder (person), candidate to read"


def test_the_tables_say_what_the_terminal_says(harbor: Reading) -> None:
    told = plain(page([harbor]).partition('<section class="told"')[2].partition('<section class="sources"')[0])
    assert re.search(r"own voice, 24 words; 1 sentence, certainty 0\.90 of 1 loaded words 1 \(\+1\) 41\.7 \(1\.1–232\)", told)
    assert "shameless · scheme (candidate)" in told
    assert "The council must stop this (exhortation)" in told
    assert "handed over neutrally, 6 words loaded words 1" in told
    assert "The headline says flatly what the text only attributes or hedges: the scheme may double the fares 3" in told
    assert "Ines Calder (person) → harbor board ▼ 1 – –" in told
    assert "Ines Calder (person) → Alder – – – ▲" in told
    assert "villain: harbor board? “The shameless harbor board again raised fares.” outlet" in told
    assert "human interest? “These vultures will probably ruin Alder,” 1" in told
    assert not re.search(r"\b(bias|biased|propaganda|score)\b", told, re.IGNORECASE)


def test_arrows_are_links_that_say_where_they_lead(harbor: Reading) -> None:
    arrows = [values for tag, values in Tree(page([harbor])).elements if tag == "a" and "arrow" in (values.get("class") or "")]
    assert [(values["href"], values["class"]) for values in arrows] == [
        *(("#a1-f10", "arrow"), ("#a1-f11", "arrow"), ("#a1-f13", "arrow")),
        ("#a1-f14", "arrow ca"),
    ]
    assert arrows[1]["aria-label"] == (
        "stance: unfavorable to harbor board, voice of Ines Calder (person), sure 0.80: “These vultures will probably ruin Alder,”"
    )


def test_hostile_findings_stay_text(harbor: Reading) -> None:
    findings = tuple(replace(each, target=HOSTILE) if each.target else each for each in harbor.findings)
    plugin = replace(harbor.findings[0], measure=HOSTILE, label=HOSTILE)
    tally = replace(harbor.tallies[0], measure=HOSTILE, label=HOSTILE)
    hostile = replace(harbor, findings=(*findings, plugin), tallies=(*harbor.tallies, tally))
    source = page([hostile], comparison=compare([hostile]))
    tree = Tree(source)
    assert [tag for tag, _ in tree.elements].count("script") == 1
    assert not any(name.startswith("on") for _, values in tree.elements for name in values)
    assert not re.search("[\x1b\u202e]", source)


def test_one_layer_at_a_time_each_that_is_there_and_the_style_knows_it(harbor: Reading) -> None:
    buttons = [values for tag, values in Tree(page([harbor])).elements if tag == "input"]
    assert {values["name"] for values in buttons} == {"layer"}
    assert {values["type"] for values in buttons} == {"radio"}
    assert [values["value"] for values in buttons if "checked" in values] == ["voices"]
    assert [values["value"] for values in buttons] == list(SWITCHES)
    assert [each for _, layers in SWITCHES.values() for each in layers] == list(LAYERS)
    for name, (_, layers) in SWITCHES.items():
        for each in layers:
            assert f"body:has(#show-{name}:checked) .t.{each}" in STYLE
        assert f".legend.of-{name}" in STYLE
    assert "body:has(#show-plain:checked) .text .b{display:none}" in STYLE


def test_what_is_not_there_cannot_be_chosen(harbor: Reading) -> None:
    loaded = replace(harbor, findings=tuple(each for each in harbor.findings if each.measure == "loaded"))
    assert re.findall(r'<input [^>]*value="(\w+)"', page([loaded])) == ["voices", "tone", "plain"]


def test_at_most_three_tints_and_every_layer_a_line_of_its_own() -> None:
    tints = set(re.findall(r"background:var\(--([a-z]+)\)", "".join(re.findall(r"^mark\.[^{]*\{[^}]*\}", STYLE, re.MULTILINE))))
    assert tints == {"d", "i", "p"}
    lines = [re.search(rf"\.t\.{name}[^{{]*\{{text-decoration:((?:under|over)line \w+)", STYLE) for name in LAYERS]
    assert len({line[1] for line in lines if line}) == len(LAYERS)


@pytest.mark.parametrize("place", [0, 1], ids=["light", "dark"])
def test_contrast_of_lines_and_words_on_every_ground(place: int) -> None:
    """WCAG 2.2: 3 for lines and signs, 4.5 for words; the grounds are the page and the three tints."""
    values = {name: re.findall(rf"--{name}:(#[0-9a-f]+)", STYLE)[place] for name in ("bg", "d", "i", "p", "ink", "lo", "ed", "st")}
    for line, ground in itertools.product(("lo", "ed", "st"), ("bg", "d", "i", "p")):
        assert contrast(values[line], values[ground]) >= 3, (line, ground)
    assert contrast(values["st"], values["bg"]) >= 4.5
    assert all(contrast(values["ink"], values[ground]) >= 4.5 for ground in ("bg", "d", "i", "p"))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(digit * 2 for digit in color[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
