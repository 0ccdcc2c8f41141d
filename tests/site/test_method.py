"""The page about the method: numbers from cards alone, and words that a teacher can read."""

import json
import re

import pytest

from sayso.encoder.bundle import RELEASED, described
from sayso.errors import BundleError
from sayso.measures.measure import measures
from sayso.reading import Generator
from sayso.site import method
from sayso.site.frame import in_files, show
from sayso.site.method import MethodPage, method_page
from sayso.store.store import Store

CARD = json.loads((RELEASED / "card.json").read_text(encoding="utf-8"))


def html_of(page: MethodPage) -> str:
    return show(in_files("Town", "m").titled("Method", "method"), "method.html.jinja", page)


def test_every_measure_stands_there_with_its_own_card(town: Store) -> None:
    page = method_page(town)
    assert [each.name for each in page.measures] == [one.name for one in measures()]
    html = html_of(page).replace("&#39;", "'")
    for one in measures():
        assert one.card.limits in html
        assert one.card.trained in html


def test_every_number_comes_from_the_card(town: Store) -> None:
    page = method_page(town)
    shown = {figure.value for each in page.attributions for figure in (*each.main, *each.others)}
    figures = [part["figures"] for part in (*CARD["development"].values(), CARD["names"]) if isinstance(part, dict) and "figures" in part]
    known = {f"{100 * v:.1f} [{100 * low:.1f}, {100 * high:.1f}]" for part in figures for v, low, high in part.values()}
    assert shown == known
    tone = {f"{100 * value:.1f}" for value in CARD["tone"]["int8"].values()}
    assert {figure.value for each in page.measures for figure in each.figures} <= tone
    assert {figure.value for figure in page.claims} == {
        f"{CARD['claims'][part]['claims']:.1f}" for part in ("int8", "test")
    } | {f"{100 * CARD['claims'][part]['miss_rate']:.1f}" for part in ("int8", "test")}  # fmt: skip


def test_blind_rows_stand_below_what_they_qualify(town: Store) -> None:
    page = method_page(town)
    stance = next(each for each in page.measures if each.name == "stance")
    blind = [number for number, figure in enumerate(stance.figures) if figure.blind]
    assert len(blind) == 2
    assert all(not stance.figures[number - 1].blind for number in blind)
    assert html_of(page).count("the same, blind: ") == len(blind)


def test_a_measure_without_figures_says_so(town: Store) -> None:
    html = html_of(method_page(town))
    frame = html[html.index(">frame</h3>") :]
    assert "No figure stands in the model's card for it, and nothing is counted." in frame[: frame.index("</section>")].replace(
        "&#39;", "'"
    )


@pytest.mark.parametrize(
    ("read_by", "said"),
    [("rules", "these articles were read by rules"), ("another@0123", "these articles were read by another@0123"), ("", "something else")],
)
def test_figures_of_another_model_never_pass_for_those_that_count(town: Store, read_by: str, said: str) -> None:
    town.generator = Generator("0.1.0", read_by, ())
    page = method_page(town)
    assert said in page.other
    assert page.rules == (read_by == "rules")
    assert all(not each.used for each in page.measures)
    town.generator = Generator("0.1.0", described().name, ("loaded",))
    assert method_page(town).other == ""


def test_without_the_model_the_page_says_what_is_missing(town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise BundleError("no model")

    monkeypatch.setattr(method, "described", missing)
    page = method_page(town)
    assert "not installed here" in page.other
    assert page.attributions == ()
    assert "What not to conclude" in html_of(page)


def test_stories_and_claims_are_told_with_what_is_missed(town: Store) -> None:
    page = method_page(town)
    assert (page.stories, page.matchers) == (9, ())
    assert "sayso claims" in html_of(page)
    runs = [("s1", "x", "a matcher", 3, 0.388), ("s2", "x", "a matcher", 3, 0.388), ("s3", "y", "words", 1, None)]
    columns = {"story": "VARCHAR", "articles": "VARCHAR", "matcher": "VARCHAR", "claims": "BIGINT", "miss_rate": "DOUBLE"}
    town.put("claim_runs", columns, runs)
    page = method_page(town)
    assert page.matchers == (("a matcher", 2, 39), ("words", 1, None))
    assert "it misses about 39 of 100 tellings" in html_of(page)
    town.drop("stories")
    assert "sayso stories" in html_of(method_page(town))


def test_no_verdict(town: Store) -> None:
    html = html_of(method_page(town))
    assert not re.search(r"\b(biased|propaganda|balanced|omitted|ranking)\b", html, re.IGNORECASE)
    assert not re.search(r"\bstyle=|\son\w+=", html)
