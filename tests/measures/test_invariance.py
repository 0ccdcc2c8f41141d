"""What must change with the voice changes, and what must not change does not: tables of invented sentences through the whole reader.

A row may fail, since a network may err; of every table at least the stated share must hold (`HOLDS`), and the message lists those that do
not. A row in which nothing is found to begin with does not hold.
"""

import textwrap
from collections.abc import Callable, Iterable, Sequence

import pytest

from sayso.document import Document
from sayso.encoder import bundle
from sayso.measures.books import voice_class
from sayso.reader import Reader
from sayso.reading import OUTLET, Finding, Reading
from sayso.spans import Span, overlap

HOLDS = 0.8
MEASURES = ("loaded", "editorial", "certainty", "stance")
Reads = Callable[[Sequence[str]], list[Reading]]


@pytest.fixture(scope="module")
def reader() -> Reader:
    if "tone.onnx" not in bundle.FILES:
        pytest.skip("the released bundle has no tone network yet: what is heard in a sentence cannot be tried")
    return Reader(measures=MEASURES)


@pytest.fixture(scope="module")
def reads(reader: Reader) -> Reads:
    return lambda texts: list(reader.pipe(Document(text) for text in texts))


def mostly(judged: Iterable[tuple[object, bool]], share: float = HOLDS) -> None:
    """Fail with the rows that do not hold if fewer than this share of all rows do."""
    rows = list(judged)
    failing = [f"  {what}" for what, holds in rows if not holds]
    if len(rows) - len(failing) < share * len(rows):
        pytest.fail("\n".join([f"{len(failing)} of {len(rows)} rows do not hold:", *failing]), pytrace=False)


def who(reading: Reading, finding: Finding) -> str:
    return OUTLET if finding.speaker == OUTLET else reading.source(finding.speaker).name


def plain(words: str) -> str:
    return " ".join(words.casefold().replace("\n", " ").split())


def findings(reading: Reading, measure: str, *, sure: bool = False) -> list[Finding]:
    return [each for each in reading.findings if each.measure == measure and not (sure and each.candidate)]


def loaded_by(reading: Reading, speaker: str) -> list[str]:
    """The loaded words of one voice, by its name; OUTLET for the outlet's."""
    return [plain(reading.document[each.evidence]) for each in findings(reading, "loaded") if who(reading, each).casefold() == speaker]


def shares_words(one: Iterable[str], other: Iterable[str]) -> bool:
    return bool({word for each in one for word in each.split()} & {word for each in other for word in each.split()})


def wrapped(text: str) -> str:
    return textwrap.fill(text, 58)


# The outlet's own sentences, without their last period: tabloid, wire, state media, opinion, capitals, hard-wrapped.
OWN: list[tuple[str, str, Callable[[str], str]]] = [
    ("tabloid", "These cowardly thugs have turned our beautiful harbor into a lawless hellhole", str),
    ("tabloid", "Greedy fat cats are bleeding hard-working families dry", str),
    ("wire", "The brutal crackdown has left dozens of families without a home", str),
    ("wire", "The disastrous and shameful ferry plan collapsed on Tuesday", str),
    ("state media", "The puppet regime and its imperialist masters suffered a humiliating defeat", str),
    ("state media", "The heroic workers foiled a vile plot of the traitors", str),
    ("opinion", "The council's pathetic excuses are an insult to every decent citizen", str),
    ("opinion", "This reckless, corrupt gang has betrayed the town", str),
    ("capitals", "The brutal regime and its thugs burned the harbor", str.upper),
    ("hard-wrapped", "The ruthless tyrant and his cronies have plundered the treasury of a once proud nation", wrapped),
]
BEFORE = "The harbor council met on Monday."
QUOTED = (
    "{before} “{words},” said Mara Voss, who leads the dockers' union.",
    "{before} Mara Voss told reporters on the quay: “{words}.”",
    "{before} “{words},” Mara Voss said. “I will not forget it.”",
)


@pytest.mark.parametrize("quoting", QUOTED)
def test_wrapped_in_a_quotation_the_words_are_the_speakers(quoting: str, reads: Reads) -> None:
    bare = reads([shape(f"{BEFORE} {words}.") for _, words, shape in OWN])
    said = reads([shape(quoting.format(before=BEFORE, words=words)) for _, words, shape in OWN])
    rows = [
        (style, words, loaded_by(before, OUTLET), loaded_by(after, OUTLET), loaded_by(after, "mara voss"))
        for (style, words, _), before, after in zip(OWN, bare, said, strict=True)
    ]
    mostly((row, shares_words(row[2], row[4]) and not shares_words(row[2], row[3])) for row in rows)


