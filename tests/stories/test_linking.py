"""Average-link clustering with stories that stay."""

from hypothesis import given
from hypothesis import strategies as st

from sayso.stories.linking import join

NAMES = "abcdef"


def ends(into: dict[str, str], names: str = NAMES) -> dict[str, str]:
    return {name: into.get(name, name) for name in names}


def test_the_mean_over_all_pairs_decides() -> None:
    # a–b are one event; c is like b alone, and the mean over a and b is below the threshold.
    links = [("a", "b", 0.9), ("b", "c", 0.5)]
    assert join({"a": 1, "b": 1, "c": 1}, frozenset(), links, 0.3) == {"b": "a"}
    assert join({"a": 1, "b": 1, "c": 1}, frozenset(), links, 0.25) == {"b": "a", "c": "a"}


def test_a_story_of_many_counts_all_its_articles() -> None:
    assert join({"old": 4, "x": 1}, frozenset({"old"}), [("x", "old", 0.9)], 0.3) == {}
    assert join({"old": 4, "x": 1}, frozenset({"old"}), [("x", "old", 0.9), ("x", "old", 0.5)], 0.3) == {"x": "old"}


def test_two_stories_that_were_there_never_merge() -> None:
    sizes, links = {"s": 1, "t": 1, "a": 1}, [("a", "s", 0.9), ("a", "t", 0.8), ("s", "t", 1.0)]
    assert join(sizes, frozenset({"s", "t"}), links, 0.3) == {"a": "s"}


def test_a_story_that_was_there_keeps_its_name() -> None:
    assert join({"a": 1, "z": 1}, frozenset({"z"}), [("a", "z", 0.9)], 0.3) == {"a": "z"}


LINKS = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] < pair[1]), st.integers(1, 8).map(lambda n: n / 8)
)


@given(LINKS, st.sampled_from([0.2, 0.3, 0.6]), st.randoms())
def test_the_order_of_links_does_not_matter(links: dict[tuple[str, str], float], threshold: float, dice: object) -> None:
    rows = [(one, other, total) for (one, other), total in links.items()]
    shuffled = [(other, one, total) for one, other, total in rows]
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    sizes = dict.fromkeys(NAMES, 1)
    assert join(sizes, frozenset(), rows, threshold) == join(sizes, frozenset(), shuffled, threshold)


@given(LINKS, st.sets(st.sampled_from(NAMES)))
def test_every_group_ends_in_one_that_stays_and_linked_ones_are_gone(links: dict[tuple[str, str], float], fixed: set[str]) -> None:
    found = ends(join(dict.fromkeys(NAMES, 1), frozenset(fixed), [(a, b, total) for (a, b), total in links.items()], 0.3))
    assert all(found[end] == end for end in found.values())
    assert all(found[name] == name for name in fixed)
    for (one, other), total in links.items():
        lone = list(found.values()).count(found[one]) == list(found.values()).count(found[other]) == 1
        if lone and not {one, other} <= fixed:
            assert total < 0.3, "two that stand alone would have joined"
