"""The straight line: order, batches, constant memory, and one bad input that costs nobody else anything."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from sayso import reader as module
from sayso.attribution.draft import Found
from sayso.document import Document
from sayso.errors import BundleError, ContractError, RejectedInput, UsageError
from sayso.measures.measure import measures
from sayso.reader import Reader, outcomes, read
from sayso.reading import Reading, Rejection

SAID = "The mayor of Alder said that bridge number {} would be closed until the river had fallen again."
GERMAN = (
    "Der Bürgermeister sagte am Montag, dass die Brücke über den Fluss wegen des Hochwassers bis zum Ende der Woche für den Verkehr "
    "gesperrt bleiben müsse, und dass die Bewohner der Altstadt ihre Keller räumen sollten."
)


@pytest.fixture(scope="module")
def by_rules() -> Reader:
    return Reader(rules=True)


def documents(number: int) -> Iterator[Document]:
    return (Document(SAID.format(at)) for at in range(number))


def test_reads_one_document(by_rules: Reader) -> None:
    reading = by_rules.read(Document(SAID.format(7)))
    assert len(reading.attributions) == 1
    assert reading.document[reading.attributions[0].content].startswith("that bridge number 7")
    assert reading.check() is reading


def test_who_made_it_stands_in_the_reading(by_rules: Reader) -> None:
    reading = by_rules.read(Document(SAID.format(7)))
    assert reading.generator == by_rules.generator
    assert reading.generator.bundle == "rules"
    names = [measure.name for measure in measures()]
    assert by_rules.fingerprint == "/".join(["sayso", reading.generator.version, "rules", *names])
    assert Reader(rules=True, measures=()).fingerprint == f"sayso/{reading.generator.version}/rules"


@pytest.mark.parametrize("batch", [1, 2, 3, 7, 100])
def test_pipe_keeps_the_order(batch: int, by_rules: Reader) -> None:
    found = [reading.document.text for reading in by_rules.pipe(documents(7), batch)]
    assert found == [SAID.format(at) for at in range(7)]


def test_pipe_reads_as_read_does(by_rules: Reader) -> None:
    given = list(documents(5))
    assert list(by_rules.pipe(given, 2)) == [by_rules.read(document) for document in given]


def test_pipe_holds_one_batch_at_a_time(by_rules: Reader) -> None:
    """An endless stream is no trouble, and no document is taken before it is needed."""
    taken = 0

    def endless() -> Iterator[Document]:
        nonlocal taken
        while True:
            taken += 1
            yield Document(SAID.format(taken))

    stream = by_rules.pipe(endless(), batch=4)
    for _ in range(9):
        next(stream)
    assert taken == 12


def test_long_documents_close_a_batch_early(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, sizes = Reader(rules=True), []

    def find(group: Sequence[Document]) -> list[Found]:
        sizes.append(len(group))
        return [Found() for _ in group]

    monkeypatch.setattr(reader, "_find", find)
    monkeypatch.setattr(module, "BATCH_CHARACTERS", 250)
    list(reader.pipe((Document("x" * 100 + str(number)) for number in range(7)), batch=32))
    assert sizes == [3, 3, 1]


def test_nothing_in_nothing_out(by_rules: Reader) -> None:
    assert list(by_rules.pipe(())) == []


@pytest.mark.parametrize("batch", [0, -1])
def test_a_batch_holds_something(batch: int, by_rules: Reader) -> None:
    with pytest.raises(UsageError, match="at least one document"):
        next(by_rules.pipe(documents(1), batch))


def test_rules_and_a_bundle_exclude_each_other(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not both"):
        Reader(tmp_path, rules=True)


def test_a_missing_bundle_is_named(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"card\.json"):
        Reader(tmp_path)


def test_read_takes_a_file(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(SAID.format(3), encoding="utf-8")
    reading = read(path, rules=True, outlet="The Alder Post")
    assert reading.document.outlet == "The Alder Post"
    assert len(reading.attributions) == 1


def test_read_refuses_other_languages(tmp_path: Path) -> None:
    path = tmp_path / "artikel.txt"
    path.write_text(GERMAN, encoding="utf-8")
    with pytest.raises(RejectedInput, match="German"):
        read(path, rules=True)


def test_outcomes_match_inputs_one_to_one(tmp_path: Path, by_rules: Reader) -> None:
    good, german, binary, empty = (tmp_path / name for name in ("good.txt", "german.txt", "binary.txt", "empty.txt"))
    good.write_text(SAID.format(1), encoding="utf-8")
    german.write_text(GERMAN, encoding="utf-8")
    binary.write_bytes(bytes(range(256)) * 50)
    empty.write_bytes(b"")
    origins = [str(path) for path in (good, german, tmp_path / "missing.txt", good, binary, empty)] + ["-"]
    for batch in (1, 2, 8):
        stdin = io.BytesIO(SAID.format(2).encode())
        found = list(outcomes(origins, by_rules, stdin=stdin, batch=batch))
        kinds = ["reading" if isinstance(outcome, Reading) else outcome.stage for outcome in found]
        assert kinds == ["reading", "language", "intake", "reading", "intake", "intake", "reading"]
        rejections = [outcome for outcome in found if isinstance(outcome, Rejection)]
        assert [rejection.origin for rejection in rejections] == [origins[at] for at in (1, 2, 4, 5)]
        assert all(rejection.reason and "\n" not in rejection.reason for rejection in rejections)


def test_one_document_that_breaks_does_not_break_its_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(rules=True)

    def find(group: Sequence[Document]) -> list[Found]:
        if any("number 1 " in document.text for document in group):
            raise ContractError("this one breaks")
        return [Found() for _ in group]

    monkeypatch.setattr(reader, "_find", find)
    paths = [tmp_path / f"{number}.txt" for number in range(3)]
    for number, path in enumerate(paths):
        path.write_text(SAID.format(number), encoding="utf-8")
    first, second, third = outcomes([str(path) for path in paths], reader)
    assert isinstance(first, Reading)
    assert second == Rejection(str(paths[1]), "reading", "this one breaks")
    assert isinstance(third, Reading)


def test_a_broken_model_is_no_fault_of_the_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(rules=True)

    def find(group: Sequence[Document]) -> list[Found]:
        raise BundleError("the model is broken")

    monkeypatch.setattr(reader, "_find", find)
    path = tmp_path / "a.txt"
    path.write_text(SAID.format(0), encoding="utf-8")
    with pytest.raises(BundleError, match="broken"):
        list(outcomes([str(path)], reader))