def test_wrapped_in_a_quotation_the_outlet_no_longer_editorializes(reads: Reads) -> None:
    editorial = [words for style, words, _ in OWN if style in ("opinion", "state media", "tabloid")]
    editorial += ["The council must resign at once", "Harbor masters never keep a promise", "It is high time to close the yard for good"]
    bare = reads([f"{BEFORE} {words}." for words in editorial])
    said = reads([QUOTED[0].format(before=BEFORE, words=words) for words in editorial])
    rows = (
        (
            (words, *([each.document[one.evidence] for one in findings(each, "editorial")] for each in (before, after))),
            bool(findings(before, "editorial")) and not findings(after, "editorial"),
        )
        for words, before, after in zip(editorial, bare, said, strict=True)
    )
    mostly(rows, 0.75)


CONTENTS = [
    ("Mara Voss", "the brutal regime had burned the harbor"),
    ("The governor", "a gang of crooks had plundered the pension fund"),
    ("Dora Quill", "the minister was a coward and a liar"),
    ("The dockers' union", "the disgraceful plan would ruin the town"),
    ("Ines Okafor", "greedy fat cats had betrayed the workers"),
    ("Tomas Lindqvist", "fanatics had turned the school into a hellhole"),
    ("The harbor office", "ruthless thugs had terrorized the crew"),
]
CUES = [("said", "neutral"), ("stated", "neutral"), ("claimed", "distanced"), ("alleged", "distanced"), ("revealed", "endorsed")]


@pytest.mark.parametrize(("cue", "expected"), CUES)
def test_another_cue_another_class_of_voices_the_same_words(cue: str, expected: str, reads: Reads) -> None:
    plainly = reads([f"{BEFORE} {speaker} said that {content}." for speaker, content in CONTENTS])
    handed = reads([f"{BEFORE} {speaker} {cue} that {content}." for speaker, content in CONTENTS])
    mostly(
        (
            (after.document.text, [voice_class(after, each) for each in findings(after, "loaded")]),
            bool(findings(after, "loaded"))
            and all(voice_class(after, each) == expected for each in findings(after, "loaded"))
            and {tally.voice for tally in after.tallies if tally.measure == "loaded" and tally.count + tally.candidates} == {expected}
            and shares_words(*([plain(each.document[one.evidence]) for one in findings(each, "loaded")] for each in (before, after))),
        )
        for before, after in zip(plainly, handed, strict=True)
    )


NESTED = [
    ("Mara Voss said Dora Quill had told her: “These thugs burned my boat.”", "dora quill"),
    ("The Alder Institute reported that Tomas Lindqvist said “this corrupt gang” must go.", "tomas lindqvist"),
    ("Ines Okafor told reporters that Mara Voss called the plan “a shameful disgrace”.", "mara voss"),
    ("“Dora Quill told me that the yard was run by crooks and thugs,” said Ines Okafor.", "dora quill"),
    ("The Harbor Institute stated that Tomas Lindqvist stressed that the vile plot had failed.", "tomas lindqvist"),
    ("Ines Okafor said that Tomas Lindqvist claimed that greedy fat cats had plundered the fund.", "tomas lindqvist"),
    ("Mara Voss said on Monday that Ines Okafor had warned that fanatics would turn the school into a hellhole.", "ines okafor"),
    ("In a letter, Dora Quill wrote that Mara Voss had said: “The tyrant and his cronies will fall.”", "mara voss"),
]


def test_nested_words_are_the_innermost_speakers(reads: Reads) -> None:
    read = reads([f"{BEFORE} {text}" for text, _ in NESTED])
    mostly(
        (
            (text, speaker, [(who(each, one), each.document[one.evidence]) for one in findings(each, "loaded")]),
            bool(loaded_by(each, speaker)) and not loaded_by(each, OUTLET),
        )
        for (text, speaker), each in zip(NESTED, read, strict=True)
    )


# The first is spoken well of, the second ill.
CONTRASTS = [
    "{0} was praised for saving the harbor, while {1} was condemned for wrecking it.",
    "{0} kept every promise. {1} lied to the town and stole from the fund.",
    "Unlike the brilliant {0}, {1} proved a disgrace to the whole country.",
    "{1} betrayed the crews, and it was {0} who bravely rescued them.",
    "The crowd cheered {0} as a hero and booed {1} as a coward.",
    "{1} has done nothing but harm; {0} deserves every praise.",
    "THE TRIUMPH OF {0} IS ADMIRED EVERYWHERE. {1} IS A SHAMEFUL FAILURE.",
    "The report lauded the honest work of {0}.\nIt blamed the greed and lies of {1} for the\ndisaster.",
]
PAIRS = [
    ("Mara Voss", "Dora Quill"),
    ("Tomas Lindqvist", "Ines Okafor"),
    ("Portugal", "Norway"),
    ("the Alder Institute", "the Brome Foundation"),
]


