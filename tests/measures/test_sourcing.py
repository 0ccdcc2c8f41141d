"""Sourcing: the numbers are the audit's, and each finding points at words in that source's voice."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.audit import audit
from sayso.measures import sourcing
from sayso.measures.heard import Heard
from sayso.measures.measure import Measure
from sayso.reading import Finding, Reading


def found(reading: Reading, label: str) -> list[Finding]:
    findings = sourcing.measure.find(reading, Heard())
    replace(reading, findings=tuple(findings)).check()
    return [finding for finding in findings if finding.label == label]


def test_one_per_source_that_speaks_with_its_share(ferry: Reading) -> None:
    rows = {row.source.id: row for row in audit(ferry).sources}
    speaks = found(ferry, "speaks")
    assert [finding.speaker for finding in speaks] == ["S3", "S1", "S5", "S7"]  # not S6, who is nobody, nor the relays
    for finding in speaks:
        assert finding.score == rows[finding.speaker].share
        assert sum(finding.score for finding in speaks) < 1
    assert ferry.document[speaks[0].evidence].startswith("that the builder had")


def test_unnamed_are_those_that_are_described_only(ferry: Reading) -> None:
    (finding,) = found(ferry, "unnamed")
    assert finding.speaker == "S5"  # "A senior official"; "They" could not be told, and that is another thing


def test_first_and_last_voice(ferry: Reading) -> None:
    (first,), (last,) = found(ferry, "first"), found(ferry, "last")
    assert (first.speaker, first.score) == ("S1", 0.0)
    assert ferry.document[first.evidence].startswith("The ferry to Port Alder")
    assert (last.speaker, ferry.document[last.evidence]) == ("S7", "more")
    assert last.score == pytest.approx(1.0)


def test_it_is_as_sure_as_its_surest_attribution(ferry: Reading) -> None:
    sure = {finding.speaker: finding.confidence for finding in found(ferry, "speaks")}
    assert sure == {"S3": 1.0, "S1": 0.9, "S5": 1.0, "S7": 1.0}
    doubtful = tuple(replace(each, confidence=0.6, speaker_confidence=0.5) for each in ferry.attributions)
    assert {finding.confidence for finding in found(replace(ferry, attributions=doubtful), "speaks")} == {0.3}
    assert not any(finding.candidate for finding in found(replace(ferry, attributions=doubtful), "speaks"))


@given(
    st.lists(
        st.sampled_from(["Mara Voss said", "“It", "leaks,”", "she said.", "An official warned that", "it rains.", "\n\n"]), max_size=20
    )
)
def test_whatever_the_text_shares_stay_in_bounds(by_rules: Callable[[str], Reading], words: list[str]) -> None:
    reading = by_rules(" ".join(words))
    speaks = found(reading, "speaks")
    assert len({finding.speaker for finding in speaks}) == len(speaks)
    assert sum(finding.score for finding in speaks) <= 1 + 1e-9
    assert len(found(reading, "first")) <= 1
    assert len(found(reading, "first")) == len(found(reading, "last"))


def test_it_is_a_measure() -> None:
    assert isinstance(sourcing.measure, Measure)
    assert sourcing.measure.card.trained == "counts"
