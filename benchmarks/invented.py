"""A store of invented articles, as many as wanted: sentences from templates, with their readings made directly, so that no model is needed.

Always true here: every word, name and outlet is invented; the same number and seed give the same store; readings keep the contract, so the
store is like any other; how long articles are, how many attributions, sources and findings they have, and how many articles a story has is
drawn around what the model finds in news.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from sayso.attribution.voices import summary, voices
from sayso.document import Document
from sayso.measures.books import tallies
from sayso.quotations import quotations
from sayso.reading import NOBODY, OUTLET, Attribution, Finding, Generator, Reading, Source
from sayso.spans import Span
from sayso.store.store import Store
from sayso.structure import paragraphs

GENERATOR = Generator("0.1.0", "invented", ("certainty", "editorial", "loaded", "stance"))
OUTLETS = 30
PER_SHARD = 256
FIRST_DAY, DAYS = date(2024, 1, 1), 730
MOST_PEOPLE = 60_000  # different named sources over the whole store, some far more often than others

_NAMES = [
    "Ada",
    "Bela",
    "Cleo",
    "Dara",
    "Edda",
    "Finn",
    "Goran",
    "Hale",
    "Ines",
    "Jora",
    "Kalle",
    "Lena",
    "Mira",
    "Nils",
    "Orla",
    "Pavo",
    "Quin",
    "Rosa",
    "Sven",
    "Tilda",
    "Una",
    "Vito",
    "Wanda",
    "Yann",
]
_FAMILIES = [
    "Alder",
    "Brandt",
    "Calder",
    "Dorn",
    "Eklund",
    "Farr",
    "Grieg",
    "Holm",
    "Ibsen",
    "Jarl",
    "Kovar",
    "Lund",
    "Marsh",
    "Norde",
    "Oland",
    "Pryce",
    "Quist",
    "Ravel",
    "Storm",
    "Thorn",
]
_PLACES = [
    "Alder",
    "Bexley",
    "Corvin",
    "Dunmore",
    "Eastholm",
    "Fenwick",
    "Garrow",
    "Halden",
    "Isby",
    "Jarrow",
    "Kelso",
    "Lorne",
    "Melby",
    "Norwell",
    "Ostend",
    "Penby",
]
_BODIES = (
    "council", "ministry", "institute", "union", "board", "agency", "committee", "college", "bureau", "chamber", "court", "yard",
)  # fmt: skip
_PAPERS = ["Post", "Gazette", "Courier", "Times", "Herald", "Ledger", "Mail", "Echo", "Observer", "Tribune"]
_THINGS = (
    "harbor", "ferry", "bridge", "school", "budget", "valve", "canal", "tunnel", "reservoir", "market", "clinic", "railway",
)  # fmt: skip
_ACTS = ("will not open before June", "has cost twice the sum", "was sold to the yard", "must be rebuilt", "may close for a year",
         "had been inspected twice", "could double the fares", "needs forty more workers", "is safe", "is late again")  # fmt: skip
_CUES = (("said", "acknowledges"), ("told reporters", "acknowledges"), ("claimed", "distances"), ("pointed out", "endorses"),
         ("warned", "acknowledges"), ("argued", "acknowledges"), ("admitted", "endorses"), ("alleged", "distances"))  # fmt: skip
_OWN = ("The {a} {thing} in {place} {act}.", "On Monday the {thing} of {place} was closed for the third time this year.",
        "Nobody has counted the boats in {place} since the winter.", "A {a} decision on the {thing} is due next week.")  # fmt: skip
_LOADED = ["shameless", "reckless", "botched", "doomed", "glorious", "scandalous"]
_PLAIN = ["old", "small", "new", "public", "northern", "long"]
_GROUPS = ("a senior official", "residents", "experts", "two people familiar with the matter", "critics", "shop owners")
_KINDS = ("government", "organization", "media", "organization")


@dataclass(slots=True)
class Draft:
    """An article that is being written: its text so far, and what stands where in it."""

    chance: random.Random
    thing: str
    place: str
    text: str = ""

    def add(self, words: str) -> Span:
        """Write words at the end, and say where they stand."""
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))


def store(path: Path, count: int, seed: int = 6) -> Store:
    """A new store with that many articles and their stories.

    Args:
        path: a folder that is not there yet.
        count: articles.
        seed: another one gives another store.

    """
    made = Store.make(path, GENERATOR)
    stories: dict[str, str] = {}
    batch: list[Reading] = []
    for story, reading in articles(count, seed):
        stories[reading.document.id] = story
        batch.append(reading)
        if len(batch) == PER_SHARD:
            made.add(batch)
            batch = []
    made.add(batch)
    made.put("stories", {"article": "VARCHAR", "story": "VARCHAR"}, sorted(stories.items()))
    made.put("carriers", {"article": "VARCHAR", "text_of": "VARCHAR", "wire": "VARCHAR"}, [(key, key, None) for key in sorted(stories)])
    return made


def articles(count: int, seed: int) -> Iterator[tuple[str, Reading]]:
    """Articles with the names of their stories, story by story."""
    chance = random.Random(seed)
    papers = [f"The {_PLACES[n % len(_PLACES)]} {_PAPERS[n % len(_PAPERS)]}" for n in range(OUTLETS)]
    left = count
    while left:
        size = min(left, 1 + int(chance.expovariate(0.5)), 14)
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        thing, place = chance.choice(_THINGS), chance.choice(_PLACES)
        story = ""
        for paper in chance.sample(papers, size):
            reading = article(chance, paper, day + timedelta(days=chance.randrange(3)), thing, place)
            story = story or f"s{reading.document.id}"
            yield story, reading
        left -= size


def article(chance: random.Random, outlet: str, day: date, thing: str, place: str) -> Reading:
    """One article with its reading."""
    draft = Draft(chance, thing, place)
    people: dict[str, Source] = {}
    made: list[Attribution] = []
    findings: list[Finding] = []
    for number in range(max(4, round(chance.gauss(18, 6)))):
        if number:
            draft.add("\n\n")
        for at in range(chance.randint(2, 4)):
            if at:
                draft.add(" ")
            if chance.random() < 0.55:
                made.append(_attributed(draft, people, len(made) + 1))
            else:
                findings += _own(draft)
    act = chance.choice(_ACTS)
    document = Document(
        draft.text,
        title=f"{place} {thing} {act}",
        outlet=outlet,
        url=f"https://news.example/{chance.getrandbits(60):x}",
        published=day.isoformat(),
        section="World",
    )
    sources = tuple(people.values())
    counts = summary(document, made, sources, quotations(document.text, paragraphs(document.text)))
    laid = voices(document, made)
    reading = Reading(document, tuple(made), sources, laid, tuple(findings), summary=counts, generator=GENERATOR)
    findings += [each for attribution in made for each in _of_others(reading, attribution, chance)]
    reading = replace(reading, findings=tuple(findings))
    return replace(reading, tallies=tallies(reading)).check()


def _attributed(draft: Draft, people: dict[str, Source], number: int) -> Attribution:
    chance = draft.chance
    source = _somebody(chance, people, draft.place)
    cue, stance = chance.choice(_CUES)
    words = f"the {chance.choice(_PLAIN)} {draft.thing} in {chance.choice(_PLACES)} {chance.choice(_ACTS)}"
    sure = round(min(1.0, chance.betavariate(6, 2)), 4)
    name = source.name if source.name != NOBODY else ""
    who: Span | None
    if chance.random() < 0.4 and name:
        content = draft.add(f"“{words[0].upper()}{words[1:]},”")
        draft.add(" ")
        who = draft.add(name)
        draft.add(" ")
        said = draft.add(cue)
        draft.add(".")
        form = "direct"
    else:
        who = draft.add(name[0].upper() + name[1:]) if name else None
        draft.add(" " if name else "It was ")
        said = draft.add(cue if name else "said")
        draft.add(" ")
        content = draft.add(f"that {words}")
        draft.add(".")
        form = "indirect"
    people.setdefault(source.id, replace(source, mentions=(who,) if who else ()))
    return Attribution(
        f"A{number}", (content,), (who,) if who else (), (said,), source.id, form,
        outlet_stance=stance, commitment=chance.choice(("certain", "certain", "probable", "possible")), chain=(OUTLET, source.id),
        confidence=sure, speaker_confidence=sure,
    )  # fmt: skip


def _somebody(chance: random.Random, people: dict[str, Source], place: str) -> Source:
    """Somebody who spoke before in this article, or somebody new: a person, a body, a group, or nobody who is named."""
    if people and chance.random() < 0.45:
        return chance.choice(list(people.values()))
    draw = chance.random()
    if draw < 0.5:
        person = int(MOST_PEOPLE * chance.random() ** 3)
        name = f"{_NAMES[person % 24]} {_NAMES[person // 7_680 % 24]} {_PLACES[person // 480 % 16]}-{_FAMILIES[person // 24 % 20]}"
        known = Source("", name, "person", chance.choice(("official", "politician", "expert", "citizen")), True, role="speaker")
    elif draw < 0.75:
        known = Source("", f"the {place} {chance.choice(_BODIES)}", chance.choice(_KINDS), named=True)
    elif draw < 0.95:
        known = Source("", chance.choice(_GROUPS), "group")
    else:
        known = Source("", NOBODY)
    there = next((each for each in people.values() if each.name == known.name), None)
    return there or replace(known, id=f"S{len(people) + 1}")


def _own(draft: Draft) -> list[Finding]:
    """A sentence in the outlet's own voice, and what is found in it."""
    chance = draft.chance
    word = chance.choice(_LOADED if chance.random() < 0.3 else _PLAIN)
    line = chance.choice(_OWN).format(a=word, thing=draft.thing, place=draft.place, act=chance.choice(_ACTS))
    span = draft.add(line)
    level = round(chance.random(), 4)
    found = [Finding("certainty", "level", OUTLET, (span,), level, 1.0)]
    if word in _LOADED and word in line:
        at = span.start + line.index(word)
        found.append(Finding("loaded", "loaded", OUTLET, (Span(at, at + len(word)),), 0.8, round(chance.uniform(0.5, 1), 4)))
    if chance.random() < 0.15:
        found.append(Finding("editorial", "evaluation", OUTLET, (span,), 0.7, 0.7, candidate=chance.random() < 0.5))
    return found


def _of_others(reading: Reading, attribution: Attribution, chance: random.Random) -> Iterator[Finding]:
    """What is found in the words of others."""
    if chance.random() < 0.7:
        label = chance.choice(("neutral", "neutral", "favorable", "unfavorable"))
        target = reading.document.title.split()[0] if reading.document.title else None
        sure = round(chance.uniform(0.3, 1), 4)
        yield Finding("stance", label, attribution.speaker, attribution.content, sure, sure, target, candidate=sure < 0.5)
    if chance.random() < 0.2:
        yield Finding("certainty", "hedge", attribution.speaker, attribution.content, 0.8, 0.8)
