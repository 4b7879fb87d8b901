"""Which matter a time of a calendar is for, as far as it is open to whoever looks."""

from collections.abc import Collection
from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.cases import access
from luotsi.domain.cases.models import CaseBooking


def matters_of(bookings: Collection[UUID], *, viewer: Who) -> dict[UUID, UUID]:
    """The matter of each booking that has one which the viewer may open. Two queries."""
    links = dict(CaseBooking.objects.filter(booking__in=bookings).values_list("booking_id", "case_id"))
    visible = set(access.visible_to(viewer).filter(id__in=links.values()).values_list("id", flat=True))
    return {booking: case for booking, case in links.items() if case in visible}
