"""The systems are fakes: one hears a loaded "vile" everywhere, and knows that Pell says what stands between quotation marks."""

from collections.abc import Iterable, Iterator, Sequence

from sayso.attribution.voices import voices
from sayso.document import Document
from sayso.evaluation import blind
from sayso.evaluation.certain import GoldCertainty
from sayso.evaluation.own_voice import Evaluative, GoldVoices
from sayso.evaluation.targets import GoldTargets, Label
from sayso.evaluation.told import SPEAKER, GoldText, Told
from sayso.measures.heard import Actor, Heard, Mention, Sentence
from sayso.measures.measure import MeasureCard
from sayso.quotations import quotations
from sayso.reading import OUTLET, Attribution, Finding, Reading, Source
from sayso.spans import Span
from sayso.structure import paragraphs

TEXT = "A vile act. “A vile plan,” Pell said of Voss."


class Vile:
    """A measure that needs the voices to tell whose "vile" it is; `sure` of the first only."""

    name, labels, card = "loaded", ("loaded",), MeasureCard("", "", "", 0.5, "")

    def find(self, reading: Reading, heard: Heard) -> Sequence[Finding]:
        found = []
        for at in (word.start for sentence in heard.sentences for word in sentence.words):
            speaker = next(voice.speaker for voice in reading.voices for span in voice.spans if span.start <= at < span.end)
            found.append(Finding("loaded", "loaded", speaker, (Span(at, at + 4),), 0.9, 0.9, candidate=at > 10))
        return found


class Fake:
    def __init__(self) -> None:
        self.asked: list[Sequence[Sequence[Actor]] | None] = []

    def hear(self, documents: Sequence[Document], actors: Sequence[Sequence[Actor]] | None = None) -> list[Heard]:
        self.asked.append(actors)
        return [self._heard(document, (actors or [()] * len(documents))[at]) for at, document in enumerate(documents)]

    def _heard(self, document: Document, actors: Sequence[Actor]) -> Heard:
        text = document.text
        words = tuple(Span(at, at + 4) for at in range(len(text)) if text.startswith("vile", at))
        sentence = Sentence(
            Span(0, len(text)), words, (1.0,) * len(words), (0.0,) * len(words), 0.0, (0.25,) * 4, (0.6, 0.2, 0.2), 1 / (1 + len(words))
        )
        mentions = tuple(
            Mention(span, at, 0, (0.1, 0.2, 0.7), (0.1, 0.8, 0.1)) for at, actor in enumerate(actors) for span in actor.mentions
        )
        return Heard((sentence,), tuple(actors), mentions)

    def pipe(self, documents: Iterable[Document], batch: int = 32) -> Iterator[Reading]:
        for document in documents:
            said = [Attribution("A1", (span,), speaker="S1") for span in quotations(document.text, paragraphs(document.text))]
            reading = Reading(document, tuple(said), (Source("S1", "Pell"),), voices(document, said))
            stance = Finding("stance", "favorable", "S1", (Span(13, 20),), 0.7, 0.7, "Voss", (Span(40, 44),))
            yield Reading(
                document, reading.attributions, reading.sources, reading.voices, (*Vile().find(reading, self.hear([document])[0]), stance)
            )


def test_told_rows() -> None:
    gold = [GoldText(Document(TEXT), "a", (Span(0, len(TEXT)),), Told())]
    rows = blind.told_rows(gold, {"model": Fake(), blind.WORDS: Fake()}, [Vile()])
    assert list(rows) == ["model", "word list only", "model, candidates too", "voice-blind", "most frequent class"]
    assert [[mark.voice for mark in row[0].loaded] for row in rows.values()] == [
        [OUTLET, SPEAKER], [OUTLET, SPEAKER], [OUTLET, SPEAKER], [OUTLET, OUTLET], [],
    ]  # fmt: skip
    assert [len(row[0].shown().loaded) for row in rows.values()] == [1, 1, 2, 1, 0]


def test_measures_of_other_things_are_not_run_without_voices() -> None:
    class Other(Vile):
        name = "other"

    (reading,) = blind.without_voices(Fake(), [Document(TEXT)], [Other()])
    assert reading.findings == ()
    assert [voice.speaker for voice in reading.voices] == [OUTLET]


def test_stance_rows() -> None:
    def text(*labels: Label) -> GoldTargets:
        return GoldTargets(Document(TEXT), "a", (Actor("Voss", "person", (Span(40, 44),)),), (Span(40, 44),), labels)

    fake = Fake()
    rows = blind.target_rows([text(Label("favorable", SPEAKER))], {"model": fake}, "stance")
    assert {name: (row[0][0].label, row[0][0].holder) for name, row in rows.items()} == {
        "model": ("favorable", SPEAKER),
        "target-blind": ("unfavorable", OUTLET),
        "voice-blind": ("favorable", OUTLET),
        "most frequent class": ("favorable", OUTLET),
    }
    assert fake.asked[0] == [text().actors]  # the targets are given, not found
    assert "voice-blind" not in blind.target_rows([text(Label("favorable"))], {"model": Fake()}, "stance")
    assert list(blind.target_rows([text(Label("villain"))], {"model": Fake()}, "roles")) == ["model", "most frequent class"]


def test_certainty_rows() -> None:
    rows = blind.certainty_rows([GoldCertainty(Document("It will likely, probably rain on vile men."), 2.0)], {"model": Fake()})
    assert rows == {"model": [0.5], "hedge count alone": [-2.0]}


def test_own_voice_rows() -> None:
    gold = [GoldVoices(Document(TEXT), (Evaluative(Span(15, 19), "lex", True),))]
    rows = blind.own_voice_rows(gold, {"model": Fake(), blind.WORDS: Fake()}, (Vile(),))
    assert list(rows) == ["model", "word list only", "quotation marks only", "voice-blind"]
    assert [row[0].elsewhere for row in rows.values()] == [(Span(12, 26),)] * 3 + [()]
    assert [row[0].found for row in rows.values()] == [(Span(2, 6),)] * 4


def test_without_systems_or_measures_the_blind_rows_stand_alone() -> None:
    gold = [GoldVoices(Document(TEXT), ())]
    assert [row[0].found for row in blind.own_voice_rows(gold, {"model": Fake()}, ()).values()] == [(Span(2, 6),), (), ()]
    assert list(blind.told_rows([], {}, [])) == ["most frequent class"]
