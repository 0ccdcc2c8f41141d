"""The tables of an export, column by column and label by label: the codebook, and the single place that says what a column means.

Always true here: all formats have the same columns in the same order; every column and every label of the contract has its sentence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TEXT, WHOLE, NUMBER, FLAG, SPANS = "VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN", "BIGINT[][]"
REVIEW_BELOW = 0.65  # a confidence under this asks for a person's eye
OWN = "O"  # begins the ids of statements in the outlet's own voice; attributions have their own (A1, A2, …)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its SQL type, and what it means."""

    name: str
    type: str
    meaning: str


_DOCUMENT = (
    Column("doc_id", TEXT, "id of the article: a digest of outlet, address and text; the same in every export"),
    Column(
        "text_digest",
        TEXT,
        "first 16 hexadecimal digits of the SHA-256 of the article's text in UTF-8: offsets are valid for that text only",
    ),
    Column("outlet", TEXT, "who published it, as given"),
    Column("url", TEXT, "where it was published"),
    Column("date", TEXT, "when it was published, as given (ISO 8601; a time has its own zone)"),
    Column("lang", TEXT, "language, ISO 639-1"),
)

STATEMENTS = (
    *_DOCUMENT,
    Column(
        "stmt_id",
        TEXT,
        "id of the statement: doc_id, a dot, and the attribution's id (A1, A2, …) or the place of the outlet's own one (O1, …)",
    ),
    Column("voice", TEXT, "whose words: the outlet's own, or a source's, by how the outlet hands them over"),
    Column("form", TEXT, "how it stands in the text"),
    Column("text", TEXT, "the words; where something stands between them, joined by ' … '"),
    Column("start", WHOLE, "place of the first character in the article's text, counted from 0 in Unicode code points"),
    Column("end", WHOLE, "place after the last character"),
    Column("spans", SPANS, "all its stretches of text as pairs [start, end), in code points"),
    Column("source_id", TEXT, "id of the source within its article; with doc_id the key of sources"),
    Column("source_text", TEXT, "the words that stand for the source"),
    Column("source_canonical", TEXT, "name of the source as the article gives it at its fullest, or its description"),
    Column("source_kind", TEXT, "what the source is"),
    Column("source_standing", TEXT, "what the source speaks as"),
    Column("identity", TEXT, "how far it is known who the source is"),
    Column("named", FLAG, "whether the source is named"),
    Column("cue", TEXT, "the words that hand it over"),
    Column("attitude", TEXT, "what the speaker does with the content"),
    Column("polarity", TEXT, "whether the speaker affirms it"),
    Column("outlet_stance", TEXT, "how the outlet places itself towards it by the words with which it hands it over"),
    Column("commitment", TEXT, "how sure the speaker is made to sound"),
    Column("chain", TEXT, "from the outlet to the speaker, by names, with ' > ' between them"),
    Column("via", TEXT, "names of sources that it came through, with '; ' between them"),
    Column("within", TEXT, "stmt_id of the attribution in whose content it stands"),
    Column("stance_target", TEXT, "actors that it takes a stance towards, with '; ' between them (measure stance)"),
    Column("stance", TEXT, "those stances, in the same order"),
    Column("loaded_terms", TEXT, "evaluative words found in it, with '; ' between them (measure loaded)"),
    Column("confidence", NUMBER, "probability in [0, 1] that the attribution is there; empty for the outlet's own"),
    Column("speaker_confidence", NUMBER, "probability in [0, 1] that the source stands for this speaker"),
    Column("needs_review", FLAG, f"true where confidence is under {REVIEW_BELOW}"),
)

SOURCES = (
    *_DOCUMENT,
    Column("source_id", TEXT, "id of the source within its article"),
    Column("name", TEXT, "name of the source at its fullest, or its description"),
    Column("identity", TEXT, "how far it is known who it is"),
    Column("named", FLAG, "whether it is named"),
    Column("kind", TEXT, "what it is"),
    Column("standing", TEXT, "what it speaks as"),
    Column("role", TEXT, "its role as the article gives it"),
    Column("affiliation", TEXT, "whom it belongs to as the article gives it"),
    Column("attributions", WHOLE, "in how many attributions it speaks; 0: something only came through it"),
    Column("words", WHOLE, "words in its voice"),
    Column("quoted_words", WHOLE, "those inside quotation marks"),
    Column("reported_words", WHOLE, "those outside quotation marks"),
    Column("share", NUMBER, "words in its voice over all words of the article, in [0, 1]"),
    Column("first_word", WHOLE, "number of the first word handed over from it, counted from 1"),
    Column("first_share", NUMBER, "share of the article that stands before that word, in [0, 1]"),
    Column("last_share", NUMBER, "share of the article up to the end of the last word handed over from it"),
    Column("verbs", TEXT, "by which verbs it is handed over, with counts"),
    Column("mentions", SPANS, "where the text mentions it as a source, as pairs [start, end)"),
)

