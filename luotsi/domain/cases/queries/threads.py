"""A thread between professions as it is shown: on a list, entry by entry, and whole."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from luotsi.domain.bookings.queries import FreeSlot
from luotsi.domain.cases.definitions import ReferralRoute
from luotsi.domain.cases.rules import referral as rules
from luotsi.domain.clocks.queries import ClockChip
from luotsi.domain.people import queries as people


@dataclass(frozen=True)
class ReferralRow:
    """One thread on a list. `due` is until when the receiver has to answer, None once they have.

    `is_received`: it was sent to the viewer's unit. `from_unit` is "" to such a viewer where a protection order hides
    where the person goes.
    """

    id: UUID
    case: UUID
    resident_name: str
    is_protected: bool
    route: ReferralRoute
    from_unit: str
    to_unit: str
    state: rules.ReferralState
    is_urgent: bool
    sent_at: datetime
    ended_at: datetime | None
    chips: tuple[ClockChip, ...]
    is_received: bool
    repeats: bool

    @property
    def due(self) -> date | None:
        return min((chip.due for chip in self.chips if chip.is_running and chip.due), default=None)

    @property
    def is_waiting(self) -> bool:
        """Whether the receiver has not said yet what becomes of it; a consultation answered waits for its reader."""
        return self.state in rules.WAITING


@dataclass(frozen=True)
class EntryView:
    """What somebody did or wrote in the thread. `reason` is in the route's words' key; `slot` a consultation time."""

    step: str
    reason: str
    note: str
    minutes: int | None
    until: date | None
    slot: FreeSlot | None
    by: str
    at: datetime


@dataclass(frozen=True)
class ReferralView:
    """A thread whole. `person` has what the route shows of the resident; `steps` are what the viewer may do, by side.

    `case` is the sender's and `opened` the receiver's own: each None where it is not open to the viewer. `earlier` and
    `later` are the sendings before and after this one that the viewer may see.
    """

    row: ReferralRow
    question: str
    urgency: str
    sent_by: str
    person: people.Person
    shows: tuple[str, ...]
    case: UUID | None
    opened: UUID | None
    entries: tuple[EntryView, ...]
    steps: tuple[rules.ReferralStep, ...]
    is_sender: bool
    is_receiver: bool
    earlier: tuple[ReferralRow, ...]
    later: tuple[ReferralRow, ...]

    @property
    def id(self) -> UUID:
        return self.row.id

    @property
    def chosen(self) -> FreeSlot | None:
        """The consultation time chosen last."""
        return next((entry.slot for entry in reversed(self.entries) if entry.slot), None)

    @property
    def minutes(self) -> int:
        return sum(entry.minutes or 0 for entry in self.entries)
