"""Labels reproduce the annotated words, through every kind of noise; what annotators could not know is unknown."""

import random
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

from sayso.encoder.heads import CONVENTIONS, WINDOW
from sayso.encoder.windows import Tokenizer, load_tokenizer, pieces
from sayso.spans import Span, Spans, span_list
from sayso.training.corpora import Annotated, Marked
from sayso.training.examples import Example, Inputs, Noise, States, collate, examples, noised
from sayso.training.network import IN, OUT, UNKNOWN

pytestmark = pytest.mark.train

QUIET = Noise(0, 0, 0, 0, 0, 0)
LOUD = Noise(1, 1, 0.5, 0.5, 1, 0)


class Steady(random.Random):
    """Never cuts early and never shakes a cue."""

    def randint(self, a: int, b: int) -> int:
        return b

    def random(self) -> float:
        return 0.999


@pytest.fixture
def tokenizer(letters: Path) -> Tokenizer:
    return load_tokenizer(str(letters / "tokenizer.json"))


def shown(article: Annotated, tokenizer: Tokenizer, states: States) -> list[str]:
    """The runs of words that are labelled as inside."""
    text = pieces(article.text, tokenizer)
    at = np.flatnonzero(states == IN)
    runs = np.split(at, np.flatnonzero(np.diff(at) > 1) + 1) if len(at) else []
    return [article.text[text.starts[run[0]] : text.ends[run[-1]]] for run in runs]


def words(article: Annotated, spans: Spans) -> list[str]:
    return [article.text[span.start : span.end] for span in spans]


def test_labels_reproduce_the_annotated_words(nested: Annotated, tokenizer: Tokenizer) -> None:
    (window,) = examples(nested, tokenizer, Steady(), QUIET)
    assert shown(nested, tokenizer, window.tags) == ["has vehemently denied", "promised", "said"]
    assert len(window.cues) == len(nested.marked)
    for cue, mark in zip(window.cues, nested.marked, strict=True):
        tagged = np.full(len(window.inputs.ids), OUT)
        tagged[cue.first : cue.last + 1] = IN
        assert shown(nested, tokenizer, tagged) == words(nested, mark.cue)
        assert shown(nested, tokenizer, cue.source) == words(nested, mark.source)
        assert shown(nested, tokenizer, cue.content) == words(nested, mark.content)


def test_inputs_are_those_of_run_time(nested: Annotated, tokenizer: Tokenizer) -> None:
    (window,) = examples(nested, tokenizer, Steady(), QUIET)
    text = pieces(nested.text, tokenizer)
    for made, expected in ((window.inputs.ids, text.ids), (window.inputs.case, text.case), (window.inputs.quoted, text.quoted)):
        assert made.tolist() == expected.tolist()
    assert CONVENTIONS[window.convention] == "contract"


def test_everything_is_known_where_inner_attributions_were_annotated(nested: Annotated, tokenizer: Tokenizer) -> None:
    (window,) = examples(nested, tokenizer, Steady(), QUIET)
    assert UNKNOWN not in window.tags


def test_inside_contents_of_flat_articles_cues_are_unknown(flat: Annotated, tokenizer: Tokenizer) -> None:
    (window,) = examples(flat, tokenizer, Steady(), QUIET)
    text = pieces(flat.text, tokenizer)
    content = np.any([text.inside(mark.content) for mark in flat.marked], axis=0)
    cue = np.any([text.inside(mark.cue) for mark in flat.marked], axis=0)
    beside = np.zeros_like(cue)
    beside[1:] |= cue[:-1]
    beside[:-1] |= cue[1:]
    assert set(window.tags[content & ~beside].tolist()) == {UNKNOWN}
    assert set(window.tags[cue].tolist()) == {IN}
    assert set(window.tags[beside & ~cue].tolist()) == {OUT}, "a known cue ends where it ends"
    assert set(window.tags[~content & ~cue].tolist()) == {OUT}


