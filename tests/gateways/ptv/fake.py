"""A server that answers as PTV's open API v11 does, of services and channels in memory."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.factories import ptv


class Catalogue(ThreadingHTTPServer):
    """The part of PTV's open API v11 that is asked, over services and channels in memory, so many on a page."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.at = f"127.0.0.1:{self.server_port}"
        self.services: list[dict[str, Any]] = []
        self.channels: list[dict[str, Any]] = []
        self.others: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.since: list[str] = []
        self.busy = 0


class _Answers(BaseHTTPRequestHandler):
    server: Catalogue

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.server.asked.append(parts.path)
        if self.server.busy:
            self.server.busy -= 1
            self._answer(b"", status=503)
            return
        told = {name: values[0] for name, values in parse_qs(parts.query).items()}
        kind = parts.path.split("/")[3]
        held = self.server.services if kind == "Service" else self.server.channels
        if parts.path.endswith("/list"):
            wanted = told["guids"].split(",")
            assert len(wanted) <= 100
            every = [*self.server.services, *self.server.channels, *self.server.others]
            self._answer(json.dumps([one for one in every if one["id"] in wanted]).encode())
            return
        if kind == "ServiceCollection":
            self._answer(json.dumps(next(one for one in self.server.others if one["id"] in parts.path)).encode())
            return
        if "date" in told:
            self.server.since.append(told["date"])
            changed = [{"id": one["id"], "name": "…"} for one in held if one["modified"] >= told["date"]]
            self._answer(json.dumps(ptv.page(changed, of=1 if changed else 0)).encode())
            return
        size, number = 2, int(told["page"])
        items = held[(number - 1) * size : number * size] if "/code/205" in parts.path else []
        count = -(-len(held) // size) if "/code/205" in parts.path else 0
        self._answer(json.dumps(ptv.page(items, of=count, at=number)).encode())

    def _answer(self, body: bytes, *, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def serving(settings: Any) -> Iterator[Catalogue]:
    """The server, and nobody else, may be called."""
    with Catalogue() as server:
        settings.OUTBOUND, settings.OUTBOUND_INTERNAL, settings.OUTBOUND_CA = [], [server.at], ""
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
