"""Kept figures: current or not, whole or not at all, and the same as the functions that count them."""

from collections import Counter
from datetime import date

import pytest

from sayso.compare.report import compare
from sayso.document import Document
from sayso.errors import StoreError, UsageError
from sayso.export.audited import audit_store
from sayso.reader import Reader
from sayso.site import kept
from sayso.site.links import slug
from sayso.site.statements import STATEMENTS
from sayso.store.store import Store


def test_nothing_is_current_before_it_was_counted(town: Store) -> None:
    assert not kept.current(town)
    with pytest.raises(UsageError, match=r"not counted yet: `sayso report .*town -o site` counts them"):
        kept.need(town)


def test_what_was_counted_is_current_until_something_changes(town: Store) -> None:
    kept.keep(town)
    assert kept.current(town)
    rows = town.sql("SELECT article, story FROM stories ORDER BY article").rows
    town.put("stories", ["article", "story"], [(rows[0][0], "elsewhere"), *rows[1:]])
    assert not kept.current(town)
    town.put("stories", ["article", "story"], rows)
    assert kept.current(town)
    with Store.make(town.path, town.generator) as writer:
        writer.add(Reader(rules=True).pipe([Document("“No,” said Mara Voss, who had waited since the morning.", outlet="Alder Post")]))
    assert not kept.current(town)
    kept.keep(town)
    assert kept.current(town)


@pytest.mark.parametrize("table", ["site_statements", "site_parts", "site_words"])
def test_an_interrupted_count_is_never_current(town: Store, table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.keep(town)
    put = Store.put

    def failing(self: Store, name: str, *given: object) -> int:
        if name == table:
            raise StoreError("no room")
        return put(self, name, *given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Store, "put", failing)
        with pytest.raises(StoreError, match="no room"):
            kept.keep(town)
    assert not kept.current(town)
    kept.keep(town)
    assert kept.current(town)


def test_columns_are_as_promised(counted: Store) -> None:
    for name, columns in kept.TABLES.items():
        assert counted.sql(f"SELECT * FROM {name} LIMIT 0").columns == tuple(columns)


def test_sources_are_those_of_the_audit(counted: Store) -> None:
    found = audit_store(counted)
    rows = counted.sql("SELECT shown, outlets, stories, articles, attributions, words, opens FROM site_sources ORDER BY ALL").rows
    assert rows == sorted(
        (one.name, one.groups, one.stories, one.articles, one.attributions, one.words, one.opens) for one in found.speakers
    )
    assert {row[0] for row in rows} >= {"Ines Calder", "Tomas Reed"}
    assert counted.sql("SELECT sum(articles), sum(attributions) FROM site_outlets").rows == [
        (found.articles, sum(group.attributions for group in found.groups))
    ]


def test_every_statement_stands_where_it_says(counted: Store) -> None:
    readings = {reading.document.id: reading for reading in counted.readings()}
    rows = counted.sql("SELECT slug, kind, name, article, number, outlet, story, text, words, day FROM site_statements").rows
    for at, kind, name, article, number, outlet, story, text, words, day in rows:
        reading = readings[article]
        attribution = reading.attributions[number - 1]
        assert at == slug(kind, name)
        assert reading.source(attribution.speaker).named
        assert text == " ".join(reading.document[attribution.content].split())
        assert words >= 1
        assert (outlet, story is None) == (reading.document.outlet, reading.document.outlet is None)
        assert day == (date.fromisoformat(reading.document.published) if reading.document.published else None)
    per_source = Counter(row[0] for row in rows)
    assert dict(per_source) == dict(counted.sql("SELECT slug, attributions FROM site_sources").rows)
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert len(STATEMENTS) == len(counted.sql("SELECT * FROM site_statements LIMIT 1").columns)


def test_passages_are_findings_in_the_outlets_own_voice(counted: Store) -> None:
    readings = {reading.document.id: reading for reading in counted.readings()}
    rows = counted.sql("SELECT article, number, label, words, text FROM site_passages").rows
    assert rows
    for article, number, label, words, text in rows:
        finding = readings[article].findings[number - 1]
        assert (finding.label, finding.speaker, finding.candidate) == (label, "outlet", False)
        assert words == readings[article].document[finding.evidence]
        assert words in text


def test_contrasts_are_those_of_the_comparison(counted: Store) -> None:
    made = {(row.measure, row.group): row for row in compare(counted).rows}
    rows = counted.sql("SELECT measure, outlet, stories, value, low, high FROM site_contrasts").rows
    shared = [(measure, outlet, *rest) for measure, outlet, *rest in rows if (measure, outlet) in made]
    assert len(shared) == len(made)
    for measure, outlet, stories, value, low, high in shared:
        row = made[measure, outlet]
        assert (stories, value, low, high) == pytest.approx((row.stories, row.value, row.low, row.high))


def test_without_stories_there_are_sources_and_no_comparison(town: Store) -> None:
    town.drop("stories")
    kept.keep(town)
    assert kept.current(town)
    assert town.sql("SELECT count(*) FROM site_sources").rows[0][0] > 0
    assert town.sql("SELECT count(*) FROM site_contrasts").rows == [(0,)]
    assert "sayso stories" in town.sql("SELECT note FROM site_notes WHERE about = 'missing'").rows[0][0]


def test_words_of_a_large_store_are_counted_in_some_whole_stories(town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "SPOKEN", 18)
    kept.keep(town)
    assert ("words", "words are counted in 18 of 24 articles, in whole stories") in town.sql("SELECT * FROM site_notes").rows
    assert {row[0] for row in town.sql("SELECT stories FROM site_words WHERE voice = 'own'").rows} == {6}


def test_progress_is_told_and_ends(town: Store) -> None:
    seen: list[tuple[str, int, int]] = []
    kept.keep(town, lambda *told: seen.append(told))
    assert [told for told in seen if told[0] == "articles"] == [("articles", number, 25) for number in range(1, 26)]
    assert [what for what, _, _ in seen[-2:]] == ["comparison", "words"]
