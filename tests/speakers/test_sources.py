from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.attribution.draft import PERSON, Draft, Found, Name
from sayso.attribution.nesting import with_nesting
from sayso.document import Document
from sayso.spans import Span
from sayso.speakers.sources import Resolved, resolve


def read(marked: str) -> tuple[Document, tuple[Draft, ...]]:
    """Text in which `[x|y]` marks a source x and its cue y; the content is the rest of the sentence or the quotation beside it."""
    text, drafts, at = "", [], 0
    while (start := marked.find("[", at)) >= 0:
        text += marked[at:start]
        end = marked.index("]", start)
        who, cue = marked[start + 1 : end].split("|")
        begin = len(text)
        text += f"{who} {cue}" if who else cue
        source = (Span(begin, begin + len(who)),) if who else ()
        drafts.append((source, (Span(len(text) - len(cue), len(text)),)))
        at = end + 1
    text += marked[at:]
    made = []
    for source, said in drafts:
        stop = min((place for place in (text.find(". ", said[0].end), text.find(".\n", said[0].end)) if place >= 0), default=len(text))
        quote = text.find("“", said[0].end, stop)
        content = Span(said[0].end + 1, stop) if stop > said[0].end + 1 else Span(max(0, begin - 5), begin)
        if quote >= 0:
            content = Span(quote, text.index("”", quote) + 1)
        made.append(Draft((content,), source, said))
    return Document(text), tuple(with_nesting(made))


def names(marked: str) -> list[str]:
    document, drafts = read(marked)
    found = resolve(document, Found(drafts))
    by_id = {source.id: source.name for source in found.sources}
    return [by_id[key] for key in found.speakers]


FULL_NAMES = [
    ("[Voss|said] that it rained. Later [President Mara Voss|said] that it was late.", ["Mara Voss", "Mara Voss"]),
    ("The mayor met Mara Voss. [Voss|said] that it rained.", ["Mara Voss"]),
    ("[Voss|said] that it rained. The prize went to Mara Voss.", ["Mara Voss"]),
    ("[Foreign Minister Sergei Onegin|said] that it rained. [Mr. Onegin|added] that it stopped.", ["Sergei Onegin"] * 2),
    ("[Ana Lind, a fisherman’s widow,|said] that it rained.", ["Ana Lind"]),
    ("[Ivana Pell another analyst from Harbor Institute|believes] that it rained.", ["Ivana Pell"]),
    ("[The UN rapporteur on dams, Mara Voss,|said] that it rained.", ["Mara Voss"]),
    ("[Harbor Institute analyst Pello Ben Tamar|said] that it rained.", ["Pello Ben Tamar"]),
    ("[Dora\nQuill|said] that it rained.", ["Dora Quill"]),
    ("[the lawyer of Mara Voss|said] that it rained.", ["lawyer of Mara Voss"]),
    ("[Adaeze Obi|said] that it rained. [Obi’s|view] is that it stopped.", ["Adaeze Obi"] * 2),
    ("[Mr. Tamm|said] that it rained.", ["Tamm"]),
    ("[ליאור כהן|said] that it rained.", ["ליאור כהן"]),
]

ORGANIZATIONS = [
    ("The Northern Lights Observatory (NLO) opened. [The NLO|said] that the sky was clear.", ["Northern Lights Observatory"]),
    ("The European Harbor Union met. [The EHU|said] that it rained.", ["European Harbor Union"]),
    ("[Harbor Institute|said] that it rained. [Harbor|added] that it stopped.", ["Harbor Institute"] * 2),
    ("[the think tank Harbor Institute|warned] that it rained. [The think tank|said] that it stopped.", ["Harbor Institute"] * 2),
    ("[the Foreign Ministry|said] that it rained.", ["Foreign Ministry"]),
    ("Russia agreed. [Moscow|said] that it rained.", ["Russia"]),
    ("[Moscow|said] that it rained.", ["Moscow"]),
    ("[Iran and Russia|said] that it rained. [Moscow and Tehran|denied] that it stopped.", ["Iran and Russia"] * 2),
    ("[The Kremlin|said] that it rained. Russia agreed.", ["Kremlin"]),
]

UNNAMED = [
    ("[A senior official|said] that it rained.", ["a senior official"]),
    ("[Experts|said] that it rained.", ["experts"]),
    ("[Two people who had seen it|said] that it rained.", ["two people"]),
    ("[|reportedly] it rained.", ["unknown"]),
    ("[A Norvanian judge|said] that it rained.", ["a Norvanian judge"]),
]

PRONOUNS = [
    ("[Dora Quill|said] that it rained.\n\n[She|added] that it stopped.", ["Dora Quill"] * 2),
    ("[Mrs. Quill|said] that it rained.\n\n[He|said] that it stopped.", ["Quill", "He"]),
    ("[Prime Minister Bela Stone|said] that it rained. [He|added] that it stopped.", ["Bela Stone"] * 2),
    ("[Harbor Institute|said] that it rained. [It|added] that it stopped.", ["Harbor Institute"] * 2),
    ("[Kenji Sato|told reporters] “[I|believe] that it rained”.", ["Kenji Sato"] * 2),
    ("[Kenji Sato, who|said] that it rained.", ["Kenji Sato"]),
    ("Police met Kenji Sato, [who|said] that it rained.", ["Kenji Sato"]),
    ("[He|said] that it rained.", ["He"]),
    ("[Ada Brandt and Kofi Mensah|said] that it rained. [They|added] that it stopped.", ["Ada Brandt and Kofi Mensah"] * 2),
    ("[Ada Brandt and Kofi Mensah|said] that it rained. [The two leaders|added] that it stopped.", ["Ada Brandt and Kofi Mensah"] * 2),
    ("[Defense Minister Ada Brandt|said] that it rained. [The minister|added] that it stopped.", ["Ada Brandt"] * 2),
]


