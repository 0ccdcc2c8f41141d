"""The terminal view says the same with colour, without it, and in ASCII; and no text of an article acts on the terminal."""

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from sayso.document import Document
from sayso.explain import Decision, explain
from sayso.linear import Clue, Reason
from sayso.reading import Attribution, Reading, Source
from sayso.render.comparison import compare
from sayso.render.terminal import Screen
from sayso.spans import Span

SGR = re.compile(r"\x1b\[[0-9;]*m")


def shown(reading: Reading, width: int = 80, encoding: str = "utf-8") -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    Screen(stream, width).reading(reading)
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode(encoding)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[Reading], str]:
    """What a terminal that knows colours is sent."""

    class Terminal(io.StringIO):
        encoding = "utf-8"

        def isatty(self) -> bool:
            return True

    def show(reading: Reading) -> str:
        stream = Terminal()
        Screen(stream, 80).reading(reading)
        return stream.getvalue()

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    return show


def test_a_pipe_gets_signs_instead_of_colour(talks: Reading) -> None:
    plain = " ".join(shown(talks).split())
    assert "\x1b" not in plain
    assert "denied ①⟨that peace talks had collapsed⟩, hours" in plain
    assert "②⟨that the mediators believed ③⟨that the delegation had left⟩⟩." in plain
    assert "④⟪“There is no walkout,”⟫ Karim Haddad said." in plain
    assert "⑤⟨the opposition of “reckless fantasies [laughs]”⟩" in plain  # the brackets of the text are no markup
    assert "own voice 50 % · reported 30 % · quoted 20 %" in plain


def test_a_terminal_gets_colour_underline_and_bold_too(talks: Reading, terminal: Callable[[Reading], str]) -> None:
    sent = terminal(talks)
    assert "\x1b[4mThe foreign minister" in sent
    assert "\x1b[1mdenied" in sent
    assert re.search(r"48;2;169;214;245m“There is no walkout,”", sent)
    assert re.search(r"48;2;255;224;138mthat peace talks had collapsed", sent)
    assert re.search(r"48;2;243;183;214m“reckless", sent)
    plain = SGR.sub("", sent)
    assert "④⟪“There is no walkout,”⟫" in plain


@pytest.mark.parametrize("width", [60, 80, 109, 110, 120, 200])
def test_no_line_is_wider_than_the_terminal(width: int, talks: Reading) -> None:
    assert max(len(line) for line in shown(talks, width).splitlines()) <= width


@pytest.mark.parametrize("width", [80, 120])
def test_the_table_says_who_via_inside_how_and_what_to_check(width: int, talks: Reading) -> None:
    table, _, sources = shown(talks, width).partition("sure")[2].partition("kind · standing")
    words = " ".join(table.split())
    assert "0.61 ← check" in table
    assert "0.88 ← check" not in table
    assert "distancing" in table
    assert "believes" in table
    assert "inside 2" in words
    assert re.search(r"Karim\s+Haddad", table)
    row = re.split(r"^\s*3 ", table, flags=re.MULTILINE)[1].split("\n4 ")[0]
    assert "Reuters" in row
    assert "probable" in row
    assert re.search(r"a senior official \(not named\) +person · official +1× +\d+ %", sources)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_old_encodings_get_plain_signs(encoding: str, talks: Reading) -> None:
    plain = " ".join(shown(talks, encoding=encoding).split())
    assert "(1)<that peace talks had collapsed>" in plain
    assert "(4)<<" in plain
    assert "0.61" in plain


def test_hostile_text_does_not_act(terminal: Callable[[Reading], str]) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\x9b31m[bold red]\u202etxt"
    text = f"{evil} said {evil}.\r\n\r\nMore\rtext{evil}"
    size = len(evil)
    reading = Reading(
        Document(text, title=evil, outlet=evil, published=evil, authors=(evil,)),
        (Attribution("A1", (Span(size + 6, 2 * size + 6),), (Span(0, size),), (Span(size, size + 6),), speaker="S1"),),
        (Source("S1", evil, role=evil + "2", affiliation=evil),),
    )
    for sent in (terminal(reading), shown(reading), shown(reading, encoding="ascii")):
        left = SGR.sub("", sent)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", left)
        assert "[bold red]" in left


