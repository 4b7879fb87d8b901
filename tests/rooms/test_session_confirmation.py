"""Showing that it is still oneself: the code app for real (allauth's own arithmetic), and what is refused."""

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.test import Client

from luotsi.base.who import SYSTEM, Who
from luotsi.config.sessions import SessionStore
from luotsi.demo.residents import identity_code
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.people import actions as people
from luotsi.rooms import session as sessions
from tests.factories.clients import session_of

MORNING = datetime(2026, 3, 31, 5, 0, tzinfo=UTC)
PAGE, APP, PASSKEY = (f"/en/session/confirmation/{part}" for part in ("", "app/", "passkey/"))
ONWARD = "/en/boards/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse() -> Who:
    organisation.load_units()
    who = Who(kind="staff", role="nurse", id=uuid4(), name="Hilla Hoitaja", units=frozenset({"kajaani-hva"}))
    since = MORNING.date() - timedelta(days=30)
    organisation.employ(id=who.id, name=who.name, unit="kajaani-hva", role="nurse", since=since, by=SYSTEM, at=MORNING)
    return who


def browser_of(who: Who, *, way: str = "staff", **more: Any) -> Client:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(who, way=way, **more)
    return client


def shown_by_the_app(client: Client, *, steps: int = 0) -> str:
    """The code of the app that was just set up, from the secret in the session."""
    return code_of(client.session["mfa.totp.secret"], steps=steps)


def code_of(secret: str, *, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def is_confirmed(client: Client) -> bool:
    return SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value).signed.confirmed_at is not None


def with_app(client: Client) -> str:
    """Set an app up; answers its secret. What it confirmed is a quarter of an hour."""
    client.get(APP)
    secret = str(client.session["mfa.totp.secret"])
    assert client.post(APP, {"code": shown_by_the_app(client)}).status_code == 302
    return secret


def test_the_first_app_is_set_up_right_after_signing_in_and_confirms(nurse: Who) -> None:
    with time_machine.travel(MORNING, tick=False):
        client = browser_of(nurse)
        offered = client.get(PAGE, {"next": ONWARD}).content.decode()
        client.get(APP, {"next": ONWARD})
        done = client.post(APP, {"code": shown_by_the_app(client), "next": ONWARD})
        assert is_confirmed(client)

    assert "/en/session/confirmation/app/?next=%2Fen%2Fboards%2F" in offered
    assert done["Location"] == ONWARD
    assert "mfa.totp.secret" not in client.session


def test_the_secret_is_encrypted_at_rest(nurse: Who) -> None:
    secret = with_app(browser_of(nurse))

    assert secret not in json.dumps(Authenticator.objects.get().data)


def test_five_minutes_after_signing_in_the_first_one_asks_to_sign_in_again(nurse: Who) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client = browser_of(nurse)
        clock.shift(timedelta(minutes=5))
        page = client.get(PAGE, {"next": ONWARD}).content.decode()

        assert "Sign in again" in page
        assert client.get(APP)["Location"].startswith(PAGE)
        assert client.post(APP, {"code": "123456"})["Location"].startswith(PAGE)
        assert client.post(PASSKEY, {"credential": "{}"})["Location"].startswith(PAGE)
    assert not Authenticator.objects.exists()


def test_a_code_confirms_for_a_quarter_of_an_hour(nurse: Who) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        secret = with_app(browser_of(nurse))
        clock.shift(timedelta(minutes=2))
        client = browser_of(nurse)
        assert not is_confirmed(client)
        done = client.post(PAGE, {"how": "code", "code": code_of(secret), "next": ONWARD})
        assert done["Location"] == ONWARD
        for minutes, holds in ((14, True), (1, False)):
            clock.shift(timedelta(minutes=minutes))
            assert _is_confirmed_now(client) is holds


def test_another_session_of_the_same_person_is_not_confirmed(nurse: Who) -> None:
    with_app(browser_of(nurse))

    assert not is_confirmed(browser_of(nurse))


def test_a_code_is_good_once_and_a_wrong_one_never(nurse: Who) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        secret = with_app(browser_of(nurse))
        clock.shift(timedelta(minutes=2))
        sent = {"how": "code", "code": code_of(secret)}
        assert browser_of(nurse).post(PAGE, sent).status_code == 302
        for code in (sent["code"], code_of(secret, steps=-2), code_of(secret, steps=2), "", "x" * 500, "\x00"):
            client = browser_of(nurse)
            refused = client.post(PAGE, {"how": "code", "code": code})
            clock.shift(timedelta(minutes=2))
            assert refused.status_code == 400
            assert not is_confirmed(client)


def test_a_clock_half_a_minute_wrong_is_forgiven(nurse: Who) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        secret = with_app(browser_of(nurse))
        clock.shift(timedelta(minutes=2))

        assert browser_of(nurse).post(PAGE, {"how": "code", "code": code_of(secret, steps=-1)}).status_code == 302


def test_after_five_guesses_even_the_right_code_waits(nurse: Who) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        secret = with_app(browser_of(nurse))
        clock.shift(timedelta(minutes=6))
        client = browser_of(nurse)
        for _ in range(5):
            assert client.post(PAGE, {"how": "code", "code": "000000"}).status_code == 400
        late = client.post(PAGE, {"how": "code", "code": code_of(secret)})
        assert late.status_code == 400
        assert "too many" in late.content.decode()
        clock.shift(timedelta(minutes=5))
        assert client.post(PAGE, {"how": "code", "code": code_of(secret)}).status_code == 302


