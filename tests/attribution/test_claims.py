"""A denied claim is an attribution of its own, inside the denial."""

import pytest

from sayso.attribution.claims import with_denied_claims
from sayso.attribution.draft import Draft
from sayso.attribution.nesting import with_nesting
from sayso.testing import span_of

CASES = [
    # text, cue, content -> (source, cue, content) of the denial and of the claim
    (
        "Olm and Arvel have both refuted allegations that the dam leaks.", "have both refuted allegations", "that the dam leaks",
        [("", "have both refuted", "allegations that the dam leaks"), ("", "allegations", "that the dam leaks")],
    ),
    (
        "The mayor denied allegations that the dam leaks.", "denied", "allegations that the dam leaks",
        [("", "denied", "allegations that the dam leaks"), ("", "allegations", "that the dam leaks")],
    ),
    (
        "The mayor dismissed recent reports of leaks in the dam.", "dismissed", "recent reports of leaks in the dam",
        [("", "dismissed", "recent reports of leaks in the dam"), ("", "reports of", "leaks in the dam")],
    ),
    (
        "The mayor rejected Quill’s claim that the dam leaks.", "rejected", "Quill’s claim that the dam leaks",
        [("", "rejected", "Quill’s claim that the dam leaks"), ("Quill’s", "claim", "that the dam leaks")],
    ),
    ("The mayor denied the report.", "denied", "the report", [("", "denied", "the report")]),
    ("The mayor denied that reports of leaks are true.", "denied", "that reports of leaks are true",
     [("", "denied", "that reports of leaks are true")]),
    ("The mayor praised the claim that the dam holds.", "praised", "the claim that the dam holds",
     [("", "praised", "the claim that the dam holds")]),
    ("The mayor made the claim that the dam holds.", "made the claim", "that the dam holds",
     [("", "made the claim", "that the dam holds")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cue", "content", "expected"), CASES, ids=[case[0] for case in CASES])
def test_denied_claims(text: str, cue: str, content: str, expected: list[tuple[str, str, str]]) -> None:
    found = with_denied_claims(text, [Draft((span_of(text, content),), cue=(span_of(text, cue),))])
    assert [tuple(" ".join(text[a:b] for a, b in part) for part in (one.source, one.cue, one.content)) for one in found] == expected
    assert [one.within for one in with_nesting(found)] == [None, 0][: len(expected)]


def test_a_claim_that_has_its_cue_already_gets_no_second() -> None:
    text = "The mayor denied allegations that the dam leaks."
    outer = Draft((span_of(text, "allegations that the dam leaks"),), cue=(span_of(text, "denied"),))
    inner = Draft((span_of(text, "that the dam leaks"),), cue=(span_of(text, "allegations"),))
    assert with_denied_claims(text, [outer, inner]) == [outer, inner]
