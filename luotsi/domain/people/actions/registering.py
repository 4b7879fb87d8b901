"""Registering residents: with their identity code, with a temporary one, and by strong identification."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from luotsi.base.ids import new_id
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.people import rules
from luotsi.domain.people.events import ResidentChanged, ResidentRegistered
from luotsi.domain.people.models import Resident


@transaction.atomic
def register(*, identity_code: str, by: Who, at: datetime, source: str = "demo", **details: Any) -> Resident:
    """Add a resident, or answer the one who has this identity code.

    Raises BadIdentityCode. `details`: id, first_name, last_name, municipality, language, mail, phone, street,
    postal_code, town.
    """
    row = as_row(identity_code=identity_code, **details)
    events.also(row.id)
    with as_system():  # somebody else's row would be hidden, and then written twice
        resident, is_new = Resident.objects.get_or_create(
            identity_hash=row.identity_hash,
            defaults={f.attname: getattr(row, f.attname) for f in Resident._meta.fields},
        )
    if is_new:
        where = events.Dimensions(municipality=resident.municipality, language=resident.language)
        fact = ResidentRegistered(source=source, is_temporary=resident.has_temporary_code)
        events.record(fact, by=by, at=at, resident=resident.id, where=where)
    return resident.joined_into or resident


@transaction.atomic
def register_temporary(*, birth_date: date | None, by: Who, at: datetime, **details: Any) -> Resident:
    """Add somebody who has no identity code: they get a temporary one, from the 900s, until theirs is known. Without a
    birth date the code says that it is not known.

    Raises BadIdentityCode when the day's temporary codes have run out.
    """
    wanted = details.pop("id", None) or new_id()
    taken: set[str] = set()
    while True:
        taken |= _codes_of_day(birth_date) if birth_date else set()
        code = rules.temporary_code(birth_date, taken) if birth_date else rules.undated_code()
        row = register(
            identity_code=code, by=by, at=at, source="temporary", has_temporary_code=True, id=wanted, **details
        )
        if row.id == wanted:
            return row
        taken.add(code)  # somebody else was given it at the same moment; it is not this person's


def _codes_of_day(born: date) -> set[str]:
    with as_system():
        known = list(Resident.objects.filter(birth_date=born).values_list("identity_code", flat=True))
    return {rules.decrypt_identity(bytes(code), settings.IDENTITY_KEY) for code in known if code}


@transaction.atomic
def identify(*, identity_code: str, first_name: str, last_name: str, at: datetime, source: str) -> Resident:
    """The resident whom an identification service vouches for: found or registered, the name as it says.

    Raises BadIdentityCode.
    """
    resident = register(
        identity_code=identity_code, by=SYSTEM, at=at, source=source, first_name=first_name, last_name=last_name,
        municipality="",
    )  # fmt: skip
    said = {"first_name": first_name, "last_name": last_name}
    changed = [name for name, value in said.items() if value and getattr(resident, name) != value]
    if changed:
        events.also(resident.id)
        Resident.objects.filter(id=resident.id).update(**{name: said[name] for name in changed})
        events.record(ResidentChanged(fields=changed), by=SYSTEM, at=at, resident=resident.id)
    return resident


def register_many(rows: list[Resident]) -> None:
    """Add many residents made by `as_row`: for imports and the demonstration county."""
    Resident.objects.bulk_create(rows, batch_size=5_000, ignore_conflicts=True)


def as_row(*, identity_code: str, id: UUID | None = None, **details: Any) -> Resident:
    """The resident's row, not yet written. Raises BadIdentityCode."""
    is_allowed = details.get("has_temporary_code", False) or settings.ALLOW_TEMPORARY_CODES
    code = rules.normalise_identity(identity_code, allow_temporary=is_allowed)
    return Resident(
        id=id or new_id(),
        birth_date=rules.birth_date_of(code),
        identity_code=rules.encrypt_identity(code, settings.IDENTITY_KEY),
        identity_hash=rules.hash_identity(code, settings.IDENTITY_KEY),
        **details,
    )
