"""One page from the public web, because the user named it: nothing else is ever fetched.

Always true here: only http and https, at ports of web servers; every hop of a redirect is checked like the first address; a name is
looked up once and the connection goes to the very address that was checked (so a name server cannot swap in a private one afterwards);
proxies, passwords and certificates from the environment are ignored; time, size and redirects are bounded. The only door to httpx2.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx2

from sayso.errors import UnreadableInput

MAX_BYTES = 10_000_000  # of the page, unpacked
MAX_SECONDS = 20.0  # from the first look-up to the last byte, redirects included
MAX_REDIRECTS = 5
CONNECT_SECONDS = 8.0

_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; sayso; one page at the reader's request)",
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9",
    "Accept-Language": "en",
    "Accept-Encoding": "gzip, deflate",
}
# Web servers listen on 80, 443, or high ports; these high ones belong to other services, and browsers refuse them as well.
_WEB_PORTS = (80, 443)
_OTHER_PORTS = frozenset({
    1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211,
})  # fmt: skip
_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))  # the last 32 bits are an IPv4 address
_INSTEAD = "save the page in a browser and give the file"


@dataclass(frozen=True, slots=True)
class Page:
    """What a server answered: the bytes, where they came from in the end, and what it said they are."""

    data: bytes
    url: str
    content_type: str
    charset: str | None


def fetch(
    url: str,
    *,
    resolve: Callable[[str, int], list[str]] | None = None,
    allowed: Callable[[str], bool] | None = None,
    seconds: float = MAX_SECONDS,
    limit: int = MAX_BYTES,
) -> Page:
    """Fetch the page at an http or https address.

    Args:
        url: the address as the user gave it.
        resolve: host and port → IP addresses; the system's look-up by default.
        allowed: whether an IP address may be connected to; `is_public` by default.
        seconds: limit for everything together.
        limit: largest page in bytes, unpacked.

    Raises:
        UnreadableInput: with one line that says why and what to do.

    """
    deadline = time.monotonic() + seconds
    outcome: list[Page | BaseException] = []

    def work() -> None:
        try:
            outcome.append(_follow(url, resolve or look_up, allowed or is_public, deadline, limit))
        except BaseException as error:  # handed on to the caller's thread
            outcome.append(error)

    # A thread of its own, since neither a look-up of a name nor a server that sends its headers letter by letter can be interrupted.
    thread = threading.Thread(target=work, name="sayso-fetch", daemon=True)
    thread.start()
    thread.join(seconds + 0.5)
    if not outcome:
        raise _too_slow()
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet: not private, loopback, link-local, shared, multicast or reserved.

    An IPv4 address that is wrapped in an IPv6 address (mapped, 6to4, Teredo, NAT64) counts as what it is.
    """
    try:
        return _is_public(ip_address(address))
    except ValueError:  # with a zone (`fe80::1%eth0`), or no address
        return False


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv6Address):
        wrapped = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        wrapped += [IPv4Address(int(ip) & 0xFFFFFFFF) for network in _TRANSLATED if ip in network]
        inner = [address for address in wrapped if address is not None]
        if inner:
            return all(_is_public(address) for address in inner)
        if ip.is_site_local:
            return False
    # Versions of Python differ in what is global, so the plain cases are named as well.
    local = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_unspecified
    return ip.is_global and not (local or ip.is_multicast or ip.is_reserved)


