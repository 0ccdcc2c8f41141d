"""The measures on a terminal: signs survive a pipe, every block says what it counts, nothing is wider than the screen or acts on it."""

import io
import re
from dataclasses import replace

import pytest

from sayso.reading import Reading, Source
from sayso.render.terminal import Screen
from sayso.spans import Span
from sayso.structure import word_spans


def shown(reading: Reading, width: int = 100, encoding: str = "utf-8") -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    Screen(stream, width).reading(reading)
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode(encoding)


def test_loaded_words_and_editorial_stretches_are_signed_in_the_text(harbor: Reading) -> None:
    plain = " ".join(shown(harbor).split())
    assert "The ~shameless~ harbor board again" in plain
    assert "①⟪“These ~vultures~ will probably ruin Alder,”⟫" in plain
    assert "{The council must stop this}." in plain
    assert "Harbor scheme will" in plain  # a candidate is left to the tables
    assert "~loaded words~ {editorial stretch}" in plain


def test_the_blocks_say_what_was_found_in_which_voice(harbor: Reading) -> None:
    told = shown(harbor).partition("How it is told, voice by voice")[2]
    assert re.search(r"^own voice, 24 words; 1 sentence, certainty 0.90 of 1 *$", told, re.MULTILINE)
    assert re.search(r"loaded words +1 \(\+1\) .*“shameless” · “scheme” \(candidate\)", told)
    assert re.search(r"editorial stretches +1 .*“The council must stop this” \(exhortation\)", told)
    assert re.search(r"hedges +0 ", told)
    assert re.search(r"handed over neutrally, 6 words *\n +loaded words +1 .*“vultures” ①", told)
    assert re.search(r"irony +1 .*“again”", told)
    assert "The headline says flatly what the text only attributes or hedges: “the scheme may double the fares” ③" in " ".join(told.split())
    assert re.search(r"Ines Calder \(person\) +→ harbor board +– +– +1 +– +①", told)
    assert re.search(r"the outlet +→ Ines Calder +– +1 +– +– *$", told, re.MULTILINE)
    assert re.search(r"\? villain: harbor board +outlet +“The shameless", told)
    assert re.search(r"\? human interest +① +“These vultures", told)


def test_no_verdict(harbor: Reading) -> None:
    assert not re.search(r"\b(bias|biased|propaganda|score)\b", shown(harbor), re.IGNORECASE)


@pytest.mark.parametrize("width", [40, 60, 71, 72, 89, 90, 120])
def test_no_line_is_wider_than_the_terminal(width: int, harbor: Reading) -> None:
    assert max(len(line) for line in shown(harbor, width).splitlines()) <= width


def test_old_encodings_get_plain_signs(harbor: Reading) -> None:
    plain = " ".join(shown(harbor, encoding="ascii").split())
    assert "(1)<<" in plain
    assert "~shameless~" in plain
    assert "-> harbor board" in plain


def test_long_lists_are_cut_and_say_so(harbor: Reading) -> None:
    first = harbor.findings[0]
    stance = next(finding for finding in harbor.findings if finding.measure == "stance")
    many = tuple(replace(stance, target=f"Actor {number}") for number in range(15))
    words = tuple(replace(first, evidence=(span,)) for span in _words(harbor, 10))
    told = shown(replace(harbor, findings=words + many))
    assert "… 3 more rows: --json" in told
    assert "2 more" in " ".join(told.split())


def test_hostile_names_do_not_act(harbor: Reading) -> None:
    evil = "\x1b]0;owned\x07[bold red]\u202etxt"
    findings = tuple(replace(finding, target=evil) if finding.target else finding for finding in harbor.findings)
    sources = tuple(Source(source.id, evil, source.kind, named=True) for source in harbor.sources)
    sent = shown(replace(harbor, findings=findings, sources=sources))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", sent)
    assert "[bold red]" in sent


def _words(reading: Reading, number: int) -> list[Span]:
    text = reading.document.text
    own = next(voice.spans for voice in reading.voices if voice.speaker == "outlet")
    different = {text[word.start : word.end].casefold(): word for word in word_spans(text) if any(span.holds(word) for span in own)}
    return list(different.values())[:number]
