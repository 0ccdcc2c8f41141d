"""The audit in words and as a sheet: the same counts, safe to show and safe to open."""

import csv
import io
from dataclasses import replace

import pytest

from sayso.audit import audit
from sayso.reading import Reading, Source
from sayso.render.audits import COLUMNS, cells, facts, lines, sheet


def test_a_line_for_each_source_in_words(ferry: Reading) -> None:
    calder, institute, official, nobody, they = lines(ferry, audit(ferry))
    assert calder.who == "Ines Calder, director, Port Alder ferries"
    assert (calder.what, calder.times, calder.share, calder.words) == ("person · official", 3, "21 %", "7 quoted + 9 reported")
    assert (calder.where, calder.verbs) == ("27–55 %", "stress, tell, say")
    assert calder.remarks == ("endorsing", "via media reports, the Alder Post")
    assert institute.remarks == ()
    assert (official.named, official.remarks) == ("not named", ("distancing", "denies"))
    assert (nobody.who, nobody.what) == ("source not stated", "")
    assert they.who == "They (not resolved)"


def test_the_article_as_a_whole(ferry: Reading) -> None:
    told = facts(ferry, audit(ferry))
    assert ("words", "77: own voice 39 %, reported 52 %, quoted 9 %") in told
    assert ("longest chain", "outlet → the Harbor Institute, via media reports → Ines Calder (2)") in told
    assert ("through", "media reports 1, the Alder Post 1") in told
    assert ("", "not resolved: 1 source, 1 attribution, 1 % of the words") in told
    assert ("first to speak", "the Harbor Institute") in told


def test_a_sheet_has_one_row_for_each_source(ferry: Reading) -> None:
    found = list(csv.DictReader(io.StringIO(sheet([*cells(ferry), *cells(ferry)]))))
    assert len(found) == 10
    assert tuple(found[0]) == COLUMNS
    assert (found[0]["name"], found[0]["words"], found[0]["first_word"], found[0]["verbs"]) == (
        "Ines Calder",
        "16",
        "22",
        "stress 1; tell 1; say 1",
    )
    assert (found[0]["mixed"], found[0]["endorses"], found[2]["distances"], found[2]["denies"]) == ("1", "1", "1", "1")
    assert found[1]["role"] == ""


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "  =1", "\t=1", "\n=1", "=cmd|' /C calc'!A0", "＝1+1", "＋1"])
def test_no_cell_is_a_formula(ferry: Reading, name: str) -> None:
    evil = tuple(Source(source.id, name, named=True, role=name, affiliation=name) for source in ferry.sources)
    document = replace(ferry.document, title=name, outlet=name, published=name)
    for row in csv.reader(io.StringIO(sheet(cells(replace(ferry, document=document, sources=evil))))):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "＝", "＋", "\t", "\n"))]


def test_an_article_without_words(ferry: Reading) -> None:
    empty = Reading(replace(ferry.document, text="", id=""))
    assert lines(empty, audit(empty)) == ()
    assert dict(facts(empty, audit(empty)))["sources"] == "0, 0 % of them named"
    assert sheet(cells(empty)).splitlines() == [",".join(COLUMNS)]
