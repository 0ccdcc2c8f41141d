"""Facts about names: which state a word stands for, and which gender a given name mostly goes with.

Always true here: everything is looked up, in lower case, in the states of `data/en_speakers.toml` and in `data/given_names.toml`; what is
not listed there is not known and gives the empty string.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from sayso import language

NAME, PEOPLE, CAPITAL = "name", "people", "capital"
MASCULINE, FEMININE = "m", "f"
_FILES = ("en_speakers.toml", "given_names.toml")


@cache
def _facts() -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """Words to (state, how they stand for it), and given names to genders."""
    states, names = (tomllib.loads(files("sayso").joinpath("data", name).read_text(encoding="utf-8")) for name in _FILES)
    words: dict[str, tuple[str, str]] = {}
    for line in states["states"]:
        own, people, seats = (column.strip() for column in line.split(";"))
        known = [word.strip() for word in own.split(",")]
        columns = {
            NAME: known,
            PEOPLE: people.replace(",", " ").split(),
            CAPITAL: [word.strip() for word in seats.split(",") if word.strip()],
        }
        for use, column in columns.items():
            for word in column:
                words.setdefault(word, (known[0], use))
                words.setdefault(word.replace("-", " "), (known[0], use))
    given = {name: gender for gender, key in ((MASCULINE, "masculine"), (FEMININE, "feminine")) for name in names[key].split()}
    return words, given


def state(word: str) -> str:
    """The state that a name, a word for its people or a capital stands for, in lower case; empty if there is none."""
    return _facts()[0].get(language.lower(word), ("", ""))[0]


def use(word: str) -> str:
    """How a word stands for its state: `NAME`, `PEOPLE` or `CAPITAL`; empty if it stands for none."""
    return _facts()[0].get(language.lower(word), ("", ""))[1]


def gender(given_name: str) -> str:
    """`m` or `f` where a given name mostly goes with one of them, else empty."""
    low = language.lower(given_name)
    known = _facts()[1]
    return known.get(low) or known.get(low.partition("-")[0], "")
