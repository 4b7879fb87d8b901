"""The figures of a unit's times, against numbers counted by hand."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from luotsi.base.dates import start_of
from luotsi.base.who import Who
from luotsi.domain.bookings.models import Booking, Slot
from luotsi.domain.bookings.queries.figures import Figures, Use, figures, third_free
from luotsi.domain.organisation.rules import NotAllowed
from tests.factories import MORNING, resident, worker

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
NOON = datetime.combine(MONDAY, time(12), start_of(MONDAY).tzinfo)


@pytest.fixture
def nurse() -> Who:
    return worker()


def slot(nurse: Who, day: date, at: time, *, taken: int = 0, **more: Any) -> Slot:
    starts = start_of(day, at)
    row: dict[str, Any] = {
        "unit_id": "sotkamo", "staff_id": nurse.id, "profession": "nurse", "starts_at": starts,
        "ends_at": starts + timedelta(minutes=30), "taken": taken,
    }  # fmt: skip
    return Slot.objects.create(**row | more)


def booking(of: Slot, **more: Any) -> None:
    row: dict[str, Any] = {"slot": of, "resident": resident(), "key": uuid4(), "offered_at": MORNING}
    Booking.objects.create(**row | {"accepted_at": MORNING} | more)


def counted(by: Who, first: date = date(2026, 2, 1), last: date = MONDAY) -> Figures:
    return figures(viewer=by, unit="sotkamo", first=first, last=last, at=NOON)


def test_the_third_free_time_is_so_many_calendar_days_away(nurse: Who) -> None:
    """Free on the 5th (two), the 9th and the 12th of March: the third is on the 9th, seven days from the 2nd."""
    for number, day in enumerate((5, 5, 9, 12)):
        slot(nurse, date(2026, 3, day), time(8 + number))
    slot(nurse, date(2026, 3, 4), time(8), taken=1)
    slot(nurse, date(2026, 3, 4), time(9), closed_at=MORNING)
    slot(nurse, MONDAY, time(9))
    slot(nurse, date(2026, 3, 4), time(10), mode="phone")
    slot(nurse, date(2026, 3, 4), time(11), mode="group", capacity=8)

    found = {one.mode: (one.day, one.days, one.free) for one in third_free(unit="sotkamo", at=NOON)}
    assert found == {"visit": (date(2026, 3, 9), 7, 4), "phone": (None, None, 1)}


def test_use_counts_places_that_have_begun_and_none_that_was_closed(nurse: Who) -> None:
    slot(nurse, date(2026, 2, 2), time(9), taken=1)
    slot(nurse, date(2026, 2, 2), time(10))
    slot(nurse, date(2026, 2, 2), time(17), taken=1)
    slot(nurse, date(2026, 2, 7), time(11), taken=4, capacity=3, overbook=1)
    slot(nurse, date(2026, 2, 3), time(9), closed_at=MORNING)
    slot(nurse, MONDAY, time(13), taken=1)
    slot(nurse, date(2026, 1, 31), time(9), taken=1)
    told = counted(nurse)

    assert told.whole == Use(places=6, taken=5)
    assert told.evening == Use(places=4, taken=4), "from four on, and Saturday"
    assert told.evening_share == 4 / 5
    assert told.use == (("nurse", told.whole),)


def test_who_did_not_come_is_a_share_of_those_of_whom_it_is_known(nurse: Who) -> None:
    day = date(2026, 2, 2)
    times = [slot(nurse, day, time(8 + number), taken=1) for number in range(7)]
    booking(times[0], held_at=MORNING)
    booking(times[1], arrived_at=MORNING)
    booking(times[2], held_at=MORNING)
    booking(times[3], no_show_at=MORNING, no_show_reason="forgot")
    booking(times[4])
    booking(times[5], cancelled_at=MORNING, cancelled_by="resident")
    booking(times[6], accepted_at=None)
    came = counted(nurse).came

    assert (came.came, came.missed, came.unmarked, came.reasons) == (3, 1, 1, (("forgot", 1),))
    assert came.missed_share == 1 / 4


def test_nothing_is_no_share(nurse: Who) -> None:
    told = counted(nurse)
    assert (told.whole.share, told.evening_share, told.came.missed_share, told.third) == (None, None, None, ())


def test_another_units_figures_are_not_told() -> None:
    with pytest.raises(NotAllowed):
        counted(worker(unit="kuhmo"))
