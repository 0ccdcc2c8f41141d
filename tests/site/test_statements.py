"""Rows of statements and passages out of one reading."""

import pytest

from sayso.document import Document
from sayso.reader import Reader
from sayso.reading import Reading
from sayso.site.statements import PASSAGES, STATEMENTS, cut, passages, statements


def read(text: str) -> Reading:
    return Reader(rules=True).read(Document(text, title="A\x1bB", outlet="Alder Post"))


def rows(text: str) -> list[dict[str, object]]:
    return [dict(zip(STATEMENTS, row, strict=True)) for row in statements(read(text), "s1", "2031-05-01")]


def test_only_named_sources_have_statements() -> None:
    found = rows("“We wait,” said Mayor Ines Calder. A senior official said that the pier was shut. It was reported that it rained.")
    assert [(row["shown"], row["name"], row["kind"], row["verb"], row["form"]) for row in found] == [
        ("Ines Calder", "ines calder", "person", "say", "direct")
    ]
    assert [found[0][name] for name in ("number", "story", "day", "outlet", "title")] == [1, "s1", "2031-05-01", "Alder Post", "A\\x1bB"]


def test_words_and_place_count_from_the_beginning_of_the_article() -> None:
    (row,) = rows("It rained in Alder all day on Monday. “The pier is closed,” said Mayor Ines Calder.")
    assert row["words"] == 4
    assert row["place"] == pytest.approx(8 / 16)


def test_a_way_through_somebody_else_is_told_and_a_way_through_oneself_is_not() -> None:
    by = {str(row["shown"]): row["chain"] for row in rows("Tomas Reed told Mara Voss that Ines Calder believed that the pier was safe.")}
    assert by["Tomas Reed"] == ""
    assert by.get("Ines Calder", "outlet → Tomas Reed → Ines Calder") == "outlet → Tomas Reed → Ines Calder"


def test_passages_are_cut_to_their_sentence() -> None:
    found = [dict(zip(PASSAGES, row, strict=True)) for row in passages(read("It rained. The disastrous plan failed. It is Monday."))]
    assert [(row["words"], row["text"]) for row in found if row["measure"] == "loaded"] == [("disastrous", "The disastrous plan failed.")]


@pytest.mark.parametrize(
    ("words", "shown"),
    [("short", "short"), ("one two three", "one two …"), ("a\u202eb", "a\\u202eb"), ("x" * 40, "x" * 10 + " …"), ("", "")],
)
def test_words_are_cut_between_words_and_safe(words: str, shown: str) -> None:
    assert cut(words, 10) == shown
