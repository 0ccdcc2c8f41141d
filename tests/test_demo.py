"""The bundled story: three outlets, one event, told in three ways that the comparison can see."""

import pytest

from sayso.demo.story import OUTLETS, documents
from sayso.document import Document
from sayso.intake.languages import refuse_foreign
from sayso.reader import Reader
from sayso.render.comparison import compare
from sayso.structure import words

STORY = documents()


@pytest.mark.parametrize("document", STORY, ids=OUTLETS)
def test_articles_are_short_english_and_complete(document: Document) -> None:
    assert 180 <= words(document.text) <= 250
    assert document.title
    assert document.outlet
    assert document.published
    assert document.title not in document.text
    refuse_foreign(document)


def test_all_tell_the_same_event() -> None:
    assert len({document.outlet for document in STORY}) == 3
    for document in STORY:
        assert all(word in document.text for word in ("Port Maren", "fuel depot", "Karthia", "pump", "drone"))


def test_the_strike_is_attributed_told_and_denied() -> None:
    wire, tabloid, state = (document.text for document in STORY)
    assert "officials said that a drone" in wire
    assert tabloid.startswith("A Karthian drone slammed into the fuel depot")
    assert "There was no drone" in state


def test_comparison_sees_the_difference() -> None:
    readings = list(Reader(rules=True).pipe(STORY))
    rows = dict(compare(readings).rows)
    wire, tabloid, _ = (int(cell) for cell in rows["own voice, % of words"])
    assert tabloid > wire
    for column in range(3):
        assert sum(int(rows[name][column]) for name in rows if name.endswith("% of words")) == 100
    assert all(int(cell) >= 8 for cell in rows["attributions"])
    assert compare(readings).columns == ("Meridian Newswire", "The Daily Clarion", "Karthia State Wire")
    assert "too few" in compare(readings).note
