"""Rates, time left and their wording."""

import io
from collections.abc import Iterator

import pytest

from sayso.corpus import pace as module
from sayso.corpus.pace import Pace, Progress
from sayso.render.progress import EVERY, Meter, duration, line, outcome


def test_rate_is_of_what_was_read_lately_and_known_articles_do_not_count() -> None:
    now = 0.0
    pace = Pace(2, lambda: now)
    assert pace.now().rate == 0
    pace.count(0, 0, 5_000, 0.0)
    now = 10.0
    pace.count(20, 0, 0, 10.0)
    found = pace.now()
    assert (found.done, found.rate, found.left, found.busy) == (5_020, 2.0, None, 0.5)
    pace.total = 5_060
    assert pace.now().left == 20.0
    now = 10.0 + module.WINDOW * 2
    pace.count(240, 0, 0, 200.0)
    assert pace.now().rate == pytest.approx(1.0)  # the first ten seconds are long ago


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.2, "0 s"), (59, "59 s"), (61, "1 min 1 s"), (3_600, "1 h 0 min"), (90_000, "1 d 1 h"), (-3, "0 s")],
)
def test_durations(seconds: float, told: str) -> None:
    assert duration(seconds) == told


def test_lines_say_what_is_known_and_no_more() -> None:
    assert line(Progress(read=3)) == "3"
    assert line(Progress(3, 1, 2, total=10, rate=1.5, left=2.7)) == "6 of 10 · 2 there already · 1 rejected · 1.5 a second · 3 s left"
    assert outcome(Progress(3, 1, 2, 3, seconds=61.0, busy=0.9)) == (
        "3 articles read and stored in 1 min 1 s, 2 were there already, 1 input rejected (sayso rejects lists them); "
        "workers were reading 90% of the time"
    )


def test_a_pipe_gets_a_line_now_and_then() -> None:
    ticks: Iterator[float] = iter([0.0, 1.0, EVERY + 1, EVERY + 1, EVERY + 2])
    out = io.StringIO()
    with Meter(out, lambda: next(ticks)) as meter:
        meter.tell(Progress(1))
        meter.tell(Progress(2))
        meter.tell(Progress(3))
        meter.notice("read \x1b[31m as\ntext")
    assert out.getvalue().splitlines()[0] == "2"
    assert "\x1b" not in out.getvalue()
    assert len(out.getvalue().splitlines()) == 2
    assert meter.last.read == 3


def test_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        encoding = "utf-8"

        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    out = Terminal()
    with Meter(out) as meter:
        meter.tell(Progress(5, total=10, rate=2.0, left=2.5))
        meter._bars.refresh()
    assert "5 of 10" in out.getvalue()
    assert "2 s left" in out.getvalue()
