import json
from pathlib import Path
from typing import Any

import pytest

from sayso.attribution.voices import voices
from sayso.document import Document
from sayso.errors import ContractError
from sayso.evaluation.own_voice import (
    Booked,
    Evaluative,
    GoldVoices,
    by_voices,
    evaluate_own_voice,
    marks_only,
    own_voice_counts,
    read_voices,
    voice_blind,
)  # fmt: skip
from sayso.reading import Attribution, Finding, Reading, Source
from sayso.spans import Span

RECORD: dict[str, Any] = {
    "id": "b1", "outlet": "hpo", "title": "Mayor rages",
    "sentences": ["The reckless mayor left.", "“A vile plan,” Pell said.", "Pell said that it was a farce."],
    "para_of_sentence": [0, 1, 1],
    "annotations": [
        {"sent": 0, "span": [4, 12], "bias": "lex", "quote": "no"},
        {"sent": 1, "span": [3, 12], "bias": "lex", "quote": "yes"},
        {"sent": 2, "span": [15, 29], "bias": "inf", "quote": "no"},
        {"sent": -1, "span": [6, 11], "bias": "lex", "quote": "no"},
    ],
}  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> GoldVoices:
    path = tmp_path / "basil.jsonl"
    path.write_text(json.dumps(RECORD), encoding="utf-8")
    (article,) = read_voices(path)
    return article


def test_spans_are_located_in_the_whole_text(gold: GoldVoices) -> None:
    assert gold.document.text == "The reckless mayor left.\n\n“A vile plan,” Pell said. Pell said that it was a farce."
    assert [(gold.document[item.span], item.kind, item.quoted) for item in gold.spans] == [
        ("reckless", "lex", False),
        ("vile plan", "lex", True),
        ("it was a farce", "inf", False),
    ]


def test_a_span_outside_its_sentence(tmp_path: Path) -> None:
    path = tmp_path / "basil.jsonl"
    path.write_text(json.dumps(RECORD | {"annotations": [RECORD["annotations"][0] | {"span": [4, 99]}]}), encoding="utf-8")
    with pytest.raises(ContractError, match="does not lie in its sentence"):
        read_voices(path)


def figures(gold: GoldVoices, booked: Booked) -> dict[str, float]:
    counts = own_voice_counts(gold, booked)
    names = {column.rpartition(":")[0] for column in counts}
    return {name: counts[f"{name}:hit"] / counts[f"{name}:of"] for name in names if counts[f"{name}:of"]}


def test_who_knows_no_voices_books_all_quoted_spans_to_the_outlet(gold: GoldVoices) -> None:
    found = figures(gold, voice_blind(gold.document))
    assert [found[f"misattributed{kind}"] for kind in ("", ".lex", ".inf")] == pytest.approx([1 / 3, 0.5, 0.0])
    assert found["lost"] == 0.0


def test_quotation_marks_alone(gold: GoldVoices) -> None:
    found = figures(gold, marks_only(gold.document))
    assert (found["misattributed"], found["lost"]) == (0.0, 0.0)


def reading(gold: GoldVoices, *findings: Finding) -> Reading:
    text = gold.document.text
    indirect = Span(text.index("it was"), len(text) - 1)
    said = [Attribution("A1", (Span(26, 40),), speaker="S1"), Attribution("A2", (indirect,), speaker="S1")]
    return Reading(gold.document, tuple(said), (Source("S1", "Pell"),), voices(gold.document, said), findings)


def test_reported_words_count_as_lost(gold: GoldVoices) -> None:
    found = figures(gold, by_voices(reading(gold)))
    assert (found["misattributed"], found["lost"], found["lost.lex"], found["lost.inf"]) == (0.0, 0.5, 0.0, 1.0)
    assert not any(name.startswith("misattributed.found") for name in found)


def test_what_our_measures_found(gold: GoldVoices) -> None:
    spans = [item.span for item in gold.spans]
    shown = Finding("loaded", "loaded", "S1", (Span(spans[1].start, spans[1].start + 4),), 0.9, 0.9)
    candidate = Finding("loaded", "loaded", "outlet", (spans[0],), 0.2, 0.2, candidate=True)
    other = Finding("certainty", "hedge", "outlet", (spans[0],), 0.9, 0.9)
    booked = by_voices(reading(gold, shown, candidate, other))
    assert figures(gold, booked)["recall"] == pytest.approx(1 / 3)
    assert figures(gold, voice_blind(gold.document, booked.found))["misattributed.found"] == 1.0
    assert "misattributed.found" not in figures(gold, booked)  # nothing that was found is booked to the outlet


@pytest.mark.parametrize(("elsewhere", "away"), [((0, 5), False), ((0, 6), True), ((9, 20), False)])
def test_most_of_the_characters_decide(elsewhere: tuple[int, int], away: bool) -> None:
    gold = GoldVoices(Document("x" * 30), (Evaluative(Span(0, 10), "lex", False),))
    assert own_voice_counts(gold, Booked((Span(*elsewhere),)))["lost:hit"] == away


def test_the_report(gold: GoldVoices) -> None:
    systems = {"ours": [by_voices(reading(gold))], "voice-blind": [voice_blind(gold.document)]}
    report = evaluate_own_voice([gold], systems, resamples=3)
    assert report.value("voice-blind", "misattributed") == pytest.approx(1 / 3)
    assert report.systems[1].differences["misattributed"].value == pytest.approx(1 / 3)
    assert (report.articles, report.items) == (1, 3)
