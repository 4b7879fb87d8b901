"""Who computes the figures. The noun knows what an indicator means, the engine behind this port knows how to count.

ports.connect(figures)    once, where the product is put together
ports.figures()           whoever answers
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from luotsi.domain.indicators.definitions import By, Indicator


class NoFacts(LookupError):
    """There is nothing to count yet, or what there is cannot be used. The sentence says what to do."""

    def __init__(
        self,
        why: str = "There are no facts yet.",
        mend: str = "Run `luotsi demo` for the demonstration county, or `luotsi facts refresh`.",
    ) -> None:
        super().__init__(f"{why} {mend}")


@dataclass(frozen=True)
class Ask:
    """A question: one indicator, broken down `by` columns, from `since` to `until` (both included), of these units.

    Without days: from the first fact to the moment of the facts. Units None: all of them.
    """

    indicator: Indicator
    by: tuple[By, ...] = ()
    since: date | None = None
    until: date | None = None
    units: frozenset[str] | None = None


@dataclass(frozen=True)
class Cell:
    """One group's figure, after disclosure control: `suppressed` hides a group too small to publish.

    `keys` follow the question's columns; a period is its first day. Percentages are 0–100.
    """

    keys: tuple[str | date, ...]
    value: float | None
    numerator: int | None
    denominator: int | None
    coverage: float | None
    apart: int | None
    suppressed: bool = False


@dataclass(frozen=True)
class Answer:
    """The groups in order, their total, the days they are about, and of which facts, as of when."""

    cells: tuple[Cell, ...]
    total: Cell
    since: date
    until: date
    as_of: datetime
    facts: str


@dataclass(frozen=True)
class FactsState:
    """Which facts there are: `id` changes with every change of content, `as_of` is when the record was last read."""

    id: str
    as_of: datetime
    events: int


class Figures(Protocol):
    """The engine."""

    def state(self) -> FactsState:
        """Raises NoFacts."""

    def measure(self, ask: Ask) -> Answer:
        """Raises NoFacts."""

    def warm(self) -> None:
        """Load what the first question would wait for."""


_connected: list[Figures] = []


def connect(figures: Figures) -> None:
    """From now on this engine answers."""
    _connected[:] = [figures]


def figures() -> Figures:
    """Raises NoFacts when no engine is connected."""
    if not _connected:
        raise NoFacts("No engine for figures is connected.")
    return _connected[0]