def stance_towards(reading: Reading, name: str) -> str:
    """The label of the surest finding about an actor; empty if there is none."""
    bare = name.removeprefix("the ").casefold()
    about = [each for each in findings(reading, "stance") if bare in (each.target or "").casefold()]
    return max(about, key=lambda each: each.confidence).label if about else ""


@pytest.fixture(scope="module")
def swapped(reads: Reads) -> list[tuple[str, list[str], list[str]]]:
    """Each sentence with the stances towards who is in its first and its second place: as it stands, and with the names swapped."""

    def filled(one: str, other: str) -> list[str]:
        return [text.format(*(name.upper() if text.isupper() else name for name in (one, other))) for text in CONTRASTS]

    return [
        (text, [stance_towards(one, first), stance_towards(one, second)], [stance_towards(other, second), stance_towards(other, first)])
        for first, second in PAIRS
        for text, one, other in zip(CONTRASTS, reads(filled(first, second)), reads(filled(second, first)), strict=True)
    ]


def test_two_names_swapped_the_stance_follows(swapped: list[tuple[str, list[str], list[str]]]) -> None:
    mostly((row, all(row[1]) and row[1] == row[2]) for row in swapped)


def test_of_two_names_one_is_spoken_well_of_and_one_ill(swapped: list[tuple[str, list[str], list[str]]]) -> None:
    mostly(((row, row[1] == row[2] == ["favorable", "unfavorable"]) for row in swapped), 0.75)


NEGATED = [
    ("Mara Voss saved the harbor.", "Mara Voss did not save the harbor.", "Mara Voss", 1),
    ("Dora Quill is a brilliant and honest minister.", "Dora Quill is not a brilliant or honest minister.", "Dora Quill", 1),
    ("Tomas Lindqvist kept his promise to the town.", "Tomas Lindqvist never kept his promise to the town.", "Tomas Lindqvist", 1),
    ("The Alder Institute does excellent work.", "The Alder Institute does no excellent work.", "Alder Institute", 1),
    ("Dora Quill lied to the council.", "Dora Quill never lied to the council.", "Dora Quill", -1),
    ("Ines Okafor is a coward.", "Ines Okafor is no coward.", "Ines Okafor", -1),
    ("Tomas Lindqvist stole from the pension fund.", "Tomas Lindqvist did not steal from the pension fund.", "Tomas Lindqvist", -1),
    ("Norway betrayed its allies.", "Norway did not betray its allies.", "Norway", -1),
    ("The Brome Foundation has deceived the public.", "The Brome Foundation has not deceived the public.", "Brome Foundation", -1),
]
SLACK, LESS = 0.05, 0.15  # of a stance from -1 to 1: what counts as the same, and from which on it is clearly less


def signed(reading: Reading, name: str) -> float:
    """The stance of the surest finding about an actor from -1, surely unfavorable, to 1, surely favorable."""
    about = [each for each in findings(reading, "stance") if name in (each.target or "")]
    best = max(about, key=lambda each: each.confidence, default=None)
    return 0.0 if best is None else best.confidence * {"unfavorable": -1, "neutral": 0, "favorable": 1}[best.label]


def test_negated_the_stance_is_not_more_extreme_and_often_less(reads: Reads) -> None:
    pairs = zip(reads([row[0] for row in NEGATED]), reads([row[1] for row in NEGATED]), strict=True)
    rows = [
        (sentence, side * signed(before, name), side * signed(after, name))
        for (sentence, _, name, side), (before, after) in zip(NEGATED, pairs, strict=True)
    ]
    mostly((row, row[1] > 0 and row[2] <= row[1] + SLACK) for row in rows)
    mostly(((row, row[2] <= row[1] - LESS) for row in rows), 0.4)


