"""The tables of annotated sentences: what is counted, and how far two annotators agree."""

import json
from pathlib import Path
from typing import Any

import pytest

from sayso.evaluation.datacard import agreements, counts
from sayso.evaluation.sentencecard import alpha
from sayso.evaluation.standoff import detach

TEXT = "The reckless council must go, said nobody."


def worded(number: int, part: str, outlet: str, loaded: list[Any], editorial: list[Any], **more: Any) -> dict[str, Any]:
    marks = {
        "loaded": [{"span": list(span), "voice": voice} for span, voice in loaded],
        "editorial": [{"span": list(span), "trigger": trigger} for span, trigger in editorial],
    }
    row = {"id": f"harbors/a{number}:0", "part": part, "outlet": outlet, "topic": "fishing", "before": "", "text": TEXT, "after": ""}
    return row | marks | more


def targeted(number: int, *labels: tuple[int, str], second: tuple[tuple[int, str], ...] = ()) -> dict[str, Any]:
    def targets(given: tuple[tuple[int, str], ...]) -> list[dict[str, Any]]:
        places = [(4, 12), (13, 20)]
        return [
            {"start": start, "end": end, "mention": TEXT[start:end], "polarity": polarity, "holder": holder}
            for (start, end), (polarity, holder) in zip(places, given, strict=False)
        ]

    row = {"id": f"harbors/b{number}:0", "part": "test", "outlet": f"Paper {number}", "topic": "rail", "before": "", "text": TEXT}
    return row | {"targets": targets(labels)} | ({"second": {"targets": targets(second)}} if second else {})


WORDS = [
    worded(1, "train", "The Quay", [((4, 12), "outlet"), ((13, 20), "speaker")], []),
    worded(
        2, "test", "Harbor Times", [((4, 12), "outlet")], [((0, 28), "exhortation")],
        second={"loaded": [{"span": [8, 20], "voice": "outlet"}], "editorial": [{"span": [0, 28], "trigger": "evaluation"}]},
    ),
    worded(3, "test", "Tolbury Times", [], [], second={"loaded": [{"span": [4, 12], "voice": "outlet"}], "editorial": []}),
    worded(4, "test", "Tolbury Times", [], []),
]  # fmt: skip
TARGETS = [
    targeted(1, (-1, "outlet"), (0, "none"), second=((-1, "speaker"), (0, "none"))),
    targeted(2, (1, "self"), second=((0, "none"),)),
    targeted(3, (-1, "speaker")),
]


def written(folder: Path, **files: list[dict[str, Any]]) -> list[Path]:
    paths = []
    for name, rows in files.items():
        paths.append(folder / f"{name}.jsonl")
        paths[-1].write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return paths


def test_counts_are_of_first_annotations_each_form_by_itself() -> None:
    wording, stance = counts([detach(row) for row in (*TARGETS, *WORDS)]).split("\n\n")
    assert wording.splitlines() == [
        "| wording | train | test | all |",
        "|---|--:|--:|--:|",
        "| sentences | 1 | 3 | 4 |",
        "| … annotated twice | 0 | 2 | 2 |",
        f"| characters | {len(TEXT)} | {3 * len(TEXT)} | {4 * len(TEXT)} |",
        "| outlets | 1 | 2 | 3 |",
        "| topics | 1 | 1 | 1 |",
        "| sentences with loaded words | 1 | 1 | 2 |",
        "| loaded words or phrases | 2 | 1 | 3 |",
        "| … `outlet` | 1 | 1 | 2 |",
        "| … `speaker` | 1 | 0 | 1 |",
        "| editorial sentences | 0 | 1 | 1 |",
        "| editorial stretches | 0 | 1 | 1 |",
        "| … `evaluation` | 0 | 0 | 0 |",
        "| … `exhortation` | 0 | 1 | 1 |",
        "| … `presupposition` | 0 | 0 | 0 |",
        "| … `generalization` | 0 | 0 | 0 |",
    ]
    for line in ("targets | 4 | 4", "… unfavorable | 2 | 2", "… favorable | 1 | 1", "… holder `self` | 1 | 1", "… holder `none` | 1 | 1"):
        assert f"| {line} |" in stance


def test_agreement_is_both_ways(tmp_path: Path) -> None:
    told = agreements(written(tmp_path, wording=WORDS, stance=TARGETS))
    assert told is not None
    wording, stance = told.split("\n\n2 sentences")
    assert wording.startswith("2 sentences of 2 outlets, annotated twice.")
    # One of one and of two spans is met; four of eight and of twenty characters; one of the two sentences by both.
    for line in (
        "spans that overlap, F1 | 1 | 66.7 |",
        "characters, F1 | 8 | 28.6 |",
        "sentences with any, F1 | 1 | 66.7 |",
        "editorial, F1 | 1 | 100.0 |",
        "right trigger, of matched spans | 1 | 0.0 |",
        "exhortation, spans, F1 | 1 | 0.0 |",
        "with loaded words or without: Krippendorff's α × 100 | 2 | 0.0 |",
        "editorial sentences or not: Krippendorff's α × 100 | 2 | 100.0 |",
    ):
        assert line in wording, line
    for line in ("accuracy | 3 | 66.7 |", "unfavorable, F1 | 1 | 100.0 |", "favorable, F1 | 1 | 0.0 |", "speaker, F1 | 0 | 0.0 |"):
        assert line in stance, line
    assert "both unfavorable: accuracy | 1 | 0.0 |" in stance


def test_without_second_annotations_there_is_no_agreement(tmp_path: Path) -> None:
    assert agreements(written(tmp_path, wording=WORDS[:1], stance=TARGETS[2:], empty=[])) is None


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        ("ab", "ab", 1.0),
        ("ab", "ba", -0.5),
        ("aa", "aa", None),
        ("", "", None),
        # The two worked examples of Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", to three digits.
        ("0100000010", "1110010000", 0.095),
        ("aabbdcccedda", "babbbccceddd", 0.692),
    ],
)
def test_alpha(first: str, second: str, value: float | None) -> None:
    found = alpha(list(zip(first, second, strict=True)))
    assert found == (None if value is None else pytest.approx(value, abs=0.0005))
