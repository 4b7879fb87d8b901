"""Home visits become rounds and times: what is pinned stays, who falls ill is replaced, and nobody is lost."""

from datetime import time, timedelta
from uuid import uuid4

import pytest

from luotsi.base.now import now, today
from luotsi.domain.bookings.actions import rounding, visiting
from luotsi.domain.bookings.actions.homevisits import VisitRefused, cancel_visit
from luotsi.domain.bookings.actions.roundtimes import Given, NotGiven, give_times
from luotsi.domain.bookings.models import Booking, HomeVisit, RoundPlanning, Slot
from luotsi.domain.bookings.rules.rounds import NotMovable
from luotsi.domain.events.models import Event
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people import access
from luotsi.domain.people import actions as people
from tests.factories import resident, state_of_booking, worker
from tests.factories.homecare import DAY, UNIT, at_home, carer, laid, moment, planner, visit_of

pytestmark = pytest.mark.django_db


def give(by: object, at: object = None) -> Given:
    return give_times(unit=UNIT, day=DAY, by=by, at=at or now())  # type: ignore[arg-type]


def again(visit: HomeVisit) -> HomeVisit:
    return HomeVisit.objects.select_related("booking__slot").get(id=visit.id)


def test_a_plan_of_home_care_says_hours_and_makes_no_times() -> None:
    carer("Anna")

    assert Slot.objects.count() == 0


def test_visits_are_laid_given_and_stand_in_the_workers_calendar() -> None:
    boss, anna = planner(), carer("Anna")
    one, two = visit_of(at_home(), boss), visit_of(at_home(), boss, earliest=time(12), latest=time(14))
    planning = laid(boss)
    done = give(boss)

    assert (planning.visits, planning.placed, planning.percent) == (2, 2, 100)
    assert done == Given(given=2)
    for row in (again(one), again(two)):
        assert row.booking is not None
        assert (row.booking.slot.staff_id, row.booking.slot.starts_at) == (anna.id, row.starts_at)
        assert (row.booking.slot.taken, row.booking.slot.capacity, row.booking.slot.mode) == (1, 1, "home")
        assert state_of_booking(row.booking.id) == "made"
        assert access.relationship_of(anna, row.resident_id, register="health") is not None
    assert give(boss) == Given(), "what stands is not given again"


def test_only_who_is_qualified_is_sent_and_a_visit_for_nobody_says_why() -> None:
    boss, person = planner(), at_home()
    carer("Anna")
    wound = visit_of(person, boss, offering="home-wound")
    laid(boss)
    assert (again(wound).staff_id, again(wound).why_left) == (None, "not_qualified")

    bea = carer("Bea", qualified=("wound-care",))
    laid(boss)
    assert (again(wound).staff_id, again(wound).why_left) == (bea.id, "")


def test_when_a_worker_falls_ill_their_visits_move_and_the_residents_are_told() -> None:
    boss, anna, bea = planner(), carer("Anna"), carer("Bea")
    hers, other = visit_of(at_home(), boss, own_worker=anna.id), visit_of(at_home(), boss, own_worker=bea.id)
    laid(boss)
    give(boss)
    before = again(hers).booking
    assert before is not None
    assert before.slot.staff_id == anna.id
    organisation.mark_absence(
        key=uuid4(), staff=anna.id, begins_on=DAY, ends_on=DAY, substitute=None, by=boss, at=now()
    )
    laid(boss)
    assert state_of_booking(before.id) == "made", "nothing is told before the planner gives the times"
    done = give(boss)

    new = again(hers).booking
    assert new is not None
    assert (done.moved, done.given, done.cancelled) == (1, 0, 0)
    assert (new.moved_from_id, new.slot.staff_id) == (before.id, bea.id)
    assert Slot.objects.get(id=before.slot_id).closed_at is not None, "the old time is not offered to anybody else"
    assert Event.objects.filter(kind="booking.moved", resident=hers.resident_id).count() == 1
    assert not Event.objects.filter(kind="booking.moved", resident=other.resident_id).exists()
    assert again(other).booking.slot.staff_id == bea.id  # type: ignore[union-attr]


