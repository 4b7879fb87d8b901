"""Granted days as pages show them: what was granted, taken and is left, what was wished for and what became of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from luotsi.base.now import local_day
from luotsi.domain.bookings import rules
from luotsi.domain.bookings.definitions.days import GrantedDays, granted_days
from luotsi.domain.bookings.models import Booking, DayGrant, DayWish
from luotsi.domain.bookings.rules.booking import BookingState
from luotsi.domain.bookings.rules.days import Granted, earned, left


@dataclass(frozen=True)
class TakenDay:
    """One day that was given. `counts`: it is taken from the granted days."""

    booking: UUID
    wish: UUID
    day: date
    starts_at: datetime
    state: BookingState
    place: str
    counts: bool
    has_come: bool


@dataclass(frozen=True)
class WishView:
    """What a family wished for. `why` says what decided when it was not given."""

    id: UUID
    offering: str
    first_day: date
    last_day: date
    weekdays: tuple[int, ...]
    transport: str
    place: str
    answer: str
    why: dict[str, Any]
    entered_at: datetime
    days: tuple[TakenDay, ...]

    @property
    def ahead(self) -> tuple[TakenDay, ...]:
        """The days that are given and have not begun to be anything else."""
        return tuple(day for day in self.days if day.state == "made" and not day.has_come)


@dataclass(frozen=True)
class GrantView:
    """One decision on days. `left` now; `earned` in all by now. `taken` with what is given ahead."""

    id: UUID
    resident: UUID
    subject: UUID
    register: str
    kind: GrantedDays
    granted: Granted
    valid_to: date
    has_transport: bool
    is_over: bool
    left: int
    earned: int
    taken: int
    wishes: tuple[WishView, ...]


def grant_views(rows: Iterable[DayGrant], *, on: date) -> list[GrantView]:
    """Decisions with everything under them. Three queries. For pages whose noun has asked who looks."""
    rows = list(rows)
    days = days_of(rows)
    wishes = defaultdict(list)
    for wish in DayWish.objects.filter(grant__in=rows).select_related("place").order_by("first_day", "entered_at"):
        wishes[wish.grant_id].append(_wish(wish, [day for day in days[wish.grant_id] if day.wish == wish.id]))
    return [_view(row, days[row.id], wishes[row.id], on) for row in rows]


def granted_of(row: DayGrant) -> Granted:
    """The decision as the rules count it: it ends on the day on which it was ended."""
    kind = granted_days()[row.kind]
    return kind.granted(row.days, row.valid_from, min(row.valid_to, row.ended_on or row.valid_to))


def days_of(grants: Collection[DayGrant]) -> dict[UUID, list[TakenDay]]:
    """By decision, every day that was given for one of its wishes and not given up. Two queries."""
    kinds = {row.id: granted_days()[row.kind] for row in grants}
    owner = dict(DayWish.objects.filter(grant__in=list(kinds), answer="given").values_list("id", "grant_id"))
    rows = Booking.objects.filter(series__in=list(owner), cancelled_at=None, declined_at=None)
    found: dict[UUID, list[TakenDay]] = defaultdict(list)
    for row in rows.select_related("slot__resource", "slot__staff").order_by("slot__starts_at"):
        assert row.series is not None
        grant = owner[row.series]
        found[grant].append(_taken(row, kinds[grant]))
    return found


def counted(days: Iterable[TakenDay]) -> frozenset[date]:
    return frozenset(day.day for day in days if day.counts)


def open_wishes(*, offering: str, first: date, last: date) -> Q:
    """A condition on wishes: of that offering, beginning between these days, and not given yet."""
    return Q(offering=offering, first_day__gte=first, first_day__lte=last, answer__in=("", "not_given"))


def _taken(row: Booking, kind: GrantedDays) -> TakenDay:
    state = rules.booking_state(rules.moments_of(row))
    slot = row.slot
    assert row.series is not None
    return TakenDay(
        booking=row.id, wish=row.series, day=local_day(slot.starts_at), starts_at=slot.starts_at, state=state,
        place=slot.resource.name if slot.resource else slot.staff.name if slot.staff else "",
        counts=not (state == "missed" and row.no_show_reason in kind.not_counted), has_come=row.arrived_at is not None,
    )  # fmt: skip


def _wish(row: DayWish, days: Collection[TakenDay]) -> WishView:
    return WishView(
        id=row.id, offering=row.offering, first_day=row.first_day, last_day=row.last_day,
        weekdays=tuple(row.weekdays), transport=row.transport, place=row.place.name if row.place else "",
        answer=row.answer, why=row.why, entered_at=row.entered_at, days=tuple(days),
    )  # fmt: skip


def _view(row: DayGrant, days: Collection[TakenDay], wishes: Collection[WishView], on: date) -> GrantView:
    granted, taken = granted_of(row), counted(days)
    return GrantView(
        id=row.id, resident=row.resident_id, subject=row.subject, register=row.register,
        kind=granted_days()[row.kind], granted=granted, valid_to=granted.last, has_transport=row.has_transport,
        is_over=granted.last < on, left=left(granted, taken, on=min(max(on, granted.first), granted.last)),
        earned=earned(granted, on=on), taken=len(taken), wishes=tuple(wishes),
    )  # fmt: skip
