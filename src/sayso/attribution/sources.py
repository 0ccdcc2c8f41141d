"""From the words that name a speaker to one `Source` per distinct speaker.

Always true here: every draft gets a source; drafts that name nobody share one source called `unknown`; a pronoun or description is
resolved only where a rule stands for it (the speaker before, the enclosing speaker, the antecedent beside it), and otherwise keeps its
own words and the kind `unknown`; a name is given as fully as the article gives it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sayso import language
from sayso.attribution.draft import Draft
from sayso.document import Document
from sayso.language import Language
from sayso.reading import Source
from sayso.spans import Span, merge

UNKNOWN = "unknown"
SAME = 8  # no more people of one surname are told apart

_JOINTS = r"bin|ibn|al|el|de|del|da|di|la|van|von|der|den|ben|dos|du|le"
_NAME = re.compile(rf"[^\W\d_a-z][\w’'\-]*(?:[ \t]*\r?\n?[ \t]*(?:[A-Z]\.|[^\W\d_a-z][\w’'\-]+|(?:{_JOINTS})\b))+")

_ACRONYM = re.compile(r"\(([A-Z][A-Z&.\-]{1,9})\)")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_CLAUSE = re.compile(r"\s*(?:,|\(|\bwho\b|\bwhich\b|—|–)\s*")
_LOWER_JOINTS = frozenset(_JOINTS.split("|"))
_STANDINGS = (
    ("spokesperson", "spokespersons"),
    ("journalist", "journalists"),
    ("politician", "political_titles"),
    ("official", "official_roles"),
    ("expert", "experts"),
    ("business", "business_roles"),
    ("advocate", "advocates"),
    ("witness", "witnesses"),
    ("citizen", "citizens"),
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What the words of one mention say about the speaker by themselves."""

    name: str
    kind: str = UNKNOWN
    standing: str = "none"
    named: bool = False
    role: str | None = None
    affiliation: str | None = None


@dataclass(slots=True)
class _Found:
    """A source under construction."""

    profile: Profile
    spans: list[Span] = field(default_factory=list)
    gender: str = ""


class _Book(dict[str, _Found]):
    """The sources so far by key, found again by surname or by any word of their name or role."""

    def __init__(self) -> None:
        super().__init__()
        self.surnames: dict[str, list[str]] = {}
        self.words: dict[str, dict[str, None]] = {}

    def note(self, key: str, profile: Profile) -> None:
        """Add a source, or what another mention adds to it."""
        if key in self:
            self[key].profile = profile = _richer(self[key].profile, profile)
        else:
            self[key] = _Found(profile)
            if profile.kind == "person" and profile.named:
                self.surnames.setdefault(profile.name.split()[-1].casefold(), []).append(key)
        if not profile.named:
            described = language.lower(profile.name).split()[-1:]
        else:
            described = re.findall(r"\w+", language.lower((profile.role or "") if profile.kind == "person" else profile.name))
        for word in described:
            self.words.setdefault(word, {})[key] = None


def resolve(document: Document, drafts: Sequence[Draft]) -> tuple[tuple[Source, ...], list[str]]:
    """One source per distinct speaker, and the source id of each draft (`S1`, `S2`, … by first use, in the order of the drafts).

    Args:
        document: the document that the spans point into.
        drafts: in order of the text; `within` indexes this sequence.

    """
    lexicon = language.load()
    names = Names(document.text, lexicon)
    found = _Book()
    owner: list[str] = []
    recent: list[str] = []  # keys of the last speakers, newest last
    for index, draft in enumerate(drafts):
        words = " ".join(" ".join(document.text[span.start : span.end] for span in draft.source).split())
        key = UNKNOWN
        if words:
            outer = owner[draft.within] if draft.within is not None and draft.within < index else None
            key = _pronoun(document.text, draft, words, outer, recent, found, lexicon, names) or ""
            if not key:
                profile = describe(words, lexicon, names)
                key = _known(profile, found) or profile.name.casefold()
                found.note(key, profile)
                found[key].gender = found[key].gender or _title_gender(words)
        if key not in found:
            found[key] = _Found(Profile(UNKNOWN if key == UNKNOWN else words))
        found[key].spans.extend(draft.source)
        owner.append(key)
        if key != UNKNOWN:
            recent = [*[other for other in recent[-8:] if other != key], key]
    order = list(dict.fromkeys(owner))
    ids = {key: f"S{number}" for number, key in enumerate(order, 1)}
    sources = tuple(make(ids[key], found[key].profile, found[key].spans) for key in order)
    return sources, [ids[key] for key in owner]


