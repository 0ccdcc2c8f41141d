"""The page about the method: how these articles were read, what each measure is, how often it is right, and what not to conclude.

Always true here: every number comes from a card (of the model or of a measure) or from the store, none is written by hand; where a measure
has no number, the page says so; figures of the model that is installed never pass for those of another one that read the store.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sayso.encoder.bundle import Bundle, described
from sayso.encoder.card import FIGURES, TONE_FIGURES
from sayso.encoder.claims import LONGEST_STATEMENT
from sayso.errors import BundleError
from sayso.measures.measure import Measure, measures
from sayso.render.safe import one_line
from sayso.store.store import Store

SETS = {
    "contract": "world news, annotated by the rules that Sayso follows",
    "polnear": "PolNeAR, campaign news of 2016",
}
PLAIN = {
    "detected": "attributions that are found at all, F1",
    "linked_soft": "source, cue and content found together, F1",
    "outermost.linked_soft": "the same, of those that the outlet hands over itself, F1",
    "inner.linked_soft": "the same, of those inside somebody else's words, F1",
    "voice.words": "words given to the right voice (the outlet or somebody else), accuracy",
}
"""The figures that say most, in plain words; the others stand below them as the model's card names them."""
OF_MEASURE = {
    "loaded": ("loaded", "basil"), "editorial": ("editorial",), "stance": ("stance",), "certainty": ("certainty",), "role": ("roles",),
}  # fmt: skip
"""Which figures of the tone network are about which measure, by the beginning of their names."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Attributes:
        title: what was measured.
        value: in per cent, with its interval where the card has one.
        blind: whether it is what can be reached without looking at whom it is about.

    """

    title: str
    value: str
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """The figures of one test set, in words."""

    title: str
    main: tuple[Figure, ...]
    others: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """One measure, from its own card.

    Attributes:
        candidate: from which confidence a finding counts, in words.
        figures: empty where the card has none.
        used: whether it read these articles.

    """

    name: str
    observes: str
    labels: tuple[str, ...]
    trained: str
    score: str
    candidate: str
    limits: str
    figures: tuple[Figure, ...]
    used: bool


@dataclass(frozen=True, slots=True)
class MethodPage:
    """What the template needs.

    Attributes:
        generator: version of Sayso, model and measures that read the articles, in words.
        articles: in the store, and `refused` how many could not be read.
        other: what is to be said where the figures are of another model; empty where they are of the one that read.
        rules: whether rules alone read the articles.
        trained: data that the networks learned from.
        model: for what the model is, `limits` what it cannot.
        attributions: how well attributions are found, by test set.
        stories: in the store; None where they were not looked for.
        matchers: how claims were matched, with stories and the share of tellings missed in per cent (None where not known).
        claims: figures of the claim network.
        command: for stories and claims that are missing.

    """

    generator: str
    articles: int
    refused: int
    other: str
    rules: bool
    model: str
    limits: str
    trained: tuple[str, ...]
    attributions: tuple[Scored, ...]
    measures: tuple[Explained, ...]
    stories: int | None
    copies: int
    matchers: tuple[tuple[str, int, int | None], ...]
    claims: tuple[Figure, ...]
    command: str
    longest: int = LONGEST_STATEMENT


def method_page(store: Store) -> MethodPage:
    """The page about the method.

    Raises:
        PluginError: an installed measure cannot be loaded.

    """
    try:
        bundle = described()
    except BundleError:
        bundle = None
    by = store.generator
    card: Mapping[str, Any] = bundle.card if bundle else {}
    tone = card.get("tone") or {}
    return MethodPage(
        generator=one_line(f"Sayso {by.version or '(version not given)'} with {by.bundle or 'no model'}"),
        articles=len(store),
        refused=sum(1 for _ in store.rejections()),
        other=_other(bundle, by.bundle),
        rules=by.bundle == "rules",
        model=str(card.get("intended_use", "")),
        limits=str(card.get("limits", "")),
        trained=tuple(
            f"{data['name']}, {data['part']} ({data['terms']})"
            for part in (card, tone, card.get("claims") or {})
            for data in part.get("trained_on", ())
        ),
        attributions=_attributions(card),
        measures=tuple(_explained(one, tone.get("int8", {}), one.name in by.measures) for one in measures()),
        stories=int(store.sql("SELECT count(DISTINCT story) FROM stories").rows[0][0]) if store.has("stories") else None,
        copies=_copies(store),
        matchers=_matchers(store),
        claims=_claims(card.get("claims")),
        command=shlex.quote(str(store.path)),
    )


