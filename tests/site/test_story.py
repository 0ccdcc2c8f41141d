"""The page of a story: what it says is what the matrix, the audit and the texts say, and every link leads to its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.audit import audit
from sayso.claims import keeping
from sayso.claims.matrix import HOWS
from sayso.claims.record import MATCHED_BY_WORDS
from sayso.claims.story import claims
from sayso.document import Document
from sayso.errors import UsageError
from sayso.reader import Reader
from sayso.reading import Generator
from sayso.site.article import stored_page
from sayso.site.frame import in_files, show
from sayso.site.links import Files
from sayso.site.story import StoryPage, story_page
from sayso.site.story_headlines import Headline, headlines
from sayso.site.story_telling import FEW_WORDS, story_telling
from sayso.store.store import Store

READER = Reader(rules=True)
LINKS = Files(1)
FERRY = "The old ferry will not sail before June because its engine is broken."
TITLE = "Old ferry will not sail before June"
CLAIMED = f"Ada Brandt claimed that {FERRY[0].lower()}{FERRY[1:]}"
OWN = "Nobody in the town had seen so many gulls on the market square since the winter of the great storm, and " * 14 + "it rained."


def article(outlet: str | None, title: str | None, text: str, day: int) -> Document:
    return Document(text, title=title, outlet=outlet, url=f"https://news.example/{outlet}/{day}", published=f"2031-05-{day:02}T08:00:00Z")


STORY = (
    article("The Wire", "Ferry will not sail before June", f'{FERRY}\n\n"We are sorry," said Ada Brandt, the harbor master.\n', 1),
    article(
        "Coastal <b>Post</b>",
        "Old ferry will not sail before June, engine broken",
        f"Ada Brandt said that {FERRY[0].lower()}{FERRY[1:]} {OWN}\n\nThree sailors said that the crew waits for pay.\n",
        2,
    ),
    article("Alder Echo", "Harbor opens", f'{FERRY}\n\n"We are sorry," said Ada Brandt, the harbor master.\n', 3),
    article("Merrin News", None, "The harbor board denied that the old ferry will not sail before June because its engine is broken.", 4),
)


@pytest.fixture
def told(tmp_path: Path) -> Iterator[tuple[Store, str]]:
    """A store with one story of four outlets; the third carries the first one's text."""
    with Store.make(tmp_path / "store", READER.generator) as store:
        store.add(READER.pipe(STORY))
        story = f"s{STORY[0].id}"
        store.put("stories", {"article": "VARCHAR", "story": "VARCHAR"}, [(each.id, story) for each in STORY])
        carriers = [(each.id, STORY[0].id if each is STORY[2] else each.id, None) for each in STORY]
        store.put("carriers", {"article": "VARCHAR", "text_of": "VARCHAR", "wire": "VARCHAR"}, carriers)
        yield store, story


@pytest.fixture
def page(told: tuple[Store, str]) -> StoryPage:
    store, story = told
    keeping.update(store, None, MATCHED_BY_WORDS)
    return story_page(store, story, LINKS)


def html(page: StoryPage) -> str:
    return show(in_files("Collection", "read by hand", 1).titled(page.title, "stories"), "story.html.jinja", page)


