"""What the words of a cue say about the content: form, attitude, polarity, the outlet's stance, the speaker's commitment.

Always true here: labels come from the closed sets of the contract; each is decided by a transparent rule over the words of the cue, the
first word of the content and the quotation marks; a cue that the lexicon does not know, or no cue at all, is read as a plain `said`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sayso import language
from sayso.attribution.draft import Draft
from sayso.document import Document
from sayso.language import Cue, Language, Token
from sayso.spans import Span, Spans

_PLAIN = Cue("say", frozenset())
_WITHHELD = frozenset(
    {
        *("say", "tell", "comment", "respond", "reply", "answer", "confirm", "reveal", "disclose", "specify", "elaborate", "explain"),
        *("mention", "announce", "know", "understand", "provide", "identify", "name", "address", "discuss", "talk", "speak"),
        *("detail", "report", "clarify", "indicate"),
    }
)  # a negation of these keeps something back; of any other cue, it denies
_ALNUM = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Labels:
    """The four labels that the cue decides."""

    attitude: str = "assertion"
    polarity: str = "affirms"
    outlet_stance: str = "acknowledges"
    commitment: str = "certain"


def form(document: Document, content: Spans, quotations: Sequence[Span]) -> str:
    """`direct` if all words of the content stand in quotation marks, `indirect` if none does, else `mixed`.

    Args:
        document: the document that the spans point into.
        content: the spans of the content.
        quotations: all quotations of the document, sorted and disjoint.

    """
    inside = outside = False
    text = document.text
    for start, end in content:
        at = start
        index = max(0, bisect_left(quotations, (start,)) - 1)
        while index < len(quotations) and quotations[index].start < end:
            mark = quotations[index]
            index += 1
            if mark.end <= at:
                continue
            outside = outside or bool(_ALNUM.search(text, at, max(at, mark.start)))
            at = max(at, mark.start)
            inside = inside or bool(_ALNUM.search(text, at, min(end, mark.end)))
            at = min(end, mark.end)
        outside = outside or bool(_ALNUM.search(text, at, end))
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"


def labels(document: Document, draft: Draft) -> Labels:
    """Attitude, polarity, outlet stance and commitment of one draft, from its cue and the first words of its content."""
    opening = document.text[draft.content[0].start : draft.content[0].start + 24].split()
    after = [span for span in draft.content if draft.cue and span.start >= draft.cue[-1].end]
    if after:
        opening = document.text[after[0].start : after[0].start + 24].split()
    cue = " ".join(document.text[span.start : span.end] for span in draft.cue)
    return _read(" ".join(cue.split()), language.lower(opening[0]).strip("\"“‘'«,") if opening else "")


@lru_cache(maxsize=4096)
def _read(cue: str, opening: str) -> Labels:
    lexicon = language.load()
    row = language.tokens(cue, Span(0, len(cue))) if cue else []
    lows = [token.low for token in row]
    flat = " ".join(lows)
    head, sense = _denial(lows, lexicon) or _head(row, opening, lexicon)
    found = Labels(sense.attitude, sense.polarity, sense.outlet_stance, sense.commitment)
    words = lexicon.words
    negated = any(low in words["negation"] or low.endswith("n't") for low in lows[: head + 1])
    found = replace(found, polarity=_polarity(flat, sense, found.polarity, negated, lexicon))
    if found.polarity == "withholds" and found.attitude == "intention":
        found = replace(found, attitude="assertion")  # "declined to comment" says something; it plans nothing
    found = replace(found, outlet_stance=_stance(flat, lows, found, lexicon))
    return replace(found, commitment=_commitment(lows, head, found, lexicon))


def _head(row: Sequence[Token], opening: str, lexicon: Language) -> tuple[int, Cue]:
    """Where the word that decides stands in the cue, and its sense: the last verb, else a noun or adjective with its link."""
    lows = [token.low for token in row]
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
    if nouns is not None:
        return nouns
    return 0, _PLAIN


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
    return "withholds" if sense.lemma in _WITHHELD else "denies"


def _stance(flat: str, lows: Sequence[str], found: Labels, lexicon: Language) -> str:
    words = lexicon.words
    if any(low in words["rejecting"] or low == "false" for low in lows) or any(
        phrase in flat for phrase in lexicon.phrases["rejecting_phrases"]
    ):
        return "rejects"
    if any(low in words["distancing"] or (low in words["distancing_adjectives"] and low != "reported") for low in lows):
        return "distances"
    if found.outlet_stance == "endorses" and found.polarity != "affirms":
        return "acknowledges"
    return found.outlet_stance


def _commitment(lows: Sequence[str], head: int, found: Labels, lexicon: Language) -> str:
    if found.attitude in ("question", "directive") or found.polarity == "withholds":
        return "unknown"
    helpers = lows[:head]
    if any(low in lexicon.words["possible"] for low in helpers):
        return "possible"
    if found.commitment == "certain" and any(low in lexicon.words["hedges"] for low in helpers):
        return "probable"
    return found.commitment
