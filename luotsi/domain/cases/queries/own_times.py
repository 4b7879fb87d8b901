"""A resident's own times, of every matter and of none, as their pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings import access as booking_access
from luotsi.domain.bookings import rules
from luotsi.domain.bookings.definitions import Offering, offerings
from luotsi.domain.bookings.queries import own
from luotsi.domain.cases import access
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.models import CaseBooking
from luotsi.domain.clocks import queries as clocks
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.questionnaires import rules as questionnaire_rules
from luotsi.domain.questionnaires.queries import forms


@dataclass(frozen=True)
class OwnTime:
    """One time. `case` is the matter it is for, if any. `can_change`: the resident may still move or cancel it."""

    time: own.TimeRow
    case: UUID | None
    offering: Offering | None
    can_change: bool

    @property
    def state(self) -> rules.BookingState:
        return self.time.state


def own_times(*, viewer: Who, at: datetime, is_past: bool = False, limit: int = 100) -> list[OwnTime]:
    """Times ahead, the nearest first; or those that are over, the latest first. Four queries; the reading is logged."""
    return _shown(own.times_of(viewer.own_ids, at=at, is_past=is_past, limit=limit), viewer, at)


def own_time(booking: UUID, *, viewer: Who, at: datetime) -> OwnTime:
    """One time of theirs. Raises NotAllowed when there is none for this viewer."""
    found = _shown(own.times_of(viewer.own_ids, at=at, only=booking), viewer, at)
    if not found:
        raise NotAllowed("no such time for this viewer")
    return found[0]


def own_visit(booking: UUID, *, viewer: Who, at: datetime) -> list[OwnTime]:
    """Every step of the visit to which this time belongs, in their order; one that stands alone is the only one.

    Raises NotAllowed when there is none for this viewer.
    """
    this = own_time(booking, viewer=viewer, at=at)
    others = [one for one in own.visit_of(booking) if one != booking]
    steps = [this, *_shown(own.times_by_id(viewer.own_ids, others), viewer, at)] if others else [this]
    return sorted(steps, key=lambda one: one.time.starts_at)


def offerings_of(booking: UUID, *, viewer: Who, at: datetime) -> list[Offering]:
    """What a time of theirs is of, and what the other steps of its visit are, to act on them: nothing is shown.

    Raises NotAllowed when there is no such time for this viewer.
    """
    if viewer.acting_for is not None:  # some of the other's times may be kept from them
        return [one.offering for one in own_visit(booking, viewer=viewer, at=at) if one.offering]
    keys = own.offerings_of(booking, residents=viewer.own_ids)
    if not keys:
        raise NotAllowed("no such time for this viewer")
    return [offerings()[key] for key in keys if key in offerings()]


def promised_by(case: UUID | None) -> date | None:
    """The last day that the care guarantee leaves the matter, or the day by which it is judged at the latest while it
    waits for that; None without a matter or when neither clock runs.
    """
    if case is None:
        return None
    lines = {kind.care_line for kind in case_kinds().values()}
    running = [chip for chip in clocks.clocks_of([case]).get(case, ()) if chip.is_running]
    ordered = sorted(running, key=lambda chip: chip.line not in lines)
    return next((chip.due for chip in ordered if chip.line in {*lines, "contact"}), None)


def led_to(case: UUID, *, viewer: Who) -> tuple[str, ...]:
    """The services to which the answers with which the matter was opened lead, as the form's outcomes say."""
    row = access.visible_to(viewer).select_related("contact__response").filter(id=case).first()
    response = row.contact.response if row and row.contact else None
    form = forms.known(response.questionnaire, response.version) if response else None
    if response is None or form is None:
        return ()
    state = questionnaire_rules.read(form, response.answers, on=local_day(response.completed_at or row.opened_at))
    return tuple(one.service for one in state.outcomes if one.service)


def _shown(rows: Iterable[own.TimeRow], viewer: Who, at: datetime) -> list[OwnTime]:
    rows = list(rows)
    links = dict(CaseBooking.objects.filter(booking__in=[one.id for one in rows]).values_list("booking_id", "case_id"))
    visible = set(access.visible_to(viewer).filter(id__in=links.values()).values_list("id", flat=True))
    told = [one for one in rows if _is_told(one, links.get(one.id), visible, viewer)]
    for one in told:
        register = booking_access.register_of(one.unit)
        events.saw(viewer, residents=[one.resident], what="booking", register=register, ground=viewer.ground or "own")
    return [_own(one, links.get(one.id), at) for one in told]


def _is_told(one: own.TimeRow, case: UUID | None, visible: set[UUID], viewer: Who) -> bool:
    """A time of a matter that is kept from whoever acts for the resident is kept from them too."""
    is_covered = viewer.registers is None or booking_access.register_of(one.unit) in viewer.registers
    return is_covered and (case is None or case in visible)


def _own(one: own.TimeRow, case: UUID | None, at: datetime) -> OwnTime:
    offering = offerings().get(one.offering)
    is_ahead = one.state == "made" and one.starts_at > at
    can_change = is_ahead and offering is not None and offering.can_cancel(one.starts_at, asked=at)
    return OwnTime(one, case, offering, can_change)
