"""The matrix of a story: every kind of cell, identity of claims through voices, denominators, contradictions."""

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from sayso.claims.content import content
from sayso.claims.matcher import Conflict, Matched
from sayso.claims.matrix import HOWS, Matrix, matrix
from sayso.claims.record import record
from sayso.claims.statements import statements
from sayso.claims.story import claims
from sayso.reading import Reading

Read = Callable[..., Reading]
CLOSED = "the old bridge was closed after the storm"


def row(found: Matrix, words: str = CLOSED) -> dict[str, str]:
    """The cells of the claim with these words, by outlet."""
    (claim,) = (
        each for each in found.claims if any(words in found.readings[t.reading].document[t.statement.spans].lower() for t in each.tellings)
    )
    return {column.outlet: found.how(claim, column) for column in found.columns}


def test_every_kind_of_cell(bridge: tuple[Reading, ...]) -> None:
    assert row(claims(bridge)) == {
        "Coastal Post": "own",
        "Merrin Echo": "attributed",
        "The Wire": "quoted",
        "Ministry Herald": "denied",
        "Harbor Life": "not found",
    }


def test_tellings_keep_who_says_it_and_how(bridge: tuple[Reading, ...]) -> None:
    told = {each.reading: each for each in claims(bridge).claims[0].tellings}
    assert [told[place].speaker for place in range(4)] == [None, "Mayor Ada Quill", "Bo Lund", "The ministry"]
    assert [told[place].outlet_stance for place in range(4)] == [None, "distances", "acknowledges", "acknowledges"]
    assert told[0].commitment is None
    assert told[1].chain == ("Mayor Ada Quill",)
    assert all(0.0 <= each.confidence <= 1.0 for each in told.values())


def test_denial_and_other_numbers_are_contradictions(bridge: tuple[Reading, ...]) -> None:
    found = claims(bridge)
    outlets = [reading.document.outlet for reading in found.readings]
    told = {(each.kind, outlets[each.first.reading], outlets[each.second.reading]) for each in found.contradictions}
    assert told == {("denied", outlet, "Ministry Herald") for outlet in ("Coastal Post", "Merrin Echo", "The Wire")} | {
        ("number", "Coastal Post", "Merrin Echo")
    }


def test_an_outlet_without_an_article_is_no_column(bridge: tuple[Reading, ...]) -> None:
    assert [column.outlet for column in claims(bridge[:2]).columns] == ["Coastal Post", "Merrin Echo"]
    assert not claims(()).columns
    assert not claims(()).claims


@pytest.mark.parametrize("who", ["Ines Okafor", "the harbor office"])
def test_to_put_a_sentence_into_a_mouth_moves_the_cell_and_keeps_the_claim(by_hand: Read, who: str) -> None:
    other = by_hand("Merrin Echo", "The old bridge was closed after the storm on Sunday night. Gulls came back early.")
    plain = by_hand("Coastal Post", "The old bridge was closed after the storm on Sunday. Trains ran on time.")
    said = by_hand(
        "Coastal Post",
        f"The old bridge was closed after the storm on Sunday, {who} said. Trains ran on time.",
        (who, "said", "The old bridge was closed after the storm on Sunday"),
    )
    before, after = claims((other, plain)), claims((other, said))
    assert (row(before)["Coastal Post"], row(after)["Coastal Post"]) == ("own", "attributed")
    assert [[t.reading for t in claim.tellings] for claim in before.claims] == [
        [t.reading for t in claim.tellings] for claim in after.claims
    ]
    assert row(before)["Merrin Echo"] == row(after)["Merrin Echo"] == "own"


def test_the_order_of_the_articles_changes_the_order_only(bridge: tuple[Reading, ...]) -> None:
    wanted = row(claims(bridge))
    for order in list(permutations(bridge))[::17]:
        found = claims(order)
        assert row(found) == wanted
        assert len(found.contradictions) == 4
        assert [column.outlet for column in found.columns] == [reading.document.outlet for reading in order]


def test_the_same_article_twice_is_once(bridge: tuple[Reading, ...]) -> None:
    assert claims((*bridge, bridge[0])) == claims(bridge)


def test_carriers_of_one_text_are_one_telling(bridge: tuple[Reading, ...]) -> None:
    first = bridge[0]
    copy = replace(first, document=replace(first.document, outlet="Valley News", id=""))
    each = claims((*bridge, copy))
    assert row(each)["Valley News"] == "own"
    found = claims((*bridge, copy), text_of={copy.document.id: first.document.id})
    assert [column.carriers for column in found.columns] == [("Valley News",), (), (), (), ()]
    assert row(found) == row(claims(bridge))


