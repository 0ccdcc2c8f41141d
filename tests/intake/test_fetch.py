from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sayso.errors import UnreadableInput
from sayso.intake.fetch import Page, fetch, is_public, look_up

BODY = "<!doctype html><p>“No,” she said.".encode()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        name, _, argument = self.path.lstrip("/").partition("/")
        match name:
            case "page":
                self.answer(BODY, {"Content-Type": "text/html; charset=utf-8", "X-Host": self.headers["Host"]})
            case "hop":
                left = int(argument)
                self.answer(b"", {"Location": f"/hop/{left - 1}" if left else "/page"}, 302)
            case "away":
                self.answer(b"", {"Location": argument.replace("!", "/")}, 301)
            case "gzip":
                self.answer(gzip.compress(BODY), {"Content-Type": "text/html", "Content-Encoding": "gzip"})
            case "bomb":
                self.answer(gzip.compress(b"a" * 30_000_000), {"Content-Type": "text/html", "Content-Encoding": "gzip"})
            case "layers":
                self.answer(gzip.compress(gzip.compress(BODY)), {"Content-Type": "text/html", "Content-Encoding": "gzip, gzip"})
            case "pdf":
                self.answer(b"%PDF", {"Content-Type": "application/pdf"})
            case "status":
                self.answer(b"", {"Content-Type": "text/html"}, int(argument))
            case "drip":
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Slow: ")
                try:
                    for _ in range(30):
                        self.wfile.write(b"x")
                        time.sleep(0.1)
                except OSError:
                    pass
            case "host":
                self.answer(self.headers["Host"].encode(), {"Content-Type": "text/plain"})
            case _:
                self.wfile.write(b"no http at all\r\n\r\n")

    def answer(self, body: bytes, headers: dict[str, str], status: int = 200) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://gazette.example:{server.server_port}"
        server.shutdown()
        thread.join()


def get(url: str, seconds: float = 20.0, limit: int = 10_000_000) -> Page:
    """Fetch from the local server under an invented name; the name `inside.example` is private."""
    return fetch(
        url,
        resolve=lambda host, port: ["127.0.0.1" if host == "gazette.example" else "127.0.0.2"],
        allowed=lambda address: address == "127.0.0.1",
        seconds=seconds,
        limit=limit,
    )


def test_a_page_is_fetched(server: str) -> None:
    page = get(f"{server}/page#part")
    assert (page.data, page.content_type, page.charset) == (BODY, "text/html", "utf-8")
    assert page.url.startswith(server)


def test_the_server_sees_the_name_though_the_connection_goes_to_the_address(server: str) -> None:
    assert get(f"{server}/host").data.decode() == server.removeprefix("http://")


def test_a_packed_page_is_unpacked(server: str) -> None:
    assert get(f"{server}/gzip").data == BODY


def test_redirects_are_followed_and_counted(server: str) -> None:
    assert get(f"{server}/hop/4").url == f"{server}/page"
    with pytest.raises(UnreadableInput, match="redirects more than 5"):
        get(f"{server}/hop/9")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("status/404", "no such page"),
        ("status/403", "does not give this page"),
        ("status/500", "problem of its own"),
        ("status/418", "did not send"),
        ("pdf", "application/pdf"),
        ("bomb", "larger than 10 MB"),
        ("layers", "packed"),
        ("nonsense", "no proper answer"),
        ("away/http:!!inside.example!", "private or local"),
        ("away/http:!!user:secret@gazette.example!", "user name"),
        ("away/file:!!!etc!passwd", "only http and https"),
        ("away/ftp:!!gazette.example!x", "only http and https"),
    ],
)
def test_refusals(server: str, path: str, says: str) -> None:
    with pytest.raises(UnreadableInput, match=says) as caught:
        get(f"{server}/{path}")
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_headers_that_drip_do_not_hold_the_reader(server: str) -> None:
    started = time.perf_counter()
    with pytest.raises(UnreadableInput, match="in time"):
        get(f"{server}/drip", seconds=0.5)
    assert time.perf_counter() - started < 2.5


