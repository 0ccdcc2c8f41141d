"""Values that show themselves: a page in a frame of its own, and tables that say the same as the exports."""

import html
import re
from dataclasses import fields, replace

import pytest

from sayso.claims.matrix import Matrix
from sayso.claims.story import claims
from sayso.compare.report import Comparison, compare
from sayso.demo.story import documents
from sayso.document import Document
from sayso.errors import UsageError
from sayso.export.columns import SOURCES, STATEMENTS
from sayso.export.rows import rows
from sayso.reader import Reader
from sayso.reading import Reading
from sayso.render.contrasts import COLUMNS
from sayso.shown import Shown
from sayso.store.store import Store
from sayso.stories import keeping

FRAME = re.compile(r'<iframe title="([^"]*)" sandbox="allow-scripts" style="[^"]*" srcdoc="([^"]*)"></iframe>')


@pytest.fixture(scope="module")
def story() -> list[Reading]:
    return list(Reader(rules=True).pipe(documents()))


@pytest.fixture(scope="module")
def matrix(story: list[Reading]) -> Matrix:
    return claims(story)


@pytest.fixture(scope="module")
def comparison(story: list[Reading], tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    with Store.make(tmp_path_factory.mktemp("notebook") / "store", story[0].generator) as store:
        store.add(story)
        keeping.update(store)
        return compare(store)


def framed(value: Shown) -> tuple[str, str]:
    """Title and page of the only frame that is shown."""
    found = FRAME.fullmatch(value._repr_html_())
    assert found, "more than one frame, or a frame that its content broke out of"
    return html.unescape(found[1]), html.unescape(found[2])


def test_a_reading_shows_its_article(story: list[Reading]) -> None:
    title, page = framed(story[0])
    assert title == story[0].document.title
    assert page.startswith("<!doctype html>")
    assert page.count("<mark ") >= len(story[0].attributions)


def test_a_matrix_shows_its_claims_and_articles(matrix: Matrix) -> None:
    _, page = framed(matrix)
    assert matrix.claims
    assert all(html.escape(claim.words.split()[0]) in page for claim in matrix.claims)
    assert page.count("<article ") == 3


def test_a_comparison_shows_its_tables_and_what_they_rest_on(comparison: Comparison) -> None:
    title, page = framed(comparison)
    assert title == "Comparison"
    assert comparison.rows
    assert all(f">{row.measure}, " in page for row in comparison.rows)
    assert "1 story" in page
    assert "<script" not in page


def test_a_hostile_article_stays_in_its_frame() -> None:
    bad = '"></iframe><script>alert(1)</script>{{ 7*7 }}'
    document = Document(f"{bad} said Ada Brandt on Monday.", title=bad, outlet=bad)
    _, page = framed(Reader(rules=True).read(document))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_tables_of_a_reading_are_those_of_the_export(library: str, story: list[Reading]) -> None:
    shown = story[0]
    exported = rows(shown)
    by_default, statements, sources = (getattr(shown, f"to_{library}")(*name) for name in ((), ("statements",), ("sources",)))
    assert list(statements.columns) == [column.name for column in STATEMENTS] == list(by_default.columns)
    assert list(statements["text"]) == [row["text"] for row in exported.statements] == list(by_default["text"])
    assert list(sources.columns) == [column.name for column in SOURCES]
    assert list(sources["words"]) == [row["words"] for row in exported.sources]


def test_findings_are_a_table_too(story: list[Reading]) -> None:
    shown = max(story, key=lambda each: len(each.findings))
    assert shown.findings
    made = shown.to_polars("findings")
    assert list(made["words"]) == [shown.document[each.evidence] for each in shown.findings]
    assert list(made["candidate"]) == [each.candidate for each in shown.findings]
    assert set(made["doc_id"]) == {shown.document.id}


def test_an_article_without_anything_has_tables_too() -> None:
    empty = Reading(Document("Nothing here."))
    assert len(empty.to_pandas("findings")) == len(empty.to_pandas("sources")) == 0
    assert len(empty.to_polars("findings").columns) > 10


def test_tellings_and_contrasts(matrix: Matrix, comparison: Comparison) -> None:
    told = matrix.to_pandas()
    assert len(told) == sum(len(claim.tellings) for claim in matrix.claims) > 0
    assert set(told["claim"]) == {claim.id for claim in matrix.claims}
    made = comparison.to_polars()
    assert tuple(made.columns) == COLUMNS
    assert list(made["group"]) == [row.group for row in comparison.rows]
    assert made["difference"].to_list() == [row.value for row in comparison.rows]


def test_unknown_tables_name_those_there_are(story: list[Reading]) -> None:
    with pytest.raises(UsageError, match="name one of statements, sources, findings"):
        story[0].to_pandas("verdicts")


def test_showing_adds_no_field_and_no_dictionary(story: list[Reading]) -> None:
    assert not hasattr(story[0], "__dict__")
    assert "document" in {field.name for field in fields(Reading)}
    assert replace(story[0]) == story[0]
