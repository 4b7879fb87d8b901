"""What the privacy officer reads of people: emergency accesses with their reasons, and the names behind the log."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events import queries as log
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import check_may
from luotsi.domain.people.models import Relationship, Resident
from luotsi.domain.people.queries.finding import id_of_code


@dataclass(frozen=True)
class Emergency:
    """One opening without a relationship: who, whose, why, and until when. `verdict` is "" until it was checked."""

    id: UUID
    staff: UUID
    staff_name: str
    resident: UUID
    resident_name: str
    register: str
    reason: str
    begins_at: datetime
    ends_at: datetime
    verdict: str
    checked_at: datetime | None
    checked_by: str


def emergencies(*, viewer: Who, since: datetime, limit: int = 200) -> list[Emergency]:
    """Emergency accesses since a moment, those not yet checked first, then the newest.

    Raises NotAllowed; reading them is logged.
    """
    check_may(viewer, "oversight.read")
    rows = Relationship.objects.filter(ground="emergency", begins_at__gte=since)
    rows = rows.select_related("staff", "resident", "checked_by").order_by("-begins_at")
    with as_system():
        found = [_emergency(row) for row in rows[:limit]]
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


def _emergency(row: Relationship) -> Emergency:
    return Emergency(
        id=row.id,
        staff=row.staff_id,
        staff_name=row.staff.name,
        resident=row.resident_id,
        resident_name=f"{row.resident.first_name} {row.resident.last_name}",
        register=row.register,
        reason=row.reason,
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        verdict=row.verdict,
        checked_at=row.checked_at,
        checked_by=row.checked_by.name if row.checked_by else "",
    )
