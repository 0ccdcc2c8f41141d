"""Hedge lost in the headline: the headline asserts flatly, in the outlet's own voice, what the text only attributes or hedges.

Always true here: nothing is found where the headline itself attributes, quotes, hedges, asks or has a colon, or where some sentence in the
outlet's own voice says the same without a hedge; the evidence is the outlet's own words, and `about` is where the text says it; a headline
and a sentence are compared word by word (`measures.gist`) and, where there are vectors, by the cosine between them too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso import language
from sayso.document import Document
from sayso.measures.gist import Gist, gist, words
from sayso.measures.heard import Heard, Sentence
from sayso.measures.hedges import HEDGE, matches
from sayso.measures.stretches import Voices
from sayso.reading import OUTLET, Attribution, Finding, Reading
from sayso.spans import Span, Spans, intersect, merge, overlap, trim
from sayso.structure import lines, paragraphs, word_spans

HEDGE_LOST = "hedge_lost"
SHORT = 20  # words of a first line that may be a headline
LEAST = 4  # content words that a headline must have to be compared
COVERED = 0.6  # share of the headline's content words that the attributed or hedged words must hold
ALIKE = 0.55  # Dice coefficient (Dice 1945) of the content words of both that is asked for besides,
FULLY = 0.8  # unless they hold this share of the headline
STATED = 0.5  # share from which a flat sentence of the outlet's own says as much as the headline
NEAR = 0.75  # cosine between headline and sentence from which they may say one thing
SAME = 0.85  # cosine from which a flat sentence of the outlet's own says as much as the headline, whatever its words
CONFIDENCE = 0.65  # share of right ones among those read: see docs/measures.md
HANDED = ("acknowledges", "distances")
ATTITUDES = ("assertion", "belief", "knowledge")
FORMS = (language.THIRD, language.PAST, language.GERUND)
OF_A_PART = ("adjective", "approximator")
"""Categories of hedges that hold back from a part of what a sentence says ("a suspected gunman", "about 20"), not from the whole."""
OPENING = 2  # words at the top of a headline among which a noun such as "claims" is what it is about
OPENED = frozenset(("that", "of"))  # after such a noun: what it hands over
_MARKS = frozenset('"“”„«»‘`:?')


@dataclass(frozen=True, slots=True)
class _Part:
    """Words of one sentence in the text below the headline, and whether the outlet stands behind them.

    Attributes:
        words: where they stand.
        gist: what they are about.
        sentence: the sentence that they stand in.
        lost: whether they are attributed or hedged, so that a flat headline says more than they do.
        attributed: whether they are somebody's content, not the outlet's own.
        mark: the outlet's words that attribute or hedge them.

    """

    words: Spans
    gist: Gist
    sentence: Sentence
    lost: bool
    attributed: bool
    mark: Spans = ()


def lost(reading: Reading, heard: Heard) -> Iterator[Finding]:
    """At most one finding: the headline, and the words in the text that it leaves the hedge or the source of behind."""
    text, title = reading.document.text, reading.document.title
    place = _headline(text, title)
    wording, span = (text, place) if place else (title or "", Span(0, len(title or "")))
    if not wording or not _asserts(wording, span, reading.document.language):
        return
    voices = Voices(reading)
    if place and any(speaker != OUTLET for speaker, _ in voices.parts(place)):
        return
    if place and any(overlap((place,), attribution.cue) for attribution in reading.attributions):
        return
    claim = gist(wording, span, reading.document.language)
    if len(claim.stems) < LEAST:
        return
    body = [sentence for sentence in heard.sentences if not place or sentence.span.start >= place.end]
    parts = list(_parts(reading, voices, body))
    own = next((each for each in heard.sentences if place and place.holds(each.span)), None)
    best = _best(claim, own, parts)
    if best is None:
        return
    evidence = tuple(part for _, part in voices.parts(place)) if place else best.mark
    if evidence:
        yield Finding("certainty", HEDGE_LOST, OUTLET, evidence, CONFIDENCE, CONFIDENCE, about=best.words)


def _best(claim: Gist, own: Sentence | None, parts: Sequence[_Part]) -> _Part | None:
    """The attributed or hedged words that hold most of the headline, if they hold enough and no flat sentence says as much."""
    best, most = None, 0.0
    for part in parts:
        share, near = claim.share_in(part.gist), _cosine(own, part.sentence)
        if not part.lost:
            whole = part.words == (part.sentence.span,)
            if share >= STATED or (whole and near is not None and near >= SAME):
                return None
        elif share > most and (near is None or near >= NEAR) and _says(part, claim, share):
            best, most = part, share
    return best


def _says(part: _Part, claim: Gist, share: float) -> bool:
    """Whether attributed or hedged words say what the headline says, of which they hold that share."""
    return share >= COVERED and (claim.alike(part.gist) >= ALIKE or (part.attributed and share >= FULLY))


def _headline(text: str, title: str | None) -> Span | None:
    """Where the headline stands in the text: the title at its top, or a short first line that is a paragraph and no sentence; else None."""
    top = paragraphs(text)[:2]
    if len(top) < 2:
        return None
    paragraph = top[0]
    line = trim(text, Span(paragraph.start, next(row.end for row in lines(text) if row.end > paragraph.start)))
    if title and title.strip():
        return next((span for span in (paragraph, line) if span and _same(text[span.start : span.end], title)), None)
    short = paragraph == line and len(word_spans(text[paragraph.start : paragraph.end])) <= SHORT
    return paragraph if short and text[paragraph.end - 1] not in ".!;," else None


def _same(line: str, title: str) -> bool:
    """Whether a line is the title, whatever the blanks and marks, or the title up to the outlet's name at its end."""
    rows = [[language.lower(row[span.start : span.end]) for span in word_spans(row)] for row in (line, title)]
    return bool(rows[0]) and rows[1][: len(rows[0])] == rows[0] and 2 * len(rows[0]) > len(rows[1])


