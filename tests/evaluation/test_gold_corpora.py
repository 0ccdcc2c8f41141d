import json
from pathlib import Path

import pytest

from sayso.document import Document
from sayso.errors import ContractError, SaysoError, UnreadableInput, UsageError
from sayso.evaluation.corpora import literal_form, read_gold
from sayso.evaluation.search import Search
from sayso.quotations import quotations
from sayso.reading import Attribution, Reading, Source
from sayso.schema import dumps
from sayso.spans import Span
from sayso.structure import paragraphs

TEXT = "Mayor Ada Quill said the dam holds.\n\n“It is safe,” she added, “and new.” It was claimed that it leaks."


def at(words: str, text: str = TEXT) -> list[int]:
    start = text.index(words)
    return [start, start + len(words)]


def record(**changes: object) -> dict[str, object]:
    first = {"id": "E1", "source": [at("Mayor Ada Quill")], "cue": [at("said")], "content": [at("the dam holds")]}
    second = {"id": "E2", "source": [at("she")], "cue": [at("added")], "content": [at("“It is safe,”"), at("“and new.”")]}
    third = {"id": "E3", "source": [], "cue": [at("was claimed")], "content": [at("that it leaks")], "no_source": True}
    article = {"id": "quill", "publisher": "Tolbury Courier", "date": "2031-05-02", "text": TEXT}
    return {**article, "attributions": [first, second, third], **changes}


def lines(path: Path, *values: object) -> Path:
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    return path


def test_corpus_lines(tmp_path: Path) -> None:
    (reading,) = read_gold(lines(tmp_path / "gold.jsonl", record()))
    assert reading.check() is reading
    assert reading.document.text == TEXT
    assert (reading.document.origin, reading.document.outlet, reading.document.published) == ("quill", "Tolbury Courier", "2031-05-02")
    assert [item.form for item in reading.attributions] == ["indirect", "direct", "indirect"]
    assert reading.document[reading.attributions[1].content] == "“It is safe,” … “and new.”"
    assert reading.attributions[2].source == ()


def test_labels_chains_and_a_second_annotation(tmp_path: Path) -> None:
    outer = {"id": "A1", "source": [at("Mayor Ada Quill")], "cue": [at("said")], "content": [at("the dam holds")], "speaker": "Ada Quill",
             "kind": "person", "standing": "politician", "named": True, "role": "mayor", "affiliation": "", "form": "indirect",
             "attitude": "belief", "polarity": "denies", "outlet_stance": "distances", "commitment": "possible", "within": None,
             "via": ["the Courier"]}  # fmt: skip
    inner = {**outer, "id": "A2", "speaker": "the engineers", "kind": "group", "within": "A1", "via": []}
    value = record(outlet="Tolbury Courier", attributions=[outer, inner], second={"attributions": [outer]})
    path = lines(tmp_path / "gold.jsonl", value)
    (reading,) = read_gold(path)
    assert reading.check() is reading
    by_name = {source.name: source for source in reading.sources}
    assert by_name["Ada Quill"] == Source(by_name["Ada Quill"].id, "Ada Quill", "person", "politician", True, "mayor")
    first, second = reading.attributions
    assert (first.attitude, first.polarity, first.outlet_stance, first.commitment) == ("belief", "denies", "distances", "possible")
    assert second.chain == ("outlet", by_name["the Courier"].id, by_name["Ada Quill"].id, by_name["the engineers"].id)
    assert [len(version.attributions) for version in read_gold(path, "all")] == [2, 1]


def test_contract_lines_round_trip(tmp_path: Path) -> None:
    document = Document(text=TEXT)
    said = Attribution("A1", content=(Span(*at("the dam holds")),), cue=(Span(*at("said")),), speaker="S1", chain=("outlet", "S1"))
    path = tmp_path / "gold.jsonl"
    path.write_text(dumps(Reading(document, (said,), (Source("S1", "Ada Quill"),))) + "\n\n", encoding="utf-8")
    (reading,) = read_gold(path)
    assert reading.attributions == (said,)
    assert reading.document.id == document.id


