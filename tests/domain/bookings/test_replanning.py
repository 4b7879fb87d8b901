"""A plan that changes or ends, a holiday that is worked, a closing that is taken back: nobody booked is forgotten."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.actions.changing import Decision, Undecided
from luotsi.domain.bookings.actions.planning import Asked, make_plan
from luotsi.domain.bookings.actions.reopening import open_day, take_back
from luotsi.domain.bookings.actions.replanning import Changed
from luotsi.domain.bookings.models import Booking, CalendarChange, Plan, Resource, ResourceUse, Slot
from luotsi.domain.bookings.queries import calendar
from luotsi.domain.bookings.queries.calendar import Closing
from luotsi.domain.bookings.rules.plans import Draft, PlanRefused
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.actions import calendars
from luotsi.domain.organisation.rules import NotAllowed
from tests.factories import MORNING, as_who, assessed, contact, state_of_booking, worker

pytestmark = pytest.mark.django_db
FIRST = local_day(MORNING) + timedelta(days=7)  # a Monday
LAST = FIRST + timedelta(days=11)
NEXT = FIRST + timedelta(days=7)
AFTERNOON = MORNING + timedelta(hours=5)
DAILY = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
MORNINGS = Draft(DAILY, time(8), time(12), FIRST, LAST, 30)
LATER = Draft(DAILY, time(10), time(14), NEXT, LAST, 30)


@pytest.fixture
def nurse() -> Who:
    return worker()


@pytest.fixture
def manager() -> Who:
    return worker("unit-manager")


def asked(nurse: Who, **more: Any) -> Asked:
    return Asked(unit="sotkamo", staff=nurse.id, profession="nurse", **more)


def planned(nurse: Who, draft: Draft = MORNINGS, **more: Any) -> Plan:
    return make_plan(key=uuid4(), asked=asked(nurse, **more), draft=draft, by=SYSTEM, at=MORNING)[0]


def booked(nurse: Who, day: date, hour: int) -> UUID:
    """Somebody's accepted time of the plan."""
    case = assessed(contact(), nurse)
    place = Slot.objects.get(staff_id=nurse.id, starts_at=start_of(day, time(hour)), closed_at=None)
    at = MORNING + timedelta(hours=3)
    cases.offer_time(case=case.id, slot=place.id, key=uuid4(), by=nurse, at=at)
    booking = case.times.latest("id").booking_id
    cases.answer_offer(case=case.id, booking=booking, accepts=True, by=as_who(case.resident), at=at)
    return booking


def change(plan: Plan, nurse: Who, by: Who, draft: Draft = LATER, key: UUID | None = None, **said: Decision) -> Changed:
    decisions = {UUID(one): what for one, what in said.items()}
    return calendars.change_plan(
        key=key or uuid4(), plan=plan.id, asked=asked(nurse), draft=draft, decisions=decisions, by=by, at=AFTERNOON
    )  # fmt: skip


def starts(day: date) -> list[str]:
    """When the open times of a day begin, on the wall."""
    rows = Slot.objects.filter(closed_at=None, starts_at__gte=start_of(day), starts_at__lt=start_of(day + timedelta(1)))
    zone = start_of(day).tzinfo
    return [f"{one.astimezone(zone):%H:%M}" for one in rows.order_by("starts_at").values_list("starts_at", flat=True)]


def test_a_changed_plan_keeps_who_fits_in_and_asks_of_the_others(nurse: Who, manager: Who) -> None:
    plan = planned(nurse)
    before, fits, outside = booked(nurse, FIRST, 8), booked(nurse, NEXT, 11), booked(nurse, NEXT, 8)
    with pytest.raises(Undecided):
        change(plan, nurse, manager)
    assert Plan.objects.count() == 1, "nothing half done"

    done = change(plan, nurse, manager, **{str(outside): Decision("message")})

    plan.refresh_from_db()
    assert (plan.valid_to, plan.ended_at) == (NEXT - timedelta(days=1), None)
    assert (done.plan.replaces_id, Plan.objects.get(id=done.plan.id).version) == (plan.id, 2)
    assert [state_of_booking(one) for one in (before, fits, outside)] == ["made", "made", "cancelled"]
    assert starts(NEXT) == ["10:00", "10:30", "11:00", "11:30", "12:00", "12:30", "13:00", "13:30"]
    assert starts(FIRST)[0] == "08:00"
    assert Slot.objects.filter(plan=plan, closed_at=None, starts_at__gte=start_of(NEXT)).count() == 1


def test_the_same_change_twice_is_one(nurse: Who, manager: Who) -> None:
    plan, key = planned(nurse), uuid4()
    first = change(plan, nurse, manager, key=key)
    assert change(plan, nurse, manager, key=key).plan.id == first.plan.id
    assert Plan.objects.count() == 2


def test_a_change_that_cannot_be_leaves_the_old_plan_whole(nurse: Who, manager: Who) -> None:
    plan = planned(nurse)
    planned(nurse, Draft(DAILY, time(13), time(15), FIRST, LAST, 30))
    with pytest.raises(PlanRefused) as refusal:
        change(plan, nurse, manager)
    assert refusal.value.why == "overlaps"
    plan.refresh_from_db()
    assert plan.valid_to == LAST
    assert starts(NEXT)[0] == "08:00"


