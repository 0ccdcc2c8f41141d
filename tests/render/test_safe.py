"""Hostile text acts nowhere: not on a terminal, not in JSON lines, not in an encoding that cannot show it."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.render.safe import encodable, json_line, one_line, visible

HOSTILE = st.text(st.one_of(st.characters(), st.sampled_from("\x00\x07\x1b\x7f\x9b\u202e\u2066\u2069\r\n\t\x85\u2028\ud800\udfff\ufffb")))
ACTING = {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"}


def acts(character: str) -> bool:
    return (unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t") or character in ACTING


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("title\x9b2J", "title\\x9b2J"),
        ("abc\u202etxt.exe", "abc\\u202etxt.exe"),
        ("bell\x07 nul\x00 del\x7f", "bell\\x07 nul\\x00 del\\x7f"),
        ("half \ud83d of an emoji", "half \\ud83d of an emoji"),
        ("one\r\ntwo\rthree\u2028four\x85five", "one\ntwo\nthree\nfour\nfive"),
        ("tab\tand soft\u00adhyphen, naïve 😀 שלום", "tab\tand soft\u00adhyphen, naïve 😀 שלום"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(HOSTILE)
def test_nothing_that_acts_comes_out(text: str) -> None:
    assert not any(acts(character) for character in visible(text))
    assert "\n" not in one_line(text)
    assert not any(acts(character) for character in one_line(text))


@given(HOSTILE)
def test_visible_twice_is_visible_once(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(st.recursive(HOSTILE, lambda inner: st.lists(inner) | st.dictionaries(HOSTILE, inner)))
def test_json_keeps_its_value_and_is_one_line(value: object) -> None:
    line = json_line(json.dumps({"value": value}, ensure_ascii=False))
    assert len(line.splitlines()) == 1
    assert not any(acts(character) for character in line)
    line.encode("utf-8")
    # Two lone halves that stand beside one another are one character to JSON, as to any UTF-16 reader.
    assert json.loads(line) == json.loads(json.dumps({"value": value}))


@given(HOSTILE, st.sampled_from(["ascii", "latin-1", "cp1252", "utf-8"]))
def test_encodable_can_be_encoded(text: str, encoding: str) -> None:
    shown = encodable(visible(text), encoding)
    shown.encode(encoding)
    if encoding == "utf-8":
        assert shown == visible(text)


def test_typographic_marks_survive_as_ascii() -> None:
    assert encodable("“He said – ‘no’ …” ☃", "ascii") == "\"He said - 'no' ...\" ?"
