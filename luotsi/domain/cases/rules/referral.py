"""What state a referral is in and who may do what with it: all of it follows from its entries. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from luotsi.domain.cases.rules.case import NotPossible

ReferralType = Literal["referral", "consultation"]
Side = Literal["sender", "receiver"]
ReferralState = Literal["sent", "received", "on_hold", "accepted", "answered", "returned", "done", "withdrawn"]
# What can be written in the thread. A message and a time chosen for a consultation change no state.
ReferralStep = Literal[
    "received", "accepted", "on_hold", "returned", "answered", "done", "withdrawn", "message", "time_chosen"
]

STATES: tuple[ReferralState, ...] = get_args(ReferralState)
STEPS: tuple[ReferralStep, ...] = get_args(ReferralStep)
SIDES: tuple[Side, ...] = get_args(Side)
ENDED: frozenset[ReferralState] = frozenset({"returned", "done", "withdrawn"})
# In these the receiver has not said yet what becomes of it; the sender can still take it back.
WAITING: frozenset[ReferralState] = frozenset({"sent", "received", "on_hold"})


@dataclass(frozen=True)
class Standing:
    """A referral as far as its next steps depend on it."""

    type: ReferralType
    state: ReferralState


def referral_state(steps: Iterable[str]) -> ReferralState:
    """The state that follows from the entries in their order: the last one that says something of it."""
    state: ReferralState = "sent"
    for step in steps:
        if step in STATES:
            state = step
    return state


_Table = Mapping[ReferralState, tuple[ReferralStep, ...]]
_RECEIVER: dict[ReferralType, _Table] = {
    "referral": {
        "sent": ("accepted", "received", "on_hold", "returned", "message"),
        "received": ("accepted", "on_hold", "returned", "message"),
        "on_hold": ("accepted", "on_hold", "returned", "message"),
        "accepted": ("done", "message"),
    },
    "consultation": {
        "sent": ("answered", "received", "on_hold", "returned", "message", "time_chosen"),
        "received": ("answered", "on_hold", "returned", "message", "time_chosen"),
        "on_hold": ("answered", "on_hold", "returned", "message", "time_chosen"),
        "answered": ("answered", "message"),
    },
}
_SENDER: dict[ReferralType, _Table] = {
    "referral": {state: ("message", "withdrawn") for state in WAITING} | {"accepted": ("message",)},
    "consultation": {state: ("message", "time_chosen", "withdrawn") for state in WAITING}
    | {"answered": ("done", "message")},
}
_BY_SIDE: dict[Side, dict[ReferralType, _Table]] = {"receiver": _RECEIVER, "sender": _SENDER}


def steps(standing: Standing, side: Side) -> tuple[ReferralStep, ...]:
    """What this side may do now, the likeliest first. Nothing once it has ended."""
    return _BY_SIDE[side][standing.type].get(standing.state, ())


def can(step: str, standing: Standing, side: Side) -> bool:
    return step in steps(standing, side)


class NoConsent(NotPossible):
    """The resident has not said yes to it. `purpose` is the key of what they would allow."""

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose
        super().__init__(f"the resident has not allowed {purpose}")


def check_route(*, is_open: bool, goes_from: bool, register: bool, goes_to: bool) -> None:
    """Raises NotPossible: the case is closed, or the route does not lead from this profession or register, or there."""
    if not is_open:
        raise NotPossible("a closed matter is not sent on")
    if not (goes_from and register and goes_to):
        raise NotPossible("no route of the county leads from here to there")


def check_can(step: str, standing: Standing, side: Side) -> None:
    """Raises NotPossible."""
    if not can(step, standing, side):
        raise NotPossible(f"the {side} cannot write {step} in a {standing.type} that is {standing.state}")
