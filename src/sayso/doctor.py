"""Is everything in place? Versions, the model verified against its digests, no telemetry, no downloads, English read by both paths.

Always true here: nothing is changed and no connection is made; each check says what it found, and, where something is wrong, what to do.
"""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from sayso.document import Document
from sayso.errors import SaysoError
from sayso.reader import Reader

LIBRARIES = ("onnxruntime", "tokenizers", "numpy", "trafilatura", "lxml", "py3langid", "sentencex", "httpx2", "typer", "rich", "jinja2")
SETTINGS = {"ORT_DISABLE_TELEMETRY": "1", "HF_HUB_OFFLINE": "1"}
PROBE = "The harbor office said on Monday that the ferry would not sail before June."


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and whether it is as it should be."""

    name: str
    fine: bool
    note: str


def checks() -> tuple[Check, ...]:
    """Look at everything, in the order of what depends on what."""
    return (
        Check("sayso", True, version("sayso")),
        Check("python", True, f"{platform.python_version()} on {platform.system()} {platform.machine()}"),
        *(_library(name) for name in LIBRARIES),
        *(_setting(name, wanted) for name, wanted in SETTINGS.items()),
        _reads("rules", rules=True),
        _reads("model", rules=False),
        Check("network", True, "used only for web addresses that you name"),
    )


def _library(name: str) -> Check:
    try:
        return Check(name, True, version(name))
    except PackageNotFoundError:
        return Check(name, False, "not installed: run `python -m pip install --force-reinstall sayso`")


def _setting(name: str, wanted: str) -> Check:
    found = os.environ.get(name)
    return Check(name, found == wanted, f"{found}" if found == wanted else f"{found}: unset it, and Sayso sets it to {wanted}")


def _reads(name: str, *, rules: bool) -> Check:
    """Load one path and read a sentence with it; the model's files are verified on the way."""
    try:
        reader = Reader(rules=rules)
        found = len(reader.read(Document(PROBE)).attributions)
    except SaysoError as error:
        return Check(name, False, str(error))
    return Check(name, found == 1, f"{reader.fingerprint}, {found} attribution found in a test sentence that has 1")
