"""Noise for training texts, as edits that keep every annotated offset true.

Real pages lose, double and swap quotation marks, shout in capitals and wrap lines; one campaign's names are no reason to call
somebody a source. Every function is pure given its random generator.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from sayso.spans import Span, Spans

Edit = tuple[int, int, str]

CURLY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
FIRST_NAMES = (
    "Amina", "Boris", "Carlos", "Dilnoza", "Emeka", "Fatima", "Goran", "Hana", "Ibrahim", "Jelena", "Kwame", "Leila", "Marek",
    "Nadia", "Omar", "Priya", "Quang", "Rosa", "Sergei", "Tomoko", "Usman", "Vera", "Wanjiru", "Xin", "Yusuf", "Zofia", "Anders",
    "Beatriz", "Chen", "Dario", "Elif", "Farid", "Greta", "Hassan", "Ines", "Jakub", "Karim", "Lucia", "Mehmet", "Nikolai",
)  # fmt: skip
LAST_NAMES = (
    "Abebe", "Bakarić", "Castellanos", "Demir", "Eriksson", "Farouk", "Gomez", "Haddad", "Ivanov", "Jovanović", "Kimura",
    "Lindqvist", "Mensah", "Nowak", "Okafor", "Petrov", "Qureshi", "Rahimi", "Santos", "Tanaka", "Ulusoy", "Vasquez", "Wójcik",
    "Xu", "Yılmaz", "Zhang", "Adeyemi", "Bensalem", "Chowdhury", "Dlamini", "Esposito", "Fischer", "Georgiou", "Hosseini",
    "Ismailov", "Jansen", "Karimov", "Lopez", "Mwangi", "Nguyen", "Orlov", "Popescu", "Rossi", "Sato", "Toure", "Uddin", "Volkov",
    "Weber", "Yamamoto", "Zardari",
)  # fmt: skip
# The people that a corpus of one campaign names on every page: surname, and first names that go with it.
CAMPAIGN = {
    "Trump": ("Donald", "Donald J."),
    "Clinton": ("Hillary", "Bill", "Hillary Rodham"),
    "Sanders": ("Bernie",),
    "Cruz": ("Ted",),
    "Rubio": ("Marco",),
    "Bush": ("Jeb",),
    "Kasich": ("John",),
    "Carson": ("Ben",),
    "Obama": ("Barack",),
    "Pence": ("Mike",),
    "Kaine": ("Tim",),
    "Christie": ("Chris",),
    "Ryan": ("Paul",),
    "Romney": ("Mitt",),
}
_FIRSTS = "|".join(sorted({first for firsts in CAMPAIGN.values() for first in firsts}, key=len, reverse=True))
_NAME = re.compile(rf"\b(?:({_FIRSTS}) )?({'|'.join(CAMPAIGN)})\b")


def rewrite(text: str, edits: Sequence[Edit]) -> tuple[str, Callable[[Spans], Spans]]:
    """Apply disjoint replacements `(start, end, words)` and return the new text with a function that moves span lists along.

    A border inside a replaced stretch moves to the replacement's edge; a span that loses all its text vanishes.
    """
    parts: list[str] = []
    old_starts, deltas, edges = [], [], []
    at = shift = 0
    for start, end, words in sorted(edits):
        parts += [text[at:start], words]
        old_starts.append(start)
        edges.append((end, start + shift, start + shift + len(words)))
        shift += len(words) - (end - start)
        deltas.append(shift)
        at = end
    parts.append(text[at:])

    def move(offset: int, is_end: bool) -> int:
        number = bisect_right(old_starts, offset if not is_end else offset - 1) - 1
        if number < 0:
            return offset
        old_end, new_start, new_end = edges[number]
        if offset < old_end:
            return new_end if is_end else new_start
        return offset + deltas[number]

    def along(spans: Spans) -> Spans:
        moved = (Span(move(span.start, False), move(span.end, True)) for span in spans)
        return tuple(span for span in moved if span.start < span.end)

    return "".join(parts), along


def renamed(text: str, dice: random.Random) -> list[Edit]:
    """Give the campaign's people other names, the same one all through the article."""
    chosen: dict[str, str] = {}
    firsts: dict[tuple[str, str], str] = {}
    edits: list[Edit] = []
    for match in _NAME.finditer(text):
        first, last = match.group(1), match.group(2)
        new = chosen.setdefault(last, dice.choice(LAST_NAMES))
        if first:
            new = firsts.setdefault((first, last), dice.choice(FIRST_NAMES)) + " " + new
        edits.append((match.start(), match.end(), new))
    return edits


def requoted(text: str, dice: random.Random) -> list[Edit]:
    """Remove, swap or lose quotation marks."""
    marks = list(re.finditer(r"[“”\"«»]|(?<!\w)‘|’(?!\w)", text))
    kind = dice.random()
    if kind < 0.25:
        return [(m.start(), m.end(), "") for m in marks]
    if kind < 0.55:
        return [(m.start(), m.end(), m.group().translate(CURLY)) for m in marks if m.group().translate(CURLY) != m.group()]
    if kind < 0.75:
        opened, edits = False, []
        for m in marks:
            if m.group() in '“”"':
                opened = not opened if m.group() == '"' else m.group() == "“"
                edits.append((m.start(), m.end(), "«" if opened else "»"))
        return edits
    return [(m.start(), m.end(), "") for m in marks if dice.random() < 0.15]


def recased(text: str, dice: random.Random) -> str:
    """All capitals, or none; characters whose other case is longer stay, so offsets hold."""
    change = str.upper if dice.random() < 0.5 else str.lower
    return "".join(c if len(change(c)) != 1 else change(c) for c in text)


def unbroken(text: str) -> str:
    """Without paragraph breaks; offsets hold."""
    return re.sub(r"[\r\n]", " ", text)


def wrapped(text: str, dice: random.Random) -> str:
    """Hard-wrapped: some spaces become line breaks and blank lines become single ones; offsets hold."""
    width, at = dice.randint(50, 90), 0
    parts: list[str] = []
    for word in re.split(r"(\s+)", text):
        if word.isspace():
            parts.append(word.replace("\n\n", " \n") if "\n" in word else ("\n" + word[1:] if at > width else word))
            at = 0 if "\n" in parts[-1] else at + len(word)
        else:
            parts.append(word)
            at += len(word)
    return "".join(parts)
