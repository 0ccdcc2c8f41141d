"""Who speaks in each draft: names by their clusters, pronouns and descriptions by their antecedents, in order of the text.

Always true here: every draft gets a `Speaker`; who is chosen among antecedents is left to a judge, the fitted model when reading and the
annotators when training, so that both see the very same candidates.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso import language
from sayso.attribution.draft import ORGANIZATION, PERSON, PLACE, Found, Link, Name
from sayso.document import Document
from sayso.spans import Span
from sayso.speakers import agreement, antecedents, gazetteer, heads, nouns
from sayso.speakers.antecedents import Judge
from sayso.speakers.clusters import Cluster, Clusters
from sayso.speakers.heads import DESCRIBED, JOINT, NAMED, PRONOUN, Phrase
from sayso.speakers.scene import Question, Scene
from sayso.speakers.surroundings import all_names, apposed, beside, noun_phrase_before, phrase_span, somebody

# How often a name is right that was not chosen among candidates (cross-validation over the training articles): …
_NAMED, _INTRODUCED, _POINTED = 0.92, 0.8, 0.5  # read off a name, off "a senior judge", off "the judge" that meant nobody else
_FULLER, _INNER_I, _INNER_WE, _AUTHOR, _HOME, _ISSUER, _PAIR, _RELATIVE = 0.7, 0.88, 0.3, 0.5, 0.6, 0.4, 0.45, 0.62
LATELY = 4  # speakers that continuity looks back at
_THIS_REPORT = re.compile(r"\bthis\s(?:[\w\-]+\s)?(?:report|analysis|study|paper|survey)$")
_RULING = re.compile(r"(?:(?:the|his|her|their|its|our|this|related)\s)?(?:government\s)?(government|authorities)$")
_BOTH = re.compile(r"\b[Bb]oth\b")
_TWO = re.compile(r"(?:the|these|those)\s(?:two|pair|duo)\b|both(?:\s|$)")
_PAIRED = re.compile(
    r"^(?:they\s)?both$|\b(?:countries|nations|states|governments|capitals|leaders|men|women|presidents|ministers|officials|politicians|sides|rivals|candidates)$"
)
_OWNED = re.compile(
    r"(.+?)(?:['’]s?\s(?:claims?|statements?|views?|words|remarks|comments|position|opinion|assertions?|belief)|\sstatement)$"
)
_RELATIVES = ("who", "which", "that")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in one draft.

    Attributes:
        cluster: who; None if the text names nobody.
        sort: how the words name the speaker (`heads.PRONOUN`, `NAMED`, `JOINT`, `DESCRIBED`); empty for no words.
        confidence: probability in [0, 1] that the name is right; 0 for no words, and for a pronoun that nothing resolves.
        resolved: False if the words point at somebody known and it could not be told at whom.

    """

    cluster: Cluster | None
    sort: str
    confidence: float
    resolved: bool = True


def speakers(document: Document, given: Found, judge: Judge, names: Sequence[Name] | None = None) -> list[Speaker]:
    """Who speaks in each draft.

    Args:
        document: the document.
        given: what a finder found in it.
        judge: makes every choice among antecedents.
        names: those of `surroundings.all_names`, if they are at hand.

    """
    return _Resolver(document, given, judge, all_names(document.text, given) if names is None else names).all()


