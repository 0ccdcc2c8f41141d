from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.attribution.draft import Draft
from sayso.attribution.labels import TASKS, explain, form, labels
from sayso.document import Document
from sayso.language import load as load_language
from sayso.linear import load
from sayso.quotations import quotations
from sayso.reading import FORMS
from sayso.spans import Span, merge
from sayso.structure import paragraphs


def read(cue: str, content: str) -> tuple[str, str, str, str]:
    document = Document(f"Quill {cue} {content}.")
    at = 6 + len(cue)
    found = labels(document, Draft((Span(at + 1, at + 1 + len(content)),), (Span(0, 5),), (Span(6, at),)))
    return found.attitude, found.polarity, found.outlet_stance, found.commitment


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("said", "that it rained", ("assertion", "affirms", "acknowledges", "certain")),
        ("claimed", "that it rained", ("assertion", "affirms", "distances", "certain")),
        ("pointed out", "that it rained", ("assertion", "affirms", "endorses", "certain")),
        ("falsely claimed", "that it rained", ("assertion", "affirms", "rejects", "certain")),
        ("reportedly said", "that it rained", ("assertion", "affirms", "distances", "certain")),
        ("has vehemently denied", "that it rained", ("assertion", "denies", "acknowledges", "certain")),
        ("declined to comment", "on the rain", ("assertion", "withholds", "acknowledges", "unknown")),
        ("did not say", "whether it rained", ("assertion", "withholds", "acknowledges", "unknown")),
        ("does not believe", "that it rained", ("belief", "denies", "acknowledges", "probable")),
        ("believes", "that it rained", ("belief", "affirms", "acknowledges", "probable")),
        ("fears", "that it rained", ("feeling", "affirms", "acknowledges", "possible")),
        ("vowed", "to rebuild", ("intention", "affirms", "acknowledges", "certain")),
        ("plans", "to rebuild", ("intention", "affirms", "acknowledges", "probable")),
        ("called for", "a new dam", ("directive", "affirms", "acknowledges", "unknown")),
        ("called", "the dam a wreck", ("assertion", "affirms", "acknowledges", "certain")),
        ("asked", "whether it rained", ("question", "affirms", "acknowledges", "unknown")),
        ("asked", "to leave", ("directive", "affirms", "acknowledges", "unknown")),
        ("is ready", "to rebuild", ("intention", "affirms", "acknowledges", "probable")),
        ("found", "that it rained", ("knowledge", "affirms", "endorses", "certain")),
        ("issued a statement saying", "that it rained", ("assertion", "affirms", "acknowledges", "certain")),
        ("flurbled", "that it rained", ("assertion", "affirms", "acknowledges", "certain")),
        ("went on to point out", "that it rained", ("assertion", "affirms", "endorses", "certain")),
        ("refuted allegations", "that it rained", ("assertion", "denies", "endorses", "certain")),
        ("was getting ready", "to rebuild", ("intention", "affirms", "acknowledges", "probable")),
        ("'s allegations", "that it rained", ("assertion", "affirms", "distances", "certain")),
        ("'s plan", "to rebuild", ("intention", "affirms", "acknowledges", "probable")),
        ("admitted", "that it rained", ("assertion", "affirms", "endorses", "certain")),
        ("refused", "to rebuild", ("intention", "denies", "acknowledges", "certain")),
        ("would not say", "whether it rained", ("assertion", "withholds", "acknowledges", "unknown")),
        ("wondered", "whether it rained", ("question", "affirms", "acknowledges", "unknown")),
        ("ordered", "the crew to leave", ("directive", "affirms", "acknowledges", "unknown")),
        ("resents", "the new dam", ("feeling", "affirms", "acknowledges", "certain")),
        ("suspects", "that it rained", ("belief", "affirms", "acknowledges", "possible")),
    ],
)
def test_labels(cue: str, content: str, expected: tuple[str, str, str, str]) -> None:
    assert read(cue, content) == expected


