"""Annotated corpora as sentences: what the tone network is trained on.

Always true here: one row is one sentence (or the part of a paragraph that the corpus gives as one); spans are clipped to it; what a corpus
does not say about a sentence is not in its row, so nothing is learned from silence. Development parts are held out by outlet, story or
fold and never given by `training_rows`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sayso.encoder.tones import CERTAINTY, EDITORIAL, EDITORIALIZES, HEDGED, LEXICAL_BIAS, LOADED
from sayso.evaluation.told import BASIL_PARTS, held_out
from sayso.language import sentences
from sayso.measures.heard import ROLES, TRIGGERS
from sayso.spans import Span, Spans, intersect, merge, overlap, span_list
from sayso.speakers import capitals
from sayso.structure import paragraphs
from sayso.training.corpora import rows as read_rows

OWN_SHARE = 0.3  # a sentence of which less is the outlet's own says nothing of how its outlet editorializes
ROLE_FOLD = 1  # of the Narrative Frames Corpus: development
NAMED_BESIDE = 2  # names without a role, per sentence, that teach what none looks like

Voices = Callable[[Sequence[str]], list[Spans]]
"""For each text, what of it is attributed to somebody."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Where a sentence shows one kind of wording; `unknown` is what nobody looked at."""

    spans: Spans
    unknown: Spans = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A mention with its stance (place in `STANCES`) or role (place in `ROLES`, or behind them for none), or both."""

    span: Span
    stance: int | None = None
    role: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence with all that is known of it.

    Attributes:
        text: the sentence.
        wordings: by place in `encoder.tones.WORDINGS`.
        sentence: by place in `encoder.tones.SENTENCE`, the probability to learn.
        trigger: place in `TRIGGERS`, if it editorializes.
        targets: mentions.

    """

    text: str
    wordings: Mapping[int, Wording] = field(default_factory=dict)
    sentence: Mapping[int, float] = field(default_factory=dict)
    trigger: int | None = None
    targets: tuple[Target, ...] = ()


def newsmtsc(path: Path) -> list[Row]:
    """Sentences of NewsMTSC (Hamborg and Donnay 2021)."""
    return [
        Row(row["text"], targets=tuple(Target(Span(t["start"], t["end"]), t["polarity"] + 1) for t in row["targets"]))
        for row in read_rows(path)
    ]


def stance_sentences(path: Path) -> list[Row]:
    """Our own sentences with targets."""
    return newsmtsc(path)


def wording_sentences(path: Path, attributed: Voices) -> list[Row]:
    """Our own sentences with loaded words and editorial stretches; read with the sentences beside them to know what is attributed."""
    given = list(read_rows(path))
    lead = [row["before"] + " " if row["before"] else "" for row in given]
    whole = [before + row["text"] + (" " + row["after"] if row["after"] else "") for before, row in zip(lead, given, strict=True)]
    found = []
    for row, before, told in zip(given, lead, attributed(whole), strict=True):
        sentence = Span(len(before), len(before) + len(row["text"]))
        found.append(
            _worded(
                row["text"],
                span_list(item["span"] for item in row["loaded"]),
                [(Span(*item["span"]), item["trigger"]) for item in row["editorial"]],
                _inside(told, sentence),
            )
        )
    return found


def world_news(path: Path) -> list[Row]:
    """Sentences of the articles annotated by the contract."""
    found = []
    for row in read_rows(path):
        told = merge(span for item in row["attributions"] for span in span_list(item["content"]))
        loaded = merge(Span(*item["span"]) for item in row["loaded"])
        evaluations = [(Span(*item["span"]), item["trigger"]) for item in row["own_voice_evaluations"]]
        for sentence in split(row["text"]):
            own = [(part, trigger) for span, trigger in evaluations for part in _inside((span,), sentence)]
            found.append(_worded(row["text"][sentence.start : sentence.end], _inside(loaded, sentence), own, _inside(told, sentence)))
    return found


def _worded(text: str, loaded: Spans, editorial: Sequence[tuple[Span, str]], told: Spans) -> Row:
    """A sentence with loaded words, editorial stretches and what of it is attributed, where nobody looked for editorial stretches."""
    stretches = merge(span for span, _ in editorial)
    own = 1 - overlap((Span(0, len(text)),), told) / max(1, len(text))
    known = {EDITORIALIZES: float(bool(editorial))} if editorial or own >= OWN_SHARE else {}
    longest = max(editorial, key=lambda item: item[0].length, default=None)
    return Row(
        text,
        {LOADED: Wording(loaded), EDITORIAL: Wording(stretches, told)},
        known,
        None if longest is None else TRIGGERS.index(longest[1]),
    )


