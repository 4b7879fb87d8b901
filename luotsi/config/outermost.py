"""Around Django: an end to how much may be sent, and the headers also on what Django answers before any middleware."""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from csp.utils import build_policy

from luotsi.config import errors, headers

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

# A spreadsheet of the largest kind and the form around it. Django would keep any amount on its disk before looking.
LARGEST_BYTES = 6_000_000
# Where pictures are answers: one that is too large is told by its question, and nothing else on the page is lost.
LARGEST_WITH_FILES = 12_000_000
_WITH_FILES = re.compile(r"/[a-z]{2}/(?:responses|answers|team/cases/[^/]+/responses)/")


class Outermost:
    """An ASGI application around another one."""

    def __init__(self, inner: App) -> None:
        self.inner = inner

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        exchange = _Exchange(scope, receive, send)
        if exchange.says_too_much():
            await exchange.refuse()
            return
        await self.inner(scope, exchange.receive, exchange.send)
        if exchange.was_cut and not exchange.has_answered:
            await exchange.refuse()


class _Exchange:
    """One request and its answer, counted on the way in and dressed on the way out."""

    def __init__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        self._headers = dict(scope["headers"])
        self._is_secure = scope.get("scheme") == "https"
        self._receive, self._send = receive, send
        self._bytes, self._most = 0, LARGEST_BYTES
        if _WITH_FILES.match(str(scope.get("path", ""))):
            self._most = LARGEST_WITH_FILES
        self.was_cut = self.has_answered = False

    def says_too_much(self) -> bool:
        said = self._headers.get(b"content-length", b"")
        return said.isdigit() and int(said) > self._most

    async def receive(self) -> Message:
        message = await self._receive()
        self._bytes += len(message.get("body", b""))
        if self._bytes > self._most:
            self.was_cut = True
            return {"type": "http.disconnect"}
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.has_answered = True
            known = {name.lower() for name, _ in message["headers"]}
            lacking = [(name, value) for name, value in self._wanted() if name not in known]
            message = {**message, "headers": [*message["headers"], *lacking]}
        await self._send(message)

    async def refuse(self) -> None:
        """413, and the line is closed: what is still being sent is not read."""
        body = errors.TOO_LARGE.encode()
        about = [(b"content-type", b"text/html; charset=utf-8"), (b"connection", b"close")]
        about.append((b"content-length", str(len(body)).encode()))
        await self.send({"type": "http.response.start", "status": 413, "headers": about})
        await self._send({"type": "http.response.body", "body": body})

    def _wanted(self) -> list[tuple[bytes, bytes]]:
        fixed = headers.fixed(secure=self._is_secure) | {"Content-Security-Policy": build_policy()}
        return [(name.lower().encode(), value.encode()) for name, value in fixed.items()]
