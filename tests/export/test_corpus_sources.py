"""The source audit over a corpus: people resolved by name, outlets compared over common stories only, nothing said twice."""

import csv
import io
from dataclasses import replace

import pytest

from sayso.audit import audit
from sayso.errors import UsageError
from sayso.export.audited import audit_store
from sayso.export.names import folded, is_full, key
from sayso.export.shared import pairs
from sayso.export.sourcing import NOT_GIVEN, Sources
from sayso.reading import Generator, Reading, Source
from sayso.render.corpus_json import sources_json
from sayso.render.sourcing import COLUMNS, grids, sheet
from sayso.store.store import Store


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mayor Zoë Ångström", "Zoe Angstrom", True),
        ("ZOE ÅNGSTRÖM’s", "zoe ångström", True),
        ("Dr. Søren Łęcki", "Soren Lecki", True),
        ("former President Ada Brandt", "Ada Brandt", True),
        ("Shane O’Neil", "Shane O'Neil", True),
        ("Jean-Luc Petit", "Jean Luc Petit", True),
        ("Ada B. Brandt", "Ada C. Brandt", False),
        ("Brandt", "Ada Brandt", False),
    ],
)
def test_who_is_who_by_name(one: str, other: str, same: bool) -> None:
    assert (folded(one, person=True) == folded(other, person=True)) is same


def test_a_body_keeps_its_titles_and_its_kind() -> None:
    assert folded("The U.N. General Assembly", person=False) == "un general assembly"
    assert key(Source("S1", "Chief", "person", named=True)) == ("person", "chief")
    assert key(Source("S1", "Halden", "government", named=True)) != key(Source("S1", "Halden", "organization", named=True))
    assert key(Source("S1", "an official", "person")) is None
    assert key(Source("S1", "…", "person", named=True)) is None
    assert not is_full(("person", "brandt"))
    assert is_full(("organization", "reuters"))


def test_counts_are_those_of_the_single_audits(store: Store, articles: tuple[Reading, ...]) -> None:
    found = audit_store(store)
    audits = [audit(reading) for reading in articles]
    assert found.articles == 4
    assert sum(group.words for group in found.groups) == sum(each.totals.words for each in audits)
    assert sum(group.attributions for group in found.groups) == sum(each.totals.attributions for each in audits)
    mayor = next(row for row in found.speakers if row.kind == "person")
    assert (mayor.articles, mayor.groups, mayor.stories, mayor.attributions, mayor.opens) == (2, 2, 1, 2, 2)
    assert mayor.words == sum(row.words for each in audits[:2] for row in each.sources if row.source.named)
    assert dict(mayor.verbs) == {"claim": 1, "say": 1}
    handed = sum(each.totals.words * (1 - each.totals.own_share) for each in audits)
    assert mayor.share == pytest.approx(mayor.words / handed)
    assert {part.group for part in mayor.parts} == {"Halden Echo", "The Ferryman"}
    echo = next(group for group in found.groups if group.group == "Halden Echo")
    assert (echo.articles, echo.speakers, dict(echo.identities)["named"]) == (2, 2, 3)
    assert dict(echo.openers) == {"named organization": 1, "named person": 1}
    ferryman = next(group for group in found.groups if group.group == "The Ferryman")
    assert dict(ferryman.identities) == {"named": 1, "unnamed": 1, "unresolved": 0, "unstated": 0}
    assert dict(found.verbs)["organization"] == (("note", 1), ("say", 1))


def test_outlets_are_compared_over_stories_that_both_have(store: Store) -> None:
    found = {(pair.left, pair.right): pair for pair in audit_store(store).pairs}
    assert set(found) == {("Halden Echo", "The Ferryman"), ("Halden Echo", "Nordpost")}
    both = found["Halden Echo", "The Ferryman"]
    assert (both.stories, both.shared, both.only_left, both.only_right, both.few) == (1, 1, 0, 0, True)
    cold = found["Halden Echo", "Nordpost"]  # the yard stands in the story that these two have, the mayor does not
    assert (cold.shared, cold.left_names) == (0, (("the Halden Yard", 1),))


