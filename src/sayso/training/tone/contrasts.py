"""Invented sentences in which two actors come across differently, so that the tone of the whole says nothing about either.

Corpora of news hold few such sentences, and a network that learns from them alone gives everybody in a sentence the same stance (Jiang et
al. 2011 on target-independence; `sayso evaluate --protocol stance` has the target-blind row). Nobody who exists stands in them but states,
which come in all roles alike.

Always true here: the same generator of random numbers gives the same sentences; every name is as often favored as disfavored.
"""

from __future__ import annotations

import random
import re

from sayso.measures.heard import STANCES
from sayso.spans import Span
from sayso.training.augment import FIRST_NAMES, LAST_NAMES
from sayso.training.tone.corpora import Row, Target

STATES = (
    "Iran", "Russia", "China", "France", "Kenya", "Brazil", "India", "Turkey", "Israel", "Germany", "Japan", "Mexico", "Egypt", "Poland",
    "Ukraine", "Pakistan", "Nigeria", "Washington", "Moscow", "Beijing", "Tehran", "London", "Ankara", "the United States", "Saudi Arabia",
)  # fmt: skip
BODIES = (
    "the Harbor Institute", "Orvane Group", "the Lakeside Union", "the National Front", "the Reform Party", "Delmar Airlines", "the Senate",
    "the Grain Board", "the Election Commission", "the Teachers' League", "Kestrel Bank", "the Coast Guard", "the Democrats",
    "the Republicans",
)  # fmt: skip
GOOD_DEEDS = (
    "rescued dozens of families", "kept every promise", "rebuilt the hospital", "stood by the victims", "told the truth from the start",
    "sent aid to thousands", "brokered the truce", "has been cleared of every charge", "won the trust of millions",
    "ran a flawless campaign",
    "shared the vaccine freely", "put an end to the blackouts", "protected the witnesses", "fought bravely for the miners",
)  # fmt: skip
BAD_DEEDS = (
    "abandoned dozens of families", "broke every promise", "shelled the hospital", "mocked the victims", "lied from the start",
    "blocked aid to thousands", "wrecked the truce", "has been convicted of fraud", "lost the trust of millions", "ran a shameful campaign",
    "hoarded the vaccine", "caused the blackouts", "threatened the witnesses", "took bribes from the mine owners",
)  # fmt: skip
PRAISED = ("praised", "thanked", "hailed", "congratulated", "defended", "applauded", "endorsed", "honored", "sided with", "paid tribute to")
BLAMED = ("condemned", "denounced", "blasted", "ridiculed", "criticized", "slammed", "rebuked", "lashed out at", "attacked", "scolded")
PRAISE = ("an honest broker", "a true friend", "a beacon of hope", "the best hope for peace", "a model for others", "a national treasure")
BLAME = ("a crook", "a disgrace", "a menace", "the worst enemy of peace", "a warning to others", "a laughing stock")
PLAIN = ("met", "spoke with", "wrote to", "visited", "signed a memorandum with", "shares a border with", "will face", "sat next to")
DAYS = ("on Monday", "last week", "in a speech", "in parliament", "on Friday", "this year", "in an interview")

F, N, U = STANCES.index("favorable"), STANCES.index("neutral"), STANCES.index("unfavorable")
PATTERNS: tuple[tuple[str, dict[str, int]], ...] = (
    ("{a} {good}, while {b} {bad}.", {"a": F, "b": U}),
    ("{b} {bad}, but {a} {good}.", {"a": F, "b": U}),
    ("Unlike {b}, which {bad}, {a} {good}.", {"a": F, "b": U}),
    ("{c} {praised} {a} and {blamed} {b} {day}.", {"a": F, "b": U, "c": N}),
    ("{c} {blamed} {b} {day}, yet {praised} {a}.", {"a": F, "b": U, "c": N}),
    ("{day}, {c} called {a} {praise} and {b} {blame}.", {"a": F, "b": U, "c": N}),
    ("{b} is {blame}, {a} is {praise}.", {"a": F, "b": U}),
    ("{c} said that {b} {bad} and that {a} {good}.", {"a": F, "b": U, "c": N}),
    ("{c} accused {b} of having lied {day}.", {"b": U, "c": N}),
    ("{b} was accused of corruption by {c} {day}.", {"b": U, "c": N}),
    ("{c} {praised} {a} {day}.", {"a": F, "c": N}),
    ("{c} {blamed} {b} {day}.", {"b": U, "c": N}),
    ("{c} {plain} {d} {day}.", {"c": N, "d": N}),
    ("{c} {plain} {b}, which {bad}.", {"b": U, "c": N}),
    ("{a}, which {good}, {plain} {c} {day}.", {"a": F, "c": N}),
    ("{c} does not believe that {b} {good}.", {"b": U, "c": N}),
    ("{c} denies that {a} {bad}.", {"a": N, "c": N}),
)
WORDS = {
    "good": GOOD_DEEDS, "bad": BAD_DEEDS, "praised": PRAISED, "blamed": BLAMED, "praise": PRAISE, "blame": BLAME, "plain": PLAIN,
    "day": DAYS,
}  # fmt: skip
_SLOT = re.compile(r"\{(\w+)\}")


def contrasts(count: int, seed: int = 0) -> list[Row]:
    """So many sentences, each with the stances towards all who are named in it."""
    dice = random.Random(seed)
    return [_sentence(*dice.choice(PATTERNS), dice) for _ in range(count)]


def _sentence(pattern: str, stances: dict[str, int], dice: random.Random) -> Row:
    names = _names(len(stances), dice)
    cast = dict(zip(stances, names, strict=True))
    text, at, targets = "", 0, []
    for slot in _SLOT.finditer(pattern):
        text += pattern[at : slot.start()]
        at = slot.end()
        name = slot.group(1)
        filled = cast.get(name) or dice.choice(WORDS[name])
        if not text:
            filled = filled[0].upper() + filled[1:]
        if name in cast:
            bare = len(filled) - len(re.sub(r"^[Tt]he ", "", filled))
            targets.append(Target(Span(len(text) + bare, len(text) + len(filled)), stances[name]))
        text += filled
    return Row(text + pattern[at:], targets=tuple(targets))


def _names(count: int, dice: random.Random) -> list[str]:
    """Different names of one kind, since nothing else may tell the two apart."""
    kind = dice.random()
    if kind < 0.4:
        return dice.sample(STATES, count)
    if kind < 0.6:
        return dice.sample(BODIES, count)
    last = dice.sample(LAST_NAMES, count)
    return [f"{dice.choice(FIRST_NAMES)} {name}" if dice.random() < 0.6 else name for name in last]
