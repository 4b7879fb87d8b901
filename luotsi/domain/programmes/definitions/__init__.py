"""A development programme as its plan and reports print it: parts with their status, targets, risks, money.

    programmes() -> {"hella": Programme(...)}     content/programmes/plans/<programme>.yaml
    parts_of("hella") -> (Part(...), ...)         content/programmes/parts/<programme>/<part>.yaml

Texts that a source printed stand in its own language (`fi`), word for word; names and headings are in three languages.
People appear by role only. The figures of the money table are the printed ones: `rules.compare` recomputes them.
"""

from datetime import date

from pydantic import model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text
from luotsi.domain.programmes.definitions.circle import (
    Boundary,
    Claim,
    Count,
    FigureTable,
    Group,
    Section,
    TargetGroup,
)
from luotsi.domain.programmes.definitions.lines import Point
from luotsi.domain.programmes.definitions.money import Budget, Column, Figures, Row
from luotsi.domain.programmes.definitions.part import Model, Part, Status, UnitState
from luotsi.domain.programmes.definitions.plan import (
    STATES,
    Measure,
    MeasureSet,
    Phase,
    Pilot,
    ProgrammeGoal,
    Round,
    Span,
    Standing,
    State,
)
from luotsi.domain.programmes.definitions.steering import Communication, Item, Risk, RiskState, StateMark
from luotsi.domain.programmes.definitions.target import Goal, Target

__all__ = [
    "STATES", "Boundary", "Budget", "Claim", "Column", "Communication", "Count", "FigureTable", "Figures", "Goal",
    "Group", "Item", "Measure", "MeasureSet", "Model", "Part", "Phase", "Pilot", "Point", "Programme", "ProgrammeGoal",
    "Risk", "RiskState", "Round", "Row", "Section", "Span", "Standing", "State", "StateMark", "Status", "Target",
    "TargetGroup", "UnitState", "UnknownProgrammeError", "parts_of", "programme", "programmes",
]  # fmt: skip

RESERVED = {"list", "budget"}  # words of the command line, so no programme may be called so


class Period(Entry):
    """The years of a programme, both included."""

    first: int
    last: int


class Source(Entry):
    """Where all of this was read, and the day it describes."""

    document: Text
    day: date | None = None


class ProgrammeRole(Entry):
    """A role as the programme's own papers call it (project manager, project planner)."""

    key: str
    name: Text


class Programme(Definition):
    """A programme: what it is for, its targets, risks, communication and money. Its parts stand in their own files."""

    short: Text
    funder: Text
    funder_label: Text | None = None  # what every document must carry, where the funder asks for it
    county: str  # the county's key: live figures are shown only where this installation serves it
    county_name: Text
    period: Period
    vision: str = ""
    core_message: str = ""
    big_picture: tuple[str, ...] = ()
    phases: tuple[Phase, ...] = ()
    goals: tuple[ProgrammeGoal, ...] = ()
    sections: tuple[Section, ...] = ()
    figures: tuple[FigureTable, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    target_groups: tuple[TargetGroup, ...] = ()
    groups: tuple[Group, ...] = ()
    partners: tuple[str, ...] = ()
    rounds: tuple[Round, ...] = ()
    roles: tuple[ProgrammeRole, ...]
    targets: tuple[Target, ...] = ()
    risks: tuple[Risk, ...] = ()
    communication: Communication | None = None
    operating_models: tuple[Item, ...] = ()
    announcements: tuple[str, ...] = ()
    budget: Budget | None = None
    source: Source

    @model_validator(mode="after")
    def _has_a_key_of_its_own(self) -> "Programme":
        if self.key in RESERVED:
            raise ValueError(f"{self.key!r} is a word of the command line; choose another key")
        return self

    @property
    def is_ours(self) -> bool:
        """Whether it is the programme of the county that this installation serves, so that its figures are ours."""
        return self.county == shelf.county()

    def role_name(self, key: str) -> Text:
        return next(role.name for role in self.roles if role.key == key)


class UnknownProgrammeError(LookupError):
    """No programme has that key; the sentence names those that exist."""

    def __init__(self, key: str) -> None:
        super().__init__(f"no programme has the key {key!r}; there are: {', '.join(programmes())}")


def programmes() -> dict[str, Programme]:
    return shelf.load("programmes/plans", Programme)


def programme(key: str) -> Programme:
    """Raises UnknownProgrammeError."""
    try:
        return programmes()[key]
    except KeyError:
        raise UnknownProgrammeError(key) from None


def parts_of(key: str) -> tuple[Part, ...]:
    """The parts of a programme in their order."""
    mine = (part for part in shelf.load("programmes/parts", Part).values() if part.programme == key)
    return tuple(sorted(mine, key=lambda part: part.order))
