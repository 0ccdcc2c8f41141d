"""Role and affiliation are the article's own words from titles, appositions and owners."""

import pytest

from sayso.document import Document
from sayso.spans import Span
from sayso.speakers.entities import Entity
from sayso.speakers.roles import role_of


@pytest.mark.parametrize(
    ("text", "name", "source", "role", "affiliation"),
    [
        ("Foreign Minister Oren Tal said no.", "Oren Tal", "Foreign Minister Oren Tal", "Foreign Minister", ""),
        (
            "Mara Voss, a senior analyst at the Harbor Institute, said so.",
            "Mara Voss",
            "Mara Voss, a senior analyst at the Harbor Institute",
            "senior analyst",
            "Harbor Institute",
        ),
        ("FDX analyst Mara Voss said so.", "Mara Voss", "FDX analyst Mara Voss", "analyst", "FDX"),
        ("Senior FDX analyst Mara Voss said so.", "Mara Voss", "Senior FDX analyst Mara Voss", "senior analyst", "FDX"),
        ("Harbor Institute analyst Mara Voss spoke.", "Mara Voss", "Mara Voss", "analyst", "Harbor Institute"),
        ("Mara Voss another analyst from FDX spoke.", "Mara Voss", "Mara Voss another analyst from FDX", "analyst", "FDX"),
        ("Mara Voss another analyst from FDX spoke.", "Mara Voss", "Mara Voss", "analyst", "FDX"),
        ("US Trade Adviser Jon Marl left.", "Jon Marl", "Marl", "Trade Adviser", "US"),
        ("Norvanian Trade Minister Jon Marl left.", "Jon Marl", "Marl", "Norvanian Trade Minister", ""),
        ("Mr. Tal said no.", "Tal", "Mr. Tal", "", ""),
        ("The prize went to Interior Minister Lena Orb. Orb thanked all.", "Lena Orb", "Orb", "Interior Minister", ""),
        ("The president of the Harbor Union, Ricard Lom, said so.", "Ricard Lom", "Ricard Lom", "president", "Harbor Union"),
        ("Experts said so.", "Experts", "Experts", "", ""),
    ],
)  # fmt: skip
def test_role(text: str, name: str, source: str, role: str, affiliation: str) -> None:
    start = text.rindex(source)
    assert role_of(Document(text), Entity(name, (Span(start, start + len(source)),))) == (role, affiliation)


def test_nothing_is_put_together() -> None:
    text = "Acting police chief Jon Marl of the Norvanian Guard spoke."
    document = Document(text)
    for part in role_of(document, Entity("Jon Marl", (Span(0, 27),))):
        assert part in text
