"""A home visit that is cancelled or given up: its time goes, and nobody gives it again."""

import pytest

from luotsi.base.now import now
from luotsi.domain.bookings.actions.confirming import give_up
from luotsi.domain.bookings.actions.homevisits import cancel_visit
from luotsi.domain.bookings.actions.roundtimes import Given, give_times
from luotsi.domain.bookings.models import Booking
from luotsi.domain.events.models import Event
from tests.factories import as_who, state_of_booking
from tests.factories.homecare import DAY, UNIT, at_home, carer, laid, planner, visit_of

pytestmark = pytest.mark.django_db


def test_a_cancelled_visit_gives_its_time_back() -> None:
    boss, _anna = planner(), carer("Anna")
    visit = visit_of(at_home(), boss)
    laid(boss)
    give_times(unit=UNIT, day=DAY, by=boss, at=now())
    visit.refresh_from_db()
    booking = visit.booking_id
    cancel_visit(visit=visit.id, by=boss, at=now())
    cancel_visit(visit=visit.id, by=boss, at=now())

    assert state_of_booking(booking) == "cancelled"  # type: ignore[arg-type]
    assert Event.objects.filter(kind="home_visit.cancelled").count() == 1


def test_a_visit_that_the_resident_gave_up_is_not_given_to_them_again() -> None:
    boss, person = planner(), at_home()
    carer("Anna")
    visit = visit_of(person, boss)
    laid(boss)
    give_times(unit=UNIT, day=DAY, by=boss, at=now())
    visit.refresh_from_db()
    booking = visit.booking_id
    assert booking is not None
    give_up(booking=booking, by=as_who(person), at=now())
    planning = laid(boss)

    assert planning.visits == 0
    assert give_times(unit=UNIT, day=DAY, by=boss, at=now()) == Given()
    assert Booking.objects.filter(resident_id=person.id, cancelled_at=None).count() == 0
