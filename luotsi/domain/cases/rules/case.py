"""What state a case is in, what comes next, and what may be done. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from luotsi.domain.bookings.rules import BookingState
from luotsi.domain.people.rules import ADULT

CaseState = Literal[
    "new", "under_way", "assessed", "arranged", "urgent", "offered", "booked", "visited", "closed",
]  # fmt: skip
Step = Literal["assess", "offer_time", "record_visit", "withdraw_time", "close"]


class NotPossible(Exception):
    """The case is not in a state in which this can be done. The sentence can be shown."""


@dataclass(frozen=True)
class CaseFacts:
    """What has happened to a case, as far as its state depends on it."""

    is_closed: bool
    effects: Sequence[str]  # of the assessments, as CaseKind.effects orders them
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
    if is_under_way(facts.effects):
        return "under_way"
    if facts.is_visited or "held" in facts.bookings:
        return "visited"
    return _AFTER.get(facts.effects[-1], "assessed")


_AFTER: dict[str, CaseState] = {"urgent": "urgent", "arranged": "arranged"}
# After these a further judgement is due: the next stage, or a new one where a closing was undone.
_GO_ON = {"continues", "alarm", "advice", "answer", "ends"}


def is_under_way(effects: Sequence[str]) -> bool:
    """Whether something has been judged and more is still to be judged."""
    return bool(effects) and effects[-1] in _GO_ON


_ALLOWED: dict[CaseState, tuple[Step, ...]] = {
    "new": ("assess",),
    "under_way": ("assess", "offer_time", "record_visit", "close"),
    "assessed": ("offer_time", "assess", "record_visit", "close"),
    "arranged": ("record_visit", "assess", "offer_time", "close"),
    "urgent": ("record_visit", "offer_time", "close"),
    "offered": ("record_visit", "withdraw_time"),
    "booked": ("record_visit", "withdraw_time"),
    "visited": ("close", "offer_time"),
    "closed": (),
}


_OF_TIMES: frozenset[Step] = frozenset({"offer_time", "record_visit", "withdraw_time"})


def steps(state: CaseState, *, has_times: bool = True, is_under_way: bool = False) -> tuple[Step, ...]:
    """What may be done in this state, the likeliest first. `has_times`: whether the kind gives times at all.

    While a matter is under way, judging goes on although a time waits or a visit was held.
    """
    allowed = _ALLOWED[state]
    if is_under_way and state in {"offered", "booked"}:
        allowed = (*allowed, "assess")
    return tuple(step for step in allowed if has_times or step not in _OF_TIMES)


def can(step: Step, state: CaseState, *, has_times: bool = True, is_under_way: bool = False) -> bool:
    return step in steps(state, has_times=has_times, is_under_way=is_under_way)


def check_can(step: Step, state: CaseState, *, has_times: bool = True, is_under_way: bool = False) -> None:
    if not can(step, state, has_times=has_times, is_under_way=is_under_way):
        raise NotPossible(f"cannot {step} a case that is {state}")


def can_keep_private(age_years: int | None) -> bool:
    """Whether a matter can be kept from guardians: an adult has none who act on their own right. Whoever's age is not
    known (None) may be a minor.
    """
    return age_years is None or age_years < ADULT


def check_can_keep_private(age_years: int | None) -> None:
    if not can_keep_private(age_years):
        raise NotPossible("only a minor's matter is kept from guardians")