def test_a_visit_that_moves_a_little_with_the_same_worker_disturbs_nobody() -> None:
    boss, anna = planner(), carer("Anna")
    visit = visit_of(at_home(), boss)
    laid(boss)
    give(boss)
    before = again(visit)
    assert before.starts_at is not None
    rounding.move_visit(
        visit=visit.id, staff=anna.id, starts_at=before.starts_at + timedelta(minutes=15), by=boss, at=now()
    )
    done = give(boss)

    assert done == Given(shifted=1)
    assert again(visit).booking_id == before.booking_id
    assert again(visit).booking.slot.starts_at == before.starts_at + timedelta(minutes=15)  # type: ignore[union-attr]
    assert not Event.objects.filter(kind="booking.moved").exists()


def test_two_workers_change_places_at_the_same_moment() -> None:
    boss, anna, bea = planner(), carer("Anna"), carer("Bea")
    one, two = visit_of(at_home(), boss), visit_of(at_home(), boss)
    for visit, staff in ((one, anna), (two, bea)):
        rounding.move_visit(visit=visit.id, staff=staff.id, starts_at=moment(9), by=boss, at=now())
    give(boss)
    HomeVisit.objects.filter(id=one.id).update(is_pinned=False)
    rounding.move_visit(visit=one.id, staff=bea.id, starts_at=moment(11), by=boss, at=now())
    rounding.move_visit(visit=two.id, staff=anna.id, starts_at=moment(9), by=boss, at=now())
    rounding.move_visit(visit=one.id, staff=bea.id, starts_at=moment(9), by=boss, at=now())

    assert give(boss).moved == 2
    assert {again(one).booking.slot.staff_id, again(two).booking.slot.staff_id} == {anna.id, bea.id}  # type: ignore[union-attr]


def test_what_a_planner_moved_stays_when_the_day_is_planned_anew() -> None:
    boss, anna, bea = planner(), carer("Anna"), carer("Bea")
    visit = visit_of(at_home(), boss, own_worker=anna.id)
    laid(boss)
    rounding.move_visit(visit=visit.id, staff=bea.id, starts_at=moment(13, 3), by=boss, at=now())
    laid(boss)
    assert (again(visit).staff_id, again(visit).starts_at) == (bea.id, moment(13))

    rounding.pin_visit(visit=visit.id, is_pinned=False, by=boss, at=now())
    laid(boss)
    assert again(visit).staff_id == anna.id


def test_a_planner_cannot_put_a_visit_where_it_cannot_be() -> None:
    boss, anna, person = planner(), carer("Anna", ends=time(12)), at_home()
    stranger = worker("practical-nurse", UNIT, name="Not at work")
    visit, fixed = visit_of(person, boss), visit_of(at_home(), boss)
    wound = visit_of(person, boss, offering="home-wound")
    rounding.move_visit(visit=fixed.id, staff=anna.id, starts_at=moment(9), by=boss, at=now())
    for moved, staff, hour, why in (
        (visit, stranger, 9, "not_at_work"), (visit, anna, 13, "outside_hours"), (wound, anna, 10, "not_qualified"),
        (visit, anna, 9, "meets_pinned"),
    ):  # fmt: skip
        with pytest.raises(NotMovable) as refusal:
            rounding.move_visit(visit=moved.id, staff=staff.id, starts_at=moment(hour), by=boss, at=now())
        assert refusal.value.why == why
    for starts_at in (now() - timedelta(hours=1), moment(9, day=DAY + timedelta(days=1))):
        with pytest.raises(VisitRefused):
            rounding.move_visit(visit=visit.id, staff=anna.id, starts_at=starts_at, by=boss, at=now())


def test_a_visit_that_has_begun_stays_where_it_is() -> None:
    boss, _anna = planner(), carer("Anna")
    visit = visit_of(at_home(), boss)
    laid(boss)
    give(boss)
    row = again(visit)
    assert row.booking is not None
    visiting.begin(booking=row.booking.id, by=boss, at=moment(9))
    later = visit_of(at_home(), boss, latest=time(14))
    laid(boss, at=moment(9, 30))

    assert again(visit).starts_at == row.starts_at
    with pytest.raises(VisitRefused):
        cancel_visit(visit=visit.id, by=boss, at=moment(9, 30))
    assert again(later).starts_at is not None
    assert again(later).starts_at >= moment(9, 45), "a day planned anew in the morning sends nobody into the past"  # type: ignore[operator]


def test_a_time_that_finds_no_place_any_more_is_given_up_and_the_resident_told() -> None:
    boss, anna = planner(), carer("Anna")
    visit = visit_of(at_home(), boss)
    laid(boss)
    give(boss)
    organisation.mark_absence(
        key=uuid4(), staff=anna.id, begins_on=DAY, ends_on=DAY, substitute=None, by=boss, at=now()
    )
    laid(boss)
    assert again(visit).why_left == "nobody_at_work"
    done = give(boss)

    assert done == Given(cancelled=1)
    assert state_of_booking(again(visit).booking_id) == "cancelled"  # type: ignore[arg-type]
    assert Event.objects.filter(kind="booking.cancelled", resident=visit.resident_id).exists()


