import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from sayso.attribution.draft import Found, Name
from sayso.document import Document
from sayso.errors import ContractError, UnreadableInput, UsageError
from sayso.evaluation.names import evaluate_names, name_counts, read_names
from sayso.evaluation.table import table
from sayso.spans import Span

TEXT = "By Ona Pell. Mara Voss of the Harbor Institute left Tolbury, a Norvanian port. In May Ben Foss sang."
ROWS = [
    [("Mara", "B-Person"), ("Voss", "I-Person"), ("of", "O"), ("Harbor", "B-Organization"), ("Institute", "I-Organization"), ("left", "O"),
     ("Tolbury", "B-Location"), ("Norvanian", "B-NORP"), ("port", "I-Facility")],
    [("In", "O"), ("May", "B-Date"), ("Ben", "B-Person"), ("Foss", "I-Person")],
]  # fmt: skip


def offsets(words: list[str]) -> list[int]:
    return [at for word in words for at in (TEXT.index(word), TEXT.index(word) + len(word))]


def name(words: str, kind: str) -> Name:
    return Name(Span(TEXT.index(words), TEXT.index(words) + len(words)), kind)


ALL = (
    name("Mara Voss", "person"), name("Harbor Institute", "organization"), name("Tolbury", "place"), name("Norvanian", "nationality"),
    name("port", "place"), name("Ben Foss", "person"),
)  # fmt: skip


def gold(path: Path, *, lost: bool = False, zipped: bool = False) -> Path:
    sentences: list[dict[str, Any]] = [
        {"form": [w for w, _ in row], "ner": [t for _, t in row], "off": offsets([w for w, _ in row])} for row in ROWS
    ]
    if lost:
        sentences[1]["off"] = [-1, -1, *sentences[1]["off"][2:]]
    line = (json.dumps({"id": "a", "text": TEXT, "sents": sentences}) + "\n").encode()
    path.write_bytes(gzip.compress(line) if zipped else line)
    return path


@pytest.mark.parametrize("zipped", [True, False])
def test_nine_classes_become_four_kinds(tmp_path: Path, zipped: bool) -> None:
    (found,) = read_names(gold(tmp_path / "gold.jsonl.gz", zipped=zipped))
    assert found.names == ALL


def test_figures_by_hand(tmp_path: Path) -> None:
    (text,) = read_names(gold(tmp_path / "gold.jsonl"))
    assert name_counts(text, ALL)["names:hit_gold"] == name_counts(text, ALL)["names:gold"] == 5
    # One right person, one with half a name, a place called an organization, and one name outside the sentences, which nobody marked.
    found = name_counts(text, [ALL[0], name("Foss", "person"), name("Tolbury", "organization"), name("Ona Pell", "person")])
    assert [found[f"names:{end}"] for end in ("hit_gold", "gold", "predicted")] == [1, 5, 3]
    assert [found[f"names.person:{end}"] for end in ("hit_gold", "gold", "predicted")] == [1, 2, 2]
    assert [found[f"names.place:{end}"] for end in ("hit_gold", "gold", "predicted")] == [0, 2, 0]
    assert [found[f"names.span:{end}"] for end in ("hit_gold", "gold", "predicted")] == [2, 6, 3]


def test_a_sentence_that_could_not_be_aligned_is_skipped(tmp_path: Path) -> None:
    (text,) = read_names(gold(tmp_path / "gold.jsonl", lost=True))
    assert text.names == ALL[:5]
    assert name_counts(text, ALL)["names:predicted"] == 4


def test_the_report(tmp_path: Path) -> None:
    def perfect(documents: Sequence[Document]) -> list[Found]:
        return [Found(names=ALL) for _ in documents]

    report = evaluate_names(
        read_names(gold(tmp_path / "gold.jsonl")), {"nobody": lambda d: [Found() for _ in d], "all": perfect}, resamples=5
    )
    assert (report.articles, report.items, report.unit) == (1, 6, "names")
    assert (report.value("nobody", "names"), report.value("all", "names")) == (0.0, 1.0)
    assert "1 articles, 6 names" in table(report)
    with pytest.raises(UsageError, match="no gold articles"):
        evaluate_names([], {})


@pytest.mark.parametrize("content", [b"{", b'{"id": 1}', b"[]", b'{"id": "a", "text": "b", "sents": [{"ner": ["O"]}]}'])
def test_broken_records_are_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\n" + content)
    with pytest.raises(ContractError, match=r"gold\.jsonl:2: not a gold record"):
        read_names(path)


@pytest.mark.parametrize("content", [b"\x1f\x8bbroken", b"\xff\xfe"])
def test_broken_files_are_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match=r"gold\.jsonl"):
        read_names(path)
    with pytest.raises(UnreadableInput, match="missing"):
        read_names(tmp_path / "missing")
