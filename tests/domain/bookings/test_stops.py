"""A vehicle drives its route: times at every stop, residents who book them, and a day as those on board see it."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest

from luotsi.base.dates import start_of
from luotsi.base.now import HELSINKI
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.actions.changing import Decision, Undecided, close_calendar
from luotsi.domain.bookings.actions.driving import RouteRefused, Season, plan_route
from luotsi.domain.bookings.actions.generating import draft_of, generate
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.actions.heads import count_heads
from luotsi.domain.bookings.actions.planning import Asked
from luotsi.domain.bookings.actions.replanning import change_plan
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.models import Booking, Plan, Resource, ResourceUse, Slot
from luotsi.domain.bookings.queries import stops
from luotsi.domain.bookings.queries.calendar import Closing
from luotsi.domain.bookings.queries.own import times_of
from luotsi.domain.organisation.rules import NotAllowed
from tests.factories import resident, worker
from tests.factories.times import AT, booked
from tests.factories.vehicle import ROUTE, STOP, driven, next_tuesday

pytestmark = pytest.mark.django_db
NURSE = offerings()["kulkuri-nurse"]
DAY = next_tuesday(AT)


@pytest.fixture
def nurse() -> Who:
    return worker(name="Aino Autossa")


@pytest.fixture
def manager() -> Who:
    return worker("unit-manager", name="Esko Esihenkilö")


def slots_at(stop: str, day: date = DAY) -> list[UUID]:
    ahead = Slot.objects.filter(
        plan__stop=stop, starts_at__gte=start_of(day), starts_at__lt=start_of(day + timedelta(1))
    )
    return list(ahead.order_by("starts_at").values_list("id", flat=True))


def test_a_season_of_a_route_gives_times_at_each_stop_every_other_week(nurse: Who, manager: Who) -> None:
    made = driven(nurse, manager, at=AT)

    found = stops.stop_days(after=AT, before=AT + timedelta(days=60))
    assert [(one.stop, (one.day - DAY).days) for one in found] == [
        ("vuokatti", 0), ("tipasoja", 0), ("laakajarvi", 2), ("vuokatti", 14), ("tipasoja", 14), ("laakajarvi", 16),
    ]  # fmt: skip
    assert made == sum(one.places for one in found) == 2 * (6 + 6 + 9)
    assert {one.workers for one in found} == {("Aino Autossa",)}
    first = found[0]
    assert (first.starts_at.astimezone(HELSINKI).hour, first.ends_at.astimezone(HELSINKI).hour) == (9, 11)


def test_planning_it_twice_by_the_same_key_makes_nothing(nurse: Who, manager: Who) -> None:
    key = uuid4()
    driven(nurse, manager, at=AT, key=key)

    assert driven(nurse, manager, at=AT, key=key) == 0
    assert Plan.objects.count() == 3


def test_a_room_on_board_is_used_by_one_at_a_time_and_nothing_is_left_of_a_refused_route(
    nurse: Who, manager: Who
) -> None:
    driven(nurse, manager, at=AT)
    plans, uses = Plan.objects.count(), ResourceUse.objects.count()

    with pytest.raises(RouteRefused) as refusal:
        driven(worker(name="Toinen Hoitaja"), manager, at=AT)

    assert (refusal.value.why, refusal.value.stop) == ("resource_in_use", STOP)
    assert (Plan.objects.count(), ResourceUse.objects.count()) == (plans, uses)
    assert Resource.objects.get().type == "kulkuri"


def test_who_manages_another_unit_plans_no_room_of_this_one(nurse: Who) -> None:
    with pytest.raises(NotAllowed):
        driven(nurse, worker("unit-manager", "kuhmo"), at=AT)
    assert not Plan.objects.exists()


def test_a_season_that_ends_before_it_begins_is_refused(nurse: Who, manager: Who) -> None:
    season = Season(ROUTE, DAY, DAY - timedelta(days=1), {"nurse": nurse.id})
    with pytest.raises(RouteRefused) as refusal:
        plan_route(key=uuid4(), season=season, by=manager, at=AT)
    assert refusal.value.why == "backwards"


def test_a_resident_books_at_a_stop_and_their_time_says_which(nurse: Who, manager: Who) -> None:
    driven(nurse, manager, at=AT)
    person = resident()
    free = stops.free_at(STOP, DAY, offering=NURSE, reason="check", asked=AT)
    assert len(free) == 6

    booked(person, free[0].id, offering="kulkuri-nurse")

    assert [(one.stop, one.mode) for one in times_of([person.id], at=AT)] == [(STOP, "vehicle_stop")]
    assert len(stops.free_at(STOP, DAY, offering=NURSE, reason="check", asked=AT)) == 5
    with pytest.raises(SlotTaken):
        booked(resident(), free[0].id, offering="kulkuri-nurse")


def test_too_late_and_too_far_are_not_offered(nurse: Who, manager: Who) -> None:
    driven(nurse, manager, at=AT)
    begins = stops.stop_days(after=AT, before=AT + timedelta(days=30))[0].starts_at

    soon = stops.free_at(STOP, DAY, offering=NURSE, reason="check", asked=begins - timedelta(hours=1))
    far = stops.free_at(STOP, DAY, offering=NURSE, reason="check", asked=begins - timedelta(days=61))
    assert (len(soon), len(far)) == (3, 0)


def test_who_is_on_board_reads_who_comes_and_a_colleague_only_that_somebody_does(nurse: Who, manager: Who) -> None:
    driven(nurse, manager, at=AT)
    person = resident(first_name="Tuija", last_name="Kyläläinen")
    booked(person, slots_at(STOP)[1], offering="kulkuri-nurse", reason="care")

    (own,) = stops.day_at(STOP, DAY, viewer=nurse)
    (other,) = stops.day_at(STOP, DAY, viewer=worker(name="Kaisa Kollega"))

    comer = own.times[1].comer
    assert comer is not None
    assert (comer.name, comer.reason, comer.state) == ("Tuija Kyläläinen", "care", "made")
    assert [one.is_taken for one in own.times] == [False, True, False, False, False, False]
    assert [(one.is_taken, one.comer) for one in other.times][1] == (True, None)


def test_another_units_worker_has_no_such_day(nurse: Who, manager: Who) -> None:
    driven(nurse, manager, at=AT)
    with pytest.raises(NotAllowed):
        stops.day_at(STOP, DAY, viewer=worker(unit="kuhmo"))


def test_figures_count_by_village_who_came_with_a_time_and_without(nurse: Who, manager: Who) -> None:
    driven(nurse, manager, at=AT)
    begins = stops.stop_days(after=AT, before=AT + timedelta(days=30))[0].starts_at
    first, second, *_ = slots_at(STOP)
    came, missed = (booked(resident(), slot, offering="kulkuri-nurse") for slot in (first, second))
    Booking.objects.filter(id=came.id).update(held_at=begins)
    Booking.objects.filter(id=missed.id).update(no_show_at=begins)
    count_heads(slot=first, people=7, by=nurse, at=begins)

    after, before = start_of(DAY), start_of(DAY + timedelta(days=3))
    found = {one.stop: one for one in stops.figures_by_stop(after=after, before=before, viewer=manager)}
    here, none = found[STOP], found["laakajarvi"]
    assert (here.days, here.places, here.booked, here.held, here.missed, here.heads) == (1, 6, 2, 1, 1, 7)
    assert (none.days, none.booked, none.held, none.heads) == (1, 0, 0, 0)
    assert stops.figures_by_stop(after=after, before=before, viewer=worker(unit="kuhmo")) == []


def test_the_system_may_plan_it_too(nurse: Who) -> None:
    assert driven(nurse, SYSTEM, at=AT) > 0


def test_a_plan_that_changes_goes_on_at_its_stop(nurse: Who, manager: Who) -> None:
    driven(nurse, manager, at=AT)
    old = Plan.objects.get(stop=STOP)
    asked = Asked(
        unit=old.unit_id, staff=old.staff_id, profession=old.profession, offerings=tuple(old.offerings), mode=old.mode,
        resources=tuple(old.resources.values_list("id", flat=True)),
    )  # fmt: skip
    later = replace(draft_of(old), valid_from=DAY + timedelta(days=14), begins=time(9, 40))
    change_plan(key=uuid4(), plan=old.id, asked=asked, draft=later, decisions={}, subjects={}, by=manager, at=AT)

    found = stops.stop_days(after=AT, before=AT + timedelta(days=60), stops=[STOP])
    assert [one.places for one in found] == [6, 4]


def test_a_vehicle_in_repair_stops_nowhere_and_who_was_booked_is_told(nurse: Who, manager: Who) -> None:
    driven(nurse, manager, at=AT)
    row = booked(resident(), slots_at(STOP)[0], offering="kulkuri-nurse")
    room = Resource.objects.get()
    week = Closing("sotkamo", start_of(DAY), start_of(DAY + timedelta(days=7)), resource=room.id)
    told = {"reason": "repair", "subjects": {}, "by": manager, "at": AT}
    with pytest.raises(Undecided):
        close_calendar(key=uuid4(), closing=week, decisions={}, **told)
    close_calendar(key=uuid4(), closing=week, decisions={row.id: Decision("message")}, **told)

    ahead = {"after": AT, "before": AT + timedelta(days=60)}
    assert [(one.day - DAY).days for one in stops.stop_days(**ahead)] == [14, 14, 16]
    row.refresh_from_db()
    assert row.cancelled_by == "provider"
    for plan in Plan.objects.all():
        assert generate([plan.id], at=AT) == 0, "made anew, it still stops nowhere that week"
