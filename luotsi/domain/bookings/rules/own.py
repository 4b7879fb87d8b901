"""Whether somebody may book a time of an offering, give it up or move it. Pure; each refusal has its word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal
from uuid import UUID

KEPT = timedelta(minutes=10)  # how long a time stays with somebody who is still choosing
MOST_BETWEEN = timedelta(minutes=30)  # between two steps of one visit

WhyNot = Literal[
    "staff_only", "not_known", "no_decision", "too_soon", "too_far", "too_many", "overlaps", "too_late",
    "not_adjacent", "other_offering",
]  # fmt: skip


class NotBookable(Exception):
    """The offering's own rule says no. `why` is a key that the page has words for."""

    def __init__(self, why: WhyNot) -> None:
        self.why: WhyNot = why
        super().__init__(_SENTENCES[why])


@dataclass(frozen=True)
class Booker:
    """Who books, as far as the offering asks. `is_known`: cared for in one of its units; `has_decision`: a professional
    has judged an open matter of theirs. `has_ahead`: how many times of the offering they have ahead.
    """

    is_staff: bool = False
    is_known: bool = False
    has_decision: bool = False
    has_ahead: int = 0


@dataclass(frozen=True)
class Step:
    """What one time of several is for: an offering, and its reason."""

    offering: str
    reason: str = ""


def steps_of(first: Step, also: Sequence[Step], *, number: int) -> list[Step]:
    """What each of so many times is for: all for the same, or each step of a visit for its own. Raises NotBookable."""
    if also and number != len(also) + 1:
        raise NotBookable("not_adjacent")
    return [first, *also] if also else [first] * number


@dataclass(frozen=True)
class Span:
    """From one moment to another, the end not included."""

    starts_at: datetime
    ends_at: datetime

    def touches(self, other: "Span") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class StepTime:
    """A time of somebody in a unit."""

    id: UUID
    unit: str
    span: Span


def one_visit(this: UUID, others: Iterable[StepTime]) -> tuple[StepTime, ...]:
    """Of times that were booked as one, those that make one visit with this: one after the other in the same unit.

    A series holds the same time again on other days; what was moved by itself is no longer a step of the visit.
    """
    ordered = sorted(others, key=lambda one: one.span.starts_at)
    found: list[StepTime] = []
    for one in ordered:
        if found and not _follows(found[-1], one):
            if any(step.id == this for step in found):
                break
            found = []
        found.append(one)
    return tuple(found) if any(step.id == this for step in found) else ()


def _follows(before: StepTime, after: StepTime) -> bool:
    pause = after.span.starts_at - before.span.ends_at
    return before.unit == after.unit and timedelta(0) <= pause <= MOST_BETWEEN


def check_who(who_may: str, booker: Booker) -> None:
    """Raises NotBookable. A worker books for whoever needs it."""
    refused: dict[str, tuple[WhyNot, bool]] = {
        "anyone": ("staff_only", False),
        "known_client": ("not_known", not booker.is_known),
        "after_assessment": ("no_decision", not booker.has_decision),
    }
    why, is_refused = refused.get(who_may, ("staff_only", True))
    if is_refused and not booker.is_staff:
        raise NotBookable(why)


def check_limit(most_ahead: int, booker: Booker, *, wanted: int = 1) -> None:
    """Raises NotBookable when the person would have more than `most_ahead` times of the offering ahead."""
    if not booker.is_staff and booker.has_ahead + wanted > most_ahead:
        raise NotBookable("too_many")


def check_apart(wanted: Iterable[Span], standing: Iterable[Span]) -> None:
    """Raises NotBookable when a wanted time is at the same moment as another one of the same person."""
    seen = list(standing)
    for span in wanted:
        if any(span.touches(other) for other in seen):
            raise NotBookable("overlaps")
        seen.append(span)


def check_adjacent(spans: Iterable[Span], *, most_between: timedelta) -> None:
    """Raises NotBookable unless the steps of one visit follow each other within that pause on the same day."""
    ordered = sorted(spans, key=lambda span: span.starts_at)
    for before, after in pairwise(ordered):
        if not timedelta(0) <= after.starts_at - before.ends_at <= most_between:
            raise NotBookable("not_adjacent")


_SENTENCES: dict[WhyNot, str] = {
    "staff_only": "a worker gives these times",
    "not_known": "these times are for those whom the unit cares for already",
    "no_decision": "these times are given when a professional has judged what is needed",
    "too_soon": "the time begins too soon to be booked here",
    "too_far": "times so far ahead are not given out yet",
    "too_many": "the person has as many of these times ahead as one can have",
    "overlaps": "the person has another time at the same moment",
    "too_late": "the time is too near to be changed here",
    "not_adjacent": "the steps of one visit follow each other",
    "other_offering": "the time is for something else",
}
