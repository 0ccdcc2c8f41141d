"""Pronouns in invented sentences: mentions stand in brackets, the one asked about in braces."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import linear
from sayso.document import Document
from sayso.spans import Span
from sayso.speakers.coreference_clues import Story, clues
from sayso.speakers.phrasings import TASKS, Page, Phrasing, phrasing
from sayso.speakers.pronouns import Choose
from sayso.speakers.ranker import Ranker

MARK = re.compile(r"[\[\]{}]")


def marked(written: str) -> tuple[str, list[Span], list[Span]]:
    """The text without its marks, the mentions in brackets, and the pronouns in braces."""
    text = ""
    spans: list[Span] = []
    asked: list[Span] = []
    opened: list[int] = []
    for piece in re.split(r"([\[\]{}])", written):
        if not MARK.fullmatch(piece):
            text += piece
        elif piece in "[{":
            opened.append(len(text))
        else:
            (spans if piece == "]" else asked).append(Span(opened.pop(), len(text)))
    return text, sorted(spans), sorted(asked)


def chosen(written: str) -> list[str]:
    """What each pronoun in braces is taken to stand for."""
    text, spans, asked = marked(written)
    offered = [[span for span in sorted([*spans, *asked]) if span.end <= pronoun.start] for pronoun in asked]
    document = Document(text=text)
    return [document[some[at]] for some, at in zip(offered, Ranker()(document, asked, offered), strict=True) if at is not None]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("[Maria Kestrel] met [two clerks] in [Orveth]. {She} left early.", ["Maria Kestrel"]),
        ("[The minister] met [two clerks]. {They} left early.", ["two clerks"]),
        ("[Peter Dunmore] opened [the bridge] yesterday. {He} called {it} a gift.", ["Peter Dunmore", "the bridge"]),
        ("[The company] said on [Monday] that {it} would close [the mine].", ["The company"]),
        ("[Anna Veld] praised [her] team. [Robert Tallow] did not. {He} stayed away.", ["Robert Tallow"]),
        ("[My sister] and [I] waited. {She} was late.", ["My sister"]),
    ],
)
def test_what_a_pronoun_stands_for(written: str, meant: list[str]) -> None:
    assert chosen(written) == meant


def test_a_pronoun_goes_on_with_what_the_one_before_it_meant() -> None:
    document, spans, asked = marked("[Anna Veld] saw [Paul Rusk] leave. {He} ran to [the gate]. Then {he} stopped.")
    offered = [[span for span in sorted([*spans, *asked]) if span.end <= pronoun.start] for pronoun in asked]
    first, second = Ranker()(Document(text=document), asked, offered)
    assert first is not None
    assert second is not None
    assert offered[1][second] in (offered[0][first], asked[0])


def told(written: str) -> Phrasing:
    text, spans, asked = marked(written)
    return phrasing(Page(text), [*spans, *asked][0], linear.load("pronouns"))


@pytest.mark.parametrize(
    ("written", "head", "shape"),
    [
        ("We saw [the mayor of the old town] there.", "mayor", "definite"),
        ("We saw [a number of people] there.", "people", "indefinite"),
        ("We saw [people living in tents] there.", "people", "bare"),
        ("We saw [Maria Kestrel] there.", "kestrel", "name"),
        ("We saw [the mayor's] car.", "mayor", "definite"),
        ("We saw [it] there.", "it", "pronoun"),
        ("[Several], it seems.", "several", "bare"),
    ],
)
def test_head_and_shape(written: str, head: str, shape: str) -> None:
    found = told(written)
    assert found.head == head
    assert found.shape == shape or head == "several"


@pytest.mark.parametrize(
    ("written", "task", "wanted"),
    [
        ("[The teacher] said nothing.", "sort", "person"),
        ("They sold [the company] last year.", "sort", "body"),
        ("It rained [last Monday].", "sort", "time"),
        ("[The teacher] said nothing.", "role", "subject"),
        ("They gave it to [the teacher].", "role", "oblique"),
        ("[The teacher's] house burned.", "role", "possessor"),
    ],
)
def test_what_the_words_tell(written: str, task: str, wanted: str) -> None:
    chances = getattr(told(written), task)
    assert max(chances, key=chances.get) == wanted


def test_one_or_several() -> None:
    assert told("We saw [the farmers] there.").plural > 0.5 > told("We saw [the farmer] there.").plural


def test_every_clue_names_the_sort_of_pronoun_and_rests_on_the_mention() -> None:
    text, spans, asked = marked("“[Nobody] knows,” [Maria Kestrel] said of [the vault]. {She} shrugged.")
    page = Page(text)
    story = Story(page, [phrasing(page, span, linear.load("pronouns")) for span in [*spans, *asked]])
    story.read(3)
    for number, found in enumerate(clues(story, 3, [0, 1, 2])):
        assert all(clue.name.startswith("he: ") and clue.span == spans[number] for clue in found)


def test_the_models_hold_no_names() -> None:
    models = linear.load("pronouns")
    assert {*TASKS, "antecedent"} == models.keys()
    assert not [name for model in models.values() for name in model.weights if re.search(r"=[A-Z](?!a$)", name)]


def test_nothing_offered_is_nothing_chosen() -> None:
    assert Choose()(Document(text="He left."), [Span(0, 2)], [[]]) == [None]


@given(st.text(alphabet="Ahe it.they'“” \n,s", min_size=8, max_size=60), st.data())
@settings(max_examples=30, deadline=None)
def test_any_text_gives_a_choice_among_those_offered(text: str, data: st.DataObject) -> None:
    words = [Span(*match.span()) for match in re.finditer(r"[^\W_]+", text)]
    asked = [span for span in words if text[span.start : span.end].lower() in ("he", "it", "they", "the")][:3]
    asked = [span for span in asked if text[span.start : span.end].lower() != "the"]
    kept = data.draw(st.sets(st.sampled_from(words)) if words else st.just(set()))
    offered = [[span for span in sorted(kept) if span.end <= pronoun.start] for pronoun in asked]
    for some, at in zip(offered, Ranker()(Document(text=text), asked, offered), strict=True):
        assert at is None if not some else at in range(len(some))
