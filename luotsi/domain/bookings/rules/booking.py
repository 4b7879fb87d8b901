"""What state a booking is in and what may be done to it. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

BookingState = Literal["offered", "made", "declined", "cancelled", "held"]


class NotPossible(Exception):
    """The booking is not in a state in which this can be done. The sentence can be shown."""


@dataclass(frozen=True)
class Moments:
    """What became of a booking, as moments."""

    accepted_at: datetime | None = None
    declined_at: datetime | None = None
    cancelled_at: datetime | None = None
    held_at: datetime | None = None


def booking_state(moments: Moments) -> BookingState:
    """The state that follows from what happened."""
    if moments.held_at:
        return "held"
    if moments.cancelled_at:
        return "cancelled"
    if moments.declined_at:
        return "declined"
    return "made" if moments.accepted_at else "offered"


_ALLOWED: dict[str, tuple[BookingState, ...]] = {
    "accept": ("offered",),
    "decline": ("offered",),
    "cancel": ("offered", "made"),
    "hold": ("offered", "made"),
}


def can(step: str, state: BookingState) -> bool:
    return state in _ALLOWED[step]


def check_can(step: str, state: BookingState) -> None:
    if not can(step, state):
        raise NotPossible(f"cannot {step} a booking that is {state}")
