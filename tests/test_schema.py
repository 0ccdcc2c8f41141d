"""The contract's JSON: any reading survives the round trip, and no hostile JSON gets past `ContractError`."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import reading as labels
from sayso.document import Document
from sayso.errors import ContractError
from sayso.reading import OUTLET, Attribution, Finding, Generator, Reading, Source, Summary, Tally, Voice
from sayso.schema import dumps, from_json, loads, to_json
from sayso.spans import Span, Spans, merge

SHARE = st.integers(0, 10_000).map(lambda n: n / 10_000)
WORD = st.text(max_size=5)
MAYBE = st.none() | WORD


def spans(size: int, least: int = 0) -> st.SearchStrategy[Spans]:
    def pairs(cuts: set[int]) -> Spans:
        at = sorted(cuts)
        return tuple(Span(a, b) for a, b in zip(at[::2], at[1::2], strict=False))

    return st.sets(st.integers(0, size), min_size=2 * least, max_size=8).map(pairs)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(st.text(min_size=2, max_size=20))
    size = len(text)
    names = [f"S{n}" for n in range(1, draw(st.integers(1, 3)) + 1)]
    speakers = st.sampled_from([OUTLET, *names])
    count = draw(st.integers(0, 4))
    attributions = tuple(
        Attribution(
            id=f"A{n}",
            content=draw(spans(size, 1)),
            source=draw(spans(size)),
            cue=draw(spans(size)),
            speaker=draw(speakers),
            form=draw(st.sampled_from(labels.FORMS)),
            attitude=draw(st.sampled_from(labels.ATTITUDES)),
            polarity=draw(st.sampled_from(labels.POLARITIES)),
            outlet_stance=draw(st.sampled_from(labels.OUTLET_STANCES)),
            commitment=draw(st.sampled_from(labels.COMMITMENTS)),
            within=draw(st.none() | st.sampled_from([f"A{m}" for m in range(n + 1, count)])) if n + 1 < count else None,
            via=tuple(draw(st.lists(speakers, max_size=2))),
            chain=(OUTLET, *draw(st.lists(speakers, max_size=2))),
            confidence=draw(SHARE),
        )
        for n in range(count)
    )
    owner = [draw(speakers) for _ in text]
    voices = tuple(
        Voice(speaker, merge(Span(at, at + 1) for at, who in enumerate(owner) if who == speaker)) for speaker in sorted(set(owner))
    )
    voice = draw(st.sampled_from(voices))
    about, candidate = draw(spans(size)), draw(st.booleans())
    findings = (Finding("loaded", draw(WORD), voice.speaker, voice.spans[:2], draw(SHARE), draw(SHARE), draw(MAYBE), about, candidate),)
    tallies = (Tally("stance", draw(WORD), draw(st.sampled_from(labels.VOICES)), 1, 0, draw(st.integers(0, 99)), draw(MAYBE), draw(MAYBE)),)
    return Reading(
        Document(text, draw(MAYBE), draw(MAYBE), draw(MAYBE), draw(MAYBE), tuple(draw(st.lists(WORD, max_size=2))), "en"),
        attributions,
        tuple(
            Source(
                name,
                draw(WORD),
                draw(st.sampled_from(labels.KINDS)),
                draw(st.sampled_from(labels.STANDINGS)),
                draw(st.booleans()),
                draw(MAYBE),
                draw(MAYBE),
                draw(spans(size)),
            )
            for name in names
        ),
        voices,
        draw(st.sampled_from([(), findings])),
        draw(st.sampled_from([(), tallies])),
        Summary(draw(st.integers(0, 99)), draw(SHARE), draw(SHARE), draw(SHARE), len(names), 0),
        Generator(draw(WORD), draw(WORD), tuple(draw(st.lists(WORD, max_size=2)))),
    )


@settings(max_examples=40)
@given(readings())
def test_round_trip(reading: Reading) -> None:
    line = dumps(reading)
    assert "\n" not in line
    assert loads(line) == reading
    assert json.loads(line) == to_json(reading)


def example() -> dict[str, Any]:
    text = "Mara Voss said the weir would hold."
    return to_json(
        Reading(
            Document(text, authors=("A. Writer",)),
            (Attribution("A1", (Span(15, 34),), (Span(0, 9),), (Span(10, 14),), "S1"),),
            (Source("S1", "Mara Voss"),),
            (Voice(OUTLET, (Span(0, 15), Span(34, 35))), Voice("S1", (Span(15, 34),))),
            (Finding("loaded", "loaded", "S1", (Span(15, 18),), 0.5, 0.5),),
            generator=Generator("0", "rules", ("loaded",)),
        )
    )


EXAMPLE = example()


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything in a JSON value."""
    found = [path] if path else []
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        found += places(inner, (*path, key))
    return found


