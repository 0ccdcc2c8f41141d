"""Frames that stand after or amid their content: `…, X said`, `… said X`, `according to X`; and `NAME: …`.

Always true here: a hit has content on at least one side of its cue, or, where the sentence is nothing but `X said`, none at all: then the
quotation before it is meant. Every frame found is a cut at which the contents of other cues end.
"""

from __future__ import annotations

from sayso.baseline import contents, phrases
from sayso.baseline.clauses import HARD, QUOTE, WH, Clause, Hit, Range
from sayso.language import BASE, PAST, THIRD, VerbForm


def framed(clause: Clause, waiting: bool) -> list[Hit]:
    """Every such frame of the sentence, in order; `waiting` if a quotation without a cue stands right before it."""
    hits: list[Hit] = []
    for at, low in enumerate(clause.lows):
        if low == "according" and clause.low(at + 1) == "to":
            hit = _according(clause, at)
        elif low == ":" and 0 < at <= 5:
            hit = _label(clause, at)
        elif low in clause.lexicon.verbs:
            hit = _said(clause, at, waiting)
        else:
            hit = None
        if hit is not None:
            hits.append(hit)
            start = min(hit.first, hit.source[0] if hit.source else hit.first)
            clause.cuts.add(start)
            if start and clause.lows[start - 1] == ",":
                clause.cuts.add(start - 1)
    return hits


def _according(clause: Clause, at: int) -> Hit | None:
    """`according to X, …` and `…, according to X`."""
    source = phrases.after(clause, at + 2)
    if source is None:
        return None
    start = clause.begins()
    if start >= at:
        begin = source[1] + (clause.low(source[1]) == ",")
        return Hit(at, at + 2, source, "according", ((begin, contents.until(clause, begin)),))
    stop = at
    while stop > start and clause.lows[stop - 1] in (",", "–", "—", "("):
        stop -= 1
    rest = (source[1] + 1, clause.end) if clause.low(source[1]) == "," else (0, 0)
    return Hit(at, at + 2, source, "according", ((start, stop), rest) if rest[1] - rest[0] > 1 else ((start, stop),))


def _label(clause: Clause, at: int) -> Hit | None:
    """`NAME: words`, as in transcripts."""
    if not all(clause.capital(i) and clause.lows[i] not in clause.words["determiners"] for i in range(at)) or clause.end - at < 4:
        return None
    if (
        not all(clause.text[clause.items[i].start : clause.items[i].end].isupper() or len(clause.lows[i]) > 2 for i in range(at))
        or clause.lows[at - 1] in clause.lexicon.verbs
    ):
        return None
    return Hit(at, at + 1, (0, at), "label", ((at + 1, len(clause.items)),))


def _said(clause: Clause, at: int, waiting: bool) -> Hit | None:
    """`…, X said` and `… said X`."""
    sense = _sense(clause, at)
    if sense is None:
        return None
    first, last = clause.cue_start(at), at + 1
    source = phrases.before(clause, first)
    if source is not None and source[0] == 0:
        if waiting and _closes(clause, last):
            return Hit(first, last, source, "quoted", ())
        if clause.low(first - 1) == ",":
            return None
    inverted = source is None or source[0] == 0
    if inverted:
        source = _subject_after(clause, first, last, sense.form)
    if source is None:
        return None
    before = first - 1 if inverted else source[0] - 1
    tail = source[1] if inverted else _tail(clause, last, sense)
    content = _content_before(clause, before)
    if tail is None or content is None:
        return None
    quoted = clause.lows[content[1] - 1] == QUOTE
    pieces = (content, _content_after(clause, tail, not quoted and not inverted))
    return Hit(first, last, source, "quoted" if quoted else "post", tuple(piece for piece in pieces if piece[0] < piece[1]))


