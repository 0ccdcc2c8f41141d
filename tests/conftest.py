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

from sayso.attribution.voices import summary, voices
from sayso.document import Document
from sayso.quotations import quotations
from sayso.reading import OUTLET, Attribution, Generator, Reading, Source
from sayso.spans import Spans, span_list
from sayso.structure import paragraphs

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
        environment |= {"HOME": str(home), "USERPROFILE": str(home), "SAYSO_TEST_MAY_WRITE": str(tmp_path), "TMPDIR": str(home)}
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


FERRY = (
    "The ferry to Port Alder will not sail before June, the Harbor Institute, citing media reports, stated that Ines Calder stressed that "
    "the builder had “missed every date”.\n\n"
    "She told the Alder Post that the valve was late. “Nobody paid for it,” she said. A senior official claimed that the yard had been "
    "paid twice, and he denied that letters went missing.\n\n"
    "It was said in town that the summer is lost. They refused to say more.\n"
)


@pytest.fixture
def ferry() -> Reading:
    """A reading made by hand: a chain with a relay, pronouns that are resolved and one that is not, nobody named, every stance but one."""
    document = Document(FERRY, title="Ferry will not sail", outlet="The Alder Gazette", published="2026-04-01")

    def at(*words: str) -> Spans:
        return span_list([(FERRY.index(part), FERRY.index(part) + len(part)) for part in words])

    def made(number: int, who: str, cue: str, chain: tuple[str, ...], *content: str, **labels: Any) -> Attribution:
        source = at(who) if who else ()
        return Attribution(f"A{number}", at(*content), source, at(cue), chain[-1], chain=(OUTLET, *chain), **labels)

    sources = (
        Source("S1", "the Harbor Institute", "organization", "expert", True),
        Source("S2", "media reports", "media", "journalist"),
        Source("S3", "Ines Calder", "person", "official", True, "director", "Port Alder ferries"),
        Source("S4", "the Alder Post", "media", "journalist", True),
        Source("S5", "A senior official", "person", "official"),
        Source("S6", "unknown"),
        Source("S7", "They", resolved=False),
    )
    late = "that the builder had “missed every date”"
    attributions = (
        made(1, "the Harbor Institute", "stated", ("S1",), FERRY[:49], f"that Ines Calder stressed {late}", confidence=0.9),
        made(2, "Ines Calder", "stressed", ("S1", "S2", "S3"), late, within="A1", via=("S2",), form="mixed", outlet_stance="endorses"),
        made(3, "She", "told", ("S4", "S3"), "that the valve was late", via=("S4",), speaker_confidence=0.83),
        made(4, "she", "said", ("S3",), "“Nobody paid for it,”", form="direct"),
        made(5, "A senior official", "claimed", ("S5",), "that the yard had been paid twice", outlet_stance="distances"),
        made(6, "he", "denied", ("S5",), "that letters went missing", polarity="denies"),
        made(7, "", "It was said", ("S6",), "that the summer is lost", confidence=0.5),
        made(8, "They", "refused to say", ("S7",), "more", polarity="withholds", commitment="unknown"),
    )
    counts = summary(document, attributions, sources, quotations(FERRY, paragraphs(FERRY)))
    generator = Generator("0.1.0", "hand")
    return Reading(document, attributions, sources, voices(document, attributions), summary=counts, generator=generator).check()
