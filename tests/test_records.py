"""Audits and explanations as JSON: plain values under their own schema names, the same numbers as in Python."""

import json
from dataclasses import replace
from pathlib import Path

from sayso.audit import audit
from sayso.explain import Decision, explain
from sayso.linear import Clue, Reason
from sayso.reading import Reading
from sayso.records import audit_json, explanation_json
from sayso.schema import dumps, loads
from sayso.spans import Span

PAGE = (Path(__file__).parent.parent / "docs" / "data-format.md").read_text(encoding="utf-8")


def test_an_audit_is_plain_json_with_the_numbers_of_the_audit(ferry: Reading) -> None:
    told = audit_json(ferry, audit(ferry))
    assert json.loads(json.dumps(told)) == told
    assert told["schema"] == "sayso-audit/1"
    assert told["document"]["outlet"] == "The Alder Gazette"
    assert "text" not in told["document"]
    first = told["sources"][0]
    assert (first["id"], first["identity"], first["role"], first["words"]) == ("S3", "named", "director", 16)
    assert first["share"] == round(16 / 77, 4)
    assert first["first"] == {"word": 22, "share": round(21 / 77, 4)}
    assert first["cues"] == {"stressed": 1, "told": 1, "said": 1}
    assert first["via"] == {"S2": 1, "S4": 1}
    assert told["sources"][4]["via"] == {}
    assert told["totals"]["longest_chain"] == ["outlet", "S1", "S2", "S3"]
    assert told["totals"]["by_kind"][0] == {"label": "person", "sources": 2, "attributions": 5, "words": 27, "share": round(27 / 77, 4)}
    assert told["relays"] == {"S2": 1, "S4": 1}


def test_an_audit_can_be_worked_out_again_from_the_reading_s_json(ferry: Reading) -> None:
    again = loads(dumps(ferry))
    assert again.sources == ferry.sources
    assert [a.speaker_confidence for a in again.attributions][:4] == [1.0, 1.0, 0.83, 1.0]
    assert audit_json(again, audit(again)) == audit_json(ferry, audit(ferry))


def test_an_explanation_names_the_words_behind_each_label(ferry: Reading) -> None:
    told = explain(ferry, "A3")
    cue = told.attribution.cue[0]
    reasons = (Reason(Clue("cue=told", cue), 1.25), Reason(Clue("no source"), -0.5))
    given = explanation_json(ferry, replace(told, decisions=(Decision("attitude", "assertion", 0.93218, reasons),)))
    assert json.loads(json.dumps(given)) == given
    assert (given["schema"], given["attribution"], given["source"], given["cue"]) == ("sayso-explanation/1", "A3", "She", "told")
    assert (given["speaker"]["name"], given["speaker"]["resolution"], given["speaker"]["confidence"]) == ("Ines Calder", "reference", 0.83)
    (decision,) = given["labels"]
    assert decision["probability"] == 0.9322
    assert decision["reasons"] == [
        {"clue": "cue=told", "span": list(cue), "words": "told", "weight": 1.25},
        {"clue": "no source", "span": None, "words": "", "weight": -0.5},
    ]
    assert ferry.document[Span(*decision["reasons"][0]["span"])] == "told"


def test_every_key_stands_in_the_description_of_the_format(ferry: Reading) -> None:
    told, given = audit_json(ferry, audit(ferry)), explanation_json(ferry, explain(ferry, "A1"))
    keys = {*told, *told["totals"], *told["sources"][0], *told["totals"]["by_kind"][0], *given, *given["labels"][0], *given["speaker"]}
    assert not [key for key in keys if f"`{key}`" not in PAGE and f".{key}`" not in PAGE]
