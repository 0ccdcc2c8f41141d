"""The released network at work: word pieces in, path scores out. The one door to onnxruntime.

Always true here: one session serves any number of threads of the caller; outputs are float32 and finite; nothing is written to disk and
nothing is sent anywhere (the runtime's telemetry is switched off before it is imported, in `sayso/__init__.py`).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from sayso.encoder.bundle import CARD, ENCODER, LINKS, MEND, ROLES, TOKENIZER, Bundle
from sayso.encoder.heads import CONVENTIONS, INPUTS, LINK_INPUTS, LINK_OUTPUTS, OUTPUTS, ROLE_INPUTS, ROLE_OUTPUTS, DecoderSettings
from sayso.encoder.windows import Ints, Tokenizer, load_tokenizer
from sayso.errors import BundleError, UsageError

Floats = NDArray[np.float32]
T = TypeVar("T")


class Session:
    """A bundle ready to score.

    Args:
        bundle: a checked bundle.
        threads: how many windows are scored at the same time, each on one processor thread; None takes all processors.
        convention: which annotation convention to follow, one of `CONVENTIONS`.

    Raises:
        BundleError: if the runtime cannot read the weights.
        UsageError: if the convention is unknown.

    """

    def __init__(self, bundle: Bundle, *, threads: int | None = None, convention: str = CONVENTIONS[0]) -> None:
        if convention not in CONVENTIONS:
            raise UsageError(f"convention {convention!r} is unknown: choose {' or '.join(CONVENTIONS)}")
        self._encoder: ort.InferenceSession = opened(bundle, ENCODER)
        self._roles: ort.InferenceSession = opened(bundle, ROLES)
        self._links: ort.InferenceSession = opened(bundle, LINKS)
        self.tokenizer = tokenizer(bundle)
        self.settings = _settings(bundle, convention)
        self.threads = threads or processors()
        self._convention = CONVENTIONS.index(convention)

    def encode(self, ids: Ints, case: Ints, quoted: Ints, mask: Floats) -> tuple[Floats, Floats, Floats]:
        """States [B, N, W], path scores of cues [B, N, 3] and of names [B, N, 12]."""
        convention = np.full(len(ids), self._convention, dtype=np.int64)
        states, cues, names = self._encoder.run(OUTPUTS, dict(zip(INPUTS, (ids, case, quoted, mask, convention), strict=True)))
        return states, cues, names

    def roles(self, states: Floats, row: Ints, first: Ints, last: Ints) -> Floats:
        """Path scores [C, N, 6] of source and content for every cue."""
        (scores,) = self._roles.run(ROLE_OUTPUTS, dict(zip(ROLE_INPUTS, (states, row, first, last), strict=True)))
        return np.asarray(scores, dtype=np.float32)

    def links(self, antecedents: Floats, mentions: Floats, distance: Ints) -> Floats:
        """Scores [P] of pairs of mentions, from their mean states [P, W] and steps of distance."""
        (scores,) = self._links.run(LINK_OUTPUTS, dict(zip(LINK_INPUTS, (antecedents, mentions, distance), strict=True)))
        return np.asarray(scores, dtype=np.float32)


def opened(bundle: Bundle, name: str) -> Any:
    """One network of a bundle, ready to run on one processor thread: calls run side by side, quicker than several threads on one call.

    Raises:
        BundleError: if the runtime cannot read the weights.

    """
    options = ort.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    return _or_bundle_error(bundle, lambda: ort.InferenceSession(str(bundle.path / name), options, providers=["CPUExecutionProvider"]))


def tokenizer(bundle: Bundle) -> Tokenizer:
    """The tokenizer of a bundle.

    Raises:
        BundleError: if it cannot be read.

    """
    return _or_bundle_error(bundle, lambda: load_tokenizer(str(bundle.path / TOKENIZER)))


def _or_bundle_error(bundle: Bundle, load: Callable[[], T]) -> T:
    try:
        return load()
    except Exception as error:  # the runtime and the tokenizer raise their own kinds
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise BundleError(f"the model at {bundle.path} cannot be loaded: {reason}") from None


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _settings(bundle: Bundle, convention: str) -> DecoderSettings:
    """What the card says about decoding; the card is the one file without a digest of its own, so it is checked here."""
    plain = DecoderSettings()
    try:
        chosen = bundle.card.get("decoder", {}).get(convention, {})
        cue_bias = float(chosen.get("cue_bias", plain.cue_bias))
        source_bias = float(chosen.get("source_bias", plain.source_bias))
        intercept, cue, source, content = (float(weight) for weight in chosen.get("confidence", plain.confidence))
    except (AttributeError, TypeError, ValueError, OverflowError):
        raise BundleError(f"the model's {CARD} at {bundle.path} has decoder settings that make no sense: {MEND}") from None
    return DecoderSettings(cue_bias, source_bias, (intercept, cue, source, content))