def test_where_the_text_itself_is_missing_the_first_carrier_stands_for_it(bridge: tuple[Reading, ...]) -> None:
    text_of = {bridge[0].document.id: "elsewhere", bridge[1].document.id: "elsewhere"}
    found = claims(bridge[:3], text_of=text_of)
    assert [(column.outlet, column.carriers) for column in found.columns] == [("Coastal Post", ("Merrin Echo",)), ("The Wire", ())]


def test_articles_whose_outlet_is_not_named_are_columns_of_their_own(by_hand: Read) -> None:
    text = "The old bridge was closed after the storm on Sunday."
    found = claims((by_hand(None, text, origin="/a/one.txt"), by_hand(None, f"{text} Gulls came.", title="Gulls")))
    assert [column.outlet for column in found.columns] == ["outlet not named: one.txt", "outlet not named: Gulls"]


@pytest.mark.parametrize("everything", [False, True])
def test_every_statement_is_in_one_claim_or_counted(bridge: tuple[Reading, ...], everything: bool) -> None:
    found = claims(bridge, everything=everything)
    spans = [(each.reading, each.statement.spans) for claim in found.claims for each in claim.tellings]
    assert len(spans) == len(set(spans))
    total = sum(len(statements(reading)) for reading in bridge)
    assert len(spans) + (0 if everything else sum(found.alone)) == total
    for place, stretches in spans:
        text = bridge[place].document.text
        assert all(0 <= span.start < span.end <= len(text) and text[span.start : span.end].strip() for span in stretches)


def test_a_claim_of_one_article_is_kept_only_if_asked_for(bridge: tuple[Reading, ...]) -> None:
    assert all(len({each.reading for each in claim.tellings}) > 1 for claim in claims(bridge).claims)
    assert any("herring" in claim.text for claim in claims(bridge, everything=True).claims)


def laid(bridge: tuple[Reading, ...], *conflicts: Conflict) -> Matrix:
    """The first two articles, all of whose statements say the same as far as a made-up matcher knows."""
    found = [statements(reading) for reading in bridge[:2]]
    contents = [content(reading.document, each) for reading, several in zip(bridge, found, strict=False) for each in several]
    same = np.full((len(contents),) * 2, 0.8, dtype=np.float32)
    return matrix(bridge[:2], found, contents, Matched(same, (tuple(range(len(contents))),), conflicts))


def test_a_contradiction_lies_between_two_articles_and_is_told_once(bridge: tuple[Reading, ...]) -> None:
    inside = Conflict(0, 1, "number", 0.9)
    weak, strong = Conflict(0, 3, "number", 0.5), Conflict(0, 4, "number", 0.95)
    assert laid(bridge).contradictions == ()  # numbers are the matcher's to tell
    (found,) = laid(bridge, inside, weak, strong).contradictions
    assert (found.first.reading, found.second.reading, found.confidence) == (0, 1, 0.95)


def test_a_cell_shows_the_strongest(bridge: tuple[Reading, ...]) -> None:
    found = laid(bridge)
    (claim,) = found.claims
    assert [found.how(claim, column) for column in found.columns] == ["own", "own"]
    assert {each.how for each in found.cell(claim, found.columns[1])} == {"own", "attributed"}
    assert HOWS.index("own") < HOWS.index("attributed") < HOWS.index("not found")


def test_the_record_is_json_and_says_all(bridge: tuple[Reading, ...]) -> None:
    found = json.loads(json.dumps(record(claims(bridge), {"story": "s1"})))
    assert found["schema"] == "sayso-claims/1"
    assert found["settings"] == {"story": "s1"}
    assert found["claims"][0]["cells"]["Harbor Life"] == "not_found"
    told = found["claims"][0]["tellings"]
    assert [each["how"] for each in told] == ["own", "attributed", "quoted", "denied"]
    assert [each["voice"] for each in told] == ["own", "distanced", "neutral", "neutral"]
    assert told[0]["statement"] == f"{bridge[0].document.id}.O1"
    assert told[1]["statement"] == f"{bridge[1].document.id}.A1"
    assert told[3]["polarity"] == "denies"
    for each in told:
        text = next(r.document.text for r in bridge if r.document.id == each["article"])
        assert " … ".join(text[start:end] for start, end in each["spans"]) == each["text"]
        assert text[slice(*each["sentence"])]
    assert {each["kind"] for each in found["contradictions"]} == {"number", "denied"}
