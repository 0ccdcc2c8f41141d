"""What the words of one mention say about the speaker by themselves: "Col. Ada Brandt", "the ministry", "two people close to the talks".

Always true here: a description keeps the words of the mention as its name; what the words do not say stays `unknown`, `none` or empty.
Used for relays that are no media and never speak; who speaks is described by all of its mentions (`speakers.profiles`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso import language
from sayso.language import Language
from sayso.speakers.names import JOINTS, NAME, POSSESSIVE, capital
from sayso.speakers.standings import role_words, standing_of

UNKNOWN = "unknown"

_CLAUSE = re.compile(r"\s*(?:,|\(|\bwho\b|\bwhich\b|—|–)\s*")


@dataclass(frozen=True, slots=True)
class Profile:
    """What the words of one mention say about the speaker by themselves."""

    name: str
    kind: str = UNKNOWN
    standing: str = "none"
    named: bool = False
    role: str | None = None
    affiliation: str | None = None


def describe(words: str, lexicon: Language) -> Profile:
    """What a noun phrase says about the speaker: name, kind, standing, whether named, role, affiliation."""
    given = " ".join(words.split())
    words = given.strip(' ,;:"“”')
    head, aside = _split(words)
    head = POSSESSIVE.sub("", head)
    low = language.lower(head)
    bare = re.sub(r"^(?:the|a|an|his|her|its|their|some|many|several|most|other|these|those|this|that)\s+", "", low)
    parts = head.split()
    if not parts:  # a lone mark, or a possessive of nothing
        return Profile(words or given)
    roles = role_words(lexicon)
    last_role = max(
        (at for at, part in enumerate(parts) if language.lower(part).strip(".,'’s") in roles or language.lower(part).strip(".") in roles),
        default=-1,
    )
    name_parts = parts[last_role + 1 :]
    standing = standing_of(low, lexicon) if last_role >= 0 or low != bare else "none"
    if aside and standing == "none":
        standing = standing_of(language.lower(aside), lexicon)
    first = re.split(r"\s+(?:and|of|for|from|in|at|on|to|with|by|that|close|familiar)\s+", bare)[0]
    noun = first.split()[-1] if first.split() else ""
    if (
        bare in lexicon.words["media"]
        or (noun in lexicon.words["media"] and noun not in ("daily", "mail", "press", "news") and last_role < 1)
        or (re.search(r"\b(?:news|times|post|agency|tv|daily|tribune|herald)$", bare) and capital(parts[-1]) and "intelligence" not in bare)
    ):
        name = head if head[:4].lower() != "the " or bare in lexicon.words["media"] else head[4:]
        return Profile(_without_article(name), "media", "journalist", any(capital(part) for part in parts))
    if noun in lexicon.words["documents"] or bare.split(" ")[0] in lexicon.words["documents"]:
        return Profile(head, "document", "none", bool(NAME.search(head)))
    if noun in lexicon.words["groups"] and " and " not in bare:
        return Profile(head, "group", standing_of(low, lexicon), False)
    if bare in lexicon.words["places"] or first in lexicon.words["places"]:
        return Profile(_without_article(head), "government", "official", True)
    body = noun in lexicon.words["governments"] or noun in lexicon.words["organizations"]
    named = bool(name_parts) and len(name_parts) <= 5 and all(capital(part) or part in JOINTS for part in name_parts)
    if named and last_role >= 0 and language.lower(parts[last_role]) in lexicon.words["media"]:
        return Profile(" ".join(name_parts), "media", "journalist", True)
    if noun == "media":
        return Profile(head, "media", "journalist", False)
    if named and last_role >= 0 and not body:
        return _person(name_parts, " ".join(parts[: last_role + 1]), aside, standing, lexicon)
    government = (
        noun in lexicon.words["governments"]
        or first in lexicon.words["governments"]
        or bare in lexicon.words["governments"]
        or any(low_phrase in bare for low_phrase in ("ministry", "department of", "white house", "kremlin", "pentagon"))
    )
    if government:
        return Profile(
            _without_article(head) if any(capital(p) for p in parts[1:]) else head,
            "government",
            "official",
            low.startswith("the ") or any(capital(part) for part in parts),
        )
    acronym = len(parts) <= 2 and parts[-1].isupper() and len(parts[-1]) > 1
    if noun in lexicon.words["organizations"] or bare in lexicon.words["organizations"] or acronym:
        return Profile(
            _without_article(head),
            "organization",
            standing_of(low, lexicon) if not acronym else "none",
            any(capital(part) for part in parts if part.lower() != "the"),
        )
    if " and " in bare and all(capital(piece.split()[0]) for piece in head.split(" and ") if piece.split()):
        inner = [describe(piece, lexicon) for piece in head.split(" and ") if piece]
        return Profile(head, inner[0].kind if inner else UNKNOWN, inner[0].standing if inner else "none", True)
    if (
        parts
        and all(capital(part) or part in JOINTS or re.fullmatch(r"[A-Z]\.", part) for part in parts)
        and len(parts) <= 4
        and low == bare
    ):
        return _person(parts, "", aside, standing, lexicon)
    if last_role >= 0:
        return Profile(head, "person", standing_of(low, lexicon), False, role=re.sub(r"^(?:the|a|an)\s+", "", head))
    return Profile(head or words, UNKNOWN, standing, False)


def _person(parts: Sequence[str], role: str, aside: str, standing: str, lexicon: Language) -> Profile:
    role = re.sub(r"^(?:the|a|an)\s+", "", role)
    courtesy = language.lower(role).strip(".") in ("mr", "mrs", "ms", "miss", "dr", "sir", "")
    given = None if courtesy else role
    if standing == "none" and given:
        standing = standing_of(language.lower(given), lexicon)
    affiliation = None
    if given is None and aside and standing_of(language.lower(aside), lexicon) != "none":
        given = re.sub(r"^(?:the|a|an)\s+", "", aside)
    if given is not None:
        match = re.search(r"\s+(?:of|at|for|from|with)\s+(?:the\s+)?([^\W\d_a-z].*)$", given)
        affiliation = match.group(1) if match else None
    return Profile(" ".join(parts), "person", standing, True, given, affiliation)


def _split(words: str) -> tuple[str, str]:
    """The words before the first comma, bracket or relative pronoun, and those after it."""
    match = _CLAUSE.search(words)
    if match is None or match.start() == 0:
        return words, ""
    return words[: match.start()], words[match.end() :].rstrip(" ,)")


def _without_article(name: str) -> str:
    return re.sub(r"^[Tt]he (?=[A-Z])", "", name)
