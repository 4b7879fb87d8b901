"""Which role may do what, where a role fits, and how a role is given: deny by default. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.organisation import definitions

VISITOR = Who(kind="visitor", role="visitor")
ADMINISTRATOR = "county-administrator"
FEWEST_ADMINISTRATORS = 2  # one proposes a role, another confirms it
LONGEST_SESSION_HOURS = 10

Why = Literal[
    "left", "unknown_role", "unknown_unit", "register", "no_reason", "past", "too_far", "backwards", "too_long",
    "overlaps", "own_proposal", "for_oneself", "answered", "over", "last_administrator", "own_substitute", "away",
    "substitute_away", "held_already",
]  # fmt: skip
State = Literal["waiting", "lapsed", "declined", "withdrawn", "planned", "in_force", "over", "ended"]


class NotAllowed(Exception):
    """This person may not do this. Pages answer 404 for a foreign object and 403 for a room that is not theirs."""


class NotPossible(Exception):
    """It cannot be done as things stand. `why` is a key that the page has words for."""

    def __init__(self, why: Why) -> None:
        self.why: Why = why
        super().__init__(_SENTENCES[why])


def may(who: Who, action: str) -> bool:
    """Whether the role lists the action on the shelf and, for one who acts for another, the mandate covers it."""
    role = definitions.roles().get(who.role)
    return role is not None and action in role.may and (who.only is None or action in who.only)


def check_may(who: Who, action: str) -> None:
    if not may(who, action):
        raise NotAllowed(f"the role {who.role!r} may not {action}")


def sees_unit(who: Who, unit: str) -> bool:
    """Whether the role's reach covers the unit: the whole county, or the units one works in."""
    role = definitions.roles().get(who.role)
    if role is None:
        return False
    return role.sees == "county" or (role.sees == "unit" and unit in who.units)


def works_in(role: str, register: str) -> bool:
    """Whether the role works in the register. A role that works in none fits only what belongs to none."""
    known = definitions.roles().get(role)
    return known is not None and register in (known.registers or ("none",))


def check_fits(role: str, unit: str) -> None:
    """Raises NotPossible: nobody gives this role, there is no such unit, or the unit's register is not the role's."""
    if role not in definitions.staff_roles():
        raise NotPossible("unknown_role")
    if unit not in definitions.units():
        raise NotPossible("unknown_unit")
    if not works_in(role, definitions.units()[unit].register):
        raise NotPossible("register")


def fits(role: str, unit: str) -> bool:
    try:
        check_fits(role, unit)
    except NotPossible:
        return False
    return True


def given_by(provider: str, groups: Collection[str]) -> set[tuple[str, str]]:
    """The (role, unit) pairs that groups of this directory give. What does not fit the unit is never given."""
    directory = definitions.directories().get(provider)
    named = {(one.role, one.unit) for one in directory.groups if one.group in groups} if directory else set()
    return {(role, unit) for role, unit in named if fits(role, unit)}


def last_day_of_session(at: datetime) -> date:
    """The last day that a session begun now can reach: a night shift does not lose its role at midnight."""
    return local_day(at + timedelta(hours=LONGEST_SESSION_HOURS))


LONGEST_ABSENCE = timedelta(days=400)  # a parental leave; a longer one is marked anew
EARLIEST_ABSENCE = timedelta(days=60)  # an illness is often marked when it has begun


@dataclass(frozen=True)
class Days:
    """Days from one to another; both count."""

    first: date
    last: date

    def touches(self, other: "Days") -> bool:
        return self.first <= other.last and other.first <= self.last


def check_absence(
    days: Days,
    *,
    on: date,
    staff: UUID,
    substitute: UUID | None,
    known: Collection[Days],
    of_substitute: Collection[Days],
) -> None:
    """Raises NotPossible. `known`: the worker's other absences; `of_substitute`: when the substitute is away."""
    refusals: list[tuple[Why, bool]] = [
        ("backwards", days.last < days.first),
        ("past", days.last < on or days.first < on - EARLIEST_ABSENCE),
        ("too_far", days.first > on + LONGEST_ABSENCE),
        ("too_long", days.last - days.first > LONGEST_ABSENCE),
        ("own_substitute", staff == substitute),
        ("away", any(days.touches(other) for other in known)),
        ("substitute_away", any(days.touches(other) for other in of_substitute)),
    ]
    for why, is_so in refusals:
        if is_so:
            raise NotPossible(why)


