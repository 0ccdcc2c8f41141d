"""Third-person pronouns against gold coreference: which earlier mention does a pronoun stand for?

Always true here: gold is JSON lines (maybe gzipped) as made from GUM (Zeldes 2017), one document each: `{id, text, off, form, mentions:
[{group, start, end}]}`, `off` giving start and end of each token, mentions in tokens. Asked are third-person personal pronouns of every
case, possessive and reflexive too, with an earlier mention of their group; so an "it" that stands for nothing is not asked. The system is
given all gold mentions that end before the pronoun: what is tested is the choice, not the finding of mentions. It is right if it
chooses any mention of the pronoun's group; to choose none is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sayso.document import Document
from sayso.errors import UsageError
from sayso.evaluation import bootstrap
from sayso.evaluation.jsonlines import records
from sayso.evaluation.metrics import Counts, Metric, share
from sayso.evaluation.report import Report, compare
from sayso.spans import Span

HE_SHE = frozenset(["he", "him", "his", "himself", "she", "her", "hers", "herself"])
IT = frozenset(["it", "its", "itself"])
THEY = frozenset(["they", "them", "their", "theirs", "themselves", "themself"])
SORTS = {"he_she": HE_SHE, "it": IT, "they": THEY}

_SECTION = "pronouns with an antecedent, accuracy"
METRICS = (
    Metric("pronouns", "he, she, it, they", _SECTION, share=True),
    Metric("pronouns.he_she", "he, she", _SECTION, share=True),
    Metric("pronouns.it", "it", _SECTION, share=True),
    Metric("pronouns.they", "they", _SECTION, share=True),
    Metric("pronouns.answered", "some mention chosen", _SECTION, share=True),
)


class Chooser(Protocol):
    """Chooses for each pronoun one of the mentions that are offered for it."""

    def __call__(self, document: Document, pronouns: Sequence[Span], candidates: Sequence[Sequence[Span]], /) -> Sequence[int | None]:
        """For each pronoun the index of its antecedent among its candidates, or None.

        Args:
            document: what the spans point into.
            pronouns: in order of the text.
            candidates: for each pronoun the earlier mentions, in order of the text; never empty.

        """
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """One pronoun, the mentions before it, and which of them are of its group."""

    pronoun: Span
    candidates: tuple[Span, ...]
    right: frozenset[int]


@dataclass(frozen=True, slots=True)
class Asked:
    """One document and what is asked about it."""

    document: Document
    questions: tuple[Question, ...]


def read_pronouns(path: Path) -> list[Asked]:
    """Read a gold file; documents without a question are kept.

    Raises:
        UnreadableInput: it is missing or cannot be decoded.
        ContractError: a line is broken; the message names it.

    """
    return list(records(path, _asked))


def _asked(value: Mapping[str, Any]) -> Asked:
    offsets = value["off"]
    groups: dict[Span, set[str]] = {}
    for mention in value["mentions"]:
        start, end = offsets[2 * mention["start"]], offsets[2 * mention["end"] - 1]
        if 0 <= start < end:
            groups.setdefault(Span(start, end), set()).add(str(mention["group"]))
    text = value["text"]
    spans = sorted(groups)
    questions = []
    for span in spans:
        if sort_of(text[span.start : span.end]):
            before = tuple(other for other in spans if other.end <= span.start)
            right = frozenset(at for at, other in enumerate(before) if groups[other] & groups[span])
            if right:
                questions.append(Question(span, before, right))
    return Asked(Document(text=text, origin=str(value["id"])), tuple(questions))


def sort_of(word: str) -> str:
    """`he_she`, `it` or `they`; empty for anything else."""
    low = word.lower()
    return next((sort for sort, forms in SORTS.items() if low in forms), "")


def pronoun_counts(asked: Asked, choose: Chooser) -> Counts:
    """Right choices over all pronouns and over each sort, in one document."""
    questions = asked.questions
    chosen = choose(asked.document, [item.pronoun for item in questions], [item.candidates for item in questions]) if questions else ()
    rows = [(sort_of(asked.document[item.pronoun]), at, at in item.right) for item, at in zip(questions, chosen, strict=True)]
    counts = {
        **share("pronouns", sum(right for *_, right in rows), len(rows)),
        **share("pronouns.answered", sum(at is not None for _, at, _ in rows), len(rows)),
    }
    for sort in SORTS:
        of = [right for found, _, right in rows if found == sort]
        counts |= share(f"pronouns.{sort}", sum(of), len(of))
    return counts


def evaluate_pronouns(
    gold: Sequence[Asked], choosers: Mapping[str, Chooser], resamples: int = bootstrap.RESAMPLES, seed: int = bootstrap.SEED
) -> Report:
    """Score choosers against gold.

    Raises:
        UsageError: nothing is asked in the gold.

    """
    asked = sum(len(item.questions) for item in gold)
    if not asked:
        raise UsageError("no third-person pronoun with an earlier mention in this gold: nothing to evaluate")
    return Report(
        protocol="pronouns",
        note="third-person personal pronouns with an earlier mention; the choice is among all gold mentions before the pronoun",
        articles=len(gold),
        items=asked,
        unit="pronouns",
        resamples=resamples,
        seed=seed,
        metrics=METRICS,
        main=(),
        systems=compare(
            {name: [pronoun_counts(item, choose) for item in gold] for name, choose in choosers.items()}, METRICS, resamples, seed
        ),
    )


# ── the yardstick ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_FORMS = (_set("he him his himself"), _set("she her hers herself"), IT, THEY)
_OF_SPEAKERS = _set("i me my mine myself we us our ours ourselves you your yours yourself yourselves")
_MEN = _set("mr sir lord king prince man boy father son brother husband uncle")
_WOMEN = _set("mrs ms miss lady queen princess woman girl mother daughter sister wife aunt")


def latest(document: Document, pronouns: Sequence[Span], candidates: Sequence[Sequence[Span]], /) -> list[int | None]:
    """The mention that begins last of those that may agree: the yardstick that needs no model.

    A pronoun agrees with the same pronoun in any case and no other; a phrase that ends in a noun on -s or holds "and" is plural; one with
    a word for a man or a woman has that gender; without such a word, only what ends in a capitalized word can be he or she, and all else
    agrees.
    """
    found: list[int | None] = []
    for pronoun, offered in zip(pronouns, candidates, strict=True):
        form = next(at for at, forms in enumerate(_FORMS) if document[pronoun].lower() in forms)
        found.append(next((at for at in reversed(range(len(offered))) if _agrees(document[offered[at]].split(), form)), None))
    return found


def _agrees(phrase: Sequence[str], form: int) -> bool:
    row = [word.strip(".,;:\"'“”’") for word in phrase]
    low = [word.lower() for word in row]
    if len(low) == 1 and (low[0] in _OF_SPEAKERS or any(low[0] in forms for forms in _FORMS)):
        return low[0] in _FORMS[form]
    head = low[max(0, low.index("of") - 1)] if "of" in low else low[-1]
    name = row[-1][:1].isupper()
    plural = "and" in low or (head.endswith("s") and not head.endswith(("ss", "us", "is")) and not name)
    genders = [bool(words & set(low)) for words in (_MEN, _WOMEN)]
    if form >= len(genders):
        return not any(genders) and plural == (_FORMS[form] is THEY)
    return genders[form] or (not any(genders) and not plural and name)
