"""Whether erasing is stopped for a resident, as those who see the resident may know."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import check_may
from luotsi.domain.people import access
from luotsi.domain.people.models import LegalHold


def is_held(resident: UUID, *, viewer: Who) -> bool:
    """Whether a legal hold stands. Why it does is the privacy officer's to read. Raises NotAllowed."""
    access.check_relationship(viewer, resident)
    return LegalHold.objects.filter(resident_id=resident, lifted_at=None).exists()


@dataclass(frozen=True)
class Hold:
    """One legal hold: whose records, why, and by whom it was set and lifted."""

    resident: UUID
    resident_name: str
    reason: str
    set_at: datetime
    set_by: str
    lifted_at: datetime | None
    lifted_by: str


def holds(*, viewer: Who, limit: int = 200) -> list[Hold]:
    """Every hold, those that stand first, then the newest. Raises NotAllowed; the reading is logged."""
    check_may(viewer, "hold.set")
    rows = LegalHold.objects.select_related("resident", "set_by", "lifted_by").order_by("-set_at")
    with as_system():
        found = [_hold(row) for row in rows[:limit]]
    events.saw(viewer, residents={one.resident for one in found}, what="log", ground="oversight")
    return sorted(found, key=lambda one: one.lifted_at is not None)


def _hold(row: LegalHold) -> Hold:
    return Hold(
        resident=row.resident_id,
        resident_name=f"{row.resident.first_name} {row.resident.last_name}",
        reason=row.reason,
        set_at=row.set_at,
        set_by=row.set_by.name,
        lifted_at=row.lifted_at,
        lifted_by=row.lifted_by.name if row.lifted_by else "",
    )
