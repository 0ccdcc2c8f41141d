"""Hero, villain, victim: passages in which an actor may be cast in a role, for somebody to read.

Always true here: all findings are candidates, at most `MOST` per role, the surest first; they are never counted or summed, since people
themselves hardly agree on them.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.measures.heard import ROLES, Heard
from sayso.measures.measure import MeasureCard
from sayso.measures.stretches import Voices
from sayso.reading import Finding, Reading
from sayso.spans import merge, overlap

SHOWN = 0.5
MOST = 5


class Roles:
    """The measure."""

    name = "role"
    labels = ROLES
    card = MeasureCard(
        observes="a passage to read: the actor may be cast as hero, villain or victim here",
        trained="Narrative Frames Corpus (Frermann et al. 2023): climate news of 2017 to 2019 only",
        score="calibrated probability of the role, on climate news",
        candidate_below=1.0,
        limits=(
            "annotators of the corpus agree little (Krippendorff's alpha: hero .43, villain .17, victim .32 at article level), and it was "
            "trained on climate news alone: read the passage, do not count"
        ),
    )

    def find(self, reading: Reading, heard: Heard) -> Sequence[Finding]:
        """Candidates only, in order of the text."""
        voices = Voices(reading)
        offered = [
            (mention.roles[place], mention, place)
            for mention in heard.mentions
            for place in range(len(ROLES))
            if mention.roles[place] >= SHOWN
        ]
        kept: list[Finding] = []
        for place, role in enumerate(ROLES):
            surest = sorted((item for item in offered if item[2] == place), key=lambda item: (-item[0], item[1].span))[:MOST]
            for probability, mention, _ in surest:
                parts = voices.parts(mention.span)
                if len(parts) != 1:
                    continue
                holder = parts[0][0]
                words = merge(
                    part
                    for speaker, part in voices.parts(heard.sentences[mention.sentence].span)
                    if speaker == holder and overlap((part,), (mention.span,))
                )
                sure = min(1.0, probability)
                actor = heard.actors[mention.actor].name
                kept.append(Finding(self.name, role, holder, words, sure, sure, actor, (mention.span,), candidate=True))
        return sorted(kept, key=lambda finding: (finding.about, finding.label))


measure = Roles()
