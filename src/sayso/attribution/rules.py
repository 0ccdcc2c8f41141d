"""Find attributions without a model: quotation marks, cue words and their neighbors; the baseline, useful by itself.

Always true here: every draft has content; drafts stand in order of the text; one attribution stays in one paragraph, except that a
quotation may run on over following paragraphs; the time taken grows linearly with the text. `confidence` is the share of drafts made by
the same pattern that were right (cue and source overlap, content IoU at least one half) on the training part of the project's annotated
world news: a constant per pattern, not a judgment of the case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso import language
from sayso.attribution.clauses import CHAINS, ENDS, HARD, PUNCTUATION, QUOTE, SCARE, STOPS, WH, Clause, row, wordy
from sayso.attribution.draft import Draft
from sayso.document import Document
from sayso.language import BASE, GERUND, PAST, THIRD, Cue, Language
from sayso.quotations import quotations
from sayso.spans import Span, Spans, merge
from sayso.structure import paragraphs

PRECISION = {
    "quoted": 0.95, "according": 0.84, "that": 0.79, "adjective": 0.71, "adverb": 0.69, "post": 0.68, "to": 0.64, "bare": 0.63,
    "noun": 0.52, "label": 0.52, "alleged": 0.38, "passive": 0.37, "nominal": 0.35, "floating": 0.85,
}  # fmt: skip
# "floating" has no cue to compare: it counts the drafts whose content was right (33 of 39).

LONG = 400  # a "sentence" of more items than this is no sentence: it is read in pieces, so that the time stays linear
RUN = 60  # a quotation runs on over at most so many stretches


@dataclass(frozen=True, slots=True)
class _Hit:
    """A cue in its sentence, as item indices: the cue is `[first, last)`, the source `[a, b)` or None."""

    first: int
    last: int
    sense: Cue
    form: str
    source: tuple[int, int] | None
    pattern: str
    content: tuple[tuple[int, int], ...]


def find(document: Document) -> list[Draft]:
    """Every attribution that the rules see, outer and inner, in order of the text."""
    text, lexicon = document.text, language.load()
    parts = paragraphs(text)
    quoted = quotations(text, parts)
    found: list[tuple[Draft, str]] = []
    at = 0
    speech: int | None = None  # index of the draft whose quotation may run on
    for part in parts:
        first = at
        while at < len(quoted) and quoted[at].start < part.end:
            at += 1
        marks = quoted[first:at]
        here = _paragraph(text, part, marks, lexicon)
        if (
            len(marks) == 1
            and marks[0].length >= part.length - 1
            and not any(draft.content[0].start <= marks[0].start for draft, _ in here)
        ):
            if speech is None or len(found[speech][0].content) >= RUN:
                speech = len(found)
                found.append((Draft((marks[0],)), "floating"))
            else:
                draft, pattern = found[speech]
                found[speech] = replace(draft, content=(*draft.content, marks[0])), pattern
            found.extend(here)
            continue
        speech = None
        for index, (draft, pattern) in enumerate(here, len(found)):
            if marks and pattern == "quoted" and marks[-1].overlaps(draft.content[-1]):
                speech = index
                break
        found.extend(here)
    return nest([replace(draft, confidence=PRECISION[pattern]) for draft, pattern in found])


def nest(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts in order of the text, each with `within` set to the draft with the smallest content that holds its cue (or its content)."""
    ordered = sorted(drafts, key=lambda draft: (min(draft.source + draft.cue + draft.content), draft.cue, draft.content))
    size = [sum(span.length for span in draft.content) for draft in ordered]
    pieces = sorted(((span.start, -span.end, index) for index, draft in enumerate(ordered) for span in draft.content))
    anchors = sorted((*(draft.cue or draft.content)[0], index) for index, draft in enumerate(ordered))
    within: dict[int, int] = {}
    open_pieces: list[tuple[int, int]] = []
    next_piece = 0
    for start, end, index in anchors:
        while next_piece < len(pieces) and pieces[next_piece][0] <= start:
            open_pieces.append((-pieces[next_piece][1], pieces[next_piece][2]))
            next_piece += 1
        open_pieces = [piece for piece in open_pieces if piece[0] > start]
        holders = [owner for stop, owner in open_pieces if stop >= end and owner != index and size[owner] > size[index]]
        if holders:
            within[index] = min(holders, key=lambda owner: (size[owner], owner))
    return [replace(draft, within=within.get(index)) for index, draft in enumerate(ordered)]


