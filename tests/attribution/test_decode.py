"""From scores to drafts, with a network that says what the test tells it."""

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.attribution.decode import Floats, find
from sayso.attribution.draft import Draft
from sayso.document import Document
from sayso.encoder.heads import BEGIN, INNER, DecoderSettings
from sayso.encoder.windows import Ints, Tokenizer, pieces, windows
from sayso.testing import Line, ScriptedScorer, make_document

Row = tuple[str, str, str]


def rows(document: Document, drafts: Sequence[Draft]) -> list[Row]:
    return [(document[draft.source], document[draft.cue], document[draft.content]) for draft in drafts]


def read(tokenizer: Tokenizer, script: Sequence[Line], *paragraphs: str) -> tuple[Document, tuple[Draft, ...]]:
    document = make_document(*paragraphs)
    drafts = find(ScriptedScorer(tokenizer, script), [document])[0].drafts
    return document, drafts


def test_source_cue_and_content(tokenizer: Tokenizer) -> None:
    script = [Line("has vehemently denied", ("that the weir is old",), "Mara Voß")]
    document, drafts = read(tokenizer, script, "Mara Voß has vehemently denied that the weir is old. 🦊")
    assert rows(document, drafts) == [("Mara Voß", "has vehemently denied", "that the weir is old")]
    assert drafts[0].confidence > 0.9


def test_nested(tokenizer: Tokenizer) -> None:
    script = [
        Line("noted", ("that the minister promised to repair the weir",), "The report"),
        Line("promised", ("to repair the weir",), "the minister"),
    ]
    document, drafts = read(tokenizer, script, "The report noted that the minister promised to repair the weir.")
    assert rows(document, drafts)[1] == ("the minister", "promised", "to repair the weir")
    assert [draft.within for draft in drafts] == [None, 0]


def test_shared_source(tokenizer: Tokenizer) -> None:
    script = [Line("said", ("the weir would hold",), "Ines Okafor"), Line("asked", ("for more stone",), "Ines Okafor")]
    document, drafts = read(tokenizer, script, "Ines Okafor said the weir would hold and asked for more stone.")
    assert [row[0] for row in rows(document, drafts)] == ["Ines Okafor"] * 2
    assert drafts[0].source == drafts[1].source


def test_discontinuous_content(tokenizer: Tokenizer) -> None:
    document, drafts = read(tokenizer, [Line("said", ("“The weir,”", "“will hold.”"), "she")], "“The weir,” she said, “will hold.”")
    assert rows(document, drafts) == [("she", "said", "“The weir,” … “will hold.”")]


def test_missing_source(tokenizer: Tokenizer) -> None:
    document, drafts = read(tokenizer, [Line("was reported", ("that the weir broke",))], "It was reported that the weir broke.")
    assert rows(document, drafts) == [("", "was reported", "that the weir broke")]


def test_no_content_no_draft(tokenizer: Tokenizer) -> None:
    assert read(tokenizer, [Line("said", (), "She")], "She said and left.")[1] == ()


def test_content_over_sentences_and_paragraphs(tokenizer: Tokenizer) -> None:
    content = "The weir is old. It will hold.\n\nThe stone is new"
    document, drafts = read(
        tokenizer, [Line("said", ("The weir is old. It will hold.", "The stone is new"), "She")], f"She said: {content}."
    )
    assert rows(document, drafts) == [("She", "said", "The weir is old. It will hold. … The stone is new")]


class Everything(ScriptedScorer):
    """Takes all that is not cue as content."""

    def roles(self, states: Floats, row: Ints, first: Ints, last: Ints) -> Floats:
        scores = super().roles(states, row, first, last)
        scores[..., 3:] = (1.0, -1.0, -1.0)
        return scores


def test_one_content_span_over_a_paragraph_break_and_never_over_its_own_cue(tokenizer: Tokenizer) -> None:
    document = make_document("Old.", "She said so.", "New.")
    drafts = find(Everything(tokenizer, [Line("said", (), "She")]), [document])[0].drafts
    assert rows(document, drafts) == [("She", "said", "Old. … so.\n\nNew.")], "the break at a border is not content, the inner one is"


def test_running_and_lone_quotations(tokenizer: Tokenizer) -> None:
    lone = "“Nobody has asked the people on the quay.”"
    document, drafts = read(tokenizer, [Line("said", ("“We wait.",), "Ines")], "Ines said:", "“We wait.", "“And hope.”", "Rain fell.", lone)
    assert rows(document, drafts) == [("Ines", "said", "“We wait. … “And hope.”"), ("", "", lone)]


def test_hard_wrapped_text_reads_the_same(tokenizer: Tokenizer) -> None:
    script = [Line("has denied", ("that the weir is old",), "Mara Voss")]
    document, drafts = read(tokenizer, script, "Mara\nVoss has\ndenied that\nthe weir is\nold and that\nis all.")
    assert [(row[0].split(), row[1].split(), row[2].split()) for row in rows(document, drafts)] == [
        (["Mara", "Voss"], ["has", "denied"], ["that", "the", "weir", "is", "old"])
    ]


@pytest.mark.parametrize("text", ["", " \n\n ", "\u00ad", "He said שלום 한국 \ud83d.", "said", "said " * 50])
def test_odd_text(text: str, tokenizer: Tokenizer) -> None:
    document = Document(text)
    drafts = find(ScriptedScorer(tokenizer, [Line("said", ("one",), "He")]), [document])[0].drafts
    assert drafts == ()


def test_no_documents(tokenizer: Tokenizer) -> None:
    assert find(ScriptedScorer(tokenizer, []), []) == []


