"""A sample of what the torch network computes, kept in the card, so that any machine can hold the exported weights against it.

The text is invented; scores are path scores of cues and of names for each word piece, and of the role head for one cue.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from sayso.encoder.windows import framed, pieces
from sayso.training.network import Network
from sayso.training.scorer import TorchScorer

TEXT = (
    "The harbor council on Tuesday denied that the pier had been closed. “We never ordered it,” said Mirela Tanaka, the council's chair, "
    "who told the Quay Courier that officials feared a storm. According to a leaked memo, inspectors had warned of cracks."
)


def sample(network: Network, encoder: Path) -> dict[str, Any]:
    """The text, the convention, the positions of one cue, and the scores, rounded to four decimals."""
    scorer = TorchScorer(network, encoder, "contract")
    text = pieces(TEXT, scorer.tokenizer)
    ids, case, quoted = framed(scorer.tokenizer, text.ids, text.case, text.quoted)
    states, cues, names = scorer.encode(ids, case, quoted, np.ones(ids.shape, np.float32))
    at = 1 + int(np.searchsorted(text.starts, TEXT.index("denied")))
    roles = scorer.roles(states, np.array([0]), np.array([at]), np.array([at]))
    scores = {"cues": cues[0], "names": names[0], "roles": roles[0]}
    return {"text": TEXT, "cue_at": at, **{name: np.round(found, 4).tolist() for name, found in scores.items()}}
