"""What the lexicon says about a cue: the word that decides, its sense, and the labels that follow by rule.

Always true here: the labels come from the closed sets of the contract and follow from the words of the cue and the first word of the
content alone; a cue that the lexicon does not know, or no cue at all, is read as a plain `said`. `labels` weighs them among other clues.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sayso import language
from sayso.language import Cue, Language

_PLAIN = Cue("say", frozenset())
WITHHELD = frozenset(
    {
        *("say", "tell", "comment", "respond", "reply", "answer", "confirm", "reveal", "disclose", "specify", "elaborate", "explain"),
        *("mention", "announce", "know", "understand", "provide", "identify", "name", "address", "discuss", "talk", "speak"),
        *("detail", "report", "clarify", "indicate"),
    }
)  # a negation of these keeps something back; of any other cue, it denies


@dataclass(frozen=True, slots=True)
class Sense:
    """A cue as the lexicon reads it.

    Attributes:
        lemma: base form of the word that decides.
        head: its place among the words of the cue; None where the lexicon knows none of them.

    """

    lemma: str = "say"
    head: int | None = None
    attitude: str = "assertion"
    polarity: str = "affirms"
    outlet_stance: str = "acknowledges"
    commitment: str = "certain"


@lru_cache(maxsize=4096)
def read(cue: tuple[str, ...], opening: str) -> Sense:
    """The labels that rules give.

    Args:
        cue: the words and marks of the cue in lower case.
        opening: the first word of the content that follows, in lower case; empty if there is none.

    """
    lexicon = language.load()
    flat = " ".join(cue)
    head, sense = _denial(cue, lexicon) or _head(cue, opening, lexicon)
    at = head or 0
    found = Sense(sense.lemma, head, sense.attitude, sense.polarity, sense.outlet_stance, sense.commitment)
    negated = any(is_negation(low, lexicon) for low in (cue if head is None else cue[: at + 1]))
    found = replace(found, polarity=_polarity(flat, sense, found.polarity, negated, lexicon))
    if head is None and negated and found.polarity == "withholds" and not any(phrase in flat for phrase in lexicon.phrases["withholding"]):
        found = replace(found, polarity="denies")  # what it negates is not known to be a word of telling
    if found.polarity == "withholds" and found.attitude == "intention":
        found = replace(found, attitude="assertion")  # "declined to comment" says something; it plans nothing
    found = replace(found, outlet_stance=_stance(flat, cue, sense, found, lexicon))
    return replace(found, commitment=_commitment(cue[:at], found, lexicon))


def is_negation(low: str, lexicon: Language) -> bool:
    """Whether a word turns a cue into its opposite."""
    return low in lexicon.words["negation"] or low.endswith("n't")


def _head(lows: Sequence[str], opening: str, lexicon: Language) -> tuple[int | None, Cue]:
    """Where the word that decides stands in the cue, and its sense: the last verb, else a noun or adjective with its link."""
    nouns: tuple[int, Cue] | None = None
    for at in range(len(lows) - 1, -1, -1):
        low, following = lows[at], lows[at + 1] if at + 1 < len(lows) else opening
        noun_before = at > 0 and lows[at - 1] in lexicon.words["determiners"] | {"of", "'s"}
        verbs = () if noun_before and low in lexicon.nouns else lexicon.verbs.get(low, ())
        for candidate in verbs:
            if candidate.cue.particles and following in candidate.cue.particles:
                return at, candidate.cue
        plain = [candidate.cue for candidate in verbs if not candidate.cue.particles]
        if (
            low in lexicon.nouns
            and (len(lows) == 1 or at == len(lows) - 1 or following in ("of", "that", "to", "for", "about", "against"))
            and nouns is None
        ):
            linked = [cue for cue in lexicon.nouns[low] if following in cue.frames]
            nouns = at, (linked or list(lexicon.nouns[low]))[0]
            if linked and not plain:
                return nouns
        if plain:
            wanted = "to" if opening == "to" else "clause"
            return at, next((cue for cue in plain if wanted in cue.frames), plain[0])
        for cue in lexicon.adjectives.get(low, ()):
            return at, cue
    return nouns if nouns is not None else (None, _PLAIN)


def _denial(lows: Sequence[str], lexicon: Language) -> tuple[int, Cue] | None:
    """A verb of denial that carries the cue's last word, a noun: "refuted allegations" denies, and alleges nothing."""
    if len(lows) < 2 or lows[-1] not in lexicon.nouns:
        return None
    for at, low in enumerate(lows[:-1]):
        for candidate in lexicon.verbs.get(low, ()):
            if candidate.cue.polarity == "denies":
                return at, candidate.cue
    return None


def _polarity(flat: str, sense: Cue, given: str, negated: bool, lexicon: Language) -> str:
    if any(phrase in flat for phrase in lexicon.phrases["withholding"] if phrase != "declined to") or flat == "no comment":
        return "withholds"
    if flat.startswith(("declined", "declines", "declining")) and sense.lemma != "decline":
        return "withholds"
    if any(word in flat.split() for word in ("refused", "refuses", "refusing", "refuse", "refusal")):
        return "denies"
    if not negated:
        return given
    if given == "denies":
        return "affirms"
    return "withholds" if sense.lemma in WITHHELD else "denies"


def _stance(flat: str, lows: Sequence[str], sense: Cue, found: Sense, lexicon: Language) -> str:
    words = lexicon.words
    if any(low in words["rejecting"] or low == "false" for low in lows) or any(
        phrase in flat for phrase in lexicon.phrases["rejecting_phrases"]
    ):
        return "rejects"
    if any(low in words["distancing"] or (low in words["distancing_adjectives"] and low != "reported") for low in lows):
        return "distances"
    if found.outlet_stance == "endorses" and found.polarity != "affirms" and sense.polarity != "denies":
        return "acknowledges"  # "did not confirm" vouches for nothing; "refuted" vouches for the denial
    return found.outlet_stance


def _commitment(helpers: Sequence[str], found: Sense, lexicon: Language) -> str:
    if found.attitude in ("question", "directive") or found.polarity == "withholds":
        return "unknown"
    if any(low in lexicon.words["possible"] for low in helpers):
        return "possible"
    if found.commitment == "certain" and any(low in lexicon.words["hedges"] for low in helpers):
        return "probable"
    return found.commitment
