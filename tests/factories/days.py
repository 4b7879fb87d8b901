"""Houses with places, decisions that grant days and what families wish for, for tests."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from luotsi.base.now import local_day, now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.actions import days as actions
from luotsi.domain.bookings.actions.places import open_places
from luotsi.domain.bookings.models import DayGrant, DayWish
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.people.models import Resident
from tests.factories import as_who

ADVISER_UNIT = "lyhytaikaishoito"


def beds(
    places: int, *, name: str = "Lepola", offering: str = "respite-stay", weeks: int = 8,
    recurrence: str = "FREQ=DAILY", begins: time = time(6), ends: time = time(22),
) -> int:  # fmt: skip
    """A house with so many places on each day of the coming weeks."""
    organisation.load_units()
    first = local_day(now())
    return open_places(
        key=uuid4(), unit=ADVISER_UNIT, offering=offering, name=name, places=places, recurrence=recurrence,
        begins=begins, ends=ends, first=first, last=first + timedelta(weeks=weeks), by=SYSTEM, at=now(),
    )  # fmt: skip


def granted(
    person: Resident, by: Who, *, days: int = 10, kind: str = "short-term-care", key: UUID | None = None, **more: Any
) -> DayGrant:
    """So many days of the kind, for about a year around today."""
    today = local_day(now())
    told = {
        "first": today - timedelta(days=60),
        "last": today + timedelta(days=300),
        "by": SYSTEM,
        "subject": uuid4(),
    } | more
    return actions.grant_days(
        key=key or uuid4(),
        resident=person.id,
        register="social",
        kind=kind,
        days=days,
        at=now(),
        **told,
    )


def wished(
    grant: DayGrant, first: date, last: date, *, offering: str = "respite-stay", key: UUID | None = None, **more: Any
) -> DayWish:
    """The family wishes for these days, itself unless said otherwise."""
    by = more.pop("by", as_who(grant.resident))
    return actions.wish_for_days(
        key=key or uuid4(), grant=grant.id, offering=offering, first=first, last=last, by=by, at=now(), **more
    )
