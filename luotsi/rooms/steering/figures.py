"""A figure as its tile shows it: the number, the verdict in words, how far it can be trusted, how it has moved."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from luotsi.domain.indicators.definitions import LOW_COVERAGE, Indicator, Period, Span, Tile
from luotsi.domain.indicators.queries import IndicatorRow
from luotsi.domain.indicators.rules import is_on_target
from luotsi.rooms.steering.reading import Look
from luotsi.rooms.steering.words import bare, goal, hidden, is_running, said, shown, sign, span_words, target_words
from luotsi.ui.words import in_language

Tone = Literal["neutral", "success", "warning", "danger"]
_SPARK_WEEKS, _SPARK_MONTHS = 13, 12


@dataclass(frozen=True)
class Figure:
    """Everything is words but `spark`, the values of the weeks or months before."""

    key: str
    label: str
    value: str
    sign: str
    tone: Tone
    verdict: str
    target: str
    law: str
    coverage: str
    is_faint: bool
    before: str
    others: str
    apart: str
    span: str
    spark: tuple[float | None, ...]
    spark_label: str
    spark_target: float | None
    is_hidden: bool


def figure(tile: Tile, look: Look, span: Span) -> Figure:
    """The tile of one indicator. `span` is the length of time it looks back on, for saying so."""
    row, indicator = look.now(), look.indicator
    tone, verdict = verdict_on(row, indicator)
    period, history = _spark(look)
    return Figure(
        key=indicator.key,
        label=in_language(tile.title or indicator.name),
        value=hidden() if row.suppressed else bare(row.value, indicator.unit),
        sign="" if row.suppressed or row.value is None else sign(indicator.unit),
        tone=tone,
        verdict=verdict,
        target=target_words(row.target, indicator),
        law=law_words(row, indicator),
        coverage="" if row.coverage is None else said(row.coverage, "percent"),
        is_faint=row.low_coverage,
        before=_before(look, row) if tile.compare == "before" else "",
        others=_others(look),
        apart=_apart(row, indicator),
        span=span_words(span),
        spark=tuple(one.value for one in history.values()),
        spark_label=_("By week") if period == "week" else _("By month"),
        spark_target=row.target,
        is_hidden=row.suppressed,
    )


def verdict_on(row: IndicatorRow, indicator: Indicator) -> tuple[Tone, str]:
    """Whether the law and the target are met. Nothing is judged of a figure that speaks of too few.

    A share below the law's line fails some people, a median beyond it at least half of them.
    """
    if row.suppressed:
        return "neutral", _("Too few to publish")
    if row.value is None:
        return "neutral", _("No figure yet")
    if row.low_coverage:
        return "neutral", _("Coverage under %(limit)d %%: speaks of too few") % {"limit": LOW_COVERAGE}
    if is_on_target(row.value, row.law, indicator.direction) is False:
        is_share = indicator.unit == "percent"
        return ("warning", _("The law is not met for all")) if is_share else ("danger", _("Over the law's limit"))
    if row.on_target is not None:
        return ("success", _("On target")) if row.on_target else ("warning", _("Not yet on target"))
    return ("success", _("The law is met")) if row.law is not None else ("neutral", "")


def law_words(row: IndicatorRow, indicator: Indicator) -> str:
    """The law's line in force, with its number: "Law: four months at most (123 days)"."""
    in_force = [line for line in indicator.law if line.value == row.law]
    if row.law is None or not in_force:
        return ""
    return f"{in_language(in_force[-1].name)} ({goal(row.law, indicator.unit)})"


def _spark(look: Look) -> tuple[Period, dict[str, IndicatorRow]]:
    """The last whole weeks or months. A running one is left out, unless the figure is a state of this moment."""
    period: Period = "week" if "week" in look.indicator.by else "month"
    span = Span(weeks=_SPARK_WEEKS) if period == "week" else Span(months=_SPARK_MONTHS)
    found = look.back_to(span).by_period(period, look.scope.unit)
    last = next(reversed(found))
    if look.indicator.measure.name not in ("waiting", "open") and is_running(last, period, look.until):
        del found[last]
    return period, found


def _before(look: Look, row: IndicatorRow) -> str:
    """The same time before, and the difference."""
    unit, past = look.indicator.unit, look.before().now()
    if past.value is None or past.suppressed:
        return ""
    words = _("Before that: %(value)s") % {"value": said(past.value, unit)}
    if row.value is None:
        return words
    change = round(row.value - past.value, 1)
    if not change:
        return words + ", " + _("no change")
    more = _("now %(change)s more") if change > 0 else _("now %(change)s less")
    return words + ", " + more % {"change": bare(abs(change), unit)}


def _others(look: Look) -> str:
    """What the whole says, beside one unit's figure."""
    if not look.scope.unit:
        return ""
    total = look.table().total
    shown = hidden() if total.suppressed else said(total.value, look.indicator.unit)
    return _("All units: %(value)s") % {"value": shown}


def _apart(row: IndicatorRow, indicator: Indicator) -> str:
    return f"{in_language(indicator.apart)}: {shown(row, 'apart')}" if indicator.apart else ""
