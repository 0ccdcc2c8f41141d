"""Reading an article leaves no trace and makes no connection, with the model as with the rules."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Guarded = Callable[..., "subprocess.CompletedProcess[str]"]


def files(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*")}


@pytest.mark.parametrize("options", [["--rules"], [], ["--json", "--rules"]], ids=["rules", "model", "json"])
def test_reading_writes_nothing_and_calls_nobody(options: list[str], guarded: Guarded, article: Path, tmp_path: Path) -> None:
    before = files(tmp_path)
    done = guarded("-m", "sayso", "read", *options, str(article))
    assert done.returncode == 0, done.stderr
    assert "Okafor" in done.stdout
    assert files(tmp_path) == before  # among them the home folder: no ~/.cache, no ~/.config


def test_a_page_is_the_only_file_written(guarded: Guarded, article: Path, tmp_path: Path) -> None:
    before = files(tmp_path)
    done = guarded("-m", "sayso", "read", "--rules", str(article), "--html", "page.html")
    assert done.returncode == 0, done.stderr
    assert files(tmp_path) - before == {Path("page.html")}
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert not re.findall(r"""(?:src|srcset|href|data)=["']?(?:https?:)?//|@import|url\(["']?(?:https?:)?//""", page)  # loads nothing


def test_the_guard_guards(guarded: Guarded) -> None:
    outside = Path(os.sep) / "tmp" / "sayso-must-not-be-written"
    assert guarded("-c", f"open({str(outside)!r}, 'w')").returncode == 97
    assert not outside.exists()
    assert guarded("-c", "import socket; socket.getaddrinfo('localhost', 80)").returncode == 97
    assert guarded("-c", "open('inside.txt', 'w').close()").returncode == 0


@pytest.mark.parametrize(("given", "expected"), [(None, "1"), ("0", "0")], ids=["unset", "set by the user"])
def test_telemetry_and_downloads_are_off_unless_the_user_says_otherwise(given: str | None, expected: str, guarded: Guarded) -> None:
    code = "import os; "
    if given is not None:
        code += f"os.environ.update(ORT_DISABLE_TELEMETRY={given!r}, HF_HUB_OFFLINE={given!r}); "
    done = guarded("-c", code + "import sayso; print(os.environ['ORT_DISABLE_TELEMETRY'], os.environ['HF_HUB_OFFLINE'])")
    assert done.stdout.split() == [expected, expected]
