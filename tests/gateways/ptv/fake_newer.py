"""A server that answers as PTV's open API v12 does, of entities in memory."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.factories import ptv_newer

KEY = "a key of the test"
_SIZE = 2
# By which parameter a list may be asked, and the field that it is about.
_ASKED_BY = {"connection": "serviceContentIds", "service-collection": "organizationContentIds"}
_MEMBERS = "items"


class Newer(ThreadingHTTPServer):
    """`held` are entities by the word of their address; those `elsewhere` are found only by their number."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.at = f"127.0.0.1:{self.server_port}"
        self.held: dict[str, list[dict[str, Any]]] = {}
        self.elsewhere: set[str] = set()
        self.municipalities = ["205", "765"]
        self.asked: list[str] = []


class _Answers(BaseHTTPRequestHandler):
    server: Newer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        told = parse_qs(parts.query)
        _, _, version, kind, *rest = parts.path.split("/")
        self.server.asked.append(f"{kind}/{'/'.join(rest)}")
        if self.headers["x-api-key"] != KEY or version != "v12":
            self._answer({"error": "no key"}, status=401)
        elif rest == ["search"]:
            self._search(kind, told)
        elif kind == "ontology-terms":
            assert len(told["uris"]) <= 20
            self._answer(ptv_newer.page([one for one in self._held(kind) if one["uri"] in told["uris"]]))
        else:
            self._answer(next(one for one in self._held(kind) if one["contentId"] == rest[0]))

    def _search(self, kind: str, told: dict[str, list[str]]) -> None:
        by = _ASKED_BY.get(kind)
        held = self._held(kind)
        if by:
            assert len(told[by]) <= 20
            held = [one for one in held if one.get(by.removesuffix("s")) in told[by]]
        else:
            assert told["municipalities"] == self.server.municipalities
            held = [one for one in held if one["contentId"] not in self.server.elsewhere]
        number = int(told["page"][0])
        items = [{key: value for key, value in one.items() if key != _MEMBERS} for one in held]
        self._answer(ptv_newer.page(items[(number - 1) * _SIZE : number * _SIZE], of=-(-len(held) // _SIZE), at=number))

    def _held(self, kind: str) -> list[dict[str, Any]]:
        return self.server.held.get(kind, [])

    def _answer(self, content: Any, *, status: int = 200) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def serving(settings: Any) -> Iterator[Newer]:
    """The server, and nobody else, may be called, with its key."""
    with Newer() as server:
        settings.OUTBOUND, settings.OUTBOUND_INTERNAL, settings.OUTBOUND_CA = [], [server.at], ""
        settings.PTV_KEY = KEY
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
