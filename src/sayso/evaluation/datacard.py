"""What stands in annotations, counted, and how far two annotators agree: the tables of their data cards.

Always true here: no number of a card is typed by hand; counts need no text, agreement does; each form of rows has its own tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sayso.evaluation import articlecard, claimcard, sentencecard
from sayso.evaluation.corpora import read_gold
from sayso.evaluation.rowvalues import Row
from sayso.evaluation.sentencerows import STANCE, WORDING
from sayso.evaluation.standoff import ARTICLES, SENTENCES, STORIES, Form, form_of, read_full
from sayso.evaluation.storygold import read_stories
from sayso.evaluation.targets import read_targets
from sayso.evaluation.told import read_told

_COUNTS = (
    (ARTICLES, articlecard.counts),
    (SENTENCES[WORDING], sentencecard.wording_counts),
    (SENTENCES[STANCE], sentencecard.stance_counts),
    (STORIES, claimcard.counts),
)


def counts(rows: Sequence[Row]) -> str:
    """The counts of detached rows, by part: what there is, and how often each label was given."""
    kinds = ((tell, [row for row in rows if form_of(row) is form]) for form, tell in _COUNTS)
    return "\n".join(tell(of) for tell, of in kinds if of)


def agreements(paths: Sequence[Path]) -> str | None:
    """How far two annotators agree, in percent with 95% intervals; None if nothing was annotated twice.

    Args:
        paths: files of full rows, each of one form.

    Raises:
        UnreadableInput: one is missing or cannot be decoded.
        ContractError: a line is broken; the message names it.

    """
    rows = {path: read_full(path) for path in paths}

    def of(form: Form) -> list[Path]:
        return [path for path, found in rows.items() if found and form_of(found[0]) is form]

    tables = [
        articlecard.agreements(
            [row for path in of(ARTICLES) for row in rows[path]], [version for path in of(ARTICLES) for version in read_gold(path, "all")]
        ),
        sentencecard.wording_agreement([text for path in of(SENTENCES[WORDING]) for text in read_told(path)]),
        sentencecard.stance_agreement([text for path in of(SENTENCES[STANCE]) for text in read_targets(path, STANCE)]),
        claimcard.agreements([story for path in of(STORIES) for story in read_stories(path)]),
    ]
    return "\n".join(table for table in tables if table) or None