# {0} is the outlet; what is around the story is its boilerplate.
STORIES = [
    "PORT ALDER ({0}) — The disgraceful ferry plan collapsed on Tuesday. “These crooks betrayed us,” said Mara Voss.",
    "The brutal crackdown went on. Dora Quill told {0} that the minister was a coward.\n\nThe minister must go.",
    "Inferno! Cowardly thugs torched our harbor. “I want revenge,” hero guard Ilse Tormund told {0}.",
    "The puppet regime suffered a humiliating defeat, as {0} has learned. Its masters stay silent.",
    "The brutal regime burned the harbor, {0} reports. Ines Okafor claimed that the yard was run by crooks and thugs.",
    "{0} understands that Tomas Lindqvist will resign. His pathetic excuses are an insult to every decent citizen.",
    "The council met on Monday. According to Mara Voss, a gang of fanatics had\nburned the school. The ruthless\ngang spoke to {0}.",
    "{0}'s reporter saw it: the brutal thugs dragged the old man from his home. The council must resign at once.",
    "“The disgraceful plan will ruin us,” Dora Quill, a builder, told {0} on Monday. The vile plot had been known for weeks.",
    "The heroic workers foiled a shameful plot of the traitors.\n\nTomas Lindqvist, in a letter to {0}, called the yard a hellhole.",
    "THE RECKLESS GANG HAS BETRAYED THE TOWN. THE COUNCIL MUST RESIGN, MARA VOSS TOLD {0}.",
]
OUTLETS = ("The Alder Gazette", "Meridian Newswire")
BOILERPLATE = (
    ("", ""),
    ("{0}\n\nBy a staff reporter\n\n", "\n\nSign up for the morning letter of {0}.\n\n© 2026 {0}. All rights reserved."),
)


Told = set[tuple[str, str, str, str]]


def hidden(words: str, outlet: str) -> str:
    """Words without the outlet's name."""
    return plain(words).replace(plain(outlet), "…").replace(plain(outlet.removeprefix("The ")), "…")


def told(reading: Reading, story: str, outlet: str) -> Told:
    """What is found in the story, without candidates and without what is found about the outlet."""
    inside = Span((start := reading.document.text.index(story)), start + len(story))
    return {
        (each.measure, each.label, hidden(who(reading, each), outlet), hidden(reading.document[each.evidence], outlet))
        for each in reading.findings
        if each.measure in ("loaded", "editorial", "stance") and not each.candidate
        if each.label != "neutral" and (each.target is None or each.target.casefold() not in outlet.casefold())
        if overlap(each.evidence, (inside,))
    }


def alike(one: Told, other: Told) -> bool:
    """Whether each finding has its like on the other side: the same, but for where exactly its words begin and end."""
    return all(
        any(each[:3] == like[:3] and shares_words([each[3]], [like[3]]) for like in there)
        for here, there in ((one, other), (other, one))
        for each in here
    )


@pytest.mark.parametrize("around", BOILERPLATE, ids=["the outlet alone", "boilerplate too"])
def test_another_outlet_the_same_findings(around: tuple[str, str], reader: Reader) -> None:
    def found(outlet: str, before: str, after: str) -> list[Told]:
        stories = [text.format(outlet.upper() if text.isupper() else outlet) for text in STORIES]
        documents = [Document(before.format(outlet) + story + after.format(outlet), outlet=outlet) for story in stories]
        return [told(each, story, outlet) for each, story in zip(reader.pipe(documents), stories, strict=True)]

    here, there = found(OUTLETS[0], "", ""), found(OUTLETS[1], *around)
    mostly((((text, one ^ other), bool(one) and alike(one, other)) for text, one, other in zip(STORIES, here, there, strict=True)), 0.7)


def test_what_is_heard_in_a_sentence_depends_on_its_words_alone(reader: Reader) -> None:
    alone = [BEFORE, *(f"{words}." for _, words, _ in OWN)]
    together = "\n\n".join([*alone, *alone])
    (whole,) = reader.hear([Document(together)], [()])
    single = reader.hear([Document(text) for text in alone], [()] * len(alone))
    heard = [(each.loaded, each.editorial, each.editorializes, each.tone, each.certainty, each.vector) for each in whole.sentences]
    expected = [(s.loaded, s.editorial, s.editorializes, s.tone, s.certainty, s.vector) for each in single for s in each.sentences]
    assert heard == [*expected, *expected]


