"""One part of a programme, and how it stood on a day."""

from datetime import date
from decimal import Decimal
from typing import Literal

from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text
from luotsi.domain.programmes.definitions.circle import Section
from luotsi.domain.programmes.definitions.lines import Lines
from luotsi.domain.programmes.definitions.plan import Measure, MeasureSet, Pilot, ProgrammeGoal


class Reading(Entry):
    """A number that a status text prints. A share is in percent (81, not 0.81)."""

    key: str
    name: str
    value: Decimal
    unit: Literal["percent", "number"]


class Readings(Entry):
    """Numbers printed together, with what they are about and from which period."""

    title: str
    values: tuple[Reading, ...]


class Status(Entry):
    """How a part stood on a day. Its four texts are those of the funder's monthly report."""

    day: date
    by: str  # the month the achievements reach to, as printed ("8/2022")
    overall: Lines
    achieved: Lines
    still_to_do: Lines
    deviations_risks: Lines
    figures: Readings | None = None
    notes: tuple[str, ...] = ()  # explanations printed beside the status
    quotes: tuple[str, ...] = ()


class UnitState(Entry):
    """How far one unit has taken a model into use. `unit` is a key of the county's organisation."""

    unit: str
    state: Literal["in_use", "partly", "starting", "preparing", "unknown"]
    since: str = ""
    note: str = ""


class Model(Entry):
    """An operating model that a part brings into use, unit by unit."""

    key: str
    name: Text
    units: tuple[UnitState, ...]


class Promise(Entry):
    """The care guarantee that a part must keep: in days or months, and as its slide prints it."""

    days: int = 0
    months: int = 0
    printed: str


class Part(Definition):
    """One part of a programme (tehtäväpaketti, investointi): its contents, who answers for it, how it stands."""

    programme: str
    order: int
    short: Text | None = None  # for a slide's title, where the name is long
    responsible: tuple[str, ...] = ()  # keys of the programme's roles; none where the source names nobody
    contents: tuple[str, ...] = ()
    care_guarantee: Promise | None = None
    goals: tuple[ProgrammeGoal, ...] = ()
    measure_sets: tuple[MeasureSet, ...] = ()
    pilots: tuple[Pilot, ...] = ()
    sections: tuple[Section, ...] = ()
    status: Status | None = None
    models: tuple[Model, ...] = ()

    @property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(measure for one in self.measure_sets for measure in one.measures)
