"""The lists of articles and stories: what is in a view, in which order, with addresses that reproduce it."""

import re
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from sayso.document import Document
from sayso.errors import UsageError
from sayso.reader import Reader
from sayso.site import lists, story_list
from sayso.site.frame import in_files, on_server, show
from sayso.site.links import Files, Served
from sayso.site.listing import bring_up_to_date, is_current
from sayso.site.lists import ArticlesPage, articles_page
from sayso.site.search import Listing, asked_for
from sayso.site.story_list import StoriesPage, StoryListing, stories_asked_for, stories_page
from sayso.store.store import Store

HOSTILE = "</title><script>document.documentElement.dataset.bad=1</script><b onclick=x>&\u202e\x1b[31m"


def html_of(page: ArticlesPage | StoriesPage, *, served: bool = True) -> str:
    frame = on_server("Town", "m", "token") if served else in_files("Town", "m")
    name = "articles" if isinstance(page, ArticlesPage) else "stories"
    return show(frame.titled(name, name), f"{name}.html.jinja", page)


def listed(store: Store, **values: str) -> ArticlesPage:
    return articles_page(store, asked_for(values), Served())


def test_the_table_holds_what_the_readings_say(town: Store) -> None:
    assert not is_current(town)
    assert bring_up_to_date(town) == 25
    assert (is_current(town), bring_up_to_date(town)) == (True, 0)
    rows = {row[0]: row[1:] for row in town.sql("SELECT * FROM listing").rows}
    for reading in town.readings():
        document, summary = reading.document, reading.summary
        named = {source.id for source in reading.sources if source.named}
        assert rows[document.id] == (
            document.outlet or "",
            date.fromisoformat(document.published) if document.published else None,
            document.published,
            document.title or "“We wait for the fair,” said Mayor Ines Calder. It rained in Alder on …",
            "en",
            *(summary.words, summary.outlet_share, summary.reported_share, summary.quoted_share, len(reading.attributions)),
            sum(each.speaker not in named for each in reading.attributions),
            sum(each.confidence < 0.65 for each in reading.attributions),
        )


def test_only_what_came_in_since_is_counted(town: Store) -> None:
    bring_up_to_date(town)
    before = town.sql("SELECT * FROM listing").rows
    town.add(Reader(rules=True).pipe([Document("“No,” said Mara Voss, who had waited.", outlet="Alder Post")]))
    assert not is_current(town)
    assert bring_up_to_date(town) == 1
    after = town.sql("SELECT * FROM listing").rows
    assert len(after) == 26
    assert set(before) < set(after)


def test_newest_first_and_pages_follow_one_another(town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = [row.address for row in listed(town).rows]
    days = [row.day for row in listed(town).rows]
    assert days == [*sorted((day for day in days if day), reverse=True), ""]
    monkeypatch.setattr(lists, "PER_PAGE", 10)
    pages = [listed(town, page=str(number)) for number in (1, 2, 3)]
    assert [row.address for page in pages for row in page.rows] == everything
    assert pages[1].pages.before == "/articles"
    assert pages[1].pages.after == "/articles?page=3"
    assert 'rel="next"' in html_of(pages[0])
    with pytest.raises(UsageError, match="the list has no page 4"):
        listed(town, page="4")


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ({}, 25),
        ({"outlet": "Alder Post"}, 8),
        ({"outlet": "Nobody"}, 0),
        ({"since": "2031-05-08"}, 3),
        ({"until": "2031-05-01"}, 3),
        ({"since": "2031-05-02", "until": "2031-05-03", "outlet": "Coastal Echo"}, 2),
        ({"q": "PIER"}, 3),
        ({"q": "pier claimed"}, 1),
        ({"q": '"rained in alder"'}, 25),
        ({"q": '"alder in rained"'}, 0),
        ({"q": "%"}, 0),
        ({"q": "'; DROP TABLE articles --"}, 0),
        ({"q": "x\x00y"}, 0),
    ],
)
def test_filters(town: Store, values: dict[str, str], count: int) -> None:
    page = listed(town, **values)
    assert len(page.rows) == count
    assert page.told.startswith(f"{count} article")
    assert ("No article is in this view" in html_of(page)) == (count == 0)


