"""The page in a real browser: no sideways scroll on a small phone, marks as wide as their words, the keys work, the policy holds."""

import html
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.reading import Reading
from sayso.render.comparison import compare
from sayso.render.pages import page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the path")
Look = Callable[..., dict[str, object]]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Show a page in a frame of some width (windows cannot be as narrow as phones), run a probe in it, give back what it found."""

    def look(source: str, probe: str, width: int = 1200) -> dict[str, object]:
        assert CHROMIUM
        # The page's policy is told of the probe, and of nothing else.
        allowed = source.replace("script-src ", "script-src 'nonce-probe' ")
        run = f'<script nonce="probe">parent.document.title = JSON.stringify((() => {{{probe}}})());</script></body>'
        framed = html.escape(allowed.replace("</body>", run))
        path = tmp_path / "frame.html"
        path.write_text(
            f'<!doctype html><title>?</title><iframe style="border:0;width:{width}px;height:900px" srcdoc="{framed}">', encoding="utf-8"
        )
        command = [CHROMIUM, *QUIET, f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1300,1000", "--dump-dom", path.as_uri()]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=True)
        title = re.search(r"<title>(.*?)</title>", done.stdout, re.DOTALL)
        assert title, done.stderr
        value = json.loads(html.unescape(title[1]))
        assert isinstance(value, dict)
        return value

    return look


@pytest.mark.parametrize("width", [320, 400, 800, 1200])
def test_nothing_scrolls_sideways(width: int, talks: Reading, look: Look) -> None:
    source = page([talks] * 3, comparison=compare([talks] * 3))
    found = look(source, "return {page: document.documentElement.scrollWidth, window: innerWidth}", width)
    assert found["window"] == width
    assert found["page"] == width


def test_all_text_can_be_read_and_every_mark_has_its_color(talks: Reading, look: Look) -> None:
    probe = """
      const color = (name) => getComputedStyle(document.querySelector(".text mark." + name)).backgroundColor;
      return {direct: color("direct"), indirect: color("indirect"), partial: color("partial"),
              words: [...document.querySelectorAll(".text mark")].every((mark) => mark.getBoundingClientRect().width > 0),
              text: document.querySelector(".text").textContent.replace(/\\s+/g, " ").trim()}"""
    found = look(page([talks]), probe)
    assert (found["direct"], found["indirect"], found["partial"]) == ("rgb(169, 214, 245)", "rgb(255, 224, 138)", "rgb(243, 183, 214)")
    assert found["words"] is True
    assert str(found["text"]).startswith("The foreign minister on Wednesday denied 1that peace talks had collapsed, hours after")


def test_keys_go_from_badge_to_badge_and_mark_the_row(talks: Reading, look: Look) -> None:
    probe = """
      const press = (key) => dispatchEvent.call(document.body, new KeyboardEvent("keydown", {key, bubbles: true}));
      const at = () => [document.activeElement.id, document.querySelector(".st.on")?.id];
      const trail = [];
      for (const key of ["j", "j", "k", "k", "k", "x", "j", "j", "j", "j", "j", "j"]) { press(key); trail.push(at()); }
      return {trail}"""
    trail = look(page([talks]), probe)["trail"]
    assert trail == [[f"a1-t{number}", f"a1-r{number}"] for number in (1, 2, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5)]


def test_policy_stops_what_the_page_did_not_name(talks: Reading, look: Look) -> None:
    source = page([talks]).replace("</header>", "<script>document.documentElement.dataset.bad = 1</script></header>")
    assert look(source, "return {bad: document.documentElement.dataset.bad ?? null}")["bad"] is None


def test_nested_marks_have_an_inner_outline(talks: Reading, look: Look) -> None:
    probe = 'const style = getComputedStyle(document.querySelector(".text mark.inner")); return {shadow: style.boxShadow}'
    assert "inset" in str(look(page([talks]), probe)["shadow"])


@pytest.mark.parametrize("width", [320, 800])
def test_nothing_scrolls_sideways_with_measures(width: int, harbor: Reading, look: Look) -> None:
    source = page([harbor] * 2, comparison=compare([harbor] * 2))
    probe = """
      const wide = [];
      for (const layer of document.querySelectorAll(".layers input")) { layer.click(); wide.push(document.documentElement.scrollWidth); }
      return {wide}"""
    assert look(source, probe, width)["wide"] == [width] * 7


def test_layers_come_one_at_a_time_without_a_script(harbor: Reading, look: Look) -> None:
    probe = """
      const line = (name) => getComputedStyle(document.querySelector(".text ." + name)).textDecorationLine;
      const chip = () => getComputedStyle(document.querySelector(".text .of-stance"), "::before").content;
      const tint = () => getComputedStyle(document.querySelector(".text mark")).backgroundColor;
      const badge = () => getComputedStyle(document.querySelector(".text .b")).display !== "none";
      const legends = () => [...document.querySelectorAll(".legend")].filter((each) => each.checkVisibility()).length;
      const seen = {};
      for (const layer of document.querySelectorAll(".layers input")) {
        layer.click();
        seen[layer.value] = [line("loaded"), line("stance"), line("certainty"), chip() !== "none", tint(), badge(), legends()];
      }
      return seen"""
    none, tint = "rgba(0, 0, 0, 0)", "rgb(169, 214, 245)"
    assert look(page([harbor]).partition("<script>")[0] + "</body></html>", probe) == {
        "voices": ["none", "none", "none", False, tint, True, 1],
        "tone": ["underline", "none", "none", False, none, True, 1],
        "stance": ["none", "underline", "none", True, none, True, 1],
        "certainty": ["none", "none", "overline", False, none, True, 1],
        "frames": ["none", "none", "none", False, none, True, 1],
        "more": ["none", "none", "none", False, none, True, 1],
        "plain": ["none", "none", "none", False, none, False, 1],
    }


def test_the_key_of_a_layer_and_the_copied_text(harbor: Reading, look: Look) -> None:
    probe = """
      document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "2", bubbles: true}));
      const style = (name) => getComputedStyle(document.querySelector(".text ." + name)).textDecorationStyle;
      getSelection().selectAllChildren(document.querySelector(".text"));
      return {shapes: [style("loaded:not(.ca)"), style("loaded.ca"), style("editorial")], copied: getSelection().toString()}"""
    found = look(page([harbor]), probe)
    assert found["shapes"] == ["wavy", "dashed", "double"]
    assert str(found["copied"]).split() == harbor.document.text.split()


def test_a_link_from_the_table_shows_its_words(harbor: Reading, look: Look) -> None:
    probe = """
      location.hash = document.querySelector(".counts a").hash;
      const target = document.querySelector(":target");
      return {words: target.textContent, outline: getComputedStyle(target).outlineStyle}"""
    assert look(page([harbor]), probe) == {"words": "shameless", "outline": "solid"}