def test_hard_wrapped_lines_flow_again(make_reading: Callable[..., Reading]) -> None:
    text = "He said that\nthe bridge is\nclosed until\nthe river has\nfallen again."
    reading = make_reading(
        text, [{"content": "that\nthe bridge is\nclosed until\nthe river has\nfallen again", "cue": "said", "source": "He"}]
    )
    assert "He said ①⟨that the bridge is closed until the river has fallen again⟩." in shown(reading)


def test_numbers_go_on_after_the_circles(make_reading: Callable[..., Reading]) -> None:
    text = " ".join(f"word{number:02}" for number in range(25))
    reading = make_reading(text, [{"content": f"word{number:02}"} for number in range(25)])
    assert "⑳⟨word19⟩" in shown(reading)
    assert "(21)⟨word20⟩" in shown(reading)


def test_no_attribution_is_said_in_words(make_reading: Callable[..., Reading]) -> None:
    assert "No attribution found" in shown(make_reading("It rained all day.", []))


def test_comparison(talks: Reading) -> None:
    stream = io.StringIO()
    Screen(stream, 100).comparison(compare([talks, talks, talks], "One story"))
    printed = stream.getvalue()
    assert re.search(r"sources, not named +2 +2 +2", printed)
    assert re.search(r"handed over with distance \(claimed\) +1 +1 +1", printed)
    assert "3 articles are too few for a claim about the outlets; these are facts about these texts." in printed


def test_long_texts_cost_in_proportion(make_reading: Callable[..., Reading]) -> None:
    """One unbroken paragraph of 100,000 words with 1,000 attributions is shown at all."""
    words = [f"w{number}" for number in range(100_000)]
    text = " ".join(words)
    spans, at = [], 0
    for number, word in enumerate(words):
        if number % 100 == 0:
            spans.append(Span(at, at + len(word)))
        at += len(word) + 1
    reading = Reading(
        Document(text),
        tuple(Attribution(f"A{number}", (span,), speaker="S1") for number, span in enumerate(spans)),
        (Source("S1", "x"),),
    )
    assert shown(reading).count("⟨") == 1_001


@pytest.mark.parametrize("width", [60, 80, 130])
def test_audit(width: int, ferry: Reading) -> None:
    stream = io.StringIO()
    Screen(stream, width).audit(ferry)
    printed = stream.getvalue()
    assert max(len(line) for line in printed.splitlines()) <= width
    assert re.search(r"Ines Calder,.* 3× +21 % +27–55 ", printed)
    assert re.search(r"They \(not\s.*\s*resolved\)|They \(not resolved\)", printed)
    assert re.search(r"longest chain +outlet → the Harbor", printed)
    assert "\x1b" not in printed


def test_explanation(ferry: Reading) -> None:
    stream = io.StringIO()
    told = explain(ferry, "A5")
    reasons = (Reason(Clue("cue=claimed", told.attribution.cue[0]), 2.0), Reason(Clue("short content"), -0.25))
    Screen(stream, 80).explanation(ferry, replace(told, decisions=(Decision("outlet_stance", "distances", 0.93, reasons),)))
    assert stream.getvalue().splitlines() == [
        "A5  A senior official (not named)",
        "    A senior official [claimed] ⟨that the yard had been paid twice⟩",
        "    speaker: A senior official (not named)  (“A senior official”: known by this ",
        "description only)",
        "    outlet's stance: distancing 0.93",
        "      +2.00  “claimed” (the whole cue)",
        "      -0.25  the content is short",
        "",
    ]
