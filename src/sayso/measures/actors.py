"""Who is named in a text and may be spoken well or ill of: persons, organizations and states, each with all its names in the text.

Always true here: mentions are names as they stand, disjoint and in order of the text; a state is one actor whether the text gives its name,
its people ("Norvanian drones") or its capital where that stands for it; other places are nobody; pronouns and descriptions are left out.
"""

from __future__ import annotations

from sayso.attribution.draft import NATIONALITY, PLACE, Found, Name
from sayso.document import Document
from sayso.measures.heard import Actor
from sayso.spans import Span, merge
from sayso.speakers import gazetteer
from sayso.speakers.clusters import Clusters
from sayso.speakers.surroundings import all_names

STATE = "state"
MOST = 400  # actors of one document; a list of more is a register, not a story


def actors(document: Document, found: Found) -> tuple[Actor, ...]:
    """The actors of a document, in order of first mention.

    Args:
        document: the document that the names point into.
        found: what the finder found in it.

    """
    text = document.text
    names = all_names(text, found)
    clusters = Clusters(text, names)
    spans: dict[str, list[Span]] = {}
    known: dict[str, tuple[str, str]] = {}
    for name in names:
        cluster = clusters.of_name[name.span]
        state = _state(text, name)
        if state:
            key = f"{STATE} {state}"
            own = gazetteer.use(cluster.name) == gazetteer.NAME
            if key not in known or own:
                known[key] = (cluster.name if own else state.title(), STATE)
        elif name.kind in (PLACE, NATIONALITY):
            continue
        else:
            key = str(id(cluster))
            known[key] = (cluster.name, cluster.kind or name.kind)
        spans.setdefault(key, []).append(name.span)
    made = [Actor(*known[key], merge(found)) for key, found in spans.items()]
    return tuple(sorted(made, key=lambda actor: actor.mentions)[:MOST])


def _state(text: str, name: Name) -> str:
    """The state that a name of a place or people stands for; empty if it stands for none."""
    return gazetteer.state(" ".join(text[name.span.start : name.span.end].split())) if name.kind in (PLACE, NATIONALITY) else ""
