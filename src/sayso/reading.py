"""What Sayso says about one article: frozen values, checked when they are made.

Always true here: every span lies in `Document.text`; every attribution names a known source; the voices partition the text; no finding
stands without evidence inside its speaker's voice; labels come from the closed sets of the contract (`sayso/1`). Gold data and
predictions are the same type.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.document import Document
from sayso.errors import ContractError
from sayso.shown import Shown
from sayso.spans import Spans

OUTLET = "outlet"
SCHEMA = "sayso/1"
NOBODY = "unknown"  # the name of the source of attributions where the text names nobody

FORMS = ("direct", "mixed", "indirect")
ATTITUDES = ("assertion", "belief", "knowledge", "intention", "feeling", "question", "directive")
POLARITIES = ("affirms", "denies", "withholds")
OUTLET_STANCES = ("acknowledges", "endorses", "distances", "rejects")
COMMITMENTS = ("certain", "probable", "possible", "unknown")
KINDS = ("person", "organization", "government", "media", "document", "group", "unknown")
STANDINGS = (
    "official", "politician", "spokesperson", "expert", "journalist", "business", "advocate", "witness", "citizen", "none",
)  # fmt: skip
IDENTITIES = ("named", "unnamed", "unresolved", "unstated")


def _closed(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ContractError(f"{name} {value[:40]!r} is not one of {', '.join(allowed)}")


def _check_nesting(outer: dict[str, str | None]) -> None:
    """Raise if following `within` outward from some attribution never ends; each one is looked at once."""
    settled: set[str] = set()
    for start in outer:
        path: set[str] = set()
        at: str | None = start
        while at is not None and at not in settled:
            if at in path:
                raise ContractError(f"attribution {at} stands within itself")
            path.add(at)
            at = outer[at]
        settled |= path


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody (or something) that the article hands words over from.

    `resolved` is false where the text speaks of somebody known ("she", "the minister") and it could not be told who that is.
    """

    id: str
    name: str
    kind: str = "unknown"
    standing: str = "none"
    named: bool = False
    role: str | None = None
    affiliation: str | None = None
    mentions: Spans = ()
    resolved: bool = True

    def __post_init__(self) -> None:
        _closed("kind", self.kind, KINDS)
        _closed("standing", self.standing, STANDINGS)

    @property
    def identity(self) -> str:
        """How far it is known who this is, one of `IDENTITIES`: by name, by description only, not found out, or nobody is named at all."""
        if self.named:
            return "named"
        if self.name in ("", NOBODY):
            return "unstated"
        return "unnamed" if self.resolved else "unresolved"


@dataclass(frozen=True, slots=True)
class Attribution:
    """One source, one cue, one content (see the contract for every label).

    `content` is never empty; `source` and `cue` may be. `confidence` is the probability in [0, 1] that the attribution is there,
    `speaker_confidence` that its source stands for this speaker. `via` and `chain` hold source ids (`chain` starts with `outlet`); `within`
    is the id of the enclosing attribution.
    """

    id: str
    content: Spans
    source: Spans = ()
    cue: Spans = ()
    speaker: str = ""
    form: str = "indirect"
    attitude: str = "assertion"
    polarity: str = "affirms"
    outlet_stance: str = "acknowledges"
    commitment: str = "certain"
    within: str | None = None
    via: tuple[str, ...] = ()
    chain: tuple[str, ...] = (OUTLET,)
    confidence: float = 1.0
    speaker_confidence: float = 1.0

    def __post_init__(self) -> None:
        if not self.content:
            raise ContractError(f"attribution {self.id} has no content: an attribution hands some words over")
        _closed("form", self.form, FORMS)
        _closed("attitude", self.attitude, ATTITUDES)
        _closed("polarity", self.polarity, POLARITIES)
        _closed("outlet_stance", self.outlet_stance, OUTLET_STANCES)
        _closed("commitment", self.commitment, COMMITMENTS)
        for name, value in (("confidence", self.confidence), ("speaker_confidence", self.speaker_confidence)):
            if not 0.0 <= value <= 1.0:
                raise ContractError(f"attribution {self.id}: {name} {value} is not in [0, 1]")


@dataclass(frozen=True, slots=True)
class Voice:
    """The stretches of text that one speaker answers for: `outlet`, or a source id."""

    speaker: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Finding:
    """An observation of one measure; it points at the words it rests on.

    Attributes:
        measure: who observes.
        label: what, from the measure's closed set.
        speaker: in whose voice: `outlet` or a source id.
        evidence: the words that it rests on, all in that voice; never empty.
        score: what the measure's card says, in [0, 1]; a calibrated probability unless the card says otherwise.
        confidence: calibrated probability in [0, 1] that the label is right.
        target: the actor that it is about, by name, if it is about one.
        about: the words that name the target; they lie in the text, in whatever voice.
        candidate: whether it is only a passage to read: its confidence is lower than the measure's card asks for.

    """

    measure: str
    label: str
    speaker: str
    evidence: Spans
    score: float
    confidence: float
    target: str | None = None
    about: Spans = ()
    candidate: bool = False

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ContractError(f"finding {self.measure}/{self.label} has no evidence: name the words it rests on")
        for name, value in (("score", self.score), ("confidence", self.confidence)):
            if not 0.0 <= value <= 1.0:
                raise ContractError(f"finding {self.measure}/{self.label}: {name} {value} is not in [0, 1]")


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that was not read, and why; nothing is dropped silently."""

    origin: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over one reading. Shares are of the words of the text, in [0, 1], and add up to 1."""

    words: int = 0
    outlet_share: float = 0.0
    quoted_share: float = 0.0
    reported_share: float = 0.0
    sources: int = 0
    named_sources: int = 0


