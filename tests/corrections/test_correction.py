"""Corrections keep their rules, and their JSON gives them back."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sayso.corrections.correction import (
    ADD,
    CHECKED,
    CONFIRM,
    FINDING,
    LABEL,
    NAME,
    NOTE,
    PIECES,
    REMOVE,
    SPAN,
    SPEAKER,
    WITHDRAW,
    Correction,
    Missed,
    Seen,
    Who,
    new_id,
    now,
    withdrawal,
)
from sayso.corrections.record import SCHEMA, dumps, from_json, loads, to_json
from sayso.errors import ContractError
from sayso.reading import Reading
from sayso.spans import Span

Says = Callable[..., Correction]
WHO = Who("Ada \ud800 “Quill”", "person", "expert", True, (Span(0, 3),))
GOOD: list[dict[str, Any]] = [
    {"kind": CONFIRM},
    {"kind": LABEL, "field": "attitude", "value": "belief", "before": "assertion", "confidence": 0.25},
    {"kind": LABEL, "field": "standing", "value": "expert", "about": "Ines"},
    {"kind": SPEAKER, "value": WHO, "before": Who("x")},
    {"kind": SPAN, "field": "cue", "value": (Span(3, 4), Span(7, 9)), "before": ()},
    {"kind": SPAN, "field": "source", "value": ()},
    {"kind": CONFIRM, "value": Seen((("form", "mixed"), ("kind", "media")), (("cue", ()),))},
    {"kind": ADD, "value": Missed((Span(0, 4),), WHO, (Span(5, 6),))},
    {"kind": FINDING, "field": "stance/unfavorable", "about": "yard", "value": "wrong"},
    {"kind": CHECKED, "place": None, "note": "all of it\n\u202e"},
    {"kind": WITHDRAW, "place": None, "value": "f" * 32},
]


@pytest.mark.parametrize("given", GOOD, ids=lambda given: given["kind"])
def test_json_gives_it_back(reading: Reading, says: Says, given: dict[str, Any]) -> None:
    correction = says(reading, 1, **given)
    line = dumps(correction)
    assert line.isascii()
    assert "\n" not in line
    assert loads(line) == correction
    assert from_json(to_json(correction) | {"later": 1}) == correction


BAD: list[tuple[dict[str, Any], str]] = [
    ({"id": "x"}, "32 hexadecimal"),
    ({"when": "yesterday"}, "ISO 8601"),
    ({"when": "2026-03-04T09:15:00+01:00"}, "ISO 8601"),
    ({"who": "  "}, "who of a correction is empty"),
    ({"who": "x" * (NAME + 1)}, "who of a correction has"),
    ({"note": "x" * (NOTE + 1)}, "note of a correction has"),
    ({"confidence": 1.5}, "in \\[0, 1\\]"),
    ({"kind": "burn"}, "not one of"),
    ({"kind": CHECKED}, "has no place"),
    ({"place": None}, "needs a place"),
    ({"value": "x"}, "another kind"),
    ({"kind": REMOVE, "value": "x"}, "has no value"),
    ({"kind": LABEL, "field": "mood", "value": "x"}, "not one of"),
    ({"kind": LABEL, "field": "attitude", "value": "x"}, "not one of"),
    ({"kind": LABEL, "field": "kind", "value": "person"}, "about of a correction is empty"),
    ({"kind": SPEAKER, "value": "Ada"}, "another kind"),
    ({"kind": SPAN, "field": "content", "value": ()}, "has content"),
    ({"kind": SPAN, "field": "content", "value": Who("x")}, "another kind"),
    ({"kind": SPAN, "field": "cue", "value": (Span(3, 4), Span(1, 2))}, "not in order"),
    ({"kind": SPAN, "field": "cue", "value": tuple(Span(n, n + 1) for n in range(0, 2 * PIECES + 2, 2))}, "stretches"),
    ({"kind": FINDING, "field": "x", "value": "right"}, "measure/label"),
    ({"kind": FINDING, "field": "x/y", "value": "so"}, "not one of"),
    ({"kind": WITHDRAW, "place": None, "value": "1"}, "names the id"),
]


@pytest.mark.parametrize(("given", "message"), BAD)
def test_what_makes_no_sense_is_refused(reading: Reading, says: Says, given: dict[str, Any], message: str) -> None:
    with pytest.raises(ContractError, match=message):
        replace(says(reading, 1, CONFIRM), **given)


@pytest.mark.parametrize(
    ("key", "value"),
    [("schema", "sayso/1"), ("id", 5), ("who", None), ("place", []), ("place", {"content": [[3, 1]]}), ("value", 5), ("value", [[0, 9]]),
     ("value", {"name": 3}), ("confidence", "high"), ("confidence", float("nan")), ("when", ["x"]), ("field", {})],
)  # fmt: skip
def test_hostile_json(reading: Reading, says: Says, key: str, value: object) -> None:
    item = to_json(says(reading, 1, LABEL, field="attitude", value="belief"))
    with pytest.raises(ContractError) as error:
        loads(json.dumps(item | {key: value}))
    assert "\n" not in str(error.value)
    with pytest.raises(ContractError):
        from_json({name: each for name, each in item.items() if name != "who"})


def test_taking_back(reading: Reading, says: Says) -> None:
    back = withdrawal(says(reading, 1, CONFIRM), "Ben", now())
    assert (back.kind, back.value, back.article) == (WITHDRAW, says(reading, 1, CONFIRM).id, reading.document.id)
    assert new_id() != new_id()
    assert to_json(back)["schema"] == SCHEMA
