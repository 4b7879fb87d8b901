"""What can happen in the organisation. The assignment is the event's subject, its unit is in the dimensions."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class AssignmentGranted:
    """By the system or by the directory of staff; `valid_to` None: until further notice."""

    kind: ClassVar[str] = "assignment.granted"
    staff: UUID
    role: str
    source: str = "system"
    valid_to: date | None = None


@dataclass(frozen=True)
class AssignmentRenewed:
    """The directory still says so; valid to another day."""

    kind: ClassVar[str] = "assignment.renewed"
    staff: UUID
    role: str
    valid_to: date


@dataclass(frozen=True)
class AssignmentProposed:
    kind: ClassVar[str] = "assignment.proposed"
    staff: UUID
    role: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True)
class AssignmentConfirmed:
    kind: ClassVar[str] = "assignment.confirmed"
    staff: UUID
    role: str
    proposed_by: UUID


@dataclass(frozen=True)
class AssignmentDeclined:
    """A second person said no."""

    kind: ClassVar[str] = "assignment.declined"
    staff: UUID
    role: str
    proposed_by: UUID


@dataclass(frozen=True)
class AssignmentEnded:
    """Taken back before its last day. `was_in_force` False: a proposal that its proposer or another withdrew."""

    kind: ClassVar[str] = "assignment.ended"
    staff: UUID
    role: str
    source: str
    was_in_force: bool


@dataclass(frozen=True)
class RoleChosen:
    """A worker of several roles works in this one from now on; `before` is the one until now."""

    kind: ClassVar[str] = "role.chosen"
    staff: UUID
    role: str
    before: str


@dataclass(frozen=True)
class StaffRecognised:
    """The directory sent somebody for the first time, or with another name or mail."""

    kind: ClassVar[str] = "staff.recognised"
    staff: UUID
    provider: str
    is_new: bool


@dataclass(frozen=True)
class StaffLeft:
    """They no longer work here: nothing they were given holds from this day."""

    kind: ClassVar[str] = "staff.left"
    staff: UUID
    left_on: date


@dataclass(frozen=True)
class StaffReturned:
    kind: ClassVar[str] = "staff.returned"
    staff: UUID


@dataclass(frozen=True)
class AbsenceMarked:
    """A worker is away for these days. `substitute` looks after their work; None: whoever in the unit."""

    kind: ClassVar[str] = "absence.marked"
    staff: UUID
    begins_on: date
    ends_on: date
    substitute: UUID | None


@dataclass(frozen=True)
class AbsenceEnded:
    """They are back, or it was a mistake."""

    kind: ClassVar[str] = "absence.ended"
    staff: UUID


@dataclass(frozen=True)
class QualificationRecorded:
    """A worker may be booked, or sent, for what asks for this. `valid_to` None: until it is ended."""

    kind: ClassVar[str] = "qualification.recorded"
    staff: UUID
    qualification: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class QualificationEnded:
    kind: ClassVar[str] = "qualification.ended"
    staff: UUID
    qualification: str
