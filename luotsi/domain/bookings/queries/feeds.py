"""A worker's own times for another calendar: when they are booked, and nothing of who comes or why."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings.models import CalendarFeed, Slot
from luotsi.domain.bookings.rules import feeds as rules
from luotsi.domain.organisation import queries as organisation
from luotsi.domain.organisation.rules import may

BEFORE, AFTER = timedelta(days=14), timedelta(days=180)
MOST = 5_000


@dataclass(frozen=True)
class Busy:
    """A time at which the worker is booked. `id` is the time's, never the booking's."""

    id: UUID
    starts_at: datetime
    ends_at: datetime


def feed_since(viewer: Who) -> datetime | None:
    """When the viewer's own address was made; None when they have none."""
    return CalendarFeed.objects.filter(staff=viewer.id, ended_at=None).values_list("made_at", flat=True).first()


def by_token(token: str, *, at: datetime) -> list[Busy] | None:
    """The booked times of the worker whose address it is, from two weeks back to half a year ahead.

    None when it is nobody's, has ended, or the worker has left or lost the right. Two queries, three with times.
    """
    digest = rules.digest(token, settings.IDENTITY_KEY)
    staff = CalendarFeed.objects.filter(digest=digest, ended_at=None).values_list("staff_id", flat=True).first()
    who = organisation.staff_as_who(staff, on=local_day(at)) if staff else None
    if who is None or not may(who, "calendar.feed"):
        return None
    times = Slot.objects.filter(staff=staff, taken__gt=0, starts_at__gte=at - BEFORE, starts_at__lt=at + AFTER)
    rows = times.order_by("starts_at", "id").values_list("id", "starts_at", "ends_at")
    return [Busy(*row) for row in rows[:MOST]]