def _paragraph(text: str, part: Span, marks: Sequence[Span], lexicon: Language) -> list[tuple[Draft, str]]:
    """The attributions of one paragraph: first between the quotations, then inside each of them."""
    found: list[tuple[Draft, str]] = []
    waiting: Spans = ()  # a sentence that is nothing but quotations and has no cue yet
    speaker: int | None = None
    mark = 0
    for sentence in _outside(language.sentences(text, part), marks):
        first = mark
        while mark < len(marks) and marks[mark].start < sentence.end:
            mark += 1
        items = row(text, sentence, marks[first:mark])
        clause = _Patterns(text, items[:LONG], lexicon)
        if len(items) <= LONG and clause.lows and all(low == QUOTE or low in ENDS for low in clause.lows) and QUOTE in clause.lows:
            spans = tuple(Span(item.start, item.end) for item in clause.items if item.low == QUOTE)
            if speaker is not None and len(found[speaker][0].content) < RUN:
                draft, pattern = found[speaker]
                found[speaker] = replace(draft, content=merge((*draft.content, *spans))), pattern
            else:
                waiting = merge((*waiting[:RUN], *spans))
            continue
        here = clause.attributions(waiting)
        for start in range(LONG, len(items), LONG):
            here.extend(_Patterns(text, items[start : start + LONG], lexicon).attributions(()))
        if waiting and not any(draft.content == waiting for draft, _ in here):
            found.append((Draft(waiting), "floating"))
        speaker = None
        for index, (_, pattern) in enumerate(here, len(found)):
            if pattern == "quoted":
                speaker = index
        found.extend(here)
        waiting = ()
    if waiting and not (len(marks) == 1 and marks[0].length >= part.length - 1):
        found.append((Draft(waiting), "floating"))
    for span in marks:
        inner = Span(span.start + 1, span.end - 1) if span.length > 2 else span
        if wordy(text, inner) > SCARE:
            for sentence in language.sentences(text, inner):
                items = language.tokens(text, sentence)
                for start in range(0, len(items), LONG):
                    found.extend(_Patterns(text, items[start : start + LONG], lexicon).attributions(()))
    return found


def _outside(sentences: Sequence[Span], marks: Sequence[Span]) -> list[Span]:
    """Sentences joined wherever a break falls inside a quotation."""
    joined: list[Span] = []
    at = 0
    for sentence in sentences:
        while at < len(marks) and marks[at].end <= sentence.start:
            at += 1
        if joined and at < len(marks) and marks[at].start < sentence.start < marks[at].end:
            joined[-1] = Span(joined[-1].start, sentence.end)
        else:
            joined.append(sentence)
    return joined


