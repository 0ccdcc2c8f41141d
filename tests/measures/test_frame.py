"""The measure `frame`: candidates only, a few per frame, each in the voice that says most of the sentence."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from sayso.attribution.voices import voices
from sayso.codebooks.anchors import built_in, fingerprint
from sayso.codebooks.book import BUILT_IN, shipped
from sayso.document import Document
from sayso.language import sentence_spans
from sayso.measures.frame import LOWEST, MOST, measure
from sayso.measures.heard import Heard, Sentence
from sayso.measures.measure import Measure
from sayso.reading import OUTLET, Attribution, Finding, Reading, Source
from sayso.spans import Span

FIGHT = "The two parties clashed again and attacked each other over the dispute."
MONEY = "The tax would cost workers a million in wages and push up prices"
TEXT = f"{FIGHT} “{MONEY},” said Ines Calder.\n\nThe moon rose.\n"


def read(text: str, quoted: str = "") -> Reading:
    document = Document(text)
    if not quoted:
        return Reading(document, voices=voices(document, ())).check()
    at = text.index(quoted)
    told = (Attribution("A1", (Span(at, at + len(quoted)),), speaker="S1", chain=(OUTLET, "S1")),)
    return Reading(document, told, (Source("S1", "Ines Calder", named=True),), voices(document, told)).check()


def heard(text: str, vectors: dict[str, tuple[float, ...]] | None = None, whose: str | None = None) -> Heard:
    found = []
    for span in sentence_spans(text):
        vector = () if vectors is None else vectors[text[span.start : span.end]]
        found.append(Sentence(span, (), (), (), 0.0, (0.25,) * 4, (0.0, 1.0, 0.0), 1.0, vector))
    return Heard(tuple(found), fingerprint="" if vectors is None else whose or fingerprint() or "")


def find(text: str, quoted: str = "", vectors: dict[str, tuple[float, ...]] | None = None, whose: str | None = None) -> list[Finding]:
    reading = read(text, quoted)
    found = list(measure.find(reading, heard(text, vectors, whose)))
    Reading(reading.document, reading.attributions, reading.sources, reading.voices, tuple(found)).check()
    return found


def test_it_is_a_measure_with_closed_labels() -> None:
    assert isinstance(measure, Measure)
    assert len(measure.labels) == 5 + 4 + 15
    assert {"generic:conflict", "entman:remedy", "policy:quality-of-life"} <= set(measure.labels)
    assert "candidate" in measure.card.limits


def test_by_words_each_passage_stands_in_its_voice() -> None:
    found = {finding.label: finding for finding in find(TEXT, f"“{MONEY},”")}
    text = Document(TEXT)
    assert found["generic:conflict"].speaker == OUTLET
    assert text[found["generic:conflict"].evidence] == FIGHT
    assert found["generic:economic-consequences"].speaker == "S1"
    assert text[found["generic:economic-consequences"].evidence] == f"“{MONEY},”"


@pytest.mark.parametrize("text", [TEXT, "", "The moon rose.", MONEY * 3])
def test_everything_is_a_candidate_without_a_claim(text: str) -> None:
    for finding in find(text):
        assert finding.candidate
        assert finding.confidence == 0.0
        assert LOWEST <= finding.score <= 1.0
        assert finding.label in measure.labels


def test_wrapping_a_sentence_in_a_quotation_moves_it_to_the_speaker() -> None:
    own, wrapped = f"{MONEY}.\n", f"“{MONEY},” said Ines Calder.\n"
    label = "generic:economic-consequences"
    assert [finding.speaker for finding in find(own) if finding.label == label] == [OUTLET]
    assert [finding.speaker for finding in find(wrapped, f"“{MONEY},”") if finding.label == label] == ["S1"]


def test_repeating_a_paragraph_and_other_neighbors_change_nothing() -> None:
    once = find(f"{FIGHT}\n\nThe moon rose.\n")
    assert find(f"{FIGHT}\n\nThe moon rose.\n\n{FIGHT}\n\nThe moon rose.\n") == once
    assert [(finding.label, finding.score) for finding in find(f"A door shut.\n\n{FIGHT}\n")] == [
        (finding.label, finding.score) for finding in once
    ]


def test_a_few_of_each_frame_and_the_best_first() -> None:
    text = "\n\n".join(
        f"In case {number} the parties clashed and attacked rivals in a dispute{' and feud' * (number % 2)}." for number in range(9)
    )
    found = find(text)
    assert max(Counter(finding.label for finding in found).values()) == MOST
    assert all(a.score >= b.score for a, b in pairwise(found) if a.label == b.label)


def test_vectors_count_where_they_are_of_the_anchors_kind() -> None:
    text = "It happened on the quay at about nine in the morning.\n"
    generic = built_in()[0]
    if generic.anchors is None:
        pytest.skip("the anchors are not kept yet")
    away = generic.anchors[3] - generic.anchors.mean(axis=0)
    near = tuple((away / np.linalg.norm(away)).tolist())
    assert "generic:morality" in {finding.label for finding in find(text, "", {text.strip(): near})}
    assert find(text, "", {text.strip(): near}, "another network") == [], "its vectors mean something else, so words only"
    assert find(text) == []


def test_kept_anchors_are_those_of_the_codebooks() -> None:
    kept = [ranker.anchors for ranker in built_in()]
    if all(rows is None for rows in kept):
        pytest.skip("the anchors are not kept yet")
    for name, rows in zip(BUILT_IN, kept, strict=True):
        assert rows is not None, f"{name} has changed: write its anchors anew (codebooks.anchors.write)"
        assert len(rows) == len(shipped(name).frames)
        assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=2e-3)
