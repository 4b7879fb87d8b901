"""A plan that changes, part-day closings, holidays, rooms and qualifications: what a manager's pages do and say."""

from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from luotsi.base.dates import start_of
from luotsi.base.now import local_day, now
from luotsi.base.who import Who
from luotsi.domain.bookings.models import CalendarChange, Plan, Resource, ResourceUse, Slot
from luotsi.domain.cases import actions as cases
from luotsi.domain.organisation.models import Qualification
from tests.factories import MORNING, assessed, contact, state_of_booking, worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db
BASE = "/en/team/calendar/"
MONDAY = local_day(MORNING) + timedelta(days=7)
GOOD_FRIDAY = date(2026, 4, 3)


@pytest.fixture
def manager() -> Client:
    return signed_in(worker("unit-manager"))


@pytest.fixture
def nora(db: None) -> Who:
    return worker(name="Nora Nurse")


def form(nurse: Who | None = None, **change: object) -> dict[str, object]:
    usual: dict[str, object] = {
        "key": uuid4(), "offering": "", "weekdays": ["MO", "TU"], "every": "1", "begins": "8.00", "ends": "10.00",
        "slot_minutes": 30, "valid_from": MONDAY, "valid_to": MONDAY + timedelta(days=12),
    }  # fmt: skip
    return usual | ({"staff": nurse.id} if nurse else {}) | change


def planned(manager: Client, nurse: Who, **change: object) -> Plan:
    manager.post(f"{BASE}plans/", form(nurse, **change))
    return Plan.objects.latest("made_at")


def booked(nurse: Who, day: date, begins: time) -> UUID:
    case = assessed(contact(at=now() - timedelta(hours=3)), nurse)
    place = Slot.objects.get(staff_id=nurse.id, starts_at=start_of(day, begins), closed_at=None)
    cases.offer_time(case=case.id, slot=place.id, key=uuid4(), by=nurse, at=now())
    return case.times.latest("id").booking_id


def test_a_changed_plan_asks_of_who_no_longer_fits_and_then_does_it(manager: Client, nora: Who) -> None:
    plan = planned(manager, nora)
    fits, outside = booked(nora, MONDAY, time(9)), booked(nora, MONDAY, time(8))
    address = f"{BASE}plans/{plan.id}/"
    assert 'value="08:00"' in manager.get(address).content.decode()
    change = form(what="change", begins="9.00", ends="12.00")

    asked = manager.post(address, change)
    assert (asked.status_code, Plan.objects.count()) == (409, 1)
    assert "1 booked time on these days" in asked.content.decode()

    done = manager.post(address, {**change, f"what-{outside}": "message"}, follow=True)
    assert "Moved: 0, cancelled: 1, kept: 0." in done.content.decode()
    assert [state_of_booking(one) for one in (fits, outside)] == ["offered", "cancelled"]
    assert Plan.objects.get(ended_at=None).replaces_id == plan.id


def test_an_ended_plan_has_no_more_times(manager: Client, nora: Who) -> None:
    plan = planned(manager, nora)
    address = f"{BASE}plans/{plan.id}/"

    assert manager.post(address, {"what": "end", "last": "1.1.2020"}).status_code == 422
    assert manager.post(address, {"what": "end", "last": "x"}).status_code == 422
    assert "The plan ends." in manager.post(address, {"what": "end", "last": MONDAY}, follow=True).content.decode()
    assert {local_day(one.starts_at) for one in Slot.objects.filter(closed_at=None)} == {MONDAY}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"valid_from": "2020-01-01"}, "This day has passed"),
        ({"valid_to": MONDAY - timedelta(days=1)}, "before the first one"),
        ({"valid_from": MONDAY + timedelta(days=60), "valid_to": MONDAY + timedelta(days=70)}, "ended by then"),
        ({"begins": "11", "ends": "10"}, "before it begins"),
        ({"weekdays": ["SO"]}, "Choose from the list"),
    ],
)
def test_a_change_that_makes_no_sense_changes_nothing(
    manager: Client, nora: Who, change: dict[str, object], words: str
) -> None:
    plan = planned(manager, nora)
    answer = manager.post(f"{BASE}plans/{plan.id}/", form(what="change", **change))

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert Slot.objects.filter(closed_at=None).count() == 16


