"""Giving and revoking the right to act for another. It works, or stops working, at the next request."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import NotAllowed, check_may
from luotsi.domain.people import rules
from luotsi.domain.people.definitions import mandate_kinds
from luotsi.domain.people.events import MandateGiven, MandateRevoked
from luotsi.domain.people.models import Mandate, Resident


@transaction.atomic
def give_mandate(
    *, principal: UUID, agent: UUID, kind: str, registers: Collection[str], source: str, by: Who, at: datetime,
    valid_from: date | None = None, valid_to: date | None = None,
) -> Mandate:  # fmt: skip
    """Let `agent` act for `principal`. A guardian's right ends on the eve of the child's 18th birthday.

    Raises NotAllowed, KeyError (unknown kind), NotPossible: the same person, a grown-up "child", an unknown source.
    """
    check_may(by, "mandate.record")
    definition = mandate_kinds()[kind]
    if source not in definition.sources:
        raise rules.NotPossible(f"A {kind} is known from: {', '.join(definition.sources)}.")
    if principal == agent:
        raise rules.NotPossible("Nobody needs a mandate for themselves.")
    if by.is_staff and Resident.objects.filter(id__in=[principal, agent], works_as=by.id).exists():
        raise rules.NotPossible("Nobody records a mandate of their own; ask a colleague.")
    born = Resident.objects.values_list("birth_date", flat=True).get(id=principal)
    since = valid_from or local_day(at)
    until = rules.mandate_ends(definition.until_age, born, valid_to)
    if until is not None and until < since:
        raise rules.NotPossible("The mandate would have ended before it begins.")
    mandate = Mandate.objects.create(
        principal_id=principal, agent_id=agent, kind=kind, registers=sorted(registers), source=source,
        valid_from=since, valid_to=until, recorded_by_id=by.id if by.is_staff else None, recorded_at=at,
    )  # fmt: skip
    fact = MandateGiven(mandate=mandate.id, mandate_kind=kind, source=source)
    events.record(fact, by=by, at=at, subject=mandate.id, resident=principal)
    return mandate


@transaction.atomic
def revoke_mandate(*, mandate: UUID, by: Who, at: datetime) -> None:
    """Take the right away: by the one it is about, the one who has it, or a worker. Twice changes nothing.

    Raises NotAllowed; a child cannot dismiss their guardian here.
    """
    row = Mandate.objects.select_for_update().get(id=mandate)
    _check_may_revoke(row, by)
    if row.revoked_at is not None:
        return
    row.revoked_at, row.revoked_by = at, by.kind
    row.save(update_fields=["revoked_at", "revoked_by"])
    events.record(MandateRevoked(mandate=row.id), by=by, at=at, subject=row.id, resident=row.principal_id)


def _check_may_revoke(row: Mandate, by: Who) -> None:
    if by.is_staff or by.kind == "system":
        check_may(by, "mandate.record")
        return
    is_party = by.id == row.agent_id or (by.id == row.principal_id and row.kind == "mandate")
    if by.acting_for is not None or not is_party:
        raise NotAllowed("this mandate is not theirs to end")
