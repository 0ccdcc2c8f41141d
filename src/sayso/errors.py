"""Every error that Sayso raises on purpose, so that one `except SaysoError` catches them all.

::

    SaysoError                 base: the message says what is wrong and what to do
    ├── SpanError              a span that cannot exist (end before start, outside the text)
    ├── ContractError          data that breaks the contract (labels outside the closed set, dangling ids)
    ├── RejectedInput          one input cannot be read as an article; the others go on
    │   ├── UnreadableInput    missing, binary, undecodable, too large, or not reachable
    │   ├── NoArticle          read, but there is no article text in it
    │   └── UnsupportedLanguage  an article, but not in English
    ├── BundleError            the model on disk is missing, truncated or altered
    ├── PluginError            an installed measure cannot be used
    ├── CodebookError          a codebook that cannot be read or makes no sense; the message names line or frame
    ├── StoreError             a store that cannot be used as it is: damaged, full, read by another reader, a question it refuses
    ├── CorpusError            a job over a corpus that cannot go on: workers or a cluster that cannot be started
    └── UsageError             a call that makes no sense (unknown option, wrong kind of file)
"""

from __future__ import annotations


class SaysoError(Exception):
    """Base of all errors raised on purpose; the message is one line and says what to do."""


class SpanError(SaysoError, ValueError):
    """A span that cannot exist."""


class ContractError(SaysoError, ValueError):
    """Data that breaks the contract of a reading."""


class RejectedInput(SaysoError):
    """One input cannot be read as an article; the caller records the reason and goes on."""


class UnreadableInput(RejectedInput):
    """The input is missing, binary, undecodable, too large, or not reachable."""


class NoArticle(RejectedInput):
    """The input was read, but holds no article text."""


class UnsupportedLanguage(RejectedInput):
    """The article is not in a language that Sayso reads; the message names the language found."""


class BundleError(SaysoError):
    """The model on disk is missing, truncated or altered."""


class PluginError(SaysoError):
    """An installed measure cannot be used; the message names the package that it comes from."""


class CodebookError(SaysoError):
    """A codebook that cannot be read or makes no sense; the message names the frame and what to do."""


class CorpusError(SaysoError):
    """A job over a corpus cannot go on; what was read until then is in the store."""


class StoreError(SaysoError):
    """A store on disk cannot be used as it is, or refuses a question; the message says what to do."""


class UsageError(SaysoError):
    """The call itself makes no sense: unknown option value, wrong kind of file."""
