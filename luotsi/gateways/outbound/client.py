"""Calling other machines: only listed ones, only where their name was seen to lead, never further than asked.

No redirect is followed, no proxy or password file of the machine is read, an answer is cut off at its size and time.
"""

import socket
import time
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.util.connection import create_connection

from luotsi.gateways.outbound import lookup
from luotsi.gateways.outbound.allowed import Allowed, NotAllowed

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 5.0, 10.0, 30.0
LARGEST_BYTES = 5_000_000
_CHUNK = 65_536


class OutboundError(requests.RequestException):
    """The other machine was not asked, or did not answer as it should. One sentence: what for, whom, why.

    A RequestException, so that libraries which were given our session treat it as theirs. Never carries the path or
    query of the address, where codes and tokens travel.
    """


def fetch(
    url: str,
    *,
    purpose: str,
    limit_bytes: int = LARGEST_BYTES,
    content_types: Collection[str] = (),
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """GET the address and answer its body. `purpose` is for the sentence: "Suomi.fi's metadata".

    A header may hold a key.
    Raises OutboundError: not listed, no answer, a status other than 2xx, another content type, too long or too slow.
    """
    with session(purpose=purpose, limit_bytes=limit_bytes) as line:
        answer = line.get(url, headers=headers)
    host = urlsplit(answer.url).hostname
    if not answer.ok:
        raise OutboundError(f"{purpose}: {host} answered {answer.status_code}")
    kind = answer.headers.get("Content-Type", "").split(";")[0].strip().lower()
    if content_types and kind not in content_types:
        raise OutboundError(f"{purpose}: {host} sent {kind or 'no content type'}, not {' or '.join(content_types)}")
    return answer.content


def session(*, purpose: str = "a call outside", limit_bytes: int = LARGEST_BYTES) -> requests.Session:
    """A requests.Session for libraries that bring their own protocol. Every answer is read whole, within the limit."""
    return _Session(purpose, limit_bytes)


class _Session(requests.Session):
    def __init__(self, purpose: str, limit_bytes: int) -> None:
        super().__init__()
        self.purpose = purpose
        self.trust_env = False  # neither the machine's proxy nor its .netrc
        self.verify = settings.OUTBOUND_CA or True
        self.adapters.clear()
        for scheme in ("https://", "http://"):
            self.mount(scheme, _Adapter(purpose, limit_bytes))

    def request(self, method: str, url: str, **options: Any) -> requests.Response:  # type: ignore[override]
        """As requests' own, but for what may not be chosen: TLS is checked, redirects stay, nobody waits for ever."""
        options |= {"allow_redirects": False, "verify": self.verify, "proxies": None, "stream": False}
        try:
            return super().request(method, url, **options)
        except OutboundError:
            raise
        except (requests.RequestException, UnicodeError) as error:
            raise OutboundError(f"{self.purpose}: the address cannot be called ({type(error).__name__})") from None

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Also one who calls `send` is not led on."""
        return


class _Adapter(HTTPAdapter):
    def __init__(self, purpose: str, limit_bytes: int) -> None:
        self.purpose, self.limit_bytes = purpose, limit_bytes
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]
        host = urlsplit(str(request.url)).hostname or "an address without a host"
        options |= {"stream": True, "timeout": urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)}
        options["proxies"] = {}
        try:
            answer = super().send(request, **options)
            self._read(answer, host, until=time.perf_counter() + WHOLE_SECONDS)
        except OutboundError:
            raise
        except NotAllowed as why:
            raise OutboundError(f"{self.purpose}: {host} may not be called: {why}") from None
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise OutboundError(f"{self.purpose}: {host} did not answer ({type(error).__name__})") from None
        if answer.is_redirect:
            raise OutboundError(f"{self.purpose}: {host} points elsewhere; give the final address instead")
        return answer

    def _read(self, answer: requests.Response, host: str, *, until: float) -> None:
        """Take the body in, and hang up when there is too much of it or it comes too slowly."""
        body = bytearray()
        try:
            while chunk := answer.raw.read1(_CHUNK, decode_content=True):
                body += chunk
                if len(body) > self.limit_bytes:
                    raise OutboundError(f"{self.purpose}: {host} sends more than {self.limit_bytes} bytes")
                if time.perf_counter() > until:
                    raise OutboundError(f"{self.purpose}: {host} takes longer than {WHOLE_SECONDS:.0f} seconds")
        finally:
            answer.raw.close()
        answer._content, answer._content_consumed = bytes(body), True


def _open(connection: Any, scheme: str) -> socket.socket:
    """Connect to the address that was checked: the name is asked once, so it cannot lead elsewhere the second time."""
    allowed = Allowed(settings.OUTBOUND, settings.OUTBOUND_INTERNAL, plain=settings.MODE == "demo")
    host, port = connection.host, connection.port
    allowed.check_host(scheme, host, port)
    addresses = lookup.addresses(host, port)
    for address in addresses:
        allowed.check_address(host, port, address)
    return _first(addresses, port, connection)


def _first(addresses: list[str], port: int, connection: Any) -> socket.socket:
    """The first of the addresses that takes the call."""
    for address in addresses[:-1]:
        try:
            return create_connection((address, port), connection.timeout, socket_options=connection.socket_options)
        except OSError:
            continue
    return create_connection((addresses[-1], port), connection.timeout, socket_options=connection.socket_options)


class _PlainConnection(urllib3.connection.HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _open(self, "http")


class _SecureConnection(urllib3.connection.HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _open(self, "https")


class _PlainPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _SecureConnection
