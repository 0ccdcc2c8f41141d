from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.attribution.draft import ORGANIZATION, PERSON, Found
from sayso.document import Document
from sayso.reading import Attribution, Reading, Source
from sayso.spans import Span
from sayso.speakers.clusters import Cluster

pytest.importorskip("sklearn")
from sayso.training.speakers import choices, drafts, same

TEXT = "Dora Quill met Bela Stone. Quill said it rained. She said it stopped."


def article() -> Reading:
    sources = (Source("S1", "Dora Quill", "person", named=True),)
    told = [
        Attribution("A1", (Span(38, 47),), (Span(27, 32),), (Span(33, 37),), "S1"),
        Attribution("A2", (Span(58, 68),), (Span(49, 52),), (Span(53, 57),), "S1"),
    ]
    return Reading(Document(TEXT), tuple(told), sources)


def test_a_choice_for_every_pronoun_with_the_annotators_speaker_right() -> None:
    (choice,) = choices(article(), Found(drafts=drafts(article())))
    assert len(choice.right) == 1
    assert len(choice.offered) > 1
    assert all(clues for clues in choice.offered)


def test_drafts_keep_spans_and_nesting() -> None:
    first, second = article().attributions
    inner = replace(article(), attributions=(first, replace(second, within="A1")))
    assert [(draft.source, draft.within) for draft in drafts(inner)] == [(first.source, None), (second.source, 0)]


def test_the_same_speaker() -> None:
    gold = Source("S1", "the Harbor Institute (HI)", "organization", named=True)
    assert same(Cluster("Harbor Institute", ORGANIZATION), gold)
    assert not same(Cluster("Dora Harbor", PERSON), gold)
