"""What state a booking is in and what may be done to it. Pure."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

BookingState = Literal["kept", "offered", "made", "declined", "cancelled", "held", "missed"]
Mark = Literal["arrived", "began", "held", "missed"]  # what is said of a visit on its day


class NotPossible(Exception):
    """The booking is not in a state in which this can be done. The sentence can be shown."""


@dataclass(frozen=True)
class Moments:
    """What became of a booking, as moments."""

    accepted_at: datetime | None = None
    declined_at: datetime | None = None
    cancelled_at: datetime | None = None
    held_at: datetime | None = None
    hold_until: datetime | None = None
    no_show_at: datetime | None = None


def moments_of(row: Any) -> Moments:
    """The moments of anything that has them under their names: a row of the table."""
    return Moments(**{one.name: getattr(row, one.name) for one in fields(Moments)})


def booking_state(moments: Moments) -> BookingState:
    """The state that follows from what happened."""
    if moments.held_at:
        return "held"
    if moments.no_show_at:
        return "missed"
    if moments.cancelled_at:
        return "cancelled"
    if moments.declined_at:
        return "declined"
    if moments.accepted_at:
        return "made"
    return "kept" if moments.hold_until else "offered"


# In which moment each mark stands, the latest first: it is the one that can be taken back.
MARKS: dict[Mark, str] = {"held": "held_at", "missed": "no_show_at", "began": "began_at", "arrived": "arrived_at"}
# Why a mark was wrong: closed lists, no note about a person.
WRONG_MARKS: dict[Mark, tuple[str, ...]] = {
    "held": ("wrong_press", "wrong_person", "not_held"),
    "missed": ("came_after_all", "wrong_press", "wrong_person"),
    "began": ("wrong_press", "wrong_person", "not_held"),
    "arrived": ("wrong_press", "wrong_person"),
}


def last_mark(row: Any) -> Mark | None:
    """The latest thing that was said of the visit."""
    return next((mark for mark, moment in MARKS.items() if getattr(row, moment)), None)


_ALLOWED: dict[str, tuple[BookingState, ...]] = {
    "accept": ("offered", "kept"),
    "decline": ("offered", "kept"),
    "cancel": ("offered", "made"),
    "move": ("made",),
    "arrive": ("made",),
    "begin": ("made",),
    "hold": ("offered", "made"),
    "miss": ("made",),
}


def can(step: str, state: BookingState) -> bool:
    return state in _ALLOWED[step]


def check_can(step: str, state: BookingState) -> None:
    if not can(step, state):
        raise NotPossible(f"cannot {step} a booking that is {state}")