def test_an_ended_plan_moves_keeps_or_gives_up_each(nurse: Who, manager: Who) -> None:
    plan = planned(nurse)
    moves, stays = booked(nurse, NEXT, 8), booked(nurse, NEXT, 9)
    target = Slot.objects.get(staff_id=nurse.id, starts_at=start_of(FIRST, time(11)))
    rest = calendar.rest_of(plan.id, "sotkamo", NEXT)
    assert [one.id for one in calendar.booked(rest, viewer=manager, at=MORNING)] == [moves, stays]
    decided = {moves: Decision("move", target.id), stays: Decision("keep")}
    last = NEXT - timedelta(days=1)

    done = calendars.end_plan(plan=plan.id, last=last, decisions=decided, by=manager, at=AFTERNOON)
    again = calendars.end_plan(plan=plan.id, last=last, decisions={}, by=manager, at=AFTERNOON)

    assert (done.kept, set(done.moved), again.closed) == (1, {moves}, 0)
    assert Booking.objects.get(moved_from=moves).slot_id == target.id
    assert starts(NEXT) == ["09:00"]
    with pytest.raises(PlanRefused):
        calendars.end_plan(plan=plan.id, last=date(2020, 1, 1), decisions={}, by=manager, at=AFTERNOON)


def test_a_room_goes_free_with_its_plan_and_stays_with_who_stays(nurse: Who, manager: Who) -> None:
    room = Resource.objects.create(unit_id="sotkamo", kind="room", name="12", active_from=date(2020, 1, 1))
    plan = planned(nurse, resources=(room.id,))
    stays = booked(nurse, NEXT, 9)
    calendars.end_plan(
        plan=plan.id, last=NEXT - timedelta(days=1), decisions={stays: Decision("keep")}, by=manager, at=AFTERNOON
    )

    after = ResourceUse.objects.filter(starts_at__gte=start_of(NEXT))
    assert [(one.booking, one.starts_at) for one in after] == [(stays, start_of(NEXT, time(9)))]
    colleague = worker()
    afternoon = Draft(DAILY, time(9, 30), time(12), NEXT, LAST, 30)
    make_plan(key=uuid4(), asked=asked(colleague, resources=(room.id,)), draft=afternoon, by=manager, at=AFTERNOON)


def test_others_change_and_open_nothing_here(nurse: Who) -> None:
    plan = planned(nurse)
    for stranger in (nurse, worker("unit-manager", unit="kuhmo")):
        with pytest.raises(NotAllowed):
            change(plan, nurse, stranger)
        with pytest.raises(NotAllowed):
            calendars.end_plan(plan=plan.id, last=FIRST, decisions={}, by=stranger, at=AFTERNOON)
        with pytest.raises(NotAllowed):
            open_day(key=uuid4(), unit="sotkamo", day=date(2026, 4, 3), staff=None, by=stranger, at=AFTERNOON)


GOOD_FRIDAY = date(2026, 4, 3)


def test_a_holiday_is_open_for_whom_it_was_opened_and_shut_again(nurse: Who, manager: Who) -> None:
    planned(nurse, Draft(DAILY, time(8), time(12), FIRST, GOOD_FRIDAY, 60))
    planned(worker(), Draft(DAILY, time(8), time(12), FIRST, GOOD_FRIDAY, 60))
    assert starts(GOOD_FRIDAY) == []
    key = uuid4()
    opened = {"unit": "sotkamo", "staff": nurse.id, "by": manager, "at": MORNING}

    assert open_day(key=key, day=GOOD_FRIDAY, **opened) == 4  # type: ignore[arg-type]
    assert open_day(key=key, day=GOOD_FRIDAY, **opened) == 0  # type: ignore[arg-type]
    booked(nurse, GOOD_FRIDAY, 9)
    with pytest.raises(Undecided):
        take_back(change=key, by=manager, at=AFTERNOON)
    assert len(starts(GOOD_FRIDAY)) == 4
    Booking.objects.all().update(cancelled_at=AFTERNOON)
    Slot.objects.update(taken=0)
    assert take_back(change=key, by=manager, at=AFTERNOON) == 4
    assert (take_back(change=key, by=manager, at=AFTERNOON), starts(GOOD_FRIDAY)) == (0, [])


@pytest.mark.parametrize(("day", "why"), [(date(2026, 4, 7), "no_holiday"), (date(2026, 1, 1), "past")])
def test_only_a_holiday_ahead_is_opened(day: date, why: str, manager: Who) -> None:
    with pytest.raises(PlanRefused) as refusal:
        open_day(key=uuid4(), unit="sotkamo", day=day, staff=None, by=manager, at=AFTERNOON)
    assert refusal.value.why == why


def test_a_closing_taken_back_opens_what_it_closed_and_not_what_another_one_closes(nurse: Who, manager: Who) -> None:
    planned(nurse)
    key = uuid4()

    def close(key: UUID, begins: time, ends: time, at: datetime) -> None:
        closing = Closing("sotkamo", start_of(FIRST, begins), start_of(FIRST, ends), staff=nurse.id)
        calendars.close_calendar(key=key, closing=closing, reason="meeting", decisions={}, by=manager, at=at)

    close(key, time(8), time(10), MORNING)
    close(uuid4(), time(9, 30), time(11), MORNING + timedelta(minutes=1))
    assert starts(FIRST) == ["11:00", "11:30"]

    assert take_back(change=key, by=manager, at=MORNING + timedelta(minutes=2)) == 3
    assert starts(FIRST) == ["08:00", "08:30", "09:00", "11:00", "11:30"]
    assert CalendarChange.objects.filter(ended_at=None).count() == 1
