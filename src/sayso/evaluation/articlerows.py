"""Whole articles with attributions, as published: a row without the article's text, and with it.

Always true here: the annotated text is one stretch of the public article, from `starts_at` on, with a line break at its end where the
annotators put one; it is the text whose digest the row has. The format is that of `annotations/world-news/README.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sayso.errors import ContractError
from sayso.evaluation.labels import CLOSED
from sayso.evaluation.rowvalues import MOST_WORDS, SPLITS, Row, count, digest, known, one_of, one_word, short, span
from sayso.measures.heard import TRIGGERS

MARKS = ("attributions", "own_voice_evaluations", "loaded")

_ROLES = ("source", "cue", "content")
_NAMES = ("speaker", "role", "affiliation")


def detach(row: Mapping[str, Any]) -> Row:
    """A full row without its text.

    A description of a speaker that is longer than `MOST_WORDS` ends in "…" after so many.

    Raises:
        ContractError: the text is not what its digest says, does not hang together in the article, or a field is not what it has to be.

    """
    text = row["text"]
    if digest(text) != row["sha256"]:
        raise ContractError(f"{row['id']}: the text is not the one of its sha256")
    ended = text.endswith("\n")
    kept = {**row, **_cut_names(row), "length": len(text) - ended, "final_line_break": ended}
    return checked(kept if row.get("second") is None else {**kept, "second": {**row["second"], **_cut_names(row["second"])}})


def attach(row: Mapping[str, Any], article: str) -> Row | None:
    """A detached row with its text again; None if the article has other words there.

    Args:
        row: as `checked` gives it.
        article: the whole public article, without carriage returns.

    """
    start = row["starts_at"]
    text = article[start : start + row["length"]] + "\n" * row["final_line_break"]
    if digest(text) != row["sha256"]:
        return None
    full: Row = {}
    for key, value in row.items():
        if key == "starts_at":
            full["text"] = text
        if key not in ("set", "length", "final_line_break"):
            full[key] = value
    return full


def checked(row: Mapping[str, Any]) -> Row:
    """A detached row of the fields that may be in one, in their order; ContractError if one is missing or not what it has to be."""
    where = short(row["id"])
    if row["split"] not in SPLITS:
        raise ContractError(f"{where}: split {row['split']!r} is none of {', '.join(SPLITS)}")
    if row["contiguous"] is not True or not isinstance(row["final_line_break"], bool):
        raise ContractError(f"{where}: contiguous has to be true and final_line_break true or false: the text is one stretch")
    end = count(row["length"]) + row["final_line_break"]
    kept: Row = {"id": where, "set": where.rpartition("/")[0], "split": row["split"]}
    if "batch" in row:
        kept["batch"] = count(row["batch"])
    kept |= {"outlet": known(row["outlet"]), "url": row["url"] and one_word(row["url"]), "date": known(row["date"])}
    kept["opinion"] = bool(row["opinion"])
    kept |= {"sha256": one_word(row["sha256"]), "starts_at": count(row["starts_at"]), "length": count(row["length"])}
    kept |= {"final_line_break": row["final_line_break"], "contiguous": True}
    try:
        kept |= _version(row, end)
        if row.get("second") is not None:
            kept["second"] = _version(row["second"], end)
    except ContractError as error:
        raise ContractError(f"{where}: {error}") from None
    return kept


def _version(value: Mapping[str, Any], end: int) -> Row:
    """One annotation of an article whose text has `end` characters."""
    ids = {item["id"] for item in value["attributions"]}
    attributions = []
    for item in value["attributions"]:
        kept: Row = {"id": one_word(item["id"]), **{role: [span(pair, end) for pair in item[role]] for role in _ROLES}}
        for key in ("speaker", "kind", "standing", "named", *_NAMES[1:], "form", "attitude", "polarity", "outlet_stance", "commitment"):
            if key == "named":
                kept[key] = bool(item[key])
            elif key in _NAMES:
                kept[key] = known(item[key])
            else:
                kept[key] = one_of(CLOSED[key], item[key], key)
        kept["within"] = None if item["within"] is None else one_of(ids, item["within"], "within")
        kept["via"] = [short(name) for name in item["via"]]
        attributions.append(kept)
    return {
        "attributions": attributions,
        "own_voice_evaluations": [
            {"span": span(item["span"], end), "trigger": one_of(TRIGGERS, item["trigger"], "trigger")}
            for item in value["own_voice_evaluations"]
        ],
        "loaded": [
            {"span": span(item["span"], end), "speaker": one_of({"outlet", *ids}, item["speaker"], "speaker of loaded words")}
            for item in value["loaded"]
        ],
    }


def _cut_names(value: Mapping[str, Any]) -> Row:
    """The attributions of one annotation, no name longer than may be published."""
    return {
        "attributions": [
            {**item, **{key: _cut(item[key]) for key in _NAMES}, "via": [_cut(name) for name in item["via"]]}
            for item in value["attributions"]
        ]
    }


def _cut(name: str | None) -> str | None:
    words = name.split() if name else []
    return name if len(words) <= MOST_WORDS else " ".join(words[:MOST_WORDS]) + "…"
