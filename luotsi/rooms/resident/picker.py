"""What the page of free times shows: of which offering, in what order, of which week."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings import access
from luotsi.domain.bookings.definitions import Offering, offerings
from luotsi.domain.bookings.queries import searching
from luotsi.domain.bookings.queries.searching import Found, Order, Wanted
from luotsi.domain.bookings.rules import own
from luotsi.domain.cases.actions import own_times
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.queries.own_times import led_to, promised_by
from luotsi.domain.cases.rules import can
from luotsi.domain.catalogue.queries import kilometres_from
from luotsi.domain.organisation.rules import may
from luotsi.domain.people import queries as people
from luotsi.rooms.resident import jointvisits

BY_ONESELF = {"visit", "phone", "remote", "home"}  # what a resident books alone; groups are signed up for elsewhere
IN_LIST = 30
IN_WEEK = 400
WEEK = timedelta(days=7)
FAR = 10_000.0  # kilometres: where a unit is that nobody has placed on the map
ORDERS: tuple[Order, ...] = ("earliest", "nearest", "own")


@dataclass(frozen=True)
class Asked:
    """What the address asks for. Anything unknown falls back to what is usual."""

    reason: str = ""
    unit: str = ""
    order: Order = "earliest"
    view: str = "week"
    start: date | None = None
    matter: UUID | None = None  # from which they came
    also: tuple[own.Step, ...] = ()  # what else is done at the same visit

    @classmethod
    def read(cls, told: Mapping[str, str], offering: Offering) -> "Asked":
        reasons, order = [one.reason for one in offering.durations], told.get("order", "")
        return cls(
            reason=told.get("reason", "") if told.get("reason") in reasons else reasons[0],
            unit=told.get("unit", "") if told.get("unit") in offering.units else "",
            order=next((one for one in ORDERS if one == order), "earliest"),
            view="list" if told.get("view") == "list" or order in {"nearest", "own"} else "week",
            start=_day(told.get("from", "")),
            matter=_uuid(told.get("matter", "")),
            also=tuple(jointvisits.steps_in(told, offering)),
        )

    def address(self, offering: str, **other: Any) -> str:
        told = replace(self, **other)
        start = told.start.isoformat() if told.start else ""
        parts = {"offering": offering, "reason": told.reason, "unit": told.unit, "order": told.order, "from": start,
                 "matter": str(told.matter or "")}  # fmt: skip
        return "?" + urlencode(
            {
                name: value
                for name, value in {**parts, "view": told.view, **jointvisits.as_parts(told.also)}.items()
                if value
            }
        )


@dataclass(frozen=True)
class Picker:
    """The free times that one resident may choose among now. `due` is what the clock of their matter promises."""

    offering: Offering
    asked: Asked
    at: datetime
    viewer: Who
    matter: UUID | None

    @cached_property
    def times(self) -> list[Found]:
        limit = IN_LIST if self.asked.view == "list" else IN_WEEK
        return searching.find(self._wanted(self._after, self._before), limit=limit)

    @cached_property
    def visits(self) -> list[jointvisits.Visit]:
        """Visits at which all that is asked is done one after the other, the earliest first."""
        return jointvisits.visits_for(self._wanted(self._earliest, self._latest), self.asked.also, at=self.at)

    @cached_property
    def due(self) -> date | None:
        return promised_by(self.matter)

    @cached_property
    def start(self) -> date:
        """The first day shown: as asked, else the day of the first free time."""
        today = local_day(self.at)
        if self.asked.start:
            return max(self.asked.start, today)
        first = searching.first_day(self._wanted(self._earliest, self._latest))
        return local_day(first) if first else today

    @property
    def days(self) -> list[dict[str, Any]]:
        """The week for the grid. Of several people free at the same moment one stands there, one's own worker first."""
        by_day = {day: list(found) for day, found in groupby(self.times, key=lambda one: local_day(one.starts_at))}
        shown = [self.start + timedelta(days=number) for number in range(7)]
        return [{"day": day, "slots": _one_each(by_day.get(day, [])), "note": self._note(day)} for day in shown]

    @property
    def later(self) -> str:
        after = self.start + WEEK
        is_there = start_of(after) < self._latest and self.asked.view == "week"
        return self.asked.address(self.offering.key, start=after) if is_there else ""

    @property
    def earlier(self) -> str:
        before = max(self.start - WEEK, local_day(self.at))
        return self.asked.address(self.offering.key, start=before) if before < self.start else ""

    @property
    def none_in_time(self) -> bool:
        """Whether the first time that suits is after the day that the clock promises, or there is none."""
        if self.due is None:
            return False
        return searching.first_day(self._wanted(self._earliest, start_of(self.due + timedelta(days=1)))) is None

    def is_late(self, one: Found) -> bool:
        return self.due is not None and local_day(one.starts_at) > self.due

    @property
    def _earliest(self) -> datetime:
        return self.at + timedelta(hours=self.offering.lead_hours)

    @property
    def _latest(self) -> datetime:
        return self.at + timedelta(days=self.offering.horizon_days)

    @property
    def _after(self) -> datetime:
        return max(self._earliest, start_of(self.start)) - timedelta(seconds=1)

    @property
    def _before(self) -> datetime:
        return self._latest if self.asked.view == "list" else min(self._latest, start_of(self.start + WEEK))

    def _wanted(self, after: datetime, before: datetime) -> Wanted:
        return Wanted(
            self.offering, after, before, reason=self.asked.reason, units=[self.asked.unit] if self.asked.unit else (),
            order=self.asked.order, near=self._near, workers=self._workers,
        )  # fmt: skip

    @cached_property
    def _near(self) -> list[str]:
        """The units from the nearest to the farthest, as far as one knows where they are."""
        return sorted(self.offering.units, key=lambda unit: self.far.get(unit, FAR))

    @cached_property
    def far(self) -> dict[str, float]:
        """By unit how many kilometres it is from one's own municipality, straight over the map."""
        if self.asked.order != "nearest" or self.viewer.whose is None:
            return {}
        return kilometres_from(people.person(self.viewer.whose).municipality, self.offering.units)

    @cached_property
    def _workers(self) -> frozenset[UUID]:
        return searching.workers_known(self.viewer.own_ids)

    def _note(self, day: date) -> str:
        return _("After the promised day") if self.due and day > self.due else ""


