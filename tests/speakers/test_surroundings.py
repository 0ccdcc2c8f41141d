from __future__ import annotations

import pytest

from sayso import language
from sayso.attribution.draft import NATIONALITY, ORGANIZATION, PERSON, PLACE, Found, Name
from sayso.spans import Span
from sayso.speakers.surroundings import all_names, apposed, beside, noun_phrase_before, somebody


def named(text: str, *names: tuple[str, str]) -> list[Name]:
    """Names by their words, each looked for after the one before."""
    found, at = [], 0
    for words, kind in names:
        at = text.index(words, at)
        found.append(Name(Span(at, at + len(words)), kind))
        at += len(words)
    return found


WHOLE = [
    ("The Norvanian Union met.", [("Norvanian", NATIONALITY), ("Union", ORGANIZATION)], ["Norvanian Union"]),
    ("The Port Halden Times wrote.", [("Port Halden", PLACE), ("Times", ORGANIZATION)], ["Port Halden Times"]),
    ("The Bank of Norvania met.", [("Bank of", ORGANIZATION), ("Norvania", PLACE)], ["Bank of Norvania"]),
    ("The Norvanian Likuri met.", [("Norvanian", NATIONALITY), ("Likuri", ORGANIZATION)], ["Norvanian", "Likuri"]),
    ("So Dr. Quill met the CEO.", [("Dr. Quill", PERSON), ("CEO", ORGANIZATION)], ["Quill"]),
]


@pytest.mark.parametrize(("text", "names", "expected"), WHOLE)
def test_names_are_whole_and_without_titles(text: str, names: list[tuple[str, str]], expected: list[str]) -> None:
    found = all_names(text, Found(names=tuple(named(text, *names))))
    assert [text[name.span.start : name.span.end] for name in found] == expected


RELATIVE = [
    ("Dora Quill, a baker from Norvania who", [("Dora Quill", PERSON), ("Norvania", PLACE)], "a baker from Norvania", "Dora Quill"),
    ("Ada Brandt, a judge at Halden University in Norvania who", [("Ada Brandt", PERSON), ("Halden University", ORGANIZATION),
     ("Norvania", PLACE)], "a judge at Halden University in Norvania", "Ada Brandt"),
    ("Police met a baker who", [], "a baker", None),
    ("Dora Quill met a baker who", [("Dora Quill", PERSON)], "a baker", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names", "phrase", "expected"), RELATIVE)
def test_who_means_somebody(text: str, names: list[tuple[str, str]], phrase: str, expected: str | None) -> None:
    known, lexicon = named(text, *names), language.load()
    starts = [name.span.start for name in known]
    span = noun_phrase_before(text, text.index(" who"), known, starts, lexicon)
    assert span is not None
    span = somebody(text, span, known, starts, lexicon)
    assert phrase.startswith(text[span.start : span.end])
    name = beside(text, span, known, starts)
    assert (text[name.span.start : name.span.end] if name else None) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The surveyor, Mara Voss, said so.", True),
        ("The surveyor, Dr Mara Voss.", True),
        ("The surveyor met Mara Voss, who said so.", False),
        ("The surveyor, Mara Voss said, was late.", False),
        ("The surveyor", False),
    ],
)
def test_a_name_between_commas_right_after_a_description(text: str, found: bool) -> None:
    at = text.find("Mara Voss")
    after = [Name(Span(at, at + 9), "person")] if at >= 0 else []
    assert (apposed(text, Span(0, 12), after) is not None) == found