@pytest.mark.parametrize("seed", range(40))
def test_noise_keeps_the_annotated_words(seed: int, nested: Annotated) -> None:
    noisy = noised(nested, random.Random(seed), LOUD)
    assert noisy.convention == nested.convention
    for before, after in zip(nested.marked, noisy.marked, strict=True):
        for old, new in ((before.source, after.source), (before.cue, after.cue), (before.content, after.content)):
            assert span_list(new) == new
            assert letters_of(words(noisy, new)) == letters_of(words(nested, old))


def letters_of(parts: list[str]) -> list[str]:
    return ["".join(c for c in part.casefold() if c.isalnum()) for part in parts]


@pytest.mark.parametrize("seed", range(10))
def test_windows_hold_every_piece_once_whatever_the_first_cut(seed: int, nested: Annotated, tokenizer: Tokenizer) -> None:
    long = Annotated("\n\n".join([nested.text] * 6), (), "contract")
    found = examples(long, tokenizer, random.Random(seed), QUIET)
    assert np.concatenate([window.inputs.ids for window in found]).tolist() == pieces(long.text, tokenizer).ids.tolist()
    assert all(0 < len(window.inputs.ids) <= WINDOW for window in found)
    assert len(found) > 1


def test_a_span_in_another_window_is_unknown(tokenizer: Tokenizer) -> None:
    text = "Ines " + "r " * (2 * WINDOW) + "said so."
    article = Annotated(text, (_mark(text, "Ines", "said", "so"),), "contract")
    found = examples(article, tokenizer, Steady(), QUIET)
    (cue,) = [cue for window in found for cue in window.cues]
    assert set(cue.source.tolist()) == {UNKNOWN}
    assert IN in cue.content


def _mark(text: str, *roles: str) -> Marked:
    source, cue, content = ((Span(text.index(role), text.index(role) + len(role)),) for role in roles)
    return Marked(source, cue, content)


def test_shaken_cues_stay_in_their_window(nested: Annotated, tokenizer: Tokenizer) -> None:
    moved = 0
    for seed in range(60):
        for window in examples(nested, tokenizer, random.Random(seed), QUIET):
            for cue in window.cues:
                assert 0 <= cue.first <= cue.last < len(window.inputs.ids)
                moved += window.tags[cue.first] != IN or window.tags[cue.last] != IN
    assert moved, "some borders are off by one"


def test_batches_are_padded_and_known_outside_only(nested: Annotated, flat: Annotated, tokenizer: Tokenizer) -> None:
    long, short = examples(nested, tokenizer, Steady(), QUIET)[0], examples(flat, tokenizer, Steady(), QUIET)[0]
    cut = Inputs(short.inputs.ids[:9], short.inputs.case[:9], short.inputs.quoted[:9])
    short = Example(cut, short.convention, short.tags[:9], ())
    batch = collate([long, short], tokenizer)
    assert batch.inputs.ids.shape == (2, len(long.inputs.ids) + 2)
    assert batch.inputs.mask.sum(dim=1).tolist() == [len(long.inputs.ids) + 2, 11]
    assert batch.inputs.length.tolist() == [len(long.inputs.ids) + 1, 10]
    assert batch.inputs.ids[1, [0, 10]].tolist() == [tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")]
    assert not batch.inputs.ids[1, 11:].any()
    assert set(batch.tags[1, 10:].tolist()) == {OUT}
    assert batch.row.tolist() == [0] * len(long.cues)
    for number, cue in enumerate(long.cues):
        assert batch.inputs.ids[0, batch.first[number]] == long.inputs.ids[cue.first]
        assert batch.content[number, 1 : len(long.inputs.ids) + 1].tolist() == cue.content.tolist()


def test_a_batch_without_cues(nested: Annotated, tokenizer: Tokenizer) -> None:
    batch = collate(examples(Annotated("Rain fell.", (), "contract"), tokenizer, Steady(), QUIET), tokenizer)
    assert batch.row.shape == (0,)
    assert batch.source.shape[0] == 0
