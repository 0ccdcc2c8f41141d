"""Spans laid flat: joined pieces give back the text, whatever overlaps whatever."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from sayso.document import Document
from sayso.reading import OUTLET, Attribution, Finding, Reading, Source
from sayso.render.layers import marked
from sayso.render.marks import by_paragraph, form, pieces
from sayso.spans import Span, merge
from sayso.structure import paragraphs

TEXTS = st.text(st.sampled_from('ab “”"<&\n\r\u202e😀.é'), min_size=1, max_size=60)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(TEXTS)

    def spans(least: int) -> tuple[Span, ...]:
        borders = st.integers(0, len(text) - 1).flatmap(lambda a: st.tuples(st.just(a), st.integers(a + 1, len(text))))
        return merge(Span(*pair) for pair in draw(st.lists(borders, min_size=least, max_size=3)))

    number = draw(st.integers(0, 5))
    found = []
    for index in range(number):
        within = draw(st.none() | st.integers(0, number - 1).map(lambda n: f"A{n}"))
        kind = draw(st.sampled_from(["direct", "mixed", "indirect"]))
        found.append(Attribution(f"A{index}", spans(1), spans(0), spans(0), speaker="S1", form=kind, within=within))
    kinds = [("loaded", "loaded"), ("stance", "favorable"), ("stance", "neutral"), ("certainty", "hedge_lost"), ("irony", "irony")]
    findings = []
    for measure, label in draw(st.lists(st.sampled_from(kinds), max_size=5)):
        findings.append(Finding(measure, label, OUTLET, spans(1), 0.5, 0.5, about=spans(0), candidate=draw(st.booleans())))
    return Reading(Document(text), tuple(found), (Source("S1", "x"),), findings=tuple(findings))


@given(readings())
def test_joined_pieces_give_back_the_text(reading: Reading) -> None:
    laid = pieces(reading)
    assert "".join(reading.document[piece.span] for piece in laid) == reading.document.text
    assert all(piece.span.length for piece in laid)


@given(readings())
def test_each_piece_knows_exactly_what_covers_it(reading: Reading) -> None:
    for piece in pieces(reading):
        for role, found in (("content", piece.content), ("source", piece.source), ("cue", piece.cue)):
            expected = {i for i, a in enumerate(reading.attributions) if any(span.holds(piece.span) for span in getattr(a, role))}
            assert set(found) == expected
            assert len(found) == len(expected)
            touched = {i for i, a in enumerate(reading.attributions) if any(span.overlaps(piece.span) for span in getattr(a, role))}
            assert touched == expected  # no border runs through a piece


@given(readings())
def test_every_content_span_opens_and_closes_once(reading: Reading) -> None:
    laid = pieces(reading)
    for index, attribution in enumerate(reading.attributions):
        assert [piece.span.start for piece in laid for at in piece.opens if at == index] == [span.start for span in attribution.content]
        assert [piece.span.end for piece in laid for at in piece.closes if at == index] == [span.end for span in attribution.content]


@given(readings())
def test_findings_cut_pieces_too(reading: Reading) -> None:
    laid = pieces(reading)
    for piece in laid:
        words = [merge(marked(finding)) for finding in reading.findings]
        assert piece.findings == tuple(i for i, spans in enumerate(words) if any(span.holds(piece.span) for span in spans))
        assert piece.findings == tuple(i for i, spans in enumerate(words) if any(span.overlaps(piece.span) for span in spans))
    for index, finding in enumerate(reading.findings):
        spans = merge(marked(finding))
        assert [piece.span.start for piece in laid if index in piece.begins] == [span.start for span in spans]
        assert [piece.span.end for piece in laid if index in piece.ends] == [span.end for span in spans]


@given(readings())
def test_paragraphs_hold_all_but_white_space(reading: Reading) -> None:
    text = reading.document.text
    shown = by_paragraph(reading)
    assert ["".join(reading.document[piece.span] for piece in group) for group in shown] == [text[a:b] for a, b in paragraphs(text)]


def test_innermost_comes_last_and_gives_the_form(talks: Reading) -> None:
    text = talks.document.text
    deepest = next(piece for piece in pieces(talks) if text[piece.span.start :].startswith("that the delegation"))
    assert (deepest.content, deepest.depth, deepest.opens) == ((1, 2), 2, (2,))
    closing = next(piece for piece in pieces(talks) if len(piece.closes) == 2)
    assert closing.closes == (2, 1)


def test_forms(talks: Reading) -> None:
    forms = {talks.document[piece.span]: form(talks, piece) for piece in pieces(talks)}
    assert forms["The foreign minister"] == ""
    assert forms["that peace talks had collapsed"] == "indirect"
    assert forms["“There is no walkout,”"] == "direct"
    assert forms["the opposition of "] == "indirect"
    assert forms["“reckless fantasies [laughs]”"] == "partial"


def test_discontinuous_content(make_reading: Callable[..., Reading]) -> None:
    reading = make_reading("“A b,” she said, “c d.”", [{"content": ["“A b,”", "“c d.”"], "source": "she", "cue": "said", "form": "direct"}])
    assert [reading.document[piece.span] for piece in pieces(reading) if piece.content] == ["“A b,”", "“c d.”"]
    assert [piece.opens for piece in pieces(reading) if piece.content] == [(0,), (0,)]
