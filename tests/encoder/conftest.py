"""The tokenizer that ships with the package, for tests of what happens before and after the network."""

import pytest

from sayso.encoder import bundle
from sayso.encoder.windows import Tokenizer, load_tokenizer


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    path = bundle.RELEASED / bundle.TOKENIZER
    if not path.exists():
        pytest.skip("no released model")
    return load_tokenizer(str(path))


@pytest.fixture(scope="session")
def released() -> bundle.Bundle:
    if not (bundle.RELEASED / bundle.CARD).exists():
        pytest.skip("no released model")
    return bundle.load()