def test_when_one_time_cannot_be_given_none_is() -> None:
    boss, anna = planner(), carer("Anna")
    visits = [visit_of(at_home(), boss) for _ in range(3)]
    laid(boss)
    taken = again(visits[1])
    Slot.objects.create(
        unit_id=UNIT, staff_id=anna.id, profession="practical-nurse", starts_at=taken.starts_at,
        ends_at=taken.starts_at + timedelta(minutes=30), capacity=1, taken=1,
    )  # fmt: skip
    with pytest.raises(NotGiven):
        give(boss)

    assert Booking.objects.count() == 0
    assert Slot.objects.count() == 1


def test_asking_and_planning_twice_is_once() -> None:
    boss, person, key = planner(), at_home(), uuid4()
    first = visit_of(person, boss, key=key)
    second = visit_of(person, boss, key=key)
    one = rounding.plan_day(unit=UNIT, day=DAY, key=uuid4(), by=boss, at=now())
    two = rounding.plan_day(unit=UNIT, day=DAY, key=uuid4(), by=boss, at=now())

    assert (first.id, one.id) == (second.id, two.id)
    assert (HomeVisit.objects.count(), RoundPlanning.objects.count()) == (1, 1)


def test_a_series_of_visits_is_asked_for_at_once_and_an_impossible_one_leaves_nothing() -> None:
    boss, person = planner(), at_home()
    days = tuple(DAY + timedelta(days=step) for step in range(3))
    visit_of(person, boss, days=days)
    assert list(HomeVisit.objects.order_by("day").values_list("day", flat=True)) == list(days)
    assert HomeVisit.objects.exclude(series=None).values("series").distinct().count() == 1

    for change, why in (
        ({"days": (today() - timedelta(days=1), DAY)}, "past"), ({"days": ()}, "no_days"),
        ({"earliest": time(12), "latest": time(8)}, "backwards"), ({"offering": "family-work"}, "offering"),
        ({"reason": "x"}, "offering"), ({"own_worker": uuid4()}, "nobody"),
        ({"days": (today() + timedelta(days=500),)}, "too_far"),
        ({"days": tuple(DAY + timedelta(days=step) for step in range(80))}, "too_many"),
    ):  # fmt: skip
        with pytest.raises(VisitRefused) as refusal:
            visit_of(person, boss, **change)  # type: ignore[arg-type]
        assert refusal.value.why == why
    assert HomeVisit.objects.count() == 3


def test_who_may_plan_the_rounds_and_for_whom() -> None:
    boss, person = planner(), at_home()
    nurse, other = carer("Anna"), worker("nurse", name="Elsewhere")
    for who in (nurse, other):
        with pytest.raises(NotAllowed):
            visit_of(person, who)
    with pytest.raises(NotAllowed):
        visit_of(resident(), boss)
    visit = visit_of(person, boss)
    with pytest.raises(NotAllowed):
        rounding.pin_visit(visit=visit.id, is_pinned=True, by=nurse, at=now())
    with pytest.raises(NotAllowed):
        give_times(unit=UNIT, day=DAY, by=other, at=now())


def test_of_somebody_under_a_protection_order_no_place_is_kept() -> None:
    boss, person = planner(), at_home()
    people.set_protection(resident=person.id, is_on=True, by=worker(), at=now() - timedelta(days=1))
    visit = visit_of(person, boss, point=(7_123_000, 535_000))

    assert (again(visit).northing, again(visit).easting) == (None, None)


def test_a_search_that_broke_off_is_taken_up_again_and_one_that_fails_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    boss = planner()
    planning = rounding.plan_day(unit=UNIT, day=DAY, key=uuid4(), by=boss, at=now())
    RoundPlanning.objects.filter(id=planning.id).update(began_at=now())
    assert rounding.tick(at=now()) == 0, "another worker is at it"
    assert rounding.tick(at=now() + timedelta(minutes=10)) == 1

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(rounding, "lay", breaks)
    rounding.plan_day(unit=UNIT, day=DAY, key=uuid4(), by=boss, at=now())
    assert rounding.tick(at=now()) == 0
    assert RoundPlanning.objects.filter(has_failed=True).count() == 1
