"""How long a session holds, what a person is told when it is over, and what it changes."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest
from django.test import Client

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.config import sessions
from luotsi.config.models import Session
from luotsi.config.sessions import SEEN_EVERY, SessionStore, Signed, end_all, why_over
from luotsi.rooms.session import act_for
from tests.factories.clients import session_of, signed_in
from tests.factories.visits import MORNING, resident_called, worker

LIST = "/fi/team/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse() -> Who:
    return worker("Testi Hoitaja")


@pytest.fixture
def resident() -> Who:
    return resident_called("Sanni", 910)


@pytest.mark.parametrize("kind, idle, whole", [("staff", 15, 10), ("resident", 30, 8)])
def test_a_session_is_over_at_its_minute_and_not_before(kind: str, idle: int, whole: int) -> None:
    signed = Signed(kind, uuid4(), "", "", "", began_at=MORNING, seen_at=MORNING)
    second = timedelta(seconds=1)
    busy = Signed(kind, uuid4(), "", "", "", began_at=MORNING, seen_at=MORNING + timedelta(hours=whole) - second)

    assert why_over(signed, MORNING + timedelta(minutes=idle) - second) == ""
    assert why_over(signed, MORNING + timedelta(minutes=idle)) == "idle"
    assert why_over(busy, MORNING + timedelta(hours=whole) - second) == ""
    assert why_over(busy, MORNING + timedelta(hours=whole)) == "long"


def test_a_kind_without_limits_is_over_at_once() -> None:
    assert why_over(Signed("system", uuid4(), "", "", "", MORNING, MORNING), MORNING) == "long"


def test_staff_who_rest_fifteen_minutes_are_told_calmly_and_come_back_to_where_they_were(nurse: Who) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = signed_in(nurse)
        clock.shift(timedelta(minutes=14, seconds=59))
        assert browser.get(LIST).status_code == 200
        clock.shift(timedelta(minutes=15))
        moved = browser.get(LIST)
        told = browser.get(moved["Location"]).content.decode()

    assert moved["Location"] == "/fi/session/?next=%2Ffi%2Fteam%2F"
    assert "sivu oli pitkään auki" in told
    assert "next=%2Ffi%2Fteam%2F" in told


def test_ten_hours_are_the_end_however_busy_one_was(nurse: Who) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = signed_in(nurse)
        for _ in range(59):
            clock.shift(timedelta(minutes=10))
            assert browser.get(LIST).status_code == 200
        clock.shift(timedelta(minutes=10))
        assert browser.get(LIST).status_code == 302
        assert "monta tuntia sitten" in browser.get("/fi/session/").content.decode()


@pytest.mark.parametrize(
    "headers, path", [({"X-Luotsi-Passive": "1"}, LIST), ({}, "/live/"), ({}, "/session/standing/")]
)
def test_a_page_that_refreshes_itself_keeps_nobody_signed_in(nurse: Who, headers: Any, path: str) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = signed_in(nurse)
        clock.shift(timedelta(minutes=14))
        browser.get(path, headers=headers)
        clock.shift(timedelta(minutes=1))
        assert browser.get(LIST).status_code == 302


def test_an_open_page_learns_that_the_session_has_ended(nurse: Who) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = signed_in(nurse)
        assert 'data-standing="/session/standing/"' in browser.get(LIST).content.decode()
        assert browser.get("/session/standing/").status_code == 204
        clock.shift(timedelta(minutes=15))
        assert browser.get("/session/standing/").status_code == 401
    assert "data-standing" not in Client().get("/fi/session/").content.decode()


def test_a_page_that_one_asks_for_does(nurse: Who) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = signed_in(nurse)
        clock.shift(timedelta(minutes=14))
        browser.get(LIST)
        clock.shift(timedelta(minutes=14))
        assert browser.get(LIST).status_code == 200


def test_a_sign_of_life_is_written_at_most_once_a_minute(nurse: Who) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = signed_in(nurse)
        clock.shift(SEEN_EVERY - timedelta(seconds=1))
        browser.get(LIST)
        assert Session.objects.get().seen_at == MORNING
        clock.shift(timedelta(seconds=1))
        browser.get(LIST)
        assert Session.objects.get().seen_at == MORNING + SEEN_EVERY


def test_a_copy_of_the_table_opens_nobodys_session(nurse: Who) -> None:
    key = session_of(nurse)
    kept = Session.objects.get().session_key
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept

    assert kept != key
    assert thief.get(LIST).status_code == 302
    assert SessionStore(key).signed.person == nurse.id


def test_signing_in_gives_a_new_key_and_the_old_one_opens_nothing(nurse: Who) -> None:
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = before = session_of(nurse)
    browser.post("/fi/demo/session/", {"member": "nelli"})

    after = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert after != before
    assert SessionStore(before).signed is None
    assert Session.objects.count() == 1


def test_ending_by_sid_ends_that_sign_in_and_by_subject_all_of_that_person(nurse: Who) -> None:
    for sid in ("one", "two", "three"):
        session_of(nurse, way="staff", subject="s-1", sid=sid)
    session_of(nurse, way="residents", subject="s-1", sid="one")

    assert end_all(way="staff", sid="one") == 1
    assert end_all(way="staff", subject="s-1") == 2
    assert end_all(way="staff") == 0
    assert Session.objects.count() == 1


def test_a_request_under_way_cannot_write_an_ended_session_back(nurse: Who) -> None:
    key = session_of(nurse, way="staff", sid="one")
    under_way = SessionStore(key)
    under_way["order"] = "due"
    end_all(way="staff", sid="one")

    with pytest.raises(UpdateError):
        under_way.save()
    assert SessionStore(key).signed is None


def test_a_session_of_the_demonstrations_people_opens_nothing_in_production(nurse: Who, settings: Any) -> None:
    browser = signed_in(nurse)
    assert browser.get(LIST).status_code == 200
    settings.MODE = "production"

    assert browser.get(LIST).status_code == 302


def test_rows_long_over_are_swept_and_others_stay(nurse: Who) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        session_of(nurse)
        clock.shift(timedelta(hours=33))
        session_of(nurse)
        assert sessions.sweep(at=now()) == 0
        clock.shift(timedelta(hours=1))
        assert sessions.sweep(at=now()) == 1
    assert Session.objects.count() == 1


def test_choosing_whom_one_acts_for_changes_the_key_and_confirms_nothing(resident: Who) -> None:
    request = HttpRequest()
    request.session = SessionStore(session_of(resident, confirmed=True))
    before = request.session.session_key
    act_for(request, uuid4())
    request.session.save()

    assert request.session.session_key != before
    assert SessionStore(before).signed is None
    assert SessionStore(request.session.session_key).signed.confirmed_at is None
