"""Who relays what, and the way from the outlet to each speaker."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.attribution.chains import chain, relays
from sayso.attribution.draft import Draft, Name
from sayso.attribution.nesting import with_nesting
from sayso.document import Document
from sayso.reading import Source
from sayso.spans import Span
from sayso.testing import span_of


def draft(text: str, source: str, cue: str, content: str) -> Draft:
    return Draft((span_of(text, content),), (span_of(text, source),) if source else (), (span_of(text, cue),))


def via(text: str, *drafts: Draft, outlet: str | None = None, names: tuple[Name, ...] = ()) -> list[list[str]]:
    nested = with_nesting(drafts)
    speakers = [" ".join(text[span.start : span.end] for span in one.source) or "unknown" for one in nested]
    sources = [Source(f"S{number}", name) for number, name in enumerate(dict.fromkeys(speakers), 1)]
    ids = {source.name: source.id for source in sources}
    grown, found = relays(Document(text, outlet=outlet), nested, [ids[name] for name in speakers], sources, names)
    by_id = {source.id: source.name for source in grown}
    assert list(grown[: len(sources)]) == sources
    return [[by_id[one] for one in row] for row in found]


RELAYED = [
    ("Dora Quill said that it rained.", "said", "that it rained", []),
    ("Dora Quill told Reuters that it rained.", "told", "that it rained", ["Reuters"]),
    ("“It rained,” Dora Quill told Reuters.", "told", "“It rained,”", ["Reuters"]),
    ("“It rained,” Dora Quill told the Reuters news agency.", "told", "“It rained,”", ["Reuters"]),
    ("“It rained,” Dora Quill told the Arvel Herald.", "told", "“It rained,”", ["Arvel Herald"]),
    ("“It rained,” Dora Quill told CNN’s Mara Voss on Monday.", "told", "“It rained,”", ["CNN"]),
    ("“It rained,” Dora Quill told state broadcaster NRT.", "told", "“It rained,”", ["NRT"]),
    ("“It rained,” Dora Quill told Norvania’s state news agency NNA.", "told", "“It rained,”", ["NNA"]),
    ("“It rained,” Dora Quill told state TV.", "told", "“It rained,”", ["state TV"]),
    ("Dora Quill told reporters that it rained.", "told", "that it rained", []),
    ("Dora Quill told the court that it rained.", "told", "that it rained", []),
    ("Dora Quill told Mara Voss that it rained.", "told", "that it rained", []),
    ("Dora Quill told the NPB that it rained.", "told", "that it rained", []),
    ("“It rained,” Dora Quill said in an interview with Al Jazeera.", "said in an interview", "“It rained,”", ["Al Jazeera"]),
    ("In an interview with Radio Arvel, Dora Quill said that it rained.", "said", "that it rained", ["Radio Arvel"]),
    (
        "After an interview with CNN she went home for good and never came back, and Dora Quill said that it rained.",
        "said",
        "that it rained",
        [],
    ),
    ("“It rained,” Dora Quill said on NRT.", "said", "“It rained,”", ["NRT"]),
    ("“It rained,” Dora Quill said on Monday.", "said", "“It rained,”", []),
    ("“It rained,” Dora Quill wrote on Twitter.", "wrote", "“It rained,”", ["Twitter"]),
    ("Dora Quill posted on Telegram that it rained.", "posted on Telegram", "that it rained", ["Telegram"]),
    ("Dora Quill said in an Instagram post that it rained.", "said in an Instagram post", "that it rained", ["Instagram"]),
    ("Dora Quill said in a statement carried by state TV that it rained.", "said in a statement", "that it rained", ["state TV"]),
    ("Dora Quill was quoted by Interfax as saying that it rained.", "saying", "that it rained", ["Interfax"]),
    ("Dora Quill, citing media reports, said that it rained.", "said", "that it rained", ["media reports"]),
    ("Dora Quill said that it rained, citing local media.", "said", "that it rained", ["local media"]),
    ("Dora Quill, citing the need for rest, said that it rained.", "said", "that it rained", []),
    ("Dora Quill, through the Harbor Institute, ordered a pump.", "ordered", "a pump", ["Harbor Institute"]),
    ("“It rained for days.” Dora Quill, Arvel Times", ",", "“It rained for days.”", ["Arvel Times"]),
    ("Dora Quill said that it rained. Mara Voss told CNN so.", "said", "that it rained", []),
]


@pytest.mark.parametrize(("text", "cue", "content", "expected"), RELAYED, ids=[row[0] for row in RELAYED])
def test_relays(text: str, cue: str, content: str, expected: list[str]) -> None:
    assert via(text, draft(text, "Dora Quill", cue, content)) == [expected]


def test_the_publishing_outlet_is_no_relay() -> None:
    text = "“It rained,” Dora Quill told the Arvel Herald."
    assert via(text, draft(text, "Dora Quill", "told", "“It rained,”"), outlet="arvel_herald") == [[]]


def test_a_participle_goes_on_with_the_relay() -> None:
    text = "Dora Quill told CNN that it rained, adding that it had stopped."
    said, added = draft(text, "Dora Quill", "told", "that it rained"), draft(text, "Dora Quill", "adding", "that it had stopped")
    assert via(text, said, added) == [["CNN"], ["CNN"]]


def test_the_paper_stands_for_the_medium_before() -> None:
    text = "Dora Quill told the Arvel Herald that it rained. Mara Voss told the newspaper that it snowed."
    first, second = draft(text, "Dora Quill", "told", "that it rained"), draft(text, "Mara Voss", "told", "that it snowed")
    at = text.rindex("told")
    second = Draft(second.content, second.source, (Span(at, at + 4),))
    assert via(text, first, second) == [["Arvel Herald"], ["Arvel Herald"]]


def test_a_person_named_like_a_paper_is_none() -> None:
    text = "Dora Quill told Mara Post that it rained."
    one = draft(text, "Dora Quill", "told", "that it rained")
    assert via(text, one, names=(Name(span_of(text, "Mara Post"), "person"),)) == [[]]


def test_a_think_tank_that_cites_reports_hands_on_a_minister() -> None:
    text = "The institute, citing media reports, stated that Minister Olan Reth emphasized the growth of trade."
    outer = draft(text, "The institute", "stated", "that Minister Olan Reth emphasized the growth of trade")
    inner = draft(text, "Minister Olan Reth", "emphasized", "the growth of trade")
    assert via(text, outer, inner) == [["media reports"], []]
    assert chain(1, [None, 0], ["S1", "S2"], [("S3",), ()]) == ("outlet", "S3", "S1", "S2")


def test_a_professor_who_told_a_website() -> None:
    text = "“The sale of drones opened a door,” Niko Karst, a professor at Arvel University, told Al-Monitor."
    one = draft(text, "Niko Karst, a professor at Arvel University", "told", "“The sale of drones opened a door,”")
    assert via(text, one) == [["Al-Monitor"]]


def test_chain_puts_relays_before_their_speaker() -> None:
    assert chain(1, [None, 0], ["S1", "S2"], [("S3",), ("S4",)]) == ("outlet", "S3", "S1", "S4", "S2")


def test_chain_builds_on_known_ones() -> None:
    assert chain(1, [None, 0], ["S1", "S2"], [(), ()], {0: ("outlet", "S9", "S1")}) == ("outlet", "S9", "S1", "S2")


WORDS = st.lists(
    st.sampled_from(["told", "Reuters", "citing", "media reports", "on", "Twitter", ",", ".", "“", "Dora", "the", "\n"]), max_size=30
)


@settings(max_examples=60)
@given(WORDS, st.data())
def test_any_drafts_give_known_relays(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = [Span(a, b) for a, b in pairwise(cuts)]
    drafts = [Draft((spans[n],), cue=(spans[n + 1],)) for n in range(len(spans) - 1)]
    assert len(via(text, *drafts)) == len(drafts)