@pytest.mark.parametrize("lead", [0, 1, 60, 148, 149, 150, 151, 188, 189, 190, 191, 252, 253, 254, 255, 379, 380])
def test_a_cue_at_a_window_border_is_found_once(lead: int, tokenizer: Tokenizer) -> None:
    script = [Line("has said", ("that it holds",), "Ines")]
    text = "rain " * lead + "Ines has said that it holds." + " rain" * 400
    scorer = ScriptedScorer(tokenizer, script)
    drafts = find(scorer, [Document(text)])[0].drafts
    assert rows(Document(text), drafts) == [("Ines", "has said", "that it holds")]
    assert drafts[0].cue[0].start == 5 * lead + 5
    assert len(scorer.windows_seen) > 2
    assert all(len(window) <= 256 for window in scorer.windows_seen)


class TwoMinds(ScriptedScorer):
    """Sees one more word in the cue than the script says, in every window but the first."""

    def encode(self, ids: Ints, case: Ints, quoted: Ints, mask: Floats) -> tuple[Floats, Floats, Floats]:
        states, cues, names = super().encode(ids, case, quoted, mask)
        has = self.tokenizer.token_to_id("has")
        rain = self.tokenizer.token_to_id("rain")
        for row in range(len(ids)):
            at = np.flatnonzero(ids[row] == has)
            if len(at) and np.sum(ids[row, : at[0]] == rain) < 100:  # the later window sees less of the rain before the cue
                cues[row, at[0], BEGIN] = -50.0
        return states, cues, names


def test_windows_that_disagree_about_a_border_do_not_find_a_cue_twice(tokenizer: Tokenizer) -> None:
    lead = INNER - 1 - len(tokenizer.encode("Ines", add_special_tokens=False).ids)
    document = Document("rain " * lead + "Ines has said that it holds." + " rain" * 400)  # "has" is the last piece of one share
    scorer = TwoMinds(tokenizer, [Line("has said", ("that it holds",)), Line("said", ("that it holds",))])
    drafts = find(scorer, [document])[0].drafts
    assert [row[1] for row in rows(document, drafts)] == ["has said"]


def test_the_cue_bias_decides_doubtful_cues(tokenizer: Tokenizer) -> None:
    document = make_document("She said that it holds.")
    for bias, found in ((0.0, 1), (-100.0, 0)):
        scorer = ScriptedScorer(tokenizer, [Line("said", ("that it holds",), "She")], DecoderSettings(cue_bias=bias))
        assert len(find(scorer, [document])[0].drafts) == found


def test_the_confidence_is_that_of_the_card(tokenizer: Tokenizer) -> None:
    document = make_document("She said that it holds.")
    line = [Line("said", ("that it holds",), "She")]
    for weights, expected in (((0.0, 0, 0, 0), 0.5), ((1.0, 0, 0, 0), 0.7311), ((-500.0, 0, 0, 0), 0.0), ((0.0, 5, 5, 5), 1.0)):
        scorer = ScriptedScorer(tokenizer, line, DecoderSettings(confidence=weights))
        (draft,) = find(scorer, [document])[0].drafts
        assert draft.confidence == pytest.approx(expected, abs=1e-4)


SCRIPT = [
    Line("said", ("it would hold",), "Ines"),
    Line("noted", ("that Ines said it would hold",), "The report"),
    Line("according to", ("The boats are late",), "the yard"),
]
SENTENCES = st.lists(
    st.sampled_from(
        [
            *(
                "Ines said it would hold. ",
                "The report noted that Ines said it would hold. ",
                "The boats are late, according to the yard. ",
            ),
            *("Rain fell all day and all night. ", "\n\n", "“Nobody has asked the people on the quay.”\n\n"),
        ]
    ),
    max_size=60,
).map("".join)


@settings(max_examples=10)
@given(texts=st.lists(SENTENCES, max_size=6))
def test_many_documents_read_as_each_alone_and_in_order(texts: list[str], tokenizer: Tokenizer) -> None:
    scorer = ScriptedScorer(tokenizer, SCRIPT)
    documents = [Document(text) for text in texts]
    together = find(scorer, documents)
    assert together == [find(scorer, [document])[0] for document in documents]
    for document, found in zip(documents, together, strict=True):
        drafts = found.drafts
        assert len([draft for draft in drafts if "said" in document[draft.cue]]) == document.text.count("said")
        assert [draft.cue or draft.content for draft in drafts] == sorted(draft.cue or draft.content for draft in drafts)


def test_any_number_of_threads_gives_the_same(tokenizer: Tokenizer) -> None:
    documents = [Document("Ines said it would hold. " * count) for count in (1, 90, 30, 2, 60)]
    scorer = ScriptedScorer(tokenizer, SCRIPT)
    expected = find(scorer, documents)
    for threads in (2, 5):
        scorer.threads = threads
        assert find(scorer, documents) == expected


def test_the_network_is_fed_no_more_than_its_windows(tokenizer: Tokenizer) -> None:
    document = Document("Ines said it would hold. " * 200)
    scorer = ScriptedScorer(tokenizer, SCRIPT)
    find(scorer, [document])
    text = pieces(document.text, tokenizer)
    planned = windows(len(text), np.flatnonzero(text.starts == text.ends))
    assert sorted(map(len, scorer.windows_seen)) == sorted(window.end - window.start + 2 for window in planned)
    fed = sum(map(len, scorer.windows_seen))
    assert fed < 1.5 * len(text)


def test_drafts_are_values(tokenizer: Tokenizer) -> None:
    _, (draft,) = read(tokenizer, [Line("said", ("it holds",))], "She said it holds.")
    with pytest.raises(dataclasses.FrozenInstanceError):
        draft.confidence = 0.0  # type: ignore[misc]
