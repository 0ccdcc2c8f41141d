"""Two invented articles, annotated, and the collections that they are said to be from."""

import copy
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from sayso.evaluation.rowvalues import digest

ARTICLES = {
    "harbor_times_1": "https://harbor.example/1\r\n\r\nThe mayor, Ines Okafor, said the “ferry” 🚢 is safe.\r\n\r\nNo crew came.\r\n",
    "Kq9": "Auditors deny that the bridge was closed, two people at the ministry told The Quay.",
}


def spans(text: str, *words: str) -> list[list[int]]:
    return [[text.index(word), text.index(word) + len(word)] for word in words]


def attribution(text: str, source: str, cue: str, content: str, **labels: Any) -> dict[str, Any]:
    return {
        "id": "A1",
        **{role: spans(text, words) for role, words in (("source", source), ("cue", cue), ("content", content))},
        "speaker": "Ines Okafor",
        "kind": "person",
        "standing": "politician",
        "named": True,
        "role": "mayor",
        "affiliation": None,
        "form": "indirect",
        "attitude": "assertion",
        "polarity": "affirms",
        "outlet_stance": "acknowledges",
        "commitment": "certain",
        "within": None,
        "via": [],
        **labels,
    }


def full_row(name: str, split: str, outlet: str, text: str, starts_at: int, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": name,
        "split": split,
        "outlet": outlet,
        "url": "https://news.example/a",
        "date": "2021-04-05",
        "opinion": False,
        "sha256": digest(text),
        "text": text,
        "attributions": items,
        "own_voice_evaluations": [],
        "loaded": [],
        "starts_at": starts_at,
        "contiguous": True,
    }


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    """One row that begins within its article and ends in a line break of its own, with an emoji; one that is a whole article."""
    first = "The mayor, Ines Okafor, said the “ferry” 🚢 is safe.\n"
    second = ARTICLES["Kq9"]
    one = full_row("ferries/harbor_times_1", "train", "Harbor Times", first, 26, [])
    one["attributions"] = [attribution(first, "The mayor, Ines Okafor", "said", "the “ferry” 🚢 is safe")]
    one["own_voice_evaluations"] = [{"span": spans(first, "🚢")[0], "trigger": "evaluation"}]
    one["loaded"] = [{"span": spans(first, "safe")[0], "speaker": "A1"}, {"span": spans(first, "said")[0], "speaker": "outlet"}]
    outer = attribution(second, "two people at the ministry", "told", "Auditors deny that the bridge was closed", speaker="two people")
    inner = attribution(second, "Auditors", "deny", "that the bridge was closed", id="A2", within="A1", polarity="denies", via=["The Quay"])
    return [one, full_row("bridges/Kq9", "dev", "The Quay", second, 0, [outer, inner])]


@pytest.fixture
def twice(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, the first of them annotated again: it has another label, and loaded words elsewhere."""
    again = copy.deepcopy(rows[0])
    again["attributions"][0]["outlet_stance"] = "endorses"
    again["loaded"] = again["loaded"][:1]
    return [*rows, again]


@pytest.fixture(params=["texts", "objects", "lines", "gzip"])
def collection(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with the articles in each of the ways that collections are distributed."""
    home = tmp_path / "collection"
    (home / "original").mkdir(parents=True)
    (home / "other.txt").write_text("Not wanted.", encoding="utf-8")
    for name, text in ARTICLES.items():
        if request.param == "texts":
            (home / "original" / f"{name}.txt").write_bytes(text.encode())
        elif request.param == "objects":
            value = {"ID": name, "content": "The mayor , Ines Okafor", "content_original": text, "title": "No title"}
            (home / "original" / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
    listed = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in ARTICLES.items())
    if request.param == "lines":
        (home / "all.jsonl").write_text('{"id": "Kq9"}\nno JSON\n[1]\n' + listed, encoding="utf-8")
    elif request.param == "gzip":
        (home / "all.jsonl.gz").write_bytes(gzip.compress(listed.encode()))
    return home
