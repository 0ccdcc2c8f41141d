import dataclasses

import pytest

from sayso.document import Document
from sayso.spans import Span


def test_same_article_same_id() -> None:
    one = Document("Text.", outlet="The Quay", url="https://quay.example/1")
    assert one.id == Document("Text.", outlet="The Quay", url="https://quay.example/1", title="Other", origin="b.txt").id
    assert len(one.id) == 16
    assert int(one.id, 16) >= 0


@pytest.mark.parametrize("change", [{"text": "Text"}, {"outlet": "Quay"}, {"outlet": None}, {"url": None}])
def test_another_text_outlet_or_address_is_another_article(change: dict[str, str | None]) -> None:
    one = Document("Text.", outlet="The Quay", url="https://quay.example/1")
    assert dataclasses.replace(one, id="", **change).id != one.id  # type: ignore[arg-type]


def test_parts_of_the_key_do_not_run_together() -> None:
    assert Document("c", outlet="a", url="b").id != Document("bc", outlet="a").id
    assert Document("x", outlet="ab").id != Document("x", outlet="a", url="b").id


def test_a_given_id_stays_and_half_characters_do_no_harm() -> None:
    assert Document("Text.", id="mine").id == "mine"
    assert Document("\ud83d").id != Document("\ud83e").id


def test_reading_the_words_at_spans() -> None:
    document = Document("“Aye,” she said, “no 🦊.”")
    assert document[Span(7, 15)] == "she said"
    assert document[(Span(0, 6), Span(17, 24))] == "“Aye,” … “no 🦊.”"
    assert document[()] == ""


def test_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Document("Text.").text = "Other."  # type: ignore[misc]
