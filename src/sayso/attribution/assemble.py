"""From drafts to a reading, the same way for both finders: order, nesting, speakers, labels, chains, voices, summary.

Always true here: whatever the drafts, the reading keeps the contract; drafts that cannot stand (no content, spans outside the text, the
very same words twice) are dropped; `within` has no cycle; ids count from A1 and S1 in order of the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sayso.attribution import chains, voices
from sayso.attribution.draft import Draft, Found
from sayso.attribution.labels import form, labels
from sayso.attribution.seeming import seems_only
from sayso.document import Document
from sayso.quotations import quotations
from sayso.reading import Attribution, Generator, Reading
from sayso.spans import Span, Spans, merge, overlap, subtract, trim
from sayso.speakers import sources
from sayso.structure import paragraphs


def assemble(document: Document, found: Found, generator: Generator) -> Reading:
    """The reading of a document.

    Args:
        document: the document that the drafts point into.
        found: drafts in any order, whose `within` indexes this very sequence, and the names in the text.
        generator: what found them.

    Returns:
        A reading for which `check()` holds.

    """
    kept = order(document, found.drafts)
    resolved = sources.resolve(document, replace(found, drafts=tuple(kept)))
    known_sources, via = chains.relays(document, kept, resolved.speakers, resolved.sources, found.names)
    quoted = quotations(document.text, paragraphs(document.text))
    within = [draft.within for draft in kept]
    known: dict[int, tuple[str, ...]] = {}
    attributions: list[Attribution] = []
    for index, draft in enumerate(kept):
        known[index] = chains.chain(index, within, resolved.speakers, via, known)
        outer = within[index]
        read = labels(document, draft, None if outer is None else kept[outer])
        attributions.append(
            Attribution(
                id=f"A{index + 1}",
                content=draft.content,
                source=draft.source,
                cue=draft.cue,
                speaker=resolved.speakers[index],
                form=form(document, draft.content, quoted),
                attitude=read.attitude,
                polarity=read.polarity,
                outlet_stance=read.outlet_stance,
                commitment=read.commitment,
                within=None if outer is None else f"A{outer + 1}",
                via=via[index],
                chain=known[index],
                confidence=min(1.0, max(0.0, draft.confidence)),
                speaker_confidence=resolved.confidences[index],
            )
        )
    return Reading(
        document=document,
        attributions=tuple(attributions),
        sources=known_sources,
        voices=voices.voices(document, attributions),
        summary=voices.summary(document, attributions, known_sources, quoted),
        generator=generator,
    )


def order(document: Document, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts that can stand, in order of the text, spans trimmed and merged, `within` renumbered and free of cycles.

    An enclosing draft that was dropped is replaced by the one that enclosed it; one that shares no word with what it should enclose,
    by none.
    """
    clean = {index: draft for index, draft in enumerate(_clean(document.text, draft) for draft in drafts) if draft is not None}
    place: dict[int, int] = {}  # index in `drafts` -> index in the result; twins share one
    seen: dict[tuple[Spans, Spans, Spans], int] = {}
    kept: list[tuple[int, Draft]] = []
    for index in sorted(clean, key=lambda i: (min(clean[i].source + clean[i].cue + clean[i].content), -clean[i].confidence, i)):
        draft = clean[index]
        twin = seen.setdefault((draft.source, draft.cue, draft.content), len(kept))
        place[index] = twin
        if twin == len(kept):
            kept.append((index, draft))
    parents = [_parent(index, drafts, place) for index, _ in kept]
    for number, parent in enumerate(parents):
        if parent is not None and not overlap(kept[parent][1].content, kept[number][1].cue + kept[number][1].content):
            parents[number] = None
    _break_cycles(parents)
    return [replace(draft, within=parent) for (_, draft), parent in zip(kept, parents, strict=True)]


def _clean(text: str, draft: Draft) -> Draft | None:
    """The draft with spans that lie in the text, trimmed and merged, its cue and source outside its content; None if
    no content is left, or if it only looks like an attribution.
    """
    source, cue, content = (_spans(text, spans) for spans in (draft.source, draft.cue, draft.content))
    if overlap(content, source + cue):
        content = _spans(text, subtract(content, source + cue))
    whole = replace(draft, content=content, source=source, cue=cue) if content else None
    return None if whole is None or seems_only(text, whole) else whole


def _spans(text: str, spans: Spans) -> Spans:
    inside = (trim(text, Span(*span)) for span in spans if 0 <= span[0] < span[1] <= len(text))
    return merge(span for span in inside if span is not None)


def _parent(index: int, drafts: Sequence[Draft], place: Mapping[int, int]) -> int | None:
    """The number of the nearest enclosing draft that was kept."""
    visited = {index}
    at = drafts[index].within
    while at is not None and 0 <= at < len(drafts) and at not in visited:
        if at in place:
            return place[at] if place[at] != place[index] else None
        visited.add(at)
        at = drafts[at].within
    return None


def _break_cycles(parents: list[int | None]) -> None:
    """Cut each cycle of enclosing drafts at the one where it was noticed."""
    done = [False] * len(parents)
    for start in range(len(parents)):
        path: dict[int, None] = {}
        at: int | None = start
        while at is not None and not done[at]:
            path[at] = None
            if parents[at] in path:
                parents[at] = None
            at = parents[at]
        for step in path:
            done[step] = True
