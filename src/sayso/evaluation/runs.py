"""One run of `sayso evaluate`: gold files and readers in, a report out, whatever the protocol compares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sayso.claims.meaning import PieceScorer
from sayso.errors import UsageError
from sayso.evaluation.blind import WORDS, certainty_rows, own_voice_rows, target_rows, told_rows
from sayso.evaluation.certain import evaluate_certainty, read_certainty
from sayso.evaluation.claims import CLAIMS, evaluate_claims
from sayso.evaluation.claimsystems import claim_rows
from sayso.evaluation.corpora import read_gold
from sayso.evaluation.corrected import CORRECTIONS
from sayso.evaluation.names import evaluate_names, read_names
from sayso.evaluation.own_voice import OWN_VOICE, evaluate_own_voice, read_voices
from sayso.evaluation.pronouns import Chooser, evaluate_pronouns, latest, read_pronouns
from sayso.evaluation.protocols import PROTOCOLS
from sayso.evaluation.report import Report, evaluate
from sayso.evaluation.stories import STORIES, evaluate_stories, finders, read_events
from sayso.evaluation.storygold import read_stories
from sayso.evaluation.targets import ROLE, STANCE, evaluate_targets, read_targets
from sayso.evaluation.told import EDITORIAL, LOADED, read_told
from sayso.evaluation.wording import evaluate_told
from sayso.measures.measure import measures
from sayso.reader import Reader
from sayso.stories.find import Encode

NAMES, PRONOUNS, CERTAINTY = "names", "pronouns", "certainty"
Readers = Mapping[str, Reader]


def _told(measure: str, paths: Sequence[Path], readers: Readers, limit: int | None, part: str | None) -> Report:
    gold = [text for path in paths for text in read_told(path, part)][:limit]
    return evaluate_told(gold, told_rows(gold, readers, measures()), measure)


def _targets(measure: str, paths: Sequence[Path], readers: Readers, limit: int | None, part: str | None) -> Report:
    gold = [text for path in paths for text in read_targets(path, measure, part)][:limit]
    return evaluate_targets(gold, target_rows(gold, readers, measure), measure)


def _certainty(_: str, paths: Sequence[Path], readers: Readers, limit: int | None, part: str | None) -> Report:
    gold = [text for path in paths for text in read_certainty(path, part)][:limit]
    return evaluate_certainty(gold, certainty_rows(gold, readers))


def _own_voice(_: str, paths: Sequence[Path], readers: Readers, limit: int | None, __: str | None) -> Report:
    gold = [article for path in paths for article in read_voices(path)][:limit]
    return evaluate_own_voice(gold, own_voice_rows(gold, readers, measures()))


MEASURED: Mapping[str, Callable[[str, Sequence[Path], Readers, int | None, str | None], Report]] = {
    LOADED: _told,
    EDITORIAL: _told,
    STANCE: _targets,
    CERTAINTY: _certainty,
    ROLE: _targets,
    OWN_VOICE: _own_voice,
}
"""How each protocol of the measures is run: name, gold files, readers (the one under test first), limit, part."""
CHOICES = (*PROTOCOLS, NAMES, PRONOUNS, CLAIMS, STORIES, *MEASURED)


def convention(protocol: str) -> str:
    """Whose annotation guidelines the gold of a protocol follows, as `Reader` wants to be told.

    Raises:
        UsageError: there is no such protocol; the message lists them.

    """
    if protocol not in CHOICES:
        raise UsageError(f"no protocol {protocol!r}: choose one of {', '.join((*CHOICES, 'frames', CORRECTIONS))}")
    return "polnear" if protocol in ("polnear", "cofenet") else "contract"


def run(
    paths: Sequence[Path],
    protocol: str,
    readers: Readers,
    limit: int | None = None,
    choosers: Mapping[str, Chooser] | None = None,
    part: str | None = None,
    scorer: PieceScorer | None = None,
    vectors: Encode | None = None,
) -> Report:
    """Score readers against gold, side by side.

    Args:
        paths: gold files or folders, in a format that the protocol reads.
        protocol: one of `CHOICES`.
        readers: the systems by name; for `pronouns`, `claims` and `stories` they are not needed.
        limit: how many articles are read at most.
        choosers: for `pronouns`, the systems that are put beside the yardstick.
        part: for the measures, `claims` and `stories`, score the gold records of this part of their collection only.
        scorer: for `claims`, the claim network; without it the matcher goes by words alone.
        vectors: for `stories`, who makes unit vectors of leads; without them they go by words alone.

    Raises:
        SaysoError: there is no such protocol, or the gold cannot be read.

    """
    convention(protocol)
    if protocol == NAMES:
        texts = [item for path in paths for item in read_names(path)]
        return evaluate_names(texts[:limit], {name: reader.find for name, reader in readers.items()})
    if protocol == PRONOUNS:
        asked = [item for path in paths for item in read_pronouns(path)]
        return evaluate_pronouns(asked[:limit], {"latest": latest, **(choosers or {})})
    if protocol == CLAIMS:
        stories = [story for path in paths for story in read_stories(path, part)][:limit]
        return evaluate_claims(stories, claim_rows(stories, scorer))
    if protocol == STORIES:
        return evaluate_stories([item for path in paths for item in read_events(path, part)][:limit], finders(vectors))
    if protocol in MEASURED:
        # What is under test comes first; who reads by rules goes by word lists when it comes to wording.
        by_words = {"rules" if protocol == OWN_VOICE else WORDS: readers["rules"]} if "rules" in readers else {}
        named = {name: reader for name, reader in readers.items() if name != "rules"} | by_words
        return MEASURED[protocol](protocol, paths, named, limit, part)
    rules = PROTOCOLS[protocol]
    versions = [reading for path in paths for reading in read_gold(path, "all")]
    gold = [reading for path in paths for reading in read_gold(path, rules.versions)]
    documents = list({reading.document.text: reading.document for reading in gold}.values())[:limit]
    texts_read = {document.text for document in documents}
    return evaluate(
        [reading for reading in gold if reading.document.text in texts_read],
        {name: list(reader.pipe(documents)) for name, reader in readers.items()},
        rules,
        versions=[reading for reading in versions if reading.document.text in texts_read],
    )
