"""The models of who a speaker is are fitted from gold files, and know the cases they were fitted on."""

import json
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from sayso.evaluation.corpora import read_gold
from sayso.linear import Clue, Linear
from sayso.speakers.traits import clues
from sayso.training.kinds import fit, speakers

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
        for entity, source, _ in speakers(reading):
            shares = model.probabilities(clues(reading.document, entity))
            assert max(shares, key=lambda label: shares[label]) == source.kind


def test_no_name_of_anybody_is_learnt(gold: Path, tmp_path: Path) -> None:
    fit([gold], tmp_path / "kinds.json")
    learnt = (tmp_path / "kinds.json").read_text(encoding="utf-8")
    assert "oren" not in learnt
    assert "norvanian" not in learnt
    assert "minister" in learnt


def test_a_speaker_is_given_with_all_mentions_and_with_one(gold: Path) -> None:
    entities = [entity.name for entity, _, _ in speakers(read_gold(gold)[2])]
    assert entities == ["Norvanian ministry", "The ministry"]
    assert Clue("head=ministry").name in {clue.name for clue in clues(read_gold(gold)[2].document, next(speakers(read_gold(gold)[2]))[0])}
