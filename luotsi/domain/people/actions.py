"""Registering residents."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from luotsi.base.ids import new_id
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.people import rules
from luotsi.domain.people.events import ResidentRegistered
from luotsi.domain.people.models import Resident


@transaction.atomic
def register(*, identity_code: str, by: Who, at: datetime, source: str = "demo", **details: Any) -> Resident:
    """Add a resident, or answer the one who has this identity code.

    Raises BadIdentityCode. `details`: id, first_name, last_name, municipality, language, mail, phone.
    """
    row = as_row(identity_code=identity_code, **details)
    resident, is_new = Resident.objects.get_or_create(
        identity_hash=row.identity_hash, defaults={f.attname: getattr(row, f.attname) for f in Resident._meta.fields}
    )
    if is_new:
        where = events.Dimensions(municipality=resident.municipality, language=resident.language)
        events.record(ResidentRegistered(source=source), by=by, at=at, resident=resident.id, where=where)
    return resident


def register_many(rows: list[Resident]) -> None:
    """Add many residents made by `as_row`: for imports and the demonstration county."""
    Resident.objects.bulk_create(rows, batch_size=5_000, ignore_conflicts=True)


def as_row(*, identity_code: str, id: UUID | None = None, **details: Any) -> Resident:
    """The resident's row, not yet written. Raises BadIdentityCode."""
    code = rules.normalise_identity(identity_code)
    return Resident(
        id=id or new_id(),
        birth_date=rules.birth_date_of(code),
        identity_code=rules.encrypt_identity(code, settings.IDENTITY_KEY),
        identity_hash=rules.hash_identity(code, settings.IDENTITY_KEY),
        **details,
    )