def look_up(host: str, port: int) -> list[str]:
    """The IP addresses of a host name, in the system's order of preference."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def _follow(url: str, resolve: Callable[[str, int], list[str]], allowed: Callable[[str], bool], deadline: float, limit: int) -> Page:
    try:
        target = httpx2.URL(url)
        trusted = httpx2.create_ssl_context(trust_env=False)
        for _ in range(MAX_REDIRECTS + 1):
            addresses = _checked(target, resolve, allowed)
            answer = _get(target, addresses, trusted, deadline, limit)
            if isinstance(answer, Page):
                return answer
            target = target.join(answer)
    except httpx2.InvalidURL:
        raise UnreadableInput("this is not a valid web address: check how it is written") from None
    except httpx2.TimeoutException:
        raise _too_slow() from None
    except httpx2.ConnectError as error:
        secure = "certificate" in str(error).lower()
        why = "its certificate is not valid" if secure else "no connection"
        raise UnreadableInput(f"{target.host} cannot be reached ({why}): check the address, or {_INSTEAD}") from None
    except httpx2.HTTPError as error:
        what = type(error).__name__
        raise UnreadableInput(f"{target.host} broke off or sent no proper answer ({what}): try again, or {_INSTEAD}") from None
    raise UnreadableInput(f"the page redirects more than {MAX_REDIRECTS} times: give the address of the article itself")


def _checked(target: httpx2.URL, resolve: Callable[[str, int], list[str]], allowed: Callable[[str], bool]) -> list[str]:
    """The addresses of the target's host, every one of them allowed."""
    if target.scheme not in ("http", "https"):
        raise UnreadableInput(f"only http and https addresses are fetched, not “{target.scheme[:20]}:”: give the page's web address")
    if target.userinfo:
        raise UnreadableInput("addresses with a user name or password are not fetched: give the address without them")
    host = target.raw_host.decode("ascii")
    if not host:
        raise UnreadableInput("this address names no host: check how it is written")
    port = target.port or (443 if target.scheme == "https" else 80)
    if (port < 1024 and port not in _WEB_PORTS) or port in _OTHER_PORTS:
        raise UnreadableInput(f"port {port} is none of a web server, so it is not asked: {_INSTEAD}")
    try:
        addresses = resolve(host, port)
    except (OSError, UnicodeError):
        addresses = []
    if not addresses:
        raise UnreadableInput(f"there is no host named {target.host}, or no network: check the address")
    if not all(allowed(address) for address in addresses):
        raise UnreadableInput(f"{target.host} is a private or local address, which is never fetched: {_INSTEAD}")
    return addresses


def _get(target: httpx2.URL, addresses: list[str], trusted: ssl.SSLContext, deadline: float, limit: int) -> Page | str:
    """The page, or the address it redirects to; tries the addresses in order until one can be connected to."""
    for at, address in enumerate(addresses):
        left = deadline - time.monotonic()
        if left <= 0:
            raise _too_slow()
        timeout = httpx2.Timeout(left, connect=min(left, CONNECT_SECONDS))
        headers = {**_HEADERS, "Host": target.netloc.decode("ascii")}
        # A client for each hop: connections are pooled by address, and one address may serve many names.
        with httpx2.Client(verify=trusted, trust_env=False, follow_redirects=False, timeout=timeout) as client:
            request = client.build_request("GET", target.copy_with(host=address), headers=headers)
            if not _is_literal(target.host):
                request.extensions = {**request.extensions, "sni_hostname": target.raw_host.decode("ascii")}
            try:
                answer = client.send(request, stream=True)
            except (httpx2.ConnectError, httpx2.ConnectTimeout):
                if at + 1 == len(addresses):
                    raise
                continue
            with closing(answer):
                return _accept(answer, target, deadline, limit)
    raise _too_slow()


def _accept(answer: httpx2.Response, target: httpx2.URL, deadline: float, limit: int) -> Page | str:
    if answer.has_redirect_location:
        return answer.headers["location"]
    if not answer.is_success:
        raise UnreadableInput(_refusal(answer.status_code, target.host))
    kind, _, _ = answer.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind and kind not in _TYPES:
        raise UnreadableInput(f"the address holds “{kind[:60]}”, not a page or a text: {_INSTEAD}")
    # One layer of gzip unpacks to at most a thousand times its size, piece by piece; layers upon layers would not be bounded.
    if answer.headers.get("content-encoding", "identity").strip().lower() not in ("identity", "gzip", "deflate", ""):
        raise UnreadableInput(f"the page is packed in a way that was not asked for: {_INSTEAD}")
    data = bytearray()
    for piece in answer.iter_bytes():
        data += piece
        if len(data) > limit:
            raise UnreadableInput(f"the page is larger than {limit / 1_000_000:g} MB: give the text of the article")
        if time.monotonic() > deadline:
            raise _too_slow()
    return Page(data=bytes(data), url=str(target), content_type=kind, charset=answer.charset_encoding)


def _refusal(status: int, host: str) -> str:
    if status in (404, 410):
        return f"{host} has no such page ({status}): check the address"
    if status in (401, 402, 403, 407, 429, 451):
        return f"{host} does not give this page to programs ({status}): {_INSTEAD}"
    if status >= 500:
        return f"{host} has a problem of its own ({status}): try again later"
    return f"{host} did not send the page ({status}): {_INSTEAD}"


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _too_slow() -> UnreadableInput:
    return UnreadableInput(f"the page did not arrive in time: try again, or {_INSTEAD}")
