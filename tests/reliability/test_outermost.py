"""Around Django: headers on what it answers itself, an end to what may be sent; and what production adds."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.core.asgi import get_asgi_application

from luotsi.config import outermost
from luotsi.config.outermost import Outermost
from tests.factories.loops import finished
from tests.reliability.test_settings import WHOLE

SCOPE = {
    "type": "http", "http_version": "1.1", "method": "POST", "scheme": "https", "path": "/fi/x/", "raw_path": b"/fi/x/",
    "query_string": b"", "root_path": "", "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1),
}  # fmt: skip
WANTED = {b"content-security-policy", b"x-frame-options", b"x-content-type-options", b"permissions-policy"}


def ask(app: Any, bodies: list[bytes], headers: list[tuple[bytes, bytes]] | None = None, **scope: Any) -> Any:
    """The answer's beginning, after sending these pieces of a body one after the other."""

    async def exchange() -> Any:
        line = ApplicationCommunicator(app, {**SCOPE, "headers": headers or [(b"host", b"localhost")], **scope})
        for number, body in enumerate(bodies, 1):
            await line.send_input({"type": "http.request", "body": body, "more_body": number < len(bodies)})
        return await line.receive_output(5)

    return finished(exchange())


async def reader(scope: Any, receive: Any, send: Any) -> None:
    """Reads all that is sent, then says how much; gives up when the line breaks, as Django does."""
    count, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        count, more = count + len(message["body"]), message["more_body"]
    await send({"type": "http.response.start", "status": 200, "headers": [(b"count", str(count).encode())]})


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outermost, "LARGEST_BYTES", 100)


def names(answer: Any) -> list[bytes]:
    return [name for name, _ in answer["headers"]]


def test_what_fits_is_read_whole() -> None:
    answer = ask(Outermost(reader), [b"x" * 60, b"x" * 40])
    assert (answer["status"], dict(answer["headers"])[b"count"]) == (200, b"100")
    assert set(names(answer)) >= WANTED


@pytest.mark.parametrize(
    "bodies, headers",
    [
        ([b""], [(b"content-length", b"101")]),
        ([b""], [(b"content-length", b"99999999999999999999999")]),
        ([b"x" * 60, b"x" * 41], []),
        ([b"x" * 60, b"x" * 41], [(b"content-length", b"7")]),
        ([b"x" * 60, b"x" * 41], [(b"content-length", b"-7")]),
    ],
    ids=["said", "said without end", "not said", "lied", "nonsense"],
)
def test_what_is_too_large_is_not_read(bodies: list[bytes], headers: list[tuple[bytes, bytes]]) -> None:
    answer = ask(Outermost(reader), bodies, headers)
    assert answer["status"] == 413
    assert set(names(answer)) >= WANTED


def test_without_the_outermost_there_is_no_end() -> None:
    """The negative control."""
    answer = ask(reader, [b"x" * 60, b"x" * 41])
    assert (answer["status"], names(answer)) == (200, [b"count"])


def test_what_django_refuses_before_its_middleware_carries_the_headers() -> None:
    app = get_asgi_application()
    unreadable = {"query_string": b"q=\xff\xfe", "method": "GET"}
    assert set(names(ask(app, [b""], **unreadable))).isdisjoint(WANTED), "the control"
    answer = ask(Outermost(app), [b""], **unreadable)
    assert answer["status"] == 400
    assert set(names(answer)) >= WANTED
    assert len(names(answer)) == len(set(names(answer)))


PRODUCTION = """
import json, django; django.setup()
from django.conf import settings
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.http import HttpResponse
from django.test import Client, RequestFactory
request = RequestFactory().get("/", secure=True)
def page(request):
    get_token(request)
    return HttpResponse()
cookie = CsrfViewMiddleware(page)(request).cookies.output()
file = Client().get("/static/ui/luotsi.css", secure=True, headers={"host": "luotsi.example"})
plain = Client().get("/fi/?x=1", headers={"host": "luotsi.example"})
stranger = Client().get("/fi/", secure=True, headers={"host": "evil.example"})
print(json.dumps({
    "cookie": cookie, "session": [settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE,
    settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE, settings.SESSION_COOKIE_DOMAIN],
    "file": dict(file.headers), "plain": [plain.status_code, dict(plain.headers)],
    "stranger": [stranger.status_code, dict(stranger.headers)],
}))
"""


def test_production_speaks_only_tls_and_ties_its_cookies_to_the_host(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LUOTSI_")}
    done = subprocess.run(
        [sys.executable, "-c", PRODUCTION],
        env={**kept, **WHOLE, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x", "LUOTSI_DATA": str(tmp_path),
             "DJANGO_SETTINGS_MODULE": "luotsi.config.settings"},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["cookie"].startswith("Set-Cookie: __Host-csrf=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(said["cookie"].split("; "))
    assert "Domain" not in said["cookie"]
    assert said["session"] == ["__Host-session", True, True, "Lax", None]
    status, redirect = said["plain"]
    assert (status, redirect["Location"]) == (301, "https://luotsi.example/fi/?x=1")
    assert "Strict-Transport-Security" not in redirect, "it means nothing without TLS"
    assert said["stranger"][0] == 400
    for headers in (said["file"], said["stranger"][1]):
        assert headers["Strict-Transport-Security"] == "max-age=31536000"
    for headers in (said["file"], said["stranger"][1], redirect):
        assert "upgrade-insecure-requests" in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_where_pictures_are_answers_more_may_be_sent_and_there_is_an_end_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outermost, "LARGEST_WITH_FILES", 150)
    for path in ("/fi/responses/x/7/", "/sv/answers/x/7/", "/en/team/cases/x/responses/x/7/"):
        assert ask(Outermost(reader), [b"x" * 90, b"x" * 60], path=path)["status"] == 200
        assert ask(Outermost(reader), [b"x" * 90, b"x" * 61], path=path)["status"] == 413
    assert ask(Outermost(reader), [b"x" * 150], path="/fi/contact/responses/")["status"] == 413


def test_a_file_that_is_sent_stands_on_no_disk_of_the_server() -> None:
    """What is larger than the memory's share Django would write into a file of its own, unsealed."""
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE >= outermost.LARGEST_WITH_FILES
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
