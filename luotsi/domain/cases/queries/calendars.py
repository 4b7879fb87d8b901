"""Which matter a time of a calendar is for, as far as it is open to whoever looks."""

from collections.abc import Collection
from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.models import CaseBooking, VisitNote


def matters_of(bookings: Collection[UUID], *, viewer: Who) -> dict[UUID, UUID]:
    """The matter of each booking that has one which the viewer may open. Two queries."""
    links = dict(CaseBooking.objects.filter(booking__in=bookings).values_list("booking_id", "case_id"))
    visible = set(access.visible_to(viewer).filter(id__in=links.values()).values_list("id", flat=True))
    return {booking: case for booking, case in links.items() if case in visible}


def can_unmark(booking: UUID, *, viewer: Who) -> bool:
    """Whether a mark of this time can be taken back, as far as its matter goes. Three queries."""
    link = CaseBooking.objects.filter(booking=booking).select_related("case").first()
    if link is None:
        return True
    is_written = VisitNote.objects.filter(case=link.case_id, booking=booking).exclude(note="").exists()
    is_open = access.visible_to(viewer).filter(id=link.case_id).exists()
    return is_open and rules.can_unmark(is_closed=link.case.closed_at is not None, is_written=is_written)