def test_spans_are_trimmed_and_empty_ones_left_out(tmp_path: Path) -> None:
    start, end = at("the dam holds")
    loose = {"id": "E1", "source": [[4, 5], [5, 6]], "cue": [[20, 20]], "content": [[start - 1, end]]}
    (reading,) = read_gold(lines(tmp_path / "gold.jsonl", record(attributions=[loose, {**loose, "id": "E2", "content": []}])))
    (attribution,) = reading.attributions
    assert attribution.content == (Span(start, end),)
    assert (attribution.source, attribution.cue) == ((Span(4, 5),), ())


def brat(folder: Path, annotator: str, *rows: str, nested: bool = True) -> None:
    notes, texts = (folder / "attributions", folder / "text") if nested else (folder, folder)
    notes.mkdir(exist_ok=True, parents=True)
    texts.mkdir(exist_ok=True, parents=True)
    (notes / f"quill_{annotator}.ann").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (texts / "quill.txt").write_text(TEXT, encoding="utf-8")


def entity(name: str, role: str, *words: str) -> str:
    return f"{name}\t{role} {';'.join('{} {}'.format(*at(word)) for word in words)}\t{' '.join(words)}"


ROWS = (
    entity("T1", "Source", "Mayor Ada Quill"), entity("T2", "Cue", "said"), entity("T3", "Content", "the dam holds"),
    entity("T4", "Attribution", "said"), "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1",
    entity("T5", "Content", "“It is safe,”", "“and new.”"), entity("T6", "Source", "she"), entity("T7", "Cue", "added"),
    "and the torn end of a text field", "E2\tAttribution:T8 Cue:T7 Source:T6 Content:T5", entity("T8", "Attribution", "added"),
    entity("T9", "Cue", "was claimed"), entity("T10", "Content", "that"), entity("T11", "Content", "it leaks"),
    "E3\tAttribution-no-source:T9 Content:T10 Content2:T11 Cue:T9", entity("T12", "Discard", "new"), "#1\tAnnotatorNotes T1\tsure?",
)  # fmt: skip


@pytest.mark.parametrize("nested", [True, False])
def test_brat_folder(tmp_path: Path, nested: bool) -> None:
    brat(tmp_path, "4b22", *ROWS, nested=nested)
    (reading,) = read_gold(tmp_path)
    words = [[reading.document[getattr(item, role)] for role in ("source", "cue", "content")] for item in reading.attributions]
    assert words == [
        ["Mayor Ada Quill", "said", "the dam holds"],
        ["she", "added", "“It is safe,” … “and new.”"],
        ["", "was claimed", "that … it leaks"],
    ]
    assert reading.check().document.origin == "quill"


def test_brat_first_annotator_or_all(tmp_path: Path) -> None:
    brat(tmp_path, "ef2d", *ROWS)
    brat(tmp_path, "4b22", *ROWS[:5])
    assert [len(reading.attributions) for reading in read_gold(tmp_path)] == [1]
    assert [len(reading.attributions) for reading in read_gold(tmp_path, "all")] == [1, 3]


def guide(folder: Path, text: bytes, *items: dict[str, object]) -> Path:
    labels = {"speaker": "Ada Quill", "kind": "person", "standing": "politician", "named": True, "role": "", "affiliation": "",
              "form": "direct", "attitude": "assertion", "polarity": "affirms", "outlet_stance": "acknowledges",
              "commitment": "certain", "within": None, "via": []}  # fmt: skip
    (folder / "dam.txt").write_bytes(text)
    (folder / "dam.json").write_text(json.dumps({"id": "dam", "attributions": [{**labels, **item} for item in items]}), encoding="utf-8")
    return folder


