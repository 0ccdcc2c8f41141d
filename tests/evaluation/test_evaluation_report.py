import json
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.document import Document
from sayso.errors import UsageError
from sayso.evaluation.agreement import agreement
from sayso.evaluation.gate import Fall, Floors, below, check_gold, digest, read_floors
from sayso.evaluation.protocols import CONTRACT, POLNEAR, Protocol
from sayso.evaluation.report import Report, evaluate, to_json
from sayso.evaluation.table import table
from sayso.reading import Attribution, Reading, Source
from sayso.spans import Span

NAMES = ["Ada", "Bea", "Cyd", "Dot", "Eve", "Fay", "Gus", "Hal"]


def article(name: str, statements: int = 3) -> Reading:
    text, attributions = "", []
    for n in range(statements):
        start = len(text)
        text += f"{name} said dam number {n} holds well. "
        content = (Span(start + len(name) + 6, len(text) - 2),)
        source, cue = (Span(start, start + len(name)),), (Span(start + len(name) + 1, start + len(name) + 5),)
        attributions.append(Attribution(f"A{n}", content, source, cue, speaker="S1", chain=("outlet", "S1")))
    return Reading(Document(text=text, origin=name), tuple(attributions), (Source("S1", name),))


GOLD = [article(name) for name in NAMES]


def worse(reading: Reading, kept: int) -> Reading:
    return replace(reading, attributions=reading.attributions[:kept])


BASELINE = [worse(reading, n % 3) for n, reading in enumerate(GOLD)]


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluate(GOLD, {"rules": BASELINE, "model": GOLD[::-1]}, "polnear", resamples=200)


def test_perfect_and_worse(report: Report) -> None:
    rules, model = report.systems
    assert model.figures["all_exact"].value == model.figures["all_exact"].low == 1.0
    recall = sum(len(reading.attributions) for reading in BASELINE) / 24
    figure = rules.figures["detected"]
    assert figure.precision == 1.0
    assert figure.recall == pytest.approx(recall)
    assert figure.value is not None
    assert figure.low is not None
    assert figure.high is not None
    assert figure.low < figure.value < figure.high
    assert rules.differences == {}
    change = model.differences["detected"]
    assert change.value == pytest.approx(1.0 - figure.value)
    assert change.low == pytest.approx(1.0 - figure.high)
    assert change.high == pytest.approx(1.0 - figure.low)


def test_shares_have_no_precision_and_empty_slices_no_value(report: Report) -> None:
    voice, mixed = (report.systems[0].figures[name] for name in ("voice.words", "mixed.detected"))
    assert voice.precision is None
    assert voice.value is not None
    assert (mixed.value, mixed.low) == (None, None)


def test_table_shows_both_systems_and_marks_what_is_published(report: Report) -> None:
    printed = table(report)
    lines = printed.splitlines()
    assert "protocol polnear" in lines[0]
    assert lines[1].startswith("8 articles, 24 attributions; 95% intervals from 200 resamples")
    (cue,) = [line for line in lines if line.startswith("  cue") and "70.5" in line]
    assert "75.3" in cue
    assert "100.0" in cue
    assert "minus rules" in lines[3]
    assert "Published figures, not computed here:" in printed
    assert "nan" not in printed
    assert len({len(line.split("│")) for line in lines[3:] if " │ " in line and not line.startswith("─")}) == 1


def test_json_is_json(report: Report) -> None:
    value = json.loads(json.dumps(to_json(report), allow_nan=False))
    assert value["systems"][1]["figures"]["all_exact"]["value"] == 1.0
    assert value["references"][0]["percent"]["detected"] == 85.6
    assert value["metrics"][0] == "exact.source"


def test_contract_report_has_no_references_and_counts_labels() -> None:
    scored = evaluate(GOLD, {"model": GOLD}, resamples=50)
    assert scored.references == ()
    assert scored.value("model", "label.kind") == 1.0
    assert "Published" not in table(scored)


def test_main_figures_come_first_and_the_others_when_asked_for() -> None:
    scored = evaluate(GOLD, {"model": GOLD}, resamples=5)
    short, full = table(scored), table(scored, full=True)
    assert f"{len(scored.metrics) - len(scored.main)} more figures" in short
    assert "more figures" not in full
    for line in ("─ speakers of linked attributions", "─ chains of linked attributions", "  whole chain right", "  distances"):
        assert line in short
    assert "spans, Jaccard" in full
    assert "spans, Jaccard" not in short
    assert to_json(scored)["systems"][0]["figures"].keys() == {metric.name for metric in scored.metrics}


