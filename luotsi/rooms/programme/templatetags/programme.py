"""How a programme's figures, goals and states are said."""

from decimal import Decimal

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.programmes.definitions import Column, Goal, Programme
from luotsi.domain.programmes.queries import Followed, LiveFigure
from luotsi.domain.programmes.rules import Cell, ComparedRow
from luotsi.ui.words import euro, number

register = template.Library()

_UNITS = {"share": "%", "percent": "%", "number": "", "state": ""}


@register.filter
def goal(value: Goal, unit: str) -> str:
    """A goal as the table prints it: "yli 10 %", "150 pv", or its words."""
    if value.value is None:
        return value.words
    sign = {"percent": " %", "days": " " + _("days")}.get(unit, "")
    over = _("over") + " " if value.over else ""
    return f"{over}{number(value.value, _decimals(value.value))}{sign}"


@register.filter
def amount(value: Decimal | None, unit: str) -> str:
    """Euros as whole euros, person-years with two decimals."""
    if value is None:
        return "–"
    return euro(value) if unit == "EUR" else number(value, 2)


@register.filter
def column_label(column: Column) -> str:
    """ "2020 planned": the column's name with its year, where it has one."""
    name = column.name.in_language(get_language() or "fi")
    return f"{column.year} {name}" if column.year else name


@register.filter
def cells(row: ComparedRow, columns: tuple[Column, ...]) -> list[tuple[Column, Cell]]:
    return [(column, row.cells[column.key]) for column in columns]


@register.filter
def shown_value(figure: LiveFigure) -> str:
    """The figure in its unit, a share as whole percent; "–" when it is not known."""
    if figure.value is None:
        return "–"
    return number(figure.value * 100 if figure.unit == "share" else figure.value, 0)


@register.filter
def shown_unit(figure: LiveFigure) -> str:
    return _("days") if figure.unit == "days" else _UNITS.get(figure.unit, "")


@register.filter
def shown_goal(line: Followed) -> str:
    return goal(line.aim, line.target.unit) if line.aim else ""


@register.filter
def series_values(figure: LiveFigure) -> list[float | None]:
    scale = 100 if figure.unit == "share" else 1
    return [None if value is None else value * scale for _, value in figure.series]


@register.filter
def tone(line: Followed) -> str:
    """Whether the figure reaches its goal; neutral when there is no goal for this day."""
    reached = line.is_reached
    return "neutral" if reached is None else "success" if reached else "warning"


@register.filter
def verdict(line: Followed) -> str:
    reached = line.is_reached
    return "" if reached is None else _("On target") if reached else _("Not yet on target")


@register.filter
def role_name(programme: Programme, key: str) -> str:
    return programme.role_name(key).in_language(get_language() or "fi")


@register.filter
def unit_title(key: str) -> str:
    name = organisation.unit_names().get(key)
    return name.in_language(get_language() or "fi") if name else key


@register.filter
def model_state(state: str) -> str:
    words = {
        "in_use": _("In use"),
        "partly": _("Partly in use"),
        "starting": _("Starting"),
        "preparing": _("In preparation"),
        "unknown": _("Not known"),
    }
    return words[state]


@register.filter
def model_tone(state: str) -> str:
    return {"in_use": "success", "partly": "info", "unknown": "warning"}.get(state, "neutral")


def _decimals(value: Decimal) -> int:
    return 0 if value == value.to_integral_value() else 2
