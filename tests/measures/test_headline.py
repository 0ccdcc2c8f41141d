"""Hedge lost in the headline: found where the text only attributes or hedges what the headline asserts, and nowhere else."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from sayso.attribution.assemble import assemble
from sayso.attribution.draft import Found
from sayso.baseline import rules
from sayso.document import Document
from sayso.measures.headline import HEDGE_LOST, lost
from sayso.measures.heard import Heard
from sayso.reading import OUTLET, Finding, Generator, Reading

Hear = Callable[[str], Heard]

LEAD = "The harbor minister stole ferry funds for years, the Alder League claimed on Monday."
REST = "“It was our money,” said Mara Voss, who leads the league. The ministry is closed until June."
LOST = [  # headline, first sentence of the text, what `about` points at
    ("Harbor minister stole ferry funds", LEAD, "The harbor minister stole ferry funds for years"),
    (
        "Minister stole ferry funds for years",
        "The minister stole ferry funds for years, according to the Alder League.",
        "The minister stole",
    ),
    ("HARBOR MINISTER STEALS FERRY FUNDS", LEAD, "The harbor minister stole ferry funds for years"),
    ("Ferry Valentia sinks off Port Alder", "The ferry Valentia may have sunk off Port Alder.", "The ferry Valentia may have sunk"),
    ("Gunmen Kill Five Fishermen Near Port Alder", "Gunmen killed five fishermen near Port Alder, police said.", "Gunmen killed five"),
]
KEPT = [
    ("Harbor minister stole ferry funds, league claims", LEAD),
    ("Alder League: Harbor minister stole ferry funds", LEAD),
    ("Harbor minister “stole ferry funds”", LEAD),
    ("Harbor minister may have stolen ferry funds", LEAD),
    ("Harbor Minister May Lose Ferry Funds", LEAD),
    ("Harbor minister allegedly stole ferry funds", LEAD),
    ("Did the harbor minister steal ferry funds?", LEAD),
    ("Why the harbor minister stole ferry funds", LEAD),
    ("Harbor minister accused of stealing ferry funds", LEAD),
    ("Harbor minister did not steal ferry funds", LEAD),
    ("Harbor minister opens new school in Norvania", LEAD),
    ("Ferry funds", LEAD),
    ("Harbor minister stole ferry funds", "The harbor minister stole ferry funds for years. The Alder League said so, too."),
    ("Harbor minister stole ferry funds", "The harbor minister denied that he stole ferry funds."),
    ("Harbor minister stole ferry funds", "The Alder League pointed out that the harbor minister stole ferry funds."),
    (
        "Ferry Valentia sinks off Port Alder",
        "The ferry Valentia sank off Port Alder on Sunday, police said. The ferry Valentia sank off Port Alder.",
    ),
]


def read(text: str, title: str | None = None) -> Reading:
    document = Document(text, title=title)
    return assemble(document, Found(tuple(rules.find(document))), Generator())


def found(reading: Reading, heard: Heard) -> list[Finding]:
    findings = list(lost(reading, heard))
    replace(reading, findings=tuple(findings)).check()
    return findings


@pytest.mark.parametrize(("headline", "lead", "about"), LOST)
def test_what_the_text_only_attributes_or_hedges_is_lost(headline: str, lead: str, about: str, plainly: Hear) -> None:
    text = f"{headline}\n\n{lead} {REST}"
    for title in (None, headline, f"{headline} | The Alder Gazette"):
        reading = read(text, title)
        (finding,) = found(reading, plainly(text))
        assert (finding.measure, finding.label, finding.speaker) == ("certainty", HEDGE_LOST, OUTLET)
        assert reading.document[finding.evidence] == headline
        assert reading.document[finding.about].startswith(about)


@pytest.mark.parametrize(("headline", "lead"), KEPT)
def test_nothing_is_lost_where_the_headline_keeps_it_or_the_text_asserts_it_too(headline: str, lead: str, plainly: Hear) -> None:
    text = f"{headline}\n\n{lead} {REST}"
    assert not found(read(text), plainly(text))


def test_a_title_outside_the_text_rests_on_the_cue(plainly: Hear) -> None:
    text = f"{LEAD} {REST}\n\nThe quay is empty."
    reading = read(text, "Harbor minister stole ferry funds")
    (finding,) = found(reading, plainly(text))
    assert reading.document[finding.evidence] == "claimed"
    assert not found(read(text), plainly(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Harbor minister stole ferry funds",
        f"Harbor minister stole ferry funds.\n\n{LEAD}",
        f"{LEAD}\n\n{REST}",
        "Harbor minister stole ferry funds " * 5 + f"\n\n{LEAD}",
    ],
)
def test_without_a_headline_there_is_nothing_to_find(text: str, plainly: Hear) -> None:
    assert not found(read(text), plainly(text))


def test_vectors_have_a_say(plainly: Hear) -> None:
    text = f"Harbor minister stole ferry funds\n\n{LEAD} {REST}"
    heard = plainly(text)

    def pointing(*places: tuple[float, float]) -> Heard:
        vectors = (*places, *((0.0, 1.0),) * (len(heard.sentences) - len(places)))
        return replace(heard, sentences=tuple(replace(each, vector=at) for each, at in zip(heard.sentences, vectors, strict=True)))

    assert found(read(text), pointing((1.0, 0.0), (0.8, 0.6)))
    assert not found(read(text), pointing((1.0, 0.0), (0.6, 0.8)))  # the words are the same, the meaning is not
    same = pointing((1.0, 0.0), (0.8, 0.6), (0.0, 1.0), (1.0, 0.0))
    assert not found(read(text), same)  # the outlet says the same flatly, in other words
