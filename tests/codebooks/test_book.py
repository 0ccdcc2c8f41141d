"""Codebooks as data: what ships is sound, what is wrong is named."""

from pathlib import Path

import pytest

from sayso.codebooks.book import BUILT_IN, SHIPPED, Codebook, build, described, find_codebook, parse, read_codebook, shipped
from sayso.errors import CodebookError

HEAD = 'name = "tides"\nabout = "Sea."\nsource = "Us."\nunit = "article"\n'
ONE = '[[frames]]\nlabel = "ebb"\ndefinition = "Water goes."\n'
TWO = '[[frames]]\nlabel = "flow"\ndefinition = "Water comes."\n'

WRONG = [
    ("", "has no name"),
    ("name = ", "not TOML"),
    (HEAD, "at least two frames"),
    (HEAD + ONE, "at least two frames"),
    (HEAD + "frames = 3", "at least two frames"),
    (HEAD + "frames = [1, 2]", "at least two frames"),
    (HEAD + ONE + ONE, "frames 1 and 2 share the label 'ebb'"),
    (HEAD + ONE + TWO.replace("Water comes.", " "), "frame 'flow': definition is empty"),
    (HEAD + ONE + '[[frames]]\nlabel = "flow"\n', "frame 'flow': has no definition"),
    (HEAD + ONE + '[[frames]]\ndefinition = "x"\n', "frame 2: has no label"),
    (HEAD + ONE + TWO.replace("flow", "Flow!"), "lower-case letters, digits and hyphens"),
    (HEAD + ONE + TWO + 'exampels = ["x"]\n', "nothing is known of 'exampels'"),
    (HEAD + 'colour = "x"\n' + ONE + TWO, "nothing is known of 'colour'"),
    (HEAD + ONE + TWO + 'examples = "x"\n', "examples should be a list"),
    (HEAD + ONE + TWO + "examples = [3]\n", "examples entry 1 should be text"),
    (HEAD + ONE + TWO + 'words = ["*rip"]\n', "an asterisk ends one"),
    (HEAD + ONE + TWO + 'words = ["a.b(c|d)+"]\n', "words without punctuation"),
    (HEAD.replace("article", "page") + ONE + TWO, "unit is 'page'"),
    (HEAD + ONE + TWO.replace("Water comes.", "x" * 3000), "3,000 characters"),
    (HEAD + ONE + TWO.replace("Water comes.", "a\\u001bb"), "control character"),
    (HEAD + "".join(f'[[frames]]\nlabel = "f{n}"\ndefinition = "x"\n' for n in range(300)), "300 frames"),
    ("a = " + "[" * 5000, "not"),
]


@pytest.mark.parametrize(("toml", "told"), WRONG, ids=[told for _, told in WRONG])
def test_what_is_wrong_is_told_in_one_line(toml: str, told: str) -> None:
    with pytest.raises(CodebookError) as error:
        parse(toml.encode(), "tides.toml")
    assert told in str(error.value)
    assert str(error.value).startswith("tides.toml: ")
    assert "\n" not in str(error.value)


def test_bytes_that_are_no_text_and_files_that_are_too_large(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="not UTF-8 at byte 3"):
        parse(b"abc\xff", "x.toml")
    (tmp_path / "huge.toml").write_bytes(b"#" * 2_000_000)
    with pytest.raises(CodebookError, match="larger than 1,000,000 bytes"):
        read_codebook(tmp_path / "huge.toml")
    with pytest.raises(CodebookError, match="No such file"):
        read_codebook(tmp_path / "none.toml")
    with pytest.raises(CodebookError, match="choose generic-frames"):
        find_codebook("genric")


def test_a_sound_codebook_and_back(tmp_path: Path) -> None:
    (tmp_path / "tides.toml").write_text("\ufeff" + HEAD + ONE + TWO + 'words = ["Spring Tide*"]\n', encoding="utf-8")
    book = find_codebook(str(tmp_path / "tides.toml"))
    assert book.labels == ("ebb", "flow")
    assert book.frames[1].words == ("spring tide*",)
    assert book.frames[0].name == "Ebb"
    assert build(described(book), "again") == book
    assert parse((HEAD + ONE + TWO).encode(), "x").digest != book.digest


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_codebooks_say_enough(name: str) -> None:
    book = shipped(name)
    for frame in book.frames:
        assert frame.question.endswith("?"), frame.label
        assert 3 <= len(frame.examples) <= 5, frame.label
        assert 12 <= len(frame.words) <= 40, frame.label
        assert len(frame.definition) > 50, frame.label
    examples = [example for frame in book.frames for example in frame.examples]
    assert len(examples) == len(set(examples))


def books() -> dict[str, Codebook]:
    return {name: shipped(name) for name in BUILT_IN}


def test_the_built_in_codebooks_are_those_of_the_papers() -> None:
    found = books()
    assert found["generic-frames"].labels == ("conflict", "human-interest", "economic-consequences", "morality", "responsibility")
    assert found["entman-functions"].labels == ("problem", "cause", "judgment", "remedy")
    assert len(found["policy-dimensions"].frames) == 15
    assert found["policy-dimensions"].term == "dimension emphasized"
    assert len({book.name for book in found.values()}) == 3
