"""Days are granted by a decision, wished for by the family, and given up again. Giving them is `sharing`."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings import access
from luotsi.domain.bookings.actions.keeping import lock_person
from luotsi.domain.bookings.actions.telling import tell
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.definitions.days import granted_days
from luotsi.domain.bookings.events import BookingCancelled
from luotsi.domain.bookings.events.days import DaysEnded, DaysGivenUp, DaysGranted, DaysWished
from luotsi.domain.bookings.models import Booking, DayGrant, DayWish, Resource, Slot
from luotsi.domain.bookings.queries.days import counted, days_of, granted_of
from luotsi.domain.bookings.rules.days import DaysRefused, check_grant, check_wish, span
from luotsi.domain.events import actions as events
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries as persons


@transaction.atomic
def grant_days(
    *, key: UUID, resident: UUID, subject: UUID, register: str, kind: str, days: int, first: date, last: date, by: Who,
    at: datetime, has_transport: bool = False, where: events.Dimensions | None = None,
) -> DayGrant:  # fmt: skip
    """A decision in the matter `subject` grants so many days of the kind. The same `key` again changes nothing.

    `where`: what figures break the matter down by; the fact is then told of the matter. The units that give such days
    see from now on whose they are. Raises NotAllowed, KeyError (no such kind), DaysRefused (fewer than the law,
    backwards, past).
    """
    access.check_days(by, resident, register=register)
    lock_person(resident)
    if earlier := DayGrant.objects.filter(resident_id=resident, key=key).first():
        return earlier
    known = granted_days()[kind]
    check_grant(known.granted(days, first, last), least=known.least, today=local_day(at))
    row = DayGrant.objects.create(
        resident_id=resident, key=key, subject=subject, register=register, kind=kind, days=days, valid_from=first,
        valid_to=last, has_transport=has_transport, made_by_id=by.id, made_at=at,
    )  # fmt: skip
    units = {unit for one in known.offerings for unit in offerings()[one].units}
    for unit in sorted(units):
        people.relate(
            resident=resident, unit=unit, register=register, ground="plan", subject=row.id, at=at,
            until=start_of(last + timedelta(days=1)),
        )  # fmt: skip
    fact = DaysGranted(row.id, kind, days, last)
    if where is None:
        _record(row, fact, by=by, at=at)
    else:
        events.record(fact, by=by, at=at, subject=subject, resident=resident, where=where)
    return row


@transaction.atomic
def end_grant(*, grant: UUID, by: Who, at: datetime) -> DayGrant:
    """The decision ends today: what was given ahead stays, no more is wished for. Ending twice changes nothing.

    Raises NotAllowed.
    """
    row = DayGrant.objects.select_for_update().get(id=grant)
    access.check_days(by, row.resident_id, register=row.register)
    today = local_day(at)
    if row.ended_on or row.valid_to <= today:
        return row
    row.ended_on = max(today, row.valid_from)
    row.save(update_fields=["ended_on"])
    open_ones = row.wishes.filter(answer__in=("", "not_given"))
    open_ones.update(answer="withdrawn", answered_at=at)
    _record(row, DaysEnded(row.id, row.kind), by=by, at=at)
    return row


@transaction.atomic
def wish_for_days(
    *, key: UUID, grant: UUID, offering: str, first: date, last: date, by: Who, at: datetime,
    weekdays: Collection[int] = (), place: UUID | None = None, transport: str = "",
) -> DayWish:  # fmt: skip
    """The family wishes for these days; several wishes may stand at once. The same `key` again changes nothing.

    Raises NotAllowed, DaysRefused.
    """
    row = DayGrant.objects.get(id=grant)
    access.check_days(by, row.resident_id, register=row.register)
    lock_person(row.resident_id)
    if earlier := DayWish.objects.filter(grant=row, key=key).first():
        return earlier
    if last < first:
        raise DaysRefused("backwards")
    if offering not in granted_days()[row.kind].offerings or not _is_there(place, offering):
        raise DaysRefused("other_offering")
    if (last - first).days > 400:
        raise DaysRefused("too_far")
    days = span(first, last, weekdays)
    check_wish(granted_of(row), days, counted(days_of([row])[row.id]), today=local_day(at))
    wish = DayWish.objects.create(
        grant=row, key=key, offering=offering, place_id=place, first_day=first, last_day=last,
        weekdays=sorted(weekdays), transport=transport if row.has_transport else "",
        made_by_id=by.id if by.is_staff else None, entered_at=at,
    )  # fmt: skip
    _record(row, DaysWished(wish.id, offering, len(days)), by=by, at=at)
    return wish


@transaction.atomic
def give_up_days(*, wish: UUID, by: Who, at: datetime) -> DayWish:
    """Withdraw a wish, or give up what is left of the days that it was given: they can be wished for again.

    A resident gives days up by the offering's notice. Twice changes nothing. Raises NotAllowed, DaysRefused.
    """
    row = DayWish.objects.select_related("grant").get(id=wish)
    access.check_days(by, row.grant.resident_id, register=row.grant.register)
    slots = Booking.objects.filter(series=row.id, cancelled_at=None).values_list("slot_id", flat=True)
    list(Slot.objects.select_for_update().filter(id__in=list(slots)).order_by("id").values_list("id", flat=True))
    row = DayWish.objects.select_for_update(of=("self",)).select_related("grant").get(id=wish)
    if row.answer == "withdrawn":
        return row
    given = Booking.objects.filter(series=row.id, cancelled_at=None, arrived_at=None, no_show_at=None)
    ahead = list(given.filter(slot__starts_at__gt=at).select_related("slot").order_by("slot__starts_at"))
    if row.answer == "given" and not ahead:
        return row
    if by.is_resident and ahead and not offerings()[row.offering].can_cancel(ahead[0].slot.starts_at, asked=at):
        raise DaysRefused("too_late")
    who = "resident" if by.is_resident else "provider"
    Booking.objects.filter(id__in=[one.id for one in ahead]).update(cancelled_at=at, cancelled_by=who)
    for one in ahead:
        Slot.objects.filter(id=one.slot_id).update(taken=F("taken") - 1)
        people.end_relationship(subject=one.id, ground="booking", at=at)
        tell(one, BookingCancelled(one.id, one.slot.starts_at, who), by=by, at=at)
    if not Booking.objects.filter(series=row.id, cancelled_at=None).exists():
        row.answer, row.answered_at = "withdrawn", at
        row.save(update_fields=["answer", "answered_at"])
    _record(row.grant, DaysGivenUp(row.id, row.offering, len(ahead), who), by=by, at=at)
    return row


def dimensions_of(grant: DayGrant, offering: str = "") -> events.Dimensions:
    """What figures break it down by: the unit is the first that gives such days, the register that of the decision."""
    person = persons.person(grant.resident_id)
    known = offerings()[offering or granted_days()[grant.kind].offerings[0]]
    return events.Dimensions(
        unit=known.units[0],
        service=known.service,
        register=grant.register,
        municipality=person.municipality,
        language=person.language,
    )


def _is_there(place: UUID | None, offering: str) -> bool:
    """Whether the house belongs to a unit that offers it."""
    return place is None or Resource.objects.filter(id=place, unit__in=offerings()[offering].units).exists()


def _record(row: DayGrant, fact: events.Fact, *, by: Who, at: datetime) -> None:
    where = dimensions_of(row)
    events.record(fact, by=by, at=at, subject=row.id, resident=row.resident_id, where=where)