def make(source_id: str, profile: Profile, spans: Sequence[Span] = ()) -> Source:
    """A source of the contract from a profile."""
    return Source(source_id, profile.name, profile.kind, profile.standing, profile.named, profile.role, profile.affiliation, merge(spans))


class Names:
    """The full names and spelled-out acronyms that one article gives; built in one pass over its text."""

    def __init__(self, text: str, lexicon: Language) -> None:
        self.full: dict[str, str] = {}
        self.roles: dict[str, str] = {}
        self.acronyms: dict[str, str] = {}
        for match in _NAME.finditer(text):
            row = match.group().split()
            parts = _person_parts(row, lexicon)
            if parts and len(parts) < len(row):
                role = " ".join(row[: len(row) - len(parts)])
                if _standing(language.lower(role), lexicon) != "none":
                    self.roles.setdefault(_POSSESSIVE.sub("", parts[-1]), role)
            if 2 <= len(parts) <= 4:
                surname = _POSSESSIVE.sub("", parts[-1])
                name = " ".join([*parts[:-1], surname])
                if surname not in self.full:
                    self.full[surname] = name
        for match in _ACRONYM.finditer(text):
            words = text[max(0, match.start() - 90) : match.start()].split()
            letters = match.group(1).replace(".", "").replace("&", "")
            for size in range(2, min(9, len(words)) + 1):
                if "".join(word[0] for word in words[-size:] if word[0].isupper()) == letters and words[-size][0].isupper():
                    self.acronyms.setdefault(match.group(1), " ".join(words[-size:]))
                    break


def _person_parts(parts: Sequence[str], lexicon: Language) -> list[str]:
    """The words after the last title; without sentence openers before."""
    start = 0
    for at, part in enumerate(parts):
        low = language.lower(part).strip(".,")
        if (
            low in lexicon.words["titles"]
            or low
            in lexicon.words["days"] | lexicon.words["months"] | lexicon.words["conjunctions"] | lexicon.words["prepositions"] - {"like"}
            or low in lexicon.words["determiners"]
        ):
            start = at + 1
    return list(parts[start:])


@lru_cache(maxsize=8)
def _roles(code: str) -> frozenset[str]:
    """All words that name a role or go before a name."""
    words = language.load(code).words
    return words["titles"].union(
        *(
            words[group]
            for group in ("spokespersons", "official_roles", "experts", "journalists", "advocates", "business_roles", "citizens")
        )
    )