@pytest.mark.parametrize(("marked", "expected"), [*FULL_NAMES, *ORGANIZATIONS, *UNNAMED, *PRONOUNS])
def test_speakers(marked: str, expected: list[str]) -> None:
    assert names(marked) == expected


@pytest.mark.parametrize("marked", [row for row, _ in FULL_NAMES[:5]])
def test_hard_wrapped_text_has_the_same_speakers(marked: str) -> None:
    wrapped = marked.replace(" said", "\nsaid").replace(" that ", "\nthat ")
    assert names(wrapped) == names(marked)


def test_a_text_in_capitals_joins_the_same_words() -> None:
    assert names("[MARA VOSS|SAID] THAT IT RAINED. [MARA VOSS|SAID] THAT IT STOPPED.") == ["MARA VOSS"] * 2


def full(marked: str, given: Sequence[Name] = ()) -> Resolved:
    document, drafts = read(marked)
    return resolve(document, Found(drafts, tuple(given)))


def test_what_is_not_resolved_is_said_to_be_so() -> None:
    found = full("[He|said] that it rained.")
    assert (found.sources[0].name, found.sources[0].kind, found.sources[0].named) == ("He", "unknown", False)
    assert found.confidences == (0.0,)


def test_nobody_is_one_shared_source() -> None:
    found = full("[|reportedly] it rained. [|allegedly] it stopped.")
    assert found.speakers == ("S1", "S1")
    (source,) = found.sources
    assert (source.name, source.kind, source.standing, source.named, source.mentions) == ("unknown", "unknown", "none", False, ())


def test_a_name_is_sure_and_a_pronoun_less_so() -> None:
    sure, less = full("[Dora Quill|said] that it rained. [She|added] that it stopped.").confidences
    assert 1.0 > sure > less > 0.0


def test_sources_are_numbered_by_first_use_and_keep_what_they_are_known_by() -> None:
    found = full("[Dora Quill|said] that it rained. [Harbor Institute|said] that it stopped. [Quill|said] so.")
    assert [source.id for source in found.sources] == ["S1", "S2"]
    assert found.speakers == ("S1", "S2", "S1")
    assert [found.entities[source].name for source in ("S1", "S2")] == ["Dora Quill", "Harbor Institute"]


def test_names_that_a_network_found_count_more_than_capitals() -> None:
    given = [Name(Span(0, 11), "organization")]
    assert full("[Mara Harbor|said] that it rained. [She|added] that it stopped.", given).sources[1].name == "She"


@given(
    st.lists(
        st.sampled_from(["Mara Voss", "Voss", "He", "the minister", "Tehran", "who", "They", "’s", ",", "both", "A and B", "I"]), max_size=8
    )
)
def test_every_draft_gets_one_source_whatever_the_words(words: list[str]) -> None:
    text, drafts = "", []
    for word in words:
        start = len(text)
        text += f"{word} said it. "
        drafts.append(
            Draft(
                (Span(len(text) - 4, len(text) - 2),),
                (Span(start, start + len(word)),),
                (Span(start + len(word) + 1, start + len(word) + 5),),
            )
        )
    found = resolve(Document(text), Found(tuple(drafts)))
    assert len(found.speakers) == len(found.confidences) == len(drafts)
    assert set(found.speakers) == {source.id for source in found.sources}
    assert all(0.0 <= confidence <= 1.0 for confidence in found.confidences)
    assert all(source.name for source in found.sources)


def test_a_long_text_takes_time_in_proportion() -> None:
    text, drafts = [], []
    at = 0
    for number in range(3000):
        line = f"Person Number{chr(97 + number % 26)} said that it rained. He added more.\n\n"
        drafts.append(Draft((Span(at + 21, at + 38),), (Span(at, at + 14),), (Span(at + 15, at + 19),)))
        text.append(line)
        at += len(line)
    found = resolve(Document("".join(text)), Found(tuple(drafts), (Name(Span(0, 14), PERSON),)))
    assert len(found.speakers) == 3000
    assert len(found.sources) <= 60


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[She|said] that it rained.", "unresolved"),
        ("[The minister|said] that it rained.", "unresolved"),
        ("[A minister|said] that it rained.", "unnamed"),
        ("[The minister of harbors in Norvania|said] that it rained.", "unnamed"),
        ("[The government|said] that it rained.", "unnamed"),
    ],
)
def test_only_what_points_at_somebody_known_is_unresolved(marked: str, expected: str) -> None:
    (source,) = full(marked).sources
    assert source.resolved == (expected != "unresolved")
    assert source.named or source.identity == expected
