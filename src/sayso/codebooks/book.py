"""A codebook: the categories that a scholar looks for in texts, as data (TOML), checked when it is read.

Always true here: a codebook has a name, a source and at least two frames; labels are unique, short and fit for a file; every frame has a
definition. Whatever else is in the file is an error that names the file, the frame and what to do, so that a typing mistake is never
silently ignored. Three codebooks are measured out of the box (`BUILT_IN`); all that come with the package are listed in `SHIPPED`.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from sayso.errors import CodebookError

UNITS = ("sentence", "article")
OTHER = "other"
"""The label that coders give where no frame of the codebook fits; a codebook may define it itself."""
BUILT_IN = ("generic-frames", "entman-functions", "policy-dimensions")
SHIPPED = (*BUILT_IN, "gun-violence-frames")

LARGEST_FILE = 1_000_000  # bytes
MOST_FRAMES = 200
MOST_TEXTS = 500  # examples or words of one frame
LONGEST = 2_000  # characters of one text

_LABEL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PART = re.compile(r"\w+(?:['’\-‑]\w+)*\*?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BOOK_KEYS = {"name", "about", "source", "unit", "term", "frames"}
_FRAME_KEYS = {"label", "name", "definition", "question", "examples", "words"}


@dataclass(frozen=True, slots=True)
class Frame:
    """One category of a codebook.

    Attributes:
        label: what it is called in data: lower-case letters, digits, hyphens.
        name: what it is called on a page.
        definition: what belongs to it.
        question: what a coder asks a text; may be empty.
        examples: sentences that clearly belong to it.
        words: words and phrases that hint at it, in lower case; `*` at the end of a word stands for any ending.

    """

    label: str
    name: str
    definition: str
    question: str = ""
    examples: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """All that says what the frame means: definition, question, examples."""
        return tuple(text for text in (self.definition, self.question, *self.examples) if text)


@dataclass(frozen=True, slots=True)
class Codebook:
    """What somebody looks for in texts.

    Attributes:
        name: one word, as in `generic:conflict`.
        about: what it is for, in a sentence.
        source: the publication that it comes from, or who made it.
        unit: what coders code with it: `sentence` or `article`.
        frames: its categories.
        term: what its source calls a category (`frame`, `function`, `dimension emphasized`).

    """

    name: str
    about: str
    source: str
    unit: str
    frames: tuple[Frame, ...]
    term: str = "frame"

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of its frames, in order."""
        return tuple(frame.label for frame in self.frames)

    @property
    def digest(self) -> str:
        """Changes with every character of the codebook; 16 hexadecimal digits."""
        return hashlib.sha256(repr(self).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read_codebook(path: Path) -> Codebook:
    """The codebook in a TOML file.

    Raises:
        CodebookError: the file cannot be read, or the codebook makes no sense; the message names file, frame and what to do.

    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise CodebookError(f"{path}: {error.strerror or error}; name a codebook file (.toml)") from None
    return parse(raw, str(path))


@cache
def shipped(name: str) -> Codebook:
    """A codebook that comes with the package.

    Raises:
        CodebookError: there is none of that name.

    """
    if name not in SHIPPED:
        raise CodebookError(f"no codebook {name!r} comes with sayso: choose {', '.join(SHIPPED)}, or name a .toml file")
    return parse(files("sayso").joinpath("data", "codebooks", f"{name}.toml").read_bytes(), f"{name}.toml")


def find_codebook(name: str) -> Codebook:
    """The codebook that a user names: one that comes with the package, or a file.

    Raises:
        CodebookError: see `shipped` and `read_codebook`.

    """
    return shipped(name) if name in SHIPPED or not Path(name).suffix else read_codebook(Path(name))


def parse(raw: bytes, origin: str) -> Codebook:
    """The codebook that these bytes hold.

    Args:
        raw: TOML in UTF-8.
        origin: what to call it in messages.

    Raises:
        CodebookError: see the module.

    """
    if len(raw) > LARGEST_FILE:
        raise CodebookError(f"{origin}: larger than {LARGEST_FILE:,} bytes; a codebook holds definitions, put coded examples elsewhere")
    try:
        data = tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CodebookError(f"{origin}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{origin}: not TOML: {_line(str(error))}") from None
    except (RecursionError, ValueError) as error:  # nested too deep, or a number too long
        raise CodebookError(f"{origin}: not a codebook: {_line(str(error))}") from None
    return build(data, origin)


def build(data: Mapping[str, Any], origin: str) -> Codebook:
    """The codebook that these values, as they stand in TOML or JSON, describe.

    Raises:
        CodebookError: see the module.

    """
    _known(data, _BOOK_KEYS, origin)
    name = _label(data, "name", origin)
    unit = _text(data, "unit", origin)
    if unit not in UNITS:
        raise CodebookError(f"{origin}: unit is {unit[:40]!r}; write {' or '.join(map(repr, UNITS))}, whichever your coders code")
    found = data.get("frames")
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found) or len(found) < 2:
        raise CodebookError(f"{origin}: needs at least two frames; write each under a line [[frames]]")
    if len(found) > MOST_FRAMES:
        raise CodebookError(f"{origin}: has {len(found)} frames, at most {MOST_FRAMES} are read; split it")
    frames = tuple(_frame(item, number, origin) for number, item in enumerate(found, 1))
    seen: dict[str, int] = {}
    for number, frame in enumerate(frames, 1):
        if frame.label in seen:
            raise CodebookError(f"{origin}: frames {seen[frame.label]} and {number} share the label {frame.label!r}; rename one")
        seen[frame.label] = number
    term = _text(data, "term", origin) if "term" in data else "frame"
    return Codebook(name, _text(data, "about", origin), _text(data, "source", origin), unit, frames, term)


def described(book: Codebook) -> dict[str, Any]:
    """The codebook as plain values; `build` gives it back."""
    frames = [asdict(frame) for frame in book.frames]
    return {"name": book.name, "about": book.about, "source": book.source, "unit": book.unit, "term": book.term, "frames": frames}


def _frame(item: Mapping[str, Any], number: int, origin: str) -> Frame:
    where = f"{origin}: frame {number}"
    label = _label(item, "label", where)
    where = f"{origin}: frame {label!r}"
    _known(item, _FRAME_KEYS, where)
    return Frame(
        label,
        _text(item, "name", where) if "name" in item else label.replace("-", " ").capitalize(),
        _text(item, "definition", where),
        _text(item, "question", where) if item.get("question", "") != "" else "",
        _texts(item, "examples", where),
        tuple(_word(word, where) for word in _texts(item, "words", where)),
    )


def _known(item: Mapping[str, Any], keys: set[str], where: str) -> None:
    for key in item:
        if key not in keys:
            raise CodebookError(f"{where}: nothing is known of {_line(key)!r}; write one of {', '.join(sorted(keys))}")


def _text(item: Mapping[str, Any], key: str, where: str) -> str:
    if key not in item:
        raise CodebookError(f'{where}: has no {key}; add a line {key} = "…"')
    return _checked(item[key], key, where)


def _checked(value: Any, key: str, where: str) -> str:
    if not isinstance(value, str):
        raise CodebookError(f"{where}: {key} should be text in quotation marks, found {type(value).__name__}")
    text = " ".join(value.split())
    if not text:
        raise CodebookError(f"{where}: {key} is empty; write something or leave it out")
    if len(text) > LONGEST:
        raise CodebookError(f"{where}: {key} has {len(text):,} characters; shorten it to {LONGEST:,}")
    if _CONTROL.search(text):
        raise CodebookError(f"{where}: {key} holds a control character; delete it")
    return text


def _texts(item: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    found = item.get(key, [])
    if not isinstance(found, list | tuple):
        raise CodebookError(f"{where}: {key} should be a list of texts in square brackets, found {type(found).__name__}")
    if len(found) > MOST_TEXTS:
        raise CodebookError(f"{where}: {key} has {len(found)} entries; keep the best {MOST_TEXTS}")
    return tuple(dict.fromkeys(_checked(value, f"{key} entry {number}", where) for number, value in enumerate(found, 1)))


def _label(item: Mapping[str, Any], key: str, where: str) -> str:
    label = _text(item, key, where)
    if not _LABEL.fullmatch(label) or len(label) > 60:
        raise CodebookError(f"{where}: {key} {label[:60]!r} should be lower-case letters, digits and hyphens, such as 'human-interest'")
    return label


def _word(word: str, where: str) -> str:
    if not all(_PART.fullmatch(part) for part in word.split()):
        raise CodebookError(f"{where}: word {word[:60]!r} should be words without punctuation; an asterisk ends one, as in 'econom*'")
    return word.lower()


def _line(text: str) -> str:
    return " ".join(text.split())[:200]
