"""JSON files: one object a line (JSONL, NDJSON), an array of objects, or a single object; each object is one article.

Always true here: one record is held at a time; a broken line costs that line only. An array has no lines to go on from, so from the first
value that is not JSON on it is given up, with one rejection that says where.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from sayso.document import Document
from sayso.errors import RejectedInput, UnreadableInput
from sayso.intake import ninjs
from sayso.intake.records import Records
from sayso.intake.source import MAX_LINE, Source, lines
from sayso.intake.text import decode
from sayso.reading import Rejection

CHUNK = 1 << 20  # characters
_DECODER = json.JSONDecoder(strict=False)  # with line breaks inside strings, which many exports have
_BETWEEN = " \t\r\n,\ufeff"


def read_lines(source: Source) -> Iterator[Document | Rejection]:
    """The articles of a file with one JSON object a line, in order."""
    records = Records(source)
    with source.open() as stream:
        for number, line in lines(stream):
            if line is None:
                yield source.reject(number, f"the line is longer than {MAX_LINE // 1_000_000} MB: give one article a line")
            elif line.strip(b" \t\r\n\xef\xbb\xbf\x00"):
                yield _one(source, records, number, line)


def read_values(source: Source) -> Iterator[Document | Rejection]:
    """The articles of a file with an array of JSON objects, or with one object, in order."""
    records = Records(source)
    number = 0
    with source.open() as stream:
        try:
            for number, value in enumerate(_values(stream), 1):
                yield _article(source, records, number, value)
        except RejectedInput as error:
            yield source.reject(number + 1, str(error))


def is_lines(head: bytes) -> bool:
    """Whether a file whose first bytes these are has one JSON object a line; false where the first line is longer than that."""
    first, ended, rest = head.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    try:
        return bool(ended) and isinstance(json.loads(first), dict) and rest.lstrip()[:1] in (b"{", b"")
    except (ValueError, RecursionError):
        return False


def _one(source: Source, records: Records, number: int, line: bytes) -> Document | Rejection:
    try:
        value = _DECODER.decode(_decoded(line))
    except RejectedInput as error:
        return source.reject(number, str(error))
    except RecursionError:
        return source.reject(number, "the line is nested too deeply: flatten the record")
    except ValueError as error:
        why = _why(error)
        return source.reject(number, f"the line is not JSON ({why}): write one object a line")
    return _article(source, records, number, value)


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode(line)  # Windows-1252 where that is plausible, else refused with the reason


def _article(source: Source, records: Records, number: int, value: Any) -> Document | Rejection:
    if not isinstance(value, dict):
        return source.reject(number, "it is JSON, but no object with names and values: write each article as one object")
    if ninjs.is_ninjs(value):
        return source.attempt(number, lambda: ninjs.document(value, source, number))
    return records.read(number, value)


def _values(stream: BinaryIO) -> Iterator[Any]:
    """Every value of an array, or every value that stands by itself; read piece by piece."""
    decoder, utf8 = _DECODER, codecs.getincrementaldecoder("utf-8-sig")()
    buffer, ended, inside = "", False, False
    while True:
        buffer = buffer.lstrip(_BETWEEN)
        if not inside and buffer.startswith("["):
            buffer, inside = buffer[1:], True
            continue
        if inside and buffer.startswith("]"):
            buffer, inside = buffer[1:], False
            continue
        if buffer:
            try:
                value, end = decoder.raw_decode(buffer)
            except RecursionError:
                raise UnreadableInput("a value is nested too deeply: from here on the file is not read") from None
            except ValueError as error:
                if ended or _is_broken(error, buffer):
                    raise UnreadableInput(f"this is not JSON ({_why(error)}): from here on the file is not read") from None
                if len(buffer) > MAX_LINE:
                    raise UnreadableInput(f"a value is longer than {MAX_LINE // 1_000_000} MB: the file is not read on") from None
            else:
                yield value
                buffer = buffer[end:]
                continue
        elif ended:
            if inside:
                raise UnreadableInput("the file breaks off in the middle of its array: get the whole file")
            return
        # As much again as is held already, so that a long value is not tried over and over.
        data = stream.read(max(CHUNK, len(buffer)))
        ended = not data
        try:
            buffer += utf8.decode(data, final=ended)
        except UnicodeDecodeError:
            raise UnreadableInput("it is not UTF-8: save it as UTF-8; from here on the file is not read") from None


def _is_broken(error: ValueError, buffer: str) -> bool:
    """Whether reading on cannot help: the fault does not stand at the end of what has been read."""
    return isinstance(error, json.JSONDecodeError) and not error.msg.startswith("Unterminated string") and error.pos < len(buffer) - 16


def _why(error: ValueError) -> str:
    return error.msg.lower() if isinstance(error, json.JSONDecodeError) else "a number with too many digits"
