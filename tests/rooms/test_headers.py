"""Every answer carries the security headers: each address, asked in each way, by each kind of viewer; each error."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import get_resolver

from luotsi.config import ceilings, headers
from luotsi.config.ceilings import Ceiling
from luotsi.domain.events import actions as events
from tests.architecture.test_routes import routes
from tests.factories import as_who, resident, worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db
WAYS = ("get", "head", "options", "post", "put", "delete")
FILLED = {
    "uuid": lambda: str(uuid4()),
    "int": lambda: "1",
    "slug": lambda: "kuhmo",
    "str": lambda: "x",
    "path": lambda: "x",
    "place": lambda: "1",
}
CONTACT = "/fi/services/nurse-reception/contact/"


def lacking(answer: HttpResponseBase, *, is_private: bool = False) -> list[str]:
    """What the answer does not carry, or carries wrongly."""
    policy = answer.headers.get("Content-Security-Policy", "")
    wanted = {
        "Content-Security-Policy": all(
            part in policy
            for part in ("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'")
        )
        and not re.search(r"unsafe|\*|https?:", policy),
        "X-Content-Type-Options": answer.headers.get("X-Content-Type-Options") == "nosniff",
        "X-Frame-Options": answer.headers.get("X-Frame-Options") == "DENY",
        "Referrer-Policy": answer.headers.get("Referrer-Policy") == "same-origin",
        "Cross-Origin-Opener-Policy": answer.headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "Cross-Origin-Resource-Policy": answer.headers.get("Cross-Origin-Resource-Policy") == "same-origin",
        "Permissions-Policy": "camera=()" in answer.headers.get("Permissions-Policy", ""),
        "X-Request-ID": re.fullmatch(r"[0-9a-f]{12}", answer.headers.get("X-Request-ID", "")),
        "Cache-Control": not is_private or "no-store" in answer.headers.get("Cache-Control", ""),
        "no Server": not {"Server", "X-Powered-By"} & set(answer.headers),
        "cookies": all(
            cookie["httponly"] and cookie["samesite"] in {"Lax", "Strict"} and not cookie["domain"]
            for cookie in answer.cookies.values()
        ),
    }
    return [name for name, stands in wanted.items() if not stands]


def addresses() -> Iterator[str]:
    """Every address there is, its variable parts filled with something of the right form."""
    for pattern, _ in routes(get_resolver().url_patterns):
        yield "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: FILLED[found[1] or "str"](), pattern).replace("\\Z", "")


def viewers() -> dict[str, Client]:
    kinds = ("nurse", "unit-manager", "privacy-officer", "county-administrator", "programme-coordinator")
    staff = {role: signed_in(worker(role)) for role in kinds}
    return {"visitor": Client(), "resident": signed_in(as_who(resident())), **staff}


def walk() -> Iterator[tuple[str, HttpResponseBase, list[str]]]:
    """Each way × address × viewer, with what its answer lacks. Signing out is left to the end of nobody's walk."""
    for name, browser in viewers().items():
        browser.raise_request_exception = False
        for address in addresses():
            for way in WAYS:
                if name != "visitor" and address.endswith("/closure/") and way == "post":
                    continue
                answer = getattr(browser, way)(address)
                signed = name != "visitor" and not address.startswith("/static/")
                yield f"{name} {way} {address}", answer, lacking(answer, is_private=signed)


def test_every_answer_carries_the_headers(figures: Callable[[str], None]) -> None:
    answers = list(walk())
    kinds = Counter(f"{answer.status_code // 100}xx" for _, answer, _ in answers)
    without = sum(1 for _, _, lack in answers if lack)
    figures(f"R28: {len(answers)} answers {dict(sorted(kinds.items()))}: {without} without the security headers")
    assert len(answers) >= 1_000
    assert [(asked, lack) for asked, _, lack in answers if lack] == []
    assert [asked for asked, answer, _ in answers if answer.status_code == 500] == []


def test_a_header_that_is_missing_is_noticed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: without our own middleware's part the same look finds what is gone."""
    assert lacking(client.get("/fi/")) == []
    monkeypatch.setattr(headers, "fixed", lambda **_: {})
    assert {"X-Frame-Options", "Permissions-Policy", "Cross-Origin-Resource-Policy"} <= set(lacking(client.get("/fi/")))
    monkeypatch.undo()
    answer = client.get("/fi/")
    answer["Server"], answer["Content-Security-Policy"] = "x", "default-src 'self' 'unsafe-inline'"
    answer.set_cookie("loose", "x")
    assert lacking(answer, is_private=True) == ["Content-Security-Policy", "Cache-Control", "no Server", "cookies"]


def _broken(*_: object, **__: object) -> None:
    raise RuntimeError("a secret from the inside")


