"""The live figures of a programme's targets, asked of the indicators once for a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from luotsi.base.now import today
from luotsi.domain.indicators import definitions as indicators
from luotsi.domain.indicators import ports
from luotsi.domain.programmes.definitions import Programme
from luotsi.domain.programmes.queries import LiveFigure

_UNITS = {"percent": "percent", "days": "days"}
MONTHS = 13  # of history beside a figure: the running month and a year before it


@dataclass(frozen=True)
class LiveFigures:
    """Figures by indicator key. `missing` says in a sentence why there are none."""

    by_key: Mapping[str, LiveFigure] = field(default_factory=dict)
    missing: str = ""


def live_figures(plan: Programme) -> LiveFigures:
    """What the services' own events say of the plan's targets; nothing for another county's programme."""
    keys = {target.indicator for target in plan.targets if target.indicator} if plan.is_ours else set()
    try:
        return LiveFigures({key: _figure(key) for key in sorted(keys)})
    except ports.NoFacts as why:
        return LiveFigures(missing=str(why))


def _figure(key: str) -> LiveFigure:
    definition = indicators.indicator(key)
    answer = ports.figures().measure(ports.Ask(definition, by=("month",), since=_months_back(today(), MONTHS - 1)))
    total = answer.total
    return LiveFigure(
        value=total.value,
        unit=_UNITS.get(definition.unit, "number"),  # type: ignore[arg-type]
        coverage=None if total.coverage is None else total.coverage / 100,
        numerator=total.numerator,
        denominator=total.denominator,
        series=tuple((f"{cell.keys[0]:%Y-%m}", cell.value) for cell in answer.cells if isinstance(cell.keys[0], date)),
        target=definition.target_on(today()),
        as_of=answer.as_of.date(),
        definition_version=str(definition.version),
    )


def _months_back(day: date, months: int) -> date:
    """The first day of the month that is so many months before the day's."""
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)
