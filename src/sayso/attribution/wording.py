"""How words are handed over, as named clues: what `labels` weighs.

Always true here: a clue that rests on words points at them in the document; only the cue and short stretches around it are looked at,
so the cost of one attribution does not grow with the text; a word of the cue counts by itself, by its stem, and by the class that the
language data put it in (`feeling_words` …), so that words that training never saw still say something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sayso import language
from sayso.attribution import cuewords, senses
from sayso.attribution.draft import Draft
from sayso.document import Document
from sayso.language import Language, Token
from sayso.linear import Clue
from sayso.spans import Span

_CONTENT, _AROUND, _VERDICT = 110, 30, 50  # characters looked at: of the content, beside the cue, beside the content
_CLAUSE = 20  # words of the content that count as its first clause, if no mark ends it before
_QUOTES = frozenset("\"“”‘’'«»")
_WH = frozenset({"what", "who", "whom", "whose", "which", "where", "when", "why", "how"})
_NOBODY = frozenset({"no", "nobody", "none", "neither", "nor", "few", "hardly"})
_NAMING = frozenset({"call", "term", "describe", "label", "dub", "brand", "refer", "characterize", "characterise", "see", "consider"})
_CUT = frozenset(".;!?:")
_TOPICS = frozenset({"if", "claim", "claims", "allegations", "allegation", "question", "questions", "issue", "idea", "plan", "plans"})


def clues(document: Document, draft: Draft, enclosing: Draft | None = None) -> tuple[Clue, ...]:
    """Everything that may speak for a label of this draft, each name once.

    Args:
        document: the document that the drafts point into.
        draft: the attribution in question.
        enclosing: the one in whose content it stands.

    """
    text, lexicon = document.text, language.load()
    words = cuewords.tokens_of(document, draft)
    lows = cuewords.lower_words(text, words, lexicon)
    first = next((span for span in draft.content if draft.cue and span.start >= draft.cue[-1].end), draft.content[0])
    content = language.tokens(text, Span(first.start, min(first.end, first.start + _CONTENT)))
    bare = [token for token in content[:6] if token.low not in _QUOTES]
    opening, second = (bare[0].low if bare else ""), (bare[1].low if len(bare) > 1 else "")
    if (opening, second) == ("not", "to"):
        opening = "to"  # "asked not to be named" orders as "asked to be named" does
    kind = _kind(opening, bool(content) and content[0].low in _QUOTES, lexicon)
    found: dict[str, Clue] = {}
    for name, start, end, value in cuewords.parts(lows, opening, second, kind) if words else ():
        found.setdefault(name, Clue(name, Span(words[start].start, words[end].end), value))
    if bare:
        if opening in _closed(lexicon):
            found[f"opening={opening}"] = Clue(f"opening={opening}", Span(bare[0].start, bare[0].end))
        found[f"kind={kind}"] = Clue(f"kind={kind}", Span(bare[0].start, bare[0].end))
    head = senses.read(lows, opening)
    for clue in (
        *_content(text, draft, content, head, lexicon),
        *_source(text, draft, head.attitude, lexicon),
        *_around(text, draft, lexicon),
        *_verdicts(text, draft, lexicon),
    ):
        found.setdefault(clue.name, clue)
    if enclosing is not None and enclosing.cue:
        outer = senses.read(cuewords.lower_words(text, cuewords.tokens_of(document, enclosing), lexicon), "")
        name = f"inside={outer.attitude}"
        found[name] = Clue(name, enclosing.cue[0])
    return tuple(found.values())


@lru_cache(maxsize=2)
def _closed(lexicon: Language) -> frozenset[str]:
    """Small words, which may be clues beside a cue without being in it."""
    names = ("pronouns", "determiners", "prepositions", "conjunctions", "negation", "modals", "auxiliaries", "be", "adverbs", "possessives")
    return frozenset().union(*(lexicon.words[name] for name in names)) | {",", ":", ".", ";", "(", ")", "-", "–", "—", "?", "nothing"}


def _kind(opening: str, quoted: bool, lexicon: Language) -> str:
    """What kind of phrase the content begins as."""
    if opening in ("", "that", "to", "if", "whether", "as", "not"):
        return opening or "nothing"
    if opening in _WH:
        return "wh"
    if quoted:
        return "quote"
    for name in ("pronouns", "determiners", "prepositions"):
        if opening in lexicon.words[name]:
            return name[:-1]
    return "ing" if opening.endswith("ing") and len(opening) > 5 else "other"


def _content(text: str, draft: Draft, content: Sequence[Token], sense: senses.Sense, lexicon: Language) -> Iterator[Clue]:
    """Questions, and in the first clause of the content: modals, hedges, negation."""
    first, last = draft.content[0], draft.content[-1]
    if draft.cue and first.start < draft.cue[0].start:
        yield Clue("content first")
        words = language.tokens(text, Span(first.start, min(first.end, first.start + 8)))
        if words and words[0].low in _WH:
            span = Span(words[0].start, words[0].end)
            yield Clue(f"content first={words[0].low}", span)
            if words[0].low == "what" and sense.lemma in _NAMING:
                yield Clue("what X calls", span, 3.0)
    at = text.find("?", max(last.start, last.end - 3), last.end + 1)
    if at >= 0:
        yield Clue("ends with ?", Span(at, at + 1))
    length = sum(span.length for span in draft.content)
    yield Clue("short content" if length < 30 else "long content" if length > 150 else "middling content")
    for number, token in enumerate(content):
        low, span = token.low, Span(token.start, token.end)
        if low == "?":
            yield Clue("? inside", span)
        if low in _CUT or number > _CLAUSE:
            break
        if low in lexicon.words["modals"]:
            yield Clue(f"content modal={low}", span)
            if number < 10:
                yield Clue(f"early modal={low}", span)
        elif low in lexicon.words["possible"]:
            yield Clue("content possible", span)
        elif low in lexicon.words["hedges"]:
            yield Clue("content hedge", span)
        elif low in _TOPICS:
            yield Clue(f"content word={low}", span)
        if number < 2 and low in ("no", "nothing", "none"):
            yield Clue("content opens with no", span)
        elif low == "comment" and number < 6:
            yield Clue("content word=comment", span)
        if number < 4 and senses.is_negation(low, lexicon):
            yield Clue("content negated early", span)


def _source(text: str, draft: Draft, attitude: str, lexicon: Language) -> Iterator[Clue]:
    """Nobody, the first person, an owner ("the family's"), a document, or no source at all."""
    if not draft.source:
        yield Clue("no source")
        return
    span = draft.source[0]
    words = language.tokens(text, Span(max(span.start, span.end - _AROUND), span.end))
    first = language.tokens(text, Span(span.start, min(span.end, span.start + 12)))
    if first and (first[0].low in _NOBODY or first[0].low == "not"):
        yield Clue("nobody", Span(first[0].start, first[0].end))
        yield Clue(f"nobody {attitude}", Span(first[0].start, first[0].end))
    if first and first[0].low in lexicon.words["first_person"]:
        yield Clue("first person", Span(first[0].start, first[0].end))
    if words:
        end = Span(words[-1].start, words[-1].end)
        if words[-1].low in lexicon.words["documents"] or words[-1].low in lexicon.words["ruling_words"]:
            yield Clue(f"source={words[-1].low}", end)
            yield Clue("document source", end)
        if words[-1].low.endswith(("'s", "s'")):
            yield Clue("possessive", end)
    if draft.cue and span.start > draft.cue[0].start:
        yield Clue("source after cue", span)


def _around(text: str, draft: Draft, lexicon: Language) -> Iterator[Clue]:
    """Words right beside the cue, and right before a source that stands before it ("nor did the ministry say")."""
    if not draft.cue:
        yield Clue("no cue")
        return
    start, end = draft.cue[0].start, draft.cue[-1].end
    before = language.tokens(text, Span(max(0, start - _AROUND), start))[-2:]
    if before and before[-1].low in _closed(lexicon):
        yield Clue(f"before={before[-1].low}", Span(before[-1].start, before[-1].end))
    if draft.source and draft.source[0].end <= start:
        ahead = draft.source[0].start
        before += language.tokens(text, Span(max(0, ahead - _AROUND // 2), ahead))[-2:]
    for token in before:
        span = Span(token.start, token.end)
        if token.low in _NOBODY or senses.is_negation(token.low, lexicon):
            yield Clue("negation before", span)
        if token.low in lexicon.words["distancing"] or token.low in lexicon.words["distancing_adjectives"]:
            yield Clue("doubt before", span)
        elif token.low in lexicon.words["modals"]:
            yield Clue("modal before", span)
    for token in language.tokens(text, Span(end, min(len(text), end + _AROUND // 2)))[:1]:
        if token.low in _closed(lexicon):
            yield Clue(f"after={token.low}", Span(token.start, token.end))


def _verdicts(text: str, draft: Draft, lexicon: Language) -> Iterator[Clue]:
    """Words beside the attribution that call what is handed over untrue ("… is a lie")."""
    begin = min(span.start for span in (draft.content[0], *draft.cue[:1], *draft.source[:1]))
    end = max(span.end for span in (draft.content[-1], *draft.cue[-1:], *draft.source[-1:]))
    for side, start, stop in (("before", max(0, begin - _VERDICT), begin), ("after", end, min(len(text), end + _VERDICT))):
        for match in _rejecting(lexicon).finditer(text, start, stop):
            between = text[match.end() : begin] if side == "before" else text[end : match.start()]
            if not any(mark in between for mark in _CUT):
                yield Clue(f"verdict {side}", Span(*match.span()), cuewords.SURE)
                break


@lru_cache(maxsize=2)
def _rejecting(lexicon: Language) -> re.Pattern[str]:
    """Any form of a word that calls something untrue."""
    words = sorted(word for word in lexicon.words["rejecting_words"] if " " not in word)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})s?\b", re.IGNORECASE)
