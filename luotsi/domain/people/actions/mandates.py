"""Giving and revoking the right to act for another. It works, or stops working, at the next request."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
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
    """Let `agent` act for `principal`. A guardian's right ends on the eve of the child's 18th birthday; another one
    without `valid_to` holds until it is revoked. Recording the same again changes nothing.

    Raises NotAllowed, KeyError (unknown kind), TooYoung, AgeUnknown, NotPossible: the same person, a grown-up "child",
    an unknown source.
    """
    check_may(by, "mandate.record")
    definition = mandate_kinds()[kind]
    if source not in definition.sources:
        raise rules.NotPossible(f"A {kind} is known from: {', '.join(definition.sources)}.")
    if principal == agent:
        raise rules.NotPossible("Nobody needs a mandate for themselves.")
    if by.is_staff and Resident.objects.filter(id__in=[principal, agent], works_as=by.id).exists():
        raise rules.NotPossible("Nobody records a mandate of their own; ask a colleague.")
    born, holder_born = _births(principal, agent)
    since = valid_from or local_day(at)
    rules.check_ages(definition, giver_born=born, holder_born=holder_born, on=since)
    until = rules.mandate_ends(definition.until_age, born, valid_to)
    if until is not None and until < since:
        raise rules.NotPossible("The mandate would have ended before it begins.")
    same = {"principal_id": principal, "agent_id": agent, "kind": kind, "registers": sorted(registers)}
    if earlier := Mandate.objects.filter(**same, valid_from=since, valid_to=until, revoked_at=None).first():
        return earlier
    mandate = Mandate.objects.create(
        **same, source=source, valid_from=since, valid_to=until, recorded_at=at,
        recorded_by_id=by.id if by.is_staff else None,
    )  # fmt: skip
    fact = MandateGiven(mandate=mandate.id, mandate_kind=kind, source=source)
    events.record(fact, by=by, at=at, subject=mandate.id, resident=principal)
    return mandate


def _births(principal: UUID, agent: UUID) -> tuple[date | None, date | None]:
    with as_system():  # whoever acts is not among the worker's own residents
        born = dict(Resident.objects.filter(id__in=[principal, agent]).values_list("id", "birth_date"))
    return born[principal], born[agent]


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
