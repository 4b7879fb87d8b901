"""Emergency access: opened with a reason, ended by whoever has it, judged by the privacy officer."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from luotsi.base.ids import new_id
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed, check_may
from luotsi.domain.people.definitions import emergency_reasons, grounds
from luotsi.domain.people.events import EmergencyChecked, EmergencyEnded, EmergencyOpened
from luotsi.domain.people.models import Relationship
from luotsi.domain.people.models.relationship import RelationshipQuerySet


class NoSuchRelationship(LookupError):
    """There is no relationship of that kind and number."""


@transaction.atomic
def open_emergency(
    *, resident: UUID, register: str, reason_key: str, reason: str, by: Who, at: datetime
) -> Relationship:
    """Open this resident's records of one register to oneself for four hours, with a reason of the shelf and one's own
    words on it.

    It is loud: an event, a row in the log, the privacy officer's page and the resident's own. Asking again while it
    holds answers the one that stands. Raises NotAllowed, KeyError (no such reason), ValueError (no words).
    """
    check_may(by, "emergency.open")
    chosen = emergency_reasons()[reason_key].key
    if len(reason.split()) < 2:
        raise ValueError("Write the reason in a few words.")
    if earlier := _standing(resident, by, at).filter(register=register).first():
        return earlier
    ends = at + timedelta(hours=grounds()["emergency"].lasts_hours)
    opened = Relationship.objects.create(
        id=new_id(), resident_id=resident, staff_id=by.id, register=register, ground="emergency", reason=reason,
        reason_key=chosen, begins_at=at, ends_at=ends,
    )  # fmt: skip
    events.also(resident)
    where = events.Dimensions(register=register, unit=min(by.units, default=""))
    fact = EmergencyOpened(relationship=opened.id, reason=chosen, ends_at=ends.isoformat())
    events.record(fact, by=by, at=at, subject=opened.id, resident=resident, where=where)
    events.saw(by, residents=[resident], what="person", subject=opened.id, register=register, ground="emergency")
    return opened


@transaction.atomic
def end_emergency(*, resident: UUID, by: Who, at: datetime) -> int:
    """Close one's own emergency access to this resident's records now. Answers how many stood open; none is no error.

    Raises NotAllowed.
    """
    check_may(by, "emergency.open")
    with as_system():  # what ends is no longer the worker's to see
        standing = list(_standing(resident, by, at).select_for_update())
        for row in standing:
            _end(row, by=by, at=at)
    return len(standing)


@transaction.atomic
def check_emergency(*, relationship: UUID, verdict: str, by: Who, at: datetime, why: str = "") -> None:
    """Judge an emergency access: "justified", or "not_justified" with the reason. A later judgement stands instead of
    an earlier one. One that was not justified and still runs is closed at once; the resident is told of it.

    Raises NotAllowed (also for one's own), ValueError (another verdict, no reason), NoSuchRelationship.
    """
    check_may(by, "oversight.read")
    if verdict not in {"justified", "not_justified"}:
        raise ValueError("An emergency access is justified or not_justified.")
    if verdict == "not_justified" and len(why.split()) < 2:
        raise ValueError("Write in a few words why it was not justified.")
    with as_system():
        row = Relationship.objects.select_for_update().filter(id=relationship, ground="emergency").first()
        if row is None:
            raise NoSuchRelationship(f"no emergency access {relationship}")
        if row.staff_id == by.id:
            raise NotAllowed("nobody judges their own emergency")
        row.checked_at, row.checked_by_id, row.verdict = at, by.id, verdict
        row.verdict_why = why.strip() if verdict == "not_justified" else ""
        row.save(update_fields=["checked_at", "checked_by", "verdict", "verdict_why"])
        fact = EmergencyChecked(relationship=row.id, verdict=verdict)
        events.record(fact, by=by, at=at, subject=row.id, resident=row.resident_id)
        if verdict == "not_justified" and row.ends_at is not None and row.ends_at > at:
            _end(row, by=by, at=at)


def _standing(resident: UUID, by: Who, at: datetime) -> RelationshipQuerySet:
    return Relationship.objects.in_force(at).filter(resident_id=resident, staff_id=by.id, ground="emergency")


def _end(row: Relationship, *, by: Who, at: datetime) -> None:
    row.ends_at = at
    row.save(update_fields=["ends_at"])
    where = events.Dimensions(register=row.register, unit=min(by.units, default=""))
    fact = EmergencyEnded(relationship=row.id)
    events.record(fact, by=by, at=at, subject=row.id, resident=row.resident_id, where=where)
