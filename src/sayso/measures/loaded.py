"""Loaded or evaluative wording: words that carry praise, blame, ridicule, alarm or ideology beyond what the facts need.

Always true here: a stretch lies in one voice, whose speaker chose the words; a stretch that crosses into another voice is two findings.
What the outlet only quotes is the speaker's.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.measures.heard import Heard
from sayso.measures.measure import MeasureCard
from sayso.measures.stretches import Stretch, by_voice, stretches
from sayso.reading import Finding, Reading

LABEL = "loaded"
SHOWN, FOUND = 0.2, 0.35  # probability that a stretch is right: from which it is shown as a candidate, and counted as found
MEMBER = 0.2  # probability from which a word beside a loaded one belongs to the same stretch


class Loaded:
    """The measure."""

    name = "loaded"
    labels = (LABEL,)
    card = MeasureCard(
        observes="these words carry praise, blame, ridicule, alarm or ideology beyond what the facts need",
        trained=(
            "the project's own sentences and articles (annotated by language models with a written guide, no human coders), "
            "with BASIL beside them"
        ),
        score="calibrated probability that annotators would mark a stretch here",
        candidate_below=FOUND,
        limits=(
            "what is loaded depends on reader, time and place; irony and code words are missed; terrible facts are not loaded words. "
            "American and world news of 2010 to 2021; English only"
        ),
    )

    def find(self, reading: Reading, heard: Heard) -> Sequence[Finding]:
        """Stretches of loaded words, each in the voice of whoever says them."""
        found: list[Stretch] = []
        for sentence in heard.sentences:
            found += stretches(sentence.words, sentence.loaded, SHOWN, MEMBER)
        return [
            Finding(self.name, LABEL, speaker, (span,), probability, probability, candidate=probability < FOUND)
            for span, speaker, probability in by_voice(reading, found)
        ]


measure = Loaded()
