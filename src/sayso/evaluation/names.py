"""Names against gold entities: exact span and kind, as in CoNLL (Tjong Kim Sang & De Meulder 2003).

Always true here: gold is JSON lines (maybe gzipped), one article each: `{id, text, sents: [{ner, off}]}` with BIO tags and for each token
its start and end in `text`; tags are read as conlleval reads them (a change of class begins a new name). The nine classes of the
Worldwide corpus (Shan et al. 2023) become the finder's four kinds: locations and facilities are places; dates, money, products and the
rest are left out. A sentence with a token that could not be found in the text (offset -1) is skipped, and so is what a system finds
outside the sentences that are left, such as in an address above the article.

The main figure is F1 over people, organizations and places together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.attribution.draft import NATIONALITY, ORGANIZATION, PERSON, PLACE, Found, Name
from sayso.document import Document
from sayso.encoder.heads import NAME_KINDS
from sayso.errors import UsageError
from sayso.evaluation import bootstrap
from sayso.evaluation.jsonlines import records
from sayso.evaluation.metrics import Counts, Metric, f1
from sayso.evaluation.report import Report, compare
from sayso.spans import Span

Finder = Callable[[Sequence[Document]], Sequence[Found]]

KIND_OF = {"Person": PERSON, "Organization": ORGANIZATION, "Location": PLACE, "Facility": PLACE, "NORP": NATIONALITY}
TOGETHER = (PERSON, ORGANIZATION, PLACE)
METRICS = (
    Metric("names", "person, organization, place", "names, exact span and kind"),
    *(Metric(f"names.{kind}", kind, "names, exact span and kind") for kind in NAME_KINDS),
    Metric("names.span", "all four, whatever the kind", "names, exact span"),
)


@dataclass(frozen=True, slots=True)
class NamedText:
    """One article with its gold names; `sentences` are the stretches in which they are known."""

    document: Document
    sentences: tuple[Span, ...]
    names: tuple[Name, ...]


def read_names(path: Path) -> list[NamedText]:
    """Read a gold file.

    Raises:
        UnreadableInput: it is missing or cannot be decoded.
        ContractError: a line is broken; the message names it.

    """
    return list(records(path, _named_text))


def _named_text(value: Mapping[str, Any]) -> NamedText:
    document = Document(text=value["text"], origin=str(value["id"]))
    sentences: list[Span] = []
    names: list[Name] = []
    for sentence in value["sents"]:
        offsets = sentence["off"]
        if offsets and min(offsets) >= 0:
            sentences.append(Span(offsets[0], offsets[-1]))
            names.extend(_entities(sentence["ner"], offsets))
    return NamedText(document, tuple(sentences), tuple(names))


def _entities(tags: Sequence[str], offsets: Sequence[int]) -> Iterator[Name]:
    start, label = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        if label and tag != f"I-{label}":
            if label in KIND_OF:
                yield Name(Span(offsets[2 * start], offsets[2 * at - 1]), KIND_OF[label])
            label = ""
        if tag != "O" and not label:
            start, label = at, tag[2:]


def name_counts(gold: NamedText, found: Sequence[Name]) -> Counts:
    """Names of each kind that both sides have, over the sentences whose gold is known."""
    ours = {(name.span, name.kind) for name in gold.names}
    theirs = {(name.span, name.kind) for name in found if any(name.span.overlaps(sentence) for sentence in gold.sentences)}
    counts: Counts = {}
    for metric, kinds in (("names", TOGETHER), *((f"names.{kind}", (kind,)) for kind in NAME_KINDS)):
        a, b = ({item for item in side if item[1] in kinds} for side in (ours, theirs))
        counts |= f1(metric, len(a & b), len(b), len(a))
    spans, guessed = {span for span, _ in ours}, {span for span, _ in theirs}
    return counts | f1("names.span", len(spans & guessed), len(guessed), len(spans))


def evaluate_names(
    gold: Sequence[NamedText], finders: Mapping[str, Finder], resamples: int = bootstrap.RESAMPLES, seed: int = bootstrap.SEED
) -> Report:
    """Score the names that finders give (`Reader.find`) against gold.

    Raises:
        UsageError: there is no gold.

    """
    if not gold:
        raise UsageError("no gold articles to evaluate names on")
    documents = [item.document for item in gold]
    counts = {
        system: [name_counts(item, found.names) for item, found in zip(gold, find(documents), strict=True)]
        for system, find in finders.items()
    }
    return Report(
        protocol="names",
        note="names of people, organizations, places, nationalities in aligned sentences; exact span and kind",
        articles=len(gold),
        items=sum(len(item.names) for item in gold),
        unit="names",
        resamples=resamples,
        seed=seed,
        metrics=METRICS,
        main=(),
        systems=compare(counts, METRICS, resamples, seed),
    )
