"""Quotations with no cue beside them: which are somebody's words, and whose."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.attribution.draft import Draft
from sayso.attribution.floating import FLOATING_CONFIDENCE, with_floating_quotations
from sayso.quotations import quotations
from sayso.spans import Span, subtract
from sayso.structure import paragraphs
from sayso.testing import span_of


def shown(text: str, drafts: list[Draft]) -> list[str]:
    return [" … ".join(text[span.start : span.end] for span in draft.content) for draft in drafts]


LONG = "We are waiting for one valve and nothing else."
CASES = {
    "nothing": ("", []),
    "a sentence": (f"The pier is shut.\n\n“{LONG}”\n\nRain fell.", [f"“{LONG}”"]),
    "straight marks": (f'The pier is shut. "{LONG}" Rain fell.', [f'"{LONG}"']),
    "after a colon": (f"The note was short: “{LONG}”", [f"“{LONG}”"]),
    "low and high marks": (f"„{LONG}“", [f"„{LONG}“"]),
    "two in a row": (f"“{LONG}” “{LONG}”", [f"“{LONG}”", f"“{LONG}”"]),
    "too short": ("“Not now, thanks.”", []),
    "a title in a sentence": ("They played “The Long Way Home to the Sea” again.", []),
    "a slogan": ("A banner with “no ferry no school no shop” hung there.", []),
    "no full stop in it": ("“The Long Way Home to the Sea”", []),
    "no marks": (LONG, []),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_lone_quotations(text: str, expected: list[str]) -> None:
    found = with_floating_quotations(text, [])
    assert shown(text, found) == expected
    assert all(not draft.cue and not draft.source and draft.confidence == FLOATING_CONFIDENCE for draft in found)


def cued(text: str, *content: str) -> Draft:
    return Draft(tuple(span_of(text, words) for words in content), cue=(span_of(text, "said"),))


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ("«", "»"), ('"', '"')])
def test_a_running_quotation_goes_on_with_the_draft_that_began_it(opening: str, closing: str) -> None:
    first, second, last = (f"{opening}{words}" for words in ("We wait.", "And wait.", f"And hope.{closing}"))
    text = f"Ines said:\n\n{first}\n\n{second}\n\n{last}\n\nRain fell."
    (found,) = with_floating_quotations(text, [cued(text, first)])
    assert shown(text, [found]) == [f"{first} … {second} … {last}"]


def test_it_ends_with_the_closing_mark() -> None:
    text = f"Ines said:\n\n“We wait.\n\n“And hope.”\n\nRain fell.\n\n“{LONG}”"
    found = with_floating_quotations(text, [cued(text, "“We wait.")])
    assert shown(text, found) == ["“We wait. … “And hope.”", f"“{LONG}”"]


@pytest.mark.parametrize("between", [" ", " Rain fell. ", "\n\n"])
def test_a_lone_quotation_belongs_to_the_attribution_right_before_it(between: str) -> None:
    text = f"“We wait,” Ines said.{between}“{LONG}”"
    assert shown(text, with_floating_quotations(text, [cued(text, "“We wait,”")])) == [f"“We wait,” … “{LONG}”"]


def test_a_heading_does_not_end_a_running_quotation_and_inner_contents_do_not_either() -> None:
    text = "Ines said:\n\n“We wait.\n\nTHE VALVE\n\n“The yard wants us to hope.”"
    inner = Draft((span_of(text, "to hope"),), (span_of(text, "The yard"),), (span_of(text, "wants"),))
    found = with_floating_quotations(text, [cued(text, "“We wait."), inner])
    assert shown(text, found) == ["“We wait. … “The yard wants us to hope.”", "to hope"]


@pytest.mark.parametrize("quotation", [f"“{LONG}”", f"„{LONG}“", f"``{LONG}''", f"‘{LONG}’", f'"{LONG}"'])
def test_a_closed_quotation_does_not_run_on(quotation: str) -> None:
    text = f"Ines said:\n\n{quotation}\n\nRain fell.\n\n“Nobody asked the people on the quay.”"
    found = with_floating_quotations(text, [cued(text, quotation)])
    assert shown(text, found) == [quotation, "“Nobody asked the people on the quay.”"]


def test_it_does_not_jump_over_a_paragraph() -> None:
    text = "Ines said:\n\n“We wait.\n\nRain fell.\n\n“Nobody asked the people on the quay.”"
    found = with_floating_quotations(text, [cued(text, "“We wait.")])
    assert shown(text, found) == ["“We wait.", "“Nobody asked the people on the quay.”"]


def test_it_runs_on_in_the_outermost_of_several_contents() -> None:
    text = "Ines said:\n\n“The yard told us to wait.\n\n“And to hope.”"
    outer, inner = cued(text, "“The yard told us to wait."), Draft((span_of(text, "to wait."),), cue=(span_of(text, "told"),))
    for drafts in ([outer, inner], [inner, outer]):
        found = with_floating_quotations(text, drafts)
        assert shown(text, found) == ["“The yard told us to wait. … “And to hope.”", "to wait."]


def test_quotations_that_a_content_holds_in_part_are_left_alone() -> None:
    text = f"“{LONG}” It said so."
    draft = Draft((span_of(text, "waiting for one"),), cue=(span_of(text, "said"),))
    assert with_floating_quotations(text, [draft]) == [draft]


PARTS = st.sampled_from([f"“{LONG}”", f"“{LONG}", f'"{LONG}"', LONG, "She said so.", "«Nobody asked the people here.»", "’", "“", "”"])


@settings(max_examples=50)
@given(st.lists(PARTS, max_size=8), st.data())
def test_no_draft_loses_content_and_only_quoted_text_is_added(parts: list[str], data: st.DataObject) -> None:
    text = "\n\n".join(parts)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    drafts = [Draft((Span(a, b),), cue=(Span(a, b),)) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    found = with_floating_quotations(text, drafts)
    marked = quotations(text, paragraphs(text))
    kept = [draft for draft in found if draft.cue]
    assert [draft.cue for draft in kept] == [draft.cue for draft in drafts]
    for before, after in zip(drafts, kept, strict=True):
        assert not subtract(before.content, after.content)
        assert not subtract(subtract(after.content, before.content), marked)
    for draft in found:
        assert draft.cue or set(draft.content) <= set(marked)
    assert found == sorted(found, key=lambda draft: (draft.cue or draft.content, draft.content))
