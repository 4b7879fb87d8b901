"""A worker's times in another calendar: when they are booked, of nobody, at an address that can be ended."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import vobject
from django.test import Client
from icalendar import Calendar

from luotsi.base.now import now
from luotsi.domain.bookings.models import CalendarFeed
from luotsi.domain.organisation.models import Assignment
from tests.factories import as_who, resident, worker
from tests.factories.clients import signed_in
from tests.factories.times import booked, free_time

pytestmark = pytest.mark.django_db
PAGE = "/fi/team/calendar/feed/"


def made(browser: Client) -> str:
    text = browser.post(PAGE, {"what": "make"}).content.decode()
    found = re.search(r'value="http://testserver(/\S+\.ics)"', text)
    assert found is not None, text
    return found[1]


def test_the_file_says_when_and_of_nobody_and_two_libraries_read_it() -> None:
    nurse, person = worker(name="Nelli Hoitava"), resident(first_name="Salla", last_name="Salainen")
    row = booked(person, free_time(nurse, starts_at=now() + timedelta(days=3)), at=now())
    free_time(nurse, starts_at=now() + timedelta(days=5))
    answer = Client().get(made(signed_in(nurse)))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    told = answer.content.decode()
    for secret in ("Salainen", "Hoitava", "Sotkamo", "nurse", "puhelin", str(row.id), str(person.id), str(nurse.id)):
        assert secret.lower() not in told.lower(), secret
    (event,) = Calendar.from_ical(told).walk("VEVENT")
    assert (event.start, event.end) == (row.slot.starts_at, row.slot.ends_at)
    (same,) = vobject.readOne(told).vevent_list
    assert (same.dtstart.value, same.dtend.value) == (row.slot.starts_at, row.slot.ends_at)
    assert same.summary.value == "Varattu"


def test_a_new_address_ends_the_old_one_and_ending_ends_all() -> None:
    browser, other = signed_in(worker()), signed_in(worker())
    first, others = made(browser), made(other)
    second = made(browser)
    assert [Client().get(one).status_code for one in (first, second, others)] == [404, 200, 200]
    assert second not in browser.get(PAGE).content.decode()
    for _ in range(2):
        assert browser.post(PAGE, {"what": "end"}).status_code == 302
    assert [Client().get(one).status_code for one in (second, others)] == [404, 200]
    assert CalendarFeed.objects.filter(ended_at=None).count() == 1


def test_who_has_left_has_no_calendar_and_a_made_up_address_is_none() -> None:
    nurse = worker()
    address = made(signed_in(nurse))
    Assignment.objects.filter(staff=nurse.id).update(valid_to=(now() - timedelta(days=1)).date())
    assert Client().get(address).status_code == 404
    assert Client().get(f"{PAGE}{uuid4().hex}/times.ics").status_code == 404


def test_a_resident_has_no_such_page() -> None:
    assert signed_in(as_who(resident())).get(PAGE).status_code == 403


def test_a_residents_own_file_is_read_by_two_libraries_and_says_only_when() -> None:
    person = resident()
    slot = free_time(worker(name="Nelli Hoitava"), starts_at=now() + timedelta(days=3))
    row = booked(person, slot, at=now())
    told = signed_in(as_who(person)).get(f"/fi/times/{row.id}/time.ics").content.decode()
    (event,) = Calendar.from_ical(told).walk("VEVENT")
    same = vobject.readOne(told).vevent
    assert event.start == same.dtstart.value == row.slot.starts_at
    assert (event["SUMMARY"], event["CLASS"]) == ("Varattu aika", "PRIVATE")
    for secret in ("Hoitava", "Sotkamo", "puhelin"):
        assert secret not in told, secret
