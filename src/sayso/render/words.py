"""A reading in plain words, the same for terminal and page: facts about the text, never a verdict on it.

Always true here: every label of the contract has its word; one row stands for one attribution, in the order of the reading; names and
cues are safe to show (`render.safe`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sayso.explain import resolution
from sayso.reading import Attribution, Reading, Source
from sayso.render.safe import one_line

CHECK_BELOW = 0.65  # a confidence under this is shown as "check"
OPENING = 400  # characters of a text that may stand for its headline

FORM = {"direct": "quoted", "mixed": "partly quoted", "indirect": "reported"}
ATTITUDE = {
    "assertion": "says",
    "belief": "believes",
    "knowledge": "knows",
    "intention": "intends",
    "feeling": "feels",
    "question": "asks",
    "directive": "urges",
}
POLARITY = {"affirms": "", "denies": "denies", "withholds": "withholds"}
STANCE = {"acknowledges": "neutral", "endorses": "endorsing", "distances": "distancing", "rejects": "rejecting"}
COMMITMENT = {"certain": "certain", "probable": "probable", "possible": "possible", "unknown": "unstated"}
IDENTITY = {"named": "named", "unnamed": "not named", "unresolved": "not resolved", "unstated": "not stated"}
NOBODY = "source not stated"


@dataclass(frozen=True, slots=True)
class Row:
    """One attribution as words.

    Attributes:
        number: its place in the reading, from 1.
        who: the speaker with role and affiliation; `(not named)` and `(not resolved)` say so.
        stands: the words that stand for the speaker, where they are a pronoun or description that was resolved; else empty.
        chain: the way from the outlet to the speaker, if it has more than one step; else empty.
        way: the same the other way round, as the words came: `an official → Reuters → this outlet`.
        inside: number of the enclosing attribution, if any.
        how: what the speaker does with the content.
        sure: confidence in [0, 1].

    """

    number: int
    who: str
    stands: str
    chain: str
    inside: int | None
    cue: str
    form: str
    how: str
    stance: str
    commitment: str
    sure: float
    way: str = ""

    @property
    def check(self) -> bool:
        """Whether a person should look at it."""
        return self.sure < CHECK_BELOW

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is out of the ordinary about the hand-over and the commitment, in words."""
        stance = (self.stance,) if self.stance != STANCE["acknowledges"] else ()
        return stance + ((self.commitment,) if self.commitment in (COMMITMENT["probable"], COMMITMENT["possible"]) else ())

    @property
    def label(self) -> str:
        """All of the row in one sentence, for a screen reader."""
        parts = [f"attribution {self.number}", self.form, self.who]
        if self.stands:
            parts.append(f"in the text {self.stands}")
        if self.chain:
            parts.append(f"chain {self.chain}")
        if self.inside is not None:
            parts.append(f"inside {self.inside}")
        parts += [self.how, f"hand-over {self.stance}", f"commitment {self.commitment}"]
        if self.check:
            parts.append("uncertain, check")
        return ", ".join(parts)


def rows(reading: Reading) -> tuple[Row, ...]:
    """Every attribution of the reading in words."""
    numbers = {attribution.id: number for number, attribution in enumerate(reading.attributions, 1)}
    sources = {source.id: source for source in reading.sources}
    by_id = {attribution.id: attribution for attribution in reading.attributions}
    return tuple(_row(reading, a, numbers, sources, by_id) for a in reading.attributions)


def who(source: Source) -> str:
    """A source as it is introduced: name, role, affiliation, and whether the text leaves it unnamed or it could not be told."""
    if source.identity == "unstated":
        return NOBODY
    parts = [one_line(source.name)]
    for more in (source.role, source.affiliation):
        word = one_line(more or "")
        if word and not any(word.casefold() in part.casefold() for part in parts):
            parts.append(word)
    return ", ".join(parts) + ("" if source.named else f" ({IDENTITY[source.identity]})")


def chain(attribution: Attribution, by_id: Mapping[str, Attribution], sources: Mapping[str, Source]) -> str:
    """The way from the outlet to the speaker: `outlet → the institute, via media reports → Ada Brandt`; empty if it has one step only."""
    told = "".join(f", via {shown}" if relay else f" → {shown}" for shown, relay in _steps(attribution, by_id, sources))
    return f"outlet{told}" if told else ""


