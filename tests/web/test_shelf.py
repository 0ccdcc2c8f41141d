from sayso.document import Document
from sayso.reading import Reading
from sayso.web.shelf import Shelf


def reading(text: str) -> Reading:
    return Reading(Document(text))


def test_the_newest_come_first() -> None:
    shelf = Shelf()
    shelf.put(map(reading, "abc"))
    shelf.put([reading("a")])
    assert [each.document.text for each in shelf.newest()] == ["a", "c", "b"]
    assert [each.document.text for each in shelf.newest(1)] == ["a"]
    assert len(shelf) == 3


def test_the_oldest_go_when_there_are_too_many() -> None:
    shelf = Shelf(most=2)
    shelf.put(map(reading, "abcd"))
    assert [each.document.text for each in shelf.newest()] == ["d", "c"]
    assert shelf.get(Document("a").id) is None


def test_the_oldest_go_when_there_is_too_much() -> None:
    shelf = Shelf(characters=10)
    shelf.put(map(reading, ("aaaa", "bbbb", "cccc")))
    assert [each.document.text for each in shelf.newest()] == ["cccc", "bbbb"]
    shelf.put([reading("d" * 100)])
    assert [each.document.text for each in shelf.newest()] == ["d" * 100]
