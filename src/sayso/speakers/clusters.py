"""Which names of an article mean the same: surname and full name, acronym and long name, short and long name, a state and its capital.

Always true here: every name of the text belongs to exactly one cluster; a cluster's name is the fullest that the article gives, wherever it
gives it; time grows with the number of different names, since each is looked up by its words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sayso import language
from sayso.attribution.draft import NATIONALITY, ORGANIZATION, PERSON, PLACE, Name
from sayso.language import Language
from sayso.spans import Span
from sayso.speakers import gazetteer, nouns
from sayso.speakers.standings import title_gender

SAME = 8  # clusters that share a word and are compared
REACH = 70  # characters before and after a name in which its roles stand
_SMALL = frozenset({"of", "the", "for", "and", "on", "in", "to", "&", "de", "la"})
_PAPERS = frozenset({"times", "post", "journal", "tribune", "herald", "gazette", "mail", "telegraph", "standard", "monitor"})
_ABBREVIATED = re.compile(r"\b(Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Rev)\.")
_BEFORE = re.compile(r"[^.,;:!?()\"“”\n]*$")
_AFTER = re.compile(
    r"\s*[,(]\s*((?:the|a|an|his|her|its|their|our|another|former|[\w\-]+)\b[^.;:!?\"“”,)]{2,})|\s+((?:another|the|a|an|former)\s[^.;:!?\"“”,)]{2,})"
)


@dataclass(slots=True, eq=False)
class Cluster:
    """Somebody or something that the article mentions.

    Attributes:
        name: as fully as the article gives it.
        kind: one of `NAME_KINDS`; empty for what is only described.
        spans: its names and descriptions, in order.
        roles: the words in lower case that say what it is: titles, appositions, the words of its name.
        gender: `m` or `f` if a title or a given name tells, or a pronoun told earlier.
        parts: the clusters it joins, if it stands for several together.
        titles: those of its roles that stood right before its name.

    """

    name: str
    kind: str = ""
    spans: list[Span] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    gender: str = ""
    parts: tuple[Cluster, ...] = ()
    titles: set[str] = field(default_factory=set)


class Clusters:
    """All clusters of one document, found again by name."""

    def __init__(self, text: str, names: Sequence[Name]) -> None:
        self.text = text
        self.all: list[Cluster] = []
        self.of_name: dict[Span, Cluster] = {}
        self._exact: dict[str, Cluster] = {}
        self._by_word: dict[str, list[Cluster]] = {}
        self._kinds = _kinds(text, names)
        self._long = _spelled_out(text, names)
        for words in sorted(self._kinds, key=lambda words: (-len(words.split()), -len(words), words)):
            self._place(words, self._kinds[words])
        latest: dict[str, Cluster] = {}
        ended = 0  # where the last person's name ended: what stands before it says nothing of the next
        for number, name in enumerate(names):
            words = _words(text, name.span)
            cluster = self._nearest(words, latest)
            cluster.spans.append(name.span)
            self.of_name[name.span] = cluster
            for word in words.split():
                latest[word] = cluster
            following = names[number + 1] if number + 1 < len(names) else None
            self._read_roles(name, cluster, ended, following.span.start if following and following.kind == PERSON else len(text))
            ended = name.span.end if name.kind == PERSON else ended

    def add(self, words: str, kind: str = "") -> Cluster:
        """The cluster of exactly these words, made if it is new."""
        key = _key(words)
        if key not in self._exact:
            self._exact[key] = Cluster(words, kind)
            self.all.append(self._exact[key])
            self._exact[key].roles.update(re.findall(r"[\w\-]+", key))
        return self._exact[key]

    def named(self, words: str) -> Cluster | None:
        """The cluster of a name in the text that did not stand among the names given; a word for an office or a body is no name."""
        key = _key(words)
        if key in self._exact:
            return self._exact[key]
        if not nouns.proper(words):
            return None
        fitting = self._fitting(words.split(), "")
        return fitting[0] if len(fitting) == 1 else None

    def join(self, parts: Sequence[Cluster]) -> Cluster:
        """The cluster of several that speak together, whatever their order."""
        parts = tuple(dict.fromkeys(parts))
        key = " + ".join(sorted(_key(part.name) for part in parts))
        if key not in self._exact:
            listed = [part.name for part in parts]
            name = listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"
            self._exact[key] = Cluster(name, parts[0].kind if len({part.kind for part in parts}) == 1 else "", parts=parts)
            self.all.append(self._exact[key])
        return self._exact[key]

    def government(self, cluster: Cluster) -> Cluster:
        """For a capital that speaks: the state it stands for, if the article names it; otherwise the cluster itself."""
        if gazetteer.use(cluster.name) != gazetteer.CAPITAL or cluster.name.casefold() in language.load().words["governments"]:
            return cluster
        return self._exact.get(f"state {gazetteer.state(cluster.name)}", cluster)

    def state(self, people: str) -> Cluster:
        """The state of a people ("Norvanian"): as the article names it, or by its usual name."""
        state = gazetteer.state(people)
        return self._exact.get(f"state {state}") or self.add(state.title(), PLACE)

    def home(self, body: str) -> Cluster | None:
        """The government or the authorities of the state that the article is about, the one named most by far; None if none is."""
        counts: Counter[str] = Counter()
        for cluster in self.all:
            counts[gazetteer.state(cluster.name)] += len(cluster.spans)
        del counts[""]
        top = [*counts.most_common(2), ("", 0), ("", 0)]
        if top[0][1] < max(2, 1.5 * top[1][1]):
            return None
        known = self._exact.get(f"state {top[0][0]}")
        return self.add(f"{body} of {known.name if known is not None else top[0][0].title()}")

    def _place(self, words: str, kind: str) -> None:
        key = _key(words)
        if key in self._exact:
            return
        state = gazetteer.state(words) if gazetteer.use(words) == gazetteer.NAME else ""
        known = self._exact.get(f"state {state}") if state else None
        if known is None and kind in (ORGANIZATION, PERSON) and not state:
            fitting = self._fitting(words.split(), kind)
            if not fitting and " " not in words and not words.isupper():  # the kind of a lone word is the least sure
                fitting = self._fitting([words], ORGANIZATION if kind == PERSON else PERSON)
            known = fitting[0] if fitting else None
            long = self._long.get(words)
            if long is not None and _key(long) in self._exact:
                known = self._exact[_key(long)]
        if known is None:
            usual = next((name for name in self._kinds if state and _key(name) == state), words)
            known = Cluster(usual, kind)
            self.all.append(known)
            for word in map(_bare, words.split()):
                if word not in _SMALL:
                    self._by_word.setdefault(word, []).append(known)
            if state:
                self._exact[f"state {state}"] = known
        self._exact[key] = known

    def _fitting(self, parts: Sequence[str], kind: str) -> list[Cluster]:
        """Clusters whose longer name these words shorten."""
        found = []
        for cluster in self._by_word.get(_bare(parts[-1]), self._by_word.get(_bare(parts[0]), []))[:SAME]:
            whole = [_bare(part) for part in cluster.name.split()]
            short = [_bare(part) for part in parts]
            if (kind and cluster.kind != kind) or len(short) >= len(whole) + (not kind):
                continue
            if cluster.kind == PERSON:
                fits = _within(short, whole) and (
                    short[-1] == whole[-1] or whole[: len(short)] == short or len(short) > 1 or len(whole) > 2
                )
            else:
                fits = whole[: len(short)] == short or (len(short) > 1 and whole[-len(short) :] == short)
                fits = fits or (len(short) == 1 and short == whole[-1:] and short[0] in _PAPERS)
                fits = (fits and short[-1] not in language.load().words["organizations"] | language.load().words["governments"]) or (
                    len(short) > 1 and whole[-len(short) :] == short
                )
            if fits:
                found.append(cluster)
        return sorted(found, key=lambda cluster: _bare(cluster.name.split()[-1]) != _bare(parts[-1]))

    def _nearest(self, words: str, latest: dict[str, Cluster]) -> Cluster:
        """The cluster of a name; where several people share it, the one that was named last before."""
        cluster = self._exact[_key(words)]
        if cluster.kind == PERSON and " " not in words and cluster.name != words:
            fitting = self._fitting([words], PERSON)
            near = latest.get(words)
            if len(fitting) > 1 and near in fitting and near is not None:
                return near
        return cluster

    def _read_roles(self, name: Name, cluster: Cluster, first: int, last: int) -> None:
        """Note the words around one mention, between two places, that say what the cluster is."""
        if len(cluster.spans) > 40:
            return
        cluster.roles.update(re.findall(r"[\w\-]+", language.lower(cluster.name)))
        start, end = name.span
        before = _BEFORE.search(_ABBREVIATED.sub(r"\1", self.text[max(first, start - REACH) : start]))
        words = language.lower(before.group()).split()[-7:] if before is not None else []
        cut = max((at + 1 for at, word in enumerate(words) if word in _stops(language.load())), default=0)
        title = words[cut:]
        if cluster.kind == PERSON:
            cluster.roles.update(re.findall(r"[\w\-]+", " ".join(title)))
            cluster.titles.update(title[-1:])
            cluster.gender = cluster.gender or title_gender(" ".join(title[-3:]))
            given = cluster.name.split()
            cluster.gender = cluster.gender or (gazetteer.gender(given[0]) if len(given) > 1 else "")
        elif title:
            cluster.roles.update(title[-2:])
        elif self.text[max(0, start - 2) : start] == ", ":  # "the think tank, Harbor Institute"
            cluster.roles.update(language.lower(self.text[max(0, start - 30) : start - 2]).split()[-2:])
        aside = _AFTER.match(self.text, end, max(end, min(last, end + REACH)))
        if aside is not None:
            told = re.split(r"\s(?:who|which|that|said|told|was|is|has)\s", language.lower(aside.group(1) or aside.group(2)))[0]
            cluster.roles.update(re.findall(r"[\w\-]+", told))


@lru_cache(maxsize=8)
def _stops(lexicon: Language) -> frozenset[str]:
    """Words that stand in no title."""
    return lexicon.words["auxiliaries"] | lexicon.words["conjunctions"] | frozenset(lexicon.verbs) | {"by", "with", "to", "from"}


def _words(text: str, span: Span) -> str:
    return re.sub(r"['’]s?$", "", " ".join(text[span.start : span.end].split()))


def _bare(word: str) -> str:
    """A word of a name in lower case without the Arabic article."""
    return re.sub(r"^(?:al|el)-", "", word.casefold())


def _key(words: str) -> str:
    return re.sub(r"^(?:the|a|an)\s", "", words.casefold().replace("’", "'"))


def _within(short: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether all words of one name come in the same order in the other."""
    rest = iter(whole)
    return all(word in rest for word in short)


