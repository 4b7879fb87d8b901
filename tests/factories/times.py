"""Times that can be booked, and residents who book them, for tests."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.bookings.actions import confirming, keeping
from luotsi.domain.bookings.actions.giving import open_slots
from luotsi.domain.bookings.models import Booking
from luotsi.domain.bookings.rules.own import Booker
from luotsi.domain.people.models import Resident
from tests.factories import as_who

OPEN_TO_ALL = "nurse-phone"  # an offering that anyone may book
AT = now().replace(second=0, microsecond=0) - timedelta(hours=1)  # relationships are those of the present
LATER = AT + timedelta(days=3)


def free_time(
    by: Who, *, starts_at: datetime = LATER, minutes: int = 20, unit: str = "sotkamo", capacity: int = 1,
    mode: str = "phone", **more: Any,
) -> UUID:  # fmt: skip
    """A time in a worker's calendar that a resident may book."""
    row = {
        "id": uuid4(), "unit_id": unit, "staff_id": by.id, "profession": "nurse", "mode": mode,
        "starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=minutes), "capacity": capacity,
    }  # fmt: skip
    open_slots([row | more])
    return UUID(str(row["id"]))


def kept(person: Resident, *slots: UUID, at: datetime = AT, key: UUID | None = None, **more: Any) -> Booking:
    """The first of the times, kept for the resident."""
    told = {"offering": OPEN_TO_ALL, "by": as_who(person), "booker": Booker()} | more
    return keeping.keep(slots=slots, resident=person.id, key=key or uuid4(), at=at, **told)[0]


def booked(person: Resident, *slots: UUID, at: datetime = AT, **more: Any) -> Booking:
    """The first of the times, kept and confirmed."""
    row = kept(person, *slots, at=at, **more)
    return confirming.confirm(booking=row.id, by=as_who(person), at=at)[0]
