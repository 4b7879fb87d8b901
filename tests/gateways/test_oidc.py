"""Staff and residents sign in by OpenID Connect, against a real server (npm oidc-provider)."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from luotsi.base.now import now
from luotsi.config.models import Session
from luotsi.demo.residents import identity_code
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.people.models import Resident
from luotsi.rooms import session as sessions
from luotsi.rooms.resident.pages import identity
from tests.peers.oidc import SECRET, Errand, Peer, oidc_peer

CODE = identity_code((now() - timedelta(days=365 * 40)).date(), "-", 934)
PEOPLE: dict[str, dict[str, Any]] = {
    "nurse": {
        "name": "Hilla Hoitaja",
        "email": "hilla.hoitaja@example.org",
        "groups": ["luotsi-kajaani-hva-nurse", "parking"],
    },
    "cook": {"name": "Kaisa Keittäjä", "email": "kaisa.keittaja@example.org", "groups": ["parking"]},
    "sanni": {"given_name": "Sanni", "family_name": "Testinen", "national_identification_number": CODE},
    "pierre": {"given_name": "Pierre", "family_name": "Exemple"},
    "odd": {"given_name": "Outi", "family_name": "Outo", "national_identification_number": "not a code"},
}
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running() -> Iterator[Peer]:
    with oidc_peer("http://testserver", PEOPLE) as found:
        yield found


@pytest.fixture
def peer(running: Peer, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Peer]:
    settings.OIDC = running.settings
    settings.OUTBOUND_INTERNAL = [running.host]
    settings.ALLOWED_HOSTS = ["testserver"]
    monkeypatch.setattr(sessions, "WAYS", [identity.way_in(way) for way in running.settings])
    cache.clear()
    organisation.load_units()
    yield running
    running.bend("")


@pytest.fixture
def errand(client: Client, peer: Peer) -> Errand:
    return Errand(client, peer)


def test_a_nurse_of_the_directory_lands_on_her_worklist(errand: Errand) -> None:
    landed = errand.sign_in("staff", "nurse")
    row = Session.objects.get()

    assert landed["Location"] == "/fi/team/"
    assert landed["Cache-Control"] == "no-store"
    assert "Hilla Hoitaja" in errand.client.get("/fi/team/").content.decode()
    assert (row.kind, row.way, row.subject) == ("staff", "staff", "nurse")
    assert row.sid


def test_one_comes_back_to_where_one_was_in_ones_own_language(errand: Errand) -> None:
    assert errand.sign_in("staff", "nurse", onward="/sv/boards/", language="sv")["Location"] == "/sv/boards/"
    assert errand.sign_in("staff", "nurse", language="en")["Location"] == "/en/team/"


def test_nobody_is_sent_on_to_a_strangers_page(errand: Errand) -> None:
    assert errand.sign_in("staff", "nurse", onward="https://evil.example/")["Location"] == "/fi/team/"


def test_the_question_carries_state_nonce_and_a_challenge(errand: Errand) -> None:
    asked = parse_qs(urlsplit(errand.ask("staff")).query)

    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert all(len(asked[name][0]) >= 16 for name in ("state", "nonce", "code_challenge"))


def test_without_a_group_nobody_gets_in_and_is_told_whom_to_ask(errand: Errand) -> None:
    refused = errand.sign_in("staff", "cook")

    assert refused.status_code == 403
    assert "esihenkilö" in refused.content.decode()
    assert not Session.objects.exclude(kind="").exists()
    assert errand.client.get("/fi/team/").status_code == 302


def test_a_resident_is_registered_by_what_the_broker_vouches_for(errand: Errand) -> None:
    landed = errand.sign_in("residents", "sanni", anew="1")
    known = Resident.objects.get()
    row = Session.objects.get()

    assert landed["Location"] == "/fi/matters/"
    assert (known.first_name, known.last_name) == ("Sanni", "Testinen")
    assert (row.kind, row.person, row.way) == ("resident", known.id, "residents")
    assert now() - row.confirmed_at < timedelta(minutes=1)


def test_signing_in_again_finds_the_same_resident(errand: Errand) -> None:
    errand.sign_in("residents", "sanni")
    errand.sign_in("residents", "sanni")

    assert Resident.objects.count() == 1


@pytest.mark.parametrize("who", ["pierre", "odd"])
def test_without_a_finnish_identity_code_the_broker_signs_nobody_in(errand: Errand, who: str) -> None:
    refused = errand.sign_in("residents", who)

    assert refused.status_code == 400
    assert "Soita" in refused.content.decode()
    assert not Resident.objects.exists()


def test_the_identity_code_reaches_no_session_address_or_log(errand: Errand, caplog: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        back = errand.choose(errand.ask("residents"), "sanni")
        landed = errand.come_back(back)
    kept = errand.client.session

    assert landed.status_code == 302
    assert CODE not in back + landed["Location"] + caplog.text
    assert CODE not in str(dict(kept.items())) + str(kept.signed)
    assert SECRET not in caplog.text


def test_one_who_goes_back_at_the_service_is_met_calmly(errand: Errand) -> None:
    back = errand.sign_in("staff", "nobody")

    assert back.status_code == 200
    assert "Et kirjautunut" in back.content.decode()


@pytest.mark.parametrize(
    "how",
    [
        "signature", "key", "unsigned", "secret", "audience", "audiences", "party", "issuer", "expired", "nonce",
        "nonceless", "person", "userinfo", "missing",
    ],
)  # fmt: skip
def test_an_answer_spoiled_in_any_way_signs_nobody_in(errand: Errand, how: str) -> None:
    errand.peer.bend(how)
    refused = errand.sign_in("staff", "nurse")

    assert refused.status_code == 400, how
    assert not Session.objects.exclude(kind="").exists()


def test_the_same_answer_unspoiled_signs_in(errand: Errand) -> None:
    """The negative control of the spoiled ones: signed anew by the server, with nothing changed."""
    errand.peer.bend("nothing")

    assert errand.sign_in("staff", "nurse").status_code == 302


def test_an_answer_with_another_state_or_brought_by_another_browser_signs_nobody_in(errand: Errand) -> None:
    back = errand.choose(errand.ask("staff"), "nurse")
    stranger = Errand(Client(), errand.peer)

    assert stranger.come_back(back).status_code == 400
    assert errand.come_back(back.replace("state=", "state=x")).status_code == 400
    assert errand.come_back(back).status_code == 302
    assert errand.come_back(back).status_code == 400, "an answer is good once"


def test_an_answer_of_one_way_is_not_taken_by_the_other(errand: Errand) -> None:
    back = errand.choose(errand.ask("staff"), "nurse")

    assert errand.come_back(back.replace("/oidc/staff/", "/oidc/residents/")).status_code == 400


def test_an_answer_that_another_service_gave_is_refused(errand: Errand) -> None:
    back = errand.choose(errand.ask("staff"), "nurse")

    assert (
        errand.come_back(
            f"{back}&iss=http%3A%2F%2Fevil.example".replace("iss=http%3A%2F%2Flocalhost", "x=")
        ).status_code
        == 400
    )


def test_a_question_with_another_nonce_or_challenge_comes_to_nothing(errand: Errand) -> None:
    for name in ("nonce", "code_challenge"):
        asked = errand.ask("staff")
        value = parse_qs(urlsplit(asked).query)[name][0]
        changed = value[:-1] + ("A" if value[-1] != "A" else "B")
        refused = errand.come_back(errand.choose(asked.replace(value, changed), "nurse"))
        assert refused.status_code in {400, 503}, name
    assert not Session.objects.exclude(kind="").exists()


def test_a_state_is_good_for_ten_minutes(errand: Errand) -> None:
    back = errand.choose(errand.ask("staff"), "nurse")
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert errand.come_back(back).status_code == 400


@pytest.mark.parametrize(
    "address", ["/oidc/staff/answer/", "/oidc/staff/answer/?code=1&state=2&error=x", "/oidc/staff/answer/?state="]
)
def test_an_answer_to_nothing_is_a_calm_page(client: Client, peer: Peer, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 400
    assert "116\u00a0117" in answer.content.decode() or "116 117" in answer.content.decode()


@pytest.mark.parametrize("address", ["/fi/session/oidc/nobody/", "/oidc/nobody/answer/"])
def test_a_way_that_is_not_connected_does_not_exist(client: Client, peer: Peer, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_service_that_does_not_answer_is_said_so(client: Client, peer: Peer, settings: Any) -> None:
    settings.OIDC = {"staff": {**peer.settings["staff"], "issuer": "http://localhost:9"}}
    settings.OUTBOUND_INTERNAL = ["localhost:9"]

    assert client.get("/fi/session/oidc/staff/").status_code == 503


def test_a_service_that_is_not_listed_is_not_called(client: Client, peer: Peer, settings: Any) -> None:
    settings.OUTBOUND_INTERNAL = []

    assert client.get("/fi/session/oidc/staff/").status_code == 503


def test_a_service_that_calls_itself_otherwise_is_not_believed(client: Client, peer: Peer, settings: Any) -> None:
    other = peer.issuer.replace("localhost", "127.0.0.1")
    settings.OIDC = {"staff": {**peer.settings["staff"], "issuer": other}}
    settings.OUTBOUND_INTERNAL = [peer.host, peer.host.replace("localhost", "127.0.0.1")]

    assert client.get("/fi/session/oidc/staff/").status_code == 503


def test_a_role_that_the_directory_takes_away_is_gone_in_a_running_session_too(errand: Errand) -> None:
    assert errand.sign_in("staff", "nurse").status_code == 302
    organisation.recognise(provider="staff", subject="nurse", name="Hilla Hoitaja", mail="", groups=[], at=now())
    assert errand.client.get("/fi/team/").status_code == 302


def test_signing_out_goes_on_to_the_service_without_a_token_in_the_address(errand: Errand) -> None:
    errand.sign_in("residents", "sanni")
    page = errand.client.post("/fi/session/closure/").content.decode()

    assert f"{errand.peer.issuer}/session/end?client_id=luotsi-residents" in page
    assert "id_token" not in page
    assert Session.objects.count() == 0


def test_too_many_answers_of_one_address_wait(errand: Errand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "ANSWERS", 2)
    statuses = [errand.client.get("/oidc/staff/answer/", {"state": "x"}).status_code for _ in range(3)]

    assert statuses == [400, 400, 429]


def test_the_sign_in_page_shows_each_way_to_whom_it_is_for(client: Client, peer: Peer) -> None:
    page = client.get("/en/session/", {"next": "/en/boards/"}).content.decode()

    assert page.index("For residents") < page.index("/en/session/oidc/residents/") < page.index("For the county")
    assert page.index("For the county") < page.index("/en/session/oidc/staff/")
    assert "%2Fen%2Fboards%2F" in page
