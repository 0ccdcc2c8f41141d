"""What speaks for and against one earlier mention as the antecedent of a pronoun.

Always true here: the clues rest on the words of both mentions, on what stands beside and between them, and on what the pronouns before
were taken to mean (`Story`), in the manner of Lappin and Leass (1994) and Durrett and Klein (2013), but without a parse; a clue's name
begins with the sort of pronoun (`he` stands for `she` too), for each sort weighs them in its own way.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.linear import Clue
from sayso.speakers.phrasings import OTHER, PERSON, Page, Phrasing

SPOKEN = frozenset({"i", "you", "we"})
_FAR = (0, 1, 2, 3, 4, 5, 7, 10, 15, 25)


@dataclass(slots=True)
class Thing:
    """What several mentions stand for, as far as the story has been read."""

    mentions: list[int] = field(default_factory=list)
    pronouns: set[str] = field(default_factory=set)
    gender: str = ""


@dataclass(slots=True)
class Story:
    """The mentions of a text in order, with what those read so far stand for.

    Attributes:
        page: the text.
        mentions: in order.
        outer: for each mention the number of the smallest one around it, or -1.
        things: for each mention read so far what it stands for.
        latest: for each pronoun's subject form what it meant last.

    """

    page: Page
    mentions: Sequence[Phrasing]
    outer: list[int] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    latest: dict[str, Thing] = field(default_factory=dict)
    first: set[int] = field(default_factory=set)
    heads: dict[str, int] = field(default_factory=dict)
    _named: dict[str, Thing] = field(default_factory=dict)

    def __post_init__(self) -> None:
        stack: list[int] = []
        sentence = -1
        for number, mention in enumerate(self.mentions):
            while stack and self.mentions[stack[-1]].span.end < mention.span.end:
                stack.pop()
            self.outer.append(stack[-1] if stack else -1)
            stack.append(number)
            if mention.sentence != sentence:
                self.first.add(number)
            sentence = mention.sentence

    def read(self, until: int) -> None:
        """Go on to a mention, itself not read: each takes its place with those of the same words."""
        for number in range(len(self.things), until):
            mention = self.mentions[number]
            thing = self._named.get(mention.key) if mention.key else None
            if thing is None and mention.shape == "name" and len(mention.words) == 1:
                thing = self._named.get(f"…{mention.head}")
            if thing is None:
                thing = Thing()
            self._join(number, thing)

    def resolve(self, number: int, antecedent: int | None) -> None:
        """Say what a pronoun means: the same as an earlier mention, or something not mentioned before. All before it must be read."""
        thing = self.things[antecedent] if antecedent is not None else Thing()
        self._join(number, thing)
        self.latest[self.mentions[number].pronoun] = thing

    def _join(self, number: int, thing: Thing) -> None:
        mention = self.mentions[number]
        thing.mentions.append(number)
        thing.gender = thing.gender or mention.gender
        self.things.append(thing)
        if mention.pronoun:
            thing.pronouns.add(mention.pronoun)
            return
        self.heads[mention.head] = self.heads.get(mention.head, 0) + 1
        if mention.key:
            self._named[mention.key] = thing
            if mention.shape == "name" and len(mention.words) > 1:
                self._named[f"…{mention.head}"] = thing
                self._named.setdefault(f"…{mention.words[0]}", thing)


def fitting(asking: Phrasing, mention: Phrasing) -> float:
    """How well a mention's kind and number go with a pronoun, from 0 to 1."""
    if mention.pronoun:
        return float(mention.pronoun == asking.pronoun)
    person = mention.sort.get(PERSON, 0.0)
    if asking.pronoun in ("he", "she"):
        return 0.0 if mention.gender not in ("", asking.gender) else person * (1 - mention.plural)
    if asking.pronoun == "it":
        return (1 - person) * (1 - mention.plural)
    return max(mention.plural, mention.sort.get("body", 0.0))


def clues(story: Story, asking: int, offered: Sequence[int]) -> list[tuple[Clue, ...]]:
    """For every mention offered, in order of the text, what speaks for and against it."""
    pronoun = story.mentions[asking]
    ranks: dict[int, tuple[int, int]] = {}
    agreeing = 0
    for rank, number in enumerate(reversed(offered)):
        ranks[number] = (rank, agreeing)
        agreeing += fitting(pronoun, story.mentions[number]) > 0.4
    sort = "he" if pronoun.pronoun == "she" else pronoun.pronoun
    return [
        tuple(Clue(f"{sort}: {name}", story.mentions[number].span, value) for name, value in _pair(story, asking, number, ranks[number]))
        for number in offered
    ]