@dataclass(frozen=True)
class Wish:
    """A role in a unit that somebody proposes for somebody; both days count."""

    role: str
    unit: str
    valid_from: date
    valid_to: date
    reason: str


@dataclass(frozen=True)
class Facts:
    """What has happened to an assignment, as far as its state and its next steps depend on it."""

    staff: UUID
    valid_from: date
    valid_to: date | None
    is_confirmed: bool
    is_ended: bool
    proposed_by: UUID | None = None
    ended_by: UUID | None = None


def check_wish(wish: Wish, *, on: date, standing: Collection[tuple[date, date | None]]) -> None:
    """Raises NotPossible. `standing`: the spans of the same role and unit that this person has or waits for."""
    check_fits(wish.role, wish.unit)
    longest = timedelta(days=definitions.county().grants.longest_days)
    refusals: list[tuple[Why, bool]] = [
        ("no_reason", not wish.reason.strip()),
        ("past", wish.valid_from < on),
        ("too_far", wish.valid_from - on > longest),
        ("backwards", wish.valid_to < wish.valid_from),
        ("too_long", wish.valid_to - wish.valid_from > longest),
        ("overlaps", any(first <= wish.valid_to and (last or date.max) >= wish.valid_from for first, last in standing)),
    ]
    for why, is_so in refusals:
        if is_so:
            raise NotPossible(why)


def state_of(facts: Facts, *, on: date) -> State:
    """The state that follows from what happened."""
    if facts.is_ended:
        return "ended" if facts.is_confirmed else "withdrawn" if facts.ended_by == facts.proposed_by else "declined"
    is_over = facts.valid_to is not None and facts.valid_to < on
    if not facts.is_confirmed:
        return "lapsed" if is_over else "waiting"
    if is_over:
        return "over"
    return "planned" if facts.valid_from > on else "in_force"


def check_confirm(facts: Facts, *, by: UUID | None, on: date) -> None:
    """Two people: neither who proposed it nor who gets it confirms it. Raises NotPossible."""
    if state_of(facts, on=on) != "waiting":
        raise NotPossible("over" if state_of(facts, on=on) == "lapsed" else "answered")
    if by is None or by == facts.proposed_by:
        raise NotPossible("own_proposal")
    if by == facts.staff:
        raise NotPossible("for_oneself")


def why_not_confirm(facts: Facts, *, by: UUID | None, on: date) -> Why | None:
    """What keeps this person from confirming it; None when nothing does."""
    try:
        check_confirm(facts, by=by, on=on)
    except NotPossible as refusal:
        return refusal.why
    return None


def holds(facts: Facts, *, on: date) -> bool:
    return state_of(facts, on=on) == "in_force"


def can_end(facts: Facts, *, on: date) -> bool:
    """Whether there is something to take back: it holds, begins later, or waits."""
    return state_of(facts, on=on) in {"waiting", "planned", "in_force"}


def check_end(facts: Facts, *, on: date) -> None:
    if not can_end(facts, on=on):
        raise NotPossible("over")


def check_enough_remain(administrators: int) -> None:
    """Raises NotPossible when so few administrators would be left that nobody could be given a role any more."""
    if administrators < FEWEST_ADMINISTRATORS:
        raise NotPossible("last_administrator")


_SENTENCES: dict[Why, str] = {
    "held_already": "the worker has this qualification already",
    "left": "this person no longer works here",
    "unknown_role": "nobody is given such a role",
    "unknown_unit": "the county has no such unit",
    "register": "the role does not work in the register of this unit",
    "no_reason": "a role is given for a reason that is written down",
    "past": "a role is not given for days that have passed",
    "too_far": "the first day is further away than a role is given for",
    "backwards": "the last day is before the first one",
    "too_long": "the last day is further away than a role is given for",
    "overlaps": "the person has the role in this unit, or it waits, on some of these days",
    "own_proposal": "a second person confirms; not the one who proposed",
    "for_oneself": "nobody confirms a role for themselves",
    "answered": "somebody answered the proposal already",
    "over": "this is over already",
    "last_administrator": "two administrators must remain, as it takes two people to give a role",
    "own_substitute": "nobody substitutes for themselves",
    "away": "the worker is away already on some of these days",
    "substitute_away": "the substitute is away on some of these days",
}