def test_a_source_counts_once_in_each_story() -> None:
    ada, ben = ("person", "ada x"), ("person", "ben y")
    told = {"1": {"L": {ada, ben}, "R": {ada}}, "2": {"L": {ada}, "R": {ada}, "Q": set()}, "3": {"L": {ben}}}
    left_q, left_right, q_right = sorted(pairs(told, lambda who: who[1]), key=lambda pair: (pair.left, pair.right))
    assert (left_right.stories, left_right.shared, left_right.only_left, left_right.only_right) == (2, 2, 1, 0)
    assert left_right.shared_names == (("ada x", 2),)
    assert (left_q.left, left_q.right, left_q.only_left) == ("L", "Q", 1)
    assert (q_right.left, q_right.only_right) == ("Q", 1)


def test_without_stories_there_are_no_pairs(store: Store) -> None:
    store.drop("stories")
    found = audit_store(store)
    assert found.pairs == ()
    assert {row.stories for row in found.speakers} == {None}


def test_a_text_that_is_carried_can_be_counted_once(store: Store, articles: tuple[Reading, ...]) -> None:
    with pytest.raises(UsageError, match="sayso stories"):
        audit_store(store, once=True)
    first, second = (reading.document.id for reading in articles[:2])
    store.put("carriers", ["article", "text_of", "wire"], [(first, first, None), (second, first, "Nordwire")])
    found = audit_store(store, once=True)
    assert (found.articles, found.carried) == (3, 1)
    assert audit_store(store).articles == 4


def test_groups_may_be_made_by_a_column_of_the_users(store: Store) -> None:
    assert {group.group for group in audit_store(store, by="country").groups} == {"Nord", "Sud", NOT_GIVEN}
    with pytest.raises(UsageError, match="no article has a column 'owner'"):
        audit_store(store, by="owner")


def test_one_name_twice_in_an_article_is_one_article(articles: tuple[Reading, ...]) -> None:
    twice = articles[0]
    twin = replace(twice.sources[0], id="S9", name="Zoe Angstrom")
    second = replace(twice.attributions[0], id="A2", speaker="S9", chain=("outlet", "S9"), content=twice.attributions[0].cue)
    sums = Sources()
    sums.add(replace(twice, sources=(*twice.sources, twin), attributions=(*twice.attributions, second), voices=()))
    (row,) = sums.result().speakers
    assert (row.articles, row.attributions) == (1, 2)


def test_the_audit_in_words_as_a_sheet_and_as_json(store: Store, articles: tuple[Reading, ...]) -> None:
    found = audit_store(store)
    speakers, groups, verbs, shared = grids(found, 1)
    assert speakers.caption == "Named sources (1 of 2)"
    assert "told apart by name and kind alone" in speakers.note
    assert all(len(row) == len(grid.columns) for grid in (speakers, groups, verbs, shared) for row in grid.rows)
    assert shared.dim == {0}
    assert "not found by us" in shared.note
    rows = list(csv.DictReader(io.StringIO(sheet(found))))
    assert tuple(rows[0]) == COLUMNS
    assert sorted((row["group"], row["name"]) for row in rows) == [
        ("Halden Echo", "Mayor Zoë Ångström"), ("Halden Echo", "the Halden Yard"), ("The Ferryman", "Mayor Zoë Ångström"),
    ]  # fmt: skip
    told = sources_json(found, Generator("1", "hand"))
    assert told["schema"] == "sayso-sources/1"
    assert told["verbs"]["organization"] == {"note": 1, "say": 1}
    assert told["groups"][0]["identities"]["named"] == 3
    assert told["speakers"][0]["parts"][0]["words"] > 0


def test_a_spreadsheet_runs_no_name(articles: tuple[Reading, ...]) -> None:
    sums = Sources()
    sums.add(replace(articles[0], sources=(replace(articles[0].sources[0], name="=Ada Brandt"),)))
    assert next(csv.DictReader(io.StringIO(sheet(sums.result()))))["name"] == "'=Ada Brandt"
