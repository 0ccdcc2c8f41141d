"""The palette by numbers, from the style sheets themselves: contrast (WCAG 2.2), and how far tints and lines lie apart for people who see
fewer colors (Machado, Oliveira and Fernandes 2009, severity 1.0, on linear light; distances are CIE 1976 ΔE*ab under D65).
"""

import itertools
import math
import re
from importlib.resources import files

import pytest

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]

TEMPLATES = files("sayso.render") / "templates"
SHEETS = {each.name: each.read_text(encoding="utf-8") for each in TEMPLATES.iterdir() if each.name.endswith(".css")}
LIGHT, DARK, PRINT = SCHEMES = ("light", "dark", "print")

SEEN: dict[str, Matrix] = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
XYZ: Matrix = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE = (0.95047, 1.0, 1.08883)

# What each variable is for; a color without a line here fails.
PAGE, INK = "bg", "ink"
TINTS = ("d", "i", "p")  # behind words of others: quoted, reported, fragment
BAR = ("own", "i", "d")  # the shares at the head of an article
WRITTEN = ("ink", "st")  # words are written in them
DRAWN_ON_TEXT = ("line", "cue", "lo", "ed", "st")  # under words, tinted or not, and the focus ring
DRAWN = ("rule",)  # on the page
KNOWN = {PAGE, *TINTS, *BAR, *WRITTEN, *DRAWN_ON_TEXT, *DRAWN}
ALIAS: dict[str, str] = {}

# The smallest distance between any two tints, or a tint and the page, as measured when the palette was chosen.
APART = {
    LIGHT: {"normal": 26.9, "protan": 9.5, "deutan": 16.9, "tritan": 15.5},
    DARK: {"normal": 32.8, "protan": 12.2, "deutan": 18.2, "tritan": 16.8},
}


def _palettes() -> dict[str, dict[str, str]]:
    """The variables of each scheme: the light ones, changed by what `prefers-color-scheme: dark` and `print` say."""
    found: dict[str, dict[str, str]] = {scheme: {} for scheme in SCHEMES}
    for sheet in SHEETS.values():
        for scheme, query in ((DARK, r"@media \(prefers-color-scheme:\s*dark\)"), (PRINT, "@media print")):
            for block in re.findall(query + r"\s*{\s*:root{([^}]*)}", sheet):
                found[scheme] |= dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]+)", block))
        top = re.sub(r"@media[^{]*{(?:[^{}]*{[^}]*})*[^{}]*}", "", sheet)
        for block in re.findall(r":root{([^}]*)}", top):
            found[LIGHT] |= dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]+)", block))
    return {scheme: found[LIGHT] | colors for scheme, colors in found.items()} | {"own dark": found[DARK], "own print": found[PRINT]}


PALETTES = _palettes()


def _light(color: str) -> Vector:
    """Linear light of a color of the style sheets."""
    plain = color[1:] if len(color) == 7 else "".join(digit * 2 for digit in color[1:])
    red, green, blue = (int(plain[at : at + 2], 16) / 255 for at in (0, 2, 4))

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return linear(red), linear(green), linear(blue)


def _through(matrix: Matrix, light: Vector) -> Vector:
    red, green, blue = (sum(weight * part for weight, part in zip(row, light, strict=True)) for row in matrix)
    return red, green, blue


def contrast(first: str, second: str) -> float:
    """WCAG's contrast ratio, from 1 to 21."""
    darker, lighter = sorted(_through(XYZ, _light(color))[1] for color in (first, second))
    return (lighter + 0.05) / (darker + 0.05)


def _lab(light: Vector) -> Vector:
    held = _through(XYZ, tuple(min(1.0, max(0.0, part)) for part in light))  # type: ignore[arg-type]
    x, y, z = (
        part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116
        for part in (value / white for value, white in zip(held, WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(first: str, second: str, seen: str) -> float:
    """How far two colors lie apart for somebody who sees like that."""
    return math.dist(*(_lab(_through(SEEN[seen], _light(color))) for color in (first, second)))


def test_the_measures_agree_with_known_figures() -> None:
    assert contrast("#fff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert _lab(_light("#ff0000")) == pytest.approx((53.24, 80.09, 67.20), abs=0.02)
    assert distance("#ff0000", "#ff0000", "deutan") == 0
    # A red and a green that are told apart by everybody but the red-green blind.
    assert distance("#c05050", "#7f7f30", "normal") > 3 * distance("#c05050", "#7f7f30", "deutan") > 0


def test_every_color_of_the_pages_is_a_variable_with_a_known_use_in_every_scheme() -> None:
    light = PALETTES[LIGHT]
    assert len(light) >= 12
    assert set(light) - KNOWN == set(), "say what a new color is for, in this test"
    assert set(light) >= KNOWN
    assert set(PALETTES["own dark"]) == set(light), "a color has no dark form"
    assert PALETTES["own print"] == light, "paper is white whatever the screen is"


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_rules_name_no_color_of_their_own(name: str) -> None:
    rules = re.sub(r":root\s*{[^}]*}", "", SHEETS[name])
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;}\s,!])|\brgba?\(|\bhsla?\(", rules) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_can_be_read_on_every_tint(scheme: str) -> None:
    colors = PALETTES[scheme]
    for ground in (PAGE, *TINTS, "own"):
        assert contrast(colors[INK], colors[ground]) >= 7, ground
    for name in WRITTEN:
        assert contrast(colors[name], colors[PAGE]) >= 4.5, name
    # A badge is written in the page's color on the ink.
    assert contrast(colors[PAGE], colors[INK]) >= 7


@pytest.mark.parametrize("scheme", SCHEMES)
def test_lines_stand_out_from_what_they_are_drawn_on(scheme: str) -> None:
    colors = PALETTES[scheme]
    faint = {
        (name, ground): round(contrast(colors[name], colors[ground]), 2)
        for name, grounds in (dict.fromkeys(DRAWN_ON_TEXT, (PAGE, *TINTS)) | dict.fromkeys(DRAWN, (PAGE,))).items()
        for ground in grounds
        if contrast(colors[name], colors[ground]) < 3
    }
    assert faint == {}


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_tints_are_told_apart_from_each_other_and_from_the_page(scheme: str, seen: str) -> None:
    colors = PALETTES[scheme]
    least = min(distance(colors[one], colors[other], seen) for one, other in itertools.combinations((*TINTS, PAGE), 2))
    assert least >= APART[scheme][seen] - 0.05
    assert least >= 9.5 - 0.05


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_the_shares_of_a_bar_are_told_apart(scheme: str, seen: str) -> None:
    colors = PALETTES[scheme]
    assert min(distance(colors[one], colors[other], seen) for one, other in itertools.combinations((*BAR, PAGE), 2)) >= 9.5


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_line_of_a_source_and_line_of_a_cue_are_told_apart(scheme: str, seen: str) -> None:
    colors = PALETTES[scheme]
    assert distance(colors["line"], colors["cue"], seen) >= 20
