from __future__ import annotations

import pytest

from sayso.attribution.draft import ORGANIZATION, PERSON, PLACE, Name
from sayso.spans import Span
from sayso.speakers import nouns


def name(text: str, words: str, kind: str) -> Name:
    at = text.index(words)
    return Name(Span(at, at + len(words)), kind)


@pytest.mark.parametrize(
    ("text", "words", "kind", "expected"),
    [
        ("The Harbor Institute’s new report is out.", "Harbor Institute", ORGANIZATION, ("Harbor Institute’s new report", "report")),
        ("They read a letter from Mara Voss today.", "Mara Voss", PERSON, ("letter from Mara Voss", "letter")),
        ("A lawsuit filed by the Halden Union failed.", "Halden Union", ORGANIZATION, ("lawsuit filed by the Halden Union", "lawsuit")),
        ("Mara Voss came home.", "Mara Voss", PERSON, None),
    ],
)  # fmt: skip
def test_documents_that_are_somebodys(text: str, words: str, kind: str, expected: tuple[str, str] | None) -> None:
    found = nouns.documents(text, [name(text, words, kind)])
    assert [(text[span.start : span.end], noun) for span, _, noun in found] == ([expected] if expected else [])


def test_names_in_a_row_of_one_kind() -> None:
    text = "Ada Brandt, Kofi Mensah and Mara Voss met in Norvania and left."
    people = [name(text, words, PERSON) for words in ("Ada Brandt", "Kofi Mensah", "Mara Voss")]
    ((span, row),) = nouns.lists(text, [*people, name(text, "Norvania", PLACE)])
    assert text[span.start : span.end] == "Ada Brandt, Kofi Mensah and Mara Voss"
    assert row == tuple(people)


@pytest.mark.parametrize(("words", "expected"), [("Vice President", False), ("Ministry", False), ("Mara Voss", True), ("Vice Voss", True)])
def test_words_that_say_what_somebody_is_are_no_name(words: str, expected: bool) -> None:
    assert nouns.proper(words) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("She", True), ("the minister", True), ("The report", True), ("the government", False), ("the police", False),
     ("a minister", False), ("the minister of trade", False), ("Mara Voss", False)],
)  # fmt: skip
def test_what_only_points_at_somebody(words: str, expected: bool) -> None:
    assert nouns.points(words) is expected
