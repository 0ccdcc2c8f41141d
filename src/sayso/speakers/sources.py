"""From the words that name a speaker to one `Source` per distinct speaker.

Always true here: every draft gets a source; drafts that name nobody share one source called `unknown`; a name is given as fully as the
article gives it, without titles; a pronoun or description that nothing resolves keeps its own words, and a pronoun then has the kind
`unknown`; every resolution has a confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
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
        sorts: for each draft, how its words name the speaker.
        ids: source ids by name in lower case, for what else in the text may mean one of them (a relay, say).

    """

    sources: tuple[Source, ...]
    speakers: tuple[str, ...]
    confidences: tuple[float, ...]
    sorts: tuple[str, ...]
    ids: dict[str, str]


def resolve(document: Document, given: Found) -> tuple[tuple[Source, ...], list[str]]:
    """One source per distinct speaker, and the source id of each draft.

    Args:
        document: the document that the spans point into.
        given: drafts in order of the text, `within` indexing them; names and links where a network found them.

    """
    resolved = resolve_fully(document, given)
    return resolved.sources, list(resolved.speakers)


def resolve_fully(document: Document, given: Found) -> Resolved:
    """The same as `resolve`, with confidences and the names by which sources are known."""
    found = speakers(document, given, lambda _, question, offered: antecedents.choose(question, offered))
    names = all_names(document.text, given)
    order: dict[int, str] = {}
    spans: dict[str, list[Span]] = {}
    clusters: dict[str, Cluster | None] = {}
    ids: list[str] = []
    for draft, speaker in zip(given.drafts, found, strict=True):
        key = id(speaker.cluster) if speaker.cluster is not None else 0
        source = order.setdefault(key, f"S{len(order) + 1}")
        clusters[source] = speaker.cluster
        spans.setdefault(source, []).extend(draft.source)
        ids.append(source)
    sources = []
    lookup: dict[str, str] = {}
    for source, cluster in clusters.items():
        profile = Profile(UNKNOWN) if cluster is None else _profile(document, cluster, names)
        sources.append(make(source, profile, spans[source]))
        for words in [] if cluster is None else [cluster.name, *(document.text[span.start : span.end] for span in cluster.spans)]:
            lookup.setdefault(" ".join(words.split()).casefold(), source)
    return Resolved(tuple(sources), tuple(ids), tuple(one.confidence for one in found), tuple(one.sort for one in found), lookup)


def make(source_id: str, profile: Profile, spans: Sequence[Span] = ()) -> Source:
    """A source of the contract from a profile."""
    return Source(source_id, profile.name, profile.kind, profile.standing, profile.named, profile.role, profile.affiliation, merge(spans))


def entity(cluster: Cluster) -> Entity:
    """A cluster as the kinds and standings see it."""
    return Entity(cluster.name, merge(cluster.spans), cluster.kind)


def _profile(document: Document, cluster: Cluster, names: Sequence[Name]) -> Profile:
    """Who a cluster is; a pronoun that stayed one is nobody known."""
    return Profile(cluster.name) if agreement.pronoun(cluster.name) else profiles.profile(document, entity(cluster), names)
