"""What a source audit over a corpus says: speakers, groups of articles (outlets), and pairs of groups.

Always true here: counts and shares only; no rank of outlets, and nothing that a reader could not count again.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.audit import Counts

FEW = 5  # stories under which a comparison of two groups is only a remark


@dataclass(frozen=True, slots=True)
class Part:
    """What a speaker gets in one group of articles (an outlet).

    Attributes:
        first: mean share of the article that stands before its first word, over the articles in which it has words; None if there are none.
        opens: in how many articles it is the first to speak.

    """

    group: str
    articles: int
    attributions: int
    words: int
    first: float | None
    opens: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """A named source over the corpus.

    Attributes:
        name: the spelling found most often.
        full_name: false for a person known by one word: it may be several people.
        standing: the one found most often.
        groups: how many groups of articles it speaks in.
        stories: how many stories it speaks in; None if there are no stories.
        share: its words over all words that are handed over, in [0, 1].
        parts: one for each group, the one with most words first.

    """

    name: str
    kind: str
    standing: str
    full_name: bool
    groups: int
    stories: int | None
    articles: int
    attributions: int
    words: int
    share: float
    first: float | None
    opens: int
    verbs: Counts
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Sourcing:
    """How one group of articles is sourced.

    Attributes:
        own_share: share of its words in the outlet's own voice, in [0, 1].
        speakers: named sources, each counted once.
        identities: attributions by how far it is known who speaks, always all of `IDENTITIES`.
        kinds: attributions by kind of source, without those that name nobody.
        openers: articles by the identity and kind of the first to speak, such as `named person`.
        first: mean share of the article before the first word that is not the outlet's own; None if there is none.
        verbs: by kind of source, which verbs hand it over.

    """

    group: str
    articles: int
    words: int
    own_share: float
    attributions: int
    speakers: int
    identities: Counts
    kinds: Counts
    openers: Counts
    first: float | None
    verbs: tuple[tuple[str, Counts], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups over the stories that both have; a source counts once in each story.

    Attributes:
        stories: how many both have.
        shared: named sources that both let speak in the same story.
        only_left: those that only the first lets speak there, as far as we found.
        shared_names, left_names, right_names: the same by name, with the number of stories.

    """

    left: str
    right: str
    stories: int
    shared: int
    only_left: int
    only_right: int
    shared_names: Counts
    left_names: Counts
    right_names: Counts

    @property
    def few(self) -> bool:
        """Whether the stories are too few for more than a remark."""
        return self.stories < FEW


@dataclass(frozen=True, slots=True)
class CorpusAudit:
    """The audit of a corpus; speakers and groups with most words first, pairs with most stories first; pairs only if there are stories."""

    by: str
    articles: int
    groups: tuple[Sourcing, ...]
    speakers: tuple[Speaker, ...]
    verbs: tuple[tuple[str, Counts], ...]
    pairs: tuple[Pair, ...]
    carried: int = 0
