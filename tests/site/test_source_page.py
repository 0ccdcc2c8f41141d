"""The page of one source: where, how, through whom, and every statement with its place."""

import re

import pytest

from sayso.errors import UsageError
from sayso.site import source
from sayso.site.frame import in_files, show
from sayso.site.kept import SOURCES, keep
from sayso.site.links import slug
from sayso.site.source import SourcePage, source_page
from sayso.store.store import Store

CALDER = slug("person", "ines calder")
REED = slug("person", "tomas reed")


def html_of(page: SourcePage) -> str:
    return show(in_files("Town", "m", 1).titled(page.shown, "sources"), "source.html.jinja", page)


def test_a_source_over_all_outlets(counted: Store) -> None:
    page = source_page(counted, CALDER)
    assert (page.shown, page.name, page.kind, page.full_name) == ("Ines Calder", "ines calder", "person", True)
    assert [row.name for row in page.rows] == ["(not given)", "Alder Post", "Coastal Echo", "The Brine & <b>Tide</b>"]
    assert sum(row.attributions for row in page.rows) == page.attributions == len(page.statements)
    assert all(sum(row.counts[: page.columns.index("neutral")]) == row.attributions for row in page.rows)


def test_roles_standings_and_verbs_stand_with_how_often(counted: Store) -> None:
    page = source_page(counted, REED)
    assert page.standings == (("spokesperson", page.attributions),)
    assert sum(times for _, times in page.names) == page.attributions
    verbs = {row.name: row.verbs for row in page.rows}
    assert verbs["Alder Post"] == "claim 16"
    assert verbs["Coastal Echo"] == "point out 16"
    assert page.columns[-3:] == ("neutral", "endorsing", "distancing")


def test_statements_stand_in_order_of_time_and_lead_to_their_place(counted: Store) -> None:
    page = source_page(counted, CALDER)
    days = [each.day for each in page.statements]
    assert days == [*sorted(day for day in days if day), ""]  # without a date last
    html = html_of(page)
    for each in page.statements:
        assert f'href="../articles/{each.article}.html#t{each.number}"' in html


def test_many_statements_go_over_several_pages(counted: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = source_page(counted, CALDER).statements
    monkeypatch.setattr(source, "PER_PAGE", 10)
    pages = [source_page(counted, CALDER, number) for number in range(1, -(-len(everything) // 10) + 1)]
    assert tuple(each for page in pages for each in page.statements) == everything
    html = html_of(pages[1])
    assert f'href="../sources/{CALDER}.html"' in html
    assert f'href="../sources/{CALDER}-3.html"' in html
    with pytest.raises(UsageError, match=r"Ines Calder has 3 pages of statements, not 4"):
        source_page(counted, CALDER, 4)


@pytest.mark.parametrize("at", ["", "0" * 16, "x' OR 1=1 --", "../../etc/passwd", CALDER.upper(), CALDER + "\n"])
def test_unknown_addresses(counted: Store, at: str) -> None:
    with pytest.raises(UsageError, match="no source has this address here"):
        source_page(counted, at)


def test_nothing_hostile_and_no_verdict(counted: Store) -> None:
    for (at,) in counted.sql("SELECT slug FROM site_sources").rows:
        html = html_of(source_page(counted, at))
        assert "<b>Tide" not in html
        assert not re.search(r"\bstyle=|\son\w+=", html)


def test_a_person_known_by_one_word_may_be_several(town: Store) -> None:
    keep(town)
    rest = ("none", True, 1, 1, 1, 0, 0, 0.0, None, 0, "", None, None)
    rows = [("0" * 16, "person", "calder", "Calder", "none", False, *rest[2:]), ("1" * 16, "person", "ines calder", "Ines Calder", *rest)]
    town.put("site_sources", SOURCES, rows)
    page = source_page(town, "0" * 16)
    assert page.alike == (("person", "ines calder", "Ines Calder"),)
    assert "Known by one word: may be several people." in html_of(page)
    assert "it stands apart, since it may be somebody else" in html_of(source_page(town, "1" * 16))
