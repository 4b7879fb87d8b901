"""The places of a unit by day, and who comes: the board of those who care for them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings import rules
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.definitions.days import day_offerings
from luotsi.domain.bookings.models import Booking, DayGrant, DayWish, Resource, Slot
from luotsi.domain.bookings.queries.days import GrantView, grant_views
from luotsi.domain.bookings.rules.booking import BookingState
from luotsi.domain.events import actions as events
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit
from luotsi.domain.people import access
from luotsi.domain.people import queries as people


@dataclass(frozen=True)
class Guest:
    """Somebody who comes on a day. `street` only where a journey is needed and no protection order hides it."""

    booking: UUID
    wish: UUID
    resident: UUID
    name: str
    state: BookingState
    has_come: bool
    reason: str
    transport: str
    is_first: bool
    is_last: bool
    street: str
    phone: str

    @property
    def travels(self) -> bool:
        """Whether a journey is needed on this very day."""
        return self.goes or self.returns

    @property
    def goes(self) -> bool:
        return self.is_first and self.transport in {"there", "both"}

    @property
    def returns(self) -> bool:
        return self.is_last and self.transport in {"back", "both"}


@dataclass(frozen=True)
class PlaceDay:
    """The places of one house or substitute on one day. `guests` are those whom the viewer may know."""

    slot: UUID
    day: date
    offering: str
    place: str
    places: int
    taken: int
    guests: tuple[Guest, ...]

    @property
    def free(self) -> int:
        return max(self.places - self.taken, 0)


@dataclass(frozen=True)
class House:
    id: UUID
    name: str
    offering: str


def board(*, viewer: Who, unit: str, first: date, last: date) -> list[PlaceDay]:
    """The places of the unit on these days, in the order of days and houses. Five queries; the reading is logged.

    Raises NotAllowed.
    """
    check_reads(viewer, unit)
    slots = Slot.objects.filter(
        unit=unit, offering__in=day_offerings(), closed_at=None, starts_at__gte=start_of(first),
        starts_at__lt=start_of(last + timedelta(days=1)),
    )  # fmt: skip
    rows = list(slots.select_related("resource", "staff").order_by("starts_at", "resource__name", "staff__name"))
    guests = _guests(rows, viewer)
    return [
        PlaceDay(
            slot=row.id, day=local_day(row.starts_at), offering=row.offering, place=_name(row), places=row.capacity,
            taken=row.taken, guests=tuple(sorted(guests[row.id], key=lambda one: one.name)),
        )
        for row in rows
    ]  # fmt: skip


def guest_at(booking: UUID, *, viewer: Who) -> tuple[Booking, DayGrant]:
    """One day of somebody, with the decision that it is taken from. Raises NotAllowed when there is none for them."""
    check_may(viewer, "days.decide")
    row = Booking.objects.filter(id=booking).select_related("slot").first()
    wish = DayWish.objects.filter(id=row.series).select_related("grant").first() if row else None
    if row is None or wish is None:
        raise NotAllowed("no such day for this viewer")
    check_reads(viewer, row.slot.unit_id)
    access.check_relationship(viewer, row.resident_id, register=wish.grant.register)
    return row, wish.grant


def grants_of(*, viewer: Who, residents: Collection[UUID], on: date, subject: UUID | None = None) -> list[GrantView]:
    """The decisions on days of these ids of one person that the viewer may see. Four queries."""
    rows = DayGrant.objects.filter(access.open_to(viewer), resident__in=list(residents))
    rows = rows.filter(subject=subject) if subject else rows
    return grant_views(rows.order_by("valid_from", "id"), on=on)


def has_grants(viewer: Who) -> bool:
    return DayGrant.objects.filter(access.open_to(viewer), resident__in=list(viewer.own_ids)).exists()


def houses(keys: Collection[str]) -> list[House]:
    """The houses in which these offerings are given: what a family may choose among. One query."""
    found = Slot.objects.filter(offering__in=list(keys), closed_at=None, resource__isnull=False)
    rows = found.order_by("resource__name").values_list("resource_id", "resource__name", "offering").distinct()
    return [House(*row) for row in rows]


def resources_of(unit: str) -> dict[str, UUID]:
    """The houses of a unit by name."""
    rows = Resource.objects.filter(unit=unit, kind__in=("beds", "day_places"), active_to=None)
    return dict(rows.values_list("name", "id"))


def units_with_places(viewer: Who) -> list[str]:
    """The units of the viewer in which days are given."""
    giving = {unit for key in day_offerings() for unit in offerings()[key].units}
    return sorted(unit for unit in giving if sees_unit(viewer, unit) and unit in organisation.units())


def check_reads(viewer: Who, unit: str) -> None:
    check_may(viewer, "days.read")
    if not sees_unit(viewer, unit):
        raise NotAllowed("another unit's places")


def _name(row: Slot) -> str:
    return row.resource.name if row.resource else row.staff.name if row.staff else ""


def _guests(slots: Collection[Slot], viewer: Who) -> dict[UUID, list[Guest]]:
    """By time who comes, as far as the viewer has to do with them. A manager, who opens no record, sees numbers."""
    rows = list(Booking.objects.filter(slot__in=slots, cancelled_at=None, declined_at=None, series__isnull=False))
    visible = DayGrant.objects.filter(access.open_to(viewer))
    wishes = {
        wish.id: wish
        for wish in DayWish.objects.filter(id__in={row.series for row in rows}, grant__in=visible).select_related(
            "grant"
        )
    }
    rows = [row for row in rows if row.series in wishes]
    persons = people.persons({row.resident_id for row in rows})
    ends = _ends(wishes)
    found: dict[UUID, list[Guest]] = defaultdict(list)
    for row in rows:
        wish = wishes[row.series]
        known = people.shown(persons[row.resident_id], viewer)
        found[row.slot_id].append(_guest(row, wish, known, row.id in ends[0], row.id in ends[1]))
    for register in {wish.grant.register for wish in wishes.values()}:
        whose = [wish.grant.resident_id for wish in wishes.values() if wish.grant.register == register]
        events.saw(viewer, residents=whose, what="list", register=register, ground="plan")
    return found


def _ends(wishes: Collection[UUID]) -> tuple[set[UUID], set[UUID]]:
    """The first and the last day of each stay; each day of day activity is both."""
    rows = Booking.objects.filter(series__in=list(wishes), cancelled_at=None).order_by("slot__starts_at")
    by_stay: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    for booking, series, mode in rows.values_list("id", "series", "slot__mode"):
        by_stay[series].append((booking, mode))
    firsts, lasts = set(), set()
    for days in by_stay.values():
        stays = days[0][1] == "bed_days"
        firsts |= {days[0][0]} if stays else {booking for booking, _ in days}
        lasts |= {days[-1][0]} if stays else {booking for booking, _ in days}
    return firsts, lasts


def _guest(row: Booking, wish: DayWish, known: people.Person, is_first: bool, is_last: bool) -> Guest:
    travels = (is_first and wish.transport in {"there", "both"}) or (is_last and wish.transport in {"back", "both"})
    return Guest(
        booking=row.id, wish=wish.id, resident=row.resident_id, name=known.name,
        state=rules.booking_state(rules.moments_of(row)), has_come=row.arrived_at is not None,
        reason=row.no_show_reason, transport=wish.transport, is_first=is_first, is_last=is_last,
        street=" ".join(part for part in (known.street, known.town) if part) if travels else "",
        phone=known.phone if travels else "",
    )  # fmt: skip
