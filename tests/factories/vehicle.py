"""A vehicle that stops in the villages, for tests: the southern route of the shelf, with a nurse on board."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from luotsi.base.dates import is_working_day
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings.actions.driving import Season, plan_route

ROUTE, STOP = "kulkuri-south", "vuokatti"  # on Tuesdays, 9 to 11
SEASON = timedelta(days=27)


def next_tuesday(at: datetime) -> date:
    """The first Tuesday after tomorrow from which on no holiday falls on a day of the route."""
    day = local_day(at) + timedelta(days=2)
    day += timedelta(days=(1 - day.weekday()) % 7)
    while not all(is_working_day(day + timedelta(days=after)) for after in (0, 2, 14, 16)):
        day += timedelta(days=7)
    return day


def driven(nurse: Who, by: Who, *, at: datetime, key: UUID | None = None, first: date | None = None) -> int:
    """Four weeks of the route; answers how many times they gave."""
    first = first or next_tuesday(at)
    season = Season(ROUTE, first, first + SEASON, {"nurse": nurse.id})
    return plan_route(key=key or uuid4(), season=season, by=by, at=at)
