"""The released network: what it takes and gives, and how unreadable ones are refused."""

import dataclasses
import shutil
from pathlib import Path

import numpy as np
import pytest

from sayso.attribution.decode import find
from sayso.attribution.paths import best_spans
from sayso.document import Document
from sayso.encoder import bundle
from sayso.encoder.claim_session import ClaimSession
from sayso.encoder.heads import CHANNELS, CONVENTIONS, NAME_KINDS, ROLES, WINDOW, DecoderSettings
from sayso.encoder.session import Session
from sayso.encoder.tone_session import ToneSession
from sayso.encoder.windows import pieces, special
from sayso.errors import BundleError, UsageError

DOORS = {bundle.TONE: ToneSession, bundle.TARGETS: ToneSession, bundle.VECTORS: ToneSession, bundle.CLAIMS: ClaimSession}
TEXT = "The ferry will not sail before June, the harbor office said on Monday.\n\n“We are waiting for one valve,” said Ines Okafor."


@pytest.fixture(scope="module")
def session(released: bundle.Bundle) -> Session:
    return Session(released, threads=1)


def sealed(home: Path, name: str, content: bytes, released: bundle.Bundle) -> bundle.Bundle:
    """A copy of the released bundle in which one file is another one, with a digest that fits."""
    shutil.copytree(released.path, home)
    (home / name).write_bytes(content)
    return dataclasses.replace(released, path=home)


@pytest.mark.parametrize("name", bundle.FILES)
@pytest.mark.parametrize("content", [b"", b"not a network", b"\x08\x08" * 500])
def test_unreadable_files_with_the_right_digest(name: str, content: bytes, released: bundle.Bundle, tmp_path: Path) -> None:
    broken = sealed(tmp_path / "model", name, content, released)
    with pytest.raises(BundleError) as caught:
        DOORS.get(name, Session)(broken)
    assert "\n" not in str(caught.value)
    assert "cannot be loaded: " in str(caught.value)


@pytest.mark.parametrize(
    "decoder",
    [
        *([], "x", {"contract": []}, {"contract": {"cue_bias": "much"}}, {"contract": {"cue_bias": None}}),
        *({"contract": {"confidence": value}} for value in ([], [1.0, 2.0], "abcd", 3, [1, 2, 3, None], [[1], 2, 3, 4])),
    ],
    ids=str,
)
def test_decoder_settings_that_make_no_sense(decoder: object, released: bundle.Bundle) -> None:
    with pytest.raises(BundleError, match="decoder settings that make no sense"):
        Session(dataclasses.replace(released, card={**released.card, "decoder": decoder}))


def test_decoder_settings_come_from_the_card(released: bundle.Bundle) -> None:
    decoder = {"polnear": {"cue_bias": 0.5, "source_bias": 2, "confidence": [0, 1, 2, 3]}}
    card = {**released.card, "decoder": decoder}
    one = dataclasses.replace(released, card=card)
    assert Session(one, convention="polnear").settings == DecoderSettings(0.5, 2.0, (0.0, 1.0, 2.0, 3.0))
    assert Session(one).settings == DecoderSettings()


def test_unknown_convention(released: bundle.Bundle) -> None:
    with pytest.raises(UsageError, match="choose contract or polnear"):
        Session(released, convention="brat")


def inputs(rows: int, length: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    dice = np.random.default_rng(7)
    ids = dice.integers(1000, 2000, (rows, length))
    return ids, ids % 4, ids % 2, np.ones(ids.shape, np.float32)


@pytest.mark.parametrize(("rows", "length"), [(1, 3), (1, WINDOW + 2), (3, 20)])
def test_shapes(session: Session, rows: int, length: int) -> None:
    states, cues, names = session.encode(*inputs(rows, length))
    assert states.shape[:2] == (rows, length)
    assert cues.shape == (rows, length, CHANNELS)
    assert names.shape == (rows, length, CHANNELS * len(NAME_KINDS))
    links = session.links(states[0], states[0], np.zeros(length, np.int64))
    assert links.shape == (length,)
    row = np.zeros(2, np.int64)
    roles = session.roles(states, row, row + 1, row + 1)
    assert roles.shape == (2, length, CHANNELS * len(ROLES))
    for scores in (states, cues, names, roles, links):
        assert scores.dtype == np.float32
        assert np.isfinite(scores).all()


def test_the_same_call_gives_the_same_scores(session: Session) -> None:
    one, other = session.encode(*inputs(2, 40)), session.encode(*inputs(2, 40))
    assert np.array_equal(one[0], other[0])
    assert np.array_equal(one[1], other[1])


def test_case_quotes_and_convention_are_seen(session: Session, released: bundle.Bundle) -> None:
    ids, case, quoted, mask = inputs(1, 30)
    plain = session.encode(ids, case, quoted, mask)[1]
    assert np.abs(session.encode(ids, case * 0, quoted, mask)[1] - plain).max() > 1e-3
    assert np.abs(session.encode(ids, case, 1 - quoted, mask)[1] - plain).max() > 1e-3
    assert np.abs(Session(released, convention=CONVENTIONS[1]).encode(ids, case, quoted, mask)[1] - plain).max() > 1e-3


def test_it_reads_plain_attributions(session: Session) -> None:
    drafts = find(session, [Document(TEXT)])[0].drafts
    cues = [" ".join(TEXT[span.start : span.end] for span in draft.cue) for draft in drafts]
    assert cues == ["said", "said"]
    assert TEXT[drafts[1].source[0].start : drafts[1].source[0].end] == "Ines Okafor"


def test_the_released_weights_compute_what_the_trained_network_computed(session: Session, released: bundle.Bundle) -> None:
    """The card keeps the float network's own scores of one text; int8 may blur them, not change what they say."""
    kept = released.card["parity"]
    found = pieces(kept["text"], session.tokenizer)
    opening, closing = special(session.tokenizer, "[CLS]"), special(session.tokenizer, "[SEP]")
    ids = np.array([[opening, *found.ids.tolist(), closing]])
    case, quoted = (np.array([[0, *column.tolist(), 0]]) for column in (found.case, found.quoted))
    states, cues, names = session.encode(ids, case, quoted, np.ones(ids.shape, np.float32))
    at = np.array([kept["cue_at"]])
    roles = session.roles(states, np.zeros(1, np.int64), at, at)
    for ours, name in ((cues[0], "cues"), (names[0], "names"), (roles[0], "roles")):
        assert np.corrcoef(ours.ravel(), np.array(kept[name]).ravel())[0, 1] > 0.97
    assert best_spans(cues)[0] == best_spans(np.array([kept["cues"]], np.float32))[0]
