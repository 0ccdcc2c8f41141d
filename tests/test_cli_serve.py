"""`sayso serve`: one line with the address, nobody but this machine unless that is wanted, and a clean end."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli import app

runner = CliRunner()


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str, int, str]]:
    """A server in a process of its own: the process, host and port that it tells, and the token."""
    command = [sys.executable, "-m", "sayso", "serve", "--rules", "--port", "0", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            found = re.fullmatch(r"Sayso is at http://(\S+):(\d+)/(?:\?token=(\S+))? \(Ctrl-C ends it\)\n", line)
            assert found, line + (process.stderr.read() if process.stderr else "")
            yield process, found[1].strip("[]"), int(found[2]), found[3] or ""
        finally:
            process.kill()


def status(host: str, port: int, path: str = "/", **headers: str) -> int:
    connection = http.client.HTTPConnection(host, port, timeout=30)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    found = connection.getresponse().status
    connection.close()
    return found


def test_it_says_where_it_is_answers_there_and_ends_when_it_is_told() -> None:
    with serving() as (process, host, port, token):
        assert (host, token) == ("127.0.0.1", "")
        assert status(host, port) == 200
        assert status(host, port, "/assets/site.css") == 200
        assert status(host, port, Host="evil.example") == 421
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 130
        assert (out, err) == ("", "sayso: interrupted\n")


def test_nothing_of_a_request_is_logged() -> None:
    with serving() as (process, host, port, _):
        assert status(host, port, "/articles?q=secret") == 200
        assert status(host, port, "/nowhere") == 404
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == ("", "sayso: interrupted\n")


def test_a_store_is_made_where_there_is_none(tmp_path: Path) -> None:
    with serving(str(tmp_path / "new")) as (_, host, port, _):
        assert status(host, port, "/articles") == 200
    assert (tmp_path / "new" / "store.json").exists()


def test_what_does_not_speak_in_time_is_hung_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import sayso.web.serving as s, sys; s.HEADER_SECONDS = 0.5; sys.argv[0] = 'sayso'; from sayso.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "serve", "--rules", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        try:
            port = int(process.stdout.readline().partition("127.0.0.1:")[2].partition("/")[0])
            for beginning in (
                b"",
                b"GET / HTTP/1.1\r\nHost: 127.0.0.1",
                b"GET /read HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\nGET / HT" % port,
            ):
                with socket.create_connection(("127.0.0.1", port), timeout=20) as slow:
                    slow.sendall(beginning)
                    started = time.monotonic()
                    while slow.recv(65536):
                        pass
                    assert time.monotonic() - started < 15
            with socket.create_connection(("127.0.0.1", port), timeout=20) as greedy:
                greedy.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nX: %s" % (port, b"a" * 200_000))
                assert b" 400 " in greedy.recv(1000)
            assert status("127.0.0.1", port) == 200
        finally:
            process.kill()


def test_a_port_that_is_taken_is_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = runner.invoke(app, ["serve", "--rules", "--port", str(taken.getsockname()[1])])
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert "is taken: give another one (--port)" in line


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "gazette.example", "127.0.0.1.example"])
def test_other_machines_come_in_only_if_that_is_wanted(host: str) -> None:
    result = runner.invoke(app, ["serve", "--rules", "--host", host, "--port", "0"])
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "add --public" in line


def test_with_public_nobody_comes_in_without_the_key() -> None:
    with serving("--host", "0.0.0.0", "--public") as (process, _, port, token):
        assert len(token) >= 32
        here = {"Host": f"127.0.0.1:{port}"}
        assert status("127.0.0.1", port, **here) == 401
        assert status("127.0.0.1", port, "/?token=" + "x" * len(token), **here) == 401
        assert status("127.0.0.1", port, f"/?token={token}", **here) == 200
        assert status("127.0.0.1", port, Cookie=f"sayso-{port}={token}", **here) == 200
        assert status("127.0.0.1", port, Host=f"192.168.7.7:{port}", Cookie=f"sayso-{port}={token}") == 200
        assert status("127.0.0.1", port, Host=f"evil.example:{port}", Cookie=f"sayso-{port}={token}") == 421
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert "not encrypted" in err.splitlines()[0]


def test_a_host_that_is_not_ours_is_one_line() -> None:
    result = runner.invoke(app, ["serve", "--rules", "--host", "nowhere.example", "--public"])
    assert result.exit_code == 2
    assert "there is no host named nowhere.example" in result.stderr


def test_a_folder_that_is_no_store_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x")
    result = runner.invoke(app, ["serve", str(tmp_path), "--rules", "--port", "0"])
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "is no store" in line


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("sayso.web", "uvicorn", "starlette"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = runner.invoke(app, ["serve", "--rules"])
    assert result.exit_code == 2
    assert "pip install 'sayso[web]'" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_the_server_is_loaded_only_by_its_command() -> None:
    code = (
        "import sys; from sayso import cli; sys.exit(any(name.startswith(('starlette', 'uvicorn', 'sayso.web')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], env=os.environ, check=False).returncode == 0
