"""The page of one outlet: its numbers beside the others, its sources and words, passages with their place, and what it cannot tell."""

import re

import pytest

from sayso.errors import UsageError
from sayso.site import kept
from sayso.site.frame import in_files, show
from sayso.site.links import slug
from sayso.site.outlet import OutletPage, outlet_page
from sayso.site.outlets import outlets_page
from sayso.store.store import Store

POST, TIDE = slug("Alder Post"), slug("The Brine & <b>Tide</b>")


def html_of(page: OutletPage) -> str:
    return show(in_files("Town", "m", 1).titled(page.name, "outlets"), "outlet.html.jinja", page)


def test_an_outlet_in_numbers(counted: Store) -> None:
    page = outlet_page(counted, POST)
    assert (page.key, page.articles, page.stories, page.shared) == ("Alder Post", 8, 8, 8)
    assert (page.since, page.until) == ("2031-05-01", "2031-05-08")
    assert sum(number for _, number in page.identities) == page.attributions
    assert sum(number for _, number in page.openers) <= page.articles
    assert len(page.latest) == 8
    assert [row.day for row in page.latest] == sorted((row.day for row in page.latest), reverse=True)


def test_its_dots_stand_on_the_scale_that_all_outlets_share(counted: Store) -> None:
    everybody = {chart.title: chart for panel in outlets_page(counted).panels for chart in panel.charts}
    page = outlet_page(counted, POST)
    assert page.panels
    for _, rows in page.panels:
        for chart, dot in rows:
            assert chart.ticks == everybody[chart.title].ticks
            assert dot in everybody[chart.title].dots
            assert dot.point.outlet == "Alder Post"


def test_its_sources_lead_to_their_pages(counted: Store) -> None:
    page = outlet_page(counted, POST)
    calder = next(row for row in page.heard if row.name == "Ines Calder")
    assert (calder.articles, calder.outlets) == (8, 4)
    assert f'href="../sources/{slug("person", "ines calder")}.html"' in html_of(page)


def test_passages_lead_to_their_findings_and_are_the_latest(counted: Store) -> None:
    page = outlet_page(counted, POST)
    assert page.passages
    assert page.found == counted.sql("SELECT count(*) FROM site_passages WHERE outlet = 'Alder Post'").rows[0][0]
    days = [each.day for each in page.passages]
    assert days == sorted(days, reverse=True)
    html = html_of(page)
    assert all(f'href="../articles/{each.article}.html#f{each.number}"' in html for each in page.passages)


def test_an_outlet_with_nothing_found_says_so(counted: Store) -> None:
    page = outlet_page(counted, slug("Coastal Echo"))
    assert not page.passages
    assert "Nothing was found by us." in html_of(page)


def test_words_stand_voice_by_voice(counted: Store) -> None:
    page = outlet_page(counted, POST)
    assert page.words_of[0].voice == "own voice"
    assert len({row.voice for row in page.words_of}) == len(page.words_of)


@pytest.mark.parametrize("at", ["", slug("Nobody's Paper"), slug("(not given)"), slug(""), "x' OR 1=1", POST.upper()])
def test_unknown_addresses(counted: Store, at: str) -> None:
    with pytest.raises(UsageError, match="no outlet has this address here"):
        outlet_page(counted, at)


def test_nothing_hostile_and_no_verdict(counted: Store) -> None:
    html = html_of(outlet_page(counted, TIDE))
    assert "<b>Tide" not in html
    assert not re.search(r"\bstyle=|\son\w+=", html)
    assert not re.search(r"\b(biased?|propaganda|balanced|omitted|ranking)\b", html, re.IGNORECASE)
    assert "What this page cannot tell" in html


def test_without_stories_the_rest_is_there(town: Store) -> None:
    town.drop("stories")
    kept.keep(town)
    page = outlet_page(town, POST)
    assert (page.stories, page.shared, page.panels, page.words_of) == (None, None, (), ())
    assert page.heard
    html = html_of(page)
    assert "sayso stories" in html
    assert "its story" not in html
