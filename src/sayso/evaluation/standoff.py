"""Annotations apart from the articles they belong to: offsets and labels with a digest, so that they may go where the texts may not.

Always true here: a detached row holds nothing of its article but short strings, the names and roles of who speaks; only the fields named
below pass, each of the kind it has to be. A text that is attached is the one that was annotated, character for character: the SHA-256 of
it in UTF-8 decides. Rows without text have the format of `annotations/README.md`; rows with it are read by `read_gold`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import ContractError
from sayso.evaluation.jsonlines import records
from sayso.evaluation.labels import CLOSED

Row = dict[str, Any]

SPLITS = ("train", "dev", "test")
TRIGGERS = ("evaluation", "exhortation", "presupposition", "generalization")
MOST_WORDS, MOST_CHARACTERS = 16, 200  # of a name or a role; longer ones would be text of the article

_ROLES = ("source", "cue", "content")
_NAMES = ("speaker", "role", "affiliation")


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of a join: full rows by id, and the ids of articles that are not there, or there with other words."""

    rows: Mapping[str, Row]
    missing: tuple[str, ...]
    differing: tuple[str, ...]


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def detach(row: Mapping[str, Any]) -> Row:
    """A full row without its text.

    The annotated text is one stretch of the public article, from `starts_at` on, with a line break at its end where the annotators put one.
    A description of a speaker that is longer than `MOST_WORDS` ends in "…" after so many.

    Raises:
        ContractError: the text is not what its digest says, does not hang together in the article, or a field is not what it has to be.

    """
    text = row["text"]
    if digest(text) != row["sha256"]:
        raise ContractError(f"{row['id']}: the text is not the one of its sha256")
    ended = text.endswith("\n")
    kept = {**row, **_cut_names(row), "length": len(text) - ended, "final_line_break": ended}
    return _checked(kept if row.get("second") is None else {**kept, "second": {**row["second"], **_cut_names(row["second"])}})


def attach(row: Mapping[str, Any], article: str) -> Row | None:
    """A detached row with its text again; None if the article has other words there.

    Args:
        row: as `read_detached` gives it.
        article: the whole public article, with or without carriage returns.

    """
    start = row["starts_at"]
    text = article.replace("\r", "")[start : start + row["length"]] + "\n" * row["final_line_break"]
    if digest(text) != row["sha256"]:
        return None
    full: Row = {}
    for key, value in row.items():
        if key == "starts_at":
            full["text"] = text
        if key not in ("set", "length", "final_line_break"):
            full[key] = value
    return full


def read_detached(path: Path) -> list[Row]:
    """The rows of a file without texts, in order, every field checked.

    Raises:
        UnreadableInput: the file is missing or not UTF-8.
        ContractError: a line is broken; the message names it.

    """
    return list(records(path, _checked))


def detached(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Row]]:
    """Full rows as detached rows by split, in order; an article that comes again brings its second annotation.

    Raises:
        ContractError: a row is broken, or an article comes with another text or a third time.

    """
    by_id: dict[str, Row] = {}
    for row in map(detach, rows):
        first = by_id.setdefault(row["id"], row)
        if first is row:
            continue
        if "second" in first or "second" in row or first["sha256"] != row["sha256"]:
            raise ContractError(f"{row['id']}: comes again with another text, or has its second annotation already")
        first["second"] = {key: row[key] for key in ("attributions", "own_voice_evaluations", "loaded")}
    found: dict[str, list[Row]] = {}
    for row in by_id.values():
        found.setdefault(row["split"], []).append(row)
    return found