def test_anothers_plan_is_nowhere(manager: Client, nora: Who) -> None:
    plan = planned(manager, nora)
    stranger = signed_in(worker("unit-manager", unit="kuhmo"))

    assert stranger.get(f"{BASE}plans/{plan.id}/").status_code == 404
    assert stranger.post(f"{BASE}plans/{plan.id}/", {"what": "end", "last": MONDAY}).status_code == 404
    assert signed_in(nora).get(f"{BASE}plans/{plan.id}/").status_code == 403


def test_a_part_of_a_day_closes_and_is_taken_back(manager: Client, nora: Who) -> None:
    planned(manager, nora)
    closing = {"staff": nora.id, "first": MONDAY, "last": MONDAY, "reason": "meeting", "key": uuid4()}
    manager.post(f"{BASE}closing/", {**closing, "begins": "8.30", "ends": "9.30"})
    on_monday = Slot.objects.filter(starts_at__lt=start_of(MONDAY + timedelta(days=1)), closed_at=None)
    assert on_monday.count() == 2

    change = CalendarChange.objects.get()
    assert "Take back" in manager.get(f"{BASE}closing/").content.decode()
    stranger = signed_in(worker("unit-manager", unit="kuhmo"))
    assert stranger.post(f"{BASE}changes/{change.id}/ending/").status_code == 404
    assert "Taken back: 2 times." in manager.post(f"{BASE}changes/{change.id}/ending/", follow=True).content.decode()
    assert on_monday.count() == 4


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"begins": "10", "ends": "9"}, "end is before the beginning"),
        ({"begins": "9", "ends": "9"}, "end is before the beginning"),
        ({"begins": "9"}, "Write both times"),
        ({"begins": "9", "ends": "10", "last": MONDAY + timedelta(days=1)}, "one day at a time"),
        ({"begins": "25:00", "ends": "26"}, "Write the time so"),
    ],
)
def test_a_part_of_a_day_that_makes_no_sense_is_said(manager: Client, change: dict[str, object], words: str) -> None:
    told = {"staff": "", "first": MONDAY, "last": MONDAY, "reason": "meeting", "key": uuid4(), **change}
    answer = manager.post(f"{BASE}closing/", told)

    assert (answer.status_code, CalendarChange.objects.count()) == (422, 0)
    assert words in answer.content.decode()


def test_a_holiday_is_opened_from_the_list_of_holidays(manager: Client, nora: Who) -> None:
    planned(manager, nora, weekdays=["FR"], valid_to=GOOD_FRIDAY)
    page = manager.get(f"{BASE}closing/").content.decode()
    assert "Good Friday" in page
    for bad in ("", "x", "2026-04-07", "2020-01-01"):
        assert manager.post(f"{BASE}openings/", {"key": uuid4(), "day": bad, "who": ""}).status_code == 422

    done = manager.post(f"{BASE}openings/", {"key": uuid4(), "day": GOOD_FRIDAY, "who": nora.id}, follow=True)
    assert "The day is open: 4 times were made." in done.content.decode()
    assert Slot.objects.filter(starts_at__gte=start_of(GOOD_FRIDAY)).count() == 4


