from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.document import Document
from sayso.evaluation.metrics import Counts, Metric, climb
from sayso.evaluation.speakers import METRICS, b_cubed, speaker_counts
from sayso.reading import Attribution, Reading, Source
from sayso.spans import Span

TEXT = "Mara Voss said it holds. She warned that it leaks. The ministry denied that Ben Foss knew it. It was claimed that rain fell."

VOSS = Source("S1", "Mara Voss", "person", "politician", True)
MINISTRY = Source("S2", "Harbor Ministry", "government", "official", True)
FOSS = Source("S3", "Ben Foss", "person", "none", True)
NOBODY = Source("S4", "unknown")
PAPER = Source("S5", "the Tolbury Courier", "media", "journalist", True)


def at(words: str) -> tuple[Span, ...]:
    return (Span(TEXT.index(words), TEXT.index(words) + len(words)),) if words else ()


def attribution(name: str, source: str, cue: str, content: str, speaker: str, *chain: str, within: str | None = None) -> Attribution:
    via = tuple(step for step in chain if step == "S5")
    return Attribution(name, at(content), at(source), at(cue), speaker, within=within, via=via, chain=("outlet", *(chain or (speaker,))))


SAID = attribution("A1", "Mara Voss", "said", "it holds", "S1", "S5", "S1")
WARNED = attribution("A2", "She", "warned", "that it leaks", "S1")
DENIED = attribution("A3", "The ministry", "denied", "that Ben Foss knew it", "S2")
KNEW = attribution("A4", "Ben Foss", "knew", "knew it", "S3", "S2", "S3", within="A3")
CLAIMED = attribution("A5", "", "was claimed", "that rain fell", "S4")
GOLD = Reading(Document(text=TEXT), (SAID, WARNED, DENIED, KNEW, CLAIMED), (VOSS, MINISTRY, FOSS, NOBODY, PAPER)).check()


def counts(predicted: Reading) -> Counts:
    return speaker_counts(GOLD, predicted, climb(TEXT, GOLD.attributions, predicted.attributions))


def value(found: Counts, name: str) -> float:
    (metric,) = [metric for metric in METRICS if metric.name == name]
    return float(metric.score(lambda column: np.array(found[column]))[2])


def test_a_perfect_reading() -> None:
    found = counts(GOLD)
    for metric in METRICS:
        assert value(found, metric.name) == (0.0 if metric.name == "unresolved" else 1.0)
    # Four of five pairs have a named speaker; "She" and "The ministry" hold no name of theirs; one relay; chains of two: via the paper, and
    # the one within the ministry's denial.
    assert (found["speaker:of"], found["resolved:of"], found["via:gold"], found["chain:of"], found["chain_long:of"]) == (4, 2, 1, 5, 2)


def test_ids_do_not_matter() -> None:
    turn = {"outlet": "outlet"} | {f"S{n}": f"S{9 - n}" for n in range(1, 6)}
    sources = tuple(replace(source, id=turn[source.id]) for source in reversed(GOLD.sources))
    turned = tuple(
        replace(a, speaker=turn[a.speaker], via=tuple(turn[s] for s in a.via), chain=tuple(turn[s] for s in a.chain))
        for a in GOLD.attributions
    )
    assert counts(replace(GOLD, sources=sources, attributions=turned)) == counts(GOLD)


def test_an_unresolved_pronoun() -> None:
    she = Source("S6", "She")
    lost = replace(WARNED, speaker="S6", chain=("outlet", "S6"))
    found = counts(replace(GOLD, attributions=(SAID, lost, DENIED, KNEW, CLAIMED), sources=(*GOLD.sources, she)))
    assert (found["speaker:hit"], found["speaker:of"]) == (3, 4)
    assert (found["resolved:hit"], found["resolved:of"]) == (1, 2)
    assert (found["unresolved:hit"], found["unresolved:of"]) == (1, 4)
    assert (found["chain:hit"], found["chain:of"]) == (4, 5)
    # B3 over A1..A4 (A5 has no gold speaker): all predicted groups are pure; Voss's two are apart: recall (½ + ½ + 1 + 1) / 4.
    assert (found["b3:hit_predicted"], found["b3:hit_gold"], found["b3:gold"]) == (4.0, 3.0, 4)


def test_a_short_name_is_wrong_for_names_and_right_for_groups() -> None:
    found = counts(replace(GOLD, sources=(replace(VOSS, name="Voss"), MINISTRY, FOSS, NOBODY, PAPER)))
    assert (value(found, "speaker"), value(found, "b3")) == (0.5, 1.0)
    fuller = counts(replace(GOLD, sources=(replace(VOSS, name="Mara L. Voss"), MINISTRY, FOSS, NOBODY, PAPER)))
    assert (value(fuller, "speaker"), value(fuller, "speaker_strict")) == (1.0, 0.5)


def test_relays_and_chains() -> None:
    bare = replace(SAID, via=(), chain=("outlet", "S1"))
    extra = replace(WARNED, via=("S5",), chain=("outlet", "S5", "S1"))
    found = counts(replace(GOLD, attributions=(bare, extra, DENIED, KNEW, CLAIMED)))
    assert (found["via:hit_gold"], found["via:gold"], found["via:predicted"]) == (0, 1, 1)
    assert (found["chain:hit"], found["chain_long:hit"], found["chain_long:of"]) == (3, 1, 2)
    assert value(found, "speaker") == 1.0


def test_only_linked_pairs_count_and_gold_without_speakers_gives_nothing() -> None:
    found = counts(replace(GOLD, attributions=(SAID,)))
    assert (found["speaker:of"], found["chain:of"]) == (1, 1)
    assert speaker_counts(replace(GOLD, sources=(NOBODY,), attributions=(CLAIMED,)), GOLD, {}) == {}


@pytest.mark.parametrize(
    ("gold", "predicted", "precision", "recall"),
    [
        # Bagga & Baldwin's example: 1-5, 6-7, 8-12 in gold. First 6 and 7 joined with 8-12: precision (5 + 2·2/7 + 5·5/7) / 12.
        ("aaaaabbccccc", "xxxxxyyyyyyy", (5 + 2 * 2 / 7 + 5 * 5 / 7) / 12, 1.0),
        # Then 1-5 joined with 8-12: precision (10·5/10 + 2) / 12.
        ("aaaaabbccccc", "xxxxxyyxxxxx", (10 * 5 / 10 + 2) / 12, 1.0),
        ("aaaa", "xxyy", 1.0, 0.5),
        ("aabb", "xyxy", 0.5, 0.5),
    ],
)
def test_b_cubed(gold: str, predicted: str, precision: float, recall: float) -> None:
    found = b_cubed(list(zip(gold, predicted, strict=True)))
    p, r, _ = Metric("b3", "", "").score(lambda column: np.array(found[column]))
    assert float(p) == pytest.approx(precision)
    assert float(r) == pytest.approx(recall)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1, max_size=12))
def test_b_cubed_is_a_share_and_turns_with_its_sides(pairs: list[tuple[str, str]]) -> None:
    found, turned = b_cubed(pairs), b_cubed([(b, a) for a, b in pairs])
    assert 0 < found["b3:hit_predicted"] <= len(pairs) + 1e-9
    assert found["b3:hit_predicted"] == pytest.approx(turned["b3:hit_gold"])
    assert b_cubed([(a, a) for a, _ in pairs])["b3:hit_gold"] == pytest.approx(len(pairs))
