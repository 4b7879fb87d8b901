"""How the times of a unit were used, how long one waits for the third free one, and how much is given in the evening.

Aggregates only: whose the times were is not read. What each figure counts stands with it, for the page to say.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When, Window
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, Least, RowNumber

from luotsi.base.dates import start_of
from luotsi.base.now import HELSINKI, local_day
from luotsi.base.who import Who
from luotsi.domain.bookings.models import Booking, Slot
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit

EVENING_FROM, MORNING_FROM = 16, 8  # hours on the wall: before eight, from four on and at weekends is out of hours
THIRD = 3
HORIZON = timedelta(days=400)
_SHARED = ("group", "bed_days", "day_place", "vehicle_stop")  # many places in one: no "third free appointment"


@dataclass(frozen=True)
class Use:
    """How many places some times had, and how many of them somebody was booked in."""

    places: int = 0
    taken: int = 0

    @property
    def share(self) -> float | None:
        return self.taken / self.places if self.places else None


@dataclass(frozen=True)
class Came:
    """What became of the booked times: came, did not come (and why), and those of which nothing was marked."""

    came: int
    missed: int
    unmarked: int
    reasons: tuple[tuple[str, int], ...]

    @property
    def missed_share(self) -> float | None:
        known = self.came + self.missed
        return self.missed / known if known else None


@dataclass(frozen=True)
class Third:
    """When the third free time of something is, and how many days that is from today; None when there are not three."""

    what: str  # an offering, or "" where any that the profession gives fits
    profession: str
    mode: str
    day: date | None
    days: int | None
    free: int


@dataclass(frozen=True)
class Figures:
    use: tuple[tuple[str, Use], ...]  # by profession
    whole: Use
    evening: Use
    came: Came
    third: tuple[Third, ...]

    @property
    def evening_share(self) -> float | None:
        """Of all that was booked, how much was out of office hours."""
        return self.evening.taken / self.whole.taken if self.whole.taken else None


def figures(*, viewer: Who, unit: str, first: date, last: date, at: datetime) -> Figures:
    """Of the times that began between the two days, both included, and before now. Five queries. Raises NotAllowed."""
    check_may(viewer, "calendar.read")
    if not sees_unit(viewer, unit):
        raise NotAllowed("another unit's figures")
    rows = Slot.objects.filter(
        unit=unit, closed_at=None, starts_at__gte=start_of(first), starts_at__lt=min(start_of(last + timedelta(1)), at)
    )
    told = rows.order_by("profession").values_list("profession").annotate(**_SUMS)
    use = tuple((profession, Use(places, taken)) for profession, places, taken in told)
    return Figures(
        use=use,
        whole=Use(sum(one.places for _name, one in use), sum(one.taken for _name, one in use)),
        evening=_evening(rows),
        came=_came(rows),
        third=third_free(unit=unit, at=at),
    )


def third_free(*, unit: str, at: datetime) -> tuple[Third, ...]:
    """Of everything that the unit gives by single appointments: when the third free one is. One query."""
    ahead = Slot.objects.filter(
        unit=unit, closed_at=None, starts_at__gt=at, starts_at__lt=at + HORIZON, taken__lt=F("capacity")
    ).exclude(mode__in=_SHARED)
    keys = ("offering", "profession", "mode")
    number = Window(RowNumber(), partition_by=[F(key) for key in keys], order_by=[F("starts_at"), F("id")])
    free_now = ahead.order_by().values_list(*keys).annotate(Count("id"))
    counts = {(offering, profession, mode): count for offering, profession, mode, count in free_now}
    rows = ahead.annotate(number=number).filter(number=THIRD)
    thirds = {(row[0], row[1], row[2]): local_day(row[3]) for row in rows.values_list(*keys, "starts_at")}
    today = local_day(at)
    return tuple(
        Third(*key, thirds.get(key), (thirds[key] - today).days if key in thirds else None, free)
        for key, free in sorted(counts.items())
    )


def _evening(rows: "QuerySet[Slot]") -> Use:
    hour, weekday = ExtractHour("starts_at", tzinfo=HELSINKI), ExtractIsoWeekDay("starts_at", tzinfo=HELSINKI)
    late = rows.annotate(hour=hour, weekday=weekday).filter(
        Q(hour__gte=EVENING_FROM) | Q(hour__lt=MORNING_FROM) | Q(weekday__gte=6)
    )
    found = late.aggregate(**_SUMS)
    return Use(found["places"] or 0, found["used"] or 0)


def _came(rows: "QuerySet[Slot]") -> Came:
    """Bookings that were in force when their time began; a time moved or given up is none."""
    with as_system():
        booked = Booking.objects.filter(
            slot__in=rows.values("id"), cancelled_at=None, declined_at=None, accepted_at__isnull=False
        )
        state = Case(
            When(no_show_at__isnull=False, then=Value("missed")),
            When(Q(held_at__isnull=False) | Q(arrived_at__isnull=False), then=Value("came")),
            default=Value("unmarked"),
        )
        counted = booked.order_by().annotate(state=state).values_list("state", "no_show_reason").annotate(Count("id"))
        found = [(state, reason, count) for state, reason, count in counted]
    reasons = sorted(((reason, count) for state, reason, count in found if state == "missed"), key=lambda one: -one[1])
    came, missed, unmarked = (
        sum(count for state, _reason, count in found if state == key) for key in ("came", "missed", "unmarked")
    )
    return Came(came, missed, unmarked, tuple(reasons))


_SUMS = {"places": Sum("capacity"), "used": Sum(Least("taken", "capacity"))}
