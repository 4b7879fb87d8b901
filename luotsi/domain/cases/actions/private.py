"""A minor who is able to decide may keep a matter from their guardians. A professional judges so, case by case.

Source: Act on the Status and Rights of Patients 785/1992, 7 § and 9 § 2 mom. (to be verified).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.dates import age_if_known
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.actions.road import dimensions
from luotsi.domain.cases.events import CaseKeptPrivate
from luotsi.domain.cases.models import Case
from luotsi.domain.events import actions as events
from luotsi.domain.people import queries as people


@transaction.atomic
def keep_private(*, case: UUID, why: str, by: Who, at: datetime) -> Case:
    """Keep the case from whoever acts for the resident. Repeating it changes nothing.

    Raises NotAllowed, ValueError (no reason written), NotPossible (the resident is of age).
    """
    row = Case.objects.select_for_update(of=("self",)).select_related("contact").get(id=case)
    access.check_write(by, row, "case.keep_private")
    rules.check_can_keep_private(age_if_known(people.person(row.resident_id).birth_date, local_day(at)))
    if not why.strip():
        raise ValueError("Write on what the judgement rests.")
    if row.kept_private_at is None:
        row.kept_private_at, row.kept_private_by_id, row.kept_private_why = at, by.id, why
        _save(row, is_private=True, by=by, at=at)
    return row


@transaction.atomic
def share_again(*, case: UUID, why: str, by: Who, at: datetime) -> Case:
    """Let whoever acts for the resident see the case again: who judged so, and why, stand where the earlier judgement
    stood. Repeating it changes nothing. Raises NotAllowed, ValueError (no reason written), NotPossible (of age).
    """
    row = Case.objects.select_for_update(of=("self",)).select_related("contact").get(id=case)
    access.check_write(by, row, "case.keep_private")
    rules.check_can_keep_private(age_if_known(people.person(row.resident_id).birth_date, local_day(at)))
    if not why.strip():
        raise ValueError("Write why it is shared again.")
    if row.kept_private_at is not None:
        row.kept_private_at, row.kept_private_by_id, row.kept_private_why = None, by.id, why
        _save(row, is_private=False, by=by, at=at)
    return row


def _save(row: Case, *, is_private: bool, by: Who, at: datetime) -> None:
    row.save(update_fields=["kept_private_at", "kept_private_by", "kept_private_why"])
    where = dimensions(row, by=by)
    events.record(
        CaseKeptPrivate(is_private=is_private), by=by, at=at, subject=row.id, resident=row.resident_id, where=where
    )