def join(rows: Sequence[Mapping[str, Any]], articles: Iterable[tuple[str, str]]) -> Joined:
    """Detached rows with their texts again.

    Args:
        rows: detached rows; their ids are all different.
        articles: pairs of an article's name (a row's id after the slash) and its whole text, in any order. Of several texts of one name
            the one that fits is taken; the search ends when every row has its text.

    """
    waiting: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        waiting.setdefault(name_in_set(row["id"]), []).append(row)
    found: dict[str, Row] = {}
    differing: set[str] = set()
    for name, article in articles:
        for row in waiting.get(name, ()):
            if row["id"] in found:
                continue
            full = attach(row, article)
            if full is None:
                differing.add(row["id"])
            else:
                found[row["id"]] = full
        if len(found) == len(rows):
            break
    ids = [row["id"] for row in rows]
    return Joined(
        rows={name: found[name] for name in ids if name in found},
        missing=tuple(name for name in ids if name not in found and name not in differing),
        differing=tuple(name for name in ids if name not in found and name in differing),
    )


def name_in_set(row_id: str) -> str:
    """The name of an article in its public set: what stands after the slash of a row's id."""
    return row_id.rpartition("/")[2]


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


def _checked(row: Mapping[str, Any]) -> Row:
    """A detached row of the fields that may be in one, in their order; ContractError if one is missing or not what it has to be."""
    where = _short(row["id"])
    if row["split"] not in SPLITS:
        raise ContractError(f"{where}: split {row['split']!r} is none of {', '.join(SPLITS)}")
    if row["contiguous"] is not True or not isinstance(row["final_line_break"], bool):
        raise ContractError(f"{where}: contiguous has to be true and final_line_break true or false: the text is one stretch")
    end = _count(row["length"]) + row["final_line_break"]
    kept: Row = {"id": where, "set": where.rpartition("/")[0], "split": row["split"]}
    if "batch" in row:
        kept["batch"] = _count(row["batch"])
    kept |= {"outlet": _known(row["outlet"]), "url": row["url"] and _one_word(row["url"]), "date": _known(row["date"])}
    kept["opinion"] = bool(row["opinion"])
    kept |= {"sha256": _one_word(row["sha256"]), "starts_at": _count(row["starts_at"]), "length": _count(row["length"])}
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
        kept: Row = {"id": _one_word(item["id"]), **{role: [_span(pair, end) for pair in item[role]] for role in _ROLES}}
        for key in ("speaker", "kind", "standing", "named", *_NAMES[1:], "form", "attitude", "polarity", "outlet_stance", "commitment"):
            if key == "named":
                kept[key] = bool(item[key])
            elif key in _NAMES:
                kept[key] = _known(item[key])
            else:
                kept[key] = _one_of(CLOSED[key], item[key], key)
        kept["within"] = None if item["within"] is None else _one_of(ids, item["within"], "within")
        kept["via"] = [_short(name) for name in item["via"]]
        attributions.append(kept)
    own = value["own_voice_evaluations"]
    return {
        "attributions": attributions,
        "own_voice_evaluations": [
            {"span": _span(item["span"], end), "trigger": _one_of(TRIGGERS, item["trigger"], "trigger")} for item in own
        ],
        "loaded": [
            {"span": _span(item["span"], end), "speaker": _one_of({"outlet", *ids}, item["speaker"], "speaker of loaded words")}
            for item in value["loaded"]
        ],
    }


def _span(pair: Sequence[int], end: int) -> list[int]:
    first, last = map(_count, pair)
    if not first < last <= end:
        raise ContractError(f"span {list(pair)} is empty or lies outside the text of {end} characters")
    return [first, last]


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ContractError(f"a number of characters is wanted, found {value!r:.40}")
    return value


def _short(value: object) -> str:
    if not isinstance(value, str) or len(value) > MOST_CHARACTERS or len(value.split()) > MOST_WORDS:
        raise ContractError(f"a name of at most {MOST_WORDS} words is wanted, found {value!r:.40}")
    return value


def _known(value: object) -> str | None:
    return None if value is None else _short(value)


def _one_word(value: object) -> str:
    if not isinstance(value, str) or len(value.split()) > 1:
        raise ContractError(f"an id, a digest or an address is wanted, found {value!r:.40}")
    return value


def _one_of(values: Iterable[str], value: object, what: str) -> str:
    if not isinstance(value, str) or value not in values:
        raise ContractError(f"{what} {value!r:.40} is unknown")
    return value
