"""One run of `sayso evaluate`: gold files and readers in, a report out, whatever the protocol compares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sayso.errors import UsageError
from sayso.evaluation.corpora import read_gold
from sayso.evaluation.names import evaluate_names, read_names
from sayso.evaluation.pronouns import Chooser, evaluate_pronouns, latest, read_pronouns
from sayso.evaluation.protocols import PROTOCOLS
from sayso.evaluation.report import Report, evaluate
from sayso.reader import Reader

NAMES, PRONOUNS = "names", "pronouns"
CHOICES = (*PROTOCOLS, NAMES, PRONOUNS)


def convention(protocol: str) -> str:
    """Whose annotation guidelines the gold of a protocol follows, as `Reader` wants to be told.

    Raises:
        UsageError: there is no such protocol; the message lists them.

    """
    if protocol not in CHOICES:
        raise UsageError(f"no protocol {protocol!r}: choose one of {', '.join(CHOICES)}")
    return "polnear" if protocol in ("polnear", "cofenet") else "contract"


def run(
    paths: Sequence[Path],
    protocol: str,
    readers: Mapping[str, Reader],
    limit: int | None = None,
    choosers: Mapping[str, Chooser] | None = None,
) -> Report:
    """Score readers against gold, side by side.

    Args:
        paths: gold files or folders, in a format that the protocol reads.
        protocol: one of `CHOICES`.
        readers: the systems by name; for `pronouns` they are not needed.
        limit: how many articles are read at most.
        choosers: for `pronouns`, the systems that are put beside the yardstick.

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
