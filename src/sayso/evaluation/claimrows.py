"""Stories with the statements of their articles that say the same claim, as published: a row without the articles' texts, and with them.

Always true here: a row's id is `<set>/<event>`; each of its articles is a whole public article, without carriage returns, whose digest the
row has; a statement is named by its number in the row; a group has two statements at least, in order, and a statement stands in no more
than `MOST_GROUPS`. The format is that of `annotations/claims/README.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from sayso.errors import ContractError
from sayso.evaluation.rowvalues import SPLITS, Row, count, digest, name_in_set, one_of, one_word, short, span

MARKS = ("groups", "against")
DENIED, NUMBER = "denied", "number"
KINDS = (DENIED, NUMBER)
"""How two statements cannot both be true: one denies the other; they give other numbers, dates, places or names of one thing."""
MOST_GROUPS = 2  # that one statement stands in


def detach(row: Mapping[str, Any]) -> Row:
    """A full row without its texts.

    Raises:
        ContractError: a text is not what its digest says, or a field is not what it has to be.

    """
    for article in row["articles"]:
        if digest(article["text"]) != article["sha256"]:
            raise ContractError(f"{row['id']}: the text of {article['id']} is not the one of its sha256")
    return checked({**row, "articles": [{**article, "length": len(article["text"])} for article in row["articles"]]})


def attach(row: Mapping[str, Any], article: str) -> Row | None:
    """The row with one text more; None if no article that still lacks its text has these words.

    Args:
        row: as `checked` gives it, or as a call before this one left it.
        article: a whole public article, without carriage returns.

    """
    found = digest(article)
    fits = ["text" not in each and each["sha256"] == found for each in row["articles"]]
    if not any(fits):
        return None
    return {**row, "articles": [_whole(each, article) if fit else each for each, fit in zip(row["articles"], fits, strict=True)]}


def _whole(article: Mapping[str, Any], text: str) -> Row:
    return {key: article[key] for key in ("id", "outlet", "sha256")} | {"text": text}


def lacking(row: Mapping[str, Any]) -> dict[str, str]:
    """The articles that a row has no text of: what each is called in its set, and with the set before it."""
    home = row["id"].rpartition("/")[0]
    return {article["id"]: f"{home}/{article['id']}" for article in row["articles"] if "text" not in article}


def checked(row: Mapping[str, Any]) -> Row:
    """A detached row of the fields that may be in one, in their order; ContractError if one is missing or not what it has to be."""
    where = one_word(short(row["id"]))
    home, _, event = where.rpartition("/")
    if not (home and event):
        raise ContractError(f"{where}: an id is the set, a slash, and the event")
    if row["split"] not in SPLITS:
        raise ContractError(f"{where}: split {row['split']!r:.40} is none of {', '.join(SPLITS)}")
    try:
        articles = [_article(article) for article in row["articles"]]
        lengths = [article["length"] for article in articles]
        statements = [_statement(item, lengths) for item in row["statements"]]
        kept: Row = {"id": where, "split": row["split"], "articles": articles, "statements": statements}
        kept |= _version(row, len(statements))
        if row.get("second") is not None:
            kept["second"] = _version(row["second"], len(statements))
    except ContractError as error:
        raise ContractError(f"{where}: {error}") from None
    return kept


def _article(article: Mapping[str, Any]) -> Row:
    name = one_word(short(article["id"]))
    if name_in_set(name) != name or not name:
        raise ContractError(f"article {name!r}: the name in its set is wanted, without the set")
    return {"id": name, "outlet": short(article["outlet"]), "sha256": one_word(article["sha256"]), "length": count(article["length"])}


def _statement(item: Sequence[Any], lengths: Sequence[int]) -> list[Any]:
    article, places = item
    spans = [span(pair, lengths[_number(article, len(lengths))]) for pair in places]
    if not spans or any(one[1] > other[0] for one, other in pairwise(spans)):
        raise ContractError(f"spans {spans} of a statement are none, or out of order")
    return [article, spans]


def _version(value: Mapping[str, Any], statements: int) -> Row:
    """One annotation of a story with so many statements."""
    groups = [[_number(number, statements) for number in group] for group in value["groups"]]
    for group in groups:
        if len(group) < 2 or group != sorted(set(group)):
            raise ContractError(f"group {group}: two different statements at least, in order")
    often = Counter(number for group in groups for number in group)
    if often and max(often.values()) > MOST_GROUPS:
        raise ContractError(f"a statement stands in more than {MOST_GROUPS} groups")
    against = []
    for first, second, kind in value["against"]:
        if _number(first, statements) == _number(second, statements):
            raise ContractError(f"statement {first} stands against itself")
        against.append([first, second, one_of(KINDS, kind, "kind of conflict")])
    return {"groups": groups, "against": against}


def _number(value: object, of: int) -> int:
    """The number of one of so many articles or statements."""
    number = count(value)
    if number >= of:
        raise ContractError(f"number {number} of {of} is not there; they begin with 0")
    return number
