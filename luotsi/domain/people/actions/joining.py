"""Two records turned out to be one person's. Nothing moves: from then on both ids stand for the same person."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from luotsi.base.ids import new_id
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import check_may
from luotsi.domain.people.events import ResidentJoined, ResidentSeparated
from luotsi.domain.people.models import Relationship, Resident
from luotsi.domain.people.rules import NotPossible, decrypt_identity, is_date_open


@transaction.atomic
def join(*, temporary: UUID, real: UUID, by: Who, at: datetime) -> None:
    """Join a record with a temporary identity code into the person's real one. Repeating it changes nothing.

    Every case, time, answer and log row keeps the id it was written under; who may see one may see the other. A record
    whose birth date was not known takes the real one, and the reactions count anew what depends on the age.
    Raises NotAllowed, NotPossible: the first has no temporary code, or either is joined elsewhere.
    """
    check_may(by, "person.merge")
    with as_system():  # whoever joins records has no relationship with the person
        if _join(temporary, real, at):
            events.record(ResidentJoined(other=temporary), by=by, at=at, subject=real, resident=real)


def _join(temporary: UUID, real: UUID, at: datetime) -> bool:
    """Whether it was done now; False when it had been done before."""
    rows = {row.id: row for row in Resident.objects.select_for_update().filter(id__in=[temporary, real]).order_by("id")}
    if len(rows) < 2:
        raise NotPossible("Joining needs two different residents.")
    other, whole = rows[temporary], rows[real]
    if other.joined_into_id == real:
        return False
    if not other.has_temporary_code or other.joined_into_id or whole.joined_into_id or whole.has_temporary_code:
        raise NotPossible("Only a record with a temporary code can be joined, and only into a real, unjoined one.")
    other.joined_into, other.joined_at = whole, at
    other.birth_date = other.birth_date or whole.birth_date
    other.save(update_fields=["joined_into", "joined_at", "birth_date"])
    if other.protected_from and not whole.protected_from:  # whichever record hides the person, the person is hidden
        whole.protected_from, whole.protected_until = other.protected_from, other.protected_until
        whole.save(update_fields=["protected_from", "protected_until"])
    _share_relationships(temporary, real)
    _share_relationships(real, temporary)
    return True


@transaction.atomic
def separate(*, temporary: UUID, reason: str, by: Who, at: datetime) -> None:
    """Undo a joining that was a mistake. The reason stays with the record that was joined, and in no event. The birth
    date of the other, where it was not known from the code, goes with it.

    Raises NotAllowed, NotPossible.
    """
    check_may(by, "person.merge")
    if not reason.strip():
        raise NotPossible("Write why the records are two persons' after all.")
    with as_system():
        real = _separate(temporary, reason, at)
        fact = ResidentSeparated(other=temporary)
        events.record(fact, by=by, at=at, subject=real, resident=real)


def _separate(temporary: UUID, reason: str, at: datetime) -> UUID:
    """Answers the record that the other one belonged to."""
    row = Resident.objects.select_for_update(of=("self",)).select_related("joined_into").get(id=temporary)
    if row.joined_into is None:
        raise NotPossible("This record is not joined into another one.")
    real, whole = row.joined_into.id, row.joined_into
    code = decrypt_identity(bytes(row.identity_code), settings.IDENTITY_KEY) if row.identity_code else ""
    if row.birth_date == whole.birth_date and is_date_open(has_temporary_code=row.has_temporary_code, code=code):
        row.birth_date = None
    shared = Relationship.objects.filter(resident_id__in=[temporary, real], reason=_SHARED)
    shared.delete()
    row.joined_into, row.joined_at, row.separated_at, row.separated_why = None, None, at, reason
    row.save(update_fields=["joined_into", "joined_at", "separated_at", "separated_why", "birth_date"])
    return real


_SHARED = "records joined"


def _share_relationships(source: UUID, target: UUID) -> None:
    rows = list(Relationship.objects.filter(resident_id=source).exclude(reason=_SHARED).exclude(ground="emergency"))
    for row in rows:
        row.pk, row.id, row.resident_id, row.reason = None, new_id(), target, _SHARED
        row._state.adding = True
    Relationship.objects.bulk_create(rows)