def _unlogged(*_: object, **__: object) -> None:
    raise events.LogUnavailable


def _fault(monkeypatch: pytest.MonkeyPatch) -> HttpResponseBase:
    monkeypatch.setattr("luotsi.rooms.resident.pages.front.catalogue.life_themes", _broken)
    return Client(raise_request_exception=False).get("/fi/")


def _no_log(monkeypatch: pytest.MonkeyPatch) -> HttpResponseBase:
    monkeypatch.setattr("luotsi.rooms.page._looking", _unlogged)
    return signed_in(worker()).get("/fi/team/")


def _too_often(monkeypatch: pytest.MonkeyPatch) -> HttpResponseBase:
    monkeypatch.setattr(ceilings, "VISITORS", Ceiling("visitor", 0, 60, open=True))
    return Client().post("/fi/session/closure/")


def _too_large() -> HttpResponseBase:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["csrftoken"] = "x" * 32  # so that the form is read in search of its token
    return browser.post("/fi/session/closure/", {"what": "x" * 300_000})


ERRORS: dict[str, tuple[int, Callable[[pytest.MonkeyPatch], HttpResponseBase]]] = {
    "a stranger's host": (400, lambda _: Client().get("/fi/", HTTP_HOST="evil.example")),
    "a code in the address": (400, lambda _: Client().get("/fi/?q=010190-999W")),
    "too many parameters": (400, lambda _: Client().get("/fi/?" + "&".join(f"a{n}=1" for n in range(500)))),
    "no token": (403, lambda _: Client(enforce_csrf_checks=True).post("/fi/session/closure/")),
    "another's room": (403, lambda _: signed_in(as_who(resident())).get("/fi/team/")),
    "no such page": (404, lambda _: Client().get("/fi/nothing/")),
    "no such file": (404, lambda _: Client().get("/static/nothing.css")),
    "another way": (405, lambda _: Client().put("/fi/")),
    "too large": (413, lambda _: _too_large()),
    "too often": (429, _too_often),
    "our fault": (500, _fault),
    "no log": (503, _no_log),
    "a file": (200, lambda _: Client().get("/static/ui/luotsi.css")),
    "unchanged": (
        304,
        lambda _: Client().get("/static/ui/luotsi.css", headers={"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}),
    ),
    "a redirect": (302, lambda _: Client().get("/")),
    "a stream": (200, lambda _: signed_in(worker()).get("/live/")),
    "a stream for nobody": (403, lambda _: Client().get("/live/")),
    "health": (200, lambda _: Client().get("/health/")),
}


@pytest.mark.parametrize("what", ERRORS)
def test_errors_files_redirects_and_streams_carry_them_too(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    status, ask = ERRORS[what]
    answer = ask(monkeypatch)
    assert (answer.status_code, lacking(answer)) == (status, [])
    if status >= 400 and not answer.streaming and what not in {"a stream for nobody", "another way"}:
        page = answer.content.decode()
        assert "a secret" not in page
        assert "010190" not in page
        assert answer["X-Request-ID"] in page or status == 413


def test_a_fault_of_ours_says_where_to_call(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "116 117" in _fault(monkeypatch).content.decode()  # type: ignore[attr-defined]


def test_a_form_without_its_token_is_told_calmly() -> None:
    answer = Client(enforce_csrf_checks=True).post("/fi/session/closure/")
    assert "Lomake oli auki liian kauan" in answer.content.decode()


@pytest.mark.parametrize(
    "language, words",
    [("fi", "Sivun osoitteessa oli henkilötunnus"), ("sv", "personbeteckning i adressen"), ("en", "identity code in")],
)
def test_a_code_in_the_address_is_told_in_the_language_of_the_address(language: str, words: str) -> None:
    for address in (f"/{language}/?q=010190-999W", f"/{language}/010190a999w/", f"/{language}/?q=010190%252D999W"):
        answer = Client().get(address)
        assert (answer.status_code, words in answer.content.decode()) == (400, True)


def test_a_cookie_that_is_not_ours_is_no_error(client: Client, settings: Any) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "\x00aaaaaaaaaaaaaa"
    assert client.get("/fi/").status_code == 200


def test_a_public_page_may_be_kept_by_the_browser(client: Client) -> None:
    assert "no-store" not in client.get("/fi/").headers.get("Cache-Control", "")


@pytest.mark.parametrize("method", ["head", "options", "post"])
def test_the_live_line_answers_only_get(client: Client, method: str) -> None:
    assert getattr(client, method)("/live/").status_code == 405


def test_connections_are_not_kept_by_idle_threads() -> None:
    """Under ASGI each thread would keep its own until PostgreSQL has none left."""
    assert connection.settings_dict["CONN_MAX_AGE"] == 0