def _other(bundle: Bundle | None, read_by: str) -> str:
    """What is to be said where the figures on the page are not those of the model that read."""
    if bundle is None:
        return "The model is not installed here, so its figures are missing on this page."
    if read_by == bundle.name:
        return ""
    read = one_line(read_by) or "something else"
    return f"The figures below are those of {bundle.name}, which is installed here; these articles were read by {read}."


def _attributions(card: Mapping[str, Any]) -> tuple[Scored, ...]:
    scored = []
    for name, part in (card.get("development") or {}).items():
        if isinstance(part, Mapping) and "figures" in part:
            title = f"{SETS.get(name, name)}: {part['articles']:,} articles, {part['attributions']:,} attributions"
            scored.append(Scored(title, *_figures(part["figures"])))
    names = card.get("names")
    if names:
        title = f"names, newspapers of many countries: {names['articles']:,} articles, {names['names']:,} names"
        scored.append(Scored(title, *_figures(names["figures"])))
    return tuple(scored)


def _figures(found: Mapping[str, list[float]]) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """Those that say most, and the others."""
    main = tuple(Figure(title, _percent(found[key])) for key, title in PLAIN.items() if key in found)
    return main, tuple(Figure(title, _percent(found[key])) for key, title in FIGURES.items() if key in found and key not in PLAIN)


def _explained(measure: Measure, figures: Mapping[str, float], used: bool) -> Explained:
    card = measure.card
    below = card.candidate_below
    counts = "never: every finding is a passage to read" if below >= 1 else "always" if below <= 0 else f"from a confidence of {below:g}"
    return Explained(
        *(measure.name, card.observes, measure.labels, card.trained, card.score, counts, card.limits),
        figures=tuple(
            Figure(title.removeprefix("… "), f"{100 * figures[key]:.1f}", key.endswith(".blind"))
            for key, title in TONE_FIGURES.items()
            if key in figures and key.partition(".")[0] in OF_MEASURE.get(measure.name, ())
        ),
        used=used,
    )


def _claims(part: Mapping[str, Any] | None) -> tuple[Figure, ...]:
    if not part:
        return ()
    rows = []
    for name, where in (("int8", "stories by which it was chosen"), ("test", "stories by which nothing was chosen")):
        figures = part.get(name) or {}
        if "claims" in figures:
            rows.append(Figure(f"pairs of statements that say the same, F1, {where}", f"{figures['claims']:.1f}"))
            rows.append(Figure(f"tellings of a claim in another article that are missed, {where}", f"{100 * figures['miss_rate']:.1f}"))
    return tuple(rows)


def _copies(store: Store) -> int:
    if not store.has("carriers"):
        return 0
    return int(store.sql("SELECT count(*) FROM carriers WHERE article <> text_of").rows[0][0])


def _matchers(store: Store) -> tuple[tuple[str, int, int | None], ...]:
    if not store.has("claim_runs"):
        return ()
    rows = store.sql("SELECT matcher, count(*), max(miss_rate) FROM claim_runs GROUP BY matcher ORDER BY matcher").rows
    return tuple((one_line(matcher), count, None if missed is None else round(100 * missed)) for matcher, count, missed in rows)


def _percent(figure: list[float]) -> str:
    value, low, high = (100 * each for each in figure)
    return f"{value:.1f} [{low:.1f}, {high:.1f}]"
