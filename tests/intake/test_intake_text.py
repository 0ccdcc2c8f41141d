from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import NoArticle, RejectedInput, UnreadableInput
from sayso.intake.text import MAX_BYTES, decode, refuse_size

SENTENCE = "“We won’t,” said Zoë — 😀 once\u00adonly.\r\n\r\n  Then:\tno more…\n\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_every_character_is_kept(mark: bytes, encoding: str) -> None:
    assert decode(mark + SENTENCE.encode(encoding)) == SENTENCE


@pytest.mark.parametrize(
    "text", ["“No,” said the mayor of Sèvres.\r\n", "‘Café’—they said…", "He owes €5.", "“CAFÉ” is open", "“the fiancé”—the"]
)
def test_windows_1252_is_read(text: str) -> None:
    assert decode(text.encode("cp1252")) == text


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(lambda text: "a" + text + " word\r\n"))
def test_any_unicode_text_comes_back_as_it_is(text: str) -> None:
    assert decode(text.encode()) == text


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_read_or_rejected(data: bytes) -> None:
    try:
        text = decode(data)
    except RejectedInput as error:
        check_line(error)
    else:
        assert text.strip()
        text.encode("utf-8")  # no lone surrogates


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04\x14\x00[Content_Types].xml..word/document.xml", "Word document"),
        (b"PK\x03\x04\x14\x00 mimetypeapplication/vnd.oasis.opendocument.text", "OpenDocument"),
        (b"PK\x03\x04\x14\x00 data.csv", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Office"),
        (b"{\\rtf1 hello}", "Rich Text"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0", "MHTML"),
        (b"plain text\x00 with a NUL", "binary"),
        (b"\x01\x02\x03\x04 abc \x05\x06\x07", "binary"),
        ("the minister said so".encode("utf-16-le"), "UTF-16"),
        ("“No,” she said".encode()[:-1].replace(b"\x9c", b"", 1), "damaged UTF-8"),
        (b"she said \xed\xa0\x80 no", "damaged UTF-8"),
        ("Министр заявил во вторник".encode("cp1251"), "neither UTF-8 nor Windows-1252"),
        ("交通部长表示".encode("gbk"), "encoding"),
        (codecs.BOM_UTF8 + b"said \xff", "byte 8"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "UTF-16"),
    ],
)
def test_what_is_not_text_is_named(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableInput, match=says):
        decode(data)


@pytest.mark.parametrize("word", ["RIFF", "GIF8", "BZh", "PAR1"])
def test_short_signatures_are_words_too(word: str) -> None:
    assert decode(f"{word} raff, said the mayor.".encode()).startswith(word)


@pytest.mark.parametrize("data", [b"", b" \r\n\t", codecs.BOM_UTF8, "\u200b\u00ad\n".encode(), b"12 + 5 = 17 ... !!"])
def test_nothing_to_read(data: bytes) -> None:
    with pytest.raises(NoArticle):
        decode(data)


def test_size_is_limited() -> None:
    refuse_size(MAX_BYTES)
    with pytest.raises(UnreadableInput, match="larger than 20 MB"):
        refuse_size(MAX_BYTES + 1)


def check_line(error: Exception) -> None:
    assert len(str(error).splitlines()) == 1
