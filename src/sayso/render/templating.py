"""The one door to Jinja: a template and its values to HTML.

Always true here: every value is escaped unless it was made by this module; a value that a template names and nobody gave is an error.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from sayso.render.words import many


def part(name: str) -> str:
    """One of our own files under `render/templates`, as it stands: a template, a style, a script."""
    return (files("sayso.render") / "templates" / name).read_text(encoding="utf-8")


def fill(template: str, **values: object) -> Markup:
    """A template filled with values; safe to stand in another template as it is."""
    return Markup(_environment().get_template(template).render(**values))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(part),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["many"] = many
    return made
