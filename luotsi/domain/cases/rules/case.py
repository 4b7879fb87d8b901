"""What state a case is in, what comes next, and what may be done. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from luotsi.domain.bookings.rules import BookingState
from luotsi.domain.people.rules import ADULT

CaseState = Literal["new", "assessed", "urgent", "offered", "booked", "visited", "closed"]
Step = Literal["assess", "offer_time", "record_visit", "withdraw_time", "close"]


class NotPossible(Exception):
    """The case is not in a state in which this can be done. The sentence can be shown."""


@dataclass(frozen=True)
class CaseFacts:
    """What has happened to a case, as far as its state depends on it."""

    is_closed: bool
    effects: Sequence[str]  # of the assessments, in order
    bookings: Sequence[BookingState]
    is_visited: bool = False  # a visit was held, with a booked time or without one


def case_state(facts: CaseFacts) -> CaseState:
    """The state that follows from what happened. The last thing that matters wins."""
    if facts.is_closed:
        return "closed"
    if not facts.effects:
        return "new"
    for booking, state in (("made", "booked"), ("offered", "offered")):
        if booking in facts.bookings:
            return state  # type: ignore[return-value]
    if facts.is_visited or "held" in facts.bookings:
        return "visited"
    return "urgent" if facts.effects[-1] == "urgent" else "assessed"


_ALLOWED: dict[CaseState, tuple[Step, ...]] = {
    "new": ("assess",),
    "assessed": ("offer_time", "assess", "record_visit", "close"),
    "urgent": ("record_visit", "offer_time", "close"),
    "offered": ("record_visit", "withdraw_time"),
    "booked": ("record_visit", "withdraw_time"),
    "visited": ("close", "offer_time"),
    "closed": (),
}


def steps(state: CaseState) -> tuple[Step, ...]:
    """What may be done in this state, the likeliest first."""
    return _ALLOWED[state]


def can(step: Step, state: CaseState) -> bool:
    return step in _ALLOWED[state]


def check_can(step: Step, state: CaseState) -> None:
    if not can(step, state):
        raise NotPossible(f"cannot {step} a case that is {state}")


def can_keep_private(age_years: int) -> bool:
    """Whether a matter can be kept from guardians: an adult has none who act on their own right."""
    return age_years < ADULT


def check_can_keep_private(age_years: int) -> None:
    if not can_keep_private(age_years):
        raise NotPossible("only a minor's matter is kept from guardians")