def bookable(service: str, viewer: Who, *, modes: Collection[str] = BY_ONESELF) -> list[Offering]:
    """What of the service the resident may book alone, in the registers that their right to act covers; first what
    anybody may book, and of these what takes the times that most have.
    """
    found = [
        one
        for one in offerings().values()
        if one.service == service and one.who != "staff_only" and one.mode in modes and covers(viewer, one)
    ]
    return sorted(found, key=lambda one: (one.who != "anyone", len(one.fits) == 1))


def goes_together(found: Picker) -> list[jointvisits.Choice]:
    """What else can be done at the same visit: of what the resident may book, and nothing keeps them from booking."""
    covered = [one for one in offerings().values() if one.who != "staff_only" and covers(found.viewer, one)]
    choices = jointvisits.choices(found.offering, covered)
    open_ones = {one.offering.key: one.offering for one in choices}
    shut = {key for key, offering in open_ones.items() if why_not(offering, found.viewer) is not None}
    return [one for one in choices if one.offering.key not in shut]


def picker_for(offering: Offering, asked: Asked, *, viewer: Who, at: datetime) -> Picker:
    return Picker(offering, asked, at, viewer, own_times.matter_for(offering, by=viewer, asked=asked.matter))


def why_not(offering: Offering, viewer: Who) -> own.WhyNot | None:
    """What keeps this person from booking such a time at all; None when nothing does."""
    try:
        own.check_who(offering.who, own_times.booker_for(offering, by=viewer))
    except own.NotBookable as refusal:
        return refusal.why
    return None


def times_of_matter(case: CaseView, viewer: Who) -> str:
    """The address of the calendar to which the matter leads: it was judged to need a time, and none is given yet; or
    the answers lead to what anybody may book, and nobody is in danger.
    """
    if case.state == "new" and not case.dangers and not case.times and may(viewer, "booking.make"):
        return _times_at_once(case, viewer)
    if case.state not in {"assessed", "urgent", "under_way", "arranged"} or not may(viewer, "booking.make"):
        return ""
    if not can("offer_time", case.state, has_times=case.kind.has_times):
        return ""
    fitting = [
        one
        for one in offerings().values()
        if case.unit in one.units and set(one.professions) & set(case.kind.professions)
    ]
    ordered = sorted(fitting, key=lambda one: (one.service != case.service, one.who != "after_assessment"))
    for offering in ordered:
        if offering in bookable(offering.service, viewer):
            return f"{reverse('service-times', args=[offering.service])}?offering={offering.key}&unit={case.unit}"
    return ""


def _times_at_once(case: CaseView, viewer: Who) -> str:
    services = led_to(case.id, viewer=viewer) or (case.service,)
    for offering in (one for service in services for one in bookable(service, viewer)):
        is_fit = offering.who == "anyone" and case.unit in offering.units
        if is_fit and set(offering.professions) & set(case.kind.professions):
            asked = Asked(reason=offering.durations[0].reason, unit=case.unit, matter=case.id)
            return f"{reverse('service-times', args=[offering.service])}{asked.address(offering.key)}"
    return ""


def hides_place(viewer: Who) -> bool:
    """Whether the one acted for has a protection order: then no unit, and so no place, is named."""
    return viewer.acting_for is not None and people.hides_place(people.person(viewer.acting_for), viewer)


def covers(viewer: Who, offering: Offering) -> bool:
    registers = {access.register_of(unit) for unit in offering.units}
    return viewer.registers is None or registers <= viewer.registers


def _one_each(found: Iterable[Found]) -> list[dict[str, Any]]:
    moments: dict[datetime, Found] = {}
    for one in found:
        if one.starts_at not in moments or one.is_own:
            moments[one.starts_at] = one
    return [{"value": str(one.id), "starts_at": one.starts_at, "full": False} for one in moments.values()]


def _uuid(told: str) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        return None


def _day(told: str) -> date | None:
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return None
    return day if date(2000, 1, 1) <= day <= date(2200, 1, 1) else None
