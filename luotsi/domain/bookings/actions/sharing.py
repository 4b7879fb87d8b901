"""Places are shared out among the families who wish for them: shown first, then carried out, all or nothing.

Locks are taken in the one order: times by ascending id, then the people.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings.actions.days import dimensions_of
from luotsi.domain.bookings.actions.keeping import lock_person, take
from luotsi.domain.bookings.actions.telling import tell
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.definitions.days import sharing_rule
from luotsi.domain.bookings.events import BookingMade
from luotsi.domain.bookings.events.days import DaysGiven, DaysNotGiven
from luotsi.domain.bookings.models import Booking, DayGrant, DayWish, Slot
from luotsi.domain.bookings.queries.days import TakenDay, counted, days_of, granted_of, open_wishes
from luotsi.domain.bookings.rules.days import span
from luotsi.domain.bookings.rules.sharing import Shared, Wish, share_out
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit
from luotsi.domain.people import access as people_access
from luotsi.domain.people import actions as people

_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Period:
    """The wishes of one offering that begin between these days, in a unit that gives it."""

    unit: str
    offering: str
    first: date
    last: date


@dataclass(frozen=True)
class Proposal:
    """What the rule makes of the wishes and places as they are now. `print` changes when anything of it does."""

    answers: tuple[Shared, ...]
    wishes: dict[UUID, DayWish]
    names: dict[UUID, str]

    @property
    def print(self) -> str:
        told = [f"{one.wish} {one.place} {one.days} {one.why}" for one in self.answers]
        return hashlib.sha256("\n".join(sorted(told)).encode()).hexdigest()[:32]


class Changed(Exception):
    """A wish or a place has changed since the proposal was shown. Nothing was given; show it anew."""


def propose(period: Period, *, by: Who, at: datetime) -> Proposal:
    """What would be given to whom. Nothing is written. Raises NotAllowed."""
    check_shares(by, period.unit)
    visible = DayGrant.objects.filter(people_access.open_to(by))
    waiting = open_wishes(offering=period.offering, first=period.first, last=period.last)
    today = local_day(at)
    rows = DayWish.objects.filter(waiting, grant__in=visible, first_day__gt=today).select_related("grant")
    wishes = {row.id: row for row in rows.order_by("entered_at", "id")}
    for register in {row.grant.register for row in wishes.values()}:
        whose = {row.grant.resident_id for row in wishes.values() if row.grant.register == register}
        events.saw(by, residents=whose, what="list", register=register, ground="plan")
    places = _places(period, at=at)
    there = {place: {day: slot.capacity for day, slot in days.items()} for place, days in places.items()}
    free = {place: {day: slot.capacity - slot.taken for day, slot in days.items()} for place, days in places.items()}
    draw = f"{period.unit} {period.offering} {period.first} {period.last}"
    told = _as_wishes(wishes.values(), at=at)
    answers = share_out(told, there, free, order=sharing_rule().order, draw=draw)
    return Proposal(tuple(answers), wishes, _names(places))


@transaction.atomic
def carry_out(period: Period, *, seen: str, by: Who, at: datetime) -> Proposal:
    """Give the days as the proposal that was `seen` says, and answer those who were left without.

    All or nothing. Raises NotAllowed, Changed.
    """
    check_shares(by, period.unit)
    slots = _slots(period, at=at).order_by("id")
    list(slots.select_for_update(of=("self",)).values_list("id", flat=True))
    found = propose(period, by=by, at=at)
    if found.print != seen:
        raise Changed
    for person in sorted({row.grant.resident_id for row in found.wishes.values()}, key=str):
        lock_person(person)
    places = _places(period, at=at)
    for answer in found.answers:
        row = found.wishes[answer.wish]
        if answer.place:
            _give(row, [places[answer.place][day] for day in answer.days], by=by, at=at)
        else:
            _leave_without(row, answer, by=by, at=at)
    return found


def check_shares(by: Who, unit: str) -> None:
    """Raises NotAllowed unless the places of this unit are theirs to share out."""
    if by.kind == "system":
        return
    check_may(by, "days.decide")
    if not sees_unit(by, unit):
        raise NotAllowed("this unit's places are shared out by others")


def _give(row: DayWish, slots: Collection[Slot], *, by: Who, at: datetime) -> None:
    """Each day is a time taken by one statement; all days of a stay have one series, and one reminder."""
    ordered = sorted(slots, key=lambda slot: slot.starts_at)
    taken = take([slot.id for slot in ordered], at=at, by=by)
    times = [
        Booking(
            slot=slot, resident_id=row.grant.resident_id, key=uuid5(row.id, str(slot.id)), offering=row.offering,
            series=row.id, made_by_id=by.id if by.is_staff else None, offered_at=at, accepted_at=at,
            reminded_at=at if number else None,
        )
        for number, slot in enumerate(taken)
    ]  # fmt: skip
    Booking.objects.bulk_create(times)
    for one in times:
        tell(one, BookingMade(one.id, one.slot.starts_at, one.slot.mode), by=by, at=at)
        if one.slot.staff_id:
            people.relate(
                resident=one.resident_id, staff=one.slot.staff_id, register=row.grant.register, ground="booking",
                subject=one.id, at=at, until=one.slot.ends_at,
            )  # fmt: skip
    _answer(row, "given", {}, at=at)
    _record(row, DaysGiven(row.id, row.offering, len(times)), by=by, at=at)


def _leave_without(row: DayWish, answer: Shared, *, by: Who, at: datetime) -> None:
    """The family reads why. Who is told the same again is not told twice."""
    why = {
        "why": answer.why, "day": str(answer.day or ""), "places": answer.places, "wished": answer.wished,
        "by": answer.decided_by,
    }  # fmt: skip
    is_news = row.answer != "not_given"
    _answer(row, "not_given", why, at=row.answered_at or at)
    if is_news:
        _record(row, DaysNotGiven(row.id, row.offering, answer.why), by=by, at=at)


def _answer(row: DayWish, said: str, why: dict[str, object], *, at: datetime) -> None:
    row.answer, row.answered_at, row.why = said, at, why
    row.save(update_fields=["answer", "answered_at", "why"])


def _slots(period: Period, *, at: datetime):  # type: ignore[no-untyped-def]
    """The open times of the offering in the unit, as far ahead as any of these wishes can reach."""
    last = start_of(period.last + _YEAR)
    return Slot.objects.filter(
        unit=period.unit, offering=period.offering, closed_at=None, starts_at__gt=at,
        starts_at__gte=start_of(period.first), starts_at__lt=last,
    )  # fmt: skip


def _places(period: Period, *, at: datetime) -> dict[UUID, dict[date, Slot]]:
    """By house or substitute, the time of each day."""
    found: dict[UUID, dict[date, Slot]] = defaultdict(dict)
    for slot in _slots(period, at=at).select_related("resource", "staff").order_by("starts_at", "id"):
        found[slot.resource_id or slot.staff_id][local_day(slot.starts_at)] = slot
    return found


def _names(places: dict[UUID, dict[date, Slot]]) -> dict[UUID, str]:
    first = {place: next(iter(days.values())) for place, days in places.items()}
    return {place: slot.resource.name if slot.resource else slot.staff.name for place, slot in first.items()}


def _as_wishes(rows: Collection[DayWish], *, at: datetime) -> list[Wish]:
    """The wishes with what the rule asks of each family."""
    grants = {row.grant_id: row.grant for row in rows}
    taken = days_of(list(grants.values()))
    busy = _busy({row.grant.resident_id for row in rows}, taken, at=at)
    without = Counter(
        DayWish.objects.filter(grant__in=grants, answer="not_given", answered_at__gt=at - _YEAR)
        .exclude(id__in=[row.id for row in rows])
        .values_list("grant_id", flat=True)
    )
    return [
        Wish(
            id=row.id, grant=row.grant_id, person=row.grant.resident_id,
            days=span(row.first_day, row.last_day, row.weekdays), granted=granted_of(row.grant),
            entered_at=row.entered_at, taken=counted(taken[row.grant_id]), busy=busy[row.grant.resident_id],
            left_without=without[row.grant_id], place=row.place_id,
            needs_all=offerings()[row.offering].mode == "bed_days",
        )
        for row in rows
    ]  # fmt: skip


def _busy(persons: set[UUID], taken: dict[UUID, list[TakenDay]], *, at: datetime) -> dict[UUID, frozenset[date]]:
    """The days on which they are somewhere by another decision of theirs."""
    others = DayGrant.objects.filter(resident__in=persons).exclude(id__in=taken)
    found: dict[UUID, set[date]] = defaultdict(set)
    owner = {row.id: row.resident_id for row in DayGrant.objects.filter(resident__in=persons)}
    for grant, days in {**days_of(list(others)), **taken}.items():
        found[owner[grant]] |= {day.day for day in days if day.state == "made"}
    return defaultdict(frozenset, {person: frozenset(days) for person, days in found.items()})


def _record(row: DayWish, fact: events.Fact, *, by: Who, at: datetime) -> None:
    grant = row.grant
    where = dimensions_of(grant, row.offering)
    events.record(fact, by=by, at=at, subject=grant.id, resident=grant.resident_id, where=where)
