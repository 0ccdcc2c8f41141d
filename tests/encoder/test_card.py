"""The card as a page: what it says is what is in the bundle, and the page in the documents is that page."""

from pathlib import Path

from sayso.encoder.bundle import Bundle
from sayso.encoder.card import describe

PAGE = Path(__file__).parent.parent.parent / "docs" / "model-card.md"


def test_the_page_in_the_documents_is_the_card_of_the_released_bundle(released: Bundle) -> None:
    assert PAGE.read_text(encoding="utf-8") == describe(released)


def test_the_card_says_what_it_rests_on(released: Bundle) -> None:
    page = describe(released)
    for words in ("PolNeAR", "World news", "int8", "Limits", released.digest[:12]):
        assert words in page


def test_a_card_with_figures_for_one_set_only() -> None:
    development = {
        "metric": "linked_soft",
        "torch_float32": {"contract": 0.5},
        "contract": {
            "articles": 2,
            "attributions": 3,
            "figures": {"detected": [0.5, 0.25, 0.75]},
            "int8_untuned": 0.495,
            "calibration_error": 0.03,
        },
    }
    card = {
        "name": "tiny",
        "made": "2026-01-01",
        "checkpoint": "step-1",
        "intended_use": "Tests.",
        "limits": "None.",
        "encoder": "tiny",
        "trained_on": [{"name": "Two articles", "part": "train", "terms": "ours"}],
        "development": development,
        "settings": [{"seed": 7}, {"seed": 8}],
        "names": {"articles": 1, "names": 4, "figures": {"names.person": [0.5, 0.25, 0.75]}},
        "decoder": {"contract": {"cue_bias": 0.5, "source_bias": 1.0}},
    }
    reached = {"stance.rw": 0.75, "certainty.pearson": 0.5}
    data = [{"name": "Ten sentences", "part": "train", "terms": "ours"}]
    leg = {"seed": 5, "repeats": {"ours": 2}}
    card["tone"] = {"trained_on": data, "torch_float32": reached, "int8": reached, "settings": [leg], "checkpoint": "step-000001"}
    plain = describe(Bundle(Path(), card, "0" * 64, {}))
    card["claims"] = {
        "trained_on": [{"name": "Five stories", "part": "train", "terms": "ours"}],
        "settings": {"seed": 3, "folds": 8},
        "checkpoint": "step-000009",
        "torch_float32": {"claims": 61.25, "least": 0.3, "pairs": 60.0},
        "scorer": {"scale": 0.75, "shift": -0.5, "least": 0.35},
        "int8": {"claims": 60.5, "miss_rate": 0.312},
    }
    page = describe(Bundle(Path(), card, "0" * 64, {}))
    assert "laim network" not in plain
    assert "- Five stories, train (ours)" in page
    assert "F1 | 61.2 | 60.5 |" in page
    assert "are missed, % | | 31.2 |" in page
    assert "Training: seed 3, folds 8." in page
    assert "scale 0.75, shift -0.5; joined from a mean probability of 0.35." in page
    assert "- Ten sentences, train (ours)" in page
    assert "| stance, NewsMTSC rw, macro-F1 | 75.0 | 75.0 |" in page
    assert "Training, leg 1: seed 5, repeats (ours 2)." in page
    assert "| detected F1 | 50.0 [25.0, 75.0] |" in page
    assert "float32 network before export 50.0, of the int8 weights 49.5" in page
    assert "calibration error of the confidence 0.030" in page
    assert "Training, leg 2: seed 8." in page
    assert "| persons, F1 | 50.0 [25.0, 75.0] |" in page
