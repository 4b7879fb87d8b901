"""Legal holds: while one stands, nothing of the resident is erased."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import check_may
from luotsi.domain.people.events import HoldChanged
from luotsi.domain.people.models import LegalHold


@transaction.atomic
def set_hold(*, resident: UUID, reason: str, by: Who, at: datetime) -> LegalHold:
    """Stop erasing for this resident. A hold that stands is answered as it is. Raises NotAllowed, ValueError."""
    check_may(by, "hold.set")
    if not reason.strip():
        raise ValueError("Write why the records must be kept.")
    with as_system():  # the privacy officer has no relationship with the resident
        standing = LegalHold.objects.filter(resident_id=resident, lifted_at=None).first()
        if standing:
            return standing
        hold = LegalHold.objects.create(resident_id=resident, reason=reason, set_by_id=by.id, set_at=at)
        events.record(HoldChanged(is_on=True), by=by, at=at, subject=hold.id, resident=resident)
    return hold


@transaction.atomic
def lift_hold(*, resident: UUID, by: Who, at: datetime) -> None:
    """Allow erasing again. Raises NotAllowed."""
    check_may(by, "hold.set")
    with as_system():
        standing = LegalHold.objects.filter(resident_id=resident, lifted_at=None)
        if standing.update(lifted_at=at, lifted_by_id=by.id):
            events.record(HoldChanged(is_on=False), by=by, at=at, resident=resident)
