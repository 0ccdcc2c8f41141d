"""Codebooks on readings: candidates where nothing was fitted, codes where it was, each in the voice that says it."""

from collections.abc import Callable

import pytest

from sayso.codebooks.apply import code_reading, rank_reading, to_json
from sayso.codebooks.book import Codebook
from sayso.codebooks.coded import Coded
from sayso.codebooks.fit import fit
from sayso.codebooks.rank import ranker
from sayso.codebooks.vectors import Vectors
from sayso.errors import CodebookError
from sayso.reading import Reading

Make = Callable[..., Vectors]
Examples = Callable[..., list[Coded]]
OWN = "The frost came early and the pond froze over in a single night."
SAID = "“The rain soaked every field between here and the coast,”"


@pytest.fixture
def reading(spoken: Callable[..., Reading]) -> Reading:
    return spoken()


def test_ranking_codes_nothing_and_names_the_voice(weather: Codebook, reading: Reading, meanings: Make) -> None:
    for vectors in (meanings(), None):
        found = rank_reading(reading, ranker(weather, vectors), vectors)
        assert found.codings == ()
        assert "nothing has been coded" in found.note
        assert ("words only" in found.note) is (vectors is None)
        first = {passage.frame: passage for passage in reversed(found.passages)}
        assert (first["wet"].speaker, reading.document[first["wet"].evidence]) == ("S1", SAID)
        assert (first["cold"].speaker, reading.document[first["cold"].evidence]) == ("outlet", OWN)
        assert first["cold"].words == ("frost",)


def test_an_article_is_coded_as_a_whole_and_by_voice(weather: Codebook, reading: Reading, meanings: Make, coded: Examples) -> None:
    whole = fit(Codebook(weather.name, weather.about, weather.source, "article", weather.frames), coded(True), meanings())
    found = code_reading(reading, whole, meanings())
    assert [coding.of for coding in found.codings] == ["article", "outlet", "sources"]
    by = {coding.of: coding.frames for coding in found.codings}
    assert (by["outlet"], by["sources"]) == (("cold",), ("wet",))
    assert "fitted to 60 examples" in found.note
    assert to_json(found)["codings"][0]["probabilities"].keys() == {"wet", "cold"}


def test_sentences_are_coded_one_by_one(weather: Codebook, reading: Reading, meanings: Make, coded: Examples) -> None:
    found = code_reading(reading, fit(weather, coded(), meanings()), meanings())
    assert [(coding.speaker, coding.frames) for coding in found.codings] == [("outlet", ("cold",)), ("S1", ("wet",)), ("outlet", ())]


def test_other_vectors_are_refused(weather: Codebook, reading: Reading, meanings: Make, coded: Examples) -> None:
    with pytest.raises(CodebookError, match="meanings-2"):
        code_reading(reading, fit(weather, coded(), meanings()), meanings("meanings-2"))


def test_an_empty_article(weather: Codebook, meanings: Make, coded: Examples, spoken: Callable[..., Reading]) -> None:
    empty = spoken("")
    assert rank_reading(empty, ranker(weather, meanings()), meanings()).passages == ()
    assert code_reading(empty, fit(weather, coded(), None), None).codings == ()
