"""An explanation tells the labels of the reading, how the speaker was found, and nothing that the models did not weigh."""

import pytest

from sayso.errors import UsageError
from sayso.explain import ATTRIBUTION_TASKS, RESOLUTIONS, SOURCE_TASKS, drafts, explain, resolution
from sayso.reading import Reading, Source

VOSS = Source("S1", "Mara Voss", "person", named=True)


def test_labels_are_those_of_the_reading(ferry: Reading) -> None:
    for attribution in ferry.attributions:
        told = explain(ferry, attribution.id)
        assert told.attribution == attribution
        assert told.speaker == ferry.source(attribution.speaker)
        assert tuple(decision.task for decision in told.decisions) == (*ATTRIBUTION_TASKS, *SOURCE_TASKS)
        for decision in told.decisions:
            assert decision.label == getattr(attribution if decision.task in ATTRIBUTION_TASKS else told.speaker, decision.task)
            assert (decision.probability is not None) or not decision.reasons


def test_how_the_speakers_were_found(ferry: Reading) -> None:
    found = [explain(ferry, attribution.id).resolution for attribution in ferry.attributions]
    assert found == ["name", "name", "reference", "reference", "description", "reference", "unstated", "unresolved"]
    assert set(found) <= set(RESOLUTIONS)


@pytest.mark.parametrize(
    ("words", "speaker", "expected"),
    [
        ("Voss", VOSS, "name"),
        ("the harbor master, Mara VOSS,", VOSS, "name"),
        ("the harbor master", VOSS, "reference"),
        ("She", VOSS, "reference"),
        ("", VOSS, "context"),
        ("two people at the yard", Source("S1", "two people at the yard"), "description"),
        ("they", Source("S1", "they"), "description"),
        ("they", Source("S1", "two people at the yard"), "reference"),
        ("they", Source("S1", "they", resolved=False), "unresolved"),
        ("", Source("S1", "unknown"), "unstated"),
    ],
)
def test_resolution(words: str, speaker: Source, expected: str) -> None:
    assert resolution(words, speaker) == expected


def test_drafts_are_what_the_reading_was_made_of(ferry: Reading) -> None:
    made = drafts(ferry)
    assert [draft.within for draft in made] == [None, 0, None, None, None, None, None, None]
    for draft, attribution in zip(made, ferry.attributions, strict=True):
        assert (draft.source, draft.cue, draft.content) == (attribution.source, attribution.cue, attribution.content)


@pytest.mark.parametrize("attribution_id", ["A9", "", "outlet", "A" * 1000])
def test_an_attribution_that_is_not_there_is_one_clear_line(ferry: Reading, attribution_id: str) -> None:
    with pytest.raises(UsageError, match=r"there is A1 to A8") as caught:
        explain(ferry, attribution_id)
    assert len(str(caught.value)) < 150
