"""A professional refers to a group: its meetings are the care for the matter, and the matter's clocks follow."""

from datetime import timedelta
from uuid import uuid4

import pytest

from luotsi.base.dates import start_of
from luotsi.domain.bookings.actions.keeping import SlotsTaken
from luotsi.domain.bookings.models import Booking, Slot
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.actions import groups
from luotsi.domain.cases.models import Case
from luotsi.domain.clocks.queries import clocks_of
from luotsi.domain.organisation.rules import NotAllowed
from tests.factories import assessed, contact, resident, state_of_booking, worker
from tests.factories.groups import FIRST, UNIT, group_of, leader, signed_up
from tests.factories.times import AT


@pytest.fixture
def case(db: None) -> Case:
    row = contact(unit=UNIT, service="mental-health", at=AT - timedelta(hours=3))
    return assessed(row, leader())


def test_a_referral_books_every_meeting_for_the_matter_and_the_first_visit_stops_its_clock(case: Case) -> None:
    by, key = leader(), uuid4()
    group = group_of(by)
    first, again = (groups.refer(case=case.id, group=group.pk, key=key, by=by, at=AT) for _ in range(2))
    assert {row.id for row in first} == {row.id for row in again}
    assert case.times.count() == Slot.objects.filter(plan=group.plan).count() > 2
    assert cases.state_of(case) == "booked"
    assert [chip.is_running for chip in clocks_of([case.id])[case.id] if chip.line == "primary_care"] == [True]
    slot = first[0].slot
    on_day = slot.starts_at + timedelta(hours=2)
    groups.mark(slot=slot.id, came=[first[0].id], missed={}, by=by, at=on_day)
    (chip,) = (chip for chip in clocks_of([case.id])[case.id] if chip.line == "primary_care")
    assert not chip.is_running


def test_a_group_called_off_leaves_the_matter_waiting_for_something_else(case: Case) -> None:
    by = leader()
    group = group_of(by)
    groups.refer(case=case.id, group=group.pk, key=uuid4(), by=by, at=AT)
    groups.tick(at=start_of(FIRST - timedelta(days=7)) + timedelta(hours=9))
    assert {state_of_booking(row) for row in Booking.objects.values_list("id", flat=True)} == {"cancelled"}
    assert cases.state_of(case) == "assessed"


def test_who_leaves_leaves_the_matter_open(case: Case) -> None:
    by = leader()
    group = group_of(by)
    groups.refer(case=case.id, group=group.pk, key=uuid4(), by=by, at=AT)
    assert groups.leave(group=group.pk, resident=case.resident_id, by=by, at=AT) > 2
    assert cases.state_of(case) == "assessed"


def test_a_worker_gets_nobody_into_a_full_group(case: Case) -> None:
    by = leader()
    group = group_of(by, places=1)
    signed_up(resident(), group)
    with pytest.raises(SlotsTaken):
        groups.refer(case=case.id, group=group.pk, key=uuid4(), by=by, at=AT)
    assert not case.times.exists()


def test_nobody_refers_in_a_matter_that_is_not_theirs(case: Case) -> None:
    group = group_of()
    with pytest.raises(NotAllowed):
        groups.refer(case=case.id, group=group.pk, key=uuid4(), by=worker("nurse"), at=AT)
