"""Registering somebody whom the county does not know yet, by a worker who has them at the desk or on the telephone."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import check_may
from luotsi.domain.people import access, rules
from luotsi.domain.people.actions.registering import register, register_temporary
from luotsi.domain.people.actions.relationships import relate
from luotsi.domain.people.models import Resident


class AlreadyKnown(Exception):
    """The county knows this person: nothing was registered, and nothing is told of them."""


@dataclass(frozen=True)
class Registered:
    """The new resident. `temporary_code` is the code made for somebody without one, told once; else ""."""

    resident: UUID
    name: str
    temporary_code: str


@transaction.atomic
def register_at_desk(
    *, key: UUID, by: Who, at: datetime, identity_code: str = "", birth_date: date | None = None, **details: Any
) -> Registered:
    """Register by identity code or, without one, by birth date, None when nobody knows it. `key` becomes the resident's
    id; the same key again registers nobody.

    The worker may open who the person is for as long as the ground assignment stays, to finish the writing. That
    relationship is in no register, so it opens no record. Raises NotAllowed, AlreadyKnown, BadIdentityCode.
    """
    check_may(by, "person.register")
    if earlier := _sent_before(key, by):
        return earlier
    if identity_code:
        row = register(identity_code=identity_code, by=by, at=at, source="desk", id=key, **details)
    else:
        row = register_temporary(birth_date=birth_date, by=by, at=at, id=key, **details)
    if row.id != key:
        raise AlreadyKnown
    relate(resident=key, register="", ground="assignment", subject=None, staff=by.id, at=at, until=at)
    return Registered(key, _name(row), _told_once(row, by))


def _sent_before(key: UUID, by: Who) -> Registered | None:
    """The person whom this form registered already. Somebody whom the worker has nothing to do with is not told of."""
    with as_system():
        row = Resident.objects.filter(id=key).first()
    if row is None:
        return None
    if access.relationship_of(by, key) is None:
        raise AlreadyKnown
    events.saw(by, residents=[key], what="person", ground="assignment")
    return Registered(key, _name(row), "")


def _told_once(row: Resident, by: Who) -> str:
    events.saw(by, residents=[row.id], what="person", ground="assignment")
    if not row.has_temporary_code:
        return ""
    events.saw(by, residents=[row.id], what="identity_code", ground="assignment")
    return rules.decrypt_identity(bytes(row.identity_code), settings.IDENTITY_KEY)


def _name(row: Resident) -> str:
    return f"{row.first_name} {row.last_name}"
