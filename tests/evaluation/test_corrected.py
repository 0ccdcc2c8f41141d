"""Agreement with people so far: who is counted, for which fields, split by how sure the machine was."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.attribution.voices import voices
from sayso.corrections.correction import Correction, Missed, Place, Who, made_by, seen_in, withdrawal
from sayso.corrections.log import Log
from sayso.errors import UsageError
from sayso.evaluation.corrected import CHECK_BELOW, Share, evaluate_corrections, so_far, table, to_json, wilson
from sayso.reader import Reader
from sayso.reading import Reading
from sayso.render import words
from sayso.store.store import Store


def correction(reading: Reading, number: int, kind: str, second: int = 1, **more: Any) -> Correction:
    was = reading.attributions[number - 1]
    place = Place(was.content, was.cue) if number else None
    if kind == "confirm":
        more = {"value": seen_in(was, reading.source(was.speaker))} | more
    more["generator"] = made_by(reading.generator)
    return Correction(f"{second:032x}", reading.document.id, "Ada", f"2026-03-04T09:15:{second:02}Z", kind, **({"place": place} | more))


@pytest.fixture
def made(ferry: Reading) -> Reading:
    return replace(ferry, voices=voices(ferry.document, ferry.attributions))


def lines(reading: Reading, *corrections: Correction) -> dict[str, tuple[int, int]]:
    return {line.field: (line.all.right, line.all.seen) for line in so_far([reading], corrections).lines}


def test_who_confirms_has_looked_at_every_field(made: Reading) -> None:
    found = lines(made, correction(made, 4, "confirm"))
    assert len(found) == 13
    assert set(found.values()) == {(1, 1)}


def test_who_corrects_one_field_says_nothing_of_the_others(made: Reading) -> None:
    label = correction(made, 4, "label", field="attitude", value="belief", before="assertion")
    assert lines(made, label) == {"attribution": (1, 1), "attitude": (0, 1)}
    assert lines(made, label, correction(made, 4, "confirm", 2))["attitude"] == (0, 1)
    assert lines(made, label, withdrawal(label, "Ada")) == {}
    same = replace(label, value="assertion")
    assert lines(made, same) == {"attribution": (1, 1), "attitude": (1, 1)}
    assert lines(made, correction(made, 4, "remove")) == {"attribution": (0, 1)}
    assert lines(made, correction(made, 4, "speaker", value=Who("A senior official"))) == {"attribution": (1, 1), "speaker": (0, 1)}


def test_sure_and_unsure_are_apart(made: Reading) -> None:
    unsure = next(number for number, each in enumerate(made.attributions, 1) if each.confidence < CHECK_BELOW)
    found = so_far([made], [correction(made, unsure, "remove"), correction(made, 4, "confirm", 2)])
    there = found.lines[0]
    assert (there.field, there.all, there.sure, there.unsure) == ("attribution", Share(1, 2), Share(1, 1), Share(0, 1))
    assert words.CHECK_BELOW == CHECK_BELOW


def test_articles_that_were_checked_wholly_tell_what_was_missed(made: Reading) -> None:
    content = made.attributions[0].cue  # any words
    missed = Missed(content, Who("Ada"))
    added = correction(made, 0, "add", 1, place=Place(content), value=missed)
    assert so_far([made], [added]).recall == Share(0, 0)
    found = so_far([made], [added, correction(made, 0, "checked", 2), correction(made, 4, "remove", 3)])
    count = len(made.attributions)
    assert (found.checked, found.recall) == (1, Share(count - 1, count))
    assert (found.lines[0].all.right, found.lines[0].all.seen) == (count - 1, count)
    assert found.lines[0].field == "attribution"


def test_findings_and_what_waits(made: Reading) -> None:
    waits = correction(made, 4, "confirm", 1, place=Place(made.attributions[3].content, words="other words"))
    gone = replace(correction(made, 4, "confirm", 2), article="gone")
    found = so_far([made, made], [waits, gone])
    assert (found.waiting, found.gone, found.articles, found.lines) == (1, 1, 0, ())
    assert "1 corrections wait" in table(found)
    assert "no estimate" in table(found)


@given(st.integers(0, 300), st.integers(0, 300))
def test_the_interval_holds_the_share(right: int, wrong: int) -> None:
    bounds = wilson(right, right + wrong)
    if not right + wrong:
        assert bounds is None
        return
    assert bounds is not None
    low, high = bounds
    assert 0.0 <= low <= right / (right + wrong) + 1e-12
    assert right / (right + wrong) - 1e-12 <= high <= 1.0
    other = wilson(wrong, right + wrong)
    assert other is not None
    assert list(other) == pytest.approx([1 - high, 1 - low])


def test_the_interval_is_wilsons() -> None:
    assert list(wilson(9, 10) or ()) == pytest.approx([0.5958, 0.9821], abs=1e-4)


def test_a_store(tmp_path: Path, made: Reading) -> None:
    reader = Reader(rules=True)
    (reading,) = reader.pipe([made.document])
    with Store.make(tmp_path / "store", reader.generator) as store:
        store.add([reading])
    with pytest.raises(UsageError, match="nobody has corrected"):
        evaluate_corrections(tmp_path / "store")
    finding = reading.findings[0]
    judged = correction(
        reading, 0, "finding", 2, place=Place(finding.evidence), field=f"{finding.measure}/{finding.label}", about=finding.target or "",
        value="wrong",
    )  # fmt: skip
    Log(tmp_path / "store").add(correction(reading, 1, "confirm"), judged)
    found = evaluate_corrections(tmp_path / "store")
    item = to_json(found)
    assert item["fields"]["speaker"]["all"] == {"right": 1, "seen": 1, "share": 1.0, "interval": [0.2065, 1.0]}
    assert item["fields"][f"finding {finding.measure}"]["all"]["right"] == 0
    assert "100.0 [20.7, 100.0] of 1" in table(found)
