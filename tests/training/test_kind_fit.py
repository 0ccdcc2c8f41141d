"""The models of who a speaker is are fitted from gold files, and know the cases they were fitted on."""

import json
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from sayso.attribution.draft import ORGANIZATION, Found, Name
from sayso.evaluation.corpora import read_gold
from sayso.linear import Linear
from sayso.spans import Span
from sayso.speakers.traits import clues
from sayso.training.kinds import annotated, fit, resolved

ROWS = [
    ("Minister Oren Tal said it rains.", "Minister Oren Tal", "Oren Tal", "person", "politician", True),
    ("Several experts said it rains.", "Several experts", "several experts", "group", "expert", False),
    ("The ministry said it rains.", "The ministry", "Norvanian ministry", "government", "official", True),
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    lines = []
    for number in range(5):
        for sort, (text, source, speaker, kind, standing, named) in enumerate(ROWS):
            cue = text.index("said")
            lines.append(
                {
                    "id": f"{number}-{sort}",
                    "text": text,
                    "attributions": [
                        {
                            "id": "A1", "source": [[0, len(source)]], "cue": [[cue, cue + 4]], "content": [[cue + 5, len(text)]],
                            "speaker": speaker, "kind": kind, "standing": standing, "named": named, "role": "", "affiliation": "",
                            "form": "indirect", "attitude": "assertion", "polarity": "affirms", "outlet_stance": "acknowledges",
                            "commitment": "certain", "within": None, "via": [],
                        }
                    ],
                }
            )  # fmt: skip
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_fit(gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "kinds.json"
    scores = fit([gold], out)
    assert set(scores) == {"kind", "standing", "named"}
    assert all(score == pytest.approx(1) for score in scores.values())
    stored = json.loads(out.read_text(encoding="utf-8"))
    model = Linear(
        tuple(stored["kind"]["labels"]),
        tuple(stored["kind"]["bias"]),
        {name: tuple(row) for name, row in stored["kind"]["weights"].items()},
    )
    for reading in read_gold(gold)[:3]:
        for entity, names, labels, _ in (*resolved(reading, Found()), *annotated(reading)):
            shares = model.probabilities(clues(reading.document, entity, names))
            assert max(shares, key=lambda label: shares[label]) == labels[0]


def test_no_name_of_anybody_is_learnt(gold: Path, tmp_path: Path) -> None:
    fit([gold], tmp_path / "kinds.json")
    learnt = (tmp_path / "kinds.json").read_text(encoding="utf-8")
    assert "oren" not in learnt
    assert "norvanian" not in learnt
    assert "minister" in learnt


def test_a_speaker_is_what_the_reader_makes_of_the_annotated_source(gold: Path) -> None:
    person, group, body = (next(resolved(reading, Found())) for reading in read_gold(gold)[:3])
    assert [(one[0].name, one[2], one[3]) for one in (person, group, body)] == [
        ("Oren Tal", ("person", "politician", "yes"), 1),
        ("several experts", ("group", "expert", "no"), 1),
        ("the ministry", ("government", "official", "yes"), 1),
    ]


def test_names_that_the_network_found_count(gold: Path) -> None:
    reading = read_gold(gold)[0]
    (entity, names, *_), *_ = resolved(reading, Found(names=(Name(Span(9, 17), ORGANIZATION),)))
    assert (entity.kind, names) == (ORGANIZATION, (Name(Span(9, 17), ORGANIZATION),))


def test_annotated_speakers_count_with_all_mentions_and_with_one(gold: Path) -> None:
    assert [case[0].name for case in annotated(read_gold(gold)[2])] == ["Norvanian ministry", "The ministry"]


def test_a_clue_of_one_article_is_left_out(gold: Path, tmp_path: Path) -> None:
    lines = gold.read_text(encoding="utf-8").splitlines()
    gold.write_text("\n".join([*lines, lines[1].replace("experts", "analysts")]), encoding="utf-8")
    fit([gold], tmp_path / "kinds.json")
    learnt = (tmp_path / "kinds.json").read_text(encoding="utf-8")
    assert "head=experts" in learnt
    assert "head=analysts" not in learnt