def describe(words: str, lexicon: Language, names: Names | None = None) -> Profile:
    """What a noun phrase says about the speaker: name, kind, standing, whether named, role, affiliation."""
    words = " ".join(words.split()).strip(' ,;:"“”')
    head, _, aside = _split(words)
    head = _POSSESSIVE.sub("", head)
    low = language.lower(head)
    bare = re.sub(r"^(?:the|a|an|his|her|its|their|some|many|several|most|other|these|those|this|that)\s+", "", low)
    parts = head.split()
    roles = _roles(lexicon.code)
    last_role = max(
        (at for at, part in enumerate(parts) if language.lower(part).strip(".,'’s") in roles or language.lower(part).strip(".") in roles),
        default=-1,
    )
    name_parts = parts[last_role + 1 :]
    standing = _standing(low, lexicon) if last_role >= 0 or low != bare else "none"
    if aside and standing == "none":
        standing = _standing(language.lower(aside), lexicon)
    first = re.split(r"\s+(?:and|of|for|from|in|at|on|to|with|by|that|close|familiar)\s+", bare)[0]
    noun = first.split()[-1] if first.split() else ""
    if (
        bare in lexicon.words["media"]
        or (noun in lexicon.words["media"] and noun not in ("daily", "mail", "press", "news") and last_role < 1)
        or (
            re.search(r"\b(?:news|times|post|agency|tv|daily|tribune|herald)$", bare) and _capital(parts[-1]) and "intelligence" not in bare
        )
    ):
        name = head if head[:4].lower() != "the " or bare in lexicon.words["media"] else head[4:]
        return Profile(re.sub(r"^[Tt]he (?=[A-Z])", "", name), "media", "journalist", any(_capital(part) for part in parts))
    if noun in lexicon.words["documents"] or bare.split(" ")[0] in lexicon.words["documents"]:
        return Profile(head, "document", "none", bool(_NAME.search(head)))
    if noun in lexicon.words["groups"] and " and " not in bare:
        return Profile(head, "group", _standing(low, lexicon), False)
    if bare in lexicon.words["places"] or first in lexicon.words["places"]:
        return Profile(re.sub(r"^[Tt]he (?=[A-Z])", "", head), "government", "official", True)
    body = noun in lexicon.words["governments"] or noun in lexicon.words["organizations"]
    named = bool(name_parts) and len(name_parts) <= 5 and all(_capital(part) or part in _LOWER_JOINTS for part in name_parts)
    if named and last_role >= 0 and language.lower(parts[last_role]) in lexicon.words["media"]:
        return Profile(" ".join(name_parts), "media", "journalist", True)
    if noun == "media":
        return Profile(head, "media", "journalist", False)
    if named and last_role >= 0 and not body:
        return _person(name_parts, " ".join(parts[: last_role + 1]), aside, standing, lexicon, names)
    government = (
        noun in lexicon.words["governments"]
        or first in lexicon.words["governments"]
        or bare in lexicon.words["governments"]
        or any(low_phrase in bare for low_phrase in ("ministry", "department of", "white house", "kremlin", "pentagon"))
    )
    if government:
        return Profile(
            re.sub(r"^[Tt]he (?=[A-Z])", "", head) if any(_capital(p) for p in parts[1:]) else head,
            "government",
            "official",
            low.startswith("the ") or any(_capital(part) for part in parts),
        )
    acronym = len(parts) <= 2 and parts[-1].isupper() and len(parts[-1]) > 1
    if noun in lexicon.words["organizations"] or bare in lexicon.words["organizations"] or acronym:
        name = re.sub(r"^[Tt]he (?=[A-Z])", "", head)
        if names is not None and acronym:
            name = names.acronyms.get(parts[-1], name)
        return Profile(
            name,
            "organization",
            _standing(low, lexicon) if not acronym else "none",
            any(_capital(part) for part in parts if part.lower() != "the"),
        )
    if " and " in bare and all(_capital(piece.split()[0]) for piece in head.split(" and ") if piece.split()):
        inner = [describe(piece, lexicon, names) for piece in head.split(" and ") if piece]
        return Profile(head, inner[0].kind if inner else UNKNOWN, inner[0].standing if inner else "none", True)
    if (
        parts
        and all(_capital(part) or part in _LOWER_JOINTS or re.fullmatch(r"[A-Z]\.", part) for part in parts)
        and len(parts) <= 4
        and low == bare
    ):
        return _person(parts, "", aside, standing, lexicon, names)
    if last_role >= 0:
        return Profile(head, "person", _standing(low, lexicon), False, role=re.sub(r"^(?:the|a|an)\s+", "", head))
    return Profile(head or words, UNKNOWN, standing, False)


def _split(words: str) -> tuple[str, str, str]:
    match = _CLAUSE.search(words)
    if match is None or match.start() == 0:
        return words, "", ""
    return words[: match.start()], match.group(), words[match.end() :].rstrip(" ,)")


def _capital(word: str) -> bool:
    return word[:1].isupper() or (word[:1] in "‘'’\"“" and word[1:2].isupper())


def _person(parts: Sequence[str], role: str, aside: str, standing: str, lexicon: Language, names: Names | None) -> Profile:
    name = " ".join(parts)
    if names is not None and len(parts) == 1:
        name = names.full.get(parts[0], name)
    role = re.sub(r"^(?:the|a|an)\s+", "", role)
    courtesy = language.lower(role).strip(".") in ("mr", "mrs", "ms", "miss", "dr", "sir", "")
    given = None if courtesy else role
    if given is None and names is not None:
        given = names.roles.get(parts[-1])
    if standing == "none" and given:
        standing = _standing(language.lower(given), lexicon)
    affiliation = None
    if given is None and aside and _standing(language.lower(aside), lexicon) != "none":
        given = re.sub(r"^(?:the|a|an)\s+", "", aside)
    if given is not None:
        match = re.search(r"\s+(?:of|at|for|from|with)\s+(?:the\s+)?([^\W\d_a-z].*)$", given)
        affiliation = match.group(1) if match else None
    return Profile(name, "person", standing, True, given, affiliation)


def _standing(low: str, lexicon: Language) -> str:
    row = re.findall(r"[\w'\-]+", low)
    bag = set(row)
    line = f" {' '.join(row)} "
    for standing, group in _STANDINGS:
        if bag & lexicon.words[group] or any(f" {phrase} " in line for phrase in lexicon.phrases[group]):
            return standing
    if "minister" in bag:
        return "politician"
    return "none"


