"""A matrix in words, on a terminal and on a page: every cell leads to its sentence, nothing hostile acts, and denominators are said."""

import io
import re
from dataclasses import replace
from typing import Any

import pytest

from sayso.attribution.voices import voices
from sayso.claims.matrix import Matrix
from sayso.claims.story import claims
from sayso.document import Document
from sayso.reading import OUTLET, Attribution, Generator, Reading, Source
from sayso.render.matrix_words import NOT_FOUND, Lines, lines
from sayso.render.pages import page
from sayso.render.terminal import Screen
from sayso.testing import span_of

CLOSED = "the old bridge was closed after the storm"
HOSTILE = '\x1b[2J</table><script>alert(1)</script>[red]{{ 7*7 }}\u202e" onclick="x'


def told(outlet: str, text: str, who: str = "", cue: str = "", content: str = "", **labels: str) -> Reading:
    """An article with at most one attribution; without `who`, its source is not stated."""
    made: list[Attribution] = []
    if cue:
        content_at, who_at, cue_at = ((span_of(text, words),) if words else () for words in (content, who, cue))
        given: dict[str, Any] = {"chain": (OUTLET, "S1"), **labels}
        made.append(Attribution("A1", content_at, who_at, cue_at, "S1", **given))
    sources = tuple(Source("S1", who or "unknown", named=bool(who)) for _ in made)
    document = Document(text, outlet=outlet)
    return Reading(document, tuple(made), sources, voices(document, made), generator=Generator("0.1.0", "hand")).check()


def story(outlet: str = "Coastal Post", who: str = "Ada Quill") -> Matrix:
    said, quoted = f"that {CLOSED}", f"“{CLOSED.capitalize()},”"
    return claims((
        told(outlet, f"Gulls came back early this spring.\n\n{CLOSED.capitalize()}. Nine cars were lost in the river."),
        told("Merrin Echo", f"{who} claimed {said}. Four cars were lost in the river.", who, "claimed", said, outlet_stance="distances"),
        told("The Wire", f"{quoted} {who} pointed out.", who, "pointed out", quoted, form="direct", outlet_stance="endorses"),
        told("Herald", f"{who} denied {said}.", who, "denied", said, polarity="denies"),
        told("Valley News", f"It was said {said}.", "", "It was said", said),
        told("Harbor Life", "Fresh herring costs less this week than it did in April."),
    ))  # fmt: skip


def cells(found: Lines, number: int = 0) -> dict[str, str]:
    return dict(zip(found.columns, (cell.line for cell in found.rows[number][2]), strict=True))


def shown(found: Lines, width: int) -> str:
    stream = io.StringIO()
    Screen(stream, width).matrix(found)
    return stream.getvalue()


def test_cells_in_words() -> None:
    assert cells(lines(story())) == {
        "Coastal Post": "own voice, par. 2",
        "Merrin Echo": "attributed to Ada Quill (distanced), par. 1",
        "The Wire": "quoted: Ada Quill (as true), par. 1",
        "Herald": "denied by Ada Quill, par. 1",
        "Valley News": "attributed, source not stated, par. 1",
        "Harbor Life": NOT_FOUND,
    }


def test_other_numbers_are_listed_and_never_one_claim() -> None:
    found = lines(story())
    assert not any("cars" in words for _, words, _ in found.rows)
    sides = next(clash.sides for clash in found.clashes if clash.what == "different numbers")
    assert [(heading, quote) for heading, quote, _ in sides] == [
        ("Coastal Post: own voice, par. 2", "“Nine cars were lost in the river.”"),
        ("Merrin Echo: own voice, par. 1", "“Four cars were lost in the river.”"),
    ]


def test_denominator_and_miss_rate_are_said() -> None:
    assert lines(story()).counted[0].startswith("6 outlets with an article in this story (6 articles)")
    assert lines(story()).counted[1] == "How much the matcher misses is not known for matching by words."
    assert "misses about 26 of 100 tellings" in lines(replace(story(), miss_rate=0.257)).counted[1]


def test_more_tellings_of_an_outlet_are_counted_and_its_articles_numbered() -> None:
    again = told("Coastal Post", f"Ada Quill said that {CLOSED}.", "Ada Quill", "said", f"that {CLOSED}")
    found = lines(claims((*story().readings, again)))
    assert cells(found)["Coastal Post"] == "own voice, article 1 par. 2, +1 more"