def test_an_unknown_story_and_a_store_without_stories_say_so(told: tuple[Store, str], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no story 'sx'"):
        story_page(told[0], "sx", LINKS)
    with Store.make(tmp_path / "bare", Generator()) as bare, pytest.raises(UsageError, match="sayso stories"):
        story_page(bare, "sx", LINKS)


def test_without_claims_it_names_the_command_and_shows_the_rest(told: tuple[Store, str]) -> None:
    found = story_page(*told, LINKS)
    assert "`sayso claims --all`" in found.claims.missing
    assert found.claims.rows == ()
    assert len(found.articles) == 4
    assert found.headlines
    assert found.sources.count
    assert "`sayso claims --all`" in html(found)


def test_claims_of_changed_articles_are_not_shown(told: tuple[Store, str]) -> None:
    store, story = told
    keeping.update(store, None, MATCHED_BY_WORDS)
    store.put("stories", {"article": "VARCHAR", "story": "VARCHAR"}, [(each.id, story) for each in STORY[:2]])
    assert story_page(store, story, LINKS).claims.missing


def test_cells_are_those_of_the_matrix(told: tuple[Store, str], page: StoryPage) -> None:
    store, story = told
    matrix = claims(keeping.articles(store, story)[0], text_of={STORY[2].id: STORY[0].id})
    columns = {column.outlet: column for column in matrix.columns}
    assert [row.id for row in page.claims.rows] == [claim.id for claim in matrix.claims]
    assert page.claims.rows
    for row, claim in zip(page.claims.rows, matrix.claims, strict=True):
        assert row.words == claim.words
        for cell, column in zip(row.cells, page.claims.columns, strict=True):
            if not column.carries:
                expected = matrix.how(claim, columns[column.key])
                assert cell.how == ("none" if expected == HOWS[-1] else expected)
                assert len(cell.tellings) == len(matrix.cell(claim, columns[column.key]))


def test_who_says_it_stands_in_words(page: StoryPage) -> None:
    first = page.claims.rows[0]
    told = {column.name: cell.words for column, cell in zip(page.claims.columns, first.cells, strict=True)}
    assert told["The Wire"] == "own voice"
    assert told["Coastal <b>Post</b>"] == "attributed to Ada Brandt"
    assert told["Merrin News"] == "denied by the harbor board"


def test_a_copy_has_a_column_of_its_own_and_its_own_links(page: StoryPage) -> None:
    (copy,) = [column for column in page.claims.columns if column.carries]
    assert (copy.key, copy.carries) == ("Alder Echo", "The Wire")
    assert page.claims.columns[-1] is copy
    place = page.claims.columns.index(copy)
    wire = next(number for number, column in enumerate(page.claims.columns) if column.key == "The Wire")
    for row in page.claims.rows:
        assert row.cells[place].how == row.cells[wire].how
        assert all(telling.address == LINKS.article(STORY[2].id) for telling in row.cells[place].tellings)
    assert "1 more outlet with a copy of one of them, which counts once" in page.claims.counted[0]
    assert [each.carries for each in page.articles] == ["", "", "The Wire", ""]
    assert "counted once" in html(page)


def test_an_outlet_with_a_text_of_its_own_and_a_copy_is_not_said_to_lack_what_the_copy_says(told: tuple[Store, str]) -> None:
    store, story = told
    choir = article("Alder Echo", "Choir", "A choir sang on the beach in the evening and many families came.", 5)
    store.add(READER.pipe([choir]))
    store.put("stories", {"article": "VARCHAR", "story": "VARCHAR"}, [(each.id, story) for each in (*STORY, choir)])
    keeping.update(store, None, MATCHED_BY_WORDS)
    claims = story_page(store, story, LINKS).claims
    place = next(number for number, column in enumerate(claims.columns) if column.key == "Alder Echo")
    wire = next(number for number, column in enumerate(claims.columns) if column.key == "The Wire")
    assert not claims.columns[place].carries
    for row in claims.rows:
        assert row.cells[place].how == row.cells[wire].how
        assert all(telling.address == LINKS.article(STORY[2].id) for telling in row.cells[place].tellings)
        assert all(telling.where == "article 1 par. 1, the text of The Wire" for telling in row.cells[place].tellings)


def test_every_link_leads_to_its_words(told: tuple[Store, str], page: StoryPage) -> None:
    found = html(page)
    links = re.findall(r'href="\.\./articles/([0-9a-f]+)\.html(?:#(\w+))?"', found)
    assert len([anchor for _, anchor in links if anchor.startswith("c")]) >= 3
    assert len([anchor for _, anchor in links if anchor.startswith("t")]) >= 3
    for name in {name for name, _ in links}:
        shown = show(in_files("C", "m", 1).titled("x", "articles"), "article.html.jinja", stored_page(told[0], name, LINKS))
        for anchor in {anchor for at, anchor in links if at == name and anchor}:
            assert f' id="{anchor}"' in shown, f"{name}#{anchor}"


def test_names_of_outlets_are_text(page: StoryPage) -> None:
    found = html(page)
    assert "Coastal <b>Post</b>" not in found
    assert "Coastal &lt;b&gt;Post&lt;/b&gt;" in found
    assert " style=" not in found
    assert " onclick" not in found


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        (TITLE, f"{FERRY} It rained.", ["in its own voice, par. 1"]),
        (TITLE, f"Ada Brandt said that {FERRY[0].lower()}{FERRY[1:]}", ["attributed to Ada Brandt, par. 1"]),
        (TITLE, CLAIMED, ["attributed to Ada Brandt (distanced), par. 1"]),
        (TITLE, "Old ferry will not sail before June\n\nIt rained in Alder all day, and nobody minded.", []),
        ("Gulls return to market square", f"{FERRY} It rained.", []),
        ("Ferry", f"{FERRY} It rained.", []),
    ],
    ids=["own", "attributed", "distanced", "the headline itself", "something else", "too short"],
)  # fmt: skip
def test_headline_against_body(title: str, body: str, expected: list[str]) -> None:
    (found,) = heads(Document(body, title=title, outlet="The Wire"))
    assert [echo.words for echo in found.echoes] == expected
    assert bool(found.told) == (not expected)