def cited(text: str, source: str, cue: str, content: str) -> tuple[Document, Draft]:
    def spans(words: str) -> tuple[Span, ...]:
        return (Span(text.index(words), text.index(words) + len(words)),) if words else ()

    return Document(text), Draft(spans(content), spans(source), spans(cue))


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "task", "label"),
    [
        ("Quill wrote, saying purportedly that she fell.", "Quill", "saying purportedly", "that she fell", "outlet_stance", "distances"),
        ("The dam reportedly leaks.", "", "reportedly", "The dam", "outlet_stance", "distances"),
        ("They toured what Quill calls a gift.", "Quill", "calls", "what", "outlet_stance", "distances"),
        ("Amid accusations by Quill that Voss lied, he left.", "Quill", "accusations", "that Voss lied", "attitude", "assertion"),
        ("“Who built it?” asked Quill.", "Quill", "asked", "“Who built it?”", "attitude", "question"),
        ("The law requires that dams be safe.", "The law", "requires", "that dams be safe", "attitude", "directive"),
        ("Quill told Voss to leave the dam.", "Quill", "told", "to leave the dam", "attitude", "directive"),
        ("Quill declined to comment on it.", "Quill", "declined", "to comment on it", "polarity", "withholds"),
        ("Nobody believes that it rained.", "Nobody", "believes", "that it rained", "attitude", "belief"),
    ],
)  # fmt: skip
def test_words_around_the_cue_count(text: str, source: str, cue: str, content: str, task: str, label: str) -> None:
    assert getattr(labels(*cited(text, source, cue, content)), task) == label


@pytest.mark.parametrize("cue", ["said", "ordered", "did not say", "asked", "flurbled", "hoped"])
def test_labels_are_sure_and_hold_together(cue: str) -> None:
    found = labels(*cited(f"Quill {cue} that it rained.", "Quill", cue, "that it rained"))
    assert found.probability.keys() == set(TASKS)
    assert all(0.2 < share <= 1 for share in found.probability.values())
    if found.attitude in ("question", "directive") or found.polarity == "withholds":
        assert found.commitment == "unknown"


def test_reasons_name_the_words() -> None:
    document, draft = cited("Quill purportedly said that it rained.", "Quill", "purportedly said", "that it rained")
    reasons = explain(document, draft)
    assert reasons.keys() == set(TASKS)
    best = reasons["outlet_stance"][0]
    assert best.weight > 0
    assert best.clue.span is not None
    assert "purportedly" in document[best.clue.span]
    assert [r.weight for r in reasons["attitude"]] == sorted((r.weight for r in reasons["attitude"]), reverse=True)


def test_a_commitment_by_rule_names_the_label_it_follows_from() -> None:
    document, draft = cited("Quill ordered Voss to leave.", "Quill", "ordered", "to leave")
    (reason,) = explain(document, draft)["commitment"]
    assert reason.clue.name == "attitude=directive"
    assert reason.clue.span is not None
    assert document[reason.clue.span] == "ordered"
    assert reason.weight > 0


def test_the_model_holds_no_names() -> None:
    stored = load("labels")
    assert stored.keys() == set(TASKS)
    allowed = load_language().words["places"]
    for model in stored.values():
        assert not any(word in allowed for name in model.weights for word in name.partition("=")[2].split() if len(word) > 2)


def test_no_cue_is_a_plain_assertion() -> None:
    found = labels(Document("“We go.”"), Draft((Span(0, 8),)))
    assert (found.attitude, found.polarity, found.outlet_stance, found.commitment) == ("assertion", "affirms", "acknowledges", "certain")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("“The bridge is safe.”", "direct"),
        ("the bridge “is quite safe” now", "mixed"),
        ("the bridge is safe", "indirect"),
        ("“The bridge,” … “is safe.”", "direct"),
    ],
)
def test_form(content: str, expected: str) -> None:
    text = f"Quill said {content}"
    spans = tuple(Span(text.index(piece), text.index(piece) + len(piece)) for piece in content.split(" … "))
    document = Document(text)
    assert form(document, spans, quotations(text, paragraphs(text))) == expected


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))),
)
def test_form_agrees_with_counting_letters(text: str, content: list[tuple[int, int]], marks: list[tuple[int, int]]) -> None:
    def spans(pairs: list[tuple[int, int]]) -> tuple[Span, ...]:
        return merge(Span(a, b) for a, b in pairs if a < b <= len(text))

    inside = {i for span in spans(marks) for i in range(*span)}
    letters = [i for span in spans(content) for i in range(*span) if text[i].isalnum() or text[i] == "_"]
    found = form(Document(text), spans(content), spans(marks))
    assert found in FORMS
    quoted = sum(i in inside for i in letters)
    assert found == ("indirect" if not quoted else "direct" if quoted == len(letters) else "mixed")
