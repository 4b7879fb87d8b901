"""Vehicles that come to the villages: what and who is on board, where they stop, and on which days they drive there."""

from datetime import time
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text

Weekday = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
LEAST_ON_THE_ROAD = 10  # minutes between two stops of a day: to close the doors, to drive, to open them


class Thing(Entry):
    """An instrument on board."""

    key: str
    name: Text


class Workplace(Entry):
    """Room on board for one worker at a time: of which unit and profession, and what residents book there."""

    key: str
    name: Text
    unit: str
    profession: str
    offering: str


class Vehicle(Definition):
    """A vehicle with services on board. `explains` and `without_time` are for residents: what it is, and what one gets
    there without a time of one's own.
    """

    explains: Text
    without_time: Text
    workplaces: tuple[Workplace, ...] = Field(min_length=1)
    equipment: tuple[Thing, ...] = ()

    @model_validator(mode="after")
    def _has_each_once(self) -> Self:
        for named in (self.workplaces, self.equipment):
            keys = [one.key for one in named]
            if len(set(keys)) < len(keys):
                raise ValueError("two things on board have the same key")
        return self


class VehicleStop(Definition):
    """Where a vehicle stops; its name is the village. Coordinates are ETRS-TM35FIN metres (EPSG:3067)."""

    spot: Text
    municipality: str
    northing: int
    easting: int


class Halt(Entry):
    """One stop of a route: on which day of the week, from when to when by the clock on the wall."""

    stop: str
    weekday: Weekday
    begins: time
    ends: time


class VehicleRoute(Definition):
    """The stops that a vehicle drives to, every so many weeks."""

    vehicle: str
    every_weeks: int = Field(ge=1, le=8)
    halts: tuple[Halt, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _can_be_driven(self) -> Self:
        for halt in self.halts:
            if halt.ends <= halt.begins:
                raise ValueError(f"the vehicle leaves {halt.stop} before it comes there")
        ordered = sorted(self.halts, key=lambda one: (one.weekday, one.begins))
        for before, after in pairwise(ordered):
            pause = _minutes(after.begins) - _minutes(before.ends)
            if before.weekday == after.weekday and pause < LEAST_ON_THE_ROAD:
                raise ValueError(f"{LEAST_ON_THE_ROAD} minutes are needed from {before.stop} to {after.stop}")
        return self

    def recurrence(self, halt: Halt) -> str:
        """The halt's days, as an RRULE of RFC 5545 without its name."""
        return f"FREQ=WEEKLY;INTERVAL={self.every_weeks};BYDAY={halt.weekday}"


def vehicles() -> dict[str, Vehicle]:
    return shelf.load("vehicles", Vehicle)


def vehicle_stops() -> dict[str, VehicleStop]:
    return shelf.load("vehicle_stops", VehicleStop)


def vehicle_routes() -> dict[str, VehicleRoute]:
    return shelf.load("vehicle_routes", VehicleRoute)


def _minutes(hour: time) -> int:
    return hour.hour * 60 + hour.minute
