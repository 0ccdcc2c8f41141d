"""A fitted codebook: definitions, weights, thresholds and figures in one JSON file that can be read, kept and cited.

Always true here: what is loaded has weights for every frame and feature; vectors of another maker than the one it was fitted with are
refused, since their numbers mean something else. Probabilities depend on the text alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sayso.codebooks.book import Codebook, build, described
from sayso.codebooks.decide import Decision, Flags, Table
from sayso.codebooks.features import Texts, Vocabulary, design
from sayso.codebooks.rank import Ranker
from sayso.codebooks.vectors import Vectors
from sayso.codebooks.words import words_of
from sayso.errors import CodebookError

FORMAT = "sayso-codebook/1"
LARGEST_FILE = 50_000_000  # bytes


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A codebook with a model of how one coder, or one group of coders, used it.

    Attributes:
        ranker: the codebook, ready.
        fingerprint: whose vectors it was fitted with; None if it goes by words only.
        vocabulary: the words that it looks at; None if they did not help.
        weights: (features, columns): vector, rank scores, words.
        intercept: of each column.
        decision: how scores become codes.
        report: how it was fitted and what it reaches, as plain values.

    """

    ranker: Ranker
    fingerprint: str | None
    vocabulary: Vocabulary | None
    weights: Table
    intercept: Table
    decision: Decision
    report: dict[str, Any]

    @property
    def book(self) -> Codebook:
        """The codebook."""
        return self.ranker.book

    def probabilities(self, texts: Texts) -> Table:
        """How probable each frame is in each text; (texts, frames), with a last column for "none" where a text has one frame at most."""
        return self.decision.probabilities(design(texts, self.vocabulary) @ self.weights + self.intercept)

    def codes(self, probabilities: Table) -> Flags:
        """Which frames are given."""
        return self.decision.codes(probabilities, len(self.book.frames))

    def check(self, vectors: Vectors | None) -> None:
        """Raise if these are not the vectors that it was fitted with.

        Raises:
            CodebookError: they are others; the message says what to do.

        """
        found = None if vectors is None else vectors.fingerprint
        if found != self.fingerprint:
            raise CodebookError(
                f"the codebook {self.book.name} was fitted with {_maker(self.fingerprint)}, here are {_maker(found)}: fit it again on your "
                "coded examples"
            )


def _maker(fingerprint: str | None) -> str:
    return "words only" if fingerprint is None else f"the vectors of {fingerprint}"


def to_json(fitted: Fitted) -> dict[str, Any]:
    """A fitted codebook as plain values; numbers rounded to five places."""
    anchors, words = fitted.ranker.anchors, fitted.vocabulary
    return {
        "format": FORMAT,
        "codebook": described(fitted.book),
        "vectors": fitted.fingerprint,
        "report": fitted.report,
        "decision": {
            "single": fitted.decision.single,
            "slopes": list(fitted.decision.slopes),
            "offsets": list(fitted.decision.offsets),
            "thresholds": list(fitted.decision.thresholds),
        },
        "anchors": None if anchors is None else _rounded(anchors),
        "words": None if words is None else dict(zip(words.words, words.rarity, strict=True)),
        "intercept": _rounded(fitted.intercept),
        "weights": _rounded(fitted.weights),
    }


def save(fitted: Fitted, path: Path) -> None:
    """Write a fitted codebook.

    Raises:
        CodebookError: the file cannot be written.

    """
    try:
        path.write_text(json.dumps(to_json(fitted), ensure_ascii=False) + "\n", encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise CodebookError(f"cannot write {path}: {error.strerror or error}; name another file") from None


def load(path: Path) -> Fitted:
    """Read a fitted codebook.

    Raises:
        CodebookError: the file cannot be read or was not written by `sayso codebook fit`.

    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise CodebookError(f"{path}: larger than {LARGEST_FILE:,} bytes; that is no fitted codebook")
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CodebookError(f"{path}: {error.strerror or error}; name a file that sayso codebook fit wrote") from None
    except (ValueError, RecursionError):
        raise CodebookError(f"{path}: not JSON; name a file that sayso codebook fit wrote") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise CodebookError(f"{path}: not a fitted codebook of this version ({FORMAT}); run sayso codebook fit again")
    try:
        return _fitted(data, str(path))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise CodebookError(f"{path}: altered or cut short ({error}); run sayso codebook fit again") from None


def _fitted(data: dict[str, Any], origin: str) -> Fitted:
    book = build(data["codebook"], origin)
    frames = len(book.frames)
    given = data["decision"]
    single = given["single"] is True
    rows = [tuple(float(value) for value in given[key]) for key in ("slopes", "offsets", "thresholds")]
    anchors = None if data["anchors"] is None else np.array(data["anchors"], dtype=np.float32)
    words = None if data["words"] is None else Vocabulary(tuple(data["words"]), tuple(float(value) for value in data["words"].values()))
    weights, intercept = np.array(data["weights"], dtype=np.float64), np.array(data["intercept"], dtype=np.float64)
    columns = len(intercept)
    width = frames + (0 if anchors is None else anchors.shape[1]) + (0 if words is None else len(words.words))
    fingerprint = data["vectors"]
    if (
        weights.shape != (width, columns)
        or not frames <= columns <= frames + single
        or [len(row) for row in rows] != [columns, columns, 0 if single else frames]
        or (anchors is not None and anchors.shape[0] != frames)
        or (anchors is None) != (fingerprint is None)
        or not isinstance(fingerprint, str | None)
        or not isinstance(data["report"], dict)
        or not (np.isfinite(weights).all() and np.isfinite(intercept).all() and np.isfinite(rows[0] + rows[1] + rows[2]).all())
    ):
        raise ValueError("its parts do not fit together")
    return Fitted(Ranker(book, words_of(book), anchors), fingerprint, words, weights, intercept, Decision(single, *rows), data["report"])


def _rounded(table: Any) -> Any:
    return np.round(np.asarray(table, dtype=np.float64), 5).tolist()
