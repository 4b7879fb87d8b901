"""A wrong close is undone within the hour. The close stays in the history; the limits run on as if it had not been."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.actions.road import locked, record_in
from luotsi.domain.cases.definitions import reopen_reasons
from luotsi.domain.cases.events import CaseClosed, CaseReopened
from luotsi.domain.cases.models import Case
from luotsi.domain.events import queries as event_queries
from luotsi.domain.people import actions as people


@transaction.atomic
def reopen(*, case: UUID, reason: str, by: Who, at: datetime) -> Case:
    """Undo a close: by whoever closed it, or another worker of the unit. Undoing it twice changes nothing.

    Raises NotAllowed, NotPossible (more than an hour has passed), KeyError (unknown reason).
    """
    row = locked(case)
    access.check_write(by, row, "case.close")
    if row.closed_at is None and event_queries.standing(row.id, kind=CaseReopened.kind):
        return row
    rules.check_can_reopen(row.closed_at, at=at)
    closed = event_queries.standing(row.id, kind=CaseClosed.kind)
    row.closed_at, row.close_reason = None, ""
    row.save(update_fields=["closed_at", "close_reason"])
    people.renew_relationship(subject=row.id)
    record_in(
        row, CaseReopened(reason=reopen_reasons()[reason].key), by=by, at=at, corrects=closed.uid if closed else None
    )
    return row