def _steps(attribution: Attribution, by_id: Mapping[str, Attribution], sources: Mapping[str, Source]) -> list[tuple[str, bool]]:
    """Everybody between the outlet and the speaker, who comes last, and whether they only pass it on; nobody if the chain is one step."""
    if len(attribution.chain) < 3:
        return []
    path, at = [attribution], attribution.within
    while at is not None and at in by_id and len(path) < len(attribution.chain):
        path.append(by_id[at])
        at = by_id[at].within
    steps = [(name, relay) for each in reversed(path) for name, relay in (*((v, True) for v in each.via), (each.speaker, False))]
    if tuple(name for name, _ in steps) != attribution.chain[1:]:  # made elsewhere: told as it is given
        steps = [(name, name in attribution.via) for name in attribution.chain[1:]]
    told = []
    for name, relay in steps:
        known = sources.get(name)
        told.append((NOBODY if known is None or known.identity == "unstated" else one_line(known.name), relay))
    return told


def way(attribution: Attribution, by_id: Mapping[str, Attribution], sources: Mapping[str, Source]) -> str:
    """The way of the words from the speaker to the reader: `Ada Brandt → media reports → this outlet`; empty if it has one step only."""
    steps = _steps(attribution, by_id, sources)
    return " → ".join((*(shown for shown, _ in reversed(steps)), "this outlet")) if steps else ""


def percents(*shares: float) -> tuple[int, ...]:
    """Shares in [0, 1] as whole per cent that add up as the shares do (largest remainder)."""
    exact = [100 * share for share in shares]
    whole = [int(value) for value in exact]
    missing = round(sum(exact)) - sum(whole)
    by_rest = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    for index in by_rest[:missing]:
        whole[index] += 1
    return tuple(whole)


def shares(reading: Reading) -> tuple[tuple[str, int], ...]:
    """Whose words the text is made of, in per cent of its words."""
    summary = reading.summary
    numbers = percents(summary.outlet_share, summary.reported_share, summary.quoted_share)
    return tuple(zip(("own voice", "reported", "quoted"), numbers, strict=True))


def counts(reading: Reading) -> str:
    """How many attributions and sources there are."""
    summary = reading.summary
    unnamed = summary.sources - summary.named_sources
    return (
        f"{many(summary.words, 'word')} · {many(len(reading.attributions), 'attribution')} · "
        f"{many(summary.sources, 'source')}: {summary.named_sources} named, {unnamed} not named"
    )


def heading(reading: Reading) -> str:
    """The title, or the beginning of the text where there is none."""
    return headline(reading.document.title, reading.document.text[:OPENING])


def headline(title: str | None, opening: str) -> str:
    """The same from a title, which may be missing, and the first `OPENING` characters of a text."""
    if title:
        return one_line(title)
    told = one_line(opening)
    return told if len(told) <= 70 else told[:70].rsplit(" ", 1)[0] + " …"


def particulars(reading: Reading) -> tuple[str, ...]:
    """Outlet, date, authors, language: those that are known."""
    document = reading.document
    known = (document.outlet, document.published, ", ".join(document.authors), document.language)
    return tuple(one_line(part) for part in known if part)


def _row(
    reading: Reading, attribution: Attribution, numbers: Mapping[str, int], sources: Mapping[str, Source], by_id: Mapping[str, Attribution]
) -> Row:
    speaker = sources.get(attribution.speaker)
    stands = one_line(reading.document[attribution.source])
    return Row(
        number=numbers[attribution.id],
        who=who(speaker) if speaker else NOBODY,
        stands=stands if speaker and resolution(stands, speaker) == "reference" else "",
        chain=chain(attribution, by_id, sources),
        inside=numbers.get(attribution.within or ""),
        cue=one_line(reading.document[attribution.cue]),
        form=FORM[attribution.form],
        how=_how(attribution),
        stance=STANCE[attribution.outlet_stance],
        commitment=COMMITMENT[attribution.commitment],
        sure=attribution.confidence,
        way=way(attribution, by_id, sources),
    )


def _how(attribution: Attribution) -> str:
    polarity = POLARITY[attribution.polarity]
    if polarity and attribution.attitude == "assertion":
        return polarity
    return " · ".join(part for part in (polarity, ATTITUDE[attribution.attitude]) if part)


def many(number: int, noun: str, several: str = "") -> str:
    """A number with its noun, in the plural unless it is one."""
    return f"{number:,} {noun if number == 1 else several or noun + 's'}"
