"""Cells: nothing is run as a formula, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.export.cells import cell, neutral, spelled


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0@x", "＝1", "＋1", "－1", "＠x", "=cmd|' /C calc'!A0"],
)
def test_what_would_be_run_gets_an_apostrophe(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a", "'=1", "1-1", "“-5 is cold”", "–5", "🚢", "a\n=1"])
def test_what_would_not_be_run_stays(text: str) -> None:
    assert cell(text) == text


@given(st.text())
def test_neutral_text_begins_with_no_sign_and_loses_nothing(text: str) -> None:
    shown = neutral(text)
    assert shown.lstrip(" \u00a0")[:1] not in set("=+-@＝＋－＠\t\r\n") or shown == ""
    assert shown.removeprefix("'") == text.removeprefix("'")


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "true"), (False, "false"), (0, "0"), (-0.5, "-0.5"), ([[0, 3]], "[[0,3]]"), ({"a": "é"}, '{"a":"é"}')],
)
def test_every_value_has_one_spelling(value: object, text: str) -> None:
    assert spelled(value) == cell(value) == text
