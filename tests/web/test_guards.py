"""Whoever should not come in, does not: other hosts, other sites, other methods, too much, too slow, without the key."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import anyio
import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from sayso.web.app import GET, POST, application
from sayso.web.desk import Desk
from sayso.web.guards import HEADERS, Door, Guard

HERE = "http://127.0.0.1:8765"


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST:8765", "[::1]:8765"])
def test_our_own_names_are_answered(visitor: Any, host: str) -> None:
    assert visitor.get("/read", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:8765", "127.0.0.1", "127.0.0.1:80", "localhost:8766", "localhost.evil.example:8765", "[::2]:8765"),
        *("127.0.0.1:8765.evil.example", "127.0.0.1.evil.example:8765", "", ":8765", "127.1:8765", "localhost.:8765", "@127.0.0.1:8765"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/read", "/assets/site.css"])
def test_names_that_lead_here_and_are_not_ours_are_refused(visitor: Any, host: str, path: str) -> None:
    answer = visitor.get(path, headers={"Host": host})
    assert answer.status_code == 421
    assert "<html" not in answer.text
    assert answer.headers["content-security-policy"]


def test_two_hosts_are_refused(visitor: Any) -> None:
    assert visitor.get("/read", headers=[("Host", "127.0.0.1:8765"), ("Host", "evil.example")]).status_code == 421


def test_on_port_80_the_host_has_no_port() -> None:
    assert Door(80).is_ours("localhost")
    assert Door(80).is_ours("[::1]")
    assert not Door(8765).is_ours("localhost")


def test_a_server_on_all_addresses_answers_to_addresses_and_not_to_names() -> None:
    door = Door(8765, names=frozenset({"desk.local"}), anywhere=True)
    assert all(map(door.is_ours, ("192.168.1.7:8765", "[fe80::1]:8765", "desk.local:8765")))
    assert not any(map(door.is_ours, ("evil.example:8765", "192.168.1.7:80", "192.168.1.7.evil.example:8765")))


ATTACKS = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "https://127.0.0.1:8765"},
    {"Origin": "http://127.0.0.1:8766"},
    {"Origin": "http://127.0.0.1:8765.evil.example"},
    {"Origin": ""},
    {},
    {"Origin": HERE, "Sec-Fetch-Site": "cross-site"},
    {"Origin": HERE, "Sec-Fetch-Site": "same-site"},
    {"Origin": HERE, "Sec-Fetch-Site": "none"},
]
PATHS = [path.replace("{job}", "x").replace("{at}", "x") for path, _ in POST]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("headers", ATTACKS, ids=lambda headers: " ".join(headers.values()) or "nothing")
def test_what_other_sites_send_is_refused_even_with_the_token(visitor: Any, path: str, headers: dict[str, str]) -> None:
    data = {"token": visitor.desk.token, "way": "text", "text": "The mayor said no."}
    answer = visitor.client.post(path, data=data, headers=headers, follow_redirects=False)
    assert answer.status_code == 403
    assert len(visitor.desk.shelf) == 0


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("token", ["", "x", "x" * 32, "\N{SNOWMAN}"])
def test_a_form_without_our_token_is_refused(visitor: Any, path: str, token: str) -> None:
    answer = visitor.post(path, {"token": token, "way": "text", "text": "The mayor said no."})
    assert answer.status_code == 403
    assert "load the page again" in answer.text


def test_a_form_with_a_file_for_a_token_is_refused(visitor: Any) -> None:
    headers = {"Origin": HERE}
    answer = visitor.client.post("/read", files={"token": ("token", visitor.desk.token.encode())}, headers=headers)
    assert answer.status_code == 403


def test_the_token_is_another_one_at_every_start(desk: Desk) -> None:
    assert desk.token != Desk(lambda: pytest.fail("no reader is needed")).token
    assert len(desk.token) >= 32


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_other_methods_are_refused(visitor: Any, method: str) -> None:
    answer = visitor.client.request(method, "/read")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST"


def test_a_page_cannot_be_changed_by_asking_for_it(visitor: Any) -> None:
    assert visitor.get("/reading/x/stop").status_code in (404, 405)
    assert visitor.post("/articles").status_code == 405


@pytest.mark.parametrize("path", [path.replace("{job}", "x").replace("{at}", "x") for path, _ in GET])
def test_every_answer_carries_the_headers(visitor: Any, path: str) -> None:
    answer = visitor.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "server" not in answer.headers
    head = visitor.client.head(path)
    assert head.status_code == answer.status_code
    assert head.content == b""


def test_the_policy_lets_nothing_in_but_our_own() -> None:
    policy = dict(part.strip().split(" ", 1) for part in HEADERS["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == policy["frame-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    assert "*" not in HEADERS["Content-Security-Policy"]


def test_a_long_address_is_refused(visitor: Any) -> None:
    assert visitor.get("/articles?q=" + "a" * 5000).status_code == 414
    assert visitor.get("/" + "a" * 5000).status_code == 414


@pytest.fixture
def narrow() -> TestClient:
    """A guard that lets 1 kB through, in front of an application that reads all of it."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return
        size, more = 0, True
        while more:
            message = await receive()
            size, more = size + len(message.get("body", b"")), message.get("more_body", False)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": str(size).encode()})

    return TestClient(Guard(app, Door(8765), most=1000, seconds=0.3), base_url=HERE)


