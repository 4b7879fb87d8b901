"""What a resident waits for, and the freed times that are on offer to them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from luotsi.base.now import local_day
from luotsi.base.text import Text
from luotsi.base.who import Who
from luotsi.domain.bookings import access as booking_access
from luotsi.domain.bookings.definitions import Offering, offerings
from luotsi.domain.bookings.definitions.recalls import cohorts
from luotsi.domain.bookings.queries import own
from luotsi.domain.bookings.queries.own import OfferRow
from luotsi.domain.bookings.rules.clearing import Standing
from luotsi.domain.cases import access
from luotsi.domain.events import actions as events


@dataclass(frozen=True)
class OwnWaiting:
    """One thing that is waited for. `offer` is the freed time that waits for an answer, if any."""

    id: UUID
    offering: Offering
    units: tuple[str, ...]
    entered_at: datetime
    due_at: datetime | None
    offer: OfferRow | None
    standing: Standing
    is_invited: bool = False
    says: Text | None = None
    stops: tuple[str, ...] = ()

    @property
    def last_day(self) -> date | None:
        """The last day on which one can choose."""
        return local_day(self.due_at - timedelta(seconds=1)) if self.due_at else None


def own_waiting(*, viewer: Who, at: datetime) -> list[OwnWaiting]:
    """What they are waiting for, the longest first. Of a matter kept from them nothing. The reading is logged."""
    rows = own.waiting_of(viewer.own_ids, at=at)
    subjects = [row.subject for row in rows if row.subject]
    visible = set(access.visible_to(viewer).filter(id__in=subjects).values_list("id", flat=True)) if subjects else set()
    shown = []
    for row in rows:
        offering = offerings().get(row.offering)
        if offering is None or (row.subject and row.subject not in visible):
            continue
        register = booking_access.register_of(offering.units[0])
        if viewer.registers is not None and register not in viewer.registers:
            continue
        events.saw(viewer, residents=[row.resident], what="booking", register=register, ground=viewer.ground or "own")
        shown.append(
            OwnWaiting(
                row.id,
                offering,
                row.units,
                row.entered_at,
                row.due_at,
                row.offer,
                row.standing,
                row.is_invited,
                _says(row.cohort),
                row.stops,
            )
        )
    return shown


def _says(cohort: str) -> Text | None:
    """What stands with an invitation."""
    known = cohorts().get(cohort)
    return known.says if known else None