def _sense(clause: Clause, at: int) -> VerbForm | None:
    """What the verb means, if it is an active one that can stand after its content."""
    senses = [
        sense
        for sense in clause.lexicon.verbs[clause.lows[at]]
        if {"clause", "quote", "after"} & sense.cue.frames and sense.form in (PAST, THIRD, BASE)
    ]
    if not senses or clause.low(at - 1) in HARD or clause.capital(at) or clause.is_noun(at):
        return None
    if senses[-1].form == PAST and any(low in clause.words["be"] for low in clause.lows[max(0, at - 3) : at]):
        return None
    return senses[-1]


def _closes(clause: Clause, last: int) -> bool:
    """Whether a sentence that is nothing but `X said` ends here, so that it belongs to the quotation before it."""
    quoted_after = clause.low(last) == QUOTE or (clause.low(last) in (",", ".", ":") and clause.low(last + 1) == QUOTE)
    return not quoted_after and (last >= clause.end or contents.adjunct_only(clause, last))


def _subject_after(clause: Clause, first: int, last: int, form: str) -> Range | None:
    """The speaker in `… said X`."""
    mark = clause.low(first - 1)
    if form not in (PAST, THIRD) or mark not in (QUOTE, ",", "–", "—"):
        return None
    source = phrases.after(clause, last)
    if source is None or not (
        clause.capital(source[0])
        or clause.lows[source[0]] in clause.words["determiners"] | clause.words["pronouns"] | clause.words["groups"]
        or (source[0] < clause.end and mark == QUOTE)
    ):
        return None
    if mark == "," and (clause.lows[source[0]] in ("that", "it", "this") or (source[1] < clause.end and clause.finite(source[1]))):
        return None
    return source


def _tail(clause: Clause, last: int, sense: VerbForm) -> int | None:
    """Where the frame `X said` ends, with the person who was told; None if a content follows it, so that it is no closing frame."""
    if clause.low(last) in ("that", *WH):
        return None
    recipient = phrases.after(clause, last) if "person" in sense.cue.frames else None
    tail = recipient[1] if recipient else last
    over = (
        tail >= clause.end
        or clause.low(tail) in (",", QUOTE, ".", ":", ";", "–", "—")
        or contents.adjunct_only(clause, tail)
        or clause.low(tail) in clause.words["quotative_adjuncts"]
    )
    return tail if over else None


def _content_before(clause: Clause, before: int) -> Range | None:
    """The content that ends with the mark at `before`."""
    if clause.lows[before] not in (QUOTE, ",", "–", "—", "?", "!"):
        return None
    start, stop = clause.begins(), before + (clause.lows[before] in (QUOTE, "?", "!"))
    if stop <= start or (stop - start < 3 and QUOTE not in clause.lows[start:stop]):
        return None
    if QUOTE not in clause.lows[start:stop]:
        start = max((at + 1 for at in range(start, stop) if clause.lows[at] in (";", ":")), default=start)
    elif clause.lows[stop - 1] == QUOTE and clause.lows[start] != QUOTE:
        start = max((at + 1 for at in range(start, stop - 1) if clause.lows[at] == ":"), default=start)
    return start, stop


def _content_after(clause: Clause, tail: int, plain: bool) -> Range:
    """Where the content goes on after the frame; empty if it does not. Words without quotation marks count only if `plain`."""
    rest = tail
    while rest < clause.end and clause.lows[rest] not in (",", QUOTE, ":", "–", "—", "."):
        rest += 1
    if rest >= clause.end:
        return rest, rest
    if (clause.lows[rest] == QUOTE and not clause.scare(rest)) or clause.lows[rest] == ":":
        return rest + (clause.lows[rest] == ":"), contents.until(clause, rest + 1)
    if clause.low(rest + 1) == QUOTE:
        return rest + 1, contents.until(clause, rest + 2)
    if clause.lows[rest] == "," and plain and clause.low(rest + 1) not in clause.lexicon.verbs:
        return rest + 1, contents.until(clause, rest + 1)
    return rest, rest
