"""The command `sayso report`."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.demo.story import documents
from sayso.errors import ContractError
from sayso.reader import Reader
from sayso.site import sheets
from sayso.store.store import Store


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "alder"
    reader = Reader(rules=True)
    with Store.make(path, reader.generator) as store:
        store.add(reader.pipe(documents()))
    return path


def test_the_site_is_written_and_written_again(collection: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    first = CliRunner().invoke(app, ["report", str(collection), "-o", str(out)])
    assert first.exit_code == 0, first.output
    assert f"open {out / 'index.html'} in a browser" in first.stderr
    assert first.stdout == ""
    assert json.loads((out / "about.json").read_text())["articles"] == 3
    before = {path: path.read_bytes() for path in out.rglob("*.html")}
    again = CliRunner().invoke(app, ["report", str(collection), "-o", str(out), "--workers", "1"])
    assert again.exit_code == 0
    assert {path: path.read_bytes() for path in out.rglob("*.html")} == before


def test_errors_are_one_line(collection: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear all")
    taken = CliRunner().invoke(app, ["report", str(collection), "-o", str(tmp_path / "mine")])
    assert taken.exit_code == 2
    assert "name a folder that does not exist yet" in taken.stderr
    assert len(taken.stderr.strip().splitlines()) == 1
    assert CliRunner().invoke(app, ["report", str(collection), "-o", str(tmp_path / "no" / "site")]).exit_code == 2
    missing = CliRunner().invoke(app, ["report", str(tmp_path / "nothing"), "-o", str(tmp_path / "site")])
    assert missing.exit_code == 1
    assert not (tmp_path / "site").exists()


def test_a_page_that_cannot_be_made_is_told(collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise ContractError("a voice is missing")

    monkeypatch.setattr(sheets, "method_page", failing)
    done = CliRunner().invoke(app, ["report", str(collection), "-o", str(tmp_path / "site"), "--workers", "1"])
    assert done.exit_code == 1
    assert "method.html: a voice is missing" in done.stderr
    assert "1 page could not be made" in done.stderr
    assert (tmp_path / "site" / "index.html").is_file()
