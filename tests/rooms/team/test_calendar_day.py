"""The day of a unit: who sees whose name, what became of a visit, and moving one, from the list and from its page."""

from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client

from luotsi.base.dates import start_of
from luotsi.base.now import local_day, now
from luotsi.base.who import Who
from luotsi.domain.bookings.models import Booking, Slot
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.models import Case
from tests.factories import MORNING, as_who, assessed, contact, offered, slot, state_of_booking, worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db
BASE = "/en/team/calendar/"
DAY = local_day(MORNING) + timedelta(days=3)


def at(hour: float) -> datetime:
    return start_of(DAY) + timedelta(hours=hour)


@pytest.fixture
def nurse() -> Who:
    return worker(name="Nora Nurse")


@pytest.fixture
def booked(nurse: Who) -> tuple[Case, UUID]:
    """A visit at nine that the resident has accepted."""
    case = assessed(contact(at=now() - timedelta(hours=3)), nurse)
    booking = offered(case, nurse, starts_at=at(9), at=now() - timedelta(minutes=30))
    cases.answer_offer(case=case.id, booking=booking, accepts=True, by=as_who(case.resident), at=now())
    return case, booking


def name_of(case: Case) -> str:
    return f"{case.resident.first_name} {case.resident.last_name}"


def marked(client: Client, booking: UUID, what: str, **more: str) -> tuple[int, str]:
    answer = client.post(f"{BASE}times/{booking}/marks/", {"what": what, **more}, follow=True)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("view", ["day/", "sheet/", "?who"])
def test_who_works_there_reads_who_comes_and_who_plans_does_not(
    view: str, nurse: Who, booked: tuple[Case, UUID]
) -> None:
    address = f"{BASE}?who={nurse.id}&from={DAY}" if view == "?who" else f"{BASE}{view}?from={DAY}"
    mine, managers = (signed_in(who).get(address).content.decode() for who in (nurse, worker("unit-manager")))

    assert name_of(booked[0]) in mine
    assert name_of(booked[0]) not in managers
    assert "Booked" in managers or "Nurse" in managers
    assert "9:00–9:30" in managers
    assert str(booked[1]) not in managers, "nothing to press for whoever may not"


def test_a_visit_goes_its_way_from_the_list(nurse: Who, booked: tuple[Case, UUID]) -> None:
    case, booking = booked
    client = signed_in(nurse)
    with time_machine.travel(at(9.1)):
        client = signed_in(nurse)
        back = f"{BASE}sheet/?from={DAY}"
        said = [marked(client, booking, what, back=back)[1] for what in ("arrived", "began", "held")]

    assert ["Marked: arrived." in said[0], "Marked: in progress." in said[1], "Marked: done." in said[2]] == [True] * 3
    assert "Mark as done" in said[1]
    row = Booking.objects.get(id=booking)
    assert None not in {row.arrived_at, row.began_at, row.held_at}
    assert case.visit_notes.filter(booking=booking).count() == 1, "the matter knows of the visit"


def test_who_did_not_come_is_told_with_a_reason_of_the_list(nurse: Who, booked: tuple[Case, UUID]) -> None:
    _, booking = booked
    with time_machine.travel(at(9.5)):
        client = signed_in(nurse)
        assert marked(client, booking, "missed")[0] == 422
        assert marked(client, booking, "missed", reason="drunk")[0] == 422
        status, said = marked(client, booking, "missed", reason="forgot")

    assert (status, state_of_booking(booking)) == (200, "missed")
    assert "Had forgotten" in said
    assert Booking.objects.get(id=booking).no_show_reason == "forgot"


@pytest.mark.parametrize("what", ["arrived", "began", "missed", "lost", ""])
def test_before_its_day_nothing_has_become_of_a_visit(what: str, nurse: Who, booked: tuple[Case, UUID]) -> None:
    status, _ = marked(signed_in(nurse), booked[1], what, reason="ill")

    assert status in {409, 422}
    assert state_of_booking(booked[1]) == "made"


def test_a_visit_moves_to_a_colleagues_time_with_its_matter(nurse: Who, booked: tuple[Case, UUID]) -> None:
    case, booking = booked
    colleague = worker(name="Carl Colleague")
    target = slot(colleague, starts_at=at(13))
    client = signed_in(nurse)
    dragged = client.get(f"{BASE}times/{booking}/moving/?slot={target}").content.decode()
    assert "You chose:" in dragged
    assert "Carl Colleague" in dragged

    key = uuid4()
    for _ in range(2):  # the same form twice
        done = client.post(f"{BASE}times/{booking}/moving/", {"slot": target, "key": key}, follow=True)
    new = Booking.objects.get(moved_from=booking)
    assert "The time is moved" in done.content.decode() or done.status_code == 404
    assert (new.slot_id, case.times.filter(booking=new).count(), new.made_by_id) == (target, 1, nurse.id)
    assert state_of_booking(booking) == "cancelled"
    assert Slot.objects.get(id=target).taken == 1


