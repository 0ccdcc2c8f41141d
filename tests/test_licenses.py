"""What comes with Sayso may go wherever Sayso may go: no library that it needs to run is under the GPL or AGPL."""

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution

from packaging.requirements import Requirement

SHARE_ALIKE = re.compile(r"\bA?GPL\b|Affero|GNU General Public", re.IGNORECASE)


def needed(name: str, seen: set[str]) -> Iterator[Distribution]:
    """The distribution and all that it needs on this machine, extras left out."""
    if name in seen:
        return
    seen.add(name)
    found = distribution(name)
    yield found
    for line in found.requires or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield from needed(requirement.name.lower().replace("_", "-"), seen)


def license_of(found: Distribution) -> str:
    said = found.metadata
    classifiers = [line for line in said.get_all("Classifier") or () if line.startswith("License")]
    # An old-style field may hold the whole license text; its first line names it.
    fields = [text.strip().partition("\n")[0] for name in ("License-Expression", "License") for text in said.get_all(name) or ()]
    return " ".join([*fields, *classifiers])


def test_no_library_is_share_alike() -> None:
    licenses = {found.name: license_of(found) for found in needed("sayso", set())}
    assert len(licenses) > 20
    bad = {name: said for name, said in licenses.items() if SHARE_ALIKE.search(said) and not re.search(r"\bOR\b|MPL|LGPL", said)}
    assert not bad
    assert {name for name, said in licenses.items() if not said} == set()
