"""Kind, standing and name of a speaker from all its mentions, with the words that tell."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.attribution.draft import Name
from sayso.document import Document
from sayso.linear import Clue, load
from sayso.reading import KINDS, STANDINGS
from sayso.render.reasons import wording
from sayso.spans import Span
from sayso.speakers.entities import Entity
from sayso.speakers.profiles import KIND, STANDING, explain, judge, profile
from sayso.speakers.traits import clues, topics

CASES = [
    ("Foreign Minister Oren Tal said no.", "Oren Tal", "Foreign Minister Oren Tal", "person", "politician", True),
    ("Mara Voss, a professor of history at the Harbor Institute, said so.", "Mara Voss", "Mara Voss", "person", "expert", True),
    ("Ministry spokeswoman Lena Orb declined to comment.", "Lena Orb", "Ministry spokeswoman Lena Orb", "person", "spokesperson", True),
    (
        "The Norvanian Foreign Ministry denied it.",
        "Norvanian Foreign Ministry",
        "The Norvanian Foreign Ministry",
        "government",
        "official",
        True,
    ),
    ("Moscow denied it.", "Moscow", "Moscow", "government", "official", True),
    ("Residents said they were afraid.", "Residents", "Residents", "group", "citizen", False),
    ("Several experts warned of a flood.", "Several experts", "Several experts", "group", "expert", False),
    ("The report says that prices fell.", "The report", "The report", "document", None, None),
    ("The newspaper Harbor Times reported the deal.", "Harbor Times", "The newspaper Harbor Times", "media", "journalist", True),
    ("A witness told police that he ran.", "A witness", "A witness", "person", "witness", False),
]


@pytest.mark.parametrize(("text", "name", "source", "kind", "standing", "named"), CASES)
def test_profile(text: str, name: str, source: str, kind: str, standing: str | None, named: bool | None) -> None:
    found = profile(Document(text), Entity(name, (Span(text.index(source), text.index(source) + len(source)),)))
    assert found.kind == kind
    # None where the annotations themselves are divided: the standing of a document, and whether "the report" is a name
    assert standing is None or found.standing == standing
    assert named is None or found.named == named


def test_words_beside_the_name_count_where_the_source_is_a_bare_name() -> None:
    text = "The prize went to historian Mara Voss, a professor at the Harbor Institute. Voss said she was glad."
    bare = profile(Document(text), Entity("Mara Voss", (Span(text.rindex("Voss"), text.rindex("Voss") + 4),)))
    assert (bare.kind, bare.standing) == ("person", "expert")


def test_only_people_have_roles() -> None:
    text = "Senior FDX analyst Mara Voss spoke. FDX, a research institute, denied it."
    found = profile(Document(text), Entity("FDX", (Span(36, 39),), "organization"))
    assert (found.role, found.affiliation) == (None, None)


def test_the_article_tells_what_it_is_about_in_shares() -> None:
    about = {clue.name: clue.value for clue in topics("A senator met three analysts and a senator.")}
    assert about == {"article about:expert": 0.333, "article about:politician": 0.667}
    assert topics("It rains.") == ()


@pytest.mark.parametrize(
    ("text", "clue", "words"),
    [
        ("Press secretary Lena Orb spoke.", "role=press secretary", "Press secretary"),
        ("Lena Orb, an analyst and former senator, spoke.", "near:politician", "senator"),
        ("Lena Orb, 43, spoke.", "age beside the name", "43"),
        ("Lena Orb (R-Harbor) spoke.", "party beside the name", "R-Harbor"),
        ("Lena Orb another analyst from FDX spoke.", "role=analyst", "analyst"),
    ],
)
def test_words_beside_a_name(text: str, clue: str, words: str) -> None:
    span = Span(text.index("Lena"), text.index("Orb") + 3)
    found = {one.name: one.span for one in clues(Document(text), Entity("Lena Orb", (span,)))}
    assert text[slice(*(found[clue] or Span(0, 0)))] == words


def test_somebody_without_a_role_is_told_apart() -> None:
    text = "Lena Orb spoke."
    found = {clue.name for clue in clues(Document(text), Entity("Lena Orb", (Span(0, 8),), "person"))}
    assert "no role person" in found
    assert not any(name.startswith("first role") for name in found)


def test_every_clue_has_a_wording() -> None:
    for model in load("kinds").values():
        for name in model.weights:
            assert wording(Clue(name)) != name, name


def test_nobody_is_unknown() -> None:
    found = profile(Document("It was reported."), Entity("unknown"))
    assert (found.kind, found.standing, found.named, found.role, found.affiliation) == ("unknown", "none", False, None, None)
    assert explain(Document("It was reported."), Entity("unknown")) == {KIND: (), STANDING: ()}


def test_the_reasons_rest_on_words_and_are_in_order() -> None:
    text = "Foreign Minister Oren Tal said no."
    found = explain(Document(text), Entity("Oren Tal", (Span(0, 25),)))
    for reasons in found.values():
        assert [reason.weight for reason in reasons] == sorted((reason.weight for reason in reasons), reverse=True)
    told = [text[reason.clue.span.start : reason.clue.span.end] for reason in found[STANDING][:6] if reason.clue.span is not None]
    assert "Minister" in told


@given(
    st.text(alphabet="abM T.,'’s-of()\n“", min_size=1, max_size=60),
    st.text(max_size=12),
    st.sampled_from(("", "person", "place", "organization")),
    st.integers(0, 30),
    st.integers(1, 30),
)
def test_probabilities_add_up_whatever_the_mention(text: str, name: str, kind: str, start: int, length: int) -> None:
    span = Span(min(start, len(text) - 1), min(len(text), min(start, len(text) - 1) + length))
    found = judge(Document(text), Entity(name, (span,), kind), (Name(span, kind or "person"),))
    assert set(found.kinds) <= set(KINDS)
    assert set(found.standings) <= set(STANDINGS)
    assert sum(found.kinds.values()) == pytest.approx(1)
    assert sum(found.standings.values()) == pytest.approx(1)
    assert 0 <= found.named <= 1


def test_a_long_text_is_gone_through_once() -> None:
    document = Document("Foreign Minister Oren Tal met Mara Voss. " * 5_000)
    entity = Entity("Mara Voss", (Span(30, 39),))
    profile(document, entity)
    start = time.process_time()
    for _ in range(50):
        profile(document, entity)
    assert time.process_time() - start < 2
