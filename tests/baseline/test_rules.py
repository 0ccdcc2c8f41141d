from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.baseline.rules import find
from sayso.document import Document
from sayso.spans import Span


def read(text: str) -> list[tuple[str, str, str]]:
    document = Document(text)
    return [(document[d.source], document[d.cue], document[d.content]) for d in find(document)]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The mayor said that the bridge is safe.", "The mayor", "said", "that the bridge is safe"),
        ("The mayor said the bridge is safe.", "The mayor", "said", "the bridge is safe"),
        ("The bridge is safe, the mayor said on Monday.", "the mayor", "said", "The bridge is safe"),
        ("“The bridge is safe,” said Dora Quill, the mayor.", "Dora Quill, the mayor", "said", "“The bridge is safe,”"),
        ("“The bridge,” she said, “is safe.”", "she", "said", "“The bridge,” … “is safe.”"),
        ('"The bridge is safe," Quill told reporters.', "Quill", "told", '"The bridge is safe,"'),
        (
            "Dora Quill, the mayor of Arvel, told reporters that work had begun.",
            "Dora Quill, the mayor of Arvel",
            "told",
            "that work had begun",
        ),
        ("According to the port authority, two ships are missing.", "the port authority", "According to", "two ships are missing"),
        ("Two ships are missing, according to the port authority.", "the port authority", "according to", "Two ships are missing"),
        ("The ministry has vehemently denied that it paid.", "The ministry", "has vehemently denied", "that it paid"),
        ("Arvel plans to build a second port.", "Arvel", "plans", "to build a second port"),
        ("The union called for an end to night shifts.", "The union", "called for", "an end to night shifts"),
        ("It was reported that the pumps had failed.", "", "was reported", "that the pumps had failed"),
        ("The court is ready to hear the case.", "The court", "is ready", "to hear the case"),
        ("Quill’s claim that the pumps failed was not checked.", "Quill’s", "claim", "that the pumps failed was not checked"),
        ("The mayor\nsaid that\nthe bridge\nis safe.", "The mayor", "said", "that\nthe bridge\nis safe"),
        ("Tamm went on to say that the plan had failed.", "Tamm", "went on to say", "that the plan had failed"),
        ("«The bridge is safe», said Quill.", "Quill", "said", "«The bridge is safe»"),
    ],
)
def test_patterns(text: str, source: str, cue: str, content: str) -> None:
    assert (source, cue, content) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "The ship left the port on Monday.",
        "The report was long.",
        "Two new claims were filed.",
        "The mayor met the minister.",
        "",
        " \n ",
        "”“\"'",
    ],
)
def test_plain_facts_are_no_attributions(text: str) -> None:
    assert read(text) == []


def test_a_sentence_that_is_one_quotation_goes_on_with_the_speaker_before() -> None:
    assert read("“We waited,” said Dora Quill. “Nobody came.”") == [("Dora Quill", "said", "“We waited,” … “Nobody came.”")]


def test_a_quotation_runs_on_over_paragraphs() -> None:
    text = "“We waited,” said Dora Quill. “Nobody came.\n\n“Then the rain began.”"
    found = find(Document(text))
    assert len(found) == 1
    assert found[0].content[-1] == Span(text.index("“Then"), len(text))


def test_a_quotation_with_no_cue_is_still_an_attribution() -> None:
    assert read("The hall was full.\n\n“We have nothing left to lose in this town.”") == [
        ("", "", "“We have nothing left to lose in this town.”")
    ]


def test_nesting() -> None:
    document = Document("The paper reported that Quill believes the port will close.")
    outer, inner = find(document)
    assert (outer.within, inner.within) == (None, 0)
    assert document[inner.content] == "the port will close"


def test_coordinated_cues_share_their_source() -> None:
    found = read("The mayor said that the bridge is safe, adding that the tunnel is not.")
    assert found == [
        ("The mayor", "said", "that the bridge is safe"),
        ("The mayor", "adding", "that the tunnel is not"),
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                "she",
                "said",
                "that",
                "“",
                "”",
                '"',
                ",",
                ".",
                "according",
                "to",
                "The",
                "port",
                "claims",
                "\n",
                "\n\n",
                "who",
                "it",
                "was",
                "reported",
                "Quill’s",
                ":",
                "(",
                "reportedly",
                "alleged",
                "and",
                "is",
                "ready",
                "adding",
                "called",
                "for",
            ]
        ),
        max_size=40,
    )
)
@settings(max_examples=100, deadline=None)
def test_drafts_are_legal_for_any_words(words: list[str]) -> None:
    text = " ".join(words)
    drafts = find(Document(text))
    for index, draft in enumerate(drafts):
        assert draft.content
        assert draft.within != index
        assert 0 <= draft.confidence <= 1
        for spans in (draft.content, draft.source, draft.cue):
            assert all(0 <= span.start < span.end <= len(text) for span in spans)
            assert all(left.end <= right.start for left, right in pairwise(spans))
        seen, at = {index}, draft.within
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = drafts[at].within


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    find(Document(text))


@pytest.mark.parametrize("unit", ["The mayor said that it is so, adding “we know” and ", "word ", "“We go,” she said. "])
def test_time_grows_linearly_even_without_sentences(unit: str) -> None:
    def seconds(times: int) -> float:
        document = Document(unit * times)
        start = time.process_time()
        find(document)
        return time.process_time() - start

    seconds(100)
    small, large = max(seconds(300), 0.005), seconds(2400)
    assert large < small * 8 * 4
