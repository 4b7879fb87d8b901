"""Offerings: what can be booked, for how long, how, by whom and on which terms; from the shelf."""

from datetime import datetime, timedelta
from typing import Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text

Mode = Literal[
    "visit", "remote", "phone", "home", "group", "vehicle_stop", "consultation", "bed_days", "day_place"
]  # fmt: skip
# anyone: whoever is signed in · known_client: who has an open matter with the unit · after_assessment: whose need was
# assessed and led here · staff_only: a worker books.
WhoMayBook = Literal["anyone", "known_client", "after_assessment", "staff_only"]
Kind = Literal["room", "equipment", "vehicle"]


class Duration(Entry):
    """How long a time for one reason is. The first one of an offering holds when no reason is told."""

    reason: str
    name: Text
    minutes: int = Field(ge=5, le=24 * 60)


class Need(Entry):
    """What a time needs besides a person: a room, or a type of equipment or vehicle."""

    kind: Kind
    type: str = ""


class Price(Entry):
    """What it costs, in words; `euros` None where the county's list of fees or the resident's age says it."""

    words: Text
    euros: float | None = Field(default=None, ge=0)


class Example(Entry):
    """A worked example: whether a resident who looks at `asked` may book, or cancel, a time that begins at `starts`."""

    asked: AwareDatetime
    starts: AwareDatetime
    reason: str = ""
    minutes: int
    can_book: bool
    can_cancel: bool
    why: str


class Offering(Definition):
    """Something that can be booked. Times: `lead_hours` before it begins at the latest, `horizon_days` ahead at most.

    `per_person` is how many such times one may have ahead at once. `cancel_hours` before it begins one can still cancel
    or move it oneself. `overbook` is how many more than a time's places a worker may book. `buffer_minutes` follow it.
    Of a group: `places`, and the `fewest` with whom it is held; `drop_in`: one just comes, and heads are counted.
    `about` tells whoever thinks of coming what it is.
    """

    service: str
    units: tuple[str, ...] = Field(min_length=1)
    professions: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    mode: Mode
    durations: tuple[Duration, ...] = Field(min_length=1)
    who: WhoMayBook
    lead_hours: int = Field(default=2, ge=0)
    horizon_days: int = Field(default=120, ge=1, le=400)
    per_person: int = Field(default=1, ge=1)
    cancel_hours: int = Field(default=24, ge=0)
    price: Price
    preparation: Text | None = None
    questionnaire: str = ""
    overbook: int = Field(default=0, ge=0)
    needs: tuple[Need, ...] = ()
    buffer_minutes: int = Field(default=0, ge=0, le=60)
    places: int = Field(default=1, ge=1)
    fewest: int = Field(default=1, ge=1)
    evening: bool = False
    about: Text | None = None
    drop_in: bool = False
    examples: tuple[Example, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        reasons = [one.reason for one in self.durations]
        if len(set(reasons)) < len(reasons):
            raise ValueError("two durations have the same reason")
        if self.mode not in {"bed_days", "day_place", "vehicle_stop"} and not self.professions:
            raise ValueError("say in professions who gives it")
        if self.fewest > self.places:
            raise ValueError(f"fewest is {self.fewest}, and there are only {self.places} places")
        if self.places > 1 and self.mode not in {"group", "consultation", "bed_days", "day_place", "vehicle_stop"}:
            raise ValueError(f"a time of mode {self.mode!r} is for one; only a group has more places")
        if self.lead_hours >= self.horizon_days * 24:
            raise ValueError("lead_hours reach beyond horizon_days: nothing could ever be booked")
        return self

    def minutes(self, reason: str = "") -> int:
        """How long a time for that reason is; one that is not known here gets the first length."""
        return next((one.minutes for one in self.durations if one.reason == reason), self.durations[0].minutes)

    @property
    def shortest(self) -> int:
        return min(one.minutes for one in self.durations)

    @property
    def fits(self) -> tuple[str, ...]:
        """Of which offerings a time may be planned to be one of this: its own, and those planned for any that the
        profession gives. An evening reception, and what takes a special qualification, have only their own.
        """
        return (self.key,) if self.evening or self.qualifications else ("", self.key)

    def can_book(self, starts: datetime, *, asked: datetime) -> bool:
        """Whether a resident may book a time that begins then: not too late, not too far ahead."""
        return timedelta(hours=self.lead_hours) <= starts - asked <= timedelta(days=self.horizon_days)

    def can_cancel(self, starts: datetime, *, asked: datetime) -> bool:
        """Whether the resident may still cancel or move it without calling."""
        return starts - asked >= timedelta(hours=self.cancel_hours)


def offerings() -> dict[str, Offering]:
    """Every offering by its key."""
    return shelf.load("offerings", Offering)


def offered_in(unit: str, *, profession: str = "") -> list[Offering]:
    """What a unit offers; with `profession`, what that profession gives there."""
    here = [one for one in offerings().values() if unit in one.units]
    return [one for one in here if not profession or profession in one.professions]
