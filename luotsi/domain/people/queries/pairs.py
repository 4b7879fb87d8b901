"""Two records that may be one person's, side by side, for the one who joins them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed, check_may
from luotsi.domain.people import rules
from luotsi.domain.people.models import Resident
from luotsi.domain.people.queries.persons import Person, person_of_row, shown


@dataclass(frozen=True)
class Record:
    """One of two records, as it was written; `joined_into` is the record it belongs to by now."""

    person: Person
    joined_into: UUID | None
    joined_at: datetime | None


def find_record(identity_code: str, *, viewer: Who) -> UUID | None:
    """The record that was written under this code, also one that is joined; None when there is none. It is logged.

    Raises NotAllowed, BadIdentityCode.
    """
    check_may(viewer, "person.merge")
    wanted = rules.hash_identity(identity_code, settings.IDENTITY_KEY)
    with as_system():
        row = Resident.objects.filter(identity_hash=wanted, erased_at=None).first()
    if row is None:
        return None
    events.saw(viewer, residents=[row.id], what="search", ground="legal")
    return row.id


def read_records(residents: list[UUID], *, viewer: Who) -> list[Record]:
    """These records in this order, each as it was written. Raises NotAllowed; the reading is logged."""
    check_may(viewer, "person.merge")
    with as_system():
        rows = Resident.objects.in_bulk(residents)
    if len(rows) < len(set(residents)):
        raise NotAllowed("no such record")
    return [_record(rows[one], viewer) for one in residents]


def joined_records(*, viewer: Who, most: int = 50) -> list[tuple[Record, Record]]:
    """Records joined lately, each with the one it belongs to, the newest first. Raises NotAllowed; it is logged."""
    check_may(viewer, "person.merge")
    with as_system():
        rows = list(
            Resident.objects.exclude(joined_into=None).select_related("joined_into").order_by("-joined_at", "id")[:most]
        )
    return [(_record(row, viewer), _record(row.joined_into, viewer)) for row in rows]


def _record(row: Resident, viewer: Who) -> Record:
    events.saw(viewer, residents=[row.id], what="person", ground="legal")
    return Record(shown(person_of_row(row), viewer), row.joined_into_id, row.joined_at)
