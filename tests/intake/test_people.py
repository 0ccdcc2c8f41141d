from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.intake.people import names


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("Ines Okafor", ("Ines Okafor",)),
        ("By Ines Okafor and Tom Reyes", ("Ines Okafor", "Tom Reyes")),
        ("Ines Okafor, Tom Reyes, and Ana de la Vega", ("Ines Okafor", "Tom Reyes", "Ana de la Vega")),
        ("Okafor, Ines", ("Okafor, Ines",)),
        ("Okafor, Ines; Reyes, Tom", ("Okafor, Ines", "Reyes, Tom")),
        ("Health and Science Desk", ("Health and Science Desk",)),
        ("Tom Reyes, Jr., Ines Okafor", ("Tom Reyes, Jr.", "Ines Okafor")),
        ('["Ines Okafor", "Tom Reyes"]', ("Ines Okafor", "Tom Reyes")),
        ("['Ines Okafor', \"Tom O'Reyes\"]", ("Ines Okafor", "Tom O'Reyes")),
        (["Ines Okafor", "Ines Okafor", "יעל כהן"], ("Ines Okafor", "יעל כהן")),
        ([{"name": "Ines Okafor", "role": "writer"}, {"id": 3}, 7, None], ("Ines Okafor",)),
        ({"name": "Ines Okafor"}, ("Ines Okafor",)),
        ("https://gazette.example/staff", ()),
        ("", ()),
        (None, ()),
        (3.5, ()),
        ("[" * 3000 + "]", ()),
    ],
)
def test_names_are_told_apart_and_never_cut(value: Any, wanted: tuple[str, ...]) -> None:
    assert names(value) == wanted


@given(st.text(max_size=80))
def test_any_text_gives_names_of_its_own_words(text: str) -> None:
    for name in names(text):
        assert name == " ".join(name.split())
        assert any(map(str.isalpha, name))
