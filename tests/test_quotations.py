"""Quotation marks in many styles, paired so that no odd one spoils the rest."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.quotations import quotations
from sayso.spans import span_list
from sayso.structure import paragraphs


def shown(text: str) -> list[str]:
    return [text[span.start : span.end] for span in quotations(text, paragraphs(text))]


CASES = {
    "nothing": ("", []),
    "no marks": ("The ferry is late, she said.", []),
    "curly": ("“We wait,” she said. “Still.”", ["“We wait,”", "“Still.”"]),
    "straight": ('"We wait," she said. "Still."', ['"We wait,"', '"Still."']),
    "angle": ("«We wait», she said, «still».", ["«We wait»", "«still»"]),
    "single angle": ("‹We wait›, she said.", ["‹We wait›"]),
    "low and high": ("„Wir warten“, sagte sie.", ["„Wir warten“"]),
    "low and right": ("„Czekamy”, she said.", ["„Czekamy”"]),
    "corner": ("She said 「we wait」.", ["「we wait」"]),
    "typewriter": ("She said, ``we wait for it'' and left.", ["``we wait for it''"]),
    "curly single": ("‘We do wait,’ she said.", ["‘We do wait,’"]),
    "straight single": ("'We do wait,' she said.", ["'We do wait,'"]),
    "single with apostrophes": ("'We don't wait for Ines's valve,' she said.", ["'We don't wait for Ines's valve,'"]),
    "curly single with apostrophes": ("‘We don’t wait for it,’ she said.", ["‘We don’t wait for it,’"]),
    "apostrophes only": ("The crew’s pay didn't come, the dogs' bowl and the '90s hits' sleeves.", []),
    "decades": ("In the '90s and the ’80s boats' engines were simple.", []),
    "one word in single marks": ("The 'valve' is late.", []),
    "single in double": ("“She said ‘no way’ to me,” he said.", ["“She said ‘no way’ to me,”"]),
    "double in single": ("'She said \"no way\" to me,' he said.", ["'She said \"no way\" to me,'"]),
    "double in angle": ("«She said “no way” to me», he said.", ["«She said “no way” to me»"]),
    "inches": ('A 6" pipe and a 12" one, 5\'11" tall.', []),
    "never closed": ("He said “we wait and left.", []),
    "never closed, then another": ("He said “we wait. She said “no.”", ["“no.”"]),
    "never closed, in the next paragraph nothing is lost": ("He said “we wait.\n\nShe said “no.”", ["“no.”"]),
    "never opened": ("We wait,” she said. “Still.”", ["“Still.”"]),
    "straight never opened": ('We wait" she said.', []),
    "opening paragraph": ("“We wait.", ["“We wait."]),
    "running on": ("“We wait.\n\n“And wait,” she said.", ["“We wait.", "“And wait,”"]),
    "running on straight": ('"We wait.\n\n"And wait," she said.', ['"We wait.', '"And wait,"']),
    "after a dash": ("She left—“late,” he said.", ["“late,”"]),
    "after a bracket": ("(“Late,” he said.)", ["“Late,”"]),
    "emoji": ("😀 “We 😀 wait,” she said.", ["“We 😀 wait,”"]),
    "CRLF": ("“We wait,” she said.\r\n\r\n“Still.”", ["“We wait,”", "“Still.”"]),
    "empty marks": ("“” and \"\" mean nothing.", ["“”", '""']),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_styles(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


def test_a_quotation_over_hard_wrapped_lines_is_one() -> None:
    rows = (
        "The harbor master told us that “we are waiting",
        "for one valve and for nothing else, and then",
        "the boats will sail again,” and left.",
    )
    text = "\n".join((*rows, "Nobody on the quay could say what"))
    assert len(shown(text + "\nshe meant by that.")) == 1


MARKED = st.text(st.sampled_from("“”„«»‹›‘’‚\"'`「」 \n\nas9.,—(") | st.characters(), max_size=80)


@given(MARKED)
def test_sorted_disjoint_and_within_paragraphs(text: str) -> None:
    blocks = paragraphs(text)
    found = quotations(text, blocks)
    assert span_list(found) == found
    for quotation in found:
        assert any(block.holds(quotation) for block in blocks)
        assert text[quotation.start] in "“„«‹‘‚\"'`「『〝"


@given(MARKED, MARKED)
def test_a_paragraph_is_no_business_of_another(above: str, below: str) -> None:
    text = above + "\n\n" + below
    alone = [span for block in paragraphs(text) for span in quotations(text, [block])]
    assert list(quotations(text, paragraphs(text))) == alone


@pytest.mark.parametrize(
    "piece", ["'", " 'a", "‘a ", " 'as' ", "-'a", " 'a, b", "“", '"', '" ', "“a”", "``", "''", " ‘a’s", "«", "’"], ids=repr
)
def test_a_long_paragraph_of_marks_takes_linear_time(piece: str) -> None:
    text = "x " + piece * 20_000 + " dogs' bowl"
    start = time.process_time()
    quotations(text, paragraphs(text))
    assert time.process_time() - start < 3
