"""The overview: what is in a collection, what is not and why, and doors to the rest."""

from pathlib import Path

from sayso.reading import Rejection
from sayso.site.frame import in_files, on_server, show
from sayso.site.index import IndexPage, index_page
from sayso.site.links import Files, Served
from sayso.store.store import Store


def html_of(page: IndexPage, *, served: bool = False) -> str:
    frame = on_server("Town", "m", "token") if served else in_files("Town", "m")
    return show(frame.titled("Overview", "index"), "index.html.jinja", page)


def test_what_is_there(counted: Store) -> None:
    page = index_page(counted, Files())
    facts = {words: number for number, words in page.facts}
    assert facts["articles"] == "25"
    assert facts["outlets"] == "3"
    assert facts["stories of two articles or more"] == "8"
    assert facts["named sources"] == str(counted.sql("SELECT count(*) FROM site_sources").rows[0][0])
    assert facts["attributions"] == str(counted.sql("SELECT count(*) FROM attributions").rows[0][0])
    assert page.days == "2031-05-01 to 2031-05-08"
    assert (page.name, page.read_by) == ("town", "sayso 0.1.0 (rules)")
    assert len(page.stories) == 8


def test_doors_lead_everywhere(town: Store) -> None:
    html = html_of(index_page(town, Files()))
    assert all(f'href="{name}.html"' in html for name in ("articles", "stories", "outlets", "sources", "method"))
    assert 'href="/read"' not in html
    assert 'href="/read"' in html_of(index_page(town, Served()), served=True)


def test_rejections_are_told_with_their_reasons(town: Store) -> None:
    assert "Every input could be read." in html_of(index_page(town, Files()))
    town.add(
        (), [Rejection(f"{name}.pdf", "reading", f"{name}.pdf: no text in <it>") for name in "abc"] + [Rejection("d", "fetch", "gone")]
    )
    page = index_page(town, Files())
    assert (page.rejected, page.reasons) == (4, ((3, "reading", "no text in <it>"), (1, "fetch", "gone")))
    html = html_of(page)
    assert "4 inputs could not be read" in html
    assert "no text in &lt;it&gt;" in html


def test_an_empty_store_without_stories(tmp_path: Path, town: Store) -> None:
    with Store.make(tmp_path / "empty", town.generator) as empty:
        page = index_page(empty, Files())
        assert page.facts[0] == ("0", "articles")
        assert (page.days, page.stories) == ("", ())
        assert "Told by most outlets" not in html_of(page)
