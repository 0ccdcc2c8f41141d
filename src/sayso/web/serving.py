"""The server itself: a socket that is ours, an application on it, and an end on Ctrl-C.

Always true here: the socket is bound before anything is said or loaded, so that the address that is told is the one that answers; what a
client sends before its request is whole has to come in time.
"""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from secrets import token_urlsafe

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from sayso.errors import UsageError
from sayso.web.guards import LOOPBACK, Door

MAX_CONNECTIONS = 200
HEADER_SECONDS = 20.0  # in which the head of the first request has to come
HEADER_BYTES = 32_768


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine can reach a server at this host."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_wildcard(host: str) -> bool:
    """Whether this stands for all addresses of the machine."""
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False


def bound(host: str, port: int) -> socket.socket:
    """A socket at this host and port; port 0 takes one that is free.

    Raises:
        UsageError: the port is taken, or the host is none of this machine's.

    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except OSError:
        raise UsageError(f"there is no host named {host}: give an address of this machine") from None
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise UsageError(f"port {port} of {host} is taken: give another one (--port), or 0 to have one chosen") from None
        raise UsageError(f"cannot listen at {host}, port {port} ({(error.strerror or 'no reason given').lower()})") from None
    listening.setblocking(False)
    return listening


def door_of(host: str, listening: socket.socket, *, with_key: bool) -> Door:
    """The door of a server that listens there: under which names it answers, and its key."""
    port = int(listening.getsockname()[1])
    name = f"[{host}]" if ":" in host else host.lower()
    if is_wildcard(host):
        name = socket.gethostname().lower()
    names = {*LOOPBACK, name}
    return Door(port, name, frozenset(names), anywhere=is_wildcard(host), key=token_urlsafe(24) if with_key else "")


def run(app: ASGIApp, listening: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until a signal ends it.

    Args:
        app: what answers.
        listening: where.
        ready: called once the server answers.

    Raises:
        KeyboardInterrupt: Ctrl-C, after everything has been put away.

    """
    config = uvicorn.Config(
        app,
        http=_Patient,
        ws="none",
        lifespan="on",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        limit_concurrency=MAX_CONNECTIONS,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=HEADER_BYTES,
    )
    server = _Server(config, ready)
    with listening:
        server.run(sockets=[listening])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


class _Patient(H11Protocol):
    """HTTP, with an end to patience: a connection that does not send the whole head of a request in time is closed."""

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._timer = self.loop.call_later(HEADER_SECONDS, self._end)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        cycle: RequestResponseCycle | None = getattr(self, "cycle", None)
        answered = cycle is None or cycle.response_complete
        if not answered and self._timer is not None:
            self._timer.cancel()
            self._timer = None
        elif answered and self._timer is None:
            self._timer = self.loop.call_later(HEADER_SECONDS, self._end)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def _end(self) -> None:
        with suppress(OSError):
            self.transport.close()