class _Resolver:
    """One document's speakers, worked out in order of the drafts."""

    def __init__(self, document: Document, given: Found, judge: Judge, names: Sequence[Name]) -> None:
        self.text = document.text
        self.authors = document.authors
        self.drafts = given.drafts
        self.judge = judge
        self.lexicon = language.load()
        self.names = names
        self.starts = [name.span.start for name in self.names]
        self.clusters = Clusters(self.text, self.names)
        links: dict[Span, list[Link]] = {}
        for link in given.links:
            links.setdefault(link.mention, []).append(link)
        mentions = [(name.span, self.clusters.of_name[name.span]) for name in self.names]
        mentions += [(span, self.clusters.add(words)) for span, words in nouns.bodies(self.text, self.names)]
        for span, owner, noun in nouns.documents(self.text, self.names):
            whose = self.clusters.of_name[owner.span]
            mentions.append((span, self.clusters.add(f"{whose.name}{'’s' if whose.kind == PERSON else ''} {noun}")))
        for span, row in nouns.lists(self.text, self.names):
            mentions.append((span, self.clusters.join([self.clusters.of_name[name.span] for name in row])))
        self.scene = Scene(self.text, sorted(mentions, key=lambda mention: mention[0]), links)
        self.found: list[Speaker | None] = [None] * len(self.drafts)
        self.recent: dict[int | None, list[Cluster]] = {}
        self.meant: dict[str, Cluster] = {}

    def all(self) -> list[Speaker]:
        waiting: list[int] = []
        for index, draft in enumerate(self.drafts):
            span = phrase_span(draft)
            if span is None:
                self.found[index] = Speaker(None, "", 0.0)
                continue
            outer = draft.within
            if outer is not None and self.found[outer] is None and agreement.pronoun(self.text[span.start : span.end]) in ("i", "we"):
                waiting.append(index)
                continue
            self._settle(index, span)
        for index in waiting:
            span = phrase_span(self.drafts[index])
            if span is not None:
                self._settle(index, span)
        return [speaker if speaker is not None else Speaker(None, "", 0.0) for speaker in self.found]

    def _settle(self, index: int, span: Span) -> None:
        phrase = heads.parse(self.text, span, self._inside(span), self.lexicon)
        at = bisect_left(self.starts, span.end)
        if phrase.sort == DESCRIBED and (name := apposed(self.text, span, self.names[at : at + 1])) is not None:
            phrase = replace(phrase, sort=NAMED, name=name)
        cluster, confidence = self._who(index, phrase)
        if cluster is not None:
            recent = self.recent.setdefault(self.drafts[index].within, [])
            if cluster in recent:
                recent.remove(cluster)
            recent.append(cluster)
            del recent[: -LATELY - 4]
            self.scene.settled.update(dict.fromkeys(self.drafts[index].source, cluster))
        pointing = cluster is not None and not cluster.kind and not cluster.parts and nouns.points(cluster.name)
        self.found[index] = Speaker(cluster, phrase.sort, confidence, not pointing)

    def _inside(self, span: Span) -> list[Name]:
        at = bisect_left(self.starts, span.start)
        row = []
        while at < len(self.names) and self.names[at].span.start < span.end:
            if self.names[at].span.end <= span.end:
                row.append(self.names[at])
            at += 1
        return row

    def _who(self, index: int, phrase: Phrase) -> tuple[Cluster | None, float]:
        """The cluster of a phrase, and how sure that is."""
        if phrase.sort == NAMED and phrase.name is not None:
            cluster = self.clusters.government(self.clusters.of_name[phrase.name.span])
            _note(cluster, phrase.span)
            return cluster, _NAMED
        if phrase.sort == JOINT:
            parts = [self._who(index, part) for part in phrase.parts]
            whole = self.clusters.join([part for part, _ in parts if part is not None])
            _note(whole, phrase.span)
            return whole, min(confidence for _, confidence in parts)
        if phrase.sort == PRONOUN:
            return self._pronoun(index, phrase)
        return self._described(index, phrase)

    def _pronoun(self, index: int, phrase: Phrase) -> tuple[Cluster | None, float]:
        sort = agreement.pronoun(phrase.words)
        outer = self._outer(index)
        if sort in ("i", "we") and outer is not None:
            if sort == "i":
                return outer, _INNER_I
            best, confidence = self._ask(index, "we", phrase)
            return (best, confidence) if best is not None else (outer, _INNER_WE)
        if sort == "i":
            words = self.authors[0] if len(self.authors) == 1 else "the author"
            cluster = self.clusters.add(words, PERSON if self.authors else "")
            return cluster, _AUTHOR
        if sort in _RELATIVES and phrase.words.lower() != "whose":
            return self._relative(index, phrase)
        if sort in ("he", "she", "it", "they"):
            two = self._two(replace(phrase, words="both")) if _BOTH.search(self.text, *phrase.span) else None
            best, confidence = (two, _PAIR) if two is not None else self._ask(index, sort, phrase)
            if best is not None:
                if sort in ("he", "she") and confidence > 0.5 and best.kind == PERSON and not best.gender:
                    best.gender = agreement.MASCULINE if sort == "he" else agreement.FEMININE
                return best, confidence
        return self._unresolved(phrase), 0.0

    def _unresolved(self, phrase: Phrase) -> Cluster:
        """A cluster of its own for words that nothing resolves."""
        cluster = Cluster(phrase.words)
        self.clusters.all.append(cluster)
        return cluster

    def _outer(self, index: int) -> Cluster | None:
        at = self.drafts[index].within
        known = self.found[at] if at is not None else None
        return known.cluster if known is not None else None

    def _ask(self, index: int, sort: str, phrase: Phrase) -> tuple[Cluster | None, float]:
        level = self.recent.get(self.drafts[index].within, [])
        top = self.recent.get(None, []) if self.drafts[index].within is not None else []
        last = tuple(dict.fromkeys([*reversed(level), *reversed(top)]))[:LATELY]
        spoken = tuple(span for draft in self.drafts[max(0, index - 6) : index] for span in draft.content)
        words = phrase.words
        question = Question(sort, words, phrase.span, self._outer(index), last, spoken, self.meant.get(language.lower(words)))
        return self.judge(index, question, antecedents.candidates(self.scene, question))

    def _described(self, index: int, phrase: Phrase) -> tuple[Cluster | None, float]:
        words = phrase.words or " ".join(self.text[phrase.span.start : phrase.span.end].split())
        known = self.clusters.named(re.sub(r"^(?:[Tt]he|[Aa]n?)\s", "", words)) if words[:1] and not self._inside(phrase.span) else None
        if known is not None and known.kind:
            _note(known, phrase.span)
            return known, _FULLER
        if gazetteer.use(words) == gazetteer.PEOPLE and not words.endswith("s"):  # "the Norvanian denial"
            return self.clusters.state(words), _RELATIVE
        owner = _OWNED.match(words)
        if owner is not None:  # "the ministry's claim", "a ministry statement": who speaks is the owner
            inner = Span(phrase.span.start, phrase.span.start + len(owner.group(1)))
            if " ".join(self.text[inner.start : inner.end].split()) == owner.group(1):
                part = heads.parse(self.text, inner, self._inside(inner), self.lexicon)
                if part.sort != DESCRIBED or (nouns.definite(owner.group(1)) and nouns.sort_of(owner.group(1)) in ("role", "body")):
                    return self._who(index, part)
        low = language.lower(words)
        two = self._two(phrase) if _TWO.match(low) else None
        if two is not None:
            return two, _PAIR
        if nouns.definite(words) and not self._own_name(words, phrase.span):
            best, confidence = self._ask(index, nouns.sort_of(words), phrase)
            if best is not None:
                self.meant[low] = best
                _note(best, phrase.span)
                return best, confidence
        issuer = self._issuer() if _THIS_REPORT.search(low) else None
        if issuer is not None:
            _note(issuer, phrase.span)
            return issuer, _ISSUER
        ruling = _RULING.match(low)
        home = self.clusters.home(ruling.group(1)) if ruling is not None else None
        if home is not None:
            self.meant[low] = home
            _note(home, phrase.span)
            return home, _HOME
        cluster = self.clusters.add(nouns.as_name(self._in_full(words, phrase.span), self._inside(phrase.span)))
        _note(cluster, phrase.span)
        self.meant.setdefault(low, cluster)
        return cluster, _POINTED if nouns.definite(words) else _INTRODUCED

    def _in_full(self, words: str, span: Span) -> str:
        """A description with the person whose it is named in full: "Dora Quill’s letter"."""
        for name in self._inside(span)[:1]:
            short = " ".join(self.text[name.span.start : name.span.end].split())
            full = self.clusters.of_name[name.span].name
            if name.kind == PERSON and self.text[name.span.end : name.span.end + 1] in ("'", "’") and words.count(short) == 1:
                return words.replace(short, full)
        return words

    def _issuer(self) -> Cluster | None:
        """Whose report "this report" is, if no report was named: the organization that spoke last."""
        return next((cluster for cluster in reversed(self.recent.get(None, [])) if cluster.kind == ORGANIZATION), None)

    def _own_name(self, words: str, span: Span) -> bool:
        """Whether a body or document is called by a name of its own ("the Norvanian army"), so that it is nobody else."""
        return nouns.sort_of(words) != "role" and any(
            self.text[name.span.end : name.span.end + 1] not in ("'", "’") for name in self._inside(span)
        )

    def _two(self, phrase: Phrase) -> Cluster | None:
        """Whom "the two leaders" or "both" means: the last joint speaker of two, else the last two people or states named."""
        low = language.lower(phrase.words)
        if not _PAIRED.search(low):
            return None
        kind = PLACE if re.search(r"\b(?:countries|nations|states|governments|capitals)\b", low) else PERSON
        for cluster in reversed(self.recent.get(None, [])):
            if len(cluster.parts) == 2 and (cluster.parts[0].kind == kind or low == "both"):
                return cluster
        at = bisect_left(self.starts, phrase.span.start)
        pair: dict[int, Cluster] = {}
        for span, cluster in reversed(self.scene.mentions[max(0, at - 30) : at]):
            if cluster.kind == kind and span.end <= phrase.span.start:
                pair.setdefault(id(cluster), cluster)
            if len(pair) == 2:
                return self.clusters.join(tuple(reversed(tuple(pair.values()))))
        return None

    def _relative(self, index: int, phrase: Phrase) -> tuple[Cluster | None, float]:
        """Whom "who" or "which" means: the noun phrase right before it."""
        span = noun_phrase_before(self.text, phrase.span.start, self.names, self.starts, self.lexicon)
        if span is None:
            return self._unresolved(phrase), 0.0
        if phrase.words.lower() == "who":
            span = somebody(self.text, span, self.names, self.starts, self.lexicon)
        named = beside(self.text, span, self.names, self.starts)
        if named is not None:
            return self.clusters.of_name[named.span], _RELATIVE
        antecedent = heads.parse(self.text, span, self._inside(span), self.lexicon)
        if antecedent.sort == PRONOUN and antecedent.words.lower() in _RELATIVES:
            return self._unresolved(phrase), 0.0
        cluster, confidence = self._who(index, antecedent)
        return cluster, min(confidence, _RELATIVE)


def _note(cluster: Cluster, span: Span) -> None:
    if not any(known.overlaps(span) for known in cluster.spans[-8:]):
        cluster.spans.append(span)
