"""Plans become times, once; what closes a calendar says what becomes of each booked time, and loses none."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings.actions.changing import Decision, Done, Undecided
from luotsi.domain.bookings.actions.generating import generate
from luotsi.domain.bookings.actions.planning import Asked, make_plan
from luotsi.domain.bookings.models import Booking, CalendarChange, Plan, Resource, ResourceUse, Slot
from luotsi.domain.bookings.queries import calendar
from luotsi.domain.bookings.queries.calendar import Closing
from luotsi.domain.bookings.rules.plans import Draft, PlanRefused, sessions, times
from luotsi.domain.cases.actions.calendars import close_calendar
from luotsi.domain.organisation.rules import NotAllowed
from tests.factories import MORNING, assessed, contact, offered, state_of_booking, worker

pytestmark = pytest.mark.django_db
TODAY = local_day(MORNING)
FIRST = TODAY + timedelta(days=7 - TODAY.weekday())  # the Monday after
WEEK = Draft("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", time(8), time(12), FIRST, FIRST + timedelta(days=4), 30)


def plan(
    nurse: Who, draft: Draft = WEEK, *, by: Who | None = None, key: UUID | None = None, **asked: Any
) -> tuple[Plan, int]:
    told = Asked(unit="sotkamo", staff=nurse.id, profession="nurse", **asked)
    return make_plan(key=key or uuid4(), asked=told, draft=draft, by=by or worker("unit-manager"), at=MORNING)


def room(name: str) -> UUID:
    return Resource.objects.create(unit_id="sotkamo", kind="room", name=name, active_from=date(2020, 1, 1)).id


def day_off(nurse: Who, day: date, decisions: dict[UUID, Decision], by: Who) -> Done:
    closing = Closing("sotkamo", start_of(day), start_of(day + timedelta(days=1)), staff=nurse.id)
    at = MORNING + timedelta(hours=4)
    return close_calendar(key=uuid4(), closing=closing, reason="away", decisions=decisions, by=by, at=at)


def test_a_plan_becomes_the_times_that_its_rule_says_and_making_them_again_adds_none() -> None:
    made, count = plan(worker())
    expected = {span[0] for session in sessions(WEEK) for span in times(session, WEEK)}

    assert set(Slot.objects.filter(plan=made).values_list("starts_at", flat=True)) == expected
    assert count == len(expected) > 0
    assert generate([made.id], at=MORNING) == 0


def test_the_same_form_sent_twice_is_one_plan() -> None:
    nurse, key = worker(), uuid4()
    first, _ = plan(nurse, key=key)
    second, made = plan(nurse, key=key)

    assert (first.id, made, Plan.objects.count()) == (second.id, 0, 1)


def test_plans_that_meet_are_refused_with_their_first_day() -> None:
    nurse = worker()
    plan(nurse)
    with pytest.raises(PlanRefused) as refusal:
        plan(nurse, Draft("FREQ=WEEKLY;BYDAY=TH", time(11), time(15), FIRST, FIRST + timedelta(days=20), 30))

    assert (refusal.value.why, refusal.value.day) == ("overlaps", FIRST + timedelta(days=3))
    assert plan(nurse, Draft("FREQ=WEEKLY;BYDAY=TH", time(12), time(15), FIRST, FIRST + timedelta(days=20), 30))[1] > 0


def test_a_room_goes_with_one_plan_at_a_time() -> None:
    worker()
    one = room("12")
    made, _ = plan(worker(), resources=(one,))
    with pytest.raises(PlanRefused, match="in use"):
        plan(worker(), resources=(one,))

    assert ResourceUse.objects.filter(plan=made).count() == len(sessions(WEEK))
    assert Plan.objects.count() == 1, "a refused plan leaves nothing"


def test_no_times_are_made_while_somebody_is_away_and_none_where_a_time_stands() -> None:
    nurse, manager = worker(), worker("unit-manager")
    day_off(nurse, FIRST, {}, manager)
    next_day = FIRST + timedelta(days=1)
    Slot.objects.create(
        unit_id="sotkamo", staff_id=nurse.id, profession="nurse", starts_at=start_of(next_day, time(8, 15)),
        ends_at=start_of(next_day, time(8, 45)),
    )  # fmt: skip
    made, _ = plan(nurse, by=manager)
    starts = [
        local.astimezone(start_of(FIRST).tzinfo)
        for local in Slot.objects.filter(plan=made).values_list("starts_at", flat=True)
    ]

    assert FIRST not in {one.date() for one in starts}
    assert min(starts) == datetime.combine(FIRST + timedelta(days=1), time(9), start_of(FIRST).tzinfo)


@pytest.mark.parametrize(
    "change, why", [({"offerings": ("oral-check",)}, "offering"), ({"offerings": ("x",)}, "offering")]
)
def test_a_plan_for_what_the_unit_does_not_offer_is_refused(change: dict[str, Any], why: str) -> None:
    with pytest.raises(PlanRefused) as refusal:
        plan(worker(), **change)
    assert refusal.value.why == why


def test_others_plan_nothing_here() -> None:
    nurse = worker()
    for stranger in (worker("unit-manager", unit="kuhmo"), nurse):
        with pytest.raises(NotAllowed):
            plan(nurse, by=stranger)
        with pytest.raises(NotAllowed):
            day_off(nurse, FIRST, {}, stranger)
    assert not Plan.objects.exists()
    assert not CalendarChange.objects.exists()


def booked(nurse: Who, at: datetime) -> tuple[Any, UUID]:
    case = assessed(contact(), nurse)
    return case, offered(case, nurse, starts_at=at)


def test_each_booked_person_inside_an_absence_is_moved_told_or_kept() -> None:
    nurse, colleague, manager = worker(), worker(), worker("unit-manager")
    (case, moves), (_, told), (_, stays) = (booked(nurse, start_of(FIRST, time(hour))) for hour in (8, 9, 10))
    plan(colleague, by=manager)
    closing = Closing("sotkamo", start_of(FIRST), start_of(FIRST + timedelta(days=1)), staff=nurse.id)
    listed = calendar.booked(closing, viewer=manager, at=MORNING)
    assert [one.id for one in listed] == [moves, told, stays]
    target = listed[0].choices[0]
    assert target.staff == colleague.id

    done = day_off(
        nurse, FIRST, {moves: Decision("move", target.id), told: Decision("message"), stays: Decision("keep")}, manager
    )

    new = Booking.objects.get(moved_from=moves)
    assert (done.kept, done.cancelled, done.moved) == (1, (told,), {moves: new.id})
    assert (new.slot_id, case.times.filter(booking=new).count()) == (target.id, 1), "the matter has its new time"
    assert [state_of_booking(one) for one in (moves, told, stays, new.id)] == [
        "cancelled",
        "cancelled",
        "offered",
        "offered",
    ]
    open_slots = Slot.objects.filter(staff_id=nurse.id, closed_at=None)
    assert list(open_slots.values_list("bookings", flat=True)) == [stays]
    assert all(slot.taken == slot.bookings.filter(cancelled_at=None).count() for slot in Slot.objects.all())


def test_a_time_booked_while_somebody_decides_stops_everything() -> None:
    nurse, manager = worker(), worker("unit-manager")
    _, first = booked(nurse, start_of(FIRST, time(8)))
    _, second = booked(nurse, start_of(FIRST, time(9)))

    with pytest.raises(Undecided):
        day_off(nurse, FIRST, {first: Decision("message")}, manager)

    assert not CalendarChange.objects.exists()
    assert [state_of_booking(one) for one in (first, second)] == ["offered", "offered"]


def test_who_plans_reads_no_names() -> None:
    nurse, manager = worker(), worker("unit-manager")
    booked(nurse, start_of(FIRST, time(8)))
    closing = Closing("sotkamo", start_of(FIRST), start_of(FIRST + timedelta(days=1)), staff=nurse.id)

    assert not {"resident", "resident_id"} & set(vars(calendar.booked(closing, viewer=manager, at=MORNING)[0]))
    with pytest.raises(NotAllowed):
        calendar.booked(closing, viewer=worker("unit-manager", unit="kuhmo"), at=MORNING)
