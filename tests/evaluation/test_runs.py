import json
from pathlib import Path

import pytest

from sayso.errors import UsageError
from sayso.evaluation.runs import CHOICES, convention, run
from sayso.reader import Reader

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


def test_conventions() -> None:
    assert {name: convention(name) for name in CHOICES} == {
        "contract": "contract", "polnear": "polnear", "cofenet": "polnear", "names": "contract", "pronouns": "contract",
    }  # fmt: skip
    with pytest.raises(UsageError, match="no protocol 'muc': choose one of contract"):
        convention("muc")
