"""Readings by rules, and the tokenizer that ships, for tests of measures."""

from collections.abc import Callable

import pytest

from sayso.attribution.assemble import assemble
from sayso.attribution.draft import Found
from sayso.baseline import rules
from sayso.document import Document
from sayso.encoder import bundle
from sayso.encoder.windows import Tokenizer, load_tokenizer
from sayso.language import sentence_spans
from sayso.measures.heard import Heard, Sentence
from sayso.reading import Generator, Reading
from sayso.spans import Span
from sayso.structure import word_spans


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    return load_tokenizer(str(bundle.RELEASED / bundle.TOKENIZER))


@pytest.fixture(scope="session")
def by_rules() -> Callable[[str], Reading]:
    """A reading of a text without findings."""

    def read(text: str) -> Reading:
        document = Document(text)
        return assemble(document, Found(tuple(rules.find(document))), Generator())

    return read


@pytest.fixture(scope="session")
def plainly() -> Callable[[str], Heard]:
    """A text as it is heard where every sentence sounds the same."""

    def sentence(text: str, span: Span) -> Sentence:
        words = tuple(word.shift(span.start) for word in word_spans(text[span.start : span.end]))
        none = (0.0,) * len(words)
        return Sentence(span, words, none, none, 0.0, (0.25,) * 4, (0.0, 1.0, 0.0), 0.5)

    return lambda text: Heard(tuple(sentence(text, span) for span in sentence_spans(text)))
