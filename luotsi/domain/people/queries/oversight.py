"""What the privacy officer reads of people: emergency accesses with their reasons."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import check_may
from luotsi.domain.people.models import Relationship


@dataclass(frozen=True)
class Emergency:
    """One opening without a relationship: who, whose, why, and until when."""

    id: UUID
    staff: UUID
    staff_name: str
    resident: UUID
    resident_name: str
    register: str
    reason: str
    begins_at: datetime
    ends_at: datetime


def emergencies(*, viewer: Who, since: datetime, limit: int = 200) -> list[Emergency]:
    """Emergency accesses since a moment, newest first. Raises NotAllowed; reading them is logged."""
    check_may(viewer, "oversight.read")
    rows = Relationship.objects.filter(ground="emergency", begins_at__gte=since).select_related("staff", "resident")
    with as_system():
        rows = list(rows.order_by("-begins_at")[:limit])
    found = [
        Emergency(
            id=row.id,
            staff=row.staff_id,
            staff_name=row.staff.name,
            resident=row.resident_id,
            resident_name=f"{row.resident.first_name} {row.resident.last_name}",
            register=row.register,
            reason=row.reason,
            begins_at=row.begins_at,
            ends_at=row.ends_at,
        )
        for row in rows
    ]
    events.saw(viewer, residents={one.resident for one in found}, what="log", ground="oversight")
    return found
