"""A case goes from one hand to another: taken, given to a colleague, back to the unit, or to another unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.cases import access
from luotsi.domain.cases.actions.road import locked, record_in
from luotsi.domain.cases.events import CaseHandedOver
from luotsi.domain.cases.models import Case, Handover
from luotsi.domain.cases.rules.handover import NotHandedOver, Place, Refusal, check_handover
from luotsi.domain.events import actions as events
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation import queries as organisation_queries
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people import actions as people


@dataclass(frozen=True)
class HandedOver:
    """What became of many: the cases that went, and those that stayed with the reason."""

    done: tuple[UUID, ...]
    stayed: tuple[tuple[UUID, Refusal], ...]


@transaction.atomic
def hand_over(
    *, case: UUID, to: UUID | None, seen: UUID | None, by: Who, at: datetime, unit: str = "", note: str = ""
) -> Case:
    """Give the case to a worker (oneself: take it), or to nobody in particular; with `unit` to another unit.

    `seen` is who had it when the worker looked. What is so already stays so, without a trace. Raises NotAllowed,
    NotHandedOver.
    """
    row = locked(case)
    access.check_hand_over(by, row)
    here, there = Place(row.unit_id, row.responsible_id), Place(unit or row.unit_id, to)
    try:
        check_handover(
            here, there, seen=seen, is_closed=row.closed_at is not None,
            is_same_register=_keeps_same_register(here.unit, there.unit), is_member=_is_member(there, row, at),
        )  # fmt: skip
    except NotHandedOver as refusal:
        if refusal.why == "unchanged":
            return row
        raise
    Handover.objects.create(
        case=row, from_staff_id=here.staff, to_staff_id=there.staff, from_unit_id=here.unit, to_unit_id=there.unit,
        note=note.strip(), made_by_id=by.id, made_at=at,
    )  # fmt: skip
    row.responsible_id, row.responsible_since, row.unit_id = there.staff, at if there.staff else None, there.unit
    row.save(update_fields=["responsible", "responsible_since", "unit"])
    if there.unit != here.unit:
        people.move_relationship(
            resident=row.resident_id, register=row.register, subject=row.id, unit=there.unit, at=at
        )
        events.hint([here.unit])
    record_in(row, CaseHandedOver(to=there.staff, unit=there.unit), by=by, at=at)
    return row


def hand_over_many(
    *, cases: Mapping[UUID, UUID | None], to: UUID | None, by: Who, at: datetime, unit: str = "", note: str = ""
) -> HandedOver:
    """Give each of these (with who had it when the worker looked) as `hand_over` does; one that cannot go holds none
    of the others back.
    """
    done: list[UUID] = []
    stayed: list[tuple[UUID, Refusal]] = []
    for case, seen in sorted(cases.items()):  # in one order, so that two batches do not wait for each other
        try:
            with transaction.atomic():
                hand_over(case=case, to=to, seen=seen, by=by, at=at, unit=unit, note=note)
            done.append(case)
        except NotHandedOver as refusal:
            stayed.append((case, refusal.why))
        except (NotAllowed, Case.DoesNotExist):
            stayed.append((case, "gone"))
    return HandedOver(tuple(done), tuple(stayed))


def _keeps_same_register(one: str, other: str) -> bool:
    """A case does not leave its register: between registers goes a referral, with a ground for what is told."""
    units = organisation.units()
    return one == other or (other in units and units[one].register == units[other].register)


def _is_member(there: Place, row: Case, at: datetime) -> bool:
    if there.staff is None:
        return True
    members = organisation_queries.members_of([there.unit], on=local_day(at), register=row.register)
    return there.staff in {one.id for one in members if organisation.roles()[one.role].grounds}
