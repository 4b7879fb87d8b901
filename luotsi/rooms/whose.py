"""Whose data an address is about, when it names something that the viewer may not see."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from luotsi.domain.events import queries as log
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.people import queries as people


def named(slots: Iterable[Any]) -> tuple[UUID | None, UUID | None]:
    """The thing that an address names, and the resident whose it is; None for what it does not name or nobody knows.

    Only for the usage log, where the privacy officer looks for somebody's rows: never for an answer. Whoever asked
    was refused, and an id that exists answers them like one that does not.
    """
    subject = next((value for value in slots if isinstance(value, UUID)), None)
    if subject is None:
        return None, None
    with as_system():
        resident = log.resident_of(subject) or subject
        person = people.persons([resident]).get(resident)
    return subject, person.id if person else None
