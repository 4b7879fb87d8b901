"""What a programme wants and does: goals within goals, measures with their months and states, pilots, phases."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from luotsi.base.shelf import Entry
from luotsi.base.text import Text
from luotsi.domain.programmes.definitions.lines import Lines, Words

State = Literal["not_started", "going", "late", "done", "stopped"]
STATES: tuple[State, ...] = ("done", "going", "late", "not_started", "stopped")
Month = Annotated[str, Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")]


class Span(Entry):
    """The months in which a measure is carried out, both included, with the words in which the source gives them."""

    first: Month
    last: Month
    printed: str

    def covers(self, year: int) -> bool:
        return int(self.first[:4]) <= year <= int(self.last[:4])


def _span(value: Any) -> Any:
    """Months as the sources print them: "5-12/2022", "9/2022", "2023", "2023-2025", "23-24"."""
    if not isinstance(value, str):
        return value
    if found := re.fullmatch(r"(?:(\d{1,2})-)?(\d{1,2})/(20\d\d)", value):
        first, last, year = found[1] or found[2], found[2], found[3]
        return {"first": f"{year}-{int(first):02d}", "last": f"{year}-{int(last):02d}", "printed": value}
    if found := re.fullmatch(r"(?:20)?(\d\d)(?:-(?:20)?(\d\d))?", value):
        return {"first": f"20{found[1]}-01", "last": f"20{found[2] or found[1]}-12", "printed": value}
    raise ValueError("months stand as 5-12/2022, 9/2022, 2023 or 2023-2025")


class Standing(Entry):
    """How a goal, a measure or a pilot stood on a day.

    The sources print words and no state: `state` is read from the words, and stays empty where they do not say.
    Without a `day` it is that of the whole document. `reason` says why something is late or was stopped.
    """

    day: date | None = None
    state: State | None = None
    text: Lines = ()
    reason: str = ""


class ProgrammeGoal(Entry):
    """What a programme wants to reach, in words, with the goals within it. `number` is the source's own ("1.2")."""

    number: str = ""
    text: str
    goals: tuple["ProgrammeGoal", ...] = ()
    standings: tuple[Standing, ...] = ()

    def walk(self, level: int = 0) -> Iterator[tuple[int, "ProgrammeGoal"]]:
        """This goal and all within it, each with its depth."""
        yield level, self
        for goal in self.goals:
            yield from goal.walk(level + 1)

    @property
    def state(self) -> State | None:
        return last_state(self.standings)


class Reference(Entry):
    """A public address at which something a source names can be read."""

    text: str
    link: str


class Measure(Entry):
    """What a programme does to reach its goals (toimenpide).

    `carried_out_by` and `practices` are as the plan's table prints them: who does it, and which good practices,
    operating models, purchases and investments belong to it. `needs` are other projects that it leans on.
    """

    key: str
    text: str
    points: Lines = ()
    period: Annotated[Span, BeforeValidator(_span)] | None = None
    carried_out_by: Words = ()
    practices: Words = ()
    outputs: Lines = ()
    references: tuple[Reference, ...] = ()
    standings: tuple[Standing, ...] = ()

    @property
    def state(self) -> State | None:
        return last_state(self.standings)


class MeasureSet(Entry):
    """Measures that a plan prints together, under its own heading and for its own years."""

    key: str
    title: str = ""
    years: str = ""  # as printed: "2022", "2023-2025"
    measures: tuple[Measure, ...] = ()
    note: str = ""


class Pilot(Entry):
    """A trial: what for, where, when, how it went on each day that tells of it, and what was decided of it and why."""

    key: str
    name: Text
    aim: str = ""
    units: Words = ()
    users: str = ""
    goal: str = ""  # the number of the goal that it serves
    period: str = ""  # as printed: "8/2021-12/2021"
    standings: tuple[Standing, ...] = ()
    decision: Literal["continue", "spread", "stop", "open"]
    reason: str = ""


class Round(Entry):
    """A day on which the programme looked at itself; goals, measures and pilots carry how they stood on it."""

    day: date
    kind: Literal["baseline", "mid", "end"]
    name: Text


class Phase(Entry):
    """A stretch of a programme with its own call for money. Days are as the source prints them, both included."""

    name: Text
    begins: date
    ends: date
    call_begins: date | None = None
    call_ends: date | None = None
    contents: Lines = ()


def last_state(standings: tuple[Standing, ...]) -> State | None:
    """The newest state that the words gave; later words without a state leave it as it was."""
    return next((one.state for one in reversed(standings) if one.state), None)
