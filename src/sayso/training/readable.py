"""All small readable models that learn from the contract's annotations, in one go: speakers, kinds, labels.

Always true here: names and links are those that the bundle's network finds, as at run time; the annotated drafts stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sayso import linear
from sayso.evaluation.corpora import read_gold
from sayso.reader import Reader
from sayso.training import kinds, labels, speakers


def fit(gold: Sequence[Path], out: Path, bundle: Path | None = None) -> dict[str, dict[str, float]]:
    """Write `labels.json`, `kinds.json` and `speakers.json`.

    Args:
        gold: files or folders annotated by the contract.
        out: the folder to write to.
        bundle: the model whose names and links are clues; None takes the released one.

    Returns:
        For each file its figures in cross-validation over articles.

    """
    documents = list({reading.document.text: reading.document for path in gold for reading in read_gold(path)}.values())
    found = {document.text: seen for document, seen in zip(documents, Reader(bundle).find(documents), strict=True)}
    figures = {"speakers": speakers.fit(gold, out / "speakers.json", found)}
    linear.load.cache_clear()  # kinds are read from the speakers as they are found from now on
    return figures | {"kinds": kinds.fit(gold, out / "kinds.json", found), "labels": labels.fit(gold, out / "labels.json")}