def _kinds(text: str, names: Sequence[Name]) -> dict[str, str]:
    """Each different name with the kind it has most often."""
    counts: dict[str, Counter[str]] = {}
    for name in names:
        counts.setdefault(_words(text, name.span), Counter())[name.kind] += 1
    kinds = {words: max(count, key=lambda kind: (count[kind], kind)) for words, count in counts.items() if words}
    return {words: (PLACE if kind == NATIONALITY and gazetteer.use(words) == gazetteer.NAME else kind) for words, kind in kinds.items()}


def _spelled_out(text: str, names: Sequence[Name]) -> dict[str, str]:
    """Acronyms with the long names that they shorten: in brackets beside it, or by its capitals."""
    long: dict[str, str] = {}
    initials: dict[str, str] = {}
    rows = [(name, _words(text, name.span)) for name in names if name.kind != NATIONALITY]
    for _, words in rows:
        if len(words.split()) > 1:
            initials.setdefault("".join(word[0] for word in re.split(r"[\s\-]", words) if word and word[0].isupper()), words)
            initials.setdefault("".join(word[0].upper() for word in words.split() if word.lower() != "the"), words)
            if words.startswith(("Department of ", "Ministry of ", "Office of ")):
                initials.setdefault("".join(word[0] for word in words.split()[2:] if word[0].isupper()), words)
    for _, words in rows:
        letters = re.sub(r"[.&\s]", "", words)
        if " " in words or not letters:
            continue
        if sum(map(str.isupper, letters)) > 1 and len(letters) < 10 and letters.upper() in initials:
            long[words] = initials[letters.upper()]
    at = {name.span.end: words for name, words in rows if len(words.split()) > 1}
    for name, words in rows:
        gap = text[max(0, name.span.start - 3) : name.span.start]
        if gap.endswith("(") and " " not in words and text[name.span.end : name.span.end + 1] in (")", ","):
            for back in (1, 2, 3):
                if name.span.start - back in at:
                    long[words] = at[name.span.start - back]
    return long
