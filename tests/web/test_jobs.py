"""The queue: in order, one fault never stops the others, and an end to everything."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from threading import Event

import pytest

from sayso.document import Document
from sayso.errors import BundleError, UsageError
from sayso.reader import Reader
from sayso.reading import Reading, Rejection
from sayso.web.jobs import DONE, MOST, READING, WAITING, Jobs, State, Wanted

TEXT = "The ferry will not sail before June, the harbor office said on Monday. Nobody in the town was told."


class Room:
    """Jobs with all that they tell."""

    def __init__(self, reader: Callable[[], Reader] | None = None, seconds: float = 60.0) -> None:
        self.taken: list[Reading] = []
        self.kept: list[Reading] = []
        self.told: list[str] = []
        self.jobs = Jobs(reader or (lambda: Reader(rules=True, measures=())), self.taken.append, self.keep, self.told.append, seconds)

    def keep(self, readings: object) -> str:
        self.kept += readings  # type: ignore[arg-type]
        return "kept"

    def done(self, key: str) -> State:
        for _ in range(1000):
            state = self.jobs.state(key)
            assert state is not None
            if state.stage == DONE:
                return state
            time.sleep(0.01)
        raise AssertionError("the job did not end")


@pytest.fixture
def room() -> Iterator[Room]:
    made = Room()
    made.jobs.start()
    yield made
    made.jobs.stop()


def wanted(*texts: str | Rejection, keep: bool = False) -> Wanted:
    items = [each if isinstance(each, Rejection) else Document(each, origin=each[:10]) for each in texts]
    return Wanted("some texts", lambda: iter(items), keep)


def test_what_is_given_is_read_in_order(room: Room) -> None:
    first, second = room.jobs.add(wanted(TEXT)), room.jobs.add(wanted("No, " + TEXT, TEXT + " Nor later."))
    room.done(first)
    state = room.done(second)
    assert [reading.document.text for reading in room.taken] == [TEXT, "No, " + TEXT, TEXT + " Nor later."]
    assert state.articles == tuple(reading.document.id for reading in room.taken[1:])
    assert state.words == state.words_read == sum(len(each.document.text.split()) for each in room.taken[1:])
    assert room.kept == []


def test_what_is_to_be_kept_is_kept_together(room: Room) -> None:
    state = room.done(room.jobs.add(wanted(TEXT, TEXT + " No.", keep=True)))
    assert len(room.kept) == 2
    assert state.note == "kept"


def test_one_that_cannot_be_read_does_not_stop_the_others(room: Room) -> None:
    foreign = "Der Hafen bleibt bis zum Sommer geschlossen, sagte die Ministerin am Montag vor Journalisten in der Hauptstadt. " * 3
    state = room.done(room.jobs.add(wanted(Rejection("a.bin", "intake", "it is binary"), foreign, TEXT)))
    assert len(state.articles) == 1
    assert [each.stage for each in state.rejections] == ["intake", "language"]


def test_a_fault_while_opening_ends_its_job_only(room: Room) -> None:
    def broken() -> Iterator[Document]:
        yield Document(TEXT)
        raise RuntimeError("torn")

    tidied = Event()
    state = room.done(room.jobs.add(Wanted("torn", broken, tidy=tidied.set)))
    assert "fault of ours" in state.note
    assert "torn" not in state.note
    assert "RuntimeError: torn" in room.told[0]
    assert tidied.is_set()
    assert room.done(room.jobs.add(wanted(TEXT))).articles


def test_a_model_that_is_not_there_is_told_in_one_line() -> None:
    def none() -> Reader:
        raise BundleError("the model is not there")

    room = Room(none)
    room.jobs.start()
    state = room.done(room.jobs.add(wanted(TEXT)))
    assert state.note == "the model is not there"
    room.jobs.stop()


def test_no_more_than_some_may_wait() -> None:
    room = Room()  # not started: nothing is ever taken from the queue
    keys = [room.jobs.add(wanted(TEXT)) for _ in range(WAITING)]
    with pytest.raises(UsageError, match="waiting already"):
        room.jobs.add(wanted(TEXT))
    states = [room.jobs.state(key) for key in keys]
    assert [state.ahead for state in states if state] == list(range(WAITING))
    assert len(set(keys)) == WAITING
    assert min(map(len, keys)) >= 16


def test_what_waits_is_tidied_at_the_end() -> None:
    room, tidied = Room(), Event()
    room.jobs.add(Wanted("x", lambda: iter(()), tidy=tidied.set))
    room.jobs.stop()
    assert tidied.is_set()


def test_a_job_that_is_given_up_keeps_what_it_has_read(room: Room) -> None:
    def texts() -> Iterator[Document]:
        for number in range(50):
            yield Document(f"{TEXT} {number}", origin=f"text {number}")

    held = Event()
    taken = room.jobs._take

    def take(reading: Reading) -> None:
        taken(reading)
        held.wait(10)

    room.jobs._take = take
    key = room.jobs.add(Wanted("many", texts))
    while (state := room.jobs.state(key)) is None or state.stage != READING or not room.taken:
        time.sleep(0.01)
    room.jobs.give_up(key)
    held.set()
    state = room.done(key)
    assert len(state.articles) + len(state.rejections) == 50
    assert len(state.articles) < 5
    assert "not read any more" in state.rejections[-1].reason


def test_a_job_ends_after_its_time() -> None:
    room = Room(seconds=0.0)
    room.jobs.start()
    state = room.done(room.jobs.add(wanted(TEXT, TEXT + " x")))
    assert not state.articles
    room.jobs.stop()


def test_too_many_articles_are_not_opened(room: Room) -> None:
    opened: list[int] = []

    def texts() -> Iterator[Document]:
        for number in range(10**9):
            opened.append(number)
            yield Document("nie " * 30, origin=f"{number}")

    key = room.jobs.add(Wanted("endless", texts))
    state = room.done(key)
    assert len(opened) == MOST
    assert f"only the first {MOST}" in " ".join(each.reason for each in state.rejections)


def test_old_jobs_are_forgotten(room: Room) -> None:
    first = room.jobs.add(wanted(TEXT))
    room.done(first)
    for number in range(60):
        room.done(room.jobs.add(wanted(f"{TEXT} {number}")))
    assert room.jobs.state(first) is None
    assert room.jobs.state("nothing") is None