def heads(*documents: Document) -> tuple[Headline, ...]:
    return headlines(tuple(READER.pipe(documents)), LINKS)


def test_articles_without_a_headline_have_none() -> None:
    assert heads(Document(FERRY, outlet="The Wire"), Document(FERRY, title=" ", outlet="The Wire")) == ()


def test_sources_are_shared_or_of_one_outlet_and_words_are_those_of_the_audit(told: tuple[Store, str], page: StoryPage) -> None:
    readings = {each.document.outlet: each for each in keeping.articles(*told)[0] if each.document.id != STORY[2].id}
    (shared,) = [row for row in page.sources.shared if row.name == "Ada Brandt"]
    for outlet, cell in zip(page.sources.outlets, shared.cells, strict=True):
        words = [row.words for row in audit(readings[outlet]).sources if row.source.name == "Ada Brandt"]
        assert (cell.words if cell else 0) == sum(words)
    assert shared.outlets == 2
    alone = {outlet: [row.name for row in rows] for outlet, rows in zip(page.sources.outlets, page.sources.alone, strict=True)}
    assert alone["Merrin News"] == ["the harbor board"]
    assert "1 not named" in page.sources.others[page.sources.outlets.index("Coastal <b>Post</b>")]


def test_few_words_of_its_own_are_said_to_be_too_few(told: tuple[Store, str]) -> None:
    found = story_telling(keeping.articles(*told)[0])
    assert found.charts
    for chart in found.charts:
        few = {dot.point.name: dot.point.few for dot in chart.dots}
        assert few == {"The Wire": True, "Coastal <b>Post</b>": False, "Alder Echo": True, "Merrin News": True}
        assert all(f"fewer than {FEW_WORDS}" in dot.label for dot in chart.dots if dot.point.few)
    assert all(row.own + row.reported + row.quoted == 100 for row in found.rows)


def test_who_had_it_first_goes_by_the_times(page: StoryPage) -> None:
    firsts = {(each.kind, each.label): each for each in page.firsts}
    brandt = firsts["source", "Ada Brandt"]
    assert [name for name, _ in brandt.by] == ["The Wire"]
    assert brandt.sure
    assert any(kind == "claim" for kind, _ in firsts)