def test_the_annotators_stand_beside_the_systems() -> None:
    twice = [*GOLD, worse(GOLD[0], 1), worse(GOLD[1], 2)]
    scored = evaluate(GOLD, {"model": GOLD}, resamples=20, versions=twice)
    assert scored.agreement is not None
    assert (scored.agreement.articles, scored.agreement.pairs) == (2, 2)
    # Of 3 + 3 attributions the second annotators have 1 + 2: F1 = 2 · 3 / (6 + 3).
    assert scored.agreement.figures["detected"].value == pytest.approx(2 / 3)
    printed = table(scored)
    (line,) = [line for line in printed.splitlines() if line.startswith("  detected")]
    assert line.split("│")[2].split()[0] == "66.7"
    assert "2 of these articles were annotated more than once" in printed
    assert to_json(scored)["agreement"]["figures"]["detected"]["value"] == 0.6667
    assert evaluate(GOLD, {"model": GOLD}, resamples=5, versions=GOLD).agreement is None


def test_versions_of_one_text_are_one_article() -> None:
    scored = evaluate([*GOLD, worse(GOLD[0], 1)], {"model": GOLD}, "cofenet", resamples=50)
    assert (scored.articles, scored.items) == (8, 25)
    assert scored.systems[0].figures["exact.cue"].precision == pytest.approx(25 / 27)


def test_what_cannot_be_evaluated() -> None:
    with pytest.raises(UsageError, match="no gold"):
        evaluate([], {})
    with pytest.raises(UsageError, match="no reading of article Hal"):
        evaluate(GOLD, {"rules": BASELINE[:-1]})
    with pytest.raises(UsageError, match="no protocol"):
        evaluate(GOLD, {}, "muc")


def test_agreement_pools_all_pairs() -> None:
    versions = [GOLD[0], worse(GOLD[0], 2), worse(GOLD[0], 1), GOLD[1]]
    found = agreement(versions, POLNEAR)
    assert found is not None
    assert (found.articles, found.pairs) == (1, 3)
    assert found.figures["detected"].value == pytest.approx(2 * (2 + 1 + 1) / (5 + 4 + 3))
    assert agreement(GOLD, CONTRACT) is None


@pytest.mark.parametrize("protocol", [CONTRACT, POLNEAR])
def test_agreement_does_not_depend_on_which_version_comes_first(protocol: Protocol) -> None:
    versions = [GOLD[0], worse(GOLD[0], 2), replace(worse(GOLD[0], 1), sources=(Source("S1", "Ada Orr", "person", named=True),))]
    one, other = (agreement(order, protocol, resamples=5) for order in (versions, versions[::-1]))
    assert one == other
    assert one is not None
    detected = one.figures["detected"]
    assert detected.precision == detected.recall == detected.value


def test_floors(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"gold": "x", "floors": {"rules/detected": 0.9, "model/all_exact": 1, "rules/mixed.detected": 0.1}}))
    falls = below(read_floors(path), report)
    assert [fall.figure for fall in falls] == ["rules/detected", "rules/mixed.detected"]
    assert str(falls[1]) == "rules/mixed.detected: nothing to count, floor 0.1000"
    assert str(Fall("a/b", 0.5, 0.25)) == "a/b: 0.2500, floor 0.5000"
    with pytest.raises(UsageError, match="no figure model/speed"):
        below(Floors("x", {"model/speed": 0.5}), report)


BAD_FLOORS = ["{", "[]", '{"gold": "x"}', '{"gold": "x", "floors": {"detected": 0.5}}', '{"gold": "x", "floors": {"a/b": 80}}']


@pytest.mark.parametrize("content", BAD_FLOORS)
def test_broken_floors(tmp_path: Path, content: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(content)
    with pytest.raises(UsageError, match=r"floors\.json"):
        read_floors(path)


def test_the_digest_pins_the_gold(tmp_path: Path) -> None:
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "a.txt").write_text("Ada said it holds.")
    before = digest(tmp_path)
    (tmp_path / "notes.md").write_text("not gold")
    check_gold(Floors(before, {}), tmp_path)
    (tmp_path / "test" / "a.txt").rename(tmp_path / "test" / "b.txt")
    with pytest.raises(UsageError, match="measure again"):
        check_gold(Floors(before, {}), tmp_path)
    with pytest.raises(UsageError, match="no gold files"):
        digest(tmp_path / "nowhere")
