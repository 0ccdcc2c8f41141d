"""No test needs the network or the user's home: only the loopback address answers, and HOME is an empty folder."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from pytest_socket import socket_allow_hosts

LOOPBACK = ["127.0.0.1", "::1", "localhost"]
REPOSITORY = Path(__file__).parent.parent

# A busy machine is no reason to fail, and a check that everybody must pass draws the same examples every time.
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")

# Loaded at the start of a guarded process, which ends at its first look at the network and at its first write outside one folder.
GUARD = """
import os, sys
HOME = os.path.realpath(os.environ["SAYSO_TEST_MAY_WRITE"])
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
MOVES = ("os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink", "os.truncate")

def guard(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        fault = f"{event} {args[1:]}" if event != "socket.getaddrinfo" else f"{event} {args}"
    elif (event == "open" and isinstance(args[0], str) and isinstance(args[2], int) and args[2] & WRITES) or event in MOVES:
        where = os.path.realpath(os.fsdecode(args[0]))
        if where == "/dev/null" or where == HOME or where.startswith(HOME + os.sep):
            return
        fault = f"{event} {where}"
    else:
        return
    os.write(2, f"forbidden: {fault}\\n".encode())
    os._exit(97)

sys.addaudithook(guard)
"""


@pytest.fixture(scope="session", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    home = str(tmp_path_factory.mktemp("home"))
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE"):
            patch.setenv(name, home)
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections go to the loopback address only, and names other than its own do not resolve, as on a machine without a network."""
    resolve = socket.getaddrinfo

    def resolve_loopback(host: Any, *args: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name in (None, "", *LOOPBACK) or name.replace(".", "").isdigit() or ":" in name:
            return resolve(host, *args, **options)
        raise socket.gaierror(socket.EAI_NONAME, f"no network in tests: {name}")

    monkeypatch.setattr(socket, "getaddrinfo", resolve_loopback)
    socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


@pytest.fixture
def guarded(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run Python with these arguments in a process that has no network, may write below `tmp_path` only, and lives in `tmp_path/home`."""
    home, site = tmp_path / "home", tmp_path / "site"
    home.mkdir()
    site.mkdir()
    (site / "sitecustomize.py").write_text(GUARD, encoding="utf-8")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_", "HF_"))}
        environment |= {"HOME": str(home), "USERPROFILE": str(home), "SAYSO_TEST_MAY_WRITE": str(tmp_path)}
        environment |= {"PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
        command = [sys.executable, *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
        )

    return run


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An invented article, as plain text in `tmp_path/article.txt`."""
    path = tmp_path / "article.txt"
    path.write_text(
        "The ferry to Port Alder will not sail before June, the harbor office said on Monday.\n\n"
        "“We are waiting for one valve,” said Ines Okafor, the harbor master. She added that the crew would be paid in full.\n\n"
        "Shop owners on the quay fear that the summer is lost. The ferry last missed a season in 1998.\n",
        encoding="utf-8",
    )
    return path
