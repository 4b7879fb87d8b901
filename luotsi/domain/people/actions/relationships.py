"""Why somebody has something to do with a resident: written by the nouns whose facts these are."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Max

from luotsi.domain.events.actions.system import as_system
from luotsi.domain.people.definitions import grounds
from luotsi.domain.people.models import Relationship, Resident


def relate(
    *, resident: UUID, register: str, ground: str, subject: UUID | None, at: datetime, unit: str = "",
    staff: UUID | None = None, until: datetime | None = None,
) -> None:  # fmt: skip
    """A unit or a worker begins to have something to do with a resident; saying it again changes nothing.

    `until` is when the reason ends; the ground's own stay is added to it.
    """
    ends = until + timedelta(days=grounds()[ground].stays_days) if until else None
    with connection.cursor() as sql:
        told = [resident, unit, staff, register, ground, subject, at, ends]
        sql.execute("SELECT people_relate(%s, %s, %s::uuid, %s, %s, %s::uuid, %s, %s::timestamptz)", told)


def end_relationship(*, subject: UUID, at: datetime, ground: str = "team") -> None:
    """The reason has ended: the relationship stays for as long as its ground says, to finish the writing."""
    ends = at + timedelta(days=grounds()[ground].stays_days)
    with as_system():
        Relationship.objects.filter(subject=subject, ground=ground).update(ends_at=ends)


def renew_relationship(*, subject: UUID, ground: str = "team") -> None:
    """The reason holds again: a closing was undone. Of a subject that moved, for the unit that had it last."""
    with as_system():
        held = Relationship.objects.filter(subject=subject, ground=ground)
        held.filter(begins_at=held.aggregate(Max("begins_at"))["begins_at__max"]).update(ends_at=None)


def relate_many(rows: Iterable[Relationship]) -> None:
    """Many relationships at once: for rebuilding them from the facts."""
    Relationship.objects.bulk_create(rows, batch_size=5_000)


def same_person(resident: UUID) -> list[UUID]:
    """Every id under which the county knows this person: one, or more when records were joined."""
    return sorted({resident, *Resident.objects.same_as(resident).values_list("id", flat=True)}, key=str)
