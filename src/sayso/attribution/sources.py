"""From the words that name a speaker to one `Source` per distinct speaker.

Always true here: every draft gets a source; drafts that name nobody share one source called `unknown`; a pronoun or description is
resolved only where a rule stands for it (the speaker before, the enclosing speaker, the antecedent beside it), and otherwise keeps its
own words and the kind `unknown`; a name is given as fully as the article gives it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso import language
from sayso.attribution.descriptions import UNKNOWN, Profile, describe
from sayso.attribution.draft import Draft, Found
from sayso.attribution.names import JOINTS, Names, capital
from sayso.attribution.standings import title_gender
from sayso.document import Document
from sayso.language import Language
from sayso.reading import Source
from sayso.spans import Span, merge

SAME = 8  # no more people of one surname are told apart


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


def resolve(document: Document, given: Found) -> tuple[tuple[Source, ...], list[str]]:
    """One source per distinct speaker, and the source id of each draft (`S1`, `S2`, … by first use, in the order of the drafts).

    Args:
        document: the document that the spans point into.
        given: drafts in order of the text, `within` indexing them; names and links where a network found them.

    """
    lexicon = language.load()
    names = Names(document.text, lexicon)
    found = _Book()
    owner: list[str] = []
    recent: list[str] = []  # keys of the last speakers, newest last
    for index, draft in enumerate(given.drafts):
        words = " ".join(" ".join(document.text[span.start : span.end] for span in draft.source).split())
        key = UNKNOWN
        if words:
            outer = owner[draft.within] if draft.within is not None and draft.within < index else None
            key = _pronoun(document.text, draft, words, outer, recent, found, lexicon, names) or ""
            if not key:
                profile = describe(words, lexicon, names)
                key = _known(profile, found) or profile.name.casefold()
                found.note(key, profile)
                found[key].gender = found[key].gender or title_gender(words)
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
        at > 0 and len(row) - at < 6 and (capital(row[at - 1]) or row[at - 1] in JOINTS) and not row[at - 1].endswith((",", ".", "”", '"'))
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
