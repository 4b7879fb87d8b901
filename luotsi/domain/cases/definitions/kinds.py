"""Case kinds on the shelf: which register, which clocks, which ways to judge and to close."""

from typing import Literal

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text
from luotsi.domain.clocks.definitions import ClockUse, Line
from luotsi.domain.organisation.definitions import Register

Effect = Literal["care_needed", "advice", "urgent", "answer"]


class Outcome(Entry):
    """A decision of the assessment. care_needed starts the care clock, urgent is met now, advice and answer close the
    case. `tells_resident`: what is written with it is the answer, and the resident reads it in their matter.
    """

    key: str
    name: Text
    effect: Effect
    tells_resident: bool = False


class CloseReason(Entry):
    key: str
    name: Text


class CaseKind(Definition):
    """A kind of matter. `professions` are who can be booked for it.

    `own_stays_private`: whoever acts for the resident does not see one that the resident opened themselves.
    """

    version: int
    register: Register
    care_line: Line
    professions: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    close_reasons: tuple[CloseReason, ...]
    clocks: tuple[ClockUse, ...]
    own_stays_private: bool = False

    @property
    def is_request(self) -> bool:
        """Whether it is settled with a written answer, not with care."""
        return all(outcome.tells_resident for outcome in self.outcomes)

    def outcome(self, key: str) -> Outcome:
        """Raises KeyError when the kind does not know the outcome."""
        return {outcome.key: outcome for outcome in self.outcomes}[key]


def case_kinds() -> dict[str, CaseKind]:
    return shelf.load("case_kinds", CaseKind)