def test_articles_of_a_story_and_those_to_check(town: Store) -> None:
    story, size = town.sql("SELECT story, count(*) FROM stories GROUP BY story HAVING count(*) > 1 ORDER BY story LIMIT 1").rows[0]
    page = listed(town, story=story)
    assert len(page.rows) == size == 3
    assert {row.story for row in page.rows} == {f"/stories/{story}"}
    assert {row.of_story for row in page.rows} == {"3 articles, 3 outlets"}
    assert all(row.uncertain for row in listed(town, check="yes").rows)
    assert len(listed(town, check="yes").rows) == sum(row.uncertain > 0 for row in listed(town).rows)


def test_an_article_alone_has_no_story(town: Store) -> None:
    (alone,) = [row for row in listed(town).rows if not row.outlet]
    assert (alone.story, alone.of_story, alone.outlet_address) == ("", "", "")
    town.drop("stories")
    assert len(listed(town).rows) == 25
    assert len(listed(town, story="s1").rows) == 0


@pytest.mark.parametrize("order", ["own", "quoted", "check", "longest"])
def test_orders(town: Store, order: str) -> None:
    rows = listed(town, order=order).rows
    values = [{"own": row.bar.own, "quoted": row.bar.quoted, "check": row.uncertain, "longest": row.words}[order] for row in rows]
    assert values == sorted(values, reverse=True)


def test_words_are_shown_where_they_stand(town: Store) -> None:
    excerpts = [row.excerpt for row in listed(town, q="spokesperson").rows]
    assert len(excerpts) == 24
    assert all(each is not None and each[1] == "spokesperson" and each[0].endswith("Tomas Reed, a ") for each in excerpts)


def test_links_reproduce_the_view(town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PER_PAGE", 2)
    asked = Listing(q="“the ferry & “ 50%", outlet="The Brine & <b>Tide</b>", since="2031-05-01", check=False, order="own")
    page = articles_page(town, Listing(outlet=asked.outlet, order="own"), Served())
    assert asked_for(dict(parse_qsl(urlsplit(page.pages.after).query))) == Listing(outlet=asked.outlet, order="own", page=2)
    assert asked_for(asked.values()) == asked
    files = articles_page(town, Listing(outlet=asked.outlet), Files())
    assert files.pages.after == Files().articles_of(asked.outlet, 2)


def test_files_have_no_forms_and_a_list_for_each_outlet(town: Store) -> None:
    page = articles_page(town, Listing(), Files())
    html = html_of(page, served=False)
    assert "<form" not in html
    assert [choice.words for choice in page.by_outlet] == ["Alder Post", "Coastal Echo", "The Brine & <b>Tide</b>"]
    assert all(choice.value in html for choice in page.by_outlet)
    assert "<form" in html_of(listed(town))


def test_nothing_hostile(town: Store) -> None:
    text = f"“We left,” said Mira Oland. {HOSTILE} It rained."
    town.add(Reader(rules=True).pipe([Document(text, title=HOSTILE, outlet=HOSTILE, published=HOSTILE, url="javascript:alert(1)")]))
    for page in (listed(town), listed(town, q=HOSTILE[:20]), listed(town, q="<script>"), articles_page(town, Listing(), Files())):
        html = html_of(page)
        assert "<script>document" not in html
        assert "<b onclick" not in html
        assert not re.search("[\x1b\u202e]", html)
        assert " style=" not in html
    assert "javascript:" not in html_of(listed(town))


def test_stories(town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    page = stories_page(town, StoryListing(), Served())
    assert len(page.rows) == 8
    assert {(len(row.outlets), row.articles) for row in page.rows} == {(3, 3)}
    assert [row.days for row in page.rows] == [f"2031-05-{day:02}" for day in range(8, 0, -1)]
    assert page.rows[0].title == "The clinic is closed"
    assert len(stories_page(town, stories_asked_for({"outlets": "4"}), Served()).rows) == 0
    monkeypatch.setattr(story_list, "STORIES_PER_PAGE", 5)
    second = stories_page(town, StoryListing(outlets=2, page=2), Served())
    assert len(second.rows) == 3
    assert second.pages.before == "/stories?outlets=2"
    assert 'aria-current="page"' in html_of(second)
    with pytest.raises(UsageError, match="no page 3"):
        stories_page(town, StoryListing(page=3), Served())


def test_stories_that_were_never_looked_for(town: Store) -> None:
    town.drop("stories")
    html = html_of(stories_page(town, StoryListing(), Served()))
    assert "sayso stories" in html
    assert "<table" not in html
