"""The list of sources: paged, filtered, searched, and never fooled by what is asked."""

import pytest

from sayso.errors import UsageError
from sayso.site import sources
from sayso.site.frame import in_files, on_server, show
from sayso.site.links import Files, Served
from sayso.site.sources import Asked, SourcesPage, asked, sources_page
from sayso.store.store import Store


def html_of(page: SourcesPage, *, served: bool = True) -> str:
    frame = on_server("Town", "m", "token") if served else in_files("Town", "m")
    return show(frame.titled("Sources", "sources"), "sources.html.jinja", page)


def names(page: SourcesPage) -> list[str]:
    return [line.name for line in page.lines]


def test_most_words_first_or_by_name(counted: Store) -> None:
    page = sources_page(counted)
    words = [line.words for line in page.lines]
    assert words == sorted(words, reverse=True)
    assert page.total == len(words) == counted.sql("SELECT count(*) FROM site_sources").rows[0][0]
    assert names(sources_page(counted, Asked(order="name"))) == sorted(names(page), key=str.casefold)


def test_a_source_is_found_by_any_spelling_kind_and_standing(counted: Store) -> None:
    for q in ("calder", "CALDER", "Ines  Cálder", "ines"):
        assert names(sources_page(counted, Asked(q=q))) == ["Ines Calder"]
    assert "Tomas Reed" in names(sources_page(counted, Asked(kind="person")))
    assert "Tomas Reed" not in names(sources_page(counted, Asked(kind="document")))
    assert names(sources_page(counted, Asked(standing="spokesperson"))) == ["Tomas Reed"]


@pytest.mark.parametrize("q", ["%", "_", "'; DROP TABLE articles --", "\\", "nobody called this", "\x00"])
def test_what_is_searched_for_is_no_pattern_and_no_sql(counted: Store, q: str) -> None:
    page = sources_page(counted, Asked(q="zzz" + q))
    assert page.lines == ()
    assert "No source fits" in html_of(page)


def test_pages_follow_one_another(counted: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = names(sources_page(counted))
    monkeypatch.setattr(sources, "PER_PAGE", 1)
    pages = [sources_page(counted, number) for number in range(1, sources_page(counted).pages + 1)]
    assert [name for page in pages for name in names(page)] == everything
    assert 'rel="next"' in html_of(pages[0])
    assert 'rel="prev"' not in html_of(pages[0])
    assert 'href="sources-2.html"' in html_of(pages[0], served=False)
    with pytest.raises(UsageError, match=f"the list of sources has {len(pages)} pages, not 99"):
        sources_page(counted, 99)


@pytest.mark.parametrize(
    ("values", "made"),
    [
        ({}, Asked()),
        ({"page": "3", "q": " a\x1bb ", "kind": "person"}, Asked(3, "a\\x1bb", "person")),
        ({"order": "name", "standing": "expert"}, Asked(1, "", "", "expert", "name")),
    ],
)
def test_parameters(values: dict[str, str], made: Asked) -> None:
    assert asked(values) == made


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"page": "0"}, "'0' is no page"),
        ({"page": "٣"}, "is no page"),
        ({"page": "1e9"}, "is no page"),
        ({"page": "9" * 50}, "is no page"),
        ({"kind": "alien"}, "there is no kind 'alien'"),
        ({"standing": "x" * 99}, "there is no standing"),
        ({"order": "words; DROP"}, "there is no order"),
    ],
)
def test_parameters_that_make_no_sense(values: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        asked(values)


def test_addresses_of_other_pages_keep_what_was_asked() -> None:
    assert Asked(q="a&b", kind="person").address(Served(), 2) == "/sources?page=2&q=a%26b&kind=person"
    assert Asked(q="a").address(Served(), 1) == "/sources?q=a"
    assert Asked().address(Files(), 2) == "sources-2.html"


def test_what_was_searched_for_comes_back_escaped(counted: Store) -> None:
    html = html_of(sources_page(counted, asked({"q": '"><script>alert(1)</script>'})))
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html
    assert "<form" not in html_of(sources_page(counted), served=False)