def _pair(story: Story, asking: int, number: int, rank: tuple[int, int]) -> list[tuple[str, float]]:
    page, pronoun, mention, thing = story.page, story.mentions[asking], story.mentions[number], story.things[number]
    between = pronoun.sentence - mention.sentence
    near = "same" if between == 0 else "last" if between == 1 else "older"
    steps = pronoun.at[0] - mention.at[1]
    form = pronoun.words[0]
    found = [
        (f"rank={_step(rank[0])}", 1.0),
        (f"rank of fitting={_step(rank[1])}", 1.0),
        ("log rank", math.log1p(rank[0])),
        ("log rank of fitting", math.log1p(rank[1])),
        (f"sentences={min(between, 5)}", 1.0),
        ("log words", math.log1p(max(0, steps))),
        ("fits", fitting(pronoun, mention)),
        (f"length={min(len(mention.words), 10) // 2}", 1.0),
    ]
    found += [(f"fits {near}", found[6][1])]
    if pronoun.paragraph == mention.paragraph:
        found.append(("same line", 1.0))
    if mention.pronoun:
        same = mention.pronoun == pronoun.pronoun
        found.append((f"pronoun {'same' if same else mention.pronoun}", 1.0))
        if same:
            found.append((f"same pronoun {near}", 1.0))
            if mention.words[0] == form:
                found.append(("same form", 1.0))
    else:
        found += [(f"shape {mention.shape}", 1.0), (f"shape {mention.shape} {near}", 1.0), ("plural", mention.plural)]
        found += [(f"sort {label}", chance) for label, chance in mention.sort.items()]
        found.append((f"opens with {mention.words[0]}" if mention.shape in ("definite", "indefinite") else "no determiner", 1.0))
        if mention.common:
            found.append((f"head={mention.head}", 1.0))
        after, before = page.shown(pronoun.at[1]), page.shown(pronoun.at[0] - 1)
        found += [(f"then {after}: {label}", chance) for label, chance in mention.sort.items() if chance > 0.1]
        found += [(f"after {before}: {label}", chance) for label, chance in mention.sort.items() if chance > 0.1]
        found += [("repeated", math.log1p(story.heads.get(mention.head, 1) - 1))]
    gender = thing.gender or mention.gender
    if gender and pronoun.gender:
        found.append(("gender" if gender == pronoun.gender else "other gender", 1.0))
    elif gender:
        found.append(("has a gender", 1.0))
    found += [(f"role {label} {near}", chance) for label, chance in mention.role.items()]
    mine = max(pronoun.role, key=lambda label: pronoun.role[label]) if pronoun.role else OTHER
    found += [(f"{mine} after {label} {near}", chance) for label, chance in mention.role.items()]
    found.append((f"parallel {near}", sum(chance * pronoun.role.get(label, 0.0) for label, chance in mention.role.items())))
    if between == 0:
        found.append((f"{mine}, {'next to it' if steps < 2 else 'close' if steps < 5 else 'some way' if steps < 10 else 'far'}", 1.0))
        words = page.low[mention.at[1] : pronoun.at[0]]
        found += [(f"between: {word}", 1.0) for word in {*words[:12]} & _LINKS]
    if number in story.first:
        found.append((f"first in sentence {near}", 1.0))
    if pronoun.sentence and asking in story.first and number in story.first:
        found.append(("both first", 1.0))
    found += _frame(story, asking, number)
    found += _history(story, pronoun, thing, number)
    if pronoun.quotation or mention.quotation:
        found.append((_quoted(pronoun.quotation, mention.quotation), 1.0))
    found += [(f"before={page.shown(mention.at[0] - 1)}", 1.0), (f"after={page.shown(mention.at[1])}", 1.0)]
    return found


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LINKS = _set("and or but that which who because if when while as , ; : to for in of with by said says so than not whose is was")


def _step(number: int) -> int:
    return next((low for low in reversed(_FAR) if number >= low), 0)


def _frame(story: Story, asking: int, number: int) -> list[tuple[str, float]]:
    """Which phrases hold the mention, and whether they hold the pronoun too."""
    around, pronoun, mention = story.outer[number], story.mentions[asking], story.mentions[number]
    if around < 0:
        return [("stands free", 1.0)]
    outer = story.mentions[around]
    if outer.span.end > pronoun.span.start:
        return [
            ("held together", 1.0),
            ("held together as owner" if outer.span.start == mention.span.start else "held together within", 1.0),
        ]
    return [("opens a phrase" if outer.span.start == mention.span.start else "within a phrase", 1.0)]


def _history(story: Story, pronoun: Phrasing, thing: Thing, number: int) -> list[tuple[str, float]]:
    """What the thing that a mention stands for was before: how often mentioned, how lately, by which pronouns."""
    count = bisect_left(thing.mentions, len(story.things))
    found = [("mentioned often", math.log1p(count - 1)), ("only mention", float(count == 1))]
    if pronoun.pronoun in thing.pronouns:
        found.append(("meant by this pronoun before", 1.0))
    elif thing.pronouns - SPOKEN and not story.mentions[number].pronoun:
        found.append((f"meant by {min(thing.pronouns - SPOKEN)} before", 1.0))
    if story.latest.get(pronoun.pronoun) is thing:
        found.append(("meant last", 1.0))
    elif pronoun.pronoun in story.latest:
        found.append(("another meant last", 1.0))
    if thing.mentions[-1] != number:
        found.append(("mentioned again since", 1.0))
    return found


def _quoted(asking: int, mention: int) -> str:
    if not asking:
        return "only it is quoted"
    return "same quotation" if asking == mention else "other quotation" if mention else "only the pronoun is quoted"