VOICES = ("own", "endorsed", "neutral", "distanced")
"""Classes of voices: the outlet's own, and what it hands over as true, without a stand, or from a distance (or rejected)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one class of voices shows something: findings of one measure, label (and target) over the words of that class.

    Attributes:
        voice: one of `VOICES`; the classes are never summed.
        count: findings, without candidates.
        candidates: findings that are candidates only.
        words: words in that class of voices: what the count is to be seen against.
        target: the actor it is about, for measures that are about actors.
        holder: for those, the kind of who holds it: `outlet` or the kind of the source.

    """

    measure: str
    label: str
    voice: str
    count: int
    candidates: int
    words: int
    target: str | None = None
    holder: str | None = None

    def __post_init__(self) -> None:
        _closed("voice", self.voice, VOICES)


@dataclass(frozen=True, slots=True)
class Generator:
    """What made a reading: the version of Sayso, the model bundle (or `rules`), the measures."""

    version: str = ""
    bundle: str = ""
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading(Shown):
    """All that is said about one document."""

    document: Document
    attributions: tuple[Attribution, ...] = ()
    sources: tuple[Source, ...] = ()
    voices: tuple[Voice, ...] = ()
    findings: tuple[Finding, ...] = ()
    tallies: tuple[Tally, ...] = ()
    summary: Summary = Summary()
    generator: Generator = Generator()

    def source(self, source_id: str) -> Source:
        """The source with that id; a `ContractError` if there is none."""
        for source in self.sources:
            if source.id == source_id:
                return source
        raise ContractError(f"no source {source_id!r} in this reading")

    def check(self) -> Reading:
        """Return this reading if it keeps the contract; otherwise a `ContractError` names the first broken rule."""
        size = len(self.document.text)
        known = {source.id for source in self.sources} | {OUTLET}
        if len(known) != len(self.sources) + 1:
            raise ContractError(f"two sources share an id, or one is called {OUTLET!r}")
        for source in self.sources:
            if source.mentions and source.mentions[-1].end > size:
                raise ContractError(f"source {source.id} points outside the text of {size} code points")
        outer = {attribution.id: attribution.within for attribution in self.attributions}
        if len(outer) != len(self.attributions):
            raise ContractError("two attributions share an id")
        for attribution in self.attributions:
            for spans in (attribution.source, attribution.cue, attribution.content):
                if spans and spans[-1].end > size:
                    raise ContractError(f"attribution {attribution.id} points outside the text of {size} code points")
            for name in (attribution.speaker, *attribution.via, *attribution.chain):
                if name not in known:
                    raise ContractError(f"attribution {attribution.id} names the unknown source {name!r}")
            if attribution.within is not None and attribution.within not in outer:
                raise ContractError(f"attribution {attribution.id} stands within unknown {attribution.within!r}")
        _check_nesting(outer)
        speaking: set[str] = set()
        for voice in self.voices:
            if voice.speaker not in known or voice.speaker in speaking:
                raise ContractError(f"voice {voice.speaker!r} is unknown or stands twice")
            speaking.add(voice.speaker)
        if self.voices:
            at = 0
            for span in sorted(span for voice in self.voices for span in voice.spans):
                if span.start != at:
                    raise ContractError(f"voices do not partition the text at offset {at}")
                at = span.end
            if at != size:
                raise ContractError(f"voices do not partition the text at offset {at}")
        self.check_findings(self.findings)
        return self

    def check_findings(self, findings: Sequence[Finding]) -> None:
        """Raise a `ContractError` for the first of these findings that could not stand in this reading."""
        size = len(self.document.text)
        laid = sorted((span, voice.speaker) for voice in self.voices for span in voice.spans)
        starts = [span.start for span, _ in laid]
        for finding in findings:
            if finding.about and finding.about[-1].end > size:
                raise ContractError(f"finding {finding.measure}/{finding.label} is about words outside the text of {size} code points")
            for span in finding.evidence:
                held = laid[max(0, bisect_right(starts, span.start) - 1) : bisect_left(starts, span.end)]
                if not held or held[-1][0].end < span.end or any(speaker != finding.speaker for _, speaker in held):
                    raise ContractError(f"finding {finding.measure}/{finding.label} rests on words outside its speaker's voice")