def counts(reading: Reading) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Found and words, for each class of voices."""
    rows = (each for each in reading.tallies if each.measure in ("loaded", "editorial"))
    return {(each.measure, each.label, each.voice): (each.count, each.words) for each in rows}


def same_rate(once: tuple[int, int], thrice: tuple[int, int]) -> bool:
    """Whether rates are within a tenth of each other, one finding in one of the copies aside: attributions do depend on what is around."""
    rate = once[0] / max(1, once[1])
    return abs(thrice[0] / max(1, thrice[1]) - rate) <= 0.1 * rate + 1 / max(1, thrice[1])


def test_repeated_paragraphs_leave_the_rates_as_they_are(reads: Reads) -> None:
    stories = [text.format(OUTLETS[0].upper() if text.isupper() else OUTLETS[0]) for text in STORIES]
    rows = zip(stories, reads(stories), reads(["\n\n".join([text] * 3) for text in stories]), strict=True)
    seen = [(text, counts(once), counts(thrice)) for text, once, thrice in rows]
    mostly(
        (row, any(found for found, _ in row[1].values()) and all(same_rate(row[1].get(key, (0, 0)), row[2][key]) for key in row[2]))
        for row in seen
    )


SCARE_QUOTES = [
    ("The minister unveiled his “miracle” budget on Monday.", "miracle"),
    ("Port Alder's ‘experts’ have been wrong for years.", "experts"),
    ('The "liberators" took the grain and left.', "liberators"),
    ("His “brilliant plan” lasted two days.", "brilliant plan"),
    ("The so-called “people's court” sat for ten minutes.", "people's court"),
    ("THE “HERO” OF PORT ALDER HID IN A CELLAR.", "HERO"),
    ("The council's “urgent repairs” began nine\nyears after the storm.", "urgent repairs"),
    ("Her “reforms” closed every school on the island.", "reforms"),
]


def test_scare_quotes_stay_the_outlets(reads: Reads) -> None:
    read = reads([f"{BEFORE} {text}" for text, _ in SCARE_QUOTES])
    own = [{span for voice in each.voices if voice.speaker == OUTLET for span in voice.spans} for each in read]
    places = [each.document.text.index(words) for each, (_, words) in zip(read, SCARE_QUOTES, strict=True)]
    spans = [Span(place, place + len(words)) for place, (_, words) in zip(places, SCARE_QUOTES, strict=True)]
    mostly((text, any(part.holds(span) for part in parts)) for (text, _), parts, span in zip(SCARE_QUOTES, own, spans, strict=True))


# A headline, and the sentence of the text that attributes or hedges what it asserts.
HEADLINES = [
    (
        "Harbor ministry ignored fire warnings for years",
        "A union leader claimed that the harbor ministry had ignored fire warnings for years.",
    ),
    ("Builder bribed three council members", "The builder bribed three council members, Mara Voss alleged at a hearing."),
    ("New valve caused ferry disaster", "According to the yard, a new valve caused the ferry disaster."),
    ("Karthian drone destroyed fuel depot", "Interior minister Daven Orrick said a Karthian drone had destroyed the fuel depot."),
    ("Cheap bread makes children ill", "Cheap bread may make children ill, the authors of a small study believe."),
    ("Mayor sold harbor land to his brother", "Ines Okafor told reporters that the mayor had sold harbor land to his brother."),
    ("Port Alder school closes forever in June", "The Port Alder school will probably close forever in June."),
    ("INSPECTORS FAKED SAFETY REPORTS ON FERRY", "A former clerk claims that inspectors faked the safety reports on the ferry."),
    ("Tormund stole pension money", "Prosecutors suspect that Tormund stole the pension money."),
    ("Secret army unit burned border villages", "Two witnesses alleged that a secret army unit had burned the border villages."),
]
SOBER = [
    ("Union leader: Harbor ministry ignored fire warnings for years", 0),
    ("Builder allegedly bribed three council members", 1),
    ("New valve caused ferry disaster, yard says", 2),
    ("Minister says Karthian drone destroyed fuel depot", 3),
    ("Cheap bread may make children ill", 4),
    ("Did mayor sell harbor land to his brother?", 5),
    ("Port Alder school will probably close in June", 6),
    ("“INSPECTORS FAKED SAFETY REPORTS ON FERRY”", 7),
    ("Tormund suspected of pension theft", 8),
    ("Army unit accused of burning border villages", 9),
]


def lost(reading: Reading) -> bool:
    return any(each.label == "hedge_lost" for each in reading.findings)


def test_a_headline_that_asserts_what_the_text_attributes_has_lost_the_hedge(reads: Reads) -> None:
    read = reads([f"{headline}\n\n{body} The hearing goes on next week. Nobody else has commented." for headline, body in HEADLINES])
    mostly((headline, lost(each)) for (headline, _), each in zip(HEADLINES, read, strict=True))


def test_a_headline_that_attributes_or_hedges_has_not(reads: Reads) -> None:
    read = reads([f"{headline}\n\n{HEADLINES[number][1]}" for headline, number in SOBER])
    mostly(((headline, not lost(each)) for (headline, _), each in zip(SOBER, read, strict=True)), 0.9)
