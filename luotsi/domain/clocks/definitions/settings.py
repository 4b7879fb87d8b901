"""How a county counts: the choices that the law leaves open, each with its default and its ground."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any, Literal

from pydantic import Field, PositiveInt, ValidationError, model_validator

from luotsi.base.dates import LeapBirthday
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text
from luotsi.domain.clocks.definitions.vocabulary import CONDITIONS, Condition

AssumptionCode = Literal["A1", "A2", "A3", "A4", "A5", "A6", "A7"]
_YES_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class DueSoon(Entry):
    """How many calendar days before the last day a clock says "due soon", by the unit the limit is counted in."""

    months: PositiveInt = 14
    weeks: PositiveInt = 7
    calendar_days: PositiveInt = 3
    working_days: PositiveInt = 3


class ClockSettings(Entry):
    """The switches. The assumptions A1, A3 and A6 have none: they are how the rules are read at all.

    eves_count              A2: Christmas Eve and Midsummer Eve are working days
    roll_forward_authority  A4: the last day of an authority's own limit moves to a weekday
    office_opens, _closes   A5: hours (Europe/Helsinki) in which a contact counts as received at once
    leap_birthday           A7: when someone born on 29 February turns a year older in a common year
    """

    eves_count: bool = False
    roll_forward_authority: bool = True
    office_opens: time = time(8)
    office_closes: time = time(16)
    leap_birthday: LeapBirthday = "03-01"
    due_soon: DueSoon = Field(default_factory=DueSoon)

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> "ClockSettings":
        if self.office_opens >= self.office_closes:
            raise ValueError("office_opens must be before office_closes")
        return self

    def changed_by(self, given: Mapping[str, bool | str]) -> tuple["ClockSettings", dict[Condition, bool]]:
        """These settings with some changed, and what is said of the matter itself, from pairs of name and value.

        Raises ValueError with a sentence: unknown name, or a value the name does not take.
        """
        changes: dict[str, Any] = {}
        conditions: dict[Condition, bool] = {}
        for name, value in given.items():
            condition = next((known for known in CONDITIONS if known == name), None)
            if condition:
                conditions[condition] = _yes_or_no(name, value)
            elif name in _SWITCHES:
                changes[name] = value
            else:
                raise ValueError(f"{name!r} cannot be set; choose from {', '.join([*_SWITCHES, *CONDITIONS])}")
        return (self._with(changes) if changes else self), conditions

    def _with(self, changes: dict[str, Any]) -> "ClockSettings":
        try:
            return ClockSettings.model_validate(self.model_dump() | changes)
        except ValidationError as error:
            first = error.errors()[0]
            name = str(first["loc"][0]) if first["loc"] else ""
            said = f"{name} takes {_SWITCHES[name]}, not {changes[name]!r}" if name in changes else first["msg"]
            raise ValueError(said.removeprefix("Value error, ")) from None


_SWITCHES = {
    "eves_count": "true or false",
    "roll_forward_authority": "true or false",
    "office_opens": "a time such as 08:00",
    "office_closes": "a time such as 16:00",
    "leap_birthday": "03-01 or 02-28",
}


class Assumption(Entry):
    """One way of reading the law, and the switch that changes it, if there is one."""

    code: AssumptionCode
    setting: str = ""
    says: Text
    ground: str
    verified: bool


class Counting(Definition):
    """A county's choices as reviewed on the shelf, with the assumptions they answer to."""

    settings: ClockSettings
    assumptions: tuple[Assumption, ...]
    reviewed_on: date


def _yes_or_no(name: str, value: bool | str) -> bool:
    if isinstance(value, bool):
        return value
    if value.lower() not in _YES_NO:
        raise ValueError(f"{name} is true or false, not {value!r}")
    return _YES_NO[value.lower()]
