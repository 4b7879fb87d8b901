"""A reminder comes two days before, once, by day, and not to whoever has just booked."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from luotsi.base.now import HELSINKI
from luotsi.domain.bookings.actions import confirming, reminding
from luotsi.domain.bookings.models import Booking, Slot
from luotsi.domain.bookings.rules.reminding import is_near, may_remind
from luotsi.domain.events.models import Event
from tests.factories import as_who, resident, worker
from tests.factories.times import booked, free_time

NOON = datetime(2026, 3, 26, 12, tzinfo=HELSINKI)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def reminded() -> list[UUID]:
    return [UUID(one.body["booking"]) for one in Event.objects.filter(kind="booking.reminded")]


def test_nobody_is_woken_also_when_the_clock_has_changed() -> None:
    for hour, is_day in ((7, False), (8, True), (19, True), (20, False)):
        for day in (28, 29):  # the night between them is an hour shorter
            assert may_remind(datetime(2026, 3, day, hour, 59, tzinfo=HELSINKI)) is is_day


def test_a_reminder_leaves_time_to_give_the_time_to_another() -> None:
    long_ago = NOON - 9 * DAY
    for before, is_due in ((2 * HOUR, False), (3 * HOUR, True), (48 * HOUR, True), (49 * HOUR, False)):
        assert is_near(NOON + before, accepted_at=long_ago, at=NOON) is is_due
    assert not is_near(NOON + DAY, accepted_at=NOON - HOUR, at=NOON)


@pytest.mark.django_db
def test_each_near_time_is_reminded_of_once_and_no_other() -> None:
    nurse, long_ago = worker(), NOON - 5 * DAY
    near, far, given_up, new = (resident() for _ in range(4))
    rows = {
        person: booked(person, free_time(nurse, starts_at=starts), at=long_ago)
        for person, starts in ((near, NOON + DAY), (far, NOON + 4 * DAY), (given_up, NOON + 2 * DAY - HOUR))
    }
    booked(new, free_time(nurse, starts_at=NOON + DAY + HOUR), at=NOON - HOUR)
    confirming.give_up(booking=rows[given_up].id, by=as_who(given_up), at=long_ago)

    assert reminding.remind_due(at=NOON.replace(hour=22)) == 0
    assert reminding.remind_due(at=NOON) == 1
    assert reminding.remind_due(at=NOON + HOUR) == 0
    assert reminded() == [rows[near].id]
    assert Booking.objects.get(id=rows[near].id).reminded_at == NOON


@pytest.mark.django_db
def test_a_stay_of_many_days_is_not_reminded_of_day_by_day() -> None:
    row = booked(resident(), free_time(worker(), starts_at=NOON + DAY), at=NOON - 5 * DAY)
    Slot.objects.filter(id=row.slot_id).update(mode="bed_days")
    assert reminding.remind_due(at=NOON) == 0