def _asserts(text: str, span: Span, code: str) -> bool:
    """Whether a headline asserts: it does not ask, quote, hedge or hand over."""
    lexicon, lists = language.load(code), words(code)
    row = language.tokens(text, span)
    lows = [token.low for token in row]
    if len(lows) < LEAST or _MARKS & set(text[span.start : span.end]) or lows[0] in lists["asks"]:
        return False
    if any(low in lists["hands_over"] for low in lows):
        return False
    # "Claims of fraud surface" and "City hails report that …" hand over; "Clerks faked safety reports" does not.
    following = [*lows[1:], ""]
    if any(low in lexicon.nouns and (at < OPENING or following[at] in OPENED) for at, low in enumerate(lows)):
        return False
    if any(form.form in FORMS for low in lows for form in lexicon.verbs.get(low, ())):
        return False
    return not any(match.entry.label == HEDGE for match in matches(text, span, code))


def _parts(reading: Reading, voices: Voices, body: Sequence[Sentence]) -> Iterator[_Part]:
    """What stands below the headline, sentence by sentence: attributed words, and the outlet's own, flat or hedged."""
    handed = sorted(((span, each) for each in reading.attributions for span in each.content), key=lambda pair: pair[0])
    open_now: list[tuple[Span, Attribution]] = []
    at = 0
    for sentence in body:
        while at < len(handed) and handed[at][0].start < sentence.span.end:
            open_now.append(handed[at])
            at += 1
        open_now = [pair for pair in open_now if pair[0].end > sentence.span.start]
        contents: dict[str, tuple[Attribution, list[Span]]] = {}
        for span, attribution in open_now:
            contents.setdefault(attribution.id, (attribution, []))[1].append(span)
        for attribution, spans in contents.values():
            said = intersect(spans, (sentence.span,))
            if said and attribution.polarity == "affirms":
                yield from _attributed(reading.document, voices, sentence, attribution, said)
        yield from _own(reading.document, voices, sentence)


def _attributed(document: Document, voices: Voices, sentence: Sentence, attribution: Attribution, said: Spans) -> Iterator[_Part]:
    """Somebody's words in one sentence: flat if the outlet hands them over as true, nothing if they assert nothing."""
    if attribution.outlet_stance == "endorses":
        yield _Part(said, _gist(document, said), sentence, lost=False, attributed=True)
        return
    worded = not attribution.cue or any(map(str.isalpha, document[attribution.cue]))  # a colon alone is too little
    if worded and attribution.outlet_stance in HANDED and attribution.attitude in ATTITUDES:
        mark = _outlets(voices, attribution.cue or attribution.source)
        yield _Part(said, _gist(document, said), sentence, lost=True, attributed=True, mark=mark)


def _own(document: Document, voices: Voices, sentence: Sentence) -> Iterator[_Part]:
    """The outlet's own words in one sentence, hedged or flat."""
    own = merge(part for speaker, part in voices.parts(sentence.span) if speaker == OUTLET)
    if own:
        found = (match for match in matches(document.text, sentence.span, document.language) if match.entry.label == HEDGE)
        hedges = merge(match.span for match in found if match.entry.category not in OF_A_PART and overlap((match.span,), own))
        yield _Part(own, _gist(document, own), sentence, bool(hedges), attributed=False, mark=intersect(hedges, own))


def _outlets(voices: Voices, spans: Spans) -> Spans:
    """Those of the spans that are in the outlet's own voice."""
    return tuple(span for span in spans if all(speaker == OUTLET for speaker, _ in voices.parts(span)))


def _gist(document: Document, spans: Spans) -> Gist:
    found = [gist(document.text, span, document.language) for span in spans]
    return Gist(frozenset().union(*(each.stems for each in found)), any(each.negated for each in found))


def _cosine(one: Sentence | None, other: Sentence) -> float | None:
    """The cosine between two sentences; None where one of them has no vector."""
    if one is None or not one.vector or not other.vector:
        return None
    return sum(a * b for a, b in zip(one.vector, other.vector, strict=True))
