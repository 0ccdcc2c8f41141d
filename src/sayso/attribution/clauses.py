"""One sentence as a row of words, and the questions that the rules ask of it: where a cue, a noun phrase and a content begin and end.

Always true here: index ranges are `[a, b)` over `items`; a whole quotation is one item, so that no answer cuts one; nothing is searched
farther than `REACH` items away, so that a sentence without end costs no more than its length.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso import language
from sayso.language import GERUND, PAST, THIRD, Language, Token
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
CONTRAST = frozenset({"but", "while", "although", "though"})  # after a comma, the words are the outlet's again
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


class Clause:
    """One sentence of a text."""

    def __init__(self, text: str, items: list[Token], lexicon: Language) -> None:
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

    def spans(self, ranges: Sequence[tuple[int, int]]) -> Spans:
        """Characters of item ranges."""
        return merge(Span(self.items[a].start, self.items[b - 1].end) for a, b in ranges if a < b)

    def left(self, stop: int) -> tuple[int, int] | None:
        """The noun phrase that ends right before item `stop`."""
        end = stop
        while end > 0 and self.lows[end - 1] in self.words["adverbs"] and self.lows[end - 1] not in ("all", "both"):
            end -= 1
        if end <= 0:
            return None
        low = self.lows[end - 1]
        if low in ("he", "she", "they", "it", "i", "we", "you", "who", "which"):
            return end - 1, end
        if low in self.words["contracted"]:
            return end - 1, end
        if low == ",":
            return self._before_aside(end - 1)
        if low in STOPS or low in ("and", "or", "to") or low == QUOTE or (low in PUNCTUATION and low != ")"):
            return (end - 1, end) if low in ("that",) and end - 1 > 0 and self.low(end - 2) not in PUNCTUATION else None
        start = self._walk(end)
        return (start, end) if start < end else None

    def _before_aside(self, comma: int) -> tuple[int, int] | None:
        """The noun phrase before `, … ,` where the second comma is at `comma`; with the aside where that is an apposition."""
        opening = comma - 1
        while opening > max(0, comma - REACH) and self.lows[opening] != ",":
            opening -= 1
        if opening <= 0 or self.lows[opening] != ",":
            return None
        start = self._walk(opening)
        if start >= opening:
            return None
        following = self.low(opening + 1)
        if any(sense.form == GERUND for sense in self.lexicon.verbs.get(following, ())) or following in (
            "speaking",
            "in",
            "on",
            "after",
            "at",
            "during",
        ):
            return start, opening
        if start > 0 and self.lows[start - 1] == "," and self._walk(start - 1) < start - 1 and not self.capital(start):
            start = self._walk(start - 1)
        return start, comma

    def _walk(self, end: int) -> int:
        at = end
        floor = max(0, end - REACH)
        while at > floor:
            low = self.lows[at - 1]
            if low == ")":
                opening = at - 1
                while opening > floor and self.lows[opening] != "(":
                    opening -= 1
                if self.lows[opening] != "(":
                    break
                at = opening
                continue
            if low == QUOTE and not self.scare(at - 1):
                break
            if low == "." and at - 2 >= floor and len(self.lows[at - 2]) <= 4 and self.capital(at - 2):
                at -= 1
                continue
            if low == "-" and self.items[at - 1].start == self.items[at - 2].end:
                at -= 1
                continue
            if low in PUNCTUATION:
                break
            if low in STOPS:
                break
            if self.finite(at - 1):
                relative = at - 2
                while relative > max(floor, at - 5) and self.lows[relative] in self.words["adverbs"]:
                    relative -= 1
                if relative > floor and self.lows[relative] in ("who", "that", "which") and self.low(relative - 1) != ",":
                    at = relative
                    continue
                break
            at -= 1
        start = at
        while start < end and (
            self.lows[start] in ("and", "or", "but", "however", "meanwhile", "still", "also", "then", "and", ")")
            or self.lows[start] in self.words["days"]
        ):
            start += 1
        if start + 2 < end and self.lows[start] == "according":
            return start + 2
        if start < end and self.lows[start] in self.words["prepositions"]:
            for middle in range(end - 1, start + 1, -1):
                if self.lows[middle] in self.words["determiners"] and self.lows[middle - 1] not in self.words["prepositions"]:
                    return middle
            for middle in range(start + 1, end - 1):
                if self.lows[middle] in self.words["days"]:
                    return middle + 1
            return end if end - start < 3 and self.lows[start] not in ("of",) else start + 1
        return start

    def right(self, start: int) -> tuple[int, int] | None:
        """The noun phrase that begins at item `start`, with an apposition that closes the sentence."""
        at = start
        top = min(self.end, start + REACH)
        while at < top:
            low = self.lows[at]
            if low == "(":
                closing = at
                while closing < top and self.lows[closing] != ")":
                    closing += 1
                at = closing + 1
                continue
            if low == "." and self.capital(at - 1) and len(self.lows[at - 1]) <= 4:
                at += 1
                continue
            if low == "who" and self.low(at - 1) != ",":
                at += 1
                while at < top and self.lows[at] not in PUNCTUATION and self.lows[at] != QUOTE:
                    at += 1
                break
            if low == ",":
                if not self._apposition(at, top):
                    break
                at = top
                break
            if low in PUNCTUATION or (low == QUOTE and not self.scare(at)):
                break
            if at > start and (low in STOPS or self.finite(at) or low in self.words["days"]):
                break
            if at > start and low in ("in", "on", "during", "after", "before", "at", "to", "with", "via", "by", "last", "about"):
                break
            if low in self.words["adverbs"] and at > start and low not in ("all", "both", "first"):
                break
            at += 1
        at = min(at, self.end)
        while at > start and self.lows[at - 1] in ("and", "or", ","):
            at -= 1
        return (start, at) if at > start else None

    def _apposition(self, comma: int, top: int) -> bool:
        """Whether all that follows the comma, up to the end of the sentence, describes the name before it."""
        if top < self.end or self.low(comma + 1) in ("and", "but", "adding", "while", "as", "saying") or self.low(comma + 1) == QUOTE:
            return False
        if self.low(comma + 1) == "who":
            return True
        return not any(self.lows[at] in (QUOTE, ";") or self.finite(at) for at in range(comma + 1, top)) and not any(
            sense.form == GERUND for sense in self.lexicon.verbs.get(self.low(comma + 1), ())
        )

    def until(self, start: int, form: str = "", noun: bool = False) -> int:
        """Where a content that begins at item `start` ends: at the next cue of the same speaker, at another frame, or with the sentence."""
        at = start
        while at < self.end:
            if at in self.cuts and at > start:
                break
            low = self.lows[at]
            if low in (",", "–", "—", "and", "but") and at > start + 1:
                if low == "," and (self.low(at + 1) in CONTRAST or (noun and self.low(at + 1) in ("and", "after", "when", "which"))):
                    break
                following = at + 1
                while self.low(following) in self.words["adverbs"] or (low == "," and self.low(following) in ("and", "but")):
                    following += 1
                senses = self.lexicon.verbs.get(self.low(following), ())
                if low in (",", "–", "—") and any(s.form == GERUND and ({"clause", "noun"} & s.cue.frames) for s in senses):
                    break
                if (
                    any(s.form == form and form in (PAST, THIRD) and {"clause", "noun", "to"} & s.cue.frames for s in senses)
                    and following - at < 4
                ) and (low in ("and", "but") or self.low(following - 1) in ("and", "but")):
                    break
            at += 1
        while at > start and self.lows[at - 1] in (",", ";", "–", "—", "and", "but"):
            at -= 1
        return at

    def skip_adjuncts(self, at: int, person: bool) -> tuple[int, bool]:
        """Where the content begins after times, places and addressees, and whether `that`, a quotation or a colon makes that sure."""
        limit = min(self.end, at + 16)
        start = at
        if self.low(at) == "," and self.low(at + 1) == QUOTE:
            return at + 1, True
        opens = self.low(at) in self.words["quotative_adjuncts"] or self.low(at) in self.words["days"] or self.low(at) == "to" or person
        if opens or self.low(at) in ("that", QUOTE, ":"):
            depth = at
            while depth < limit:
                low = self.lows[depth]
                if low == "that" or (low == QUOTE and not self.scare(depth)):
                    return depth, True
                if low == ":":
                    return depth + 1, True
                if person and depth > start and (low == "to" or low in WH):
                    return depth, True
                if low == "," and self.low(depth + 1) in (QUOTE, "that"):
                    return depth + 1, True
                if low in PUNCTUATION or self.finite(depth) or low in ("he", "she", "they", "i", "we"):
                    break
                depth += 1
        while self.low(at) in self.words["days"] or (
            self.low(at) in ("on", "last", "this", "late", "early") and self.low(at + 1) in self.words["days"] | {"week", "month", "year"}
        ):
            at += 2 if self.low(at) not in self.words["days"] else 1
        if person and at < self.end:
            if self.lows[at] in self.words["recipients"]:
                return at + 1, False
            while at < limit and (
                self.capital(at) or self.lows[at] in ("the", "a", "an", "reporters", "his", "her", "their", "its", "of", "news", "agency")
            ):
                at += 1
        return at, False

    def begins(self) -> int:
        """First item of the sentence that can belong to a content."""
        at = 0
        while at < self.end and (
            self.lows[at] in ("and", "but", "–", "—", "-", "•", "*", ")", ",") or (self.lows[at] in PUNCTUATION and self.lows[at] != "(")
        ):
            at += 1
        return at

    def clause_ahead(self, begin: int) -> bool:
        """Whether a finite verb follows, so that the words from here on can be a clause without `that`."""
        return any(self.finite(at) for at in range(begin, min(self.end, begin + REACH)))

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

    def adjunct_only(self, at: int) -> bool:
        """Whether only times, places and addressees follow, up to the next mark or the end."""
        low = self.low(at)
        if low not in self.words["quotative_adjuncts"] and low not in self.words["days"]:
            return False
        while at < self.end and self.lows[at] not in PUNCTUATION and self.lows[at] != QUOTE:
            if self.lows[at] == "that" or self.finite(at):
                return False
            at += 1
        return True

    def shared(self, previous: tuple[int, int] | None) -> tuple[int, int] | None:
        """The subject of the sentence, for a cue without its own."""
        if previous is not None:
            return previous
        start = self.begins()
        if self.low(start) in self.words["prepositions"]:
            comma = next((i for i in range(start, min(self.end, start + REACH)) if self.lows[i] == ","), None)
            if comma is None:
                return None
            start = comma + 1
        return self.right(start)

    def owner(self, at: int) -> tuple[int, int] | None:
        """Whose claim: a possessive before the noun at `at`."""
        for middle in range(at - 1, max(-1, at - 4), -1):
            low = self.lows[middle]
            if low in self.words["possessives"]:
                return middle, middle + 1
            if low.endswith(("'s", "s'")) and low not in self.words["contracted"]:
                return self._walk(middle + 1), middle + 1
            if low == "'" or low in self.words["determiners"] or low in self.words["prepositions"] or low in PUNCTUATION:
                return None
        return None

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
