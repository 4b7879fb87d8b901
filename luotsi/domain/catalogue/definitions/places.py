"""Places of the county with their hours, and where its municipalities lie."""

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_SPAN = re.compile(r"(?:(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))? )?(?P<opens>\d{1,2}:\d\d)-(?P<closes>\d{1,2}:\d\d)")


class CatalogueError(Exception):
    """Files of the catalogue that do not fit together; the sentence names the file and what to mend."""


class Span(Entry):
    """Open from one time to another on some weekdays (0 = Monday). Closing at or before opening: past midnight."""

    weekdays: tuple[int, ...]
    opens: dt.time
    closes: dt.time


def _span(value: object) -> object:
    """Reads "mon-thu 8:00-16:00", or "8:00-12:00" where the day is said elsewhere."""
    if not isinstance(value, str):
        return value
    found = _SPAN.fullmatch(value)
    if found is None or not {found["first"] or "mon", found["last"] or "mon"} <= set(DAYS):
        raise ValueError('write hours as "mon-thu 8:00-16:00" or "sat 10:00-14:00"')
    first = DAYS.index(found["first"]) if found["first"] else 0
    last = DAYS.index(found["last"]) if found["last"] else first
    days = tuple(range(first, last + 1))
    return {"weekdays": days, "opens": _clock(found["opens"]), "closes": _clock(found["closes"])}


def _clock(words: str) -> dt.time:
    hour, minute = words.split(":")
    return dt.time(int(hour), int(minute))


Hours = Annotated[Span, BeforeValidator(_span)]

WeeklyHours = Literal["always"] | tuple[Hours, ...]


class HoursException(Entry):
    """Other hours on a date (or up to `until`), instead of the weekly ones. No hours: closed."""

    date: dt.date
    until: dt.date | None = None
    hours: Hours | None = None
    note: Text = Text(fi="")

    @model_validator(mode="after")
    def _in_order(self) -> "HoursException":
        if self.until and self.until < self.date:
            raise ValueError("`until` is before `date`; swap them")
        return self


class OpenExample(Entry):
    """A worked example of the hours: whether the place is open at that Finnish local time."""

    at: dt.datetime
    open: bool


class Place(Definition):
    """Where a unit receives people. Coordinates are ETRS-TM35FIN metres (EPSG:3067), as in the national catalogue."""

    unit: str
    serves: Literal["all"] | tuple[str, ...]
    street: str
    postcode: str = Field(pattern=r"^\d{5}$")
    post_office: Text
    municipality: str
    northing: int | None = None
    easting: int | None = None
    hours: WeeklyHours = ()
    phone_hours: WeeklyHours = ()
    exceptions: tuple[HoursException, ...] = ()
    examples: tuple[OpenExample, ...] = ()


class MunicipalArea(Definition):
    """Where a municipality lies: its boundary once around, east and north in metres (EPSG:3067). `key` is its code."""

    outline: tuple[tuple[int, int], ...] = Field(min_length=3)


def places() -> dict[str, Place]:
    return shelf.load("places", Place)


def place_of(unit: str, *, wanted_by: str) -> Place:
    """The place of a unit. Raises CatalogueError when it has none."""
    place = next((place for place in places().values() if place.unit == unit), None)
    if place is None:
        raise CatalogueError(f"content/services/{wanted_by} names the unit {unit!r}; it has no file in content/places")
    return place


def municipal_areas() -> dict[str, MunicipalArea]:
    """By the code of the municipality."""
    return shelf.load("municipal_areas", MunicipalArea)
