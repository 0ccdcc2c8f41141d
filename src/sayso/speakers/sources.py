"""From the words that name a speaker to one `Source` per distinct speaker.

Always true here: every draft gets a source; drafts that name nobody share one source called `unknown`; a name is given as fully as the
article gives it, without titles; a pronoun or description that nothing resolves keeps its own words, and a pronoun then has the kind
`unknown`; every resolution has a confidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.attribution.draft import Found, Name
from sayso.document import Document
from sayso.reading import Source
from sayso.spans import Span, merge
from sayso.speakers import agreement, antecedents, profiles
from sayso.speakers.clusters import Cluster
from sayso.speakers.descriptions import UNKNOWN, Profile
from sayso.speakers.entities import Entity
from sayso.speakers.speaking import speakers
from sayso.speakers.surroundings import all_names


@dataclass(frozen=True, slots=True)
class Resolved:
    """The speakers of a document.

    Attributes:
        sources: one per distinct speaker, `S1`, `S2`, … by first use.
        speakers: the source id of each draft.
        confidences: for each draft, how sure its speaker is, in [0, 1].
        entities: by source id, what kind and standing were read from; nothing for a source that is unknown.
        names: all names of the text that were gone by.

    """

    sources: tuple[Source, ...]
    speakers: tuple[str, ...]
    confidences: tuple[float, ...]
    entities: Mapping[str, Entity]
    names: tuple[Name, ...]


def resolve(document: Document, given: Found) -> Resolved:
    """One source per distinct speaker, and which of them speaks in each draft.

    Args:
        document: the document that the spans point into.
        given: drafts in order of the text, `within` indexing them; names and links where a network found them.

    """
    names = all_names(document.text, given)
    found = speakers(document, given, lambda _, question, offered: antecedents.choose(question, offered), names)
    order: dict[int, str] = {}
    spans: dict[str, list[Span]] = {}
    clusters: dict[str, Cluster | None] = {}
    told: set[str] = set()
    ids: list[str] = []
    for draft, speaker in zip(given.drafts, found, strict=True):
        key = id(speaker.cluster) if speaker.cluster is not None else 0
        source = order.setdefault(key, f"S{len(order) + 1}")
        clusters[source] = speaker.cluster
        spans.setdefault(source, []).extend(draft.source)
        told |= {source} if speaker.resolved else set()
        ids.append(source)
    entities = {source: entity(cluster) for source, cluster in clusters.items() if cluster is not None}
    sources = tuple(
        make(source, _profile(document, entities.get(source), names), spans[source], resolved=source in told) for source in clusters
    )
    return Resolved(sources, tuple(ids), tuple(one.confidence for one in found), entities, tuple(names))


def make(source_id: str, profile: Profile, spans: Sequence[Span] = (), *, resolved: bool = True) -> Source:
    """A source of the contract from a profile."""
    name, kind, standing, named = profile.name, profile.kind, profile.standing, profile.named
    return Source(source_id, name, kind, standing, named, profile.role, profile.affiliation, merge(spans), resolved)


def entity(cluster: Cluster) -> Entity:
    """A cluster as the kinds and standings see it."""
    return Entity(cluster.name, merge(cluster.spans), cluster.kind)


def _profile(document: Document, who: Entity | None, names: Sequence[Name]) -> Profile:
    """Who an entity is; a pronoun that stayed one is nobody known."""
    if who is None:
        return Profile(UNKNOWN)
    return Profile(who.name) if agreement.pronoun(who.name) else profiles.profile(document, who, names)