def test_guide_folder_keeps_carriage_returns(tmp_path: Path) -> None:
    raw = "The dam is safe, she said.\r\n\r\n“It holds,\r\nit holds,” she said."
    item = {"n": 3, "region": "“It holds,\nit holds,” she said", "source": ["she"], "cue": ["said"], "content": ["“It holds,\nit holds,”"]}
    inner = {"n": 4, "region": "“It holds,\nit holds,” she said", "source": [], "cue": ["holds@@2"], "content": ["It@@1"], "within": 3}
    (reading,) = read_gold(guide(tmp_path, raw.encode(), item, inner))
    assert reading.document.text == raw
    first, second = reading.attributions
    assert reading.document[first.content] == "“It holds,\r\nit holds,”"
    assert first.source[0].start == raw.rindex("she")
    assert second.cue[0].start == raw.rindex("holds")
    assert (second.id, second.within) == ("A4", "A3")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    item = {"n": 1, "region": "It holds, she said", "source": ["she"], "cue": ["said"], "content": ["It holds"]}
    (reading,) = read_gold(guide(tmp_path, b"\xef\xbb\xbfIt holds, she said.", item))
    assert reading.attributions[0].content == (Span(0, 8),)


@pytest.mark.parametrize(
    ("item", "complaint"),
    [
        ({"region": "nowhere"}, "region not in the article"),
        ({"content": ["drains"]}, "'drains' not in region"),
        ({"content": ["holds@@2"]}, "not in region"),
        ({"content": ["holds@@x"]}, "not a string to look for"),
        ({"kind": "wizard"}, "kind 'wizard'"),
        ({"content": 7}, "broken annotation"),
    ],
)
def test_a_broken_annotation_is_one_clear_line(tmp_path: Path, item: dict[str, object], complaint: str) -> None:
    good: dict[str, object] = {"n": 1, "region": "It holds, she said", "source": ["she"], "cue": ["said"], "content": ["It holds"]}
    with pytest.raises(ContractError, match=r"dam\.json: ") as caught:
        read_gold(guide(tmp_path, b"It holds, she said.", {**good, **item}))
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_circular_nesting_is_refused(tmp_path: Path) -> None:
    item = {"n": 1, "region": "It holds, she said", "source": ["she"], "cue": ["said"], "content": ["It holds"], "within": 2}
    with pytest.raises(ContractError, match="stands within itself"):
        read_gold(guide(tmp_path, b"It holds, she said.", item, {**item, "n": 2, "within": 1}))


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"schema": "other/1"}', '{"id": "x", "text": "y"}', '{"id": "x", "text": "y", "attributions": [{"id": 1}]}',
     '{"id": "x", "text": "y", "attributions": [{"id": "A", "source": [], "cue": [], "content": [[0, 9]]}]}', "[" * 100_000],
)  # fmt: skip
def test_broken_lines_name_the_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n" + line + "\n", encoding="utf-8")
    with pytest.raises(ContractError, match=r"gold\.jsonl:2: "):
        read_gold(path)


def test_missing_empty_undecodable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no such file"):
        read_gold(tmp_path / "missing")
    with pytest.raises(UsageError, match="no gold found"):
        read_gold(tmp_path)
    (tmp_path / "latin.jsonl").write_bytes(b'{"text": "caf\xe9"}')
    with pytest.raises(UnreadableInput, match="not UTF-8"):
        read_gold(tmp_path)


def test_brat_without_text_or_with_dangling_names(tmp_path: Path) -> None:
    brat(tmp_path, "4b22", "E1\tAttribution:T4 Content:T3")
    with pytest.raises(ContractError, match="missing entity"):
        read_gold(tmp_path)
    (tmp_path / "text" / "quill.txt").unlink()
    with pytest.raises(SaysoError, match=r"its text quill\.txt"):
        read_gold(tmp_path)


@pytest.mark.parametrize(
    ("content", "form"),
    [(("“It is safe,”", "“and new.”"), "direct"), (("is safe",), "direct"), (("“It is safe,” she",), "mixed"), (("the dam",), "indirect")],
)
def test_literal_form(content: tuple[str, ...], form: str) -> None:
    assert literal_form(TEXT, tuple(Span(*at(words)) for words in content), quotations(TEXT, paragraphs(TEXT))) == form


@pytest.mark.parametrize("text", ["a b a\r\nb a", "a b a\nb a", "a b a\rb a"])
def test_search_maps_back_to_the_text_as_given(text: str) -> None:
    search = Search(text)
    found = search.locate("a\nb a", "b")
    assert text[found.start : found.end] == "b"
    assert found.start == text.rindex("b")
    assert search.locate(search.text, "a@@3") == Span(len(text) - 1, len(text))
