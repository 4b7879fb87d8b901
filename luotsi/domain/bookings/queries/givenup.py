"""What residents gave up themselves of what was planned for them: a note for whoever plans, who could else not know why
a place stands empty.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings import access
from luotsi.domain.bookings.definitions.days import day_offerings
from luotsi.domain.bookings.models import Booking, DayGrant, DayWish, HomeVisit
from luotsi.domain.bookings.queries.places import check_reads
from luotsi.domain.bookings.queries.rounds import READ
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit
from luotsi.domain.people import access as people_access
from luotsi.domain.people import queries as people

BY_RESIDENT = "resident"


@dataclass(frozen=True)
class GivenUp:
    """One visit or one day. `name` as far as the viewer may read it; `told_at` when it was given up."""

    day: date
    starts_at: datetime
    name: str
    offering: str
    reason: str
    told_at: datetime


def visits_given_up(*, viewer: Who, unit: str, first: date, last: date) -> list[GivenUp]:
    """The home visits of the rounds that residents gave up, by day. Three queries; names are logged. Raises
    NotAllowed.
    """
    check_may(viewer, READ)
    if not sees_unit(viewer, unit):
        raise NotAllowed("another unit's rounds")
    visits = HomeVisit.objects.filter(unit=unit, day__gte=first, day__lte=last, cancelled_at=None)
    ids = visits.filter(booking__cancelled_by=BY_RESIDENT).values_list("booking_id", flat=True)
    return _told(Booking.objects.filter(id__in=list(ids)), viewer, unit)


def days_given_up(*, viewer: Who, unit: str, first: date, last: date) -> list[GivenUp]:
    """The granted days that families gave up, by day, of those whom the viewer cares for. Raises NotAllowed."""
    check_reads(viewer, unit)
    rows = Booking.objects.filter(
        slot__unit=unit, offering__in=day_offerings(), cancelled_by=BY_RESIDENT, slot__starts_at__gte=start_of(first),
        slot__starts_at__lt=start_of(last + timedelta(days=1)),
    )  # fmt: skip
    open_ones = DayGrant.objects.filter(people_access.open_to(viewer))
    stays = DayWish.objects.filter(id__in=[row.series for row in rows if row.series], grant__in=open_ones)
    return _told(rows.filter(series__in=list(stays.values_list("id", flat=True))), viewer, unit)


def _told(rows: Iterable[Booking], viewer: Who, unit: str) -> list[GivenUp]:
    found = list(rows.select_related("slot").order_by("slot__starts_at", "id"))  # type: ignore[attr-defined]
    known = people.persons({row.resident_id for row in found})
    if known:
        events.saw(viewer, residents=set(known), what="list", register=access.register_of(unit))
    return [
        GivenUp(
            local_day(row.slot.starts_at), row.slot.starts_at, people.shown(known[row.resident_id], viewer).name,
            row.offering, row.reason, row.cancelled_at,
        )
        for row in found
    ]  # fmt: skip
