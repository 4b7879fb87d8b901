"""Every answer carries the security headers; an error shows only the number of its request."""

import pytest
from django.db import connection
from django.test import Client

from tests.factories import worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db
ADDRESSES = ["/", "/health/", "/fi/", "/fi/session/", "/fi/nothing/", "/fi/team/", "/live/", "/static/ui/luotsi.css"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_security_headers_stand_on_every_answer(client: Client, address: str) -> None:
    answer = client.get(address)
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Request-ID"]


def test_a_missing_page_shows_its_number_and_nothing_else(client: Client) -> None:
    answer = client.get("/fi/nothing/?secret=010190-999W")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert answer["X-Request-ID"] in page
    assert "Sivua ei löytynyt" in page


def test_a_form_without_its_token_is_told_calmly() -> None:
    answer = Client(enforce_csrf_checks=True).post("/fi/session/closure/")
    assert answer.status_code == 403
    assert "Lomake oli auki liian kauan" in answer.content.decode()


def test_a_fault_of_ours_shows_a_number_and_where_to_call(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a secret from the inside")

    monkeypatch.setattr("luotsi.rooms.resident.pages.front.catalogue.life_themes", broken)
    client.raise_request_exception = False
    answer = client.get("/fi/")
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "a secret" not in page
    assert answer["X-Request-ID"] in page
    assert "116 117" in page


def test_a_stranger_host_is_refused(client: Client) -> None:
    assert client.get("/fi/", HTTP_HOST="evil.example").status_code == 400


def test_a_cookie_that_is_not_ours_is_no_error(client: Client) -> None:
    client.cookies["sessionid"] = "\x00aaaaaaaaaaaaaa"
    assert client.get("/fi/").status_code == 200


def test_too_many_parameters_are_a_calm_400(client: Client) -> None:
    answer = client.get("/fi/?" + "&".join(f"a{n}=1" for n in range(500)))
    assert answer.status_code == 400
    assert answer["X-Request-ID"] in answer.content.decode()


def test_a_signed_in_page_is_kept_by_no_browser(client: Client) -> None:
    assert signed_in(worker()).get("/fi/team/")["Cache-Control"] == "no-store"
    assert "no-store" not in client.get("/fi/").headers.get("Cache-Control", "")


@pytest.mark.parametrize("method", ["head", "options", "post"])
def test_the_live_line_answers_only_get(client: Client, method: str) -> None:
    assert getattr(client, method)("/live/").status_code == 405


def test_connections_are_not_kept_by_idle_threads() -> None:
    """Under ASGI each thread would keep its own until PostgreSQL has none left."""
    assert connection.settings_dict["CONN_MAX_AGE"] == 0