DOCUMENTS = (
    *_DOCUMENT,
    Column("title", TEXT, "headline, where it is given apart from the text"),
    Column("authors", TEXT, "as given, with '; ' between them"),
    Column("section", TEXT, "part of the outlet, as given"),
    Column("story", TEXT, "id of the story (sayso stories); empty where none was made"),
    Column(
        "text_of", TEXT, "doc_id of the article whose text it carries; its own id if the text is its own; empty where it was not looked for"
    ),
    Column("wire", TEXT, "agency that is credited with the text"),
    Column("words", WHOLE, "words of the text"),
    Column("own_share", NUMBER, "share of the words in the outlet's own voice"),
    Column("quoted_share", NUMBER, "share in other voices, inside quotation marks"),
    Column("reported_share", NUMBER, "share in other voices, outside quotation marks; the three add up to 1"),
    Column("attributions", WHOLE, "how many attributions"),
    Column("sources", WHOLE, "how many sources"),
    Column("named_sources", WHOLE, "how many of them are named"),
)
ARTICLE = Column("text", TEXT, "the article: what all offsets point into")

CLAIMS = (
    Column("story", TEXT, "id of the story"),
    Column("claim", TEXT, "id of the claim within its story: statements with one id say the same thing, as far as the matcher can tell"),
    Column("article", TEXT, "doc_id of the article"),
    Column("statement", TEXT, "stmt_id of the statement that tells it"),
    Column("outlet", TEXT, "who published it"),
    Column("how", TEXT, "how the outlet tells it"),
    Column("voice", TEXT, "in whose voice it stands"),
    Column("speaker", TEXT, "who says it"),
    Column("chain", TEXT, "from the outlet to the speaker"),
    Column("outlet_stance", TEXT, "how the outlet places itself towards it"),
    Column("commitment", TEXT, "how sure the speaker is made to sound"),
    Column("polarity", TEXT, "whether the speaker affirms it"),
    Column("confidence", NUMBER, "probability in [0, 1] that another article tells the same; under 0.6 it is a candidate"),
    Column("text", TEXT, "the words"),
    Column("spans", SPANS, "where they stand in the article's text, as pairs [start, end)"),
)

CODEBOOK = (
    Column("table", TEXT, "which table"),
    Column("column", TEXT, "which column"),
    Column("label", TEXT, "one value of a closed set; empty: the column itself"),
    Column("meaning", TEXT, "what it means"),
)

LABELS: Mapping[str, Mapping[str, str]] = {
    "voice": {
        "own": "the outlet's own words",
        "endorsed": "a source's words, handed over as true",
        "neutral": "a source's words, handed over without a stand",
        "distanced": "a source's words, handed over with responsibility pushed away, or rejected",
    },
    "form": {
        "own": "the outlet's own sentence: nothing hands it over",
        "direct": "all of it stands in quotation marks",
        "mixed": "part of it stands in quotation marks",
        "indirect": "none of it stands in quotation marks",
    },
    "how": {
        "own": "in its own voice",
        "attributed": "by somebody's words that it reports",
        "quoted": "by somebody's words that it quotes",
        "denied": "as somebody's denial",
    },
    "attitude": {
        "assertion": "says, states, warns",
        "belief": "thinks, believes, expects",
        "knowledge": "knows, learns, finds",
        "intention": "plans, vows, is ready to",
        "feeling": "fears, welcomes",
        "question": "asks, wonders",
        "directive": "urges, orders",
    },
    "polarity": {
        "affirms": "the speaker says so",
        "denies": "the speaker denies it",
        "withholds": "the speaker declines to say",
    },
    "outlet_stance": {
        "acknowledges": "neutral: says, tells, according to",
        "endorses": "presented as true: points out, shows, confirms, admits",
        "distances": "responsibility is pushed away: claims, alleges, so-called",
        "rejects": "presented as untrue: falsely claimed, debunked",
    },
    "commitment": {
        "certain": "without reserve",
        "probable": "likely",
        "possible": "may be",
        "unknown": "not said",
    },
    "kind": {
        "person": "one person",
        "organization": "company, party, think tank, body",
        "government": "a state, its ministry, a capital that stands for it",
        "media": "a medium",
        "document": "a report, a poll, leaked files",
        "group": "unnamed many: experts, critics, officials",
        "unknown": "not told",
    },
    "standing": {
        "official": "speaks as holder of an office",
        "politician": "speaks as a politician",
        "spokesperson": "speaks for somebody",
        "expert": "speaks as one who studied it",
        "journalist": "speaks as a journalist or medium",
        "business": "speaks for a business",
        "advocate": "speaks for a cause or a client",
        "witness": "speaks as one who saw it",
        "citizen": "speaks as one of the people",
        "none": "not told",
    },
    "identity": {
        "named": "known by name",
        "unnamed": "known by a description only",
        "unresolved": "somebody known is meant, and it could not be told who",
        "unstated": "nobody is named",
    },
}  # fmt: skip
_ALIASES = {"source_kind": "kind", "source_standing": "standing"}


def text_digest(text: str) -> str:
    """What tells whether offsets belong to this text: the first 16 hexadecimal digits of the SHA-256 of its UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def codebook(tables: Mapping[str, Sequence[Column]]) -> list[dict[str, object]]:
    """Rows by `CODEBOOK` that define every column of these tables, each followed by its labels."""
    rows: list[dict[str, object]] = []
    for table, columns in tables.items():
        for column in columns:
            rows.append({"table": table, "column": column.name, "label": "", "meaning": column.meaning})
            labels = LABELS.get(_ALIASES.get(column.name, column.name), {})
            rows += [{"table": table, "column": column.name, "label": label, "meaning": said} for label, said in labels.items()]
    return rows
