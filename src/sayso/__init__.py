"""Sayso: on whose say-so does the news tell you this?

Always true here: importing the package loads nothing but the standard library, and every public name is fetched from its own module on
first use. The two settings below are made before any library that reads them can be loaded: no telemetry, no downloads. Type checkers
read the same names, with their types, from `__init__.pyi`.
"""

import importlib
import os
from typing import Any

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

_HOME = {
    "Attribution": "sayso.reading",
    "Comparison": "sayso.compare.report",
    "Document": "sayso.document",
    "Finding": "sayso.reading",
    "Matrix": "sayso.claims.matrix",
    "Reader": "sayso.reader",
    "Reading": "sayso.reading",
    "Rejection": "sayso.reading",
    "SaysoError": "sayso.errors",
    "Source": "sayso.reading",
    "Span": "sayso.spans",
    "Voice": "sayso.reading",
    "read": "sayso.reader",
}

__all__ = list(_HOME)


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return importlib.import_module("importlib.metadata").version("sayso")
    if name in _HOME:
        value = getattr(importlib.import_module(_HOME[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'sayso' has no attribute {name!r}; the public names are {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