def test_a_time_that_went_meanwhile_or_is_of_another_kind_moves_nothing(nurse: Who, booked: tuple[Case, UUID]) -> None:
    _, booking = booked
    client = signed_in(nurse)
    gone, other = slot(nurse, starts_at=at(14)), slot(nurse, starts_at=at(15))
    Slot.objects.filter(id=gone).update(taken=1)
    Slot.objects.filter(id=other).update(mode="phone")
    address = f"{BASE}times/{booking}/moving/"
    answers = [client.post(address, {"slot": one, "key": uuid4()}).status_code for one in (gone, other, "x", "")]
    elsewhere = slot(worker(unit="kuhmo"), starts_at=at(14), unit="kuhmo")

    assert answers == [409, 409, 422, 422]
    assert client.post(address, {"slot": elsewhere, "key": uuid4()}).status_code == 404
    assert state_of_booking(booking) == "made"
    assert Slot.objects.get(id=gone).taken == 1


def test_a_cancelled_visit_frees_its_time(nurse: Who, booked: tuple[Case, UUID]) -> None:
    _, booking = booked
    answer = signed_in(nurse).post(f"{BASE}times/{booking}/cancellation/", follow=True)

    assert "free again" in answer.content.decode()
    row = Booking.objects.select_related("slot").get(id=booking)
    assert (row.cancelled_by, row.slot.taken) == ("provider", 0)


def test_somebody_elses_visit_is_nowhere(booked: tuple[Case, UUID]) -> None:
    pages = ["", "marks/", "moving/", "cancellation/"]
    stranger, manager = signed_in(worker(unit="kuhmo")), signed_in(worker("unit-manager"))

    assert {stranger.get(f"{BASE}times/{booked[1]}/{page}").status_code for page in pages} == {404}
    assert {stranger.post(f"{BASE}times/{booked[1]}/{page}").status_code for page in pages[1:]} == {404}
    assert {manager.get(f"{BASE}times/{booked[1]}/{page}").status_code for page in pages} == {403}
    assert state_of_booking(booked[1]) == "made"


def test_a_wide_day_costs_no_more_questions(nurse: Who, django_assert_max_num_queries: object) -> None:
    for hour in range(8, 16):
        case = assessed(contact(at=now() - timedelta(hours=3)), nurse)
        offered(case, nurse, starts_at=at(hour), at=now())
    client = signed_in(nurse)
    client.get(f"{BASE}sheet/?from={DAY}")
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        assert client.get(f"{BASE}sheet/?from={DAY}").status_code == 200


def test_room_is_found_in_minutes(nurse: Who) -> None:
    for half in range(4):
        slot(nurse, starts_at=at(8 + half / 2))
    client = signed_in(nurse)

    assert "4 free times" in client.get(f"{BASE}gaps/?minutes=120&start={DAY}").content.decode()
    assert "No such room" in client.get(f"{BASE}gaps/?minutes=130&start={DAY}").content.decode()
    assert client.get(f"{BASE}gaps/?minutes=0").status_code == 422
    assert client.get(f"{BASE}gaps/?minutes=x&start=2026-13-01").status_code == 422


@pytest.mark.parametrize("page", ["day/", "sheet/", "gaps/", ""])
@pytest.mark.parametrize("query", ["from=0001-01-01", "from=9999-12-31&who=x", "unit=%00", "from=2024-02-29"])
def test_an_address_that_makes_no_sense_is_no_error(page: str, query: str, nurse: Who) -> None:
    assert signed_in(nurse).get(f"{BASE}{page}?{query}").status_code in {200, 422}


def test_the_clock_of_a_day_is_the_one_on_the_wall(nurse: Who) -> None:
    """28 March 2027: clocks go forward at three. Nine is nine in the list of the day."""
    day = datetime(2027, 3, 28).date()
    slot(nurse, starts_at=start_of(day, time(9)))

    assert "9:00–9:30" in signed_in(nurse).get(f"{BASE}sheet/?from={day}").content.decode()


def test_the_figures_of_a_unit_name_nobody_and_say_what_they_count(nurse: Who, booked: tuple[Case, UUID]) -> None:
    with time_machine.travel(at(30)):
        for who in (nurse, worker("unit-manager")):
            for weeks in ("4", "13", "x"):
                said = signed_in(who).get(f"{BASE}figures/?weeks={weeks}").content.decode()
                assert "100%" in said
                assert "Nothing was marked of 1" in said
                assert name_of(booked[0]) not in said


def test_the_page_of_moving_shows_some_days_at_once(nurse: Who, booked: tuple[Case, UUID]) -> None:
    for day in range(9):
        slot(nurse, starts_at=at(13) + timedelta(days=day))
    address, client = f"{BASE}times/{booked[1]}/moving/", signed_in(nurse)
    first = client.get(address).content.decode()
    last = client.get(f"{address}?from={DAY + timedelta(days=7)}").content.decode()

    assert (first.count('name="slot"'), "Later times" in first) == (7, True)
    assert (last.count('name="slot"'), "Later times" in last) == (2, False)
    assert client.get(f"{address}?from=x&who=y&slot=z").status_code == 200