def test_carriers_stand_in_the_head_of_the_column() -> None:
    first, *rest = story().readings
    copy = replace(first, document=replace(first.document, outlet="Bay Times", id=""))
    found = lines(claims((first, *rest, copy), text_of={copy.document.id: first.document.id}))
    assert found.columns[0] == "Coastal Post (text also carried by Bay Times)"
    assert "1 more outlet with a copy of one of them, which counts once" in found.counted[0]


@pytest.mark.parametrize("width", [30, 60, 80, 140, 200])
def test_every_width_says_the_same(width: int) -> None:
    found = lines(story())
    words = "".join(shown(found, width).split())
    assert max(map(len, shown(found, width).splitlines())) <= width
    if width < 20 + 17 * len(found.columns):  # a list for each claim
        for name, _, row in found.rows:
            assert name in words
            for column, cell in zip(found.columns, row, strict=True):
                assert "".join(f"{column}: {cell.line}".split()) in words
    for line in (*found.counted, found.note):
        assert "".join(line.split()) in words
    assert words.count("deniedhere,toldotherwisethere") == 4


def test_nothing_found_is_said() -> None:
    alone = claims(story().readings[-1:])
    assert "No claim was found that two articles tell." in shown(lines(alone), 80)
    assert "No claim was found that two articles tell." in page(alone.readings, matrix=alone)


def test_words_are_no_verdict() -> None:
    said = shown(lines(story()), 80).casefold()
    assert not re.search(r"\b(omit|omits|omitted|biased|balanced|hides|hid|ignored|failed to)\b", said)


@pytest.mark.parametrize("width", [40, 200])
def test_hostile_names_do_not_act_on_a_terminal(width: int) -> None:
    matrix = story(HOSTILE, f"Ada {HOSTILE}")
    words = shown(lines(matrix), width)
    assert "\x1b" not in words
    assert "\u202e" not in words
    assert "[red]" in "".join(words.split())


def test_hostile_names_do_not_act_on_a_page() -> None:
    matrix = story(HOSTILE, f"Ada {HOSTILE}")
    source = page(matrix.readings, matrix=matrix)
    assert "<script>alert" not in source
    assert "\x1b" not in source
    assert "\u202e" not in source
    assert 'onclick="x' not in source


def test_every_cell_of_the_page_leads_to_its_sentence() -> None:
    matrix = story()
    source = page(matrix.readings, matrix=matrix)
    table = source[source.index('<section class="claims"') : source.index("</section>")]
    targets = re.findall(r'href="#(a\d+-c\d+)"', table)
    tellings = [each for claim in matrix.claims for each in claim.tellings]
    assert len(targets) == len(tellings) + 2 * len(matrix.contradictions)
    for target in targets:
        assert source.count(f'id="{target}"') == 1
        article, at = re.fullmatch(r"a(\d+)-c(\d+)", target).groups()  # type: ignore[union-attr]
        after = source[source.index(f'id="{target}"') :]
        words = re.sub(r"<[^>]*>", "", after[after.index(">") + 1 :][:200])
        assert words.startswith(matrix.readings[int(article) - 1].document.text[int(at) : int(at) + 8])
    assert table.count('<th scope="col">') == 1 + len(matrix.columns)
    assert table.count('<th scope="row">') == len(matrix.claims)
    assert "<caption>" in table
    assert NOT_FOUND in table


def test_without_the_matrix_the_page_has_no_table_and_no_anchor() -> None:
    source = page(story().readings)
    assert 'class="claims"' not in source
    assert 'class="cl"' not in source


def test_an_article_that_is_not_on_the_page_is_not_linked() -> None:
    matrix = story()
    source = page(matrix.readings[1:], matrix=matrix)
    assert all(source.count(f'id="{target}"') == 1 for target in re.findall(r'href="#(a\d+-c\d+)"', source))


def test_what_is_less_sure_says_so() -> None:
    matrix = story()
    doubtful = replace(
        matrix, claims=tuple(replace(c, tellings=tuple(replace(t, confidence=0.4) for t in c.tellings)) for c in matrix.claims)
    )
    found = lines(doubtful)
    assert all(cell.words.startswith("perhaps ") for _, _, row in found.rows for cell in row if cell.telling)
    assert any("read both sentences" in line for line in found.counted)
    assert not any("perhaps" in line for line in lines(matrix).counted)
