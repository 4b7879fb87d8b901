"""Several things at one visit: what goes together with what the resident books, and when all of it is done.

What is not in one place, or is not theirs to book, is not proposed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import get_language

from luotsi.domain.bookings.definitions import Duration, Offering, offerings
from luotsi.domain.bookings.queries import searching
from luotsi.domain.bookings.queries.searching import Found, Wanted
from luotsi.domain.bookings.rules import own

FIELDS = ("also", "third")  # of the form: the second and the third step
MODE = "visit"  # one goes there once: a phone call needs no joining
IN_UNIT, SHOWN = 3, 12  # visits proposed of each unit, and in all


@dataclass(frozen=True)
class Choice:
    """A further step that can be chosen, as the form's lists say it."""

    value: str
    offering: Offering
    duration: Duration

    @property
    def words(self) -> str:
        language = get_language() or "fi"
        name = self.offering.name.in_language(language)
        return f"{name}: {self.duration.name.in_language(language)} ({self.duration.minutes} min)"


@dataclass(frozen=True)
class Visit:
    """A visit that can be booked: its steps in their order."""

    steps: tuple[Found, ...]
    offerings: tuple[Offering, ...]

    @property
    def first(self) -> Found:
        return self.steps[0]

    @property
    def told(self) -> list[tuple[Found, Offering]]:
        """Each step with what it is for."""
        return list(zip(self.steps, self.offerings, strict=True))

    @property
    def value(self) -> str:
        """Its times as a form sends them."""
        return "+".join(str(one.id) for one in self.steps)


def choices(first: Offering, theirs: Iterable[Offering]) -> list[Choice]:
    """What can be done at the same visit, of the offerings that are theirs to book."""
    if first.mode != MODE:
        return []
    found = [one for one in theirs if one.key != first.key and one.mode == MODE and set(one.units) & set(first.units)]
    return [Choice(f"{one.key} {each.reason}", one, each) for one in found for each in one.durations]


def steps_in(told: Mapping[str, str], first: Offering) -> Iterable[own.Step]:
    """The further steps that an address or a form names; what it names wrongly is left out."""
    units, taken = set(first.units), {first.key}
    for name in FIELDS:
        key, _space, reason = told.get(name, "").partition(" ")
        known = offerings().get(key)
        is_fit = known is not None and known.mode == MODE == first.mode and key not in taken
        if known is None or not is_fit or not units & set(known.units):
            continue
        if reason in {one.reason for one in known.durations}:
            units &= set(known.units)
            taken.add(key)
            yield own.Step(key, reason)


def as_parts(also: Sequence[own.Step]) -> dict[str, str]:
    """The further steps as an address or a form carries them."""
    return {name: f"{one.offering} {one.reason}" for name, one in zip(FIELDS, also, strict=False)}


def offerings_of(first: Offering, also: Sequence[own.Step]) -> list[Offering]:
    return [first, *(offerings()[one.offering] for one in also)]


def visits_for(first: Wanted, also: Sequence[own.Step], *, at: datetime) -> list[Visit]:
    """The earliest visits of each unit that does all of it. A query for each step in each unit."""
    every = offerings_of(first.offering, also)
    units = set(first.units or first.offering.units).intersection(*(one.units for one in every))
    found: list[tuple[Found, ...]] = []
    for unit in sorted(units):
        wanted = [_in_unit(replace(first, units=[unit]), one, reason, at) for one, reason in _asked(first, also, every)]
        found += searching.joined(wanted, limit=IN_UNIT)
    ordered = sorted(found, key=lambda steps: (steps[0].starts_at, steps[0].unit))
    return [Visit(steps, tuple(every)) for steps in ordered[:SHOWN]]


def slots_in(told: Mapping[str, str]) -> list[UUID]:
    """The times of the chosen visit, in the order of its steps; empty where the form says it wrongly."""
    try:
        return [UUID(one) for one in told.get("slots", "").split("+")]
    except ValueError:
        return []


def _asked(first: Wanted, also: Sequence[own.Step], every: Sequence[Offering]) -> list[tuple[Offering, str]]:
    return list(zip(every, [first.reason, *(one.reason for one in also)], strict=True))


def _in_unit(wanted: Wanted, offering: Offering, reason: str, at: datetime) -> Wanted:
    """The same wish for one of the steps, within what its own offering lets be booked."""
    return replace(
        wanted, offering=offering, reason=reason, order="earliest",
        after=max(wanted.after, at + timedelta(hours=offering.lead_hours)),
        before=min(wanted.before, at + timedelta(days=offering.horizon_days)),
    )  # fmt: skip
