"""Who may talk to the server, and how much: asked before any of our code sees a request, and said in the headers of every answer.

Always true here: a request is for a host that is ours (a name that somebody's name server points at this machine is not); a request that
changes something comes from a page of ours; a server that others can reach hears nobody without the key; no body is longer, and none takes
longer, than it may; no answer can be framed, guessed at, kept, or run anything but our own script.
"""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.render.templating import fill

METHODS = ("GET", "HEAD", "POST")
MAX_BODY = 64_000_000  # bytes of one request
BODY_SECONDS = 120.0  # in which it has to arrive
MAX_QUERY = 4_000  # bytes of an address with its query
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-src 'none'; frame-ancestors 'none'"
)
# With no-referrer a browser would say “null” for the origin of our own forms; nothing is said to other sites either way.
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Door:
    """Under which names the server answers, and whether it asks for a key.

    Attributes:
        port: that it listens at.
        host: that it was told to listen at.
        names: host names and addresses that are ours, lower case, IPv6 addresses in brackets.
        anywhere: whether any address in digits is a name of ours too (for a server that listens on all of them).
        key: that every request has to show; empty where none is asked for.

    """

    port: int
    host: str = LOOPBACK[1]
    names: frozenset[str] = frozenset(LOOPBACK)
    anywhere: bool = False
    key: str = ""

    @property
    def address(self) -> str:
        """What a person opens to come in."""
        return f"http://{self.host}:{self.port}/{f'?token={self.key}' if self.key else ''}"

    @property
    def cookie(self) -> str:
        """The name of the cookie that holds the key; cookies are shared between the ports of a host, so the port is part of it."""
        return f"sayso-{self.port}"

    def is_ours(self, host: str) -> bool:
        """Whether the `Host` header of a request names this server."""
        name, _, port = host.lower().rpartition(":") if not host.endswith("]") and ":" in host else (host.lower(), "", "80")
        if port != str(self.port):
            return False
        return name in self.names or (self.anywhere and _is_address(name))

    def fits(self, given: str) -> bool:
        """Whether this is the key, in a time that does not tell how much of it is right."""
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.key.encode())


class Guard:
    """Refuses what may not come in, limits what does, and puts the headers on what goes out.

    Args:
        app: the pages.
        door: who may knock.
        most: bytes of a request's body.
        seconds: in which it has to arrive.

    """

    def __init__(self, app: ASGIApp, door: Door, most: int = MAX_BODY, seconds: float = BODY_SECONDS) -> None:
        self._app, self._door, self._most, self._seconds = app, door, most, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # nothing here speaks anything else

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        refused = self._refusal(scope)
        if refused is not None:
            await refused(scope, receive, answer)
            return
        await self._app(scope, self._limited(receive), answer)

    def _refusal(self, scope: Scope) -> Response | None:
        """What to say to a request that may not come in; None for all others."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._door.is_ours(hosts[0]):
            return _line(421, "This server answers on its own address only: open the one that `sayso serve` printed.")
        if scope["method"] not in METHODS:
            return _line(405, "Only pages can be asked for here.", {"Allow": ", ".join(METHODS)})
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_QUERY:
            return _line(414, "The address is too long.")
        if self._door.key:
            unknown = self._keyless(scope, headers)
            if unknown is not None:
                return unknown
        if scope["method"] == "POST":
            origin = headers.getlist("origin")
            if origin != [f"{scope['scheme']}://{hosts[0]}"] or headers.get("sec-fetch-site", "same-origin") != "same-origin":
                return _line(403, "Another site sent this: nothing was done. Use the forms of these pages.")
            length = headers.get("content-length", "0")
            if not length.isascii() or not length.isdigit() or int(length[:20]) > self._most:
                return _line(413, f"That is more than {self._most // 1_000_000} MB: give less at a time.", {"Connection": "close"})
        return None

    def _keyless(self, scope: Scope, headers: Headers) -> Response | None:
        shown = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=20) if scope["query_string"].count(b"&") < 20 else {}
        if scope["method"] == "GET" and scope["path"] == "/" and self._door.fits(shown.get("token", [""])[0]):
            # A page of ours that leads on: after a redirect from another site the cookie would not be sent.
            welcome = HTMLResponse(str(fill("read_welcome.html.jinja")))
            welcome.set_cookie(self._door.cookie, self._door.key, httponly=True, samesite="strict")
            return welcome
        if any(self._door.fits(value) for value in _cookies(headers, self._door.cookie)):
            return None
        return _line(401, "This server asks for a key: open the whole address that `sayso serve` printed, with its token.")

    def _limited(self, receive: Receive) -> Receive:
        """The body as it comes, for as long as it is neither too long nor too slow."""
        until = time.monotonic() + self._seconds
        size, more = 0, True

        async def limited() -> Message:
            nonlocal size, more
            if not more:
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), max(0.0, until - time.monotonic()))
            except TimeoutError:
                raise HTTPException(408, "It took too long to arrive: try again.", {"Connection": "close"}) from None
            size += len(message.get("body", b""))
            more = message.get("more_body", False)
            if size > self._most:
                raise HTTPException(413, f"That is more than {self._most // 1_000_000} MB: give less at a time.", {"Connection": "close"})
            return message

        return limited


def _cookies(headers: Headers, name: str) -> list[str]:
    """The values of a cookie; what is no proper cookie is passed over."""
    found = []
    for line in headers.getlist("cookie"):
        for part in line.split(";"):
            jar: SimpleCookie = SimpleCookie()
            try:
                jar.load(part.strip())
            except CookieError:
                continue
            if name in jar:
                found.append(jar[name].value)
    return found


def _is_address(name: str) -> bool:
    try:
        ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def _line(status: int, text: str, headers: Mapping[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{text}\n", status, headers)
