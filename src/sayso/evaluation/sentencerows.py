"""Single sentences with loaded words and editorial stretches, or with targets, as published: a row without the texts, and with them.

Always true here: a row's id is `<set>/<article>:<start>`, with the code point at which the sentence begins in its article; what stands
before and after it are stretches of the same article, apart from it by nothing but white space, so that their lengths tell where they
are; the digest is of all of them together. The format is that of `annotations/news-sentences/README.md`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sayso.errors import ContractError
from sayso.evaluation.rowvalues import SPLITS, Row, count, digest, known, one_of, one_word, short, span
from sayso.measures.heard import TRIGGERS

WORDING, STANCE = "wording", "stance"
MARKS = {WORDING: ("loaded", "editorial"), STANCE: ("targets",)}
VOICES = ("outlet", "speaker")
HOLDERS = {-1: ("outlet", "speaker", "self"), 0: ("none",), 1: ("outlet", "speaker", "self")}
"""Who may hold a stance of this polarity."""

_ID = re.compile(r"[^\s:]+/[^\s:/]+:(\d{1,9})")
_TEXTS = ("before", "text", "after")
_LENGTHS = dict(zip(_TEXTS, ("length_before", "length", "length_after"), strict=True))


def form(row: Mapping[str, Any]) -> str:
    """What was annotated: `WORDING` or `STANCE`."""
    return STANCE if "targets" in row else WORDING


def detach(row: Mapping[str, Any]) -> Row:
    """A full row without its texts.

    Raises:
        ContractError: a target is not called what stands there, or a field is not what it has to be.

    """
    for version in filter(None, (row, row.get("second"))):
        for target in version.get("targets", ()):
            if target["mention"] != row["text"][target["start"] : target["end"]]:
                raise ContractError(f"{row['id']}: a mention is not what stands at its place")
    lengths = {_LENGTHS[key]: len(row[key]) for key in _texts(row)}
    return checked({**row, **lengths, "sha256": _digest(row)})


def attach(row: Mapping[str, Any], article: str) -> Row | None:
    """A detached row with its texts again; None if the article has other words there.

    Args:
        row: as `checked` gives it.
        article: the whole public article, without carriage returns.

    """
    start = int(row["id"].rpartition(":")[2])
    end = start + row["length"]
    head, tail = article[:start].rstrip(), article[end:].lstrip()
    found = {"before": head[max(0, len(head) - row["length_before"]) :], "text": article[start:end]}
    if "length_after" in row:
        found["after"] = tail[: row["length_after"]]
    if _digest(found) != row["sha256"]:
        return None
    full = {key: row[key] for key in ("id", "part", "outlet", "topic")} | found | _named(row, found["text"])
    return full | {"second": _named(row["second"], found["text"])} if "second" in row else full


def checked(row: Mapping[str, Any]) -> Row:
    """A detached row of the fields that may be in one, in their order; ContractError if one is missing or not what it has to be."""
    where = short(row["id"])
    if not _ID.fullmatch(where):
        raise ContractError(f"{where}: an id is the set, a slash, the article, a colon, and where the sentence begins")
    if row["part"] not in SPLITS:
        raise ContractError(f"{where}: part {row['part']!r} is none of {', '.join(SPLITS)}")
    try:
        kept: Row = {"id": where, "part": row["part"], "outlet": short(row["outlet"]), "topic": known(row["topic"])}
        kept["sha256"] = one_word(row["sha256"])
        kept |= {key: count(row[key]) for key in _LENGTHS.values() if key != "length_after" or form(row) == WORDING}
        kept |= _version(row, form(row), kept["length"])
        if row.get("second") is not None:
            kept["second"] = _version(row["second"], form(row), kept["length"])
            if _places(kept) != _places(kept["second"]):
                raise ContractError("the second annotation has other targets")
    except ContractError as error:
        raise ContractError(f"{where}: {error}") from None
    return kept


def _version(value: Mapping[str, Any], kind: str, end: int) -> Row:
    """One annotation of a sentence of `end` characters."""
    if kind == STANCE:
        return {"targets": [_target(item, end) for item in value["targets"]]}
    return {
        "loaded": [{"span": span(item["span"], end), "voice": one_of(VOICES, item["voice"], "voice")} for item in value["loaded"]],
        "editorial": [
            {"span": span(item["span"], end), "trigger": one_of(TRIGGERS, item["trigger"], "trigger")} for item in value["editorial"]
        ],
    }


def _target(item: Mapping[str, Any], end: int) -> Row:
    start, stop = span((item["start"], item["end"]), end)
    polarity = item["polarity"]
    if isinstance(polarity, bool) or polarity not in HOLDERS:
        raise ContractError(f"polarity {polarity!r:.40} is none of -1, 0, 1")
    return {"start": start, "end": stop, "polarity": int(polarity), "holder": one_of(HOLDERS[polarity], item["holder"], "holder")}


def _places(version: Mapping[str, Any]) -> list[tuple[int, int]]:
    return [(item["start"], item["end"]) for item in version.get("targets", ())]


def _named(version: Mapping[str, Any], text: str) -> Row:
    """One annotation with the words of its targets."""
    if form(version) == WORDING:
        return {key: version[key] for key in MARKS[WORDING]}
    return {"targets": [_ordered(item | {"mention": text[item["start"] : item["end"]]}) for item in version["targets"]]}


def _ordered(target: Mapping[str, Any]) -> Row:
    return {key: target[key] for key in ("start", "end", "mention", "polarity", "holder")}


def _texts(row: Mapping[str, Any]) -> tuple[str, ...]:
    """What a row gives to read: sentences with targets have nothing after them."""
    return _TEXTS if form(row) == WORDING else _TEXTS[:2]


def _digest(row: Mapping[str, Any]) -> str:
    return digest("\n".join(row[key] for key in _TEXTS if key in row))
