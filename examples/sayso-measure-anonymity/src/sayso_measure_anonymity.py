"""Loaded words that an article lets somebody say without a name: the words are the speaker's, to let them stand is the outlet's choice."""

from __future__ import annotations

from collections.abc import Sequence

from sayso import Finding, Reading
from sayso.measures.heard import Heard
from sayso.measures.measure import MeasureCard
from sayso.measures.stretches import by_voice, stretches

SHOWN, FOUND = 0.25, 0.4  # probability from which words are shown as a candidate, and counted as found
MEMBER = 0.2  # probability from which a word beside a loaded one belongs to it


class Anonymity:
    """The measure: anything with these three attributes and `find` is one."""

    name = "anonymity"
    labels = ("unnamed_loaded",)
    card = MeasureCard(
        observes="these loaded words are said by somebody whom the article describes but does not name",
        trained="nothing of its own: it joins what Sayso hears in the words with what it knows of the source",
        score="calibrated probability that the words are loaded",
        candidate_below=FOUND,
        limits="there may be good reasons not to name a source, and the article may give them; it does not look for any",
    )

    def find(self, reading: Reading, heard: Heard) -> Sequence[Finding]:
        """One finding per stretch of loaded words in the voice of an unnamed source."""
        unnamed = {source.id: source for source in reading.sources if source.identity == "unnamed"}
        loaded = [each for sentence in heard.sentences for each in stretches(sentence.words, sentence.loaded, SHOWN, MEMBER)]
        return [
            Finding(
                measure=self.name,
                label=self.labels[0],
                speaker=speaker,
                evidence=(span,),
                score=probability,
                confidence=probability,
                about=unnamed[speaker].mentions,
                candidate=probability < FOUND,
            )
            for span, speaker, probability in by_voice(reading, loaded)
            if speaker in unnamed
        ]


measure = Anonymity()
