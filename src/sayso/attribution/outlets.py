"""Which words name a medium: a news outlet, a broadcaster, a platform, or "state media" without a name.

Always true here: only words decide, by the lists of the language's data and by the names found in the text; nothing is guessed of a name
that none of them knows. A phrase is read from a given place on, over a bounded number of words, so that reading is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso import language
from sayso.attribution.draft import PERSON, PLACE, Name
from sayso.language import Language
from sayso.spans import Span

REACH = 14  # words that a phrase may have
UNNAMED = 5  # words that a description without a name may have
_WORD = re.compile(r"[@#]?\w+(?:[.&’'\-]\w+)*(?:\.(?=\w))?|[“”\"]|[^\w\s]")
_OWNER = re.compile(r"(?:['’]s|(?<=s)['’])$")
_JOINTS = frozenset({"of", "for", "de", "la", "&"})
_CAPITALS = re.compile(r"[A-Z][A-Z&.\-]*[A-Z0-9]|[A-Z]\d+")


@dataclass(frozen=True, slots=True)
class Outlet:
    """A medium as the text names it.

    Attributes:
        name: without article and description: "Reuters", "Harbor Times"; or the description itself: "state media".
        span: where those words stand.
        platform: whether people post there, so that no journalist stands between.
        named: whether that is a name.
        medium: whether it is a medium at all; else it is what is cited, or somebody in between.
        back: whether it stands for a medium named before ("the paper").

    """

    name: str
    span: Span
    platform: bool = False
    named: bool = True
    medium: bool = True
    back: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    low: str
    start: int
    end: int


class Outlets:
    """What one text and its language know about media."""

    def __init__(self, text: str, lexicon: Language, names: Sequence[Name] = ()) -> None:
        self.text = text
        self.lexicon = lexicon
        self.kinds = {name.span.start: name for name in names}
        self._full: dict[str, str] | None = None

    def at(self, start: int, end: int, *, airing: bool = False) -> Outlet | None:
        """The medium that the phrase beginning at `start` names; None if it names none, or something else.

        Args:
            start: where the phrase begins.
            end: where it ends at the latest.
            airing: whether the words before it ("in an interview with", "said on") already speak of media, so that an unknown acronym
                is taken for one.

        """
        lead, name, tail = self._phrase(start, end)
        nouns = self.lexicon.words["media_nouns"]
        if not name or (len(name) == 1 and name[0].low in nouns):  # "state TV"
            return self._unnamed([*lead, *name])
        if self._known(name) or (airing and self._acronym(name)):
            return self._of(name)
        for cut, word in enumerate(name[:-1], 1):
            if _OWNER.search(word.text):  # "CNN's Dora Quill", "Norvania's broadcaster NNA"
                if self._known(name[:cut]):
                    return self._of(name[:cut])
                name = name[cut:]
                break
        described = any(word.low in nouns for word in lead) or (bool(tail) and tail[-1].low != "news")
        if self._known(name):
            return self._of(name)
        if not described or self._is(name, PERSON):
            return None
        if tail and (tail[-1].low in self.lexicon.words["bare_media"] or _OWNER.search(name[-1].text)):  # "Norvanian state media"
            words = [*name, *tail]
            return Outlet(" ".join(word.text for word in words), Span(words[0].start, words[-1].end), named=False)
        return None if self._is(name, PLACE) or name[0].low in self.lexicon.words["places"] else self._of(name)

    def named(self, start: int, end: int) -> tuple[str, Span] | None:
        """The phrase at `start`, whatever it names, as it stands; None if it holds no name."""
        lead, name, _ = self._phrase(start, end)
        if not name or len(lead) > 3:
            return None
        span = Span(name[0].start, name[-1].end)
        return " ".join(self.text[span.start : span.end].split()), span

    def _of(self, name: Sequence[_Word]) -> Outlet:
        words = " ".join([*(word.text for word in name[:-1]), _OWNER.sub("", name[-1].text)])
        return Outlet(self._whole(words), Span(name[0].start, name[-1].end), self._platform(name))

    def _phrase(self, start: int, end: int) -> tuple[list[_Word], list[_Word], list[_Word]]:
        """Small words before a name, the name, and the nouns after it that still describe it ("the Reuters news agency")."""
        words, nouns = self.lexicon.words, self.lexicon.words["media_nouns"]
        lead: list[_Word] = []
        name: list[_Word] = []
        tail: list[_Word] = []
        row: list[_Word] = list(_words(self.text, start, end))
        for at, word in enumerate(row):
            following = row[at + 1] if at + 1 < len(row) else None
            first = word.text[0]
            if not (first.isalnum() or first in "@#&"):
                break
            if first.isupper() or (name and first.isdigit()):
                if tail or word.low in words["days"] or word.low in words["months"]:
                    break
                (lead if not name and word.low in words["determiners"] else name).append(word)
            elif name and word.low in _JOINTS and following is not None and following.text[0].isupper():
                name.append(word)
            elif name and (word.low in nouns or word.low in words["media_adjectives"]):
                tail.append(word)
                if following is not None and following.text[0].isupper():  # "Norvania's state news agency NNA"
                    lead, name, tail = [*lead, *name, *tail], [], []
            elif not name and self._describes(word):
                lead.append(word)
            else:
                break
        return lead, name, tail

    def _describes(self, word: _Word) -> bool:
        """Whether a small word may stand before a name or noun of a medium; what opens a new phrase may not."""
        words = self.lexicon.words
        return not any(
            word.low in words[group] for group in ("prepositions", "conjunctions", "auxiliaries", "relatives", "pronouns", "days")
        )

    def _unnamed(self, lead: Sequence[_Word]) -> Outlet | None:
        """A medium described without a name: "state media", "a local newspaper", "the paper"."""
        nouns, words = self.lexicon.words["media_nouns"], self.lexicon.words
        places = [at for at, word in enumerate(lead) if word.low in nouns]
        if not places or places[-1] >= UNNAMED or lead[0].low in words["possessives"]:
            return None
        row = list(lead[: places[-1] + 1])
        bare = [word for word in row if word.low not in words["determiners"]]
        back = len(row) == 2 and row[0].low == "the"
        if (len(bare) == 1 and row[-1].low in words["bare_media"]) or (len(row) == 1 and not back):
            return None
        if row[0].low == "the" and not back:
            row = row[1:]
        return Outlet(" ".join(word.text for word in row), Span(row[0].start, row[-1].end), named=False, back=back)

    def _known(self, name: Sequence[_Word]) -> bool:
        """Whether the lists hold the whole name, or a word that only media have in theirs."""
        low = [_OWNER.sub("", word.low) for word in name]
        words = self.lexicon.words
        whole = " ".join(low)
        if whole in words["media"] or whole in words["outlets"] or whole in words["platforms"]:
            return True
        if any(word in words["media_names"] for word in low):
            return not self._is(name, PERSON) and (len(low) > 1 or self._whole(name[0].text) != name[0].text)
        return False

    def _is(self, name: Sequence[_Word], kind: str) -> bool:
        """Whether a name found in the text at this place is of that kind."""
        found = self.kinds.get(name[0].start)
        return found is not None and found.kind == kind

    def _acronym(self, name: Sequence[_Word]) -> bool:
        """Capitals that no list knows for anything else, and that the names in the text do not take for a person or place."""
        word = _OWNER.sub("", name[0].text)
        known = self.kinds.get(name[0].start)
        others = ("places", "governments", "organizations", "titles")
        return (
            len(name) == 1
            and _CAPITALS.fullmatch(word) is not None
            and not any(word.lower() in self.lexicon.words[group] for group in others)
            and (known is None or known.kind == "organization")
        )

    def _platform(self, name: Sequence[_Word]) -> bool:
        return _OWNER.sub("", name[0].low) in self.lexicon.words["platforms"] and len(name) == 1

    def _whole(self, name: str) -> str:
        """The full name for "the Post" or "the Journal", if the text gives it."""
        if self._full is None:
            self._full = _full_names(self.text, self.lexicon)
        return self._full.get(name, name)


def _words(text: str, start: int, end: int) -> Iterable[_Word]:
    for number, match in enumerate(_WORD.finditer(text, start, end)):
        if number == REACH:
            return
        yield _Word(match.group(), language.lower(match.group()), match.start(), match.end())


_RUN = re.compile(r"[A-Z][\w’\-]*(?:[ \n][A-Z][\w’\-]*){1,4}")


def _full_names(text: str, lexicon: Language) -> dict[str, str]:
    """The last word of each medium's name that the text gives in full, with that name; the first one counts."""
    found: dict[str, str] = {}
    for match in _RUN.finditer(text):
        row = match.group().split()
        if row[0].lower() in lexicon.words["determiners"]:
            row = row[1:]
        if len(row) > 1 and language.lower(row[-1]) in lexicon.words["media_names"]:
            found.setdefault(row[-1], " ".join(row))
    return found
