"""Groups of statements against gold, by hand; the systems are fakes but for the blind rows."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claims.content import Content, of_text
from sayso.claims.matcher import Conflict, Matched
from sayso.claims.meaning import PieceScorer
from sayso.errors import UsageError
from sayso.evaluation.claims import FALSE_JOINS, MAIN, METRICS, MISSED, claim_counts, evaluate_claims
from sayso.evaluation.claimsystems import RULES, WORDS, claim_rows, overlaps
from sayso.evaluation.rowvalues import digest
from sayso.evaluation.runs import run
from sayso.evaluation.storygold import Claims, GoldStory
from sayso.evaluation.table import table

TEXTS = ("The ferry sank off Quill Bay", "Nine people died there", "Off Quill Bay the ferry sank", "Ten people died there", "Rain is near")
GOLD = Claims(((0, 2, 4), (1, 3)), {(1, 3): "number"})
STORY = GoldStory("a/1", TEXTS, (0, 0, 1, 1, 1), GOLD)


def ends(counts: dict[str, float], name: str) -> list[float]:
    return [counts[f"{name}:{end}"] for end in ("hit_gold", "gold", "hit_predicted", "predicted")]


def test_pairs_by_hand() -> None:
    counts = claim_counts(STORY, GOLD, Claims(((0, 2), (3, 4))))
    assert ends(counts, "claims") == [1, 4, 1, 2]
    assert ends(counts, "claims.across") == [1, 3, 1, 1]  # 2 and 4, 3 and 4 stand in one article
    assert counts["claims.story:hit"] == pytest.approx(1 / 3)
    assert counts["claims.across.story:hit"] == pytest.approx(1 / 2)


def test_pairs_as_a_table() -> None:
    found = Claims(((0, 2), (1, 2)))
    assert found.same(4).astype(int).tolist() == [[0, 0, 1, 0], [0, 0, 1, 0], [1, 1, 0, 0], [0, 0, 0, 0]]
    assert not Claims().same(3).any()


def test_b_cubed_by_hand() -> None:
    # Items 0 and 2 keep two of three in recall; 4 keeps itself of three, and half of what it is grouped with; 1 and 3 lose each other.
    counts = claim_counts(STORY, Claims(((0, 2, 4),)), Claims(((0, 2), (3, 4))))
    assert ends(counts, "b3") == pytest.approx([2 / 3 + 2 / 3 + 1 / 3 + 1 + 1, 5, 1 + 1 + 1 / 2 + 1 / 2 + 1, 5])
    assert ends(counts, "b3.grouped") == pytest.approx([2 / 3 + 2 / 3 + 1 / 3, 3, 1 + 1 + 1 / 2 + 1 / 2, 4])


def test_tellings_by_hand() -> None:
    story = GoldStory("a/2", tuple("abcdef"), (0, 0, 1, 1, 2, 2), Claims())
    gold = Claims(((0, 1, 2, 4), (3, 5), (2, 3)))  # told by three articles, by two, and twice by one alone
    found = Claims(((1, 2), (3, 4), (0, 5)))
    counts = claim_counts(story, gold, found)
    # Of the first group's three pairs of articles, only the first two are joined by its own statements; of the second's, none.
    assert (counts["claims.missed:hit"], counts["claims.missed:of"]) == (6, 8)
    assert (counts["claims.false_joins:hit"], counts["claims.false_joins:of"]) == (4, 6)
    nothing = claim_counts(story, gold, Claims())
    assert (nothing["claims.missed:hit"], nothing["claims.false_joins:of"]) == (8, 0)
    # A pair found by a statement that is elsewhere in the gold, or by one article twice, is no telling of the group.
    lone = claim_counts(story, Claims(((0, 2),)), Claims(((0, 3), (0, 1))))
    assert (lone["claims.missed:hit"], lone["claims.missed:of"]) == (2, 2)
    assert (lone["claims.false_joins:hit"], lone["claims.false_joins:of"]) == (2, 2)
    twofold = claim_counts(story, Claims(((0, 1, 2, 3),)), Claims(((0, 2), (1, 3))))
    assert (twofold["claims.missed:hit"], twofold["claims.missed:of"]) == (0, 2)


def test_a_statement_in_two_groups_is_found_half_by_one() -> None:
    counts = claim_counts(STORY, Claims(((0, 1), (0, 2))), Claims(((0, 1),)))
    # Of 0: with itself one of two groups, with 1 wholly, with 2 not at all; of 1: both; of 2: itself alone, not 0.
    assert counts["b3.grouped:hit_gold"] == pytest.approx((1 / 2 + 1 + 0) / 3 + 1 + 1 / 2)
    assert counts["b3.grouped:hit_predicted"] == 2


@pytest.mark.parametrize(
    ("found", "hit", "exact", "kind"),
    [
        ({(1, 3): "number"}, 1, 1, 1),
        ({(1, 3): "denied"}, 1, 1, 0),
        ({(2, 3): "number"}, 1, 0, 1),  # 2 says what 1 says
        ({(1, 4): "number"}, 0, 0, 0),
        ({(1, 2): "number"}, 0, 0, 0),  # both on one side
        ({}, 0, 0, 0),
    ],
)
def test_conflicts(found: dict[tuple[int, int], str], hit: int, exact: int, kind: int) -> None:
    gold = Claims(((1, 2),), {(1, 3): "number"})
    counts = claim_counts(STORY, gold, Claims(conflicts=found))
    assert ends(counts, "conflicts") == [hit, 1, hit, len(found)]
    assert ends(counts, "conflicts.exact") == [exact, 1, exact, len(found)]
    assert counts["conflicts.kind:hit"] == kind
    assert ends(counts, "conflicts=number") == [kind, 1, kind, sum(value == "number" for value in found.values())]


def test_a_denial_inside_its_group_is_the_very_pair() -> None:
    gold = Claims(((0, 2, 4),), {(0, 4): "denied"})
    hits = [claim_counts(STORY, gold, Claims(conflicts={pair: "denied"}))["conflicts:hit_gold"] for pair in ((0, 4), (0, 2), (2, 4))]
    assert hits == [1, 0, 0]


sides = st.lists(st.frozensets(st.integers(0, 4), min_size=2), max_size=3).map(lambda groups: Claims(tuple(map(tuple, groups))))


@given(sides, sides)
def test_recall_is_precision_from_the_other_side(one: Claims, other: Claims) -> None:
    there, back = claim_counts(STORY, one, other), claim_counts(STORY, other, one)
    for name in ("claims", "claims.across", "b3", "b3.grouped"):
        assert ends(there, name) == pytest.approx([*ends(back, name)[2:], *ends(back, name)[:2]])
        assert ends(there, name)[0] <= ends(there, name)[1] + 1e-9
    for end in ("hit", "of"):
        assert there[f"{MISSED}:{end}"] == back[f"{FALSE_JOINS}:{end}"]
    assert 0 <= there[f"{MISSED}:hit"] <= there[f"{MISSED}:of"]


def test_gold_against_itself_is_perfect_and_nothing_finds_nothing() -> None:
    report = evaluate_claims([STORY], {"all": [GOLD], "none": [Claims()]}, resamples=3)
    figures = dict(report.systems[0].figures)
    errors = [figures.pop(name).value for name in (MISSED, FALSE_JOINS)]
    assert errors == [0.0, 0.0]
    assert all(figure.value in (1.0, None) for figure in figures.values())
    assert report.value("none", MISSED) == 1.0
    assert report.value("none", FALSE_JOINS) is None  # nothing is joined
    other = GoldStory("a/2", TEXTS, STORY.articles, GOLD)
    missed = evaluate_claims([STORY, other], {"all": [GOLD, Claims()]}, resamples=50).systems[0].figures[MISSED]
    assert (missed.value, missed.low, missed.high) == (0.5, 0.0, 1.0)
    assert report.value("none", "claims") == report.value("none", "b3.grouped") == report.value("none", "conflicts") == 0.0
    assert {metric.name for metric in METRICS} > set(MAIN)
    assert report.agreement is None
    assert report.calibration is None


def test_the_second_annotator_and_calibration_stand_beside_the_systems() -> None:
    sure = np.full((5, 5), 0.01)
    sure[0, 2] = sure[1, 2] = 0.8
    twice = GoldStory("a/2", TEXTS, STORY.articles, GOLD, Claims(((0, 2),)))
    report = evaluate_claims([STORY, twice], {"m": [Claims(probabilities=sure), Claims()]}, resamples=3)
    assert report.agreement is not None
    assert report.agreement.articles == 1
    assert report.agreement.figures["claims"].value == pytest.approx(2 / 5)
    assert report.calibration is not None
    assert report.calibration.cases == 2
    assert report.calibration.error == pytest.approx(0.5)  # one bin each: |0.8 - 1| and |0.8 - 0|
    printed = table(report)
    assert "2 texts, 10 statements; 95% intervals from 3 resamples of stories" in printed


def test_no_gold() -> None:
    with pytest.raises(UsageError, match="no gold statements for the protocol claims"):
        evaluate_claims([], {})


def test_rows_of_systems() -> None:
    def matcher(contents: Sequence[Content], articles: Sequence[int], scorer: PieceScorer | None) -> Matched:
        assert (len(contents), tuple(articles), scorer) == (5, STORY.articles, None)
        return Matched(np.eye(5, dtype=np.float32), ((0,), (1, 3), (2,), (4,)), (Conflict(3, 1, "number", 0.9),))

    rows = claim_rows([STORY], matcher=matcher)
    assert list(rows) == [RULES, WORDS]
    assert rows[RULES][0].pairs() == {(1, 3)}
    assert rows[RULES][0].conflicts == {(1, 3): "number"}
    assert (0, 2) in rows[WORDS][0].pairs()
    assert not any(4 in pair for pair in rows[WORDS][0].pairs())


def test_overlaps_of_words() -> None:
    found = overlaps([of_text("ferry sank"), of_text("ferry burned"), of_text("of the")])
    assert found == pytest.approx(np.array([[1, 0.5, 0], [0.5, 1, 0], [0, 0, 0]]))
    assert overlaps([]).shape == (0, 0)


def test_a_run_by_rules(tmp_path: Path) -> None:
    text = "The ferry sank off Quill Bay. Rain is near."
    articles = [{"id": name, "outlet": name, "sha256": digest(text), "text": text} for name in ("p", "q")]
    statements = [[at, [span]] for at in (0, 1) for span in ([0, 29], [30, 43])]
    row = {"id": "s/1", "split": "test", "articles": articles, "statements": statements, "groups": [[0, 2]], "against": []}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    report = run([path], "claims", {})
    assert (report.articles, report.items) == (1, 4)
    assert report.value(WORDS, "claims") == pytest.approx(2 / 3)  # "rain is near" stands in both too
    with pytest.raises(UsageError):
        run([path], "claims", {}, part="train")
