"""Which earlier mentions an unnamed source may refer to, with a network that prefers what is near."""

from collections.abc import Sequence

import numpy as np

from sayso.attribution.decode import find
from sayso.attribution.draft import Draft, Link, Name
from sayso.attribution.mentions import OFFERED, Mention, links, mean_state
from sayso.document import Document
from sayso.encoder.heads import MENTION, NEAR, far
from sayso.encoder.windows import Tokenizer
from sayso.spans import Span
from sayso.testing import Line, ScriptedScorer, span_of


class Nearest:
    """Scores pairs by how near they are."""

    def links(self, antecedents: np.ndarray, mentions: np.ndarray, distance: np.ndarray) -> np.ndarray:
        assert antecedents.shape == mentions.shape
        return np.asarray(3.0 - distance, dtype=np.float32)


def mention(start: int) -> Mention:
    return Mention(Span(10 * start, 10 * start + 4), start, start, np.ones(2, np.float32))


def best(found: Sequence[Link]) -> dict[Span, Span]:
    return {link.mention: link.antecedent for link in sorted(found, key=lambda link: link.score)}


def test_a_source_without_a_name_is_linked_and_one_with_a_name_is_not() -> None:
    rows = [mention(0), mention(3), mention(5), mention(6)]
    drafts = [Draft((Span(90, 99),), (rows[2].span,)), Draft((Span(90, 99),), (rows[3].span,))]
    names = [Name(rows[0].span, "person"), Name(rows[1].span, "person"), Name(rows[3].span, "person")]
    found = links(Nearest(), rows, names, drafts)
    assert {link.mention for link in found} == {rows[2].span}
    assert best(found) == {rows[2].span: rows[1].span}
    shares = np.exp([link.score for link in found])
    assert 0 < shares.sum() < 1, "some of it is left for none"


def test_no_mention_looks_forward_or_at_itself() -> None:
    rows = [mention(0), mention(1)]
    assert links(Nearest(), rows, [], [Draft((Span(90, 99),), (rows[0].span,))]) == ()
    assert links(Nearest(), [], [], []) == ()


def test_no_more_than_so_many_are_offered() -> None:
    rows = [mention(number) for number in range(OFFERED + 20)]
    found = links(Nearest(), rows, [], [Draft((Span(0, 1),), (rows[-1].span,))])
    assert min(link.antecedent for link in found) >= rows[19].span


def test_long_mentions_count_by_their_first_pieces() -> None:
    states = np.arange(60, dtype=np.float32).reshape(30, 2)
    assert mean_state(states, (2, 2)).tolist() == [4.0, 5.0]
    assert mean_state(states, (0, 29)).tolist() == mean_state(states, (0, MENTION - 1)).tolist()


def test_steps_of_distance_grow() -> None:
    assert [far(pieces) for pieces in (0, 1, 2, 3, 10_000)] == [0, 1, 1, 2, len(NEAR)]


def test_names_and_links_come_out_of_the_windows(tokenizer: Tokenizer) -> None:
    text = "Ines Okafor rowed home. " + "rain " * 150 + "She said that it holds."
    scorer = ScriptedScorer(tokenizer, [Line("said", ("that it holds",), "She")], names={"Ines Okafor": "person"})
    (found,) = find(scorer, [Document(text)])
    assert found.names == (Name(span_of(text, "Ines Okafor"), "person"),)
    assert best(found.links) == {span_of(text, "She"): span_of(text, "Ines Okafor")}


def test_a_name_at_a_window_border_is_found_once(tokenizer: Tokenizer) -> None:
    for lead in range(180, 200):
        text = "rain " * lead + "Ines Okafor" + " rain" * 200
        (found,) = find(ScriptedScorer(tokenizer, [], names={"Ines Okafor": "person", "Okafor": "place"}), [Document(text)])
        assert [(text[name.span.start : name.span.end], name.kind) for name in found.names] == [("Ines Okafor", "person")]
