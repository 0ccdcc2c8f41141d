"""Annotations apart from the articles they belong to: offsets and labels with a digest, so that they may go where the texts may not.

Always true here: a detached row holds nothing of its article but short strings, the names and roles of who speaks; only the fields that its
form names pass, each of the kind it has to be. A text that is attached is the one that was annotated, character for character: the SHA-256
of it in UTF-8 decides. Three forms: whole articles (`articlerows`, read by `read_gold`), single sentences (`sentencerows`, read by
`read_told` and `read_targets`) and stories of several articles (`claimrows`, read by `read_stories`); what a row holds tells its form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import ContractError
from sayso.evaluation import articlerows, claimrows, sentencerows
from sayso.evaluation.jsonlines import records
from sayso.evaluation.rowvalues import Row, name_in_set


@dataclass(frozen=True, slots=True)
class Form:
    """How rows of one form lose their text and get it back.

    Attributes:
        detach: a full row without its text.
        attach: a row and an article of it, without carriage returns, to a row with its text; None if the words are others.
        lacking: the articles that a row has no text of: the name of each in its public set, and what it is called to people.
        checked: a detached row, every field checked.
        marks: the fields of one annotation, given again in `second`.
        file: name of the file that a row belongs to, without its ending.

    """

    detach: Callable[[Mapping[str, Any]], Row]
    attach: Callable[[Mapping[str, Any], str], Row | None]
    lacking: Callable[[Mapping[str, Any]], Mapping[str, str]]
    checked: Callable[[Mapping[str, Any]], Row]
    marks: tuple[str, ...]
    file: Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of a join: full rows by id, and what the texts are called that are not there, or there with other words."""

    rows: Mapping[str, Row]
    missing: tuple[str, ...]
    differing: tuple[str, ...]


ARTICLES = Form(
    articlerows.detach,
    articlerows.attach,
    lambda row: {} if "text" in row else {name_in_set(row["id"]): row["id"]},
    articlerows.checked,
    articlerows.MARKS,
    lambda row: str(row["split"]),
)
SENTENCES = {
    name: Form(
        sentencerows.detach,
        sentencerows.attach,
        lambda row: {} if "text" in row else {name_in_set(row["id"]).rpartition(":")[0]: row["id"]},
        sentencerows.checked,
        marks,
        lambda row: f"{sentencerows.form(row)}.{row['part']}",
    )
    for name, marks in sentencerows.MARKS.items()
}
STORIES = Form(claimrows.detach, claimrows.attach, claimrows.lacking, claimrows.checked, claimrows.MARKS, lambda row: str(row["split"]))


def form_of(row: Mapping[str, Any]) -> Form:
    """The form of a row, with or without text."""
    if "statements" in row:
        return STORIES
    return ARTICLES if "attributions" in row else SENTENCES[sentencerows.form(row)]


def detach(row: Mapping[str, Any]) -> Row:
    """A full row without its text.

    Raises:
        ContractError: the text is not the one that was annotated, or a field is not what it has to be.

    """
    return form_of(row).detach(row)


def attach(row: Mapping[str, Any], article: str) -> Row | None:
    """A row with a text of it again; None if the article, with or without carriage returns, has other words there."""
    return form_of(row).attach(row, article.replace("\r", ""))


_WHAT = ("sha256", "articles", "statements")  # what is annotated


def read_detached(path: Path) -> list[Row]:
    """The rows of a file without texts, in order, every field checked.

    Raises:
        UnreadableInput: the file is missing or not UTF-8.
        ContractError: a line is broken; the message names it.

    """
    return list(records(path, lambda row: form_of(row).checked(row)))


def read_full(path: Path) -> list[Row]:
    """The rows of a file with texts, in order, as they are, every field checked.

    Raises:
        UnreadableInput: the file is missing or not UTF-8.
        ContractError: a line is broken; the message names it.

    """

    def whole(row: Mapping[str, Any]) -> Row:
        detach(row)
        return dict(row)

    return list(records(path, whole))


def detached(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Row]]:
    """Full rows as detached rows by the name of their file, in order; a text that comes again brings its second annotation.

    Raises:
        ContractError: a row is broken, or comes with another text or a third time.

    """
    by_id: dict[str, Row] = {}
    for row in map(detach, rows):
        first = by_id.setdefault(row["id"], row)
        if first is row:
            continue
        form = form_of(row)
        if "second" in first or "second" in row or any(first.get(key) != row.get(key) for key in _WHAT):
            raise ContractError(f"{row['id']}: comes again with another text, or has its second annotation already")
        by_id[row["id"]] = form.checked(first | {"second": {key: row[key] for key in form.marks}})
    found: dict[str, list[Row]] = {}
    for row in by_id.values():
        found.setdefault(form_of(row).file(row), []).append(row)
    return found


def articles_of(row: Mapping[str, Any]) -> dict[str, str]:
    """The articles that a row has no text of: the name of each in its public set, and what it is called to people."""
    return dict(form_of(row).lacking(row))


def join(rows: Sequence[Mapping[str, Any]], articles: Iterable[tuple[str, str]]) -> Joined:
    """Detached rows with their texts again.

    Args:
        rows: detached rows; their ids are all different.
        articles: pairs of an article's name (as `articles_of` gives it) and its whole text, in any order. Of several texts of one name the
            one that fits is taken; the search ends when every row has its texts.

    """
    found: dict[str, Mapping[str, Any]] = {row["id"]: row for row in rows}
    waiting: dict[str, list[str]] = {}
    for row in rows:
        for name in articles_of(row):
            waiting.setdefault(name, []).append(row["id"])
    tried: set[str] = set()
    for name, article in articles:
        tried.add(name)
        waited = waiting.pop(name, [])
        tries = {place: attach(found[place], article) for place in waited}
        found |= {place: row for place, row in tries.items() if row is not None}
        still = [place for place in waited if tries[place] is None]
        if still:
            waiting[name] = still
        if not waiting:
            break
    lost = [(name, called) for row in found.values() for name, called in articles_of(row).items()]
    return Joined(
        rows={place: dict(row) for place, row in found.items() if not articles_of(row)},
        missing=tuple(called for name, called in lost if name not in tried),
        differing=tuple(called for name, called in lost if name in tried),
    )
