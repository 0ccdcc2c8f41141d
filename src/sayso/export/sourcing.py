"""The source audit over a corpus: who speaks how much, in how many outlets and stories, by which verbs, and who is not named.

It adds up the audits of single articles (`sayso.audit`), with sources resolved by name (`names`).

Always true here: counts of these articles and nothing else; only named sources are told apart over articles, all others stand in the
shares only; outlets are compared over stories that both have. Memory holds sums for speakers and stories, and no article.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sayso.audit import Audit, Counts, SourceAudit, audit
from sayso.document import Document
from sayso.errors import UsageError
from sayso.export.names import Key, is_full, key
from sayso.export.shared import pairs
from sayso.export.sourced import CorpusAudit, Part, Sourcing, Speaker
from sayso.reading import IDENTITIES, KINDS, Reading

NOT_GIVEN = "(not given)"
_FIELDS = {"outlet": "outlet", "section": "section", "language": "language"}


@dataclass(slots=True)
class _Heard:
    """Sums for one speaker in one group."""

    articles: int = 0
    attributions: int = 0
    words: int = 0
    placed: int = 0
    first: float = 0.0
    opens: int = 0

    def add(self, row: SourceAudit, opens: bool) -> None:
        self.articles += 1
        self.attributions += row.attributions
        self.words += row.words
        self.opens += opens
        if row.first:
            self.placed += 1
            self.first += row.first.share

    def part(self, group: str) -> Part:
        first = self.first / self.placed if self.placed else None
        return Part(group, self.articles, self.attributions, self.words, first, self.opens)


@dataclass(slots=True)
class _Told:
    """Sums for one speaker."""

    names: Counter[str] = field(default_factory=Counter)
    standings: Counter[str] = field(default_factory=Counter)
    verbs: Counter[str] = field(default_factory=Counter)
    stories: set[str] = field(default_factory=set)
    heard: defaultdict[str, _Heard] = field(default_factory=lambda: defaultdict(_Heard))


@dataclass(slots=True)
class _Group:
    """Sums for one group of articles."""

    articles: int = 0
    words: int = 0
    own: float = 0.0
    placed: int = 0
    first: float = 0.0
    speakers: set[Key] = field(default_factory=set)
    identities: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(IDENTITIES, 0)))
    kinds: Counter[str] = field(default_factory=Counter)
    openers: Counter[str] = field(default_factory=Counter)
    verbs: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


class Sources:
    """Adds articles up, one by one.

    Args:
        by: what makes groups of articles: `outlet`, `section`, `language`, or a column of the user's own.
        stories: id of an article → id of its story, if stories were made.

    """

    def __init__(self, by: str = "outlet", stories: Mapping[str, str] | None = None) -> None:
        self._by, self._stories = by, stories
        self._groups: defaultdict[str, _Group] = defaultdict(_Group)
        self._told: defaultdict[Key, _Told] = defaultdict(_Told)
        self._in_story: defaultdict[str, defaultdict[str, set[Key]]] = defaultdict(lambda: defaultdict(set))
        self._column_seen = by in _FIELDS

    def add(self, reading: Reading) -> None:
        """Count one article."""
        group = self._group_of(reading.document)
        found = audit(reading)
        story = (self._stories or {}).get(reading.document.id)
        sums = self._groups[group]
        _add_article(sums, found)
        here = self._in_story[story][group] if story is not None else set()
        joined: dict[Key, list[SourceAudit]] = {}
        for row in found.sources:
            who = key(row.source)
            if who is not None:
                joined.setdefault(who, []).append(row)
        for who, several in joined.items():
            told = self._told[who]
            for number, row in enumerate(several):  # one article may hold a name twice
                told.names[row.source.name] += 1
                told.standings[row.source.standing] += row.attributions
                told.verbs.update(dict(row.verbs))
                told.heard[group].add(row, row.source.id == found.totals.first_speaker)
                told.heard[group].articles -= number > 0
            if story is not None:
                told.stories.add(story)
        sums.speakers.update(joined)
        here.update(joined)

    def result(self, carried: int = 0) -> CorpusAudit:
        """What was counted.

        Args:
            carried: how many articles were left out because they carry another one's text.

        Raises:
            UsageError: no article has the column that makes the groups.

        """
        if not self._column_seen and self._groups:
            raise UsageError(
                f"no article has a column {self._by!r}: use outlet, section, language, or a column that came with the articles"
            )
        handed = sum(sums.words - sums.own for sums in self._groups.values())
        speakers = [self._speaker(who, told, handed) for who, told in self._told.items()]
        speakers.sort(key=lambda row: (-row.words, -row.attributions, row.name, row.kind))
        groups = [_sourcing(name, sums) for name, sums in self._groups.items()]
        verbs: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for sums in self._groups.values():
            for kind, counted in sums.verbs.items():
                verbs[kind].update(counted)
        return CorpusAudit(
            self._by,
            sum(group.articles for group in groups),
            tuple(sorted(groups, key=lambda row: (-row.words, row.group))),
            tuple(speakers),
            _by_kind(verbs),
            tuple(pairs(self._in_story, lambda who: _most(self._told[who].names))),
            carried,
        )

    def _group_of(self, document: Document) -> str:
        if self._by in _FIELDS:
            return getattr(document, _FIELDS[self._by]) or NOT_GIVEN
        given = dict(document.columns).get(self._by)
        self._column_seen |= given is not None
        return given or NOT_GIVEN

    def _speaker(self, who: Key, told: _Told, handed: float) -> Speaker:
        parts = sorted((heard.part(group) for group, heard in told.heard.items()), key=lambda part: (-part.words, part.group))
        placed = sum(heard.placed for heard in told.heard.values())
        words = sum(part.words for part in parts)
        return Speaker(
            name=_most(told.names),
            kind=who[0],
            standing=_most(told.standings),
            full_name=is_full(who),
            groups=len(parts),
            stories=None if self._stories is None else len(told.stories),
            articles=sum(part.articles for part in parts),
            attributions=sum(part.attributions for part in parts),
            words=words,
            share=words / handed if handed else 0.0,
            first=sum(heard.first for heard in told.heard.values()) / placed if placed else None,
            opens=sum(part.opens for part in parts),
            verbs=_ranked(told.verbs),
            parts=tuple(parts),
        )


def _add_article(sums: _Group, found: Audit) -> None:
    totals = found.totals
    sums.articles += 1
    sums.words += totals.words
    sums.own += totals.own_share * totals.words
    sums.identities.update({group.label: group.attributions for group in totals.by_identity})
    sums.kinds.update({group.label: group.attributions for group in totals.by_kind})
    for row in found.sources:
        if row.source.identity != "unstated":
            sums.verbs[row.source.kind].update(dict(row.verbs))
        if row.source.id == totals.first_speaker:
            label = row.source.identity
            sums.openers[label if label == "unstated" else f"{label} {row.source.kind}"] += 1
            if row.first:
                sums.placed += 1
                sums.first += row.first.share


def _sourcing(name: str, sums: _Group) -> Sourcing:
    return Sourcing(
        group=name,
        articles=sums.articles,
        words=sums.words,
        own_share=sums.own / sums.words if sums.words else 0.0,
        attributions=sum(sums.identities.values()),
        speakers=len(sums.speakers),
        identities=tuple(sums.identities.items()),
        kinds=tuple((kind, sums.kinds[kind]) for kind in KINDS if sums.kinds[kind]),
        openers=_ranked(sums.openers),
        first=sums.first / sums.placed if sums.placed else None,
        verbs=_by_kind(sums.verbs),
    )


def _by_kind(verbs: Mapping[str, Counter[str]]) -> tuple[tuple[str, Counts], ...]:
    return tuple((kind, _ranked(verbs[kind])) for kind in KINDS if verbs.get(kind))


def _ranked(counted: Counter[str]) -> Counts:
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _most(counted: Counter[str]) -> str:
    return min(counted, key=lambda label: (-counted[label], label)) if counted else ""