def basil(path: Path, *, development: bool = False) -> list[Row]:
    """Sentences of BASIL (Fan et al. 2019): lexical bias. Whole stories are development or training."""
    found = []
    for row in read_rows(path):
        if held_out(row["triplet"], BASIL_PARTS) == development:
            for number, text in enumerate(row["sentences"]):
                spans = [
                    item["span"]
                    for item in row["annotations"]
                    if item["sent"] == number and item["bias"] == "lex" and item["span"] is not None
                ]
                found.append(Row(text, {LEXICAL_BIAS: Wording(merge(Span(*span) for span in spans))}))
    return found


def certainty(path: Path) -> list[Row]:
    """Findings in science news and abstracts (Pei and Jurgens 2021); the scale 1 to 6 becomes 0 to 1."""
    return [Row(row["text"], sentence={CERTAINTY: (row["certainty"] - 1) / 5}) for row in read_rows(path) if row["certainty"] is not None]


def hedges(path: Path) -> list[Row]:
    """Sentences of WikiWeasel (Farkas et al. 2010): whether they hold a hedge."""
    return [Row(row["text"], sentence={HEDGED: float(row["label"])}) for row in read_rows(path)]


def roles(path: Path, *, development: bool = False) -> list[Row]:
    """Sentences of the Narrative Frames Corpus (Frermann et al. 2023) that mention a hero, villain or victim, with other names beside."""
    found = []
    for row in read_rows(path):
        if (row["test_fold"] == ROLE_FOLD) != development:
            continue
        text = row["text"]
        cast: dict[Span, set[str]] = {}
        for role in row["roles"]:
            for start, end in role["spans"] or ():
                cast.setdefault(Span(start, end), set()).add(role["role"])
        sure = [(span, ROLES.index(next(iter(held)))) for span, held in sorted(cast.items()) if len(held) == 1]
        taken = merge(cast)
        others = [name.span for name in capitals.find(text) if not overlap((name.span,), taken)]
        for sentence in split(text):
            inside = [(span, role) for span, role in sure if sentence.holds(span)]
            if inside:
                beside = [(span, len(ROLES)) for span in others if sentence.holds(span)][:NAMED_BESIDE]
                targets = (Target(span.shift(-sentence.start), role=role) for span, role in (*inside, *beside))
                found.append(Row(text[sentence.start : sentence.end], targets=tuple(targets)))
    return found


def split(text: str) -> Iterator[Span]:
    """The sentences of a text, as they are heard at run time."""
    for paragraph in paragraphs(text):
        yield from sentences(text, paragraph)


def _inside(spans: Iterable[Span], sentence: Span) -> Spans:
    """The parts of spans that stand in a sentence, counted from its beginning."""
    return tuple(span.shift(-sentence.start) for span in intersect(merge(spans), (sentence,)))


def training_rows(data: Path, attributed: Voices, repeats: Mapping[str, float]) -> dict[str, list[Row]]:
    """The training sentences of every set, repeated as told; `data` is the folder that holds one folder for each."""
    ours = data / "news_sentences"
    sets: dict[str, Callable[[], list[Row]]] = {
        "newsmtsc": lambda: newsmtsc(data / "newsmtsc" / "newsmtsc.train.jsonl"),
        "stance": lambda: stance_sentences(ours / "stance.train.jsonl"),
        "wording": lambda: wording_sentences(ours / "wording.train.jsonl", attributed),
        "world_news": lambda: world_news(data / "world_news_annotated" / "train.jsonl"),
        "basil": lambda: basil(data / "basil" / "basil.jsonl"),
        "certainty": lambda: certainty(data / "certainty_science" / "certainty.train.jsonl"),
        "hedges": lambda: hedges(data / "wiki_weasel" / "wiki_weasel.train.jsonl"),
        "roles": lambda: roles(data / "narrative_framing" / "narrative_framing.jsonl"),
    }
    return {name: repeated(read(), repeats[name]) for name, read in sets.items() if repeats.get(name, 0)}


def repeated(rows: Sequence[Row], times: float) -> list[Row]:
    """The rows so many times; of a fraction, an even share of them."""
    whole, part = divmod(times, 1)
    share = round(part * len(rows))
    return [*rows] * int(whole) + [rows[at * len(rows) // share] for at in range(share)]