def test_another_persons_code_confirms_nobody(nurse: Who) -> None:
    other = Who(kind="staff", role="nurse", id=uuid4(), name="Toinen Hoitaja")
    since = MORNING.date() - timedelta(days=30)
    organisation.employ(id=other.id, name="Toinen", unit="sotkamo", role="nurse", since=since, by=SYSTEM, at=MORNING)
    with time_machine.travel(MORNING, tick=False) as clock:
        secret = with_app(browser_of(nurse))
        clock.shift(timedelta(minutes=2))
        client = browser_of(other)

        assert client.post(PAGE, {"how": "code", "code": code_of(secret)}).status_code == 400
        assert not is_confirmed(client)


@pytest.mark.parametrize("way", ["staff", "residents", ""])
def test_the_demonstrations_button_is_the_casts_alone(nurse: Who, way: str) -> None:
    client = browser_of(nurse, way=way)

    assert client.post(PAGE, {"how": "demonstration"}).status_code == 400
    assert not is_confirmed(client)
    assert "demonstration" not in client.get(PAGE).content.decode()


def test_the_demonstrations_button_confirms_the_cast_and_says_whose_it_is(nurse: Who) -> None:
    client = browser_of(nurse, way="cast")

    assert "Confirm, as the demonstration does" in client.get(PAGE, {"next": ONWARD}).content.decode()
    assert client.post(PAGE, {"how": "demonstration", "next": ONWARD})["Location"] == ONWARD
    assert is_confirmed(client)


def test_in_production_the_cast_is_nobody(nurse: Who, settings: Any) -> None:
    settings.MODE = "production"
    client = browser_of(nurse, way="cast")

    assert client.post(PAGE, {"how": "demonstration"}).status_code == 403
    assert not is_confirmed(client)


@pytest.mark.parametrize(
    "answer",
    [
        "", "x", "[]", "{}", "null", "7", '"x"', "[" * 5_000, '{"id": "x"}', '{"id":"AA","rawId":"AA","response":{}}',
        '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA","signature":"AA"}}',
        '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}',
        '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"////","attestationObject":"////"}}',
    ],
)  # fmt: skip
def test_what_no_passkey_answers_is_refused_calmly(nurse: Who, answer: str) -> None:
    client = browser_of(nurse)
    client.get(PASSKEY)
    added = client.post(PASSKEY, {"credential": answer})
    with_app(client)
    used = browser_of(nurse).post(PAGE, {"how": "passkey", "credential": answer})

    assert (added.status_code, used.status_code) == (400, 400)
    assert [one.type for one in Authenticator.objects.all()] == ["totp"]


@pytest.mark.parametrize("how", ["", "nothing", "code\x00"])
def test_no_known_way_confirms_nothing(nurse: Who, how: str) -> None:
    client = browser_of(nurse)

    assert client.post(PAGE, {"how": how}).status_code == 400
    assert not is_confirmed(client)


def test_an_app_is_taken_away_only_after_confirming_and_only_ones_own(nurse: Who) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        confirmed = browser_of(nurse)
        with_app(confirmed)
        number = Authenticator.objects.get().id
        clock.shift(timedelta(minutes=1))
        browser_of(nurse).post("/en/session/confirmation/closure/", {"factor": number})
        stranger = Who(kind="staff", role="nurse", id=uuid4(), name="Toinen")
        browser_of(stranger, confirmed=True).post("/en/session/confirmation/closure/", {"factor": number})
        for wrong in ("x", "", "-1", "9" * 40, "٣"):
            assert confirmed.post("/en/session/confirmation/closure/", {"factor": wrong}).status_code == 302
        assert Authenticator.objects.count() == 1
        confirmed.post("/en/session/confirmation/closure/", {"factor": number})

    assert Authenticator.objects.count() == 0


def test_a_visitor_is_shown_the_way_to_sign_in_and_a_resident_to_identify_again(client: Client) -> None:
    resident = Who(kind="resident", role="resident", id=uuid4())

    assert client.get(PAGE)["Location"].startswith("/en/session/?next=")
    for address in (APP, PASSKEY):
        assert client.get(address)["Location"].startswith(PAGE)
        assert browser_of(resident).get(address)["Location"].startswith(PAGE)


def test_one_whose_role_has_ended_confirms_nothing() -> None:
    gone = browser_of(Who(kind="staff", role="nurse", id=uuid4()), confirmed=True)

    assert gone.get(PAGE).status_code == 302
    for how in ("code", "passkey", "demonstration"):
        assert gone.post(PAGE, {"how": how, "code": "123456", "credential": "{}"}).status_code == 403


def test_a_residents_guess_at_a_code_is_refused() -> None:
    people_client = browser_of(_resident())

    for how in ("code", "passkey", "demonstration"):
        assert people_client.post(PAGE, {"how": how, "code": "123456", "credential": "{}"}).status_code == 400
    assert "Identify yourself again" in people_client.get(PAGE).content.decode()


def test_one_who_has_confirmed_goes_straight_on(nurse: Who) -> None:
    assert browser_of(nurse, confirmed=True).get(PAGE, {"next": ONWARD})["Location"] == ONWARD
    assert browser_of(nurse, confirmed=True).get(PAGE, {"next": "https://evil.example/"}).status_code == 200


def _resident() -> Who:
    code = identity_code(datetime(1970, 1, 1).date(), "-", 913)
    made = people.register(
        identity_code=code, first_name="Sanni", last_name="Testinen", municipality="205", by=SYSTEM, at=MORNING
    )
    return Who(kind="resident", role="resident", id=made.id, name="Sanni Testinen")


def _is_confirmed_now(client: Client) -> bool:
    class Request:
        session = SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)

    return bool(sessions.is_confirmed(Request()))  # type: ignore[arg-type]
