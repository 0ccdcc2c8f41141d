"""What only looks like an attribution is dropped, by either finder; what is one stays."""

import pytest

from sayso.attribution.draft import Draft
from sayso.attribution.seeming import seems_only
from sayso.spans import Span


def draft(text: str, cue: str, content: str) -> Draft:
    at, start = text.index(cue), text.index(content)
    return Draft(content=(Span(start, start + len(content)),), cue=(Span(at, at + len(cue)),))


@pytest.mark.parametrize(
    ("text", "cue", "content", "seems"),
    [
        ("The critics cannot deny the worth of the bridge.", "cannot deny", "the worth of the bridge", True),
        ("Nobody could not have denied it.", "could not have denied", "it", True),
        ("The mayor can hardly dispute the figures.", "can hardly dispute", "the figures", True),
        ("The mayor did not deny the report.", "did not deny", "the report", False),
        ("The mayor denied the report.", "denied", "the report", False),
        ("She wrote a report titled “The River Rises Again”.", "titled", "“The River Rises Again”", True),
        ("He is entitled to say so.", "entitled", "to say so", False),
        ("The agency, citing media reports, said so.", "citing", "media reports", True),
        ("The agency, citing fears that the dam would burst, said so.", "citing", "fears that the dam would burst", False),
        ("It was “deny everything”, he said.", "said", "“deny everything”", False),
    ],
)
def test_what_only_seems_so(text: str, cue: str, content: str, seems: bool) -> None:
    assert seems_only(text, draft(text, cue, content)) is seems


def test_a_quotation_without_cue_stays() -> None:
    assert not seems_only("“It rises.”", Draft(content=(Span(0, 11),)))
