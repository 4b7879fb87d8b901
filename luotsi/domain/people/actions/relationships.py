"""Why somebody has something to do with a resident: written by the nouns whose facts these are."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from luotsi.base.ids import new_id
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed, check_may
from luotsi.domain.people.definitions import grounds
from luotsi.domain.people.events import EmergencyChecked, EmergencyOpened
from luotsi.domain.people.models import Relationship, Resident


class NoSuchRelationship(LookupError):
    """There is no relationship of that kind and number."""


def relate(
    *, resident: UUID, register: str, ground: str, subject: UUID | None, at: datetime, unit: str = "",
    staff: UUID | None = None, until: datetime | None = None,
) -> None:  # fmt: skip
    """A unit or a worker begins to have something to do with a resident; saying it again changes nothing.

    `until` is when the reason ends; the ground's own stay is added to it.
    """
    ends = until + timedelta(days=grounds()[ground].stays_days) if until else None
    with as_system():  # it may be another unit's or another worker's
        for who in same_person(resident):
            Relationship.objects.get_or_create(
                resident_id=who, register=register, ground=ground, subject=subject, unit=unit, staff_id=staff,
                defaults={"begins_at": at, "ends_at": ends},
            )  # fmt: skip


def end_relationship(*, subject: UUID, at: datetime, ground: str = "team") -> None:
    """The reason has ended: the relationship stays for as long as its ground says, to finish the writing."""
    ends = at + timedelta(days=grounds()[ground].stays_days)
    with as_system():
        Relationship.objects.filter(subject=subject, ground=ground).update(ends_at=ends)


def renew_relationship(*, subject: UUID, ground: str = "team") -> None:
    """The reason holds again: a closing was undone."""
    with as_system():
        Relationship.objects.filter(subject=subject, ground=ground).update(ends_at=None)


def relate_many(rows: Iterable[Relationship]) -> None:
    """Many relationships at once: for rebuilding them from the facts."""
    Relationship.objects.bulk_create(rows, batch_size=5_000)


@transaction.atomic
def open_emergency(*, resident: UUID, register: str, reason: str, by: Who, at: datetime) -> Relationship:
    """Open this resident's records of one register to oneself for four hours, with a written reason.

    It is loud: an event, a row in the log, the privacy officer's page and the resident's own. Asking again while it
    holds answers the one that stands. Raises NotAllowed, ValueError (no reason).
    """
    check_may(by, "emergency.open")
    if len(reason.split()) < 2:
        raise ValueError("Write the reason in a few words.")
    standing = Relationship.objects.in_force(at).filter(
        resident_id=resident, staff_id=by.id, ground="emergency", register=register
    )
    if earlier := standing.first():
        return earlier
    ends = at + timedelta(hours=grounds()["emergency"].lasts_hours)
    opened = Relationship.objects.create(
        id=new_id(), resident_id=resident, staff_id=by.id, register=register, ground="emergency", reason=reason,
        begins_at=at, ends_at=ends,
    )  # fmt: skip
    events.also(resident)
    where = events.Dimensions(register=register, unit=min(by.units, default=""))
    fact = EmergencyOpened(relationship=opened.id, ends_at=ends.isoformat())
    events.record(fact, by=by, at=at, subject=opened.id, resident=resident, where=where)
    events.saw(by, residents=[resident], what="person", subject=opened.id, register=register, ground="emergency")
    return opened


@transaction.atomic
def check_emergency(*, relationship: UUID, verdict: str, by: Who, at: datetime) -> None:
    """Judge an emergency access: "justified" or "not_justified". A later judgement stands instead of an earlier one.

    Raises NotAllowed (also for one's own), ValueError (another verdict), NoSuchRelationship.
    """
    check_may(by, "oversight.read")
    if verdict not in {"justified", "not_justified"}:
        raise ValueError("An emergency access is justified or not_justified.")
    with as_system():
        row = Relationship.objects.select_for_update().filter(id=relationship, ground="emergency").first()
        if row is None:
            raise NoSuchRelationship(f"no emergency access {relationship}")
        if row.staff_id == by.id:
            raise NotAllowed("nobody judges their own emergency")
        row.checked_at, row.checked_by_id, row.verdict = at, by.id, verdict
        row.save(update_fields=["checked_at", "checked_by", "verdict"])
        fact = EmergencyChecked(relationship=row.id, verdict=verdict)
        events.record(fact, by=by, at=at, subject=row.id, resident=row.resident_id)


def same_person(resident: UUID) -> list[UUID]:
    """Every id under which the county knows this person: one, or more when records were joined."""
    rows = Resident.objects.filter(
        Q(id=resident) | Q(joined_into=resident) | Q(joined=resident) | Q(joined_into__joined=resident)
    )
    return sorted({resident, *rows.values_list("id", flat=True)}, key=str)
