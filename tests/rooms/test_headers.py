"""Every answer carries the security headers; an error shows only the number of its request."""

import pytest
from django.test import Client

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
