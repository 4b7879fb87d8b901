"""How figures are said: values with their unit, periods, verdicts, and why a number is not shown."""

from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from luotsi.domain.indicators import rules
from luotsi.domain.indicators.definitions import By, Indicator, Period, Span, Unit, words
from luotsi.domain.indicators.queries import IndicatorRow
from luotsi.ui.words import NOTHING, in_language, number

NO_BREAK = "\u00a0"


def bare(value: float | None, unit: Unit) -> str:
    """The number alone: 93,4 · 88 · 1 022. A percentage keeps its decimal, so that figures in a row compare."""
    if value is None:
        return NOTHING
    places = 0 if float(value).is_integer() and unit != "percent" else rules.DECIMALS[unit]
    return number(value, places)


def sign(unit: Unit) -> str:
    """What stands after the number: %, days, or nothing."""
    return {"percent": "%", "days": _("d"), "minutes": _("min"), "euros": "€"}.get(unit, "")


def said(value: float | None, unit: Unit) -> str:
    """The number with its unit: 93,4 % · 88 days · 1 022."""
    return _with_sign(bare(value, unit), unit) if value is not None else NOTHING


def goal(value: float, unit: Unit) -> str:
    """A level somebody has set, without needless decimals: 80 % · 90 days."""
    return _with_sign(number(value), unit)


def _with_sign(text: str, unit: Unit) -> str:
    is_close = not sign(unit) or (unit == "percent" and (get_language() or "fi").startswith("en"))
    return f"{text}{'' if is_close else NO_BREAK}{sign(unit)}"


def target_words(value: float | None, indicator: Indicator) -> str:
    """ "at least 80 %", "at most 90 days", or "" when there is no target."""
    if value is None:
        return ""
    words_for = {"more_is_better": _("at least %(goal)s"), "less_is_better": _("at most %(goal)s")}
    return words_for.get(indicator.direction, "%(goal)s") % {"goal": goal(value, indicator.unit)}


def hidden() -> str:
    """What stands in the place of a number that is not published."""
    return _("hidden")


def shown(row: IndicatorRow, name: str, unit: Unit = "count") -> str:
    """One number of a row as words: hidden when it is, a dash when it is not known.

    What is counted apart is hidden by itself; it is always known otherwise.
    """
    value = getattr(row, name)
    is_hidden = value is None if name == "apart" else row.suppressed
    return hidden() if is_hidden else bare(value, unit)


def period_label(key: str) -> str:
    """2026-W12, 2026-03, 2026-Q1, 2026 as people say them: wk 12, 3/2026, 1/2026, 2026."""
    year, _dash, rest = key.partition("-")
    if rest.startswith("W"):
        return _("wk %(week)d") % {"week": int(rest[1:])}
    if rest.startswith("Q"):
        return _("quarter %(quarter)s/%(year)s") % {"quarter": rest[1:], "year": year}
    return f"{int(rest)}/{year}" if rest else year


def value_name(column: By, key: str) -> str:
    """What a value of a column is called: a unit, a channel, a week."""
    if column in ("week", "month", "quarter", "year"):
        return period_label(key)
    return in_language(words().value(column, key))


def unit_name(key: str, *, is_own: bool) -> str:
    """The unit's name, and whether it is the reader's own."""
    name = value_name("unit", key)
    return _("%(unit)s (own)") % {"unit": name} if is_own else name


def column_name(column: By) -> str:
    return in_language(words().columns[column])


def span_words(span: Span) -> str:
    """ "28 days", "26 weeks", "12 months"."""
    if span.days is not None:
        return ngettext("%(count)d day", "%(count)d days", span.days) % {"count": span.days}
    if span.weeks is not None:
        return ngettext("%(count)d week", "%(count)d weeks", span.weeks) % {"count": span.weeks}
    months = span.months or 1
    return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}


def is_running(key: str, period: Period, until: date) -> bool:
    """Whether the period that ends a table is still going on."""
    day = rules.first_day(until, period)
    return rules.period_name(day, period) == key and (rules.next_first_day(day, period) - until).days > 1
