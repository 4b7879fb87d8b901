"""A decision in a matter grants days of care or day activity."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.bookings.actions import days as bookings
from luotsi.domain.bookings.models import DayGrant
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.actions.road import dimensions, locked
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.queries.days import is_granted


@transaction.atomic
def grant_days(
    *, case: UUID, key: UUID, kind: str, days: int, first: date, last: date, by: Who, at: datetime,
    has_transport: bool = False,
) -> DayGrant:  # fmt: skip
    """Write down the days that the decision of the matter grants. The same `key` again changes nothing.

    Raises NotAllowed, NotPossible (there is no decision that grants), DaysRefused.
    """
    row = locked(case)
    access.check_write(by, row, "days.decide")
    outcomes = row.assessments.order_by("assessed_at", "id").values_list("outcome", flat=True)
    if not is_granted(case_kinds()[row.kind], list(outcomes)):
        raise rules.NotPossible("no decision of this matter grants a service")
    return bookings.grant_days(
        key=key, resident=row.resident_id, subject=row.id, register=row.register, kind=kind, days=days, first=first,
        last=last, has_transport=has_transport, by=by, at=at, where=dimensions(row, by=by),
    )  # fmt: skip
