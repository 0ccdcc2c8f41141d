"""The command line as its users meet it: exit codes, lines that match inputs, one line for each fault, never a traceback."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.errors import BundleError
from sayso.reader import Reader
from sayso.schema import loads

ARTICLE = "The ferry will not sail before June, the harbor office said. “We wait for one valve,” said Ines Okafor, the harbor master.\n"
GERMAN = (
    "Der Bürgermeister sagte am Montag, dass die Brücke über den Fluss bis zum Ende der Woche für den Verkehr gesperrt bleiben müsse.\n"
)
ROOT = Path(__file__).parent.parent
CLI_ALONE = [
    *("sayso.errors", "sayso.spans", "sayso.document", "sayso.shown", "sayso.reading"),
    *(
        "sayso.cli_output",
        "sayso.cli_audit",
        "sayso.cli_annotations",
        "sayso.cli_codebook",
        "sayso.cli_claims",
        "sayso.cli_report",
        "sayso.cli_serve",
        "sayso.cli_stories",
        "sayso.cli_corpus",
        "sayso.cli_corrections",
        "sayso.cli_export",
        "sayso.cli_compare",
        "sayso.cli_measures",
        "sayso.cli_train",
        "sayso.cli",
    ),
]  # all that is loaded to show what the commands are

runner = CliRunner()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "good.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "german.txt").write_text(GERMAN, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "binary.bin").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "hollow").mkdir()
    return tmp_path


def sayso(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "sayso", *arguments],
        input=stdin,
        capture_output=True,
        timeout=120,
        env=os.environ | environment,
        check=False,
    )


def test_help_names_the_commands_and_where_to_begin() -> None:
    result = runner.invoke(app, ["--help"])
    assert result.exit_code == 0
    assert all(word in result.output for word in ("read", "audit", "explain", "demo", "evaluate", "doctor", "Begin with: sayso demo"))


def test_version() -> None:
    assert re.fullmatch(r"sayso \d+\.\d+\.\d+\S*\n", runner.invoke(app, ["--version"]).output)


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["nonsense"],
        ["read", "good.txt", "--nonsense"],
        ["read", "good.txt", "--threads", "0"],
        ["read", "good.txt", "--rules", "--html", "no/such/a.html"],
        ["read", "good.txt", "--rules", "--html", "."],
        ["evaluate", "good.txt", "--protocol", "nonsense"],
        ["audit"],
        ["audit", "good.txt", "--rules", "--csv", "no/such/a.csv"],
        ["explain", "good.txt", "A99", "--rules"],
    ],
)
def test_calls_that_make_no_sense_exit_with_2(arguments: list[str]) -> None:
    result = runner.invoke(app, arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_reads_an_article() -> None:
    result = runner.invoke(app, ["read", "good.txt", "--rules", "--outlet", "The Alder Post"])
    assert result.exit_code == 0, result.output
    assert "⟪“We wait for one valve,”⟫ said Ines Okafor" in " ".join(result.output.split())
    assert "The Alder Post" in result.output
    assert re.search(r"own voice \d+ % · reported \d+ % · quoted \d+ %", result.output)
    assert result.stderr == ""


def test_reads_standard_input() -> None:
    done = sayso("read", "--rules", "-", stdin=ARTICLE.encode())
    assert done.returncode == 0
    assert "Okafor" in done.stdout.decode()


def test_json_gives_one_line_per_input_in_order() -> None:
    origins = ["good.txt", "german.txt", "missing.txt", "good.txt", "empty.txt", "binary.bin"]
    result = runner.invoke(app, ["read", "--json", "--rules", *origins])
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert len(lines) == len(origins)
    assert loads(lines[0]).document.text == ARTICLE
    assert loads(lines[3]).attributions == loads(lines[0]).attributions
    for line, origin, stage in (
        (1, "german.txt", "language"),
        (2, "missing.txt", "intake"),
        (4, "empty.txt", "intake"),
        (5, "binary.bin", "intake"),
    ):
        value = json.loads(lines[line])
        assert value["schema"] == "sayso/1"
        assert (value["rejection"]["origin"], value["rejection"]["stage"]) == (origin, stage)
        assert value["rejection"]["reason"]


def test_rejects_are_listed_at_the_end_with_reasons_and_the_others_go_on() -> None:
    done = sayso("read", "--rules", "german.txt", "good.txt", "missing.txt")
    assert done.returncode == 1
    assert "Okafor" in done.stdout.decode()
    first, second = done.stderr.decode().splitlines()
    assert re.fullmatch(r"german\.txt: .*German.*", first)
    assert re.fullmatch(r"missing\.txt: .+", second)


@pytest.mark.parametrize(
    "origin",
    ["empty.txt", "binary.bin", "missing.txt", "hollow", "ftp://a.example/x", "http://127.0.0.1:9/x", "http://[broken", "a\x1b[2Jb"],
)
def test_one_bad_input_is_one_clear_line(origin: str) -> None:
    result = runner.invoke(app, ["read", "--rules", origin])
    assert (result.exit_code, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith(origin.replace("\x1b", "\\x1b") + ": ")
    assert len(line) > len(origin) + 10


def test_broken_unicode_and_separators_stay_one_line_of_json(folder: Path) -> None:
    text = "She said that “the bell\u2028rings at\x85noon” \x9b31m and \u202eturns. He said that the others had gone home by then."
    (folder / "odd.txt").write_text(text, encoding="utf-8")
    done = sayso("read", "--json", "--rules", "odd.txt", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.decode("utf-8").splitlines()
    assert "\x9b" not in line
    assert loads(line).document.text == text


def test_ascii_terminals_are_served() -> None:
    done = sayso("read", "--rules", "good.txt", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert '<<"We wait for one valve,">>' in " ".join(done.stdout.decode("ascii").split())


def test_hostile_article_does_not_act_on_the_terminal(folder: Path) -> None:
    evil = "The mayor said that “\x9b2J \u202e all [bold]is[/bold] well” today, and the others agreed with this."
    (folder / "evil.txt").write_text(evil, encoding="utf-8")
    result = runner.invoke(app, ["read", "--rules", "evil.txt"])
    assert result.exit_code == 0, result.stderr
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", result.stdout)
    assert "[bold]is[/bold]" in result.stdout


def test_html_writes_one_page_with_all_articles(folder: Path) -> None:
    result = runner.invoke(app, ["read", "--rules", "good.txt", "good.txt", "missing.txt", "--html", "page.html"])
    assert result.exit_code == 1
    assert "Wrote page.html" in result.stderr
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert page.count("<article ") == 2


def test_html_and_json_together(folder: Path) -> None:
    result = runner.invoke(app, ["read", "--rules", "good.txt", "--html", "page.html", "--json"])
    assert result.exit_code == 0
    assert loads(result.stdout).document.text == ARTICLE
    assert (folder / "page.html").exists()


def test_no_page_without_an_article(folder: Path) -> None:
    result = runner.invoke(app, ["read", "--rules", "missing.txt", "--html", "page.html"])
    assert result.exit_code == 1
    assert not (folder / "page.html").exists()


def test_audit_prints_who_gets_what() -> None:
    result = runner.invoke(app, ["audit", "--rules", "good.txt", "missing.txt"])
    assert result.exit_code == 1
    words = " ".join(result.stdout.split())
    assert "Okafor" in words
    assert re.search(r"words +\d+: own voice \d+ %, reported \d+ %, quoted \d+ %", words)
    assert "who is given words, not who is right" in words
    assert max(len(line) for line in result.stdout.splitlines()) <= 80
    assert result.stderr.startswith("missing.txt: ")


def test_audit_as_json_and_as_a_sheet(folder: Path) -> None:
    result = runner.invoke(app, ["audit", "--rules", "--json", "--csv", "a.csv", "good.txt", "german.txt", "good.txt"])
    assert result.exit_code == 1
    first, rejected, again = map(json.loads, result.stdout.splitlines())
    assert first == again
    assert first["schema"] == "sayso-audit/1"
    assert rejected["rejection"]["origin"] == "german.txt"
    sheet = (folder / "a.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(sheet) == 1 + 2 * len(first["sources"])
    assert "Wrote a.csv" in result.stderr


def test_explain_tells_one_or_all() -> None:
    everything = runner.invoke(app, ["explain", "--rules", "good.txt"])
    one = runner.invoke(app, ["explain", "--rules", "good.txt", "a1"])
    assert (everything.exit_code, one.exit_code) == (0, 0), everything.output + one.output
    assert everything.stdout.startswith(one.stdout.rstrip())
    for word in ("attitude: ", "polarity: ", "outlet's stance: ", "commitment: ", "kind of source: ", "standing: ", "speaker: "):
        assert word in one.stdout


def test_explain_as_json() -> None:
    result = runner.invoke(app, ["explain", "--rules", "--json", "good.txt"])
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each["attribution"] for each in told] == [f"A{number}" for number in range(1, len(told) + 1)]
    assert all(each["schema"] == "sayso-explanation/1" for each in told)


def test_a_broken_model_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*, rules: bool, threads: int | None, measures: list[str] | None) -> Reader:
        raise BundleError("the model's roles.onnx is truncated: reinstall sayso, or read without the model (--rules)")

    monkeypatch.setattr("sayso.reader.Reader", broken)
    result = runner.invoke(app, ["read", "good.txt"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "sayso: the model's roles.onnx is truncated: reinstall sayso, or read without the model (--rules)\n"


def test_demo_prints_an_article_a_comparison_and_what_is_next(folder: Path) -> None:
    result = runner.invoke(app, ["demo", "--rules"])
    assert result.exit_code == 0, result.output
    words = " ".join(result.output.split())
    assert words.startswith("Reading 3 articles on one story (bundled, invented) … done in ")
    assert "Fuel depot at Port Maren burns" in words
    assert "3 articles are too few for a claim about the outlets" in words
    assert "Wrote sayso-demo.html" in words
    assert re.search(r"Next: sayso read article\.txt", words)
    assert max(len(line) for line in result.output.splitlines()) <= 80
    assert (folder / "sayso-demo.html").read_text(encoding="utf-8").count("<article ") == 3


def test_demo_goes_on_by_rules_where_there_is_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(*, rules: bool) -> Reader:
        if rules:
            return Reader(rules=True)
        raise BundleError("no model here")

    monkeypatch.setattr("sayso.reader.Reader", without)
    result = runner.invoke(app, ["demo", "--html", "d.html"])
    assert result.exit_code == 0, result.output
    assert result.stderr == "no model here\nGoing on by rules, without the model.\n"


@pytest.mark.parametrize("protocol", ["contract", "polnear", "cofenet"])
def test_evaluate_scores_the_rules_on_our_gold(protocol: str) -> None:
    gold = str(ROOT / "tests" / "gold" / "dev")
    result = runner.invoke(app, ["evaluate", gold, "--rules-only", "--limit", "2", "--protocol", protocol])
    assert result.exit_code == 0, result.output
    assert f"protocol {protocol}" in result.stdout
    assert "rules" in result.stdout


def test_evaluate_as_json() -> None:
    result = runner.invoke(app, ["evaluate", str(ROOT / "tests" / "gold" / "dev"), "--rules-only", "--limit", "2", "--json"])
    value = json.loads(result.stdout)
    assert value["protocol"] == "contract"
    assert value["articles"] == 2
    assert [system["name"] for system in value["systems"]] == ["rules"]


def test_evaluate_names_missing_gold() -> None:
    result = runner.invoke(app, ["evaluate", "missing", "--rules-only"])
    assert result.exit_code == 1
    assert re.fullmatch(r"sayso: missing: .+\n", result.stderr)


def test_doctor_says_what_is_there() -> None:
    result = runner.invoke(app, ["doctor"])
    assert re.search(r"^ok +rules: ", result.output, re.MULTILINE)
    assert result.exit_code == (1 if "BAD" in result.output else 0)


@pytest.mark.skipif(os.name == "nt", reason="pipes close in another way there")
@pytest.mark.parametrize("options", [["--json"], []], ids=["json", "text"])
def test_a_closed_pipe_is_no_traceback(options: list[str], folder: Path) -> None:
    (folder / "long.txt").write_text(ARTICLE * 1000, encoding="utf-8")
    command = [sys.executable, "-m", "sayso", "read", "--rules", *options, "long.txt", "good.txt"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    process.stdout.read(10)
    process.stdout.close()
    complaint = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=120) == 141
    assert complaint == b""


@pytest.mark.skipif(os.name == "nt", reason="signals differ there")
def test_interrupting_is_clean() -> None:
    command = [sys.executable, "-m", "sayso", "read", "--rules", "-"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(2.5)  # it waits for its input by now
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=60)
    assert process.returncode == 130
    assert complaint == b"sayso: interrupted\n"


def test_help_loads_nothing_heavy() -> None:
    loaded = "print(sorted(name for name in sys.modules if name.startswith('sayso.')))"
    probe = f"import sys; from sayso.cli import app\ntry: app(['--help'])\nexcept SystemExit: {loaded}"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == str(sorted(CLI_ALONE))
