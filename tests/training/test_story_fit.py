"""The table of rarity and the model of stories are learned as they say."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from sayso.cli_train import train
from sayso.document import Document
from sayso.evaluation.stories import TUNE, half
from sayso.stories.alike import CLUES, VECTORS, WORDS
from sayso.stories.find import grouped, items
from sayso.training import rarity, stories

EVENTS = [
    f"The {ship} ran aground off {port} with {number} aboard, captain {name} said. Tugs came from {port}."
    for number, (ship, port, name) in enumerate(
        [("Aurelia", "Merrin", "Brandt"), ("Corvina", "Selden", "Vance"), ("Dorada", "Hallow", "Okonjo"), ("Esmerine", "Dunmore", "Fell")],
        210,
    )
]


def test_stems_are_counted_once_an_article_and_rare_ones_dropped() -> None:
    number, found = rarity.counts(["storm storm hits", "storm", "calm"])
    assert (number, found["storm"], found["calm"]) == (3, 2, 1)
    rows = rarity.table(number, found, least=2).splitlines()
    assert rows[-1] == f"{round(2 * math.log2(1.5)) / 2:g} storm"
    assert all(row.startswith("#") for row in rows[:-1])


def test_a_regression_finds_its_weights_and_sets_none_below_zero() -> None:
    dice = np.random.default_rng(3)
    values = dice.random((4000, 3))
    odds = values @ np.array([4.0, 0.0, -3.0]) - 1.0
    labels = (dice.random(4000) < 1 / (1 + np.exp(-odds))).astype(np.float64)
    beta = stories.regression(values, labels, np.zeros(4000), np.ones(4000))
    assert beta[0] == pytest.approx(4.0, abs=0.5)
    assert beta[2] == 0.0
    offset = stories.regression(values, labels, odds, np.ones(4000))
    assert np.abs(offset).max() < 0.3, "what is given as an offset needs no weight"


def test_a_model_tells_events_apart() -> None:
    documents = [
        Document(text=f"{text} Paper {paper} reports.", url=f"{event}.{paper}") for event, text in enumerate(EVENTS) for paper in range(4)
    ]
    story_of = {document.id: (document.url or "")[0] for document in documents}
    articles = items(documents)
    model = stories.fit([(articles, story_of)], CLUES[1:])
    assert stories.pairwise(story_of, grouped(articles, model)) == (1.0, 1.0, 1.0)
    assert set(model.weights) <= set(CLUES[1:])
    assert model.day == stories.DAY


def test_the_command_counts_words_and_fits_both_models_on_the_tuning_half_alone(tmp_path: Path) -> None:
    names = {part: [name for name in map(str, range(40)) if (half(name) == TUNE) is part] for part in (True, False)}
    rows = [
        {"event": name, "text": f"{text} Paper {paper} reports.", "url": f"{name}.{paper}", "date": "2031-05-03"}
        for name, text in zip(names[True], EVENTS, strict=False)
        for paper in range(4)
    ]
    misleading = [{"event": name, "text": EVENTS[0], "url": f"x{name}", "date": "2031-05-03"} for name in names[False]]
    fitted = []
    for number, each in enumerate((rows, rows + misleading)):
        gold, out = tmp_path / f"gold{number}.jsonl", tmp_path / f"out{number}"
        gold.write_text("".join(json.dumps(row) + "\n" for row in each), encoding="utf-8")
        out.mkdir()
        done = CliRunner().invoke(train, ["stories", str(gold), "--articles", str(gold), "--out", str(out)])
        assert done.exit_code == 0, done.output
        counted, figures = done.output.splitlines()
        assert counted == f"words of {len(each)} articles counted"
        assert figures == f"{WORDS} 1.000, {VECTORS} 1.000"
        assert "aground" in (out / "en_rarity.txt").read_text(encoding="utf-8")
        fitted.append(json.loads((out / "stories.json").read_text(encoding="utf-8")))
    assert fitted[0] == fitted[1], "what is held out weighs nothing"
    assert set(fitted[0]) == {WORDS, VECTORS}
    assert "vector" not in fitted[0][WORDS]["weights"]
