"""What the link in a message leads to, and whose it is: for the page that opens without signing in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from luotsi.domain.bookings.models import Booking, SlotOffer, WaitingEntry
from luotsi.domain.bookings.rules import links
from luotsi.domain.events.actions.system import as_system


@dataclass(frozen=True)
class Linked:
    """`resident` is the one whom the message was for. `is_over`: the link has stopped working."""

    what: links.What
    subject: UUID
    resident: UUID
    is_over: bool


def by_link(token: str, *, at: datetime) -> Linked:
    """Raises links.NoLink: not a link of this house, or what it was for is no longer there."""
    link = links.read(token, settings.IDENTITY_KEY)
    with as_system():
        resident = _whose(link)
    if resident is None:
        raise links.NoLink
    return Linked(link.what, link.subject, resident, link.until <= at)


def offer_of(booking: UUID) -> tuple[UUID, datetime] | None:
    """The offer from the queue by which this place is kept, and until when; None for a time given otherwise."""
    row = SlotOffer.objects.filter(booking=booking).values_list("id", "answer_by").first()
    return (row[0], row[1]) if row else None


def taken_by(offer: UUID) -> UUID | None:
    """The booking that came of the offer; None while nobody has taken it. Whose it is, the reader asks next."""
    with as_system():
        taken = SlotOffer.objects.filter(id=offer, answer="accepted", booking__cancelled_at=None)
        return taken.values_list("booking_id", flat=True).first()


def link_to(what: links.What, subject: UUID, *, until: datetime) -> str:
    """The link's own part of its address."""
    return links.token(links.Link(what, subject, until), settings.IDENTITY_KEY)


def _whose(link: links.Link) -> UUID | None:
    rows = {
        "time": Booking.objects.filter(id=link.subject).values_list("resident_id", flat=True),
        "offer": SlotOffer.objects.filter(id=link.subject).values_list("entry__resident_id", flat=True),
        "invitation": WaitingEntry.objects.filter(id=link.subject).values_list("resident_id", flat=True),
        "need": WaitingEntry.objects.filter(id=link.subject).values_list("resident_id", flat=True),
    }
    return rows[link.what].first() if link.what in rows else None