def test_a_look_up_that_hangs_does_not_hold_the_reader() -> None:
    done = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        done.wait(20)
        raise OSError

    with pytest.raises(UnreadableInput, match="in time"):
        fetch("http://gazette.example/", resolve=resolve, seconds=0.2)
    done.set()


def test_the_next_address_is_tried(server: str) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(UnreadableInput, match="cannot be reached"):
        get(f"http://gazette.example:{port}/")
    page = fetch(f"{server}/page", resolve=lambda host, port: ["::1", "127.0.0.1"], allowed=lambda address: True)
    assert page.data == BODY


def test_the_name_is_looked_up_once(server: str) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    assert fetch(f"{server}/page", resolve=resolve, allowed=lambda address: address == "127.0.0.1").data == BODY
    assert asked == ["gazette.example"]


def test_one_private_address_is_enough_to_refuse(server: str) -> None:
    with pytest.raises(UnreadableInput, match="private"):
        fetch("http://gazette.example/", resolve=lambda host, port: ["93.184.215.14", "10.0.0.1"])


def test_the_environment_is_ignored(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.9:1")
    assert get(f"{server}/page").data == BODY


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0/",
        "http://localhost/",
    ],
)
def test_local_addresses_are_refused_however_written(url: str) -> None:
    with pytest.raises(UnreadableInput, match=r"private or local|no host named"):
        fetch(url)


@pytest.mark.parametrize(
    "url", ["http://", "http:///x", "http://[::1", "http://a b/", "http://\x00/", "http://x:99999999/", "http://" + "a" * 70 + ".example/"]
)
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(UnreadableInput):
        fetch(url, resolve=lambda host, port: [])


@pytest.mark.parametrize("port", [1, 22, 25, 110, 143, 389, 445, 587, 6000, 6379, 6667, 11211])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_ports_of_other_services_are_not_asked(scheme: str, port: int) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise AssertionError("nobody should ask")

    with pytest.raises(UnreadableInput, match=f"port {port} is none of a web server"):
        fetch(f"{scheme}://gazette.example:{port}/", resolve=resolve)


@pytest.mark.parametrize("port", [80, 443, 8000, 8080, 8443])
def test_ports_of_web_servers_are_asked(port: int) -> None:
    with pytest.raises(UnreadableInput, match="no host named"):
        fetch(f"http://gazette.example:{port}/", resolve=lambda host, port: [])


def test_a_redirect_to_the_port_of_another_service_is_not_followed(server: str) -> None:
    with pytest.raises(UnreadableInput, match="port 25 "):
        get(f"{server}/away/http:!!gazette.example:25!")


@pytest.mark.parametrize(
    "inside", ["http:!!127.0.0.1:8000!", "http:!![::1]:8000!", "http:!!169.254.169.254!latest", "http:!![fe80::1]!", "!!10.0.0.1!"]
)
def test_a_redirect_to_a_literal_private_address_is_refused(server: str, inside: str) -> None:
    """As `is_public` decides, with the system's look-up behind the first hop."""
    hops: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        hops.append(host)
        return ["127.0.0.1"] if host == "gazette.example" else look_up(host, port)

    with pytest.raises(UnreadableInput, match="private or local address"):
        fetch(
            f"{server}/away/{inside}",
            resolve=resolve,
            allowed=lambda address: is_public(address) or (address == "127.0.0.1" and hops == ["gazette.example"]),
        )


def test_a_name_that_changes_its_address_at_the_second_hop_is_checked_again(server: str) -> None:
    """DNS rebinding between two hops: the second look-up leads inside."""
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    with pytest.raises(UnreadableInput, match="private"):
        fetch(f"{server}/hop/1", resolve=resolve, allowed=lambda address: address == "127.0.0.1")
    assert asked == ["gazette.example"] * 2


def test_a_host_that_does_not_exist() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror

    with pytest.raises(UnreadableInput, match=r"no host named dead\.example"):
        fetch("https://dead.example/", resolve=resolve)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "::7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "2001:db8::1",
        "",
        "gazette.example",
        "1.2.3",
    ],
)
def test_other_addresses(address: str) -> None:
    assert not is_public(address)
