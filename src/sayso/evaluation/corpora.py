"""Gold files become readings: five formats, one type.

Always true here: offsets are code points of `document.text`, which is the article as the corpus gives it (CRLF kept); spans hold no white
space at their ends; every attribution has content (the two of PolNeAR's 24,000 that have none cannot be stated and are left out);
readings carry no voices. A bad file ends in a one-line `SaysoError` that names it.

Formats: contract JSON lines · corpus JSON lines (`{id, text, attributions, …}`, one article per line, labels optional) · a folder
with PolNeAR's brat files (`*.ann` beside `*.txt`, or `attributions/*.ann` with `text/*.txt`) · a folder of `NAME.txt` + `NAME.json` by the
annotation guide (strings that are located in the text) · a folder of `*.jsonl`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from sayso.document import Document
from sayso.errors import ContractError, SpanError, UnreadableInput, UsageError
from sayso.evaluation.search import Search
from sayso.quotations import quotations
from sayso.reading import OUTLET, SCHEMA, Attribution, Reading, Source
from sayso.schema import from_json
from sayso.spans import Span, Spans, overlap, trim
from sayso.structure import paragraphs, word_spans

Versions = Literal["first", "all"]
UNKNOWN = "unknown"  # the name of the source where the corpus names nobody

_ENTITY = re.compile(r"(T\d+)\t(Source|Cue|Content) ([\d; ]+)(?:\t|$)")
_EVENT = re.compile(r"(E\d+)\t(Attribution\S*?):\S+(.*)")
_ARGUMENT = re.compile(r"(Source|Cue|Content)\d*:(T\d+)")


def read_gold(path: Path, versions: Versions = "first") -> list[Reading]:
    """Read a gold file or folder, in the order of the file or of the file names.

    Args:
        path: a JSON lines file, or a folder in one of the formats named above.
        versions: of an article that several people annotated, keep the `first` one (by file name or order in the file) or `all`.

    Raises:
        UnreadableInput: the path is missing or not UTF-8.
        UsageError: no gold is found there.
        ContractError: a file is broken; the message names it.

    """
    if path.is_dir():
        readings = _folder(path, versions)
    elif path.is_file():
        readings = list(_lines(path))
    else:
        raise UnreadableInput(f"{path}: no such file or folder")
    if versions == "first":
        readings = list({reading.document.origin: reading for reading in reversed(readings)}.values())[::-1]
    if not readings:
        raise UsageError(f"{path}: no gold found; give JSON lines, a folder of .ann with .txt, or a folder of NAME.txt with NAME.json")
    return readings


def _folder(path: Path, versions: Versions) -> list[Reading]:
    annotated = sorted((path / "attributions").glob("*.ann")) or sorted(path.glob("*.ann"))
    if annotated:
        return [_brat(file) for file in annotated]
    pairs = [file for file in sorted(path.glob("*.json")) if file.with_suffix(".txt").exists()]
    if pairs:
        return [_guide(file) for file in pairs]
    return [reading for file in sorted(path.glob("*.jsonl")) for reading in read_gold(file, versions)]


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return file.read()
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{path}: not UTF-8 at byte {error.start}") from None
    except OSError as error:
        raise UnreadableInput(f"{path}: {error.strerror or error}") from None


def _parse(text: str, where: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ContractError(f"{where}: not JSON: {error}") from None
    if not isinstance(value, dict):
        raise ContractError(f"{where}: a JSON object is wanted, found {type(value).__name__}")
    return value


def _lines(path: Path) -> Iterator[Reading]:
    for number, line in enumerate(_read(path).split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        value = _parse(line, where)
        try:
            if "schema" in value or "text" not in value:
                yield _named(from_json(value))
            else:
                yield from _record(value)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            detail = str(error) if isinstance(error, ContractError | SpanError) else f"{type(error).__name__} {error}"
            raise ContractError(f"{where}: {detail} (want schema {SCHEMA}, or a corpus record)") from None


def _named(reading: Reading) -> Reading:
    """The reading with its document's id as origin, so that versions of one article can be told."""
    return replace(reading, document=replace(reading.document, origin=reading.document.id))


def _record(value: Mapping[str, Any]) -> Iterator[Reading]:
    """One line of a corpus file; a second annotation of the same article is a second version."""
    document = Document(
        text=value["text"],
        title=value.get("title"),
        outlet=value.get("outlet") or value.get("publisher"),
        url=value.get("url"),
        published=value.get("date"),
        authors=(value["author"],) if value.get("author") else (),
        origin=str(value["id"]),
    )
    for version in (value, value.get("second")):
        if version is not None:
            yield _reading(document, [{**item, **_roles(document.text, item)} for item in version["attributions"]])


def _roles(text: str, item: Mapping[str, Any]) -> dict[str, Spans]:
    return {role: _spans(text, item[role]) for role in ("source", "cue", "content")}


