"""The annotations that stand in the repository: small, whole, true to their cards, and without a line of the articles."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.evaluation.datacard import counts
from sayso.evaluation.rowvalues import MOST_WORDS
from sayso.evaluation.standoff import STORIES, articles_of, form_of, read_detached
from sayso.evaluation.told import part_of

HOME = Path(__file__).parents[2] / "annotations"
PARTS = ("train", "dev", "test")
SETS = {
    "world-news": [f"{part}.jsonl" for part in PARTS],
    "claims": ["train.jsonl", "test.jsonl"],
    "news-sentences": [f"{kind}.{part}.jsonl" for kind in ("wording", "stance") for part in PARTS],
}
FILES = [HOME / folder / name for folder, names in SETS.items() for name in names]
CARDS = [HOME / folder / "README.md" for folder in SETS]
TEXTUAL = {"text", "before", "after", "mention", "title", "body", "region", "quote", "sentence"}


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


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("folder", SETS)
def test_all_parts_are_there_and_small(folder: str) -> None:
    assert {path.name for path in (HOME / folder).iterdir()} == {*SETS[folder], "README.md"}
    assert sum(path.stat().st_size for path in (HOME / folder).glob("*.jsonl")) <= 3_000_000


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_text_of_an_article(path: Path) -> None:
    for row in lines(path):
        assert not TEXTUAL & set(keys(row)), row["id"]
        for key, string in strings(row):
            assert len(string.split()) <= MOST_WORDS, (row["id"], key, string[:80])
            assert key == "url" or len(string) <= 200, (row["id"], key, string[:80])


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name == "news-sentences"], ids=name)
def test_rows_of_sentences_have_no_words_but_names_and_labels(path: Path) -> None:
    for row in lines(path):
        assert {key for key, _ in strings(row)} <= {"id", "part", "outlet", "topic", "sha256", "voice", "trigger", "holder"}


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name == "claims"], ids=name)
def test_rows_of_stories_have_no_words_but_names_of_outlets(path: Path) -> None:
    for row in lines(path):
        assert {key for key, _ in strings(row)} <= {"id", "split", "outlet", "sha256", "against"}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_row_is_of_its_part_and_whole(path: Path) -> None:
    rows = read_detached(path)
    assert [json.loads(json.dumps(row)) for row in rows] == lines(path), "a field that the format does not know"
    for row in rows:
        assert form_of(row).file(row) == path.stem
        assert all(re.fullmatch(r"[0-9a-f]{64}", text["sha256"]) for text in row.get("articles", [row]))
        assert row["id"].partition("/")[0] in ("worldwide_ner", "abp_news", "news_cluster")
        assert all(item["cue"] and item["content"] for item in row.get("attributions", ()))


def test_no_article_no_text_and_no_outlet_stands_in_two_parts() -> None:
    rows = [row for path in FILES for row in read_detached(path)]
    assert len({(form_of(row) is STORIES, row["id"]) for row in rows}) == len(rows)
    digests = {(text["sha256"], part_of(row)) for row in rows for text in row.get("articles", [row])}
    # Stories are split by event: an outlet may stand in both parts.
    outlets = {(row["outlet"], part_of(row)) for row in rows if "articles" not in row}
    for values in (digests, outlets):
        assert len({value for value, _ in values}) == len(values)


def test_an_article_stands_once_but_for_what_the_card_of_stories_tells() -> None:
    places = {folder: [at for path in FILES if path.parent.name == folder for at in articles_in(path)] for folder in SETS}
    assert all(len(set(found)) == len(found) for found in places.values())
    parts = {
        at: f"{path.parent.name} {path.stem.rpartition('.')[2]}"
        for path in FILES
        if path.parent.name != "claims"
        for at in articles_in(path)
    }
    assert len(parts) == len(places["world-news"]) + len(places["news-sentences"])
    shared = Counter(parts[at] for at in articles_in(HOME / "claims" / "train.jsonl") if at in parts)
    assert not any(at in parts for at in articles_in(HOME / "claims" / "test.jsonl"))
    assert set(shared) == {"world-news train", *(f"news-sentences {part}" for part in PARTS)}
    said = " ".join((HOME / "claims" / "README.md").read_text(encoding="utf-8").split())
    assert f"{shared.total()} articles of train also stand in" in said
    assert f"{shared['news-sentences dev']} gave sentences to a dev and {shared['news-sentences test']} to a test" in said


def articles_in(path: Path) -> list[tuple[str, str]]:
    """The articles of a file: each one's collection and name there."""
    return [(row["id"].partition("/")[0], name) for row in read_detached(path) for name in articles_of(row)]


def test_the_card_tells_the_largest_group() -> None:
    groups = [(len(group), row["id"]) for row in read_detached(HOME / "claims" / "train.jsonl") for group in row["groups"]]
    size, story = max(groups)
    said = (HOME / "claims" / "README.md").read_text(encoding="utf-8")
    assert f"(`{story}`) has a group of {size} statements, {size * (size - 1) // 2} pairs at once" in said


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.parent.name)
def test_the_card_counts_what_is_there(card: Path) -> None:
    rows = [row for path in FILES if path.parent == card.parent for row in read_detached(path)]
    assert f"<!-- counts -->\n{counts(rows)}<!-- end" in card.read_text(encoding="utf-8"), "run `sayso annotations count` on its folder"


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.parent.name)
def test_the_card_says_what_people_have_to_know(card: Path) -> None:
    said = " ".join(card.read_text(encoding="utf-8").split())
    assert all(words in said for words in ("language models", "uman coder", "upper bound", "one family", "CC BY 4.0"))
    rows = [(path, row) for path in FILES if path.parent == card.parent for row in read_detached(path)]
    twice = Counter(path.stem.partition(".")[0] for path, row in rows if "second" in row)
    if "wording" in twice:
        told = [f"{twice['wording']} sentences of", f"{twice['stance']} sentences of"]
    elif card.parent.name == "claims":
        told = [f"{twice.total()} stories with"]
    else:
        told = [f"{twice.total()} articles, annotated twice"]
    found = re.findall(r"(\d+ (?:articles|sentences|stories)[^.|]*annotated twice)", said.partition("<!-- agreement -->")[2])
    assert len(found) == len(told), "run `sayso annotations agreement` on the joined files"
    assert all(is_.startswith(should) for is_, should in zip(found, told, strict=True))


@pytest.mark.parametrize("page", [HOME / "README.md", HOME / "guide.md", *CARDS], ids=name)
def test_links_of_the_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)\s]+)", text)
    assert links
    for link in links:
        file, _, heading = link.partition("#")
        target = page.parent / file if file else page
        assert target.exists(), link
        assert not heading or heading in anchors(target), link
    assert not re.search(r"/(?:work|root|home)/\w", text)


def anchors(page: Path) -> set[str]:
    """The headings of a page as they are linked to."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_license_names_itself() -> None:
    text = (HOME / "LICENSE").read_text(encoding="utf-8")
    assert "https://creativecommons.org/licenses/by/4.0/" in text
    assert "does not cover the news articles" in " ".join(text.split())
