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
    """The switches, one or two for each assumption. A1, A3 and A6 have one position: no other reading is programmed,
    and a county that writes another one is told so instead of being counted wrongly.

    working_week            A1: Monday to Friday, public holidays taken out
    rule_fixed_on           A3: version and age are those of the day of the trigger, for as long as the clock runs
    time_zone               A6: whose days are counted
    eves_count              A2: Christmas Eve and Midsummer Eve are working days
    roll_forward_authority  A4: the last day of an authority's own limit moves to a weekday
    office_opens, _closes   A5: hours (Europe/Helsinki) in which a contact counts as received at once
    leap_birthday           A7: when someone born on 29 February turns a year older in a common year
    """

    working_week: Literal["mon-fri"] = "mon-fri"
    rule_fixed_on: Literal["trigger_day"] = "trigger_day"
    time_zone: Literal["Europe/Helsinki"] = "Europe/Helsinki"
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
    "working_week": "mon-fri and nothing else",
    "rule_fixed_on": "trigger_day and nothing else",
    "time_zone": "Europe/Helsinki and nothing else",
}


class Assumption(Entry):
    """One way of reading the law, and the switches that hold it; `otherwise` is said where a county chose otherwise."""

    code: AssumptionCode
    settings: tuple[str, ...] = Field(min_length=1)
    says: Text
    otherwise: Text | None = None
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
