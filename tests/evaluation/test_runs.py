import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.attribution.voices import voices
from sayso.cli import app
from sayso.document import Document
from sayso.errors import UsageError
from sayso.evaluation.runs import CHOICES, MEASURED, convention, run
from sayso.measures.heard import Actor, Heard
from sayso.reader import Reader
from sayso.reading import Reading

TEXT = "Mara Voss said that the dam holds. She warned that it leaks."
VERSION = [
    {"id": "A1", "source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 33]], "speaker": "Mara Voss", "kind": "person", "named": True},
    {"id": "A2", "source": [[35, 38]], "cue": [[39, 45]], "content": [[46, 59]], "speaker": "Mara Voss", "kind": "person", "named": True},
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    twice = {"id": "a", "text": TEXT, "attributions": VERSION, "second": {"attributions": VERSION[:1]}}
    once = {"id": "b", "text": TEXT.replace("Mara", "Lena"), "attributions": VERSION}
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in (twice, once)), encoding="utf-8")
    return path


def test_a_second_annotation_is_no_gold_but_tells_the_agreement(gold: Path) -> None:
    report = run([gold], "contract", {"rules": Reader(rules=True)})
    assert (report.articles, report.items) == (2, 4)
    assert report.agreement is not None
    assert (report.agreement.articles, report.agreement.pairs) == (1, 1)
    assert report.agreement.figures["detected"].value == pytest.approx(2 / 3)


def test_the_limit_holds_for_all(gold: Path) -> None:
    assert run([gold], "contract", {}, limit=1).articles == 1


def test_names_and_pronouns_have_gold_of_their_own(tmp_path: Path) -> None:
    text = "Mara left . She sang ."
    path = tmp_path / "gold.jsonl"
    sentence = {"ner": ["B-Person", "O"], "off": [0, 4, 5, 9]}
    mentions = [{"group": "1", "start": 0, "end": 1}, {"group": "1", "start": 3, "end": 4}]
    record = {"id": "a", "text": text, "sents": [sentence], "off": [0, 4, 5, 9, 10, 11, 12, 15, 16, 20, 21, 22], "mentions": mentions}
    path.write_text(json.dumps(record), encoding="utf-8")
    assert run([path], "names", {"rules": Reader(rules=True)}).items == 1
    report = run([path], "pronouns", {}, choosers={"none": lambda _, pronouns, __: [None] * len(pronouns)})
    assert (report.value("latest", "pronouns"), report.value("none", "pronouns")) == (1.0, 0.0)


SENTENCE = {
    "id": "x:1", "part": "dev", "outlet": "The Harbor Post", "before": "", "text": "A vile act.", "after": "",
    "loaded": [], "editorial": [], "certainty": 3.0,
    "targets": [{"start": 7, "end": 10, "mention": "act", "polarity": 0, "holder": "none"}],
    "roles": [{"entity": "act", "role": "villain", "spans": [[7, 10]]}],
}  # fmt: skip
BASIL = {"id": "b", "sentences": ["A vile act."], "para_of_sentence": [0],
         "annotations": [{"sent": 0, "span": [2, 6], "bias": "lex", "quote": "no"}]}  # fmt: skip


class Nobody(Reader):
    """A reader that finds nothing, of a vile act as of anything else."""

    def __init__(self) -> None:
        super().__init__(rules=True)

    def pipe(self, documents: Iterable[Document], batch: int = 32) -> Iterator[Reading]:
        return (Reading(document, voices=voices(document, ())) for document in documents)

    def hear(self, documents: Sequence[Document], actors: Sequence[Sequence[Actor]] | None = None) -> list[Heard]:
        return [Heard() for _ in documents]


@pytest.mark.parametrize("protocol", MEASURED)
def test_measures_are_put_beside_blind_rows(tmp_path: Path, protocol: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(BASIL if protocol == "own-voice" else SENTENCE), encoding="utf-8")
    report = run([path], protocol, {"rules": Nobody(), "model": Nobody()})
    assert (report.protocol, report.articles, report.items) == (protocol, 1, 1)
    assert [system.name for system in report.systems][:2] == ["model", "rules" if protocol == "own-voice" else "word list only"]
    assert len(report.systems) > 2
    assert all(set(system.figures) == {metric.name for metric in report.metrics} for system in report.systems)
    if protocol != "own-voice":
        with pytest.raises(UsageError, match="nothing to evaluate"):
            run([path], protocol, {"rules": Nobody()}, part="test")


def test_own_voice_is_an_option(tmp_path: Path) -> None:
    path = tmp_path / "basil.jsonl"
    path.write_text(json.dumps(BASIL), encoding="utf-8")
    result = CliRunner().invoke(app, ["evaluate", str(path), "--own-voice", "--rules-only"])
    assert result.exit_code == 0, result.output
    assert "protocol own-voice" in result.output
    assert "quotation marks only" in result.output


def test_conventions() -> None:
    assert {name: convention(name) for name in CHOICES} == {
        "contract": "contract", "polnear": "polnear", "cofenet": "polnear", "names": "contract", "pronouns": "contract",
        **dict.fromkeys(MEASURED, "contract"), "stories": "contract", "claims": "contract",
    }  # fmt: skip
    with pytest.raises(UsageError, match="no protocol 'muc': choose one of contract"):
        convention("muc")
