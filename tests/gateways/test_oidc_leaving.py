"""A service tells that somebody signed out there (OpenID Connect Back-Channel Logout 1.0): believed only when true."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.config.models import Session
from luotsi.rooms.resident.pages import identity
from tests.factories.clients import session_of
from tests.peers.oidc import Peer, oidc_peer

ADDRESS = "/oidc/staff/leavings/"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running() -> Iterator[Peer]:
    with oidc_peer("http://testserver", {}) as found:
        yield found


@pytest.fixture
def peer(running: Peer, settings: Any) -> Peer:
    """The server, and three sessions: two of one person, one of another."""
    settings.OIDC, settings.OUTBOUND_INTERNAL = running.settings, [running.host]
    cache.clear()
    for subject, sid in (("nurse", "morning"), ("nurse", "evening"), ("doctor", "noon")):
        session_of(Who(kind="staff", role="nurse", id=uuid4()), way="staff", subject=subject, sid=sid)
    return running


def told(token: str, client: Client | None = None) -> Any:
    strict = client or Client(enforce_csrf_checks=True)
    return strict.post(ADDRESS, {"logout_token": token})


def left() -> list[str]:
    return sorted(Session.objects.values_list("sid", flat=True))


def test_a_sign_out_there_ends_that_session_here(peer: Peer) -> None:
    answer = told(peer.logout_token(sid="morning", sub="nurse"))

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert left() == ["evening", "noon"]


def test_without_a_sid_all_sessions_of_that_person_end(peer: Peer) -> None:
    assert told(peer.logout_token(sub="nurse")).status_code == 200
    assert left() == ["noon"]


def test_a_session_that_is_gone_already_is_no_fault(peer: Peer) -> None:
    assert told(peer.logout_token(sid="yesterday")).status_code == 200
    assert len(left()) == 3


def test_a_token_is_good_once(peer: Peer) -> None:
    token = peer.logout_token(sid="morning")
    session_of(Who(kind="staff", role="nurse", id=uuid4()), way="staff", subject="nurse", sid="morning")

    assert told(token).status_code == 200
    session_of(Who(kind="staff", role="nurse", id=uuid4()), way="staff", subject="nurse", sid="morning")
    again = told(token)
    assert (again.status_code, again.json(), again["Cache-Control"]) == (400, {"error": "invalid_request"}, "no-store")
    assert "morning" in left()


_NOW = int(now().timestamp())
BAD: list[dict[str, Any]] = [
    {"signed_by": "a stranger"},
    {"header": {"kid": "second"}},
    {"header": {"alg": "RS384"}},
    {"iss": "http://localhost:1"},
    {"aud": "somebody-else"},
    {"exp": _NOW - 600},
    {"exp": None},
    {"iat": None},
    {"iat": _NOW + 3600},
    {"jti": None},
    {"jti": 7},
    {"events": None},
    {"events": {"something-else": {}}},
    {"events": ["http://schemas.openid.net/event/backchannel-logout"]},
    {"nonce": "x"},
    {"sid": None},
    {"sid": 7},
    {"azp": "somebody-else"},
]


@pytest.mark.parametrize("wrong", BAD, ids=lambda wrong: "+".join(wrong))
def test_a_token_that_is_not_true_ends_nothing(peer: Peer, wrong: dict[str, Any]) -> None:
    if wrong.get("header", {}).get("alg"):
        token = peer.logout_token(sid="morning")
        head, body, signature = token.split(".")
        token = f"{head[:-4]}AAAA.{body}.{signature}"
    else:
        token = peer.logout_token(**{"sid": "morning", **wrong})
    answer = told(token)

    assert (answer.status_code, answer["Cache-Control"]) == (400, "no-store")
    assert len(left()) == 3


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "e30.e30.", "ÄÖ.ÄÖ.ÄÖ", "." * 3_000, "\x00"])
def test_what_is_no_token_at_all_ends_nothing(peer: Peer, token: str) -> None:
    assert told(token).status_code == 400
    assert len(left()) == 3


def test_one_ways_token_ends_nothing_by_another(peer: Peer) -> None:
    answer = Client().post("/oidc/residents/leavings/", {"logout_token": peer.logout_token(sid="morning")})

    assert answer.status_code == 400
    assert len(left()) == 3


def test_an_identity_token_is_no_logout_token(peer: Peer) -> None:
    claims = {"sub": "nurse", "nonce": "n", "events": None}

    assert told(peer.logout_token(**claims)).status_code == 400
    assert len(left()) == 3


def test_only_post_and_only_so_often(peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "LEAVINGS", 1)

    assert Client().get(ADDRESS).status_code == 405
    assert [told("x").status_code for _ in range(3)] == [400, 429, 429]


def test_a_way_without_a_service_hears_nothing(client: Client) -> None:
    assert client.post("/oidc/nobody/leavings/", {"logout_token": "x"}).status_code == 404


def test_a_service_whose_keys_cannot_be_read_is_asked_to_come_again(peer: Peer, settings: Any) -> None:
    token = peer.logout_token(sid="morning")
    settings.OUTBOUND_INTERNAL = []
    answer = told(token)

    assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")
    assert len(left()) == 3


def test_how_long_a_used_token_is_remembered_outlasts_it(peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    remembered: list[int] = []

    def take(name: str, key: str, *, limit: int, seconds: int) -> bool:
        remembered.append(seconds)
        return True

    monkeypatch.setattr(identity.allowance, "take", take)
    told(peer.logout_token(sid="morning", exp=int((now() + timedelta(hours=2)).timestamp())))

    assert remembered[-1] >= 2 * 60 * 60 + 60
