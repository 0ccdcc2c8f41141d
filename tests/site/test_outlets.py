"""The page of all outlets: in the order of the alphabet, voice by voice, gray where it rests on too few."""

import re
from typing import Any

import pytest

from sayso.document import Document
from sayso.errors import UsageError
from sayso.reader import Reader
from sayso.site import kept
from sayso.site.contrasts import said
from sayso.site.frame import in_files, on_server, show
from sayso.site.links import slug
from sayso.site.outlet import outlet_page
from sayso.site.outlets import OutletsPage, outlets_page
from sayso.site.source import source_page
from sayso.site.sources import sources_page
from sayso.store.store import Store

FORBIDDEN = re.compile(r"\b(biased?|propaganda|balanced|omitted|rank(ing)?|left-wing|right-wing|score of)\b", re.IGNORECASE)


def html_of(page: OutletsPage, *, served: bool = False) -> str:
    frame = on_server("Town", "m", "token") if served else in_files("Town", "m")
    return show(frame.titled("Outlets", "outlets"), "outlets.html.jinja", page)


def test_figures_are_needed(town: Store) -> None:
    with pytest.raises(UsageError, match="not counted yet"):
        outlets_page(town)


def test_outlets_stand_in_the_order_of_the_alphabet(counted: Store) -> None:
    page = outlets_page(counted)
    assert [line.name for line in page.lines] == ["(not given)", "Alder Post", "Coastal Echo", "The Brine & <b>Tide</b>"]
    assert [(line.articles, line.stories) for line in page.lines] == [(1, 1), (8, 8), (8, 8), (8, 8)]
    for panel in page.panels:
        for chart in panel.charts:
            assert [dot.point.name for dot in chart.dots] == ["Alder Post", "Coastal Echo", "The Brine & <b>Tide</b>"]


def test_a_column_that_says_one_thing_of_each_outlet_can_put_them_in_order(counted: Store) -> None:
    page = outlets_page(counted, "coast")
    assert page.tags == (("coast", "coast"),)  # `desk` differs from article to article
    assert [(line.group, line.name) for line in page.lines[1:]] == [
        ("north", "Alder Post"), ("north", "The Brine & <b>Tide</b>"), ("south", "Coastal Echo"),
    ]  # fmt: skip
    assert '<option value="coast" selected>coast</option>' in html_of(page, served=True)
    assert "<form" not in html_of(page)
    with pytest.raises(UsageError, match="no column 'desk' says one thing of each outlet: choose one of coast"):
        outlets_page(counted, "desk")


def test_own_voice_and_other_voices_have_panels_of_their_own(counted: Store) -> None:
    panels = {panel.title: [chart.title for chart in panel.charts] for panel in outlets_page(counted).panels}
    own = panels.pop("In the outlet's own voice")
    others = panels.pop("In the words of others, each voice by itself")
    assert "Loaded words" in own
    assert all("handed over" in title for title in others)
    assert not any("handed over" in title for title in own)


def test_every_number_says_what_it_rests_on(counted: Store) -> None:
    page = outlets_page(counted)
    dots = [dot for panel in page.panels for chart in panel.charts for dot in chart.dots]
    assert {dot.point.n for dot in dots if dot.x is not None} == {"8 stories"}
    assert all(dot.point.few for dot in dots if dot.x is None)
    few = [dot for dot in dots if dot.point.few]
    assert few
    assert all(dot.left is None and dot.point.said.startswith(("too few", "no interval")) for dot in few)
    html = html_of(page)
    assert html.count('<svg class="strip"') == len(dots)
    assert html.count('class="gray"') >= 2 * len(few)


def test_what_an_outlet_puts_in_its_own_voice_shows(counted: Store) -> None:
    charts = {chart.title: chart for panel in outlets_page(counted).panels for chart in panel.charts}
    values = {dot.point.name: dot.point.value for dot in charts["Loaded words"].dots}
    told = {dot.point.name: dot.point.said for chart in charts.values() for dot in chart.dots if dot.point.told}
    assert all(said in ("more than the others", "less than the others") for said in told.values())
    assert values["Alder Post"] > 0 > values["Coastal Echo"]  # type: ignore[operator]


def test_verbs_stand_beside_what_is_usual_in_that_outlet(counted: Store) -> None:
    persons = {row.key: row for row in dict(outlets_page(counted).verbs)["persons"]}
    assert persons["Alder Post"].shares[2] > 0  # claimed
    assert persons["Coastal Echo"].shares[1] > 0  # pointed out
    assert persons["The Brine & <b>Tide</b>"].shares[1:3] == (0, 0)
    assert persons["Alder Post"].baseline != persons["Alder Post"].shares
    assert "claim 16" in persons["Alder Post"].verbs


@pytest.mark.parametrize("served", [False, True])
def test_no_verdict_and_nothing_hostile(counted: Store, served: bool) -> None:
    html = html_of(outlets_page(counted), served=served)
    assert "<b>Tide" not in html
    assert "The Brine &amp; &lt;b&gt;Tide&lt;/b&gt;" in html
    assert not FORBIDDEN.search(html)
    assert " style=" not in html
    assert not re.search(r"\son\w+=", html)


HOSTILE = "<b onclick=alert(1)>\x1b[31m\u202e{{ 7*7 }}</b>"


def test_hostile_outlets_sources_titles_and_columns_reach_every_page_as_words(town: Store) -> None:
    text = f"“We left,” said Mayor Mira Oland. The disastrous plan failed, Mira Oland said. {HOSTILE}"
    given = Document(
        text, title=HOSTILE, outlet=HOSTILE, published=HOSTILE, url="javascript:alert(1)", columns=((HOSTILE, "x"), ("coast", HOSTILE))
    )
    town.add(Reader(rules=True).pipe([given]))
    kept.keep(town)
    files = in_files("Town", "m", 1)
    pages = [html_of(outlets_page(town)), html_of(outlets_page(town, "coast"), served=True)]
    pages.append(show(files, "outlet.html.jinja", outlet_page(town, slug(HOSTILE))))
    pages.append(show(files, "sources.html.jinja", sources_page(town)))
    pages += [show(files, "source.html.jinja", source_page(town, at)) for (at,) in town.sql("SELECT slug FROM site_sources").rows]
    for html in pages:
        assert "<b onclick" not in html
        assert "javascript:" not in html
        assert not re.search("[\x1b\u202e]", html)
    assert "&lt;b onclick=alert(1)&gt;\\x1b[31m\\u202e{{ 7*7 }}" in pages[0]


def test_without_stories_the_command_is_named(town: Store) -> None:
    town.drop("stories")
    kept.keep(town)
    page = outlets_page(town)
    assert not page.panels
    assert page.missing.endswith(f"`sayso stories {town.path}` finds them.")
    assert page.missing in html_of(page)
    assert [line.stories for line in page.lines] == [None] * 4


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"said": "higher", "detectable": 1.0}, "more than the others"),
        ({"said": "lower", "detectable": 1.0}, "less than the others"),
        ({"said": "not told apart", "detectable": 1.25}, "not told apart; a difference of 1.25 would be found"),
        ({"said": "not told apart", "detectable": None}, "not told apart"),
        ({"said": "too few stories", "detectable": None}, "too few stories"),
    ],
)
def test_what_may_be_said(row: dict[str, Any], words: str) -> None:
    assert said(row) == words
