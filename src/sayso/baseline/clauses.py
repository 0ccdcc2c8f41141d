"""One sentence as a row of words, and what the rules ask of a single place in it; what they find there is a `Hit`.

Always true here: index ranges are `[a, b)` over `items`; a whole quotation is one item, so that no answer cuts one; nothing is searched
farther than `REACH` items away, so that a sentence without end costs no more than its length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso import language
from sayso.language import PAST, THIRD, Language, Token
from sayso.spans import Span, Spans, merge

QUOTE = "\x00quote"  # stands for a whole quotation among the words of a sentence
REACH = 40  # no noun phrase is looked for farther away than this many words
SCARE = 3  # a quotation of so few words inside a noun phrase is no speech

HARD = frozenset(
    {"the", "a", "an", "his", "its", "their", "our", "my", "your", "her", "any", "every", "each", "no", "such", "several", "s"}
)
WH = frozenset({"whether", "if", "how", "why", "what", "who", "where", "when"})
STOPS = WH | {
    "that",
    "but",
    "while",
    "as",
    "because",
    "although",
    "though",
    "since",
    "than",
    "whereas",
    "so",
    "which",
    "until",
    "unless",
    "yet",
    "before",
}
PUNCTUATION = frozenset(",;:–—-()[]/…|•*.!?")
ENDS = frozenset(".!?…")
CHAINS = frozenset(
    {"on", "continued", "continues", "declined", "declines", "decline", "refused", "refuses", "refuse", "failed", "began", "yet"}
)


def wordy(text: str, span: Span) -> int:
    """Number of words in a span, by the spaces."""
    return text.count(" ", span.start, span.end) + 1


def row(text: str, sentence: Span, marks: Sequence[Span]) -> list[Token]:
    """Words and marks of a sentence, each quotation as one item."""
    items: list[Token] = []
    at = sentence.start
    for mark in marks:
        items.extend(language.tokens(text, Span(at, max(at, mark.start))))
        items.append(Token(mark.start, mark.end, QUOTE))
        at = mark.end
    items.extend(language.tokens(text, Span(at, max(at, sentence.end))))
    return items


Range = tuple[int, int]  # items `[a, b)` of a sentence


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in its sentence: the cue is `[first, last)`; the pattern that found it is a key of `rules.PRECISION`."""

    first: int
    last: int
    source: Range | None
    pattern: str
    content: tuple[Range, ...]


class Clause:
    """One sentence of a text."""

    def __init__(self, text: str, items: Sequence[Token], lexicon: Language) -> None:
        self.text = text
        self.items = items
        self.lows = [item.low for item in items]
        self.lexicon = lexicon
        self.words = lexicon.words
        self.end = len(items)
        while self.end and self.lows[self.end - 1] in ENDS:
            self.end -= 1
        self.cuts: set[int] = set()  # where the frame of another attribution begins, so that a content ends there

    def low(self, at: int) -> str:
        """The word at an index in lower case; empty outside the sentence."""
        return self.lows[at] if 0 <= at < len(self.lows) else ""

    def capital(self, at: int) -> bool:
        """Whether the word begins with a capital letter."""
        return 0 <= at < len(self.items) and self.text[self.items[at].start].isupper()

    def finite(self, at: int) -> bool:
        """Whether this word looks like a finite verb."""
        low = self.lows[at]
        if low in self.words["auxiliaries"] or low in self.words["finite"] or low in self.words["contracted"]:
            return True
        if self.low(at - 1) in HARD:
            return False
        return any(sense.form in (PAST, THIRD) for sense in self.lexicon.verbs.get(low, ())) and low not in self.lexicon.nouns

    def scare(self, at: int) -> bool:
        """Whether this item is a quotation too short to be speech: a few words that end without a mark of their own."""
        if self.lows[at] != QUOTE:
            return False
        start, end = self.items[at].start, self.items[at].end
        return wordy(self.text, Span(start, end)) <= SCARE and not (end - start > 2 and self.text[end - 2] in ",.!?…—")

    def spans(self, ranges: Sequence[Range]) -> Spans:
        """Characters of item ranges."""
        return merge(Span(self.items[a].start, self.items[b - 1].end) for a, b in ranges if a < b)

    def begins(self) -> int:
        """First item of the sentence that can belong to a content."""
        at = 0
        while at < self.end and (
            self.lows[at] in ("and", "but", "–", "—", "-", "•", "*", ")", ",") or (self.lows[at] in PUNCTUATION and self.lows[at] != "(")
        ):
            at += 1
        return at

    def cue_start(self, at: int) -> int:
        """First item of the cue whose verb stands at `at`: auxiliaries, negation, adverbs, and chains such as "went on to"."""
        first = at
        while first > 0:
            low = self.lows[first - 1]
            if (
                low in self.words["auxiliaries"]
                or (low in self.words["adverbs"] and not (first >= 2 and self.lows[first - 2] in HARD))
                or low in ("n't", "to be")
            ):
                first -= 1
            elif low == "to" and first >= 2 and self.lows[first - 2] in CHAINS:
                first -= 3 if self.lows[first - 2] == "on" and first >= 3 else 2
            else:
                break
        while (
            first < at
            and self.lows[first] in ("all", "both", "so", "even", "just", "only", "once", "yet", "then", "since")
            and first + 1 < at
            and self.lows[first + 1] not in self.words["auxiliaries"]
        ):
            first += 1
        return first

    def is_noun(self, at: int) -> bool:
        """Whether a form that can be a noun or a verb ("reports", "claims") is a noun here."""
        low = self.lows[at]
        if low not in self.lexicon.nouns:
            return False
        following = self.low(at + 1)
        if at + 1 < self.end and (self.finite(at + 1) or following in ("of", "by", "against", "from", "and", "are", "is")):
            return True
        return (
            following in (",", "")
            and self.low(at - 1) not in self.words["pronouns"]
            and not self.capital(at - 1)
            and QUOTE not in self.lows[:at]
        )
