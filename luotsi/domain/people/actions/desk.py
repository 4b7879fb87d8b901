"""Registering somebody whom the county does not know yet, by a worker who has them at the desk or on the telephone."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from luotsi.base.ids import new_id
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import check_may
from luotsi.domain.people import rules
from luotsi.domain.people.actions.registering import register, register_temporary
from luotsi.domain.people.actions.relationships import relate
from luotsi.domain.people.models import Resident


class AlreadyKnown(Exception):
    """The county knows this person: nothing was registered, and nothing is told of them."""


@dataclass(frozen=True)
class Registered:
    """The new resident. `temporary_code` is the code made for somebody without one, else ""."""

    resident: UUID
    name: str
    temporary_code: str


@transaction.atomic
def register_at_desk(
    *, by: Who, at: datetime, identity_code: str = "", birth_date: date | None = None, **details: Any
) -> Registered:
    """Register by identity code or, without one, by birth date.

    The worker may open who the person is for as long as the ground assignment stays, to finish the writing. That
    relationship is in no register, so it opens no record. Raises NotAllowed, AlreadyKnown, BadIdentityCode.
    """
    check_may(by, "person.register")
    wanted = new_id()
    if identity_code:
        row = register(identity_code=identity_code, by=by, at=at, source="desk", id=wanted, **details)
    else:
        row = register_temporary(birth_date=birth_date, by=by, at=at, id=wanted, **details)  # type: ignore[arg-type]
    if row.id != wanted:
        raise AlreadyKnown
    relate(resident=row.id, register="", ground="assignment", subject=None, staff=by.id, at=at, until=at)
    return Registered(row.id, f"{row.first_name} {row.last_name}", _told_once(row, by))


def _told_once(row: Resident, by: Who) -> str:
    events.saw(by, residents=[row.id], what="person", ground="assignment")
    if not row.has_temporary_code:
        return ""
    events.saw(by, residents=[row.id], what="identity_code", ground="assignment")
    return rules.decrypt_identity(bytes(row.identity_code), settings.IDENTITY_KEY)
