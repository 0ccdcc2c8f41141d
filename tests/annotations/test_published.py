"""The annotations that stand in the repository: small, whole, true to their card, and without a line of the articles."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.evaluation.datacard import counts
from sayso.evaluation.standoff import MOST_WORDS, read_detached

HOME = Path(__file__).parents[2] / "annotations"
FILES = sorted((HOME / "world-news").glob("*.jsonl"))
TEXTUAL = {"text", "title", "body", "region", "quote", "sentence"}


def strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every string of a JSON value, with the name of the field that it stands in."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, key)


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_three_parts_are_there_and_small() -> None:
    assert [path.name for path in FILES] == ["dev.jsonl", "test.jsonl", "train.jsonl"]
    assert sum(path.stat().st_size for path in FILES) <= 3_000_000


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_text_of_an_article(path: Path) -> None:
    for row in lines(path):
        assert not TEXTUAL & set(keys(row)), row["id"]
        for key, string in strings(row):
            assert len(string.split()) <= MOST_WORDS, (row["id"], key, string[:80])
            assert key == "url" or len(string) <= 200, (row["id"], key, string[:80])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_row_is_of_its_part_and_whole(path: Path) -> None:
    rows = read_detached(path)
    assert [json.loads(json.dumps(row)) for row in rows] == lines(path), "a field that the format does not know"
    for row in rows:
        assert row["split"] == path.stem
        assert re.fullmatch(r"[0-9a-f]{64}", row["sha256"])
        assert row["set"] in ("worldwide_ner", "abp_news")
        assert all(item["cue"] and item["content"] for item in row["attributions"])


def test_no_article_and_no_outlet_stands_in_two_parts() -> None:
    rows = {path.stem: read_detached(path) for path in FILES}
    ids = [row["id"] for found in rows.values() for row in found]
    digests = [row["sha256"] for found in rows.values() for row in found]
    assert len(set(ids)) == len(ids) == len(set(digests))
    outlets = [outlet for found in rows.values() for outlet in {row["outlet"] for row in found}]
    assert len(set(outlets)) == len(outlets)


def test_the_card_counts_what_is_there() -> None:
    card = (HOME / "README.md").read_text(encoding="utf-8")
    order = [HOME / "world-news" / f"{part}.jsonl" for part in ("train", "dev", "test")]
    assert counts([row for path in order for row in read_detached(path)]) in card, "run `sayso annotations count annotations/world-news`"


def test_the_card_says_what_people_have_to_know() -> None:
    card = (HOME / "README.md").read_text(encoding="utf-8")
    assert all(words in card for words in ("language models", "No human", "upper bound", "one family", "CC BY 4.0"))
    assert re.search(r"<!-- agreement -->\n\d+ articles, annotated twice", card)
    twice = sum("second" in row for path in FILES for row in read_detached(path))
    assert f"<!-- agreement -->\n{twice} articles" in card, "run `sayso annotations agreement` on the joined files"


@pytest.mark.parametrize("name", ["README.md", "guide.md"])
def test_links_of_the_card_lead_somewhere(name: str) -> None:
    page = (HOME / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page)
    assert links
    assert [link for link in links if not (HOME / link).exists()] == []
    assert not re.search(r"/(?:work|root|home)/\w", page)


def test_license_names_itself() -> None:
    text = (HOME / "LICENSE").read_text(encoding="utf-8")
    assert "https://creativecommons.org/licenses/by/4.0/" in text
    assert "does not cover the news articles" in " ".join(text.split())
