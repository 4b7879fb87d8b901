"""The live figures of a programme's targets, asked of the indicators once for a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from luotsi.domain.indicators import queries as indicators
from luotsi.domain.indicators.ports import NoFacts
from luotsi.domain.programmes.definitions import Programme
from luotsi.domain.programmes.queries import LiveFigure

_UNITS = {"percent": "percent", "days": "days"}


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
    except NoFacts as why:
        return LiveFigures(missing=str(why))


def _figure(key: str) -> LiveFigure:
    """The last 28 days, with the running month and a year before it as the series."""
    found = indicators.live_figure(key)
    return LiveFigure(
        value=found.value,
        unit=_UNITS.get(found.indicator.unit, "number"),  # type: ignore[arg-type]
        coverage=None if found.now.coverage is None else found.now.coverage / 100,
        numerator=found.now.numerator,
        denominator=found.now.denominator,
        series=found.series,
        target=found.now.target,
        as_of=found.as_of.date(),
        definition_version=str(found.indicator.version),
    )
