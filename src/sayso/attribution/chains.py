"""The way from the outlet to the speaker: enclosing speakers, and relays that the text names ("citing media reports", "told Reuters").

Always true here: a chain begins with `outlet` and ends with the speaker; each enclosing attribution puts in its own relays and then its
speaker; a relay is a source of the reading and is never the speaker himself. Only media and documents relay; an ordinary addressee does
not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sayso import language
from sayso.attribution.descriptions import Profile, describe
from sayso.attribution.draft import Draft
from sayso.attribution.names import Names
from sayso.attribution.sources import make
from sayso.document import Document
from sayso.language import Language
from sayso.reading import OUTLET, Source
from sayso.spans import Span, hull

BEFORE, AFTER = 60, 110  # characters looked at before the frame of an attribution and after its cue

_PHRASE = r"(?P<who>(?:the\s+)?[\w’'.&\-]+(?:\s+[\w’'.&\-]+){0,6})"
_RELAYS = tuple(
    re.compile(pattern + r"\s+" + _PHRASE, re.IGNORECASE)
    for pattern in (
        r"\bciting",
        r"\b(?:as\s+)?(?:quoted|cited|reported|carried|published|broadcast|aired|released|relayed)\s+(?:by|on|in)",
        r"\bin\s+(?:an?|his|her|their)\s+(?:[\w\-]+\s+)?(?:interview|conversation)\s+(?:with|on|to|published\s+(?:by|in))",
        r"\b(?:told|tells|speaking\s+to|speaking\s+with|spoke\s+to|spoke\s+with|talking\s+to)",
        r"\b(?:wrote|said|posted|tweeted|writes|says|announced)\s+(?:[\w ]{0,20})?(?:on|in|via)",
        r"\b(?:post|statement|message|video|thread|comment|analysis|op-ed|article|essay)\s+(?:posted\s+|published\s+)?(?:on|in|for)",
    )
)
_STOP = re.compile(
    r"\s+(?:that|on|in|at|as|who|which|during|after|and|said|says|stated|reported|by|this|last|also|he|she|they|has|had|is|was|to|about|when|while)\b.*$|[.](?:\s.*)?$",
    re.IGNORECASE | re.DOTALL,
)


def relays(
    document: Document, drafts: Sequence[Draft], speakers: Sequence[str], sources: Sequence[Source]
) -> tuple[tuple[Source, ...], list[tuple[str, ...]]]:
    """The relays of each draft as source ids, and the sources with those added that were not among them.

    Args:
        document: the document that the spans point into.
        drafts: in order of the text.
        speakers: the source id of each draft.
        sources: the sources so far; ids are `S` and a number.

    """
    lexicon = language.load()
    names = Names("", lexicon)
    by_name: dict[str, str] = {source.name.casefold(): source.id for source in sources}
    mentions: dict[str, list[Span]] = {}
    grown = list(sources)
    via: list[tuple[str, ...]] = []
    for draft, speaker in zip(drafts, speakers, strict=True):
        ids: list[str] = []
        for name, profile, span in _named(document.text, draft, lexicon, names):
            key = name.casefold()
            known = by_name.get(key)
            if known is None:
                known = f"S{len(grown) + 1}"
                grown.append(make(known, profile))
                by_name[key] = known
            if known != speaker and known not in ids:
                ids.append(known)
                mentions.setdefault(known, []).append(span)
        via.append(tuple(ids))
    return tuple(grown), [_own(index, drafts, via) for index in range(len(drafts))]


def _own(index: int, drafts: Sequence[Draft], via: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """A draft's relays without those that brought what it stands in: they are in the chain already."""
    outer: set[str] = set()
    seen, at = {index}, drafts[index].within
    while at is not None and at not in seen:
        outer.update(via[at])
        seen.add(at)
        at = drafts[at].within
    return tuple(relay for relay in via[index] if relay not in outer)


def _named(text: str, draft: Draft, lexicon: Language, names: Names) -> list[tuple[str, Profile, Span]]:
    """Media and documents that the frame around a cue names as relays."""
    frame = hull((*draft.source, *draft.cue))
    if frame is None or not draft.cue:
        return []
    found: list[tuple[str, Profile, Span]] = []
    start = max(0, min(draft.cue[0].start, frame.start) - BEFORE)
    before = max([span.end for span in draft.content if span.end <= frame.start], default=start)
    start = max(start, text.rfind(". ", start, frame.start) + 1, before)
    stop = min([span.start for span in draft.content if span.start >= draft.cue[-1].end], default=min(len(text), draft.cue[-1].end + AFTER))
    stop = min(stop, draft.cue[-1].end + AFTER)
    window = text[start:stop]
    for pattern in _RELAYS:
        for match in pattern.finditer(window):
            who = _STOP.sub("", " ".join(match.group("who").split())).strip(" ,’'")
            if not who:
                continue
            profile = describe(who, lexicon, names)
            platform = language.lower(who) in lexicon.words["platforms"]
            if platform or language.lower(who) in lexicon.words["media"]:
                profile = Profile(
                    re.sub(r"^[Tt]he (?=[A-Z])", "", who),
                    "media",
                    "journalist" if not platform else "none",
                    who[:1].isupper() or who[4:5].isupper(),
                )
            if profile.kind == "media" or (profile.kind == "document" and match.group().lower().startswith("citing")):
                span = Span(start + match.start("who"), start + match.start("who") + len(match.group("who")))
                if not any(span.overlaps(own) for own in draft.source):
                    found.append((profile.name, profile, span))
    return found


def chain(
    index: int,
    within: Sequence[int | None],
    speakers: Sequence[str],
    via: Sequence[tuple[str, ...]],
    known: Mapping[int, tuple[str, ...]] | None = None,
) -> tuple[str, ...]:
    """The chain of one attribution: `outlet`, then for each enclosing one and at last for itself the relays and the speaker.

    Args:
        index: which attribution.
        within: index of the enclosing attribution of each; free of cycles.
        speakers: source id of each.
        via: relays of each.
        known: chains worked out already, to build on.

    """
    path: list[int] = []
    at: int | None = index
    while at is not None and (known is None or at not in known):
        path.append(at)
        at = within[at]
    links = [OUTLET] if at is None or known is None else list(known[at])
    for step in reversed(path):
        links.extend((*via[step], speakers[step]))
    return tuple(links)
