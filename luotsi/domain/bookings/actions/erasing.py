"""Times and waiting that go with the matter they were for, or with the person."""

from collections import Counter
from collections.abc import Collection
from uuid import UUID

from luotsi.domain.bookings.models import Booking, DayGrant, DayWish, HomeVisit, ResourceUse, SlotOffer, WaitingEntry


def erase(bookings: Collection[UUID]) -> int:
    """Delete times with the matter that they were given for; their slots stay as they were taken. Answers how many."""
    ResourceUse.objects.filter(booking__in=bookings).delete()
    return Booking.objects.filter(id__in=bookings).delete()[1].get("bookings.Booking", 0)


def erase_of(residents: Collection[UUID]) -> Counter[str]:
    """Delete the times of people who are being erased that were given for no matter. Answers rows by table."""
    days = _erased_days(DayGrant.objects.filter(resident_id__in=residents))
    visits = Counter(bookings_homevisit=HomeVisit.objects.filter(resident_id__in=residents).delete()[0])
    times = list(Booking.objects.filter(resident_id__in=residents).values_list("id", flat=True))
    waiting = _erased(WaitingEntry.objects.filter(resident_id__in=residents))
    return _together(waiting, days, visits, Counter(bookings_booking=erase(times)))


def erase_waiting(subjects: Collection[UUID]) -> Counter[str]:
    """Delete the waiting for times of these matters, with what was offered, and the days that they granted with what
    was wished for and taken. Answers rows by table.
    """
    days = _erased_days(DayGrant.objects.filter(subject__in=subjects))
    return _together(_erased(WaitingEntry.objects.filter(subject__in=subjects)), days)


def _together(*parts: Counter[str]) -> Counter[str]:
    """A table of which nothing went is named too: adding counters would leave it out."""
    found: Counter[str] = Counter()
    for part in parts:
        found.update(part)
    return found


def _erased(entries) -> Counter[str]:  # type: ignore[no-untyped-def]
    offers = SlotOffer.objects.filter(entry__in=entries).delete()[0]
    return Counter(bookings_slotoffer=offers, bookings_waitingentry=entries.delete()[0])


def _erased_days(grants) -> Counter[str]:  # type: ignore[no-untyped-def]
    wishes = DayWish.objects.filter(grant__in=grants)
    times = list(Booking.objects.filter(series__in=wishes.values("id")).values_list("id", flat=True))
    taken = erase(times)
    gone = wishes.delete()[0]
    return Counter(bookings_booking=taken, bookings_daywish=gone, bookings_daygrant=grants.delete()[0])
