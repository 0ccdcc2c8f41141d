from __future__ import annotations

import pytest

from sayso.attribution.assemble import assemble
from sayso.attribution.chains import chain
from sayso.attribution.draft import Found
from sayso.attribution.rules import find
from sayso.document import Document
from sayso.reading import Generator, Reading


def read(text: str) -> Reading:
    document = Document(text)
    return assemble(document, Found(tuple(find(document))), Generator())


def named(text: str) -> list[list[str]]:
    reading = read(text)
    names = {source.id: source.name for source in reading.sources} | {"outlet": "outlet"}
    return [[names[link] for link in attribution.chain] for attribution in reading.attributions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dora Quill said that it rained.", ["outlet", "Dora Quill"]),
        ("“It rained,” Dora Quill told Reuters.", ["outlet", "Reuters", "Dora Quill"]),
        ("Dora Quill told reporters that it rained.", ["outlet", "Dora Quill"]),
        ("Dora Quill, citing media reports, said that it rained.", ["outlet", "media reports", "Dora Quill"]),
        ("“It rained,” Dora Quill said in an interview with Al Jazeera.", ["outlet", "Al Jazeera", "Dora Quill"]),
        ("Dora Quill said in a statement carried by state TV that it rained.", ["outlet", "state TV", "Dora Quill"]),
        ("“It rained,” Dora Quill wrote on Twitter.", ["outlet", "Twitter", "Dora Quill"]),
    ],
)
def test_relays(text: str, expected: list[str]) -> None:
    assert expected in named(text)


def test_enclosing_speakers_stand_before_the_inner_one() -> None:
    assert named("The Arvel Institute said that Dora Quill believes the port will close.")[-1] == [
        "outlet",
        "Arvel Institute",
        "Dora Quill",
    ]


def test_chain_puts_relays_before_their_speaker() -> None:
    assert chain(1, [None, 0], ["S1", "S2"], [("S3",), ("S4",)]) == ("outlet", "S3", "S1", "S4", "S2")


def test_chain_builds_on_known_ones() -> None:
    assert chain(1, [None, 0], ["S1", "S2"], [(), ()], {0: ("outlet", "S9", "S1")}) == ("outlet", "S9", "S1", "S2")
