"""From a finished run of the tone network to the bundle that ships: choose the checkpoint, export, calibrate, measure, write the card.

Always true here: everything is chosen and calibrated on development data of outlets, stories and documents that are not in training; the
calibration is that of the exported int8 weights; the attribution network of the bundle is taken over byte for byte.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sayso.encoder.bundle import CARD, RELEASED, Bundle, load
from sayso.encoder.tone_session import ToneSession
from sayso.encoder.windows import load_tokenizer
from sayso.errors import UsageError
from sayso.training.export import complete, seal
from sayso.training.tone.calibrate import calibrated
from sayso.training.tone.development import by_session, development, figures
from sayso.training.tone.export import export_tone
from sayso.training.tone.fit import attributed
from sayso.training.tone.network import trained_tone

DATA = (
    {"name": "NewsMTSC (Hamborg and Donnay 2021), for stance", "part": "train", "terms": "MIT"},
    {
        "name": "News sentences annotated for wording and stance",
        "part": "train",
        "terms": "annotations CC BY 4.0; made by language models with a guide",
    },
    {
        "name": "World news annotated by the contract, for loaded words and own-voice evaluations",
        "part": "train",
        "terms": "annotations CC BY 4.0; made by language models with a guide",
    },
    {
        "name": "BASIL (Fan et al. 2019), lexical bias, learned beside the others",
        "part": "four of five stories of the given part",
        "terms": "freely published research set, no license stated",
    },
    {"name": "Certainty in science communication (Pei and Jurgens 2021)", "part": "train", "terms": "MIT"},
    {"name": "WikiWeasel (Farkas et al. 2010), hedges", "part": "half of train", "terms": "freely published research set; texts CC BY-SA"},
    {
        "name": "Narrative Frames Corpus (Frermann et al. 2023), roles",
        "part": "the given part without fold 1",
        "terms": "MIT; texts their outlets'",
    },
)


def best_checkpoint(run: Path) -> tuple[Path, dict[str, float]]:
    """The checkpoint of a run with the highest mean development figure, as its log has it."""
    reached: dict[Path, dict[str, float]] = {}
    for line in (run / "log.jsonl").read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        checkpoint = run / f"step-{row.get('step', 0):06d}.pt"
        if "development" in row and checkpoint.is_file():
            reached[checkpoint] = row["development"]
    if not reached:
        raise UsageError(f"no checkpoint with development figures in {run}: train first")
    best = max(reached, key=lambda checkpoint: (reached[checkpoint]["mean"], checkpoint))
    return best, reached[best]


def release(run: Path, encoder: Path, data: Path, out: Path) -> Bundle:
    """Export the best checkpoint of a run to `out`, with the attribution network that ships, and return the checked bundle.

    Args:
        run: folder of the run.
        encoder: folder with the starting weights and their tokenizer.
        data: folder that holds one folder for each set.
        out: folder of the bundle.

    """
    checkpoint, reached = best_checkpoint(run)
    network = trained_tone(encoder, checkpoint)
    export_tone(network, out)
    card: dict[str, Any] = json.loads((RELEASED / CARD).read_text(encoding="utf-8"))
    card["tone"] = {
        "trained_on": list(DATA),
        "settings": json.loads((run / "legs.json").read_text(encoding="utf-8")),
        "checkpoint": checkpoint.stem,
        "torch_float32": reached,
    }
    complete(out)
    seal(out, card)
    session = ToneSession(load(out))
    tokenizer = load_tokenizer(str(encoder / "tokenizer.json"))
    held = development(data, attributed, tokenizer)
    heard = held.heard(by_session(session), 1)
    card["tone"]["calibration"] = calibrated(heard).as_dict()
    card["tone"]["int8"] = figures(heard)
    seal(out, card)
    return load(out)