class _Patterns(Clause):
    """What hands words over in a sentence, one method per pattern."""

    def attributions(self, waiting: Spans) -> list[tuple[Draft, str]]:
        """All attributions of the sentence. `waiting` is a quotation right before it that has no cue yet."""
        if not self.items:
            return []
        self.waiting = waiting
        hits = self._framed()
        self.framed = {at for hit in hits for at in range(hit.first, hit.last)}
        taken = set(self.framed)
        previous: tuple[int, int] | None = None
        for at in range(len(self.items)):
            if at in taken:
                previous = next((hit.source for hit in hits if hit.first <= at < hit.last), previous)
                continue
            hit = self._verb(at, previous) or self._adjective(at) or self._noun(at) or self._adverb(at) or self._alleged(at)
            if hit is None:
                continue
            taken.update(range(hit.first, hit.last))
            hits.append(hit)
            if hit.source is not None and hit.pattern not in ("nominal", "alleged"):
                previous = hit.source
        drafts = []
        for hit in sorted(hits, key=lambda hit: hit.first):
            content = self.spans(hit.content)
            if hit.pattern == "quoted" and waiting and not content:
                content = waiting
            if content:
                drafts.append(
                    (Draft(content, self.spans([hit.source] if hit.source else []), self.spans([(hit.first, hit.last)])), hit.pattern)
                )
        return drafts

    def _framed(self) -> list[_Hit]:
        """Frames that stand after or amid their content: `…, X said`, `… said X`, `according to X`; and `NAME: …`."""
        hits: list[_Hit] = []
        for at, low in enumerate(self.lows):
            if low == "according" and self.low(at + 1) == "to":
                hit = self._according(at)
            elif low == ":" and 0 < at <= 5:
                hit = self._label(at)
            elif low in self.lexicon.verbs:
                hit = self._post(at)
            else:
                hit = None
            if hit is not None:
                hits.append(hit)
                start = min(hit.first, hit.source[0] if hit.source else hit.first)
                self.cuts.add(start)
                if start and self.lows[start - 1] == ",":
                    self.cuts.add(start - 1)
        return hits

    def _according(self, at: int) -> _Hit | None:
        source = self.right(at + 2)
        if source is None:
            return None
        sense = Cue("according", frozenset())
        start = self.begins()
        if start >= at:
            begin = source[1] + (self.low(source[1]) == ",")
            return _Hit(at, at + 2, sense, "", source, "according", ((begin, self.until(begin)),))
        stop = at
        while stop > start and self.lows[stop - 1] in (",", "–", "—", "("):
            stop -= 1
        rest = (source[1] + 1, self.end) if self.low(source[1]) == "," else (0, 0)
        return _Hit(at, at + 2, sense, "", source, "according", ((start, stop), rest) if rest[1] - rest[0] > 1 else ((start, stop),))

    def _label(self, at: int) -> _Hit | None:
        """`NAME: words`, as in transcripts."""
        if not all(self.capital(i) and self.lows[i] not in self.words["determiners"] for i in range(at)) or self.end - at < 4:
            return None
        if (
            not all(self.text[self.items[i].start : self.items[i].end].isupper() or len(self.lows[i]) > 2 for i in range(at))
            or self.lows[at - 1] in self.lexicon.verbs
        ):
            return None
        return _Hit(at, at + 1, Cue("say", frozenset()), "", (0, at), "label", ((at + 1, len(self.items)),))

    def _post(self, at: int) -> _Hit | None:
        """`…, X said` and `… said X`."""
        senses = [
            s for s in self.lexicon.verbs[self.lows[at]] if {"clause", "quote", "after"} & s.cue.frames and s.form in (PAST, THIRD, BASE)
        ]
        if not senses or self.low(at - 1) in HARD or self.capital(at):
            return None
        sense = senses[-1]
        if self.is_noun(at):
            return None
        if sense.form == PAST and any(low in self.words["be"] for low in self.lows[max(0, at - 3) : at]):
            return None
        first = self.cue_start(at)
        last = at + 1
        source = self.left(first)
        before = source[0] - 1 if source else first - 1
        quoted_after = self.low(last) == QUOTE or (self.low(last) in (",", ".", ":") and self.low(last + 1) == QUOTE)
        inverted = False
        if source is None or before < 0:
            if before < 0 and source is not None and self.waiting and not quoted_after and (last >= self.end or self.adjunct_only(last)):
                return _Hit(first, last, sense.cue, sense.form, source, "quoted", ())
            if source is not None and self.low(first - 1) == ",":
                return None
            if sense.form not in (PAST, THIRD) or self.low(first - 1) not in (QUOTE, ",", "–", "—"):
                return None
            following = self.right(last)
            if following is None or not (
                self.capital(following[0])
                or self.lows[following[0]] in self.words["determiners"] | self.words["pronouns"] | self.words["groups"]
                or (following[0] < self.end and self.low(first - 1) == QUOTE)
            ):
                return None
            if self.low(first - 1) == "," and (
                self.lows[following[0]] in ("that", "it", "this") or (following[1] < self.end and self.finite(following[1]))
            ):
                return None
            source, before, inverted = following, first - 1, True
        if self.lows[before] not in (QUOTE, ",", "–", "—", "?", "!"):
            return None
        tail = source[1] if inverted else last
        if not inverted:
            if self.low(tail) in ("that", *WH):
                return None
            if "person" in sense.cue.frames:
                recipient = self.right(tail)
                tail = recipient[1] if recipient else tail
            if not (
                tail >= self.end
                or self.low(tail) in (",", QUOTE, ".", ":", ";", "–", "—")
                or self.adjunct_only(tail)
                or self.low(tail) in self.words["quotative_adjuncts"]
            ):
                return None
        start = self.begins()
        stop = before if self.lows[before] != QUOTE else before + 1
        if self.lows[before] in ("?", "!"):
            stop = before + 1
        if stop <= start or (stop - start < 3 and QUOTE not in self.lows[start:stop]):
            return None
        if QUOTE not in self.lows[start:stop] and any(low in (";", ":") for low in self.lows[start:stop]):
            start = max(i for i in range(start, stop) if self.lows[i] in (";", ":")) + 1
        quoted = self.lows[stop - 1] == QUOTE
        if quoted and stop - start > 1 and self.lows[start] != QUOTE:
            inner = next((i for i in range(stop - 2, start - 1, -1) if self.lows[i] in (":",)), None)
            start = start if inner is None else inner + 1
        pieces = [(start, stop)]
        rest = tail
        while rest < self.end and self.lows[rest] not in (",", QUOTE, ":", "–", "—", "."):
            rest += 1
        if rest < self.end:
            if (self.lows[rest] == QUOTE and not self.scare(rest)) or self.lows[rest] == ":":
                pieces.append((rest + (self.lows[rest] == ":"), self.until(rest + 1)))
            elif self.low(rest + 1) == QUOTE:
                pieces.append((rest + 1, self.until(rest + 2)))
            elif self.lows[rest] == "," and not quoted and not inverted and self.low(rest + 1) not in self.lexicon.verbs:
                pieces.append((rest + 1, self.until(rest + 1)))
        return _Hit(
            first,
            last,
            sense.cue,
            sense.form,
            source,
            "quoted" if quoted else "post",
            tuple(piece for piece in pieces if piece[0] < piece[1]),
        )

    def _verb(self, at: int, previous: tuple[int, int] | None) -> _Hit | None:
        senses = self.lexicon.verbs.get(self.lows[at])
        if not senses or self.low(at - 1) in HARD or (at and self.capital(at)) or (self.lows[at] == "order" and self.low(at - 1) == "in"):
            return None
        if self.is_noun(at) or (self.lows[at] == "citing" and self.low(at - 1) == "," and "," in self.lows[at : at + 12]):
            return None
        first = self.cue_start(at)
        helpers = self.lows[first:at]
        form = senses[-1].form
        passive = (form == PAST and any(low in self.words["be"] for low in helpers)) or (
            form == PAST
            and self.low(first - 1) in self.words["contracted"]
            and self.low(first - 1).endswith(("'s", "'re", "'m"))
            and "been" in helpers
        )
        following = self.low(at + 1)
        sense = None
        for candidate in senses:
            cue = candidate.cue
            if cue.particles:
                if following in cue.particles:
                    sense = candidate
                    break
                continue
            sense = sense or candidate
        if sense is None:
            return None
        last = at + 1 + bool(sense.cue.particles)
        cue = sense.cue
        if passive:
            return self._passive(first, last, senses)
        if form == PAST and following == "by" and not helpers:
            return None
        source = self.left(first)
        if form == BASE:
            subject = self.low(first - 1)
            plural = (
                subject.endswith("s")
                or subject in self.words["groups"]
                or subject in self.words["pronouns"]
                or (source is not None and "and" in self.lows[source[0] : source[1]])
            )
            helped = (
                any(low in self.words["auxiliaries"] for low in helpers)
                or subject in self.words["contracted"]
                or any(low in CHAINS for low in helpers)
            )
            if not helped and (source is None or not plural or subject in ("it", "he", "she")):
                return None
        elif form == GERUND:
            progressive = any(low in self.words["be"] for low in helpers) or self.low(first - 1) in self.words["contracted"]
            if not progressive and (
                self.low(first - 1) in (",", "–", "—", "by", "and", "after", "while", "in", "before", "of") or first == 0
            ):
                source = self.shared(previous)
            elif not progressive and (
                source is None or not sense.cue.frames & {"clause", "person"} or self.low(first - 1) in self.words["prepositions"]
            ):
                return None
        elif source is None or self.low(first - 1) in ("and", "but", ","):
            source = (
                source
                if source is not None and self.low(first - 1) == ","
                else self.shared(previous)
                if self.low(first - 1) in ("and", "but", "then", ",", "also")
                else source
            )
            if source is None:
                return None
        if source is not None and source[1] > first:
            return None
        return self._complement(
            first,
            last,
            sense.form,
            [s for s in senses if (s.cue.particles and s is sense) or (not sense.cue.particles and not s.cue.particles)],
            source,
        )

    def _complement(
        self, first: int, last: int, form: str, senses: Sequence[language.VerbForm], source: tuple[int, int] | None
    ) -> _Hit | None:
        """The content after the cue, by what the senses of the verb allow."""
        frames = frozenset().union(*(sense.cue.frames for sense in senses))
        person = "person" in frames
        cue = senses[0].cue
        last += self.low(last) in self.words["distancing"]
        if cue.lemma in ("express", "voice"):
            link = next((at + 1 for at in range(last, min(self.end, last + 3)) if self.lows[at] in self.lexicon.nouns), 0)
            if link and any(self.low(link) in sense.frames for sense in self.lexicon.nouns[self.lows[link - 1]]):
                last = link + (self.low(link) not in ("that", "to", "whether"))
                return _Hit(first, last, cue, form, source, "noun", ((last, self.until(last, form)),))
        begin, clear = self.skip_adjuncts(last, person)
        low = self.low(begin)
        if begin >= self.end:
            return None
        if frames & {"clause", "quote", "after"} and clear:
            if low == QUOTE and frames & {"quote", "after", "clause"}:
                return _Hit(first, last, cue, form, source, "quoted", ((begin, self.until(begin, form)),))
            if "clause" in frames:
                return _Hit(first, last, cue, form, source, "that" if low == "that" else "bare", ((begin, self.until(begin, form)),))
        if low == "to" and ("to" in frames):
            cue = next(sense.cue for sense in senses if "to" in sense.cue.frames)
            return _Hit(first, last, cue, form, source, "to", ((begin, self.until(begin, form)),))
        if (
            low in ("to", ",", ".", ";", ")", "(")
            or (low in self.words["quotative_adjuncts"] - {"this", "about"} and low not in ("of",) and not clear)
        ) and not ("noun" in frames and low in ("as",)):
            return None
        if "clause" in frames and low in WH:
            return _Hit(first, last, cue, form, source, "that", ((begin, self.until(begin, form)),))
        if "clause" in frames and self.end - begin >= 3 and self.clause_ahead(begin):
            return _Hit(first, last, cue, form, source, "bare", ((begin, self.until(begin, form)),))
        if "noun" in frames or ("of" in frames and low == "of"):
            if low in PUNCTUATION:
                return None
            cue = next((sense.cue for sense in senses if "noun" in sense.cue.frames), cue)
            return _Hit(
                first, last, cue, form, source, "noun", ((last if not cue.frames & {"person"} else begin, self.until(begin, form, True)),)
            )
        return None

    def _passive(self, first: int, last: int, senses: Sequence[language.VerbForm]) -> _Hit | None:
        """`it was reported that …`, `X is expected to …`, `X was accused of …`, `X was told that …`."""
        particles = [sense for sense in senses if sense.cue.particles and self.low(last - 1) in sense.cue.particles]
        pool = particles or [sense for sense in senses if not sense.cue.particles]
        frames = frozenset().union(*(sense.cue.frames for sense in pool))
        subject = self.left(first)
        cue, form = pool[-1].cue if self.low(last) in ("that", "to") else pool[0].cue, PAST
        source: tuple[int, int] | None = None
        stop = self.until(last)
        agent = next((at for at in range(last, min(stop, last + 12)) if self.lows[at] == "by"), None)
        if agent is not None:
            source = self.right(agent + 1)
        if subject is None and self.low(first - 1) not in ("and", "but", ","):
            return None
        begin, _ = self.skip_adjuncts(last, False)
        empty = subject is not None and self.lows[subject[0]] == "it" and self.low(begin) == "that"
        if empty or ("person" in frames and self.low(begin) in ("that", "to", *WH)):
            return _Hit(first, last, cue, form, source, "passive", ((begin, self.until(begin)),))
        if subject is None:
            subject = self.shared(None)
            if subject is None or subject[1] > first:
                return None
        if agent is not None and source is not None:
            return _Hit(first, last, cue, form, source, "passive", (subject, (last, agent)))
        if not frames & {"noun", "to", "clause", "as"} or (last >= self.end and "noun" not in frames):
            return None
        if self.lows[subject[0]] in ("who", "which"):
            return _Hit(first, last, cue, form, None, "passive", ((last, stop),))
        return _Hit(first, last, cue, form, None, "passive", (subject, (last, stop)))

    def _adjective(self, at: int) -> _Hit | None:
        senses = self.lexicon.adjectives.get(self.lows[at])
        first = self.cue_start(at)
        if not senses or (
            not any(low in self.words["be"] for low in self.lows[first:at]) and not self.low(first - 1).endswith(("'s", "'re", "'m"))
        ):
            return None
        source = self.left(first)
        link = self.low(at + 1)
        if source is None:
            return None
        for cue in senses:
            if link in cue.frames:
                last = at + 1 + (link not in ("that", "to"))
                return _Hit(first, last, cue, "", source, "adjective", ((last, self.until(last)),))
        return None

    def _noun(self, at: int) -> _Hit | None:
        senses = self.lexicon.nouns.get(self.lows[at])
        link = self.low(at + 1)
        if not senses or (self.lows[at] == "order" and self.low(at - 1) == "in"):
            return None
        for cue in senses:
            if link not in cue.frames:
                continue
            last = at + 1 + (link not in ("that", "to", "whether"))
            stop = self.until(last)
            for middle in range(last + 1, stop):
                if self.lows[middle] == "," or (self.finite(middle) and link not in ("that", "whether")):
                    stop = middle
                    break
            source = self.owner(at)
            if self.end and last < stop:
                return _Hit(at, last, cue, "", source, "nominal", ((last, stop),))
        return None

    def _adverb(self, at: int) -> _Hit | None:
        if self.lows[at] not in self.words["distancing"] or self.lows[at] == "so-called":
            return None
        start = at
        while start > 0 and self.lows[start - 1] not in PUNCTUATION and self.lows[start - 1] not in STOPS and self.lows[start - 1] != QUOTE:
            start -= 1
        stop = at
        while stop < self.end and self.lows[stop] not in (",", ";", ":") and stop not in self.cuts:
            stop += 1
        return _Hit(
            at, at + 1, Cue(self.lows[at], frozenset(), outlet_stance="distances"), "", None, "adverb", ((start, at), (at + 1, stop))
        )

    def _alleged(self, at: int) -> _Hit | None:
        if self.lows[at] not in self.words["distancing_adjectives"] or self.low(at - 1) in self.words["auxiliaries"]:
            return None
        if self.lows[at] in ("reported", "supposed") and self.low(at - 1) not in HARD:
            return None
        phrase = self.right(at + 1)
        if phrase is None:
            return None
        return _Hit(at, at + 1, Cue(self.lows[at], frozenset(), outlet_stance="distances"), "", None, "alleged", (phrase,))
