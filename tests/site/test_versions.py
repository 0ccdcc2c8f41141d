"""The page of two versions: what is in one text only, and what changed in the telling."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.corrections.correction import Correction, Place
from sayso.document import Document
from sayso.errors import UsageError
from sayso.reader import Reader
from sayso.reading import Attribution
from sayso.site import retold
from sayso.site.frame import in_files, on_server, show
from sayso.site.links import Files, Served
from sayso.site.retold import changes
from sayso.site.versions import VersionsPage, neighbors, versions_page
from sayso.store.store import Store
from sayso.stories.versions import bring_up_to_date

READER = Reader(rules=True)
BEFORE = (
    "Tomas Reed, a spokesperson for the board, claimed that the pier was safe for all boats.\n\n"
    "It rained in Alder on Sunday. The pier was built in 1962. A bus runs along the coast.\n\n"
    "Mayor Ines Calder said that the town would pay for the bus until the summer. "
    "According to the engineer Ola Brandt, two of the steel beams were replaced last autumn.\n"
)
AFTER = (
    "Tomas Reed, a spokesperson for the board, said that the pier was safe for all boats.\n\n"
    "It rained in Alder on Sunday. The pier was built in 1962. A bus runs along the coast.\n\n"
    "A town official said that the town would pay for the bus until the summer. "
    "Two of the steel beams were replaced last autumn.\n\n"
    "Fishers complained that the harbor was closed to <b>their</b> boats.\n"
)
ONE = Document(
    BEFORE, title="Pier is safe", outlet="Alder <i>Post</i>", url="https://alder.example/pier", published="2031-05-06T08:00:00+00:00"
)
TWO = replace(ONE, id="", text=AFTER, title="Pier is safe, board says", published="2031-05-06T15:00:00+00:00")
THREE = replace(TWO, id="", text=AFTER + "It rains.\n", published="2031-05-07")
ELSEWHERE = Document("It rained. The fair was empty.", title="Rain", outlet="Coastal Echo", published="2031-05-06")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("versions") / "store"
    with Store.make(path, READER.generator) as made:
        made.add(READER.pipe([ONE, TWO, THREE, ELSEWHERE]))
        bring_up_to_date(made)
        yield made


def html_of(page: VersionsPage) -> str:
    return show(in_files("Town", "m", 1).titled(page.heading, "articles"), "versions.html.jinja", page)


def test_what_changed_in_the_telling(store: Store) -> None:
    page = versions_page(store, ONE.id, TWO.id, Files(1))
    assert [(change.what, change.before.words, change.after.words) for change in page.changes] == [
        ("cue, outlet’s stance", "“claimed”, distancing", "“said”, neutral"),
        ("speaker: named → not named", "Ines Calder", "a town official (not named)"),
        ("attributed → own voice", "attributed to Ola Brandt (“According to”)", "in the outlet’s own voice"),
        ("attribution came", "not found by us", "attributed to Fishers (“complained”)"),
    ]
    assert page.changes[0].before.address == f"../articles/{ONE.id}.html#t1"
    assert page.changes[0].after.address == f"../articles/{TWO.id}.html#t1"
    assert page.changes[2].after.address == f"../articles/{TWO.id}.html#p3"
    assert page.changes[3].before.address == ""


def test_the_other_way_round(store: Store) -> None:
    readings = {reading.document.id: reading for reading in store.readings([ONE.id, TWO.id])}
    found = changes(readings[TWO.id], readings[ONE.id], Served())
    assert found is not None
    assert [change.what for change in found] == [
        "cue, outlet’s stance",
        "speaker: not named → named",
        "attribution went",
        "own voice → attributed",
    ]


def test_nothing_changed_between_a_version_and_itself(store: Store) -> None:
    (reading,) = store.readings([ONE.id])
    assert changes(reading, reading, Served()) == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"commitment": "possible"}, ("commitment", "certain", "possible")),
        ({"polarity": "denies"}, ("polarity", "affirms", "denies")),
        ({"form": "direct"}, ("form", "reported", "quoted")),
        ({"cue": ()}, ("cue", "“said”", "no cue")),
        ({"confidence": 0.3, "outlet_stance": "endorses"}, ("outlet’s stance", "neutral", "endorsing")),
    ],
)
def test_each_label(store: Store, change: dict[str, object], expected: tuple[str, str, str]) -> None:
    (reading,) = store.readings([TWO.id])
    first: Attribution = replace(reading.attributions[0], **change)  # type: ignore[arg-type]
    found = changes(reading, replace(reading, attributions=(first, *reading.attributions[1:])), Served())
    assert found is not None
    (one,) = found
    assert (one.what, one.before.words, one.after.words, one.check) == (*expected, "confidence" in change)


def test_the_older_one_comes_first_whichever_is_asked_for_first(store: Store) -> None:
    page = versions_page(store, TWO.id, ONE.id, Served())
    assert page == versions_page(store, ONE.id, TWO.id, Served())
    assert (page.before.published, page.after.published) == ("2031-05-06 08:00", "2031-05-06 15:00")
    assert [(one.number, one.here) for one, _ in page.versions] == [(1, True), (2, True), (3, False)]
    assert [address for _, address in page.versions] == ["", f"/versions/{ONE.id}/{TWO.id}", f"/versions/{TWO.id}/{THREE.id}"]


def test_the_text_with_marks_in_words_and_signs(store: Store) -> None:
    page = versions_page(store, ONE.id, TWO.id, Files(1))
    assert page.told == "3 sentences changed, 1 sentence added; 3 sentences unchanged"
    html = html_of(page)
    assert '<del><span class="unseen">[removed: </span>claimed<span class="unseen">] </span></del>' in html
    assert '<ins><span class="unseen">[added: </span>, board says<span class="unseen">] </span></ins>' in html
    assert "<summary>3 sentences unchanged</summary>" in html
    assert "± changed" in html
    assert "+ added" in html


def test_nothing_hostile_and_nothing_inline(store: Store) -> None:
    html = html_of(versions_page(store, ONE.id, TWO.id, Files(1)))
    assert "<b>their" not in html
    assert "<i>Post" not in html
    assert not re.search(r"\bstyle=|\son\w+=|<script>", html)


def test_corrections_count(store: Store) -> None:
    (reading,) = store.readings([TWO.id])
    first = reading.attributions[0]
    said = Correction(
        *("0" * 32, TWO.id, "Ada", "2031-05-08T00:00:00Z", "label"),
        place=Place(first.content, first.cue, TWO[first.content]),
        field="outlet_stance",
        value="distances",
        before="acknowledges",
    )
    page = versions_page(store, ONE.id, TWO.id, Served(), [said])
    assert page.changes[0].what == "cue"


def test_articles_that_are_no_versions_may_be_compared_and_the_page_says_so(store: Store) -> None:
    page = versions_page(store, ONE.id, ELSEWHERE.id, Served())
    assert page.versions == ()
    assert "not found by us to be versions" in page.notes[0]
    assert show(on_server("Town", "m", "").titled("x", "articles"), "versions.html.jinja", page)


@pytest.mark.parametrize("other", ["", "nobody", "x' OR 1=1 --", "../../etc/passwd", "\x00"])
def test_what_is_not_there(store: Store, other: str) -> None:
    for pair in ((ONE.id, other), (other, ONE.id), (other, other)):
        with pytest.raises(UsageError) as raised:
            versions_page(store, *pair, Served())
        assert "\n" not in str(raised.value)


def test_one_and_the_same(store: Store) -> None:
    with pytest.raises(UsageError, match="one and the same article"):
        versions_page(store, ONE.id, ONE.id, Served())


def test_what_is_too_long_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retold, "MOST", 1)
    monkeypatch.setattr("sayso.site.difference.WORK", 1)
    page = versions_page(store, ONE.id, TWO.id, Served())
    assert (page.changes, page.stretches) == ((), ())
    assert [note.split(":")[0] for note in page.notes] == [
        "The texts are too long to be laid side by side here",
        "The articles are too long for us to compare how they are told.",
    ]
    html = html_of(page)
    assert "not compared" in html
    assert "No change in who" not in html


def test_neighbors(store: Store) -> None:
    assert neighbors(store, TWO.id) == (
        (ONE.id, "what changed since the earlier version, 2031-05-06 08:00"),
        (THREE.id, "what changed in the later version, 2031-05-07"),
    )
    assert [other for other, _ in neighbors(store, ONE.id)] == [TWO.id]
    assert neighbors(store, ELSEWHERE.id) == neighbors(store, "nobody") == ()
    assert Files(1).versions(ONE.id, TWO.id) == Files(1).versions(TWO.id, ONE.id)
