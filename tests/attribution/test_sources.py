from __future__ import annotations

import pytest

from sayso import language
from sayso.attribution.descriptions import describe
from sayso.attribution.draft import Draft, Found
from sayso.attribution.names import Names
from sayso.attribution.rules import find
from sayso.attribution.sources import resolve
from sayso.document import Document
from sayso.reading import Source
from sayso.spans import Span


def speakers(text: str) -> list[Source]:
    document = Document(text)
    sources, ids = resolve(document, Found(tuple(find(document))))
    by_id = {source.id: source for source in sources}
    return [by_id[key] for key in ids]


def names(text: str) -> list[str]:
    return [source.name for source in speakers(text)]


@pytest.mark.parametrize(
    ("words", "name", "kind", "standing", "named"),
    [
        ("Foreign Minister Dora Quill", "Dora Quill", "person", "politician", True),
        ("FDX analyst Pello Ben Tamar", "Pello Ben Tamar", "person", "expert", True),
        ("Mr. Tamm", "Tamm", "person", "none", True),
        ("police spokeswoman Ana Lind", "Ana Lind", "person", "spokesperson", True),
        ("Ana Lind, a fisherman’s widow and activist", "Ana Lind", "person", "advocate", True),
        ("the Foreign Ministry", "Foreign Ministry", "government", "official", True),
        ("Moscow", "Moscow", "government", "official", True),
        ("Reuters", "Reuters", "media", "journalist", True),
        ("a senior official", "a senior official", "person", "official", False),
        ("experts", "experts", "group", "expert", False),
        ("the Arvel state media Radio Harbor", "Radio Harbor", "media", "journalist", True),
        ("the Western media", "the Western media", "media", "journalist", False),
        ("critics", "critics", "group", "none", False),
        ("the leaked report", "the leaked report", "document", "none", False),
        ("the Harbor Workers Union", "Harbor Workers Union", "organization", "advocate", True),
    ],
)
def test_describe(words: str, name: str, kind: str, standing: str, named: bool) -> None:
    found = describe(words, language.load(), Names("", language.load()))
    assert (found.name, found.kind, found.standing, found.named) == (name, kind, standing, named)


def test_a_surname_takes_the_fullest_name_of_the_article() -> None:
    assert names("Quill said that she had paid. Later President Dora Quill said that it was late.") == ["Dora Quill", "Dora Quill"]


def test_role_comes_from_any_mention() -> None:
    first, second = speakers("Foreign Minister Dora Quill said that it rained. Quill added that it stopped.")
    assert first is second
    assert (first.role, first.standing, len(first.mentions)) == ("Foreign Minister", "politician", 2)


def test_pronouns_go_to_the_speaker_before() -> None:
    assert names("Dora Quill said that it rained.\n\nShe added that it stopped.") == ["Dora Quill", "Dora Quill"]


def test_a_pronoun_does_not_cross_gender() -> None:
    assert names("Mrs. Quill said that it rained.\n\nHe said that it stopped.") == ["Quill", "He"]


def test_a_pronoun_without_anybody_before_stays_itself() -> None:
    (source,) = speakers("He said that it rained.")
    assert (source.name, source.kind, source.named) == ("He", "unknown", False)


def test_first_person_inside_a_quotation_is_the_speaker() -> None:
    assert set(names("“I believe that the dam will hold,” said Dora Quill.")) == {"Dora Quill"}


def test_acronyms_are_spelled_out() -> None:
    text = "The Northern Lights Observatory (NLO) opened. The NLO said that the sky was clear."
    assert names(text) == ["Northern Lights Observatory"]


def test_a_description_with_an_adjective_is_not_guessed() -> None:
    found = names("The state newspaper Harbor Light reported that it rained. The Western newspaper said that it stopped.")
    assert found[0] != found[1]


def test_nobody_is_one_shared_source() -> None:
    document = Document("It was reported that it rained. It was reported that it stopped.")
    sources, ids = resolve(document, Found(tuple(find(document))))
    assert len(set(ids)) == 1
    assert (sources[0].name, sources[0].kind, sources[0].standing, sources[0].named, sources[0].mentions) == (
        "unknown",
        "unknown",
        "none",
        False,
        (),
    )


def test_line_breaks_in_a_name_are_white_space() -> None:
    document = Document("Dora\nQuill said that it rained.")
    sources, _ = resolve(document, Found((Draft((Span(16, 30),), (Span(0, 10),), (Span(11, 15),)),)))
    assert sources[0].name == "Dora Quill"


def test_sources_are_numbered_by_first_use() -> None:
    document = Document("Dora Quill said that it rained. Reuters reported that it stopped.")
    sources, ids = resolve(document, Found(tuple(find(document))))
    assert [source.id for source in sources] == ["S1", "S2"]
    assert ids == ["S1", "S2"]


@pytest.mark.parametrize("words", [",", "“", "’s", ", ,", "“ , ”"])
def test_marks_without_a_word_keep_themselves_as_the_name(words: str) -> None:
    found = describe(words, language.load())
    assert (found.name, found.kind, found.named) == (words, "unknown", False)
