import json
from pathlib import Path
from typing import Any

import pytest

from sayso.document import Document
from sayso.errors import ContractError
from sayso.evaluation.told import SPEAKER, GoldText, Mark, Told, read_told, told, within
from sayso.reading import OUTLET, Finding, Reading
from sayso.spans import Span

ARTICLE = {
    "id": "tolbury/1", "split": "dev", "outlet": "Tolbury Times",
    "text": "The reckless mayor of Tolbury left.\n\n“A disgraceful farce,” Ona Pell said. The West must act.",
    "loaded": [{"span": [4, 12], "speaker": "outlet"}, {"span": [40, 57], "speaker": "A1"}],
    "own_voice_evaluations": [{"span": [75, 93], "trigger": "exhortation"}],
    "second": {"attributions": [], "loaded": [], "own_voice_evaluations": []},
}  # fmt: skip
SENTENCE = {
    "id": "x:1", "part": "train", "outlet": "The Harbor Post", "topic": "fishing",
    "before": "It rained.", "text": "The heroic crew came home.", "after": "All slept.",
    "loaded": [{"span": [4, 10], "voice": "outlet"}], "editorial": [{"span": [0, 25], "trigger": "evaluation"}],
}  # fmt: skip
BASIL = {
    "id": "b1", "outlet": "hpo", "title": "Mayor rages", "sentences": ["He raged on.", "“Shame!” she cried.", "It rained."],
    "para_of_sentence": [0, 0, 1],
    "annotations": [
        {"sent": 0, "span": [3, 8], "bias": "lex", "quote": "no"}, {"sent": 1, "span": [1, 6], "bias": "lex", "quote": "yes"},
        {"sent": 2, "span": [0, 10], "bias": "inf", "quote": "no"}, {"sent": -1, "span": [6, 11], "bias": "lex", "quote": "no"},
    ],
}  # fmt: skip


def gold(tmp_path: Path, *values: dict[str, Any], part: str | None = None) -> list[GoldText]:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    return read_told(path, part)


def marked(text: GoldText) -> list[tuple[str, str, str]]:
    marks = (*text.first.loaded, *text.first.editorial)
    return [(text.document[mark.span], mark.voice, mark.label) for mark in marks]


def test_an_article(tmp_path: Path) -> None:
    (text,) = gold(tmp_path, ARTICLE)
    assert marked(text) == [
        ("reckless", OUTLET, "loaded"),
        ("disgraceful farce", SPEAKER, "loaded"),
        ("The West must act.", OUTLET, "exhortation"),
    ]
    assert [text.document[span] for span in text.sentences] == [
        "The reckless mayor of Tolbury left.",
        "“A disgraceful farce,” Ona Pell said.",
        "The West must act.",
    ]
    assert (text.cluster, text.second) == ("tolbury/1", Told())


def test_a_sentence_is_read_with_its_neighbors_and_scored_alone(tmp_path: Path) -> None:
    (text,) = gold(tmp_path, SENTENCE)
    assert text.document.text == "It rained. The heroic crew came home. All slept."
    assert [text.document[span] for span in text.sentences] == ["The heroic crew came home."]
    assert marked(text) == [("heroic", OUTLET, "loaded"), ("The heroic crew came home", OUTLET, "evaluation")]
    assert (text.cluster, text.second) == ("The Harbor Post", None)


def test_a_sentence_with_nothing_before_it(tmp_path: Path) -> None:
    (text,) = gold(tmp_path, SENTENCE | {"before": ""})
    assert text.document[text.first.loaded[0].span] == "heroic"


def test_basil(tmp_path: Path) -> None:
    (text,) = gold(tmp_path, BASIL)
    assert text.document.text == "He raged on. “Shame!” she cried.\n\nIt rained."
    assert marked(text) == [("raged", OUTLET, "loaded"), ("Shame", SPEAKER, "loaded")]
    assert text.measures == ("loaded",)
    assert len(text.sentences) == 3


def test_parts(tmp_path: Path) -> None:
    assert [len(gold(tmp_path, ARTICLE, SENTENCE, part=part)) for part in ("dev", "train", "test", None)] == [1, 1, 0, 2]


@pytest.mark.parametrize("span", [[5, 5], [-1, 3], [3], ["a", "b"]])
def test_broken_spans_name_the_line(tmp_path: Path, span: list[int]) -> None:
    broken = SENTENCE | {"loaded": [{"span": span, "voice": "outlet"}]}
    with pytest.raises(ContractError, match=r"gold\.jsonl:2: "):
        gold(tmp_path, SENTENCE, broken)


def test_what_a_reading_tells() -> None:
    reading = Reading(
        Document("The vile plan."),
        findings=(
            Finding("loaded", "loaded", "S1", (Span(4, 8),), 0.3, 0.3, candidate=True),
            Finding("editorial", "evaluation", OUTLET, (Span(0, 3), Span(9, 13)), 0.9, 0.9),
            Finding("stance", "unfavorable", OUTLET, (Span(0, 13),), 0.9, 0.9),
        ),
    )
    found = told(reading)
    assert found.loaded == (Mark(Span(4, 8), SPEAKER, "loaded", 0.3, True),)
    assert [(mark.span, mark.label) for mark in found.editorial] == [((0, 13), "evaluation")]
    assert found.shown().loaded == ()
    assert found.everything().shown().loaded == (Mark(Span(4, 8), SPEAKER, "loaded", 0.3),)


def test_only_marks_that_meet_a_sentence_are_kept() -> None:
    marks = [Mark(Span(30, 40)), Mark(Span(0, 4)), Mark(Span(9, 12)), Mark(Span(10, 11)), Mark(Span(20, 30))]
    assert [mark.span for mark in within(marks, (Span(10, 20), Span(28, 35)))] == [(9, 12), (10, 11), (20, 30), (30, 40)]