def changed(path: tuple[Any, ...], new: Any, *, remove: bool = False) -> dict[str, Any]:
    value = example()
    inner: Any = value
    for key in path[:-1]:
        inner = inner[key]
    if remove:
        del inner[path[-1]]
    else:
        inner[path[-1]] = new
    return value


def deep(levels: int) -> Any:
    value: Any = []
    for _ in range(levels):
        value = [value]
    return value


def read(value: Any) -> Reading | str:
    """A sound reading, or the complaint."""
    try:
        return from_json(value)
    except ContractError as error:
        return str(error)


JUNK: list[Any] = [
    *(None, True, 0, -1, 7.5, 10**400, float("nan"), float("inf"), "", "text", "\ud800", {}, {"a": {}}, deep(300)),
    *([], [[]], [[1]], [[0, 1, 2]], [["0", "1"]], [[5, 2]], [[0, 10**30]], [[True, False]], [[0, 4], [2, 6]], [None], [["a"]], [{}]),
]


@pytest.mark.parametrize("path", places(example()), ids=lambda path: ".".join(map(str, path)))
def test_hostile_values_end_in_one_clear_line_or_a_sound_reading(path: tuple[Any, ...]) -> None:
    for value in [changed(path, junk) for junk in JUNK] + [changed(path, None, remove=True)]:
        found = read(value)
        if isinstance(found, str):
            assert "\n" not in found
            assert 10 < len(found) < 300
        else:
            assert loads(dumps(found)) == found


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        (("document", "text"), ["a"], "text should be a text, found list"),
        (("document", "authors"), "A. Writer", "authors should be a list, found str"),
        (("document",), [], "each part should be an object"),
        (("sources", 0, "named"), "false", "named should be true or false, found str"),
        (("attributions", 0, "via"), "S1", "via should be a list"),
        (("attributions", 0, "content", 0), [15.0, 34], "content should be a whole number of sound size, found float"),
        (("attributions", 0, "content"), [], "no content"),
        (("attributions", 0, "confidence"), "high", "confidence should be a finite number"),
        (("attributions", 0, "form"), "verbatim", "form 'verbatim' is not one of"),
        (("attributions", 0, "within"), "A1", "within itself"),
        (("findings", 0, "score"), float("nan"), "score should be a finite number"),
        (("voices", 0, "spans", 1), [33, 35], "do not partition"),
        (("schema",), "sayso/2", "schema 'sayso/1': found 'sayso/2'"),
    ],
)
def test_what_is_wrong_is_named(path: tuple[Any, ...], value: Any, complaint: str) -> None:
    with pytest.raises(ContractError, match=complaint):
        from_json(changed(path, value))


@pytest.mark.parametrize("path", [("document",), ("document", "text"), ("attributions", 0, "content"), ("attributions", 0, "polarity")])
def test_what_is_missing_is_named(path: tuple[Any, ...]) -> None:
    with pytest.raises(ContractError, match="is missing" if path[-1] != "content" else "no content"):
        from_json(changed(path, None, remove=True))


def test_unknown_keys_are_passed_over_since_names_may_grow() -> None:
    grown = example()
    for part in (grown, grown["document"], grown["summary"], grown["generator"], grown["sources"][0], grown["attributions"][0]):
        part["new"] = {"anything": 1}
    assert from_json(grown) == from_json(example())


@pytest.mark.parametrize(
    "line",
    ["", "{", "[]", "null", "3", '"sayso/1"', '{"schema": NaN}', "[" * 100_000, '{"schema": ' + "[" * 100_000, "9" * 5000, "{}", "\x00"],
    ids=lambda line: line[:12],
)
def test_lines_that_are_no_reading(line: str) -> None:
    with pytest.raises(ContractError) as caught:
        loads(line)
    assert "\n" not in str(caught.value)


@settings(max_examples=40)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | WORD, lambda x: st.lists(x) | st.dictionaries(WORD, x), max_leaves=8
    )
)
def test_any_json_beside_the_schema(value: Any) -> None:
    for hostile in (value, {"schema": labels.SCHEMA, "document": value}, {**EXAMPLE, "attributions": value, "voices": []}):
        assert read(hostile)
