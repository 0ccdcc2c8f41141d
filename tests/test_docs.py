"""The documents are true: code runs, commands exist, links lead somewhere, every module is explained, versions agree."""

import contextlib
import io
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sayso.corrections.forms import parse
from sayso.corrections.log import Log
from sayso.corrections.stretches import offsets
from sayso.demo.story import documents
from sayso.reader import Reader
from sayso.store.store import Store
from sayso.stories import keeping

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / name for name in ("README.md", "QUESTIONS.md", "CHANGELOG.md")] + sorted((ROOT / "docs").rglob("*.md"))
Guarded = Callable[..., "subprocess.CompletedProcess[str]"]


def blocks(language: str) -> Iterator[tuple[str, str]]:
    """Where a fenced block stands (page and line), and its text."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in re.finditer(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
            yield f"{page.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 2}", match[1]


def commands() -> Iterator[tuple[str, str]]:
    """Every `$ …` line of a console block."""
    for where, block in blocks("console"):
        for line in block.splitlines():
            if line.startswith("$ "):
                yield where, line[2:].partition(" #")[0].strip()


PYTHON = list(blocks("python"))
SAYSO = [(where, command) for where, command in commands() if command.startswith("sayso ") and "http" not in command]
MAKE = [(where, command) for where, command in commands() if command.startswith("make ")]
VERBS = sorted({verb for page in PAGES for verb in re.findall(r"(?:`|\$ |\| )sayso ([a-z]+)", page.read_text(encoding="utf-8"))})


def test_readme_begins_with_the_two_commands() -> None:
    assert [command for where, command in commands() if where.startswith("README.md")][:2] == ["make demo", "make test"]


@pytest.mark.parametrize(("where", "code"), PYTHON, ids=[where for where, _ in PYTHON])
def test_python_blocks_run(where: str, code: str, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(article.parent)
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(code, where, "exec"), {})
    assert printed.getvalue().strip(), f"{where} prints nothing"


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the examples about a corpus name: the bundled story as files, a table, a feed, and a store that holds it."""
    folder = tmp_path_factory.mktemp("newsroom")
    (folder / "articles").mkdir()
    for document in documents():
        name = Path(document.origin).name
        (folder / name).write_text(document.text, encoding="utf-8")
        (folder / "articles" / name).write_text(document.text, encoding="utf-8")
    (folder / "table.csv").write_text(
        'outlet,text\nThe Alder Gazette,"The ferry will not sail before June, the harbor office said on Monday."\n'
    )
    (folder / "feed.xml").write_text(
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Alder Post</title>'
        "<item><title>Ferry</title><content:encoded>&lt;p&gt;The ferry is late again, passengers said on Tuesday. "
        "Nobody knows why, they added.&lt;/p&gt;</content:encoded></item></channel></rss>"
    )
    reader = Reader()
    store = Store.make(folder / "news", reader.generator)
    readings = list(reader.pipe(documents()))
    store.add(readings)
    keeping.update(store)
    first = readings[0].attributions[0]
    right = {"kind": "confirm", "content": offsets(first.content), "cue": offsets(first.cue)}
    Log(store.path).add(*parse(readings[0], right, who="Ada Quill"))
    return folder


NEWSROOM = ("news", "articles/", "wire.txt", "STORY")


@pytest.mark.parametrize(("where", "command"), SAYSO, ids=[command for _, command in SAYSO])
def test_console_blocks_run(where: str, command: str, guarded: Guarded, article: Path, newsroom: Path) -> None:
    if any(word in NEWSROOM for word in shlex.split(command)):
        shutil.copytree(newsroom, article.parent, dirs_exist_ok=True)
        (story,) = {story for _, story in Store.open(newsroom / "news").sql("SELECT article, story FROM stories").rows}
        command = command.replace("STORY", str(story))
    (article.parent / "gold").symlink_to(ROOT / "tests" / "gold")
    (article.parent / "tests").symlink_to(ROOT / "tests")
    words = shlex.split(command.partition(" > ")[0])[1:]
    if "DATA" in command:  # corpora that are not here, and hours: that the command and its options exist is all that is tried
        words = [*words[: 2 if words[0] in ("train", "codebook") else 1], "--help"]
        assert set(re.findall(r"--[a-z]+", command)) <= set(re.findall(r"--[a-z]+", guarded("-m", "sayso", *words).stdout))
    done = guarded("-m", "sayso", *words)
    assert done.returncode == 0, f"{where}: {command}\n{done.stderr}"
    assert (done.stdout + done.stderr).strip()


@pytest.mark.parametrize(("where", "command"), MAKE, ids=[command for _, command in MAKE])
def test_make_targets_exist(where: str, command: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{command.split()[1]}:", makefile, re.MULTILINE), f"{where}: no such target"


@pytest.mark.parametrize("verb", VERBS)
def test_commands_exist(verb: str, guarded: Guarded) -> None:
    done = guarded("-m", "sayso", verb, "--help")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_architecture_page_names_every_module() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    modules = {path.relative_to(ROOT / "src" / "sayso").as_posix() for path in (ROOT / "src" / "sayso").rglob("*.py")}
    named = set(re.findall(r"`(?!tests/)([\w/]+\.py)`", page))
    assert {module for module in modules if not module.endswith("/__init__.py")} <= named, "modules that the page does not explain"
    assert named <= modules, "modules that the page explains and nobody has written"


def test_decisions_are_numbered_and_say_context_decision_consequence() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == ["Context", "Decision", "Consequence"], page.name


def found(name: str, pattern: str) -> list[tuple[str, ...]]:
    return re.findall(pattern, (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)


def test_versions_agree() -> None:
    project = found("pyproject.toml", r'^version = "(.+)"')
    assert project == found("CITATION.cff", r"^version: (.+)") == found("CHANGELOG.md", r"^## (\S+)")[:1]


def test_constraints_are_the_lock() -> None:
    locked = found("uv.lock", r'^name = "(.+)"\nversion = "(.+)"\nsource = \{ registry')
    listed = found("constraints.txt", r"^([\w.-]+)==([^\s;]+)")
    assert sorted(set(listed)) == sorted(set(locked)), "run `make lock`"


def test_nothing_names_a_machine() -> None:
    places = re.compile(r"/(?:work|root|opt|home)/\w|file://")
    for path in [*PAGES, *(ROOT / name for name in ("pyproject.toml", "uv.lock", "constraints.txt", "Makefile", "CITATION.cff"))]:
        assert not places.findall(path.read_text(encoding="utf-8")), path.name
