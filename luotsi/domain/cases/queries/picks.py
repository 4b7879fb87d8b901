"""The services that a resident was pointed to, as a list that was handed over: read by its link, without signing in."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings.rules import links
from luotsi.domain.cases import access
from luotsi.domain.cases.models import Case, Direction
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.people import queries as people

LASTS = timedelta(days=90)
_MAY = frozenset({"link.answer", "matters.read"})  # what the link lets its holder do, for this one list


@dataclass(frozen=True)
class Pick:
    """A service by its key in the catalogue, and what the resident or the worker has said came of it, "" for nothing.

    Never why it was picked: whoever finds the paper's link may be somebody else.
    """

    id: UUID
    service: str
    result: str


@dataclass(frozen=True)
class Picks:
    """`holder` may read and answer this list and nothing else. `is_over`: the link has stopped working."""

    case: UUID
    holder: Who
    is_over: bool


def links_end(at: datetime) -> datetime:
    """Until when a link works that is given now."""
    return start_of(local_day(at + LASTS))


def by_link(token: str, *, at: datetime) -> Picks:
    """Raises links.NoLink: not a link of this house to such a list, or the matter is no longer there."""
    link = links.read(token, settings.IDENTITY_KEY)
    if link.what != "picks":
        raise links.NoLink
    with as_system():
        resident = Case.objects.filter(id=link.subject).values_list("resident_id", flat=True).first()
    holder = people.resident_as_who(resident) if resident else None
    if holder is None:
        raise links.NoLink
    return Picks(link.subject, replace(holder, only=_MAY), link.until <= at)


def picks(found: Picks) -> list[Pick]:
    """The list itself, the first picked first. Raises NotAllowed."""
    case = access.visible_to(found.holder).filter(id=found.case).first()
    if case is None:
        return []
    rows = Direction.objects.filter(case=case).order_by("given_at", "id").values_list("id", "service", "result")
    return [Pick(*row) for row in rows]
