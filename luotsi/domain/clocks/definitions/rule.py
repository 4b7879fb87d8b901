"""One statutory time limit: from what, how long, for whom, since when, by which law, and worked examples."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field, model_validator

from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text
from luotsi.domain.clocks.definitions.vocabulary import Condition, Length, Line, Mark, PauseReason, Stop, Trigger

Unknown = Literal["unknown"]


class Law(Entry):
    """Where the limit stands. `act` is the act's number, `amended_by` the act or bill that brought this version.

    `section` is empty when it is not known. The act "own promise": no law asks for it, the county promises it itself.
    """

    act: str = Field(pattern=r"^(\d+/\d{4}|\(EU\) \d{4}/\d+|own promise)$")
    section: str = ""
    amended_by: str = ""
    source: Text
    url: str = ""

    @property
    def is_own_promise(self) -> bool:
        return self.act == "own promise"


class SpecialLength(Entry):
    """Another length that holds when something is true of the matter. "unknown": longer, and no limit is named."""

    when: Condition
    length: Length | Unknown
    why: Text


class Example(Entry):
    """A worked case. `start` without a time is a moment within office hours. `due` is the last lawful day."""

    start: date | datetime
    born: date | None = None
    set: dict[str, bool | str] = Field(default_factory=dict)
    due: date | None
    why: Text


class ClockRule(Definition):
    """A limit in one version. Ages are those on the day of the trigger; validity is compared with that day too.

    who      age_from ≤ age < age_below, or any of `also_for`; only if `only_for` holds; never if one of `not_for` does
    counting `outside_hours`: does a contact outside office hours count as received the next working day;
             `roll_forward`: does the last day move off a day when authorities are shut (act 150/1930 5 §)
    validity `replaces`: rules that end the day before this one begins, so that a change of the law is one new file and
             the old one stays as it was used
    trust    `verified` with the day it was compared with its source; else the screen says that it is not
    """

    line: Line
    trigger: Trigger
    stops: Stop
    length: Length | Unknown
    special_lengths: tuple[SpecialLength, ...] = ()
    outside_hours: Literal["next_working_day", "as_received"] = "as_received"
    roll_forward: bool = False
    pauses: tuple[PauseReason, ...] = ()
    valid_from: date
    valid_to: date | None = None
    replaces: tuple[str, ...] = ()
    never_in_force: bool = False
    age_from: int | None = None
    age_below: int | None = None
    also_for: tuple[Condition, ...] = ()
    only_for: tuple[Condition, ...] = ()
    not_for: tuple[Condition, ...] = ()
    law: Law
    verified: bool
    compared_on: date | None = None
    mark: Mark
    note: Text
    examples: tuple[Example, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _holds_together(self) -> "ClockRule":
        if self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to is before valid_from")
        if self.verified and (self.compared_on is None or self.mark != "sourced"):
            raise ValueError("verified: yes needs compared_on, the day of the comparison, and mark: sourced")
        if self.pauses and (self.counts_working_days or self.roll_forward):
            raise ValueError("a limit in working days, or one that rolls forward, is never paused; remove pauses")
        return self

    @property
    def version(self) -> date:
        """The version's name: the day from which it is valid."""
        return self.valid_from

    @property
    def counts_working_days(self) -> bool:
        return self.length != "unknown" and self.length.unit == "working_days"

    @property
    def has_age_limit(self) -> bool:
        return self.age_from is not None or self.age_below is not None

    def in_force_on(self, day: date) -> bool:
        return not self.never_in_force and self.valid_from <= day <= (self.valid_to or date.max)
