"""Every sentence is heard by itself, whatever stands around it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.document import Document
from sayso.encoder.tones import LONGEST
from sayso.encoder.windows import Tokenizer
from sayso.measures.heard import Actor, Heard
from sayso.measures.listen import listen
from sayso.spans import Span
from sayso.testing import ScriptedTone, span_of

TEXT = "Mara Voss praised the brutal regime. The weir held.\n\nThe Harbor Institute said the disgrace must end. Rain fell on Norvania."


def heard(tokenizer: Tokenizer, text: str, *actors: Actor, vectors: bool = True) -> Heard:
    scorer = ScriptedTone(tokenizer, loaded=("brutal", "disgrace"), editorial=("must",), liked=("praised",), disliked=("disgrace",))
    (found,) = listen(scorer, [Document(text)], [actors], vectors=vectors)
    return found


def actor(text: str, name: str) -> Actor:
    return Actor(name, "person", (span_of(text, name),))


def test_sentences_words_and_mentions(tokenizer: Tokenizer) -> None:
    found = heard(tokenizer, TEXT, actor(TEXT, "Mara Voss"), actor(TEXT, "Harbor Institute"), actor(TEXT, "Norvania"))
    assert [TEXT[s.span.start : s.span.end] for s in found.sentences] == [
        "Mara Voss praised the brutal regime.",
        "The weir held.",
        "The Harbor Institute said the disgrace must end.",
        "Rain fell on Norvania.",
    ]
    loud = [TEXT[w.start : w.end] for s in found.sentences for w, p in zip(s.words, s.loaded, strict=True) if p > 0.5]
    assert loud == ["brutal", "disgrace"]
    assert [s.editorializes > 0.5 for s in found.sentences] == [False, False, True, False]
    assert [(m.actor, m.sentence, max(range(3), key=m.stance.__getitem__)) for m in found.mentions] == [(0, 0, 2), (1, 2, 0), (2, 3, 1)]
    assert all(abs(sum(m.stance) - 1) < 1e-6 for m in found.mentions)
    assert all(len(s.vector) == 2 for s in found.sentences)


def test_vectors_are_left_out_on_demand(tokenizer: Tokenizer) -> None:
    assert all(sentence.vector == () for sentence in heard(tokenizer, TEXT, vectors=False).sentences)


def test_neighbors_and_repetition_change_nothing(tokenizer: Tokenizer) -> None:
    alone = heard(tokenizer, "The weir held.").sentences[0]
    twice = heard(tokenizer, f"{TEXT}\n\n{TEXT}")
    assert len(twice.sentences) == 8
    same = [s for s in twice.sentences if s.words and s.span.length == alone.span.length]
    assert {(s.loaded, s.editorial, s.tone, s.vector) for s in same} == {(alone.loaded, alone.editorial, alone.tone, alone.vector)}


def test_a_sentence_longer_than_the_network_hears_is_heard_in_parts(tokenizer: Tokenizer) -> None:
    text = "weir " * (3 * LONGEST) + "brutal"
    found = heard(tokenizer, text)
    assert len(found.sentences) > 3
    assert sum(len(s.words) for s in found.sentences) == 3 * LONGEST + 1
    assert found.sentences[-1].loaded[-1] > 0.5


def test_nothing_to_hear(tokenizer: Tokenizer) -> None:
    assert heard(tokenizer, "") == Heard(fingerprint="scripted")
    assert heard(tokenizer, "", vectors=False) == Heard()
    assert heard(tokenizer, " \n\n ").sentences == ()
    assert len(heard(tokenizer, "…").sentences) <= 1


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=80), at=st.integers(0, 60), size=st.integers(1, 20))
def test_any_text_is_heard_in_order(tokenizer: Tokenizer, text: str, at: int, size: int) -> None:
    actors = (Actor("X", "person", (Span(at, at + size),)),) if at + size <= len(text) else ()
    found = heard(tokenizer, text, *actors)
    ends = 0
    for sentence in found.sentences:
        assert ends <= sentence.span.start < sentence.span.end <= len(text)
        assert len(sentence.words) == len(sentence.loaded) == len(sentence.editorial)
        assert all(sentence.span.holds(word) for word in sentence.words)
        ends = sentence.span.end
    assert all(found.sentences[m.sentence].span.holds(m.span) for m in found.mentions)
