"""How long people wait now, as the front door says it: half waited less. Only where enough of them have been seen."""

from dataclasses import dataclass
from datetime import date, timedelta

from luotsi.base.now import local_day
from luotsi.domain.indicators import ports
from luotsi.domain.indicators.definitions import By
from luotsi.domain.indicators.queries import read_indicator

INDICATOR = "care_wait_days"
LOOKS_BACK = timedelta(days=90)
ENOUGH = 10  # visits: fewer say little of how long the next one waits


@dataclass(frozen=True)
class Wait:
    """Half of those who came to a first visit had waited at most so many days. `until`: the last day counted."""

    days: int
    visits: int
    until: date


def wait_for(service: str, *, unit: str = "") -> Wait | None:
    """For a service, where the unit is known there alone; None when too few have been seen to say."""
    at_unit = _waits(("service", "unit")).get((service, unit)) if unit else None
    return at_unit or _waits(("service",)).get((service,))


def wait_at(unit: str) -> Wait | None:
    return _waits(("unit",)).get((unit,)) if unit else None


def _waits(by: tuple[By, ...]) -> dict[tuple[str, ...], Wait]:
    """By what is asked for; nothing while there are no figures. The engine remembers its answers."""
    try:
        until = local_day(ports.figures().state().as_of)
        table = read_indicator(INDICATOR, by=by, since=until - LOOKS_BACK, until=until)
    except ports.NoFacts:
        return {}
    return {
        row.keys: Wait(round(row.value), row.numerator, until)
        for row in table.rows
        if row.value is not None and row.numerator and row.numerator >= ENOUGH and not row.low_coverage
    }
