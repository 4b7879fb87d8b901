"""Calling back: each attempt is kept, and one that reached ends the duty to call."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from luotsi.base.who import Who
from luotsi.domain.cases import access
from luotsi.domain.cases.actions.road import locked, record_in
from luotsi.domain.cases.definitions.contacts import call_outcomes
from luotsi.domain.cases.events import CallMade
from luotsi.domain.cases.models import CallAttempt, Case, CaseContact
from luotsi.domain.cases.rules.contact import BadContact, check_call
from luotsi.domain.organisation.rules import NotAllowed


@transaction.atomic
def record_call(
    *, case: UUID, contact: UUID, outcome: str, note: str = "", key: UUID, by: Who, at: datetime
) -> CallAttempt:
    """Keep an attempt to call back about a contact of this case. The same `key` again answers the same attempt.

    Raises NotAllowed, BadContact: the outcome is not one of the shelf's, lacks its note, the case is closed, or the
    key has kept a call about another contact.
    """
    if not access.visible_to(by).filter(id=case).exists():
        raise NotAllowed("no such case for this worker")
    row = locked(case)
    access.check_write(by, row, "call.record")
    if earlier := CallAttempt.objects.filter(key=key, contact=contact, made_by_id=by.id).first():
        return earlier
    if not _is_of(row, contact):
        raise NotAllowed("no such contact in this case")
    check_call(outcome, note=note)
    if row.closed_at is not None:
        raise BadContact("is_closed")
    try:
        with transaction.atomic():
            made = CallAttempt.objects.create(
                key=key, contact_id=contact, outcome=outcome, note=note.strip(), made_by_id=by.id, made_at=at
            )
    except IntegrityError:
        raise BadContact("other_form") from None
    fact = CallMade(outcome=outcome, reached=call_outcomes()[outcome].is_reached)
    record_in(row, fact, by=by, at=at)
    return made


def _is_of(case: Case, contact: UUID) -> bool:
    return case.contact_id == contact or CaseContact.objects.filter(case=case, contact_id=contact).exists()
