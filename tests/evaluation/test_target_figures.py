import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sayso.document import Document
from sayso.errors import ContractError
from sayso.evaluation.targets import GoldTargets, Label, evaluate_targets, heard_labels, read_targets, target_counts, toneless_labels
from sayso.measures.heard import Heard, Mention, Sentence
from sayso.reading import Finding, Reading
from sayso.spans import Span

MTSC = {
    "id": "s1", "doc": "d1", "split": "rw.dev", "text": "Voss praised Pell, and Pell left.",
    "targets": [
        {"id": "s1a", "start": 0, "end": 4, "mention": "Voss", "polarity": 0, "further_mentions": []},
        {"id": "s1b", "start": 13, "end": 17, "mention": "Pell", "polarity": 1, "further_mentions": [{"start": 23, "end": 27}]},
    ],
}  # fmt: skip
OURS = {
    "id": "o1", "part": "dev", "outlet": "The Harbor Post", "topic": "fishing", "before": "It rained.", "text": "Voss called Pell a liar.",
    "targets": [
        {"start": 0, "end": 4, "mention": "Voss", "polarity": 0, "holder": "none"},
        {"start": 12, "end": 16, "mention": "Pell", "polarity": -1, "holder": "speaker"},
    ],
    "second": {"targets": [{"polarity": -1, "holder": "self"}, {"polarity": -1, "holder": "outlet"}]},
}  # fmt: skip
ROLES = {
    "id": "n1", "outlet": "The Harbor Post", "test_fold": 1, "text": "Voss drowned the town; Voss fled, said Pell.",
    "roles": [
        {"entity": "Voss", "group": "OTHER", "role": "villain", "spans": [[0, 4], [23, 27]]},
        {"entity": "town", "group": "OTHER", "role": "victim", "spans": [[17, 21]]},
        {"entity": "Foss", "group": "OTHER", "role": "hero", "spans": []},
    ],
}  # fmt: skip


def gold(tmp_path: Path, value: dict[str, Any], measure: str = "stance", part: str | None = None) -> list[GoldTargets]:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(value), encoding="utf-8")
    return read_targets(path, measure, part)


def test_newsmtsc(tmp_path: Path) -> None:
    (text,) = gold(tmp_path, MTSC)
    assert [[text.document[span] for span in actor.mentions] for actor in text.actors] == [["Voss"], ["Pell", "Pell"]]
    assert (text.cluster, text.asked, text.first) == ("d1", (Span(0, 4), Span(13, 17)), (Label("neutral"), Label("favorable")))
    assert text.second is None


def test_our_sentences_stand_after_what_was_before(tmp_path: Path) -> None:
    (text,) = gold(tmp_path, OURS, part="dev")
    assert text.document.text == "It rained. Voss called Pell a liar."
    assert [text.document[span] for span in text.asked] == ["Voss", "Pell"]
    assert text.first == (Label("neutral", "none"), Label("unfavorable", "speaker"))
    assert text.second == (Label("unfavorable", "self"), Label("unfavorable", "outlet"))
    assert gold(tmp_path, OURS, part="test") == []


def test_mentions_with_roles(tmp_path: Path) -> None:
    (text,) = gold(tmp_path, ROLES, "roles", "1")
    assert [actor.name for actor in text.actors] == ["Voss", "town"]
    assert [(text.document[span], label.label) for span, label in zip(text.asked, text.first, strict=True)] == [
        ("Voss", "villain"),
        ("town", "victim"),
        ("Voss", "villain"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"targets": [{"start": 4, "end": 4, "mention": "", "polarity": 0}]},
        {"targets": [{"start": 0, "end": 4, "mention": "Voss", "polarity": 2}]},
        {"second": {"targets": []}},
    ],
)
def test_broken_gold_names_the_line(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(ContractError, match=r"gold\.jsonl:1: "):
        gold(tmp_path, {key: value for key, value in OURS.items() if key != "second"} | change)


def heard(text: GoldTargets) -> Heard:
    size = len(text.document.text)
    sentence = Sentence(Span(0, size), (Span(0, size),), (0.0,), (0.0,), 0.0, (0.25,) * 4, (0.1, 0.2, 0.7), 0.5)
    last = text.asked[-1]
    return Heard((sentence,), text.actors, (Mention(last, len(text.actors) - 1, 0, (0.8, 0.1, 0.1), (0.1, 0.3, 0.0)),))


def test_what_was_heard(tmp_path: Path) -> None:
    (text,) = gold(tmp_path, OURS)
    assert heard_labels(text, heard(text), "stance") == [Label("none"), Label("unfavorable", "", 0.8)]
    assert toneless_labels(text, heard(text)) == [Label("favorable", "outlet", 0.7)] * 2
    (roles,) = gold(tmp_path, ROLES, "roles")
    assert heard_labels(roles, heard(roles), "roles")[-1].label == "villain"
    assert heard_labels(roles, heard(roles), "roles")[-1].confidence == pytest.approx(0.75)


@pytest.mark.parametrize(("speaker", "holder"), [("outlet", "outlet"), ("S1", "speaker")])
def test_the_holder_is_whose_finding_is_about_the_target(tmp_path: Path, speaker: str, holder: str) -> None:
    (text,) = gold(tmp_path, OURS)
    finding = Finding("stance", "unfavorable", speaker, (Span(11, 34),), 0.8, 0.8, "Pell", (text.asked[1],))
    reading = Reading(text.document, findings=(finding, replace(finding, confidence=0.1, speaker="S9"), replace(finding, measure="roles")))
    assert [label.holder for label in heard_labels(text, heard(text), "stance", reading)] == ["", holder]


def test_figures_by_hand() -> None:
    ours = [Label("neutral", "none"), Label("unfavorable", "speaker"), Label("favorable", "outlet"), Label("favorable", "self")]
    theirs = [Label("neutral"), Label("favorable", "speaker"), Label("favorable", ""), Label("none")]
    counts = target_counts(ours, theirs, "stance")
    assert [counts[f"stance.accuracy:{end}"] for end in ("hit", "of")] == [2, 4]
    assert [counts[f"stance=favorable:{end}"] for end in ("hit_gold", "gold", "predicted")] == [1, 2, 2]
    assert [counts[f"stance.holder:{end}"] for end in ("hit", "of")] == [1, 1]
    assert [counts[f"stance.found:{end}"] for end in ("hit", "of")] == [1, 2]


def test_the_report(tmp_path: Path) -> None:
    (text,) = gold(tmp_path, OURS)
    report = evaluate_targets([text], {"all": [text.first], "none": [[Label("none")] * 2]}, "stance", resamples=3)
    assert (report.value("all", "stance"), report.value("none", "stance")) == (1.0, 0.0)
    assert report.agreement is not None
    assert report.agreement.figures["stance.accuracy"].value == 0.5
    assert (report.items, report.unit, report.clusters) == (2, "targets", "documents or outlets")


def test_macro_f1_is_the_plain_mean_of_the_labels_that_the_gold_has() -> None:
    text = GoldTargets(Document("a"), "a", (), (Span(0, 1),) * 4, tuple(map(Label, ("hero", "villain", "villain", "villain"))))
    report = evaluate_targets([text], {"frequent": [[Label("villain")] * 4]}, "roles", resamples=3)
    assert report.value("frequent", "roles") == pytest.approx((0.0 + 6 / 7) / 2)
    assert report.value("frequent", "roles.accuracy") == 0.75