def test_a_room_is_listed_goes_with_a_plan_and_cannot_go_while_it_is_used(manager: Client, nora: Who) -> None:
    assert "keeps no list" in manager.get(f"{BASE}rooms/").content.decode()
    for name in ("Room 12", "Room 12"):
        answer = manager.post(f"{BASE}rooms/", {"key": uuid4(), "kind": "room", "name": name}, follow=True)
    assert (answer.status_code, Resource.objects.count()) == (422, 1)
    room = Resource.objects.get()

    planned(manager, nora, things=[room.id])
    assert ResourceUse.objects.filter(resource=room).count() == 4
    beside = manager.post(f"{BASE}plans/", form(worker(), things=[room.id]))
    assert "The room is in use" in beside.content.decode()
    assert "in use after today" in manager.post(f"{BASE}rooms/{room.id}/ending/", follow=True).content.decode()
    manager.post(f"{BASE}plans/{Plan.objects.get().id}/", {"what": "end", "last": local_day(now())})
    assert "its last day" in manager.post(f"{BASE}rooms/{room.id}/ending/", follow=True).content.decode()


def test_a_scanner_has_times_of_its_own(manager: Client) -> None:
    kind = "equipment:oral-scanner"
    manager.post(f"{BASE}rooms/", {"key": uuid4(), "kind": kind, "name": "Scanner 1"})
    scanner = Resource.objects.get(type="oral-scanner")
    manager.post(f"{BASE}plans/", form(staff=scanner.id))

    assert Slot.objects.filter(resource=scanner, staff=None).count() == 16


def test_a_qualification_is_recorded_once_and_ends(manager: Client, nora: Who) -> None:
    told = {"key": uuid4(), "staff": nora.id, "qualification": "memory", "valid_from": MONDAY}
    memory = form(nora, offering="memory-nurse", slot_minutes=60)
    assert "not recorded as qualified" in manager.post(f"{BASE}plans/", memory).content.decode()

    early = MONDAY - timedelta(days=1)
    assert manager.post(f"{BASE}qualifications/", {**told, "valid_to": early}).status_code == 422
    assert "Memory nurse" in manager.post(f"{BASE}qualifications/", told, follow=True).content.decode()
    assert manager.post(f"{BASE}qualifications/", {**told, "key": uuid4()}).status_code == 422
    assert manager.post(f"{BASE}plans/", memory).status_code == 302
    row = Qualification.objects.get()
    stranger = signed_in(worker("unit-manager", unit="kuhmo"))
    assert stranger.post(f"{BASE}qualifications/{row.id}/ending/").status_code == 404
    assert "has ended" in manager.post(f"{BASE}qualifications/{row.id}/ending/", follow=True).content.decode()


def test_a_season_goes_on_as_a_whole_or_not_at_all(manager: Client, nora: Who) -> None:
    mornings = planned(manager, nora)
    colleague = worker(name="Carl Colleague")
    planned(manager, colleague, begins="12", ends="14")
    every = list(Plan.objects.values_list("id", flat=True))
    page = manager.get(f"{BASE}season/").content.decode()
    assert "Nora Nurse" in page
    told = {"key": uuid4(), "plans": every, "first": MONDAY + timedelta(14), "last": MONDAY + timedelta(26)}

    overlapping = {**told, "first": MONDAY + timedelta(7)}
    answer = manager.post(f"{BASE}season/", overlapping)
    assert (answer.status_code, Plan.objects.count()) == (422, 2)
    assert "These plans cannot go on" in answer.content.decode()
    for bad in (
        {"plans": []},
        {"plans": [uuid4()]},
        {"first": "x"},
        {"last": MONDAY},
        {"first": "1.1.2020", "last": "2.1.2020"},
    ):
        assert manager.post(f"{BASE}season/", {**told, **bad}).status_code == 422
    assert Plan.objects.count() == 2

    for _ in range(2):
        done = manager.post(f"{BASE}season/", told, follow=True)
    assert "The season is planned" in done.content.decode()
    assert Plan.objects.count() == 4
    assert Slot.objects.filter(staff_id=nora.id, starts_at__gte=start_of(told["first"])).count() == 16  # type: ignore[arg-type]
    stranger = signed_in(worker("unit-manager", unit="kuhmo"))
    assert stranger.post(f"{BASE}season/", {**told, "plans": [mornings.id]}).status_code == 422
