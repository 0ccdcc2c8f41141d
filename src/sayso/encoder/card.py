"""The card of a bundle as a page in Markdown: what `docs/model-card.md` holds, word for word.

Always true here: every number comes from the card, where `sayso train release` wrote what it measured on the released weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sayso.encoder.bundle import Bundle
from sayso.encoder.claims import LONGEST_STATEMENT

FIGURES = {
    "exact.source": "source, exact F1",
    "exact.cue": "cue, exact F1",
    "exact.content": "content, exact F1",
    "characters.content": "content, characters F1",
    "detected": "detected F1",
    "linked_soft": "linked, content IoU ≥ 0.5, F1",
    "linked_0.8": "linked, content IoU ≥ 0.8, F1",
    "all_exact": "all spans exact, F1",
    "all_words": "all words exact, F1",
    "outermost.linked_soft": "outermost ones, linked, F1",
    "inner.linked_soft": "inner ones, linked, F1",
    "voice.words": "voice of each word (outlet or attributed), accuracy",
    "names": "persons, organizations and places, exact span and kind, F1",
    "names.person": "persons, F1",
    "names.organization": "organizations, F1",
    "names.place": "places, F1",
    "names.nationality": "nationalities, F1",
}


def describe(bundle: Bundle) -> str:
    """The card as Markdown."""
    card = bundle.card
    lines = [
        f"# Model card: {card['name']}",
        "",
        f"Bundle `{bundle.name}`, made {card['made']}, checkpoint `{card['checkpoint']}`. Printed by `sayso card`.",
        "",
        f"**For.** {card['intended_use']}",
        "",
        f"**Limits.** {card['limits']}",
        "",
        f"**Encoder.** {card['encoder']}.",
        "",
        "## Trained on",
        "",
        *(f"- {data['name']}, {data['part']} ({data['terms']})" for data in card["trained_on"]),
        *_tone_data(card.get("tone")),
        *_claims_data(card.get("claims")),
        "",
        "No text of these sets is in the package.",
        "",
        "## Development figures",
        "",
        "Percent, with 95% intervals (bootstrap over articles); chosen and tuned on the same development sets, so read them as such.",
        "",
        *_table(card["development"]),
        "",
        *_notes(card["development"]),
        "",
        *_names(card.get("names")),
        *_tone(card.get("tone")),
        *_claims(card.get("claims")),
        "## Settings",
        "",
        *(
            f"Training, leg {number}: " + ", ".join(f"{name} {value}" for name, value in leg.items()) + ".\n"
            for number, leg in enumerate(card["settings"], 1)
        ),
        *(
            f"Decoder ({name}): cue bias {values['cue_bias']:g}, source bias {values['source_bias']:g}."
            for name, values in card["decoder"].items()
        ),
    ]
    return "\n".join(lines) + "\n"


def _measured(development: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {name: part for name, part in development.items() if isinstance(part, Mapping) and "figures" in part}


def _table(development: Mapping[str, Any]) -> list[str]:
    parts = _measured(development)
    titles = [f"{name}: {part['articles']} articles, {part['attributions']} attributions" for name, part in parts.items()]
    rows = ["| | " + " | ".join(titles) + " |", "|---" * (len(parts) + 1) + "|"]
    for key, title in FIGURES.items():
        cells = [_cell(part["figures"].get(key)) for part in parts.values()]
        if any(cells):
            rows.append(f"| {title} | " + " | ".join(cells) + " |")
    return rows


def _names(part: Mapping[str, Any] | None) -> list[str]:
    """The names head's own table."""
    if not part:
        return []
    rows = [f"| {FIGURES[key]} | {_cell(figure)} |" for key, figure in part["figures"].items() if key in FIGURES]
    return [f"| | English Worldwide Newswire, development: {part['articles']} articles, {part['names']} names |", "|---|---|", *rows, ""]


TONE_FIGURES = {
    "stance.rw": "stance, NewsMTSC rw, macro-F1",
    "stance.rw.blind": "… by the tone of the sentence alone",
    "stance.mt": "stance, NewsMTSC mt, macro-F1",
    "stance.mt.blind": "… by the tone of the sentence alone",
    "stance.ours": "stance, news sentences, macro-F1",
    "loaded.span": "loaded words, stretches that overlap, F1",
    "loaded.sentence": "sentences with loaded words, F1",
    "editorial.macro": "editorial sentences, macro-F1",
    "editorial.span": "editorial stretches that overlap, F1",
    "certainty.pearson": "certainty of the sentence, Pearson's r × 100",
    "roles.macro": "hero, villain, victim, macro-F1",
    "basil.sentence": "sentences with lexical bias (BASIL), F1",
}


