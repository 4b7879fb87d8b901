"""Case kinds on the shelf: which register, which clocks, which ways to judge and to close."""

from typing import Literal

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text
from luotsi.domain.clocks.definitions import ClockUse
from luotsi.domain.organisation.definitions import Register

Effect = Literal["care_needed", "advice", "urgent"]


class Outcome(Entry):
    """A decision of the assessment. care_needed starts the care clock, advice closes the case, urgent is met now."""

    key: str
    name: Text
    effect: Effect


class CloseReason(Entry):
    key: str
    name: Text


class CaseKind(Definition):
    """A kind of matter. `professions` are who can be booked for it."""

    version: int
    register: Register
    care_line: str
    professions: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    close_reasons: tuple[CloseReason, ...]
    clocks: tuple[ClockUse, ...]

    def outcome(self, key: str) -> Outcome:
        """Raises KeyError when the kind does not know the outcome."""
        return {outcome.key: outcome for outcome in self.outcomes}[key]


def case_kinds() -> dict[str, CaseKind]:
    return shelf.load("case_kinds", CaseKind)
