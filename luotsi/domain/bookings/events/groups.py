"""What can happen to a group as a whole: it is about nobody."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class GroupPlanned:
    """A group will meet so many times. `fewest` have to sign up by the day `decide_by`."""

    kind: ClassVar[str] = "group.planned"
    group: UUID
    offering: str
    meetings: int
    places: int
    fewest: int
    decide_by: str


@dataclass(frozen=True)
class GroupDecided:
    """Whether the group is held: so many had signed up. `reason` why not, "" when it is."""

    kind: ClassVar[str] = "group.decided"
    group: UUID
    offering: str
    is_held: bool
    signed_up: int
    reason: str = ""


@dataclass(frozen=True)
class GroupEnded:
    """The last meeting is over. `attended` are visits to its meetings, `heads` those counted without a name."""

    kind: ClassVar[str] = "group.ended"
    group: UUID
    offering: str
    meetings: int
    signed_up: int
    attended: int
    heads: int
