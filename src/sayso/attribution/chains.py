"""The way from the outlet to the speaker: enclosing speakers, and relays that the text names ("citing media reports", "told Reuters").

Always true here: a chain begins with `outlet` and ends with the speaker; each enclosing attribution puts in its own relays and then its
speaker; a relay is a source of the reading and is never the speaker himself, nor the outlet that publishes the article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sayso import language
from sayso.attribution.draft import Draft, Name
from sayso.attribution.outlets import Outlet
from sayso.attribution.relays import Relays
from sayso.document import Document
from sayso.reading import OUTLET, Source
from sayso.speakers.descriptions import Profile, describe
from sayso.speakers.sources import make


def relays(
    document: Document, drafts: Sequence[Draft], speakers: Sequence[str], sources: Sequence[Source], names: Sequence[Name] = ()
) -> tuple[tuple[Source, ...], list[tuple[str, ...]]]:
    """The relays of each draft as source ids, and the sources with those added that were not among them.

    A cue that goes on with the words of the cue before it ("told Reuters that …, adding") has the same relays.

    Args:
        document: the document that the spans point into.
        drafts: in order of the text.
        speakers: the source id of each draft.
        sources: the sources so far; ids are `S` and a number.
        names: the names in the text, as far as a network found them.

    """
    finder = Relays(document.text, drafts, names)
    known = {_key(source.name): source.id for source in sources}
    own = _key(document.outlet or "")
    grown = list(sources)
    via: list[tuple[str, ...]] = []
    before = ""  # key of the medium named last
    last: dict[tuple[int, str], tuple[str, ...]] = {}  # of each speaker in a sentence
    for index, speaker in enumerate(speakers):
        ids: dict[str, None] = {}
        for outlet in finder.of(index):
            key = (before or _key(outlet.name)) if outlet.back else _key(outlet.name)
            if not key or (own and key in own):
                continue
            if key not in known:
                known[key] = f"S{len(grown) + 1}"
                grown.append(_source(known[key], outlet))
            if known[key] != speaker:
                ids[known[key]] = None
                before = key
        place = (finder.sentence(index), speaker)
        if not ids and _goes_on(document.text, drafts[index]):
            ids = dict.fromkeys(last.get(place, ()))
        via.append(tuple(ids))
        last[place] = via[-1]
    return tuple(grown), [_own(index, drafts, via) for index in range(len(drafts))]


def _key(name: str) -> str:
    """What two spellings of one medium share: "The Harbor Times" and "harbor_times"."""
    return re.sub(r"^the|newsagency$|[\W_]+", "", re.sub(r"[\W_]+", "", name.casefold()))


def _goes_on(text: str, draft: Draft) -> bool:
    """Whether the cue is a participle."""
    first = text[draft.cue[0].start : draft.cue[0].end].split()[:1] if draft.cue else []
    return bool(first) and language.lower(first[0]).endswith("ing")


def _source(source_id: str, outlet: Outlet) -> Source:
    """A source for a relay that does not speak itself."""
    if outlet.medium:
        profile = Profile(outlet.name, "media", "none" if outlet.platform else "journalist", outlet.named)
    else:
        profile = describe(outlet.name, language.load())
    return make(source_id, profile, (outlet.span,))


def _own(index: int, drafts: Sequence[Draft], via: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """A draft's relays without those that brought what it stands in: they are in the chain already."""
    outer: set[str] = set()
    seen, at = {index}, drafts[index].within
    while at is not None and at not in seen:
        outer.update(via[at])
        seen.add(at)
        at = drafts[at].within
    return tuple(relay for relay in via[index] if relay not in outer)


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