def test_a_body_that_says_that_it_is_too_long_is_refused_at_once(narrow: TestClient) -> None:
    headers = {"Origin": HERE}
    assert narrow.post("/", content=b"a" * 1000, headers=headers).text == "1000"
    assert narrow.post("/", content=b"a" * 1001, headers=headers).status_code == 413
    for length in ("-1", "9" * 40, "1e3", "٣"):
        sent = [(b"host", b"127.0.0.1:8765"), (b"origin", HERE.encode()), (b"content-length", length.encode())]
        scope = {"type": "http", "method": "POST", "scheme": "http", "path": "/", "raw_path": b"/", "query_string": b"", "headers": sent}
        assert _status(Guard(_never, Door(8765), most=1000), scope) == 413


def test_a_body_that_lies_about_its_length_is_cut_off() -> None:
    """Without a length, or with a small one, what comes is counted."""
    taken: list[int] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        while True:
            taken.append(len((await receive())["body"]))

    async def forever() -> Message:
        return {"type": "http.request", "body": b"a" * 400, "more_body": True}

    sent = [(b"host", b"127.0.0.1:8765"), (b"origin", HERE.encode()), (b"content-length", b"3")]
    scope = {"type": "http", "method": "POST", "scheme": "http", "path": "/", "raw_path": b"/", "query_string": b"", "headers": sent}
    with pytest.raises(Exception, match="413"):
        anyio.run(Guard(app, Door(8765), most=1000), scope, forever, _nowhere)
    assert sum(taken) <= 1000


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    async def slow() -> Message:
        await anyio.sleep(30)
        raise AssertionError

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()

    scope = {"type": "http", "method": "POST", "scheme": "http", "path": "/", "raw_path": b"/", "query_string": b""}
    scope["headers"] = [(b"host", b"127.0.0.1:8765"), (b"origin", HERE.encode())]
    started = time.perf_counter()
    with pytest.raises(Exception, match="408"):
        anyio.run(Guard(app, Door(8765), seconds=0.2), scope, slow, _nowhere)
    assert time.perf_counter() - started < 5


def test_a_body_that_drips_is_not_waited_for() -> None:
    """Every piece comes soon, and all of it never."""

    async def drip() -> Message:
        await anyio.sleep(0.02)
        return {"type": "http.request", "body": b"a", "more_body": True}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        while True:
            await receive()

    scope = {"type": "http", "method": "POST", "scheme": "http", "path": "/", "raw_path": b"/", "query_string": b""}
    scope["headers"] = [(b"host", b"127.0.0.1:8765"), (b"origin", HERE.encode())]
    started = time.perf_counter()
    with pytest.raises(Exception, match="408"):
        anyio.run(Guard(app, Door(8765), seconds=0.2), scope, drip, _nowhere)
    assert time.perf_counter() - started < 5


KEY = "k" * 32


@pytest.fixture
def keyed(desk: Desk) -> Iterator[TestClient]:
    with TestClient(application(desk, Door(8765, key=KEY)), base_url=HERE) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/read", "/assets/site.css", "/?token=", "/?token=x", "/?token=" + "k" * 31, "/read?token=" + KEY])
def test_without_the_key_nobody_comes_in(keyed: TestClient, path: str) -> None:
    answer = keyed.get(path)
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    assert KEY not in answer.text


@pytest.mark.parametrize("value", ["", "x", "k" * 31, "k" * 33, '"', "\\", "sayso-8765=;=", "\x80"])
def test_with_another_cookie_nobody_comes_in(keyed: TestClient, value: str) -> None:
    headers = {"Cookie": f"a=b; sayso-8765={value}; other".encode("latin-1")}
    assert keyed.get("/read", headers=headers).status_code == 401  # type: ignore[arg-type]


def test_the_key_opens_once_and_the_cookie_from_then_on(keyed: TestClient, desk: Desk) -> None:
    answer = keyed.get(f"/?token={KEY}")
    assert answer.status_code == 200
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert 'content="0; url=/"' in answer.text
    assert KEY not in answer.text
    assert keyed.get("/read").status_code == 200
    # The cookie alone sends no form.
    sent = keyed.post("/read", data={"token": "", "way": "text", "text": "No, he said."}, headers={"Origin": HERE})
    assert sent.status_code == 403
    sent = keyed.post("/read", data={"token": desk.token, "way": "text", "text": "x"}, headers={"Origin": "http://evil.example"})
    assert sent.status_code == 403


def test_a_form_needs_the_key_too(keyed: TestClient, desk: Desk) -> None:
    sent = keyed.post("/read", data={"token": desk.token, "way": "text", "text": "x"}, headers={"Origin": HERE})
    assert sent.status_code == 401


def test_what_is_no_page_is_not_spoken(desk: Desk) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError

    anyio.run(Guard(app, Door(8765)), {"type": "websocket"}, _never, _nowhere)


async def _never(*_: object) -> Any:
    raise AssertionError("nobody should ask")


async def _nowhere(message: Message) -> None:
    pass


def _status(app: Any, scope: Scope) -> int:
    found: list[int] = []

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            found.append(message["status"])

    anyio.run(app, scope, _never, send)
    return found[0]
