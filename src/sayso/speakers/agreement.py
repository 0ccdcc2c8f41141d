"""Whether a pronoun and a phrase can mean the same: number, gender, and whether it is somebody or something.

Always true here: only what the words themselves tell counts (the pronoun, titles, given names, plural role words); what they leave open
agrees with everything, so that `agree` forbids but never proves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sayso import language
from sayso.speakers import gazetteer
from sayso.speakers.standings import title_gender

SINGULAR, PLURAL, EITHER = "singular", "plural", ""
MASCULINE, FEMININE = gazetteer.MASCULINE, gazetteer.FEMININE
SOMEBODY, SOMETHING = "somebody", "something"

_CONTRACTED = re.compile(r"'(?:s|m|ve|d|ll|re)$")
_GROUP = {"he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she", "herself": "she"}
_GROUP |= {"it": "it", "its": "it", "itself": "it", "they": "they", "them": "they", "their": "they", "theirs": "they", "themselves": "they"}
_GROUP |= {"i": "i", "me": "i", "my": "i", "mine": "i", "myself": "i", "we": "we", "us": "we", "our": "we", "ours": "we", "ourselves": "we"}
_GROUP |= {"you": "you", "your": "you", "yours": "you", "who": "who", "whom": "who", "whose": "who", "which": "which", "that": "that"}
_SINGULAR_S = re.compile(r"(?:ss|us|is|ics|news)$")
_NUMBERS = re.compile(
    r"^(?:two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands|\d+|many|several|some|most|both|few|all)\b"
)


@dataclass(frozen=True, slots=True)
class Features:
    """What words tell about who is meant; empty strings for what they leave open."""

    number: str = EITHER
    gender: str = ""
    being: str = ""


_PRONOUNS = {
    "he": Features(SINGULAR, MASCULINE, SOMEBODY),
    "she": Features(SINGULAR, FEMININE, SOMEBODY),
    "it": Features(SINGULAR, "", SOMETHING),
    "they": Features(),  # may be one person, a company, a state
    "i": Features(SINGULAR, "", SOMEBODY),
    "we": Features(),
    "you": Features("", "", SOMEBODY),
    "who": Features("", "", SOMEBODY),
    "which": Features("", "", SOMETHING),
    "that": Features(),
}


def pronoun(words: str) -> str:
    """The subject form of a personal, possessive or relative pronoun ("his" → "he", "I'm" → "i"); empty if the words are none."""
    return _GROUP.get(_CONTRACTED.sub("", language.lower(words.strip())), "")


@lru_cache(maxsize=4096)
def phrase(words: str, kind: str = "") -> Features:
    """What a name or a noun phrase tells about itself.

    Args:
        words: as they stand.
        kind: one of `draft.NAME_KINDS` if the words are a name, else empty.

    """
    group = pronoun(words)
    if group:
        return _PRONOUNS[group]
    head = re.split(r",|\(|\s(?:of|from|in|at|for|with|who|which|that|on)\s", words.strip(), maxsplit=1)[0].strip()
    parts = head.split()
    if not parts:
        return Features()
    gender = title_gender(head)
    low = language.lower(head)
    named = len(parts) > 1 and all(part[0].isupper() for part in parts) and bool(gazetteer.gender(parts[0]))
    if kind == "person" or (not kind and named):
        bare = [part for part in parts if language.lower(part).strip(".") not in language.load().words["titles"]]
        return Features(SINGULAR, gender or (gazetteer.gender(bare[0]) if len(bare) > 1 else ""), SOMEBODY)
    if kind in ("organization", "place"):
        return Features("", "", SOMETHING)
    lexicon = language.load()
    noun = re.sub(r"'s?$", "", low.split()[-1])
    if (
        " and " in low
        or _NUMBERS.match(re.sub(r"^(?:the|these|those|at least|more than|about)\s+", "", low))
        or noun in lexicon.words["groups"]
    ):
        return Features(PLURAL, "", "")
    plural = noun.endswith("s") and len(noun) > 3 and not _SINGULAR_S.search(noun) and not parts[-1][0].isupper()
    if plural or low.split()[0] in ("these", "those"):
        return Features(PLURAL, "", "")
    being = ""
    if gender or noun in lexicon.words["titles"]:
        being = SOMEBODY
    elif noun in lexicon.words["organizations"] | lexicon.words["governments"] | lexicon.words["documents"]:
        being = SOMETHING
    return Features(SINGULAR if noun.isalpha() else "", gender, being)


def agree(anaphor: str, antecedent: str, kind: str = "") -> bool:
    """Whether a pronoun (or description) can stand for a phrase.

    Args:
        anaphor: the pronoun, such as "she".
        antecedent: the words it may stand for.
        kind: one of `draft.NAME_KINDS` if the antecedent is a name.

    """
    group = pronoun(anaphor)
    mine, theirs = phrase(anaphor), phrase(antecedent, kind)
    if any(a and b and a != b for a, b in ((mine.number, theirs.number), (mine.gender, theirs.gender), (mine.being, theirs.being))):
        # "It" for a named group, "who" for an organization ("the team, who …"): being is a matter of style for those.
        return group == "who" and theirs.being == SOMETHING and mine.number == theirs.number
    if group == "they":
        return kind != "person" or not theirs.gender
    return True
