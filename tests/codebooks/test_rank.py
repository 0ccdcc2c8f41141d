"""Ranking: likeness and words put passages in order, each by itself; the released network's vectors are used as they are."""

import numpy as np
import pytest

from sayso.codebooks.book import Codebook
from sayso.codebooks.encoded import WIDTH, Encoded
from sayso.codebooks.rank import BEST, MOST_WORDS, WORD, Ranker, ranker, text_scores
from sayso.codebooks.vectors import Floats, means
from sayso.codebooks.words import words_of
from sayso.encoder.windows import Ints
from sayso.language import sentence_spans

SENTENCES = ["A vote was put off.", "Rain and drizzle on the flooded quay.", "Rain on the quay.", "Rain on the quay.", "Frost."]


def test_words_alone_put_passages_in_order(weather: Codebook) -> None:
    found = ranker(weather).best(SENTENCES, None, 3)
    assert [(each.label, each.passage) for each in found] == [("wet", 1), ("wet", 2), ("cold", 4)]
    assert found[0].words == ("rain*", "drizzle", "flood*")
    assert found[0].score == pytest.approx(MOST_WORDS * WORD)
    assert ranker(weather).best([], None, 3) == []


def test_likeness_is_to_this_frame_against_the_others(weather: Codebook) -> None:
    ready = Ranker(weather, words_of(weather), np.eye(2, dtype=np.float32))
    rows = np.array([[1, 0], [0.6, 0.8], [0, 1]], dtype=np.float32)
    scores = ready.scores(["a", "b", "c"], rows)
    assert np.allclose(scores, [[0.5, -0.5], [-0.1, 0.1], [-0.5, 0.5]])
    assert np.allclose(ready.scores(["b"], rows[1:2]), scores[1:2]), "a sentence is scored by itself"


def test_a_text_scores_its_best_sentences() -> None:
    scores = np.array([[1.0], [0.0], [0.5], [0.6], [9.0]])
    assert text_scores(scores, [4, 1, 0]).tolist() == [[pytest.approx(2.1 / BEST)], [9.0], [0.0]]


def test_means_are_of_length_one_or_nothing() -> None:
    rows = np.array([[1, 0], [0, 1], [0, -1]], dtype=np.float32)
    assert np.allclose(means(rows, [2, 0, 1]), [[0.5**0.5, 0.5**0.5], [0, 0], [0, -1]])


def test_sentences_have_no_white_space_at_their_ends() -> None:
    text = "  One. Two!\n\nThree \n"
    assert [text[span.start : span.end] for span in sentence_spans(text)] == ["One.", "Two!", "Three"]


class Letters:
    """A network that sees how many pieces there are; everything else of a scorer is the tokenizer."""

    threads = 2
    fingerprint = "letters"

    def __init__(self) -> None:
        tokenizers = pytest.importorskip("tokenizers")
        vocabulary = {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "rain": 3}
        self.tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
        self.tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()

    def hear(self, ids: Ints, case: Ints, mask: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        assert ids[0, 0] == 1
        assert ids[0, -1] == 2
        assert ids.shape == case.shape == mask.shape
        shared = np.repeat(ids[..., None], WIDTH, axis=2).astype(np.float32)
        return shared, shared, shared, shared

    def vectors(self, shared: Floats, mask: Floats) -> Floats:
        row = np.zeros((1, WIDTH), dtype=np.float32)
        row[0, int(shared[0, :, 0].sum()) % WIDTH] = 1.0
        return row


def test_the_network_s_vectors_are_of_length_one_and_of_one_text_each() -> None:
    vectors = Encoded(Letters())
    texts = ["rain", "rain rain", "rain " * 400, "", "other words"]
    rows = vectors(texts)
    assert rows.shape == (5, WIDTH)
    assert np.allclose(np.linalg.norm(rows, axis=1), [1, 1, 1, 0, 1])
    for text, row in zip(texts, rows, strict=True):
        assert np.array_equal(vectors([text])[0], row)
    assert vectors([]).shape == (0, WIDTH)
    assert vectors.fingerprint == "letters"