def _tone_data(part: Mapping[str, Any] | None) -> list[str]:
    """What the tone network was trained on."""
    if not part:
        return []
    return [
        "",
        "The tone network (wording, stance, certainty, roles):",
        "",
        *(f"- {d['name']}, {d['part']} ({d['terms']})" for d in part["trained_on"]),
    ]


def _tone(part: Mapping[str, Any] | None) -> list[str]:
    """The tone network's own table."""
    if not part:
        return []
    rows = [
        f"| {title} | {100 * part['torch_float32'][key]:.1f} | {100 * part['int8'][key]:.1f} |"
        for key, title in TONE_FIGURES.items()
        if key in part["torch_float32"] and key in part["int8"]
    ]
    return [
        "## Tone network",
        "",
        "How a sentence sounds, whoever says it: single sentences of development outlets, stories, documents; thresholds chosen on these",
        "very sentences, so the figures are somewhat too good and serve to compare; what users see is measured by `sayso evaluate`.",
        "",
        "| development | float32 | int8 |",
        "|---|---|---|",
        *rows,
        "",
        f"Checkpoint `{part['checkpoint']}`.",
        "",
        *(
            f"Training, leg {number}: " + ", ".join(f"{name} {_setting(value)}" for name, value in leg.items()) + ".\n"
            for number, leg in enumerate(part["settings"], 1)
        ),
        "Calibration: " + ", ".join(f"{name} {_setting(value)}" for name, value in part.get("calibration", {}).items()) + ".",
        "",
    ]


def _claims_data(part: Mapping[str, Any] | None) -> list[str]:
    """What the claim network was trained on."""
    if not part:
        return []
    return [
        "",
        "The claim network (which statements of a story say the same):",
        "",
        *(f"- {d['name']}, {d['part']} ({d['terms']})" for d in part["trained_on"]),
    ]


def _claims(part: Mapping[str, Any] | None) -> list[str]:
    """The claim network's own figures."""
    if not part:
        return []
    full, small, scorer = part["torch_float32"], part["int8"], part["scorer"]
    return [
        "## Claim network",
        "",
        "Which statements of one story say the same claim, whoever says it. Measured on stories that it did not learn from, with the",
        "statements given; checkpoint, calibration and the probability from which statements are joined were chosen on these very stories,",
        "so the figures are somewhat too good and serve to compare; `sayso evaluate --protocol claims` gives the ones to report.",
        "",
        "| held-out stories | float32 | int8 |",
        "|---|---|---|",
        f"| pairs of statements that say the same, after grouping, F1 | {full['claims']:.1f} | {small['claims']:.1f} |",
        f"| tellings of a claim in another article that are missed, % | | {100 * small['miss_rate']:.1f} |",
        *_unseen(part.get("test")),
        "",
        "**What it cannot tell.** Whether a claim is true. Why an article does not tell it, or that it does not: a telling that is missed",
        "looks like one that is not there. Whether two statements contradict: rules tell that from numbers and denials. Nothing after the",
        f"first {LONGEST_STATEMENT} word pieces of a statement, nothing across stories. Most of its stories are about US politics, and its",
        "annotators are language models of one family.",
        "",
        f"Checkpoint `{part['checkpoint']}`.",
        "",
        "Training: " + ", ".join(f"{name} {_setting(value)}" for name, value in part["settings"].items()) + ".",
        "",
        f"Calibration: scale {scorer['scale']:g}, shift {scorer['shift']:g}; joined from a mean probability of {scorer['least']:g}.",
        "",
    ]


def _unseen(figures: Mapping[str, float] | None) -> list[str]:
    """What ships, on stories by which nothing was chosen."""
    if not figures:
        return []
    return [
        "",
        f"On the test stories, by which nothing was chosen: {figures['claims']:.1f} and {100 * figures['miss_rate']:.1f}.",
    ]


def _setting(value: Any) -> str:
    """A setting in one line."""
    return "(" + ", ".join(f"{name} {each}" for name, each in value.items()) + ")" if isinstance(value, Mapping) else str(value)


def _cell(figure: list[float] | None) -> str:
    if not figure:
        return ""
    value, low, high = (100 * number for number in figure)
    return f"{value:.1f} [{low:.1f}, {high:.1f}]"


def _notes(development: Mapping[str, Any]) -> list[str]:
    torch = development.get("torch_float32", {})
    lines = []
    for name, part in _measured(development).items():
        lines.append(
            f"- {name}: linked F1 of the float32 network before export {100 * torch[name]:.1f}, of the int8 weights "
            f"{100 * part['int8_untuned']:.1f} with the same decoder; expected calibration error of the confidence "
            f"{part['calibration_error']:.3f}."
        )
    return lines
