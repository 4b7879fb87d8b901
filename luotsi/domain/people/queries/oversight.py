"""What the privacy officer reads of people: emergency accesses with their reasons, and the names behind the log.

And what a resident reads of an emergency in which their own data were opened.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from luotsi.base.text import Text
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events import queries as log
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import check_may
from luotsi.domain.people.definitions import emergency_reasons
from luotsi.domain.people.models import Relationship, Resident
from luotsi.domain.people.queries.finding import id_of_code


@dataclass(frozen=True)
class Emergency:
    """One opening without a relationship: who, whose, why, and until when. `verdict` is "" until it was checked.

    `why` is the shelf's name of the reason, None where only the worker's words were kept; `reason` are these words.
    """

    id: UUID
    staff: UUID
    staff_name: str
    resident: UUID
    resident_name: str
    register: str
    why: Text | None
    reason: str
    begins_at: datetime
    ends_at: datetime
    verdict: str
    verdict_why: str
    checked_at: datetime | None
    checked_by: str


def emergency(relationship: UUID, *, viewer: Who) -> Emergency | None:
    """One emergency access, for whoever judges it; None when there is none. Raises NotAllowed; it is logged."""
    check_may(viewer, "oversight.read")
    with as_system():
        row = _rows().filter(id=relationship).first()
        found = _emergency(row) if row else None
    if found:
        events.saw(viewer, residents=[found.resident], what="log", ground="oversight")
    return found


@dataclass(frozen=True)
class Opening:
    """An emergency in which the reader's own data were opened, as they read of it.

    `words`, the worker's, and `verdict_why`, the officer's, are "" for whoever reads in another's place.
    """

    staff: UUID
    begins_at: datetime
    ends_at: datetime
    why: Text | None
    words: str
    verdict: str
    verdict_why: str


def openings_of(viewer: Who) -> list[Opening]:
    """The emergencies in which this resident's data were opened, the newest first. The page that shows them reads the
    log, which is logged. Written words are for the resident alone: they may tell of a matter kept private.
    """
    if not viewer.is_resident:
        return []
    with as_system():
        rows = list(_rows().filter(resident_id__in=viewer.own_ids))
    return [_opening(row, is_oneself=viewer.acting_for is None) for row in rows]


def emergencies(*, viewer: Who, since: datetime, limit: int = 200) -> list[Emergency]:
    """Emergency accesses since a moment, those not yet checked first, then the newest.

    Raises NotAllowed; reading them is logged.
    """
    check_may(viewer, "oversight.read")
    with as_system():
        found = [_emergency(row) for row in _rows().filter(begins_at__gte=since)[:limit]]
    events.saw(viewer, residents={one.resident for one in found}, what="log", ground="oversight")
    return sorted(found, key=lambda one: bool(one.verdict))


def read_log(*, viewer: Who, **asked: Any) -> log.LogPage:
    """Rows of the usage log, for whoever watches over it; `asked` as in events' `search_log`.

    Raises NotAllowed; the reading is logged.
    """
    check_may(viewer, "log.search")
    with as_system():
        return log.search_log(viewer=viewer, **asked)


def names_behind(residents: Collection[UUID], *, viewer: Who) -> dict[UUID, str]:
    """Whose data the rows of the log are about. The reader of the log has logged whose rows were shown.

    Raises NotAllowed.
    """
    check_may(viewer, "log.search")
    with as_system():
        rows = Resident.objects.filter(id__in=residents).values_list("id", "first_name", "last_name")
        return {resident: f"{first} {last}" for resident, first, last in rows}


def resident_in_log(identity_code: str, *, viewer: Who) -> UUID | None:
    """Whose rows are looked for, by the whole identity code; None when nobody has it.

    The search is logged. Raises NotAllowed, BadIdentityCode.
    """
    check_may(viewer, "log.search")
    found = id_of_code(identity_code)
    if found:
        events.saw(viewer, residents=[found], what="search", ground="oversight")
    return found


def _opening(row: Relationship, *, is_oneself: bool) -> Opening:
    words, verdict_why = (row.reason, row.verdict_why) if is_oneself else ("", "")
    return Opening(row.staff_id, row.begins_at, row.ends_at, _why(row), words, row.verdict, verdict_why)


def _rows() -> "QuerySet[Relationship]":
    found = Relationship.objects.filter(ground="emergency").select_related("staff", "resident", "checked_by")
    return found.order_by("-begins_at")


def _why(row: Relationship) -> Text | None:
    known = emergency_reasons().get(row.reason_key)
    return known.name if known else None


def _emergency(row: Relationship) -> Emergency:
    return Emergency(
        id=row.id,
        staff=row.staff_id,
        staff_name=row.staff.name,
        resident=row.resident_id,
        resident_name=f"{row.resident.first_name} {row.resident.last_name}",
        register=row.register,
        why=_why(row),
        reason=row.reason,
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        verdict=row.verdict,
        verdict_why=row.verdict_why,
        checked_at=row.checked_at,
        checked_by=row.checked_by.name if row.checked_by else "",
    )
