"""The own-voice benchmark: evaluative spans that a system books to the outlet, and how many of them are somebody else's words.

Always true here: gold is BASIL as JSON lines (Fan et al. 2019: `{sentences, para_of_sentence, annotations: [{sent, span, bias, quote}]}`),
each article one text without its title; a span is a speaker's if its annotators say that it stands in a quotation, and the outlet's
otherwise. A system books a span to whoever has most of its characters, and to the outlet where both have the same.

The *misattribution rate* is, of the spans booked to the outlet, the share that is a speaker's; a system that knows no voices has the
share of quoted spans among all. Beside it stands the price: of the outlet's own spans, the share booked to a speaker (BASIL's flag knows
quotations only, so an indirectly reported span counts here although nobody erred). Informational spans are a choice of what to tell and
are the outlet's act whoever is quoted; what is asked here is only whose words they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.document import Document
from sayso.evaluation import bootstrap
from sayso.evaluation.choices import report
from sayso.evaluation.jsonlines import records
from sayso.evaluation.metrics import Counts, Metric, share
from sayso.evaluation.report import Report
from sayso.evaluation.told import EDITORIAL, LOADED, joined
from sayso.quotations import quotations
from sayso.reading import OUTLET, Reading
from sayso.spans import Span, Spans, merge, overlap
from sayso.structure import paragraphs

OWN_VOICE = "own-voice"
KINDS = {"": "all spans", ".lex": "lexical spans", ".inf": "informational spans"}
FOUND = ".found"
_WRONG, _LOST = "booked to the outlet: a speaker's", "the outlet's own: booked to a speaker"

METRICS = (
    *(Metric(f"misattributed{kind}", _WRONG, of, share=True) for kind, of in KINDS.items()),
    *(Metric(f"lost{kind}", _LOST, of, share=True) for kind, of in KINDS.items()),
    *(Metric(f"misattributed{FOUND}{kind}", _WRONG, f"{of}, where our measures found something", share=True) for kind, of in KINDS.items()),
    *(Metric(f"lost{FOUND}{kind}", _LOST, f"{of}, where our measures found something", share=True) for kind, of in KINDS.items()),
    *(Metric(f"recall{kind}", "our measures found something", of, share=True) for kind, of in KINDS.items()),
)
MAIN = (*(f"misattributed{kind}" for kind in KINDS), "lost", f"misattributed{FOUND}", f"lost{FOUND}", "recall")


@dataclass(frozen=True, slots=True)
class Evaluative:
    """A span that annotators find evaluative: lexical (`lex`) or informational (`inf`) bias, and whether it stands in a quotation."""

    span: Span
    kind: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class GoldVoices:
    """One article and its evaluative spans."""

    document: Document
    spans: tuple[Evaluative, ...]


@dataclass(frozen=True, slots=True)
class Booked:
    """What a system says of one article.

    Attributes:
        elsewhere: whatever is not in the outlet's own voice.
        found: where its measures found loaded words or editorial stretches.

    """

    elsewhere: Spans
    found: Spans = ()


def read_voices(path: Path) -> list[GoldVoices]:
    """Read a gold file; spans of titles are left out, and so are those that could not be located.

    Raises:
        UnreadableInput: it is missing or cannot be decoded.
        ContractError: a line is broken; the message names it.

    """
    return list(records(path, _article))


def _article(value: Mapping[str, Any]) -> GoldVoices:
    document, sentences = joined(value)
    spans = []
    for item in value["annotations"]:
        if item["sent"] >= 0 and item["span"]:
            place, (start, end) = sentences[item["sent"]], item["span"]
            if item["bias"] not in ("lex", "inf") or not 0 <= start < end <= place.length:
                raise ValueError(f"the span [{start}, {end}) of {item['bias']} does not lie in its sentence")
            spans.append(Evaluative(Span(place.start + start, place.start + end), item["bias"], item["quote"] == "yes"))
    return GoldVoices(document, tuple(spans))


# ── who books what ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def voice_blind(document: Document, found: Spans = ()) -> Booked:  # noqa: ARG001 - all systems are asked alike
    """Everything is the outlet's."""
    return Booked((), found)


def marks_only(document: Document, found: Spans = ()) -> Booked:
    """What stands between quotation marks is a speaker's, all else the outlet's."""
    return Booked(quotations(document.text, paragraphs(document.text)), found)


def by_voices(reading: Reading) -> Booked:
    """As the reading's voices have it, with the findings of its measures, candidates left out."""
    elsewhere = merge(span for voice in reading.voices if voice.speaker != OUTLET for span in voice.spans)
    return Booked(elsewhere, found_by(reading))


def found_by(reading: Reading) -> Spans:
    """Where the measures found loaded words or editorial stretches."""
    shown = (finding for finding in reading.findings if finding.measure in (LOADED, EDITORIAL) and not finding.candidate)
    return merge(span for finding in shown for span in finding.evidence)


# ── figures ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def own_voice_counts(gold: GoldVoices, booked: Booked) -> Counts:
    """What the figures rest on, in one article."""
    counts: Counts = {}
    rows = [(item, _elsewhere((item.span,), booked), _both(item.span, booked.found)) for item in gold.spans]
    for kind in KINDS:
        of = [row for row in rows if kind in ("", f".{row[0].kind}")]
        counts |= _errors(kind, [(item.quoted, away) for item, away, _ in of])
        counts |= _errors(FOUND + kind, [(item.quoted, _elsewhere(hit, booked)) for item, _, hit in of if hit])
        counts |= share(f"recall{kind}", sum(bool(hit) for *_, hit in of), len(of))
    return counts


def _both(span: Span, found: Spans) -> Spans:
    return tuple(Span(max(span.start, other.start), min(span.end, other.end)) for other in found if other.overlaps(span))


def _elsewhere(words: Spans, booked: Booked) -> bool:
    """Whether more than half of the words are booked to a speaker."""
    return 2 * overlap(words, booked.elsewhere) > sum(span.length for span in words)


def _errors(name: str, rows: Sequence[tuple[bool, bool]]) -> Counts:
    """From pairs (a speaker's, booked to a speaker)."""
    outlets = [quoted for quoted, away in rows if not away]
    own = [away for quoted, away in rows if not quoted]
    return share(f"misattributed{name}", sum(outlets), len(outlets)) | share(f"lost{name}", sum(own), len(own))


def evaluate_own_voice(
    gold: Sequence[GoldVoices],
    systems: Mapping[str, Sequence[Booked]],
    resamples: int = bootstrap.RESAMPLES,
    seed: int = bootstrap.SEED,
) -> Report:
    """Tell how often evaluative spans are booked to the wrong side.

    Args:
        gold: articles with evaluative spans.
        systems: for each system, what it says of every article, in the order of `gold`.
        resamples: number of bootstrap resamples over articles.
        seed: of the resamples.

    Raises:
        UsageError: there is no gold.

    """
    return report(
        (OWN_VOICE, "evaluative spans by whose words they are; lower is better"),
        [article.document.origin for article in gold],
        (sum(len(article.spans) for article in gold), "spans"),
        {system: [own_voice_counts(article, one) for article, one in zip(gold, rows, strict=True)] for system, rows in systems.items()},
        METRICS,
        "articles",
        MAIN,
        resamples=resamples,
        seed=seed,
    )