def _title_gender(words: str) -> str:
    low = language.lower(words)
    if re.search(r"\b(?:mr|king|prince|spokesman|congressman|sir|chairman|businessman|father|husband|son|brother|man)\b", low):
        return "m"
    if re.search(
        r"\b(?:mrs|ms|miss|queen|princess|spokeswoman|congresswoman|chairwoman|businesswoman|mother|wife|daughter|sister|woman)\b", low
    ):
        return "f"
    return ""


def _richer(old: Profile, new: Profile) -> Profile:
    """Both mentions in one profile: the longer name, the first standing, role and affiliation given."""
    name = new.name if len(new.name.split()) > len(old.name.split()) and old.kind == "person" == new.kind and new.named else old.name
    kind = old.kind if old.kind != UNKNOWN else new.kind
    standing = old.standing if old.standing != "none" else new.standing
    return Profile(name, kind, standing, old.named or new.named, old.role or new.role, old.affiliation or new.affiliation)


def _known(profile: Profile, found: _Book) -> str | None:
    """The key of an earlier source that this mention names again: same name, same surname, or `the <word>` that fits one source only."""
    key = profile.name.casefold()
    if key in found:
        return key
    if profile.kind == "person" and profile.named:
        parts = profile.name.split()
        for other in found.surnames.get(parts[-1].casefold(), ())[:SAME]:
            earlier = found[other].profile.name.split()
            if len(earlier) == 1 or len(parts) == 1 or earlier[0] == parts[0]:
                return other
        return None
    match = re.fullmatch(r"(?:the|this|that)\s+([\w\-]+)", language.lower(profile.name))
    fitting = found.words.get(match.group(1), {}) if match is not None else {}
    return next(iter(fitting)) if len(fitting) == 1 else None


def _pronoun(
    text: str, draft: Draft, words: str, outer: str | None, recent: Sequence[str], found: _Book, lexicon: Language, names: Names
) -> str | None:
    """The key of the source that a pronoun stands for; None if the words are no pronoun; a key of its own if no rule resolves it."""
    low = language.lower(words)
    low = re.sub(r"'(?:s|m|ve|d|ll|re)$", "", low)
    own = f"pronoun {low} {draft.source[0].start}"
    if low in lexicon.words["first_person"]:
        return outer if outer is not None and outer != UNKNOWN else own
    if low in lexicon.words["masculine"] or low in lexicon.words["feminine"]:
        gender = "m" if low in lexicon.words["masculine"] else "f"
        for key in reversed(recent):
            source = found[key]
            if source.profile.kind == "person" and source.gender in ("", gender):
                source.gender = gender
                return key
        return own
    if low in ("it", "its"):
        key = recent[-1] if recent else ""
        return key if key and found[key].profile.kind in ("organization", "government", "media", "document") else own
    if low in lexicon.words["plural"]:
        key = recent[-1] if recent else ""
        return key if key and (found[key].profile.kind == "group" or " and " in found[key].profile.name) else own
    if low in ("who", "which", "that"):
        return _antecedent(text, draft, found, lexicon, names) or own
    return own if low in ("you", "this", "these", "those", "one", "others") else None


def _antecedent(text: str, draft: Draft, found: _Book, lexicon: Language, names: Names) -> str | None:
    """The key of the noun phrase right before a relative pronoun; made if it is new."""
    start = draft.source[0].start
    before = " ".join(text[max(0, start - 120) : start].split()).rstrip(" ,—–")
    row = before.split(" ")
    at = len(row)
    while (
        at > 0
        and len(row) - at < 6
        and (_capital(row[at - 1]) or row[at - 1] in _LOWER_JOINTS)
        and not row[at - 1].endswith((",", ".", "”", '"'))
    ):
        at -= 1
    if at == len(row):
        while at > 0 and len(row) - at < 5 and not row[at - 1].endswith((",", ".", "”", '"', ";", ":")):
            at -= 1
            word = language.lower(row[at])
            if word in lexicon.words["determiners"]:
                break
            if (
                word in lexicon.words["auxiliaries"]
                or word in lexicon.words["prepositions"]
                or word in lexicon.verbs
                or word in lexicon.words["conjunctions"]
            ):
                at += 1
                break
    phrase = " ".join(row[at:]).strip(' ,"“”')
    if not phrase:
        return None
    profile = describe(phrase, lexicon, names)
    key = _known(profile, found) or profile.name.casefold()
    found.note(key, profile)
    return key
