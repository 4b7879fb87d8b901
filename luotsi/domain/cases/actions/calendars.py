"""A calendar closes: a booked time that moves or is given up stays with the matter that it was for."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.actions import changing
from luotsi.domain.bookings.actions.changing import Decision, Done
from luotsi.domain.bookings.actions.planning import check_plans
from luotsi.domain.bookings.queries.calendar import Closing
from luotsi.domain.cases.actions.road import follow_clocks, locked
from luotsi.domain.cases.models import CaseBooking
from luotsi.domain.events.actions.system import as_system


@transaction.atomic
def close_calendar(
    *, key: UUID, closing: Closing, reason: str, decisions: Mapping[UUID, Decision], by: Who, at: datetime
) -> Done:
    """Close the times and do with each booked one as was decided; the clocks of their matters run on.

    Whoever plans calendars opens no matter: nothing of one is read for them. Raises as changing.close_calendar.
    """
    check_plans(by, closing.unit)
    with as_system():
        cases = dict(CaseBooking.objects.filter(booking__in=decisions).values_list("booking_id", "case_id"))
    done = changing.close_calendar(
        key=key, closing=closing, reason=reason, decisions=decisions, subjects=cases, by=by, at=at
    )
    with as_system():
        CaseBooking.objects.bulk_create(
            CaseBooking(case_id=cases[old], booking_id=new) for old, new in done.moved.items() if old in cases
        )
        for case in sorted({cases[one] for one in [*done.moved, *done.cancelled] if one in cases}):
            follow_clocks(locked(case), by=SYSTEM, at=at)
    return done