def _brat(path: Path) -> Reading:
    """One annotator's `.ann` file; `NAME_ANNOTATOR.ann` goes with `NAME.txt`. Lines of other kinds and torn lines are passed over."""
    names = (path.stem, path.stem.rpartition("_")[0])
    folders = (path.parent, path.parent.parent / "text")
    found = [folder / f"{name}.txt" for name in names if name for folder in folders if (folder / f"{name}.txt").exists()]
    if not found:
        raise UnreadableInput(f"{path}: its text {names[1] or names[0]}.txt stands neither beside it nor in ../text")
    text = _read(found[0])
    spans: dict[str, Spans] = {}
    rows = []
    for line in _read(path).splitlines():
        if entity := _ENTITY.match(line):
            pieces = [piece.split() for piece in entity[3].split(";")]
            if any(len(piece) != 2 for piece in pieces):
                raise ContractError(f"{path}: offsets of {entity[1]} are broken: {entity[3]!r}")
            spans[entity[1]] = _spans(text, [(int(start), int(end)) for start, end in pieces])
        elif event := _EVENT.match(line):
            rows.append((event[1], _ARGUMENT.findall(event[3])))
    items = []
    for name, arguments in rows:
        item: dict[str, Any] = {"id": name}
        for role in ("Source", "Cue", "Content"):
            try:
                item[role.lower()] = _disjoint(span for kind, key in arguments if kind == role for span in spans[key])
            except KeyError as error:
                raise ContractError(f"{path}: {name} names the missing entity {error}") from None
        items.append(item)
    return _reading(Document(text=text, origin=found[0].stem), items)


def _guide(path: Path) -> Reading:
    """`NAME.json` by the annotation guide: every span is a string inside a `region` of the article."""
    note = _parse(_read(path), str(path))
    document = Document(
        text=_read(path.with_suffix(".txt")),
        title=note.get("title"),
        outlet=note.get("outlet"),
        url=note.get("url"),
        published=note.get("published"),
        origin=path.stem,
    )
    search = Search(document.text)
    rows = []
    try:
        for item in note["attributions"]:
            row = {**item, "id": f"A{item['n']}", "within": None if item.get("within") is None else f"A{item['within']}"}
            for role in ("source", "cue", "content"):
                row[role] = _disjoint(search.locate(item["region"], wanted) for wanted in item[role])
            rows.append(row)
        return _reading(document, rows).check()
    except (KeyError, TypeError, AttributeError) as error:
        raise ContractError(f"{path}: broken annotation: {type(error).__name__} {error}") from None
    except (ContractError, SpanError) as error:
        raise ContractError(f"{path}: {error}") from None


def _spans(text: str, pairs: Iterable[Sequence[int]]) -> Spans:
    """Trimmed span list of raw pairs; what is empty after trimming is left out."""
    found = []
    for start, end in pairs:
        if not 0 <= start <= end <= len(text):
            raise ContractError(f"span [{start}, {end}) lies outside the text of {len(text)} code points")
        if (span := trim(text, Span(start, end))) is not None:
            found.append(span)
    return _disjoint(found)


def _disjoint(spans: Iterable[Span]) -> Spans:
    """Sorted; overlapping spans become one, touching ones stay apart as annotated."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def _reading(document: Document, rows: Sequence[Mapping[str, Any]]) -> Reading:
    """Attributions with their sources and chains; a corpus without speakers gets the one source `unknown`."""
    sources: dict[str, Source] = {}

    def source(name: str, row: Mapping[str, Any]) -> str:
        if name not in sources:
            sources[name] = Source(
                id=f"S{len(sources) + 1}",
                name=name,
                kind=row.get("kind") or "unknown",
                standing=row.get("standing") or "none",
                named=bool(row.get("named", False)),
                role=row.get("role") or None,
                affiliation=row.get("affiliation") or None,
            )
        return sources[name].id

    rows = [row for row in rows if row["content"]]
    speakers = {row["id"]: source(row.get("speaker") or UNKNOWN, row) for row in rows}
    vias = {row["id"]: tuple(source(name, {}) for name in row.get("via") or ()) for row in rows}
    parents = {row["id"]: row.get("within") if row.get("within") in speakers else None for row in rows}
    quoted = quotations(document.text, paragraphs(document.text))

    def chain(name: str) -> tuple[str, ...]:
        links: tuple[str, ...] = ()
        seen: set[str] = set()
        at: str | None = name
        while at is not None:
            if at in seen:
                raise ContractError(f"attribution {name} stands within itself")
            seen.add(at)
            links = (*vias[at], speakers[at], *links)
            at = parents[at]
        return (OUTLET, *links)

    return Reading(
        document=document,
        sources=tuple(sources.values()),
        attributions=tuple(
            Attribution(
                id=row["id"],
                source=row["source"],
                cue=row["cue"],
                content=row["content"],
                speaker=speakers[row["id"]],
                form=row.get("form") or literal_form(document.text, row["content"], quoted),
                attitude=row.get("attitude", "assertion"),
                polarity=row.get("polarity", "affirms"),
                outlet_stance=row.get("outlet_stance", "acknowledges"),
                commitment=row.get("commitment", "certain"),
                within=parents[row["id"]],
                via=vias[row["id"]],
                chain=chain(row["id"]),
            )
            for row in rows
        ),
    )


def literal_form(text: str, content: Spans, quoted: Spans) -> str:
    """`direct` if every word of the content stands in quotation marks, `mixed` if some do, else `indirect`."""
    inside = outside = 0
    for span in content:
        words = [Span(span.start + word.start, span.start + word.end) for word in word_spans(text[span.start : span.end])]
        hits = sum(overlap((word,), quoted) > 0 for word in words)
        inside += hits
        outside += len(words) - hits
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"
