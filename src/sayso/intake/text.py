"""Bytes into text, exactly: every character that stands in the input stands in the text, in the same order.

Line ends, white space at the ends, soft hyphens and the like are kept; only a byte order mark is no part of the text. Nothing is guessed
where guessing could garble a quotation: bytes that are neither Unicode nor plausible Windows-1252 are refused, with the reason.
"""

from __future__ import annotations

import codecs
import re

from sayso.errors import NoArticle, UnreadableInput

MAX_BYTES = 20_000_000  # ten times the longest book; anything larger is a corpus or a mistake
MAX_ACCENTED_SHARE = 0.15  # of accented letters in Windows-1252; French has 0.05, Cyrillic or Greek code pages 0.8
MAX_CONTROL_SHARE = 0.005  # of control characters in text

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_AS_TEXT = "save it as plain text (UTF-8) or as a web page"
_MAGIC = (
    (b"%PDF-", "a PDF document", "copy its text, or convert it with a tool such as pdftotext"),
    (b"{\\rtf", "a Rich Text document", _AS_TEXT),
    (b"\xd0\xcf\x11\xe0", "an old Office document (.doc)", _AS_TEXT),
    (b"\x89PNG", "an image (PNG)", "give the text itself"),
    (b"\xff\xd8\xff", "an image (JPEG)", "give the text itself"),
    (b"GIF8", "an image (GIF)", "give the text itself"),
    (b"II*\x00", "an image (TIFF)", "give the text itself"),
    (b"MM\x00*", "an image (TIFF)", "give the text itself"),
    (b"RIFF", "an image, sound or film (RIFF)", "give the text itself"),
    (b"\x1f\x8b", "a compressed file (gzip)", "unpack it first"),
    (b"BZh", "a compressed file (bzip2)", "unpack it first"),
    (b"\xfd7zXZ\x00", "a compressed file (xz)", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a compressed file (zstd)", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (b"SQLite format 3\x00", "an SQLite database", "export the article as text"),
    (b"PAR1", "a Parquet table", "export the article as text"),
    (b"\x7fELF", "a program", "give a text file or a web page"),
    (b"WARC/1.", "a web archive (WARC)", "take the page out of it first"),
)
_PACKED = (
    (b"word/", "a Word document"),
    (b"epub", "an e-book"),
    (b"opendocument", "an OpenDocument file"),
    (b"xl/", "a spreadsheet"),
)
_MHTML = re.compile(rb"(?:From: <Saved by|MIME-Version: 1\.0\r?\n[^<]{0,500}multipart/related)")
# Sequences that are common in UTF-8 and next to impossible in Windows-1252 (they would read “Ã©”, “â€œ”, “ðŸ˜€”).
_UTF8_TRACES = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2[\x80-\x84][\x80-\xbf]|\xed[\xa0-\xbf][\x80-\xbf]|\xf0\x9f[\x80-\xbf]{2}")
_UNDEFINED_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_ACCENTED = bytes(range(0xC0, 0x100))
_CONTROLS = "".join(chr(code) for code in range(0x20) if chr(code) not in "\t\n\v\f\r\x08\x1a\x1b\x1c\x1d\x1e\x1f") + "\x7f"
_CONTROL = re.compile(f"[{re.escape(_CONTROLS)}]")


def refuse_size(size: int, limit: int = MAX_BYTES) -> None:
    """Refuse an input of more than `limit` bytes.

    Raises:
        UnreadableInput: if `size` is larger than the limit.

    """
    if size > limit:
        raise UnreadableInput(f"it is larger than {limit // 1_000_000} MB: give one article at a time")


def refuse_binary(data: bytes) -> None:
    """Refuse what is known not to be text by its first bytes.

    Raises:
        UnreadableInput: says what the input is and what to do.

    """
    if data.startswith(b"PK\x03\x04"):
        raise UnreadableInput(_packed(data))
    for magic, what, advice in _MAGIC:
        # Short signatures are words too (“RIFF raff”); a binary file has a NUL or a non-ASCII byte soon after.
        if data.startswith(magic) and (not magic.isalnum() or re.search(rb"[\x00\x80-\xff]", data[:512])):
            raise UnreadableInput(f"it is {what}, not text: {advice}")
    if _MHTML.match(data[:4096]):
        raise UnreadableInput("it is a saved web archive (MHTML), not a page: save the page as “HTML only”")


def decode(data: bytes) -> str:
    """The text that the bytes hold: Unicode by its byte order mark, else UTF-8, else Windows-1252 where that is plausible.

    Raises:
        UnreadableInput: binary data, or an encoding that cannot be told for sure; says which byte is wrong.
        NoArticle: nothing but white space, or no letter at all.

    """
    refuse_size(len(data))
    refuse_binary(data)
    text = _decode(data)
    if "\x00" in text:
        raise UnreadableInput(_binary(data))
    if not text.strip("\ufeff\u200b\u00ad \t\r\n"):
        raise NoArticle("it is empty: give a file with the text of an article")
    if len(_CONTROL.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise UnreadableInput("it is binary data, not text: give a text file or a web page")
    if not any(char.isalpha() for char in text):
        raise NoArticle("there is no word in it: give a file with the text of an article")
    return text


def _decode(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                where = len(mark) + error.start
                raise UnreadableInput(f"it begins like {encoding.upper()}, but byte {where:,} breaks it: save it as UTF-8 again") from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _windows(data, error.start)


def _windows(data: bytes, wrong: int) -> str:
    """Read as Windows-1252, the one code page in which English text is still met, or refuse."""
    if b"\x00" in data:
        raise UnreadableInput(_binary(data))
    if _UTF8_TRACES.search(data):
        raise UnreadableInput(f"it is damaged UTF-8: byte {wrong:,} breaks it; save it as UTF-8 again")
    accented = len(data) - len(data.translate(None, _ACCENTED))
    if _UNDEFINED_1252.search(data) or accented > max(1, MAX_ACCENTED_SHARE * len(data)):
        raise UnreadableInput(f"its encoding is neither UTF-8 nor Windows-1252 (byte {wrong:,}): save it as UTF-8")
    return data.decode("cp1252")


def _binary(data: bytes) -> str:
    half, even, odd = len(data) / 2, data[0::2].count(0), data[1::2].count(0)
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and max(even, odd) > 0.8 * half > 5 and min(even, odd) < 0.1 * half:
        return "it looks like UTF-16 without a byte order mark: save it as UTF-8"
    return "it is binary data (there are NUL bytes in it), not text: give a text file or a web page"


def _packed(data: bytes) -> str:
    head = data[:4096]
    for trace, what in _PACKED:
        if trace in head:
            return f"it is {what}, not text: {_AS_TEXT}"
    if b"[Content_Types].xml" in head:
        return f"it is an Office document, not text: {_AS_TEXT}"
    return "it is a ZIP archive, not text: unpack it first"
