"""How a unit's home visits become rounds: what is driven, when one eats, what a known face is worth; from the shelf."""

from collections.abc import Collection
from datetime import time
from math import ceil, hypot
from typing import Self

from pydantic import Field, model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.domain.bookings.definitions.offerings import Offering, offerings


class Point(Entry):
    """Metres of ETRS-TM35FIN (EPSG:3067): a straight line between two points is Pythagoras."""

    northing: int = Field(ge=6_600_000, le=7_800_000)
    easting: int = Field(ge=50_000, le=740_000)


class Area(Point):
    """The middle of a postal area: where a home is when nothing more is known of it."""

    postcode: str = Field(pattern=r"^\d{5}$")


class Travel(Entry):
    """The estimate of a drive: straight line times `detour` at `speed_kmh`, and `least_minutes` to park and find the
    door; `unknown_minutes` when nobody knows where the home is.
    """

    detour: float = Field(ge=1, le=3)
    speed_kmh: float = Field(gt=0, le=100)
    least_minutes: int = Field(ge=0, le=30)
    unknown_minutes: int = Field(ge=0, le=120)

    def minutes(self, start: Point | None, end: Point | None) -> int:
        """Whole minutes, rounded up; none between two visits in the same house."""
        if start is None or end is None:
            return self.unknown_minutes
        metres = hypot(start.northing - end.northing, start.easting - end.easting)
        road_km = metres * self.detour / 1000
        return 0 if metres < 1 else self.least_minutes + ceil(road_km / self.speed_kmh * 60)


class Lunch(Entry):
    """A break of so many minutes that begins between the two times, for whoever works `from_hours` or more."""

    minutes: int = Field(ge=0, le=60)
    earliest: time
    latest: time
    from_hours: float = Field(default=6, ge=0)


class Weights(Entry):
    """How many minutes of driving it is worth that somebody known comes, and that the worker who was told comes."""

    own_worker_minutes: int = Field(ge=0, le=120)
    same_worker_minutes: int = Field(ge=0, le=120)


class TravelExample(Entry):
    """A worked example of a drive. Without `to`: nobody knows where the home is."""

    start: Point = Field(alias="from")
    to: Point | None = None
    minutes: int
    why: str


class HomeRounds(Definition):
    """The rounds of one unit. `start` is where every round begins and ends.

    A given time that moves by less than `tell_minutes` is told to nobody. The search for an order ends after
    `solve_seconds` at the latest.
    """

    unit: str
    offerings: tuple[str, ...] = Field(min_length=1)
    start: Point
    travel: Travel
    lunch: Lunch
    weights: Weights
    tell_minutes: int = Field(ge=0, le=240)
    solve_seconds: int = Field(ge=1, le=60)
    areas: tuple[Area, ...] = ()
    examples: tuple[TravelExample, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.lunch.latest < self.lunch.earliest:
            raise ValueError("lunch begins at the latest before it begins at the earliest")
        for one in self.examples:
            if (told := self.travel.minutes(one.start, one.to)) != one.minutes:
                raise ValueError(f"example {one.why!r}: the drive is {told} minutes, not {one.minutes}")
        return self

    @property
    def given(self) -> dict[str, Offering]:
        """What is given on the rounds, by its key."""
        return {key: offerings()[key] for key in self.offerings}

    def middle_of(self, postcode: str) -> Point | None:
        """The middle of the postal area; None when it is not known here."""
        return next((area for area in self.areas if area.postcode == postcode), None)


def home_rounds() -> dict[str, HomeRounds]:
    """The rounds of every unit that has them, by the unit."""
    return {one.unit: one for one in shelf.load("home_rounds", HomeRounds).values()}


def is_by_rounds(keys: Collection[str]) -> bool:
    """Whether all of these offerings are laid into rounds: then a plan for them says hours and makes no times."""
    every = {key for one in home_rounds().values() for key in one.offerings}
    return bool(keys) and set(keys) <= every
