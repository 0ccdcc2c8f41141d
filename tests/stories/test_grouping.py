"""Articles to stories, day by day: what two goes give, what lasts, what is forgotten."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.document import Document
from sayso.stories.alike import CLUES, UNDATED, VECTORS, WORDS, Alike, apart, clues, load
from sayso.stories.find import grouped, items, members, stories
from sayso.stories.grouping import Grouping, Item, by_day
from sayso.stories.nearby import KEYS, MOST, WINDOW, Nearby, keys
from sayso.stories.profile import profile

EVENTS = {
    "ferry": (
        "The ferry Aurelia ran aground off Port Merrin with {n} passengers aboard, the Merrin coastguard said. "
        "Captain Ilse Brandt called tugs."
    ),
    "mine": (
        "Miners at the Corvane copper pit struck over wages after {n} layoffs, union leader Teodor Vance said. Corvane Metals shares fell."
    ),
    "verdict": (
        "Judge Amara Okonjo acquitted senator Lucan Fell of bribery in the Dunmore stadium trial after {n} hearings. Prosecutors appealed."
    ),
    "quake": (
        "An earthquake of magnitude 6 shook Hallowby and the Selden valley, and {n} houses fell, Selden rescuers said. Aftershocks went on."
    ),
}


def article(event: str, number: int, day: int | None) -> Document:
    text = f"{EVENTS[event].format(n=300 + len(event))} Outlet {number} reports."
    return Document(text=text, outlet=f"Outlet {number}", published=None if day is None else f"2031-05-{day:02d}")


NEWS = [article(event, number, 1 + 2 * number + at) for at, event in enumerate(EVENTS) for number in range(4)]


def events(found: dict[str, str], documents: Sequence[Document] = NEWS) -> set[frozenset[str]]:
    outlets = {document.id: document.text.split()[1] for document in documents}
    return {frozenset(outlets[article] for article in group) for group in members(found).values()}


def test_articles_of_one_event_make_one_story_across_outlets_and_days() -> None:
    found = stories(NEWS)
    assert len(members(found)) == 4
    assert all(len(event) == 1 for event in events(found))


def test_a_story_is_named_after_the_article_that_founded_it() -> None:
    for story, articles in members(stories(NEWS)).items():
        first = min((document for document in NEWS if document.id in articles), key=lambda document: (document.published, document.id))
        assert story == f"s{first.id}"


@given(st.randoms(use_true_random=False))
@settings(max_examples=10)
def test_the_order_of_documents_does_not_matter(dice: object) -> None:
    shuffled = [*NEWS, NEWS[0]]
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert stories(shuffled) == stories(NEWS)


@given(st.integers(1, 12))
@settings(max_examples=12)
def test_two_stretches_of_days_give_what_one_go_gives(cut: int) -> None:
    days = list(by_day(items(NEWS)))
    first, model = Grouping(load(WORDS)), load(WORDS)
    early = {key: story for day in days[:cut] for key, story in first.day(day).items()}
    second = Grouping(model)
    sizes = {story: list(early.values()).count(story) for story in early.values()}
    second.know((item._replace(story=early[item.profile.id]) for day in days[:cut] for item in day), sizes)
    late = {key: story for day in days[cut:] for key, story in second.day(day).items()}
    assert early | late == grouped([item for day in days for item in day], model)


def test_late_articles_move_nobody() -> None:
    early, late = NEWS[::2], NEWS[1::2]
    before = stories(early)
    grouping = Grouping(load(WORDS))
    grouping.know(
        (item._replace(story=before[item.profile.id]) for item in items(early)),
        {s: list(before.values()).count(s) for s in before.values()},
    )
    grouping.keep = True
    after = {key: story for day in by_day(items(late)) for key, story in grouping.day(day).items()}
    assert events(before | after) == events(stories(NEWS))
    assert set(after.values()) <= set(before.values()) | {f"s{document.id}" for document in late}


def test_days_far_apart_are_two_stories_unless_any_will_do() -> None:
    far = [article("ferry", 1, 1), Document(text=NEWS[0].text, outlet="Late", published="2031-09-01")]
    assert len(set(stories(far).values())) == 2
    assert len(set(stories(far, window=None).values())) == 1


def test_articles_without_a_day_find_their_story() -> None:
    assert len(set(stories([article("ferry", 1, 1), article("ferry", 2, None), article("ferry", 3, None)]).values())) == 1


def test_vectors_speak_for_and_against() -> None:
    one, other = np.eye(2, dtype=np.float32)
    pair = [article("mine", 1, 1), article("mine", 2, 2)]
    model = Alike(-2.0, {"vector": 4.0}, 0.1, 0.5)
    for rows, number in (((one, one), 1), ((one, other), 2)):
        found = grouped([Item(profile(document), row) for document, row in zip(pair, rows, strict=True)], model)
        assert len(set(found.values())) == number


def test_no_articles_no_stories() -> None:
    assert stories([]) == {}
    assert Grouping(load(WORDS)).day([]) == {}


def test_empty_articles_are_each_their_own_story() -> None:
    empty = [Document(text="", outlet=name) for name in "ab"] + [Document(text="…", outlet="c")]
    assert len(set(stories(empty).values())) == 3


def test_memory_holds_the_window_only() -> None:
    grouping = Grouping(load(WORDS))
    for number in range(40):
        day = Document(text=f"Day {number}. {EVENTS['ferry']}", published=f"20{31 + number}-01-01")
        grouping.day(items([day]))
    assert len(grouping._items) == 1


# ── which articles are laid side by side ─────────────────────────────────────────────────────────────────────────────────────────────


def test_only_near_days_with_shared_rare_words_are_laid_side_by_side() -> None:
    nearby = Nearby()
    rows = [
        profile(document)
        for document in (article("ferry", 1, 1), article("mine", 1, 1), Document(text=NEWS[0].text, published="2031-09-01"))
    ]
    for position, row in enumerate(rows):
        nearby.add(position, row)
    assert nearby.find(profile(article("ferry", 2, 2))) == [0]
    assert nearby.find(profile(article("ferry", 2, None))) == [0, 2]
    assert nearby.forget(rows[2].day or 0) == [0, 1]
    assert nearby.find(profile(article("ferry", 2, 2))) == []


def test_one_article_is_laid_beside_a_bounded_number() -> None:
    nearby, row = Nearby(), profile(article("ferry", 1, 1))
    for position in range(MOST + 50):
        nearby.add(position, row)
    assert len(nearby.find(row)) == MOST
    assert len(keys(row)) <= KEYS
    assert WINDOW > 0


# ── the model ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_released_models_can_be_read() -> None:
    for name in (WORDS, VECTORS):
        model = load(name)
        assert set(model.weights) <= set(CLUES)
        assert all(weight >= 0 for weight in model.weights.values())
        assert 0 < model.threshold < 1
        assert model.day > 0
        assert model.bias < 0
    assert "vector" in load(VECTORS).weights
    assert "vector" not in load(WORDS).weights


@given(st.sampled_from(NEWS), st.sampled_from(NEWS), st.floats(-1, 1))
def test_probability_is_symmetric_and_falls_with_days(one: Document, other: Document, cosine: float) -> None:
    a, b = profile(one), profile(other)
    model = load(VECTORS)
    assert model.probability(a, b, cosine) == model.probability(b, a, cosine)
    assert 0 <= model.probability(a, b, cosine) <= 1
    assert all(0 <= value <= 1 + 1e-9 for value in clues(a, b, cosine).values())


def test_an_unknown_day_counts_as_some_days_apart() -> None:
    dated, bare = profile(article("ferry", 1, 1)), profile(article("ferry", 2, None))
    assert apart(dated, bare) == apart(bare, bare) == UNDATED
    assert apart(dated, profile(article("ferry", 2, 4))) == 3
