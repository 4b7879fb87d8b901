"""How a programme's figures, goals and states are said."""

from collections.abc import Sequence
from decimal import Decimal

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.programmes.definitions import (
    Column,
    Count,
    FigureTable,
    Goal,
    Measure,
    MeasureSet,
    Part,
    Programme,
    State,
    TargetGroup,
)
from luotsi.domain.programmes.definitions.circle import FigureRow
from luotsi.domain.programmes.queries import Followed, LiveFigure
from luotsi.domain.programmes.rules import Cell, ComparedRow
from luotsi.ui.words import euro, number, percent

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


@register.filter
def state_word(state: State | None) -> str:
    """A state in words: "Going", "Late"; where the source does not say, that."""
    words = {
        "not_started": _("Not started"),
        "going": _("Going"),
        "late": _("Late"),
        "done": _("Done"),
        "stopped": _("Stopped"),
    }
    return words[state] if state else _("State not told")


@register.filter
def state_tone(state: State | None) -> str:
    return {"done": "success", "going": "info", "late": "danger", "stopped": "warning"}.get(state or "", "neutral")


@register.filter
def with_count(state: State, count: int) -> str:
    """How many are in a state: "Late 3"."""
    return f"{state_word(state)} {count}"


@register.filter
def told(states: dict[State | None, int]) -> bool:
    """Whether any state is known at all."""
    return any(states)


@register.filter
def with_state(address: str, state: State) -> str:
    return f"{address}?state={state}"


@register.filter
def with_part(address: str, part: Part) -> str:
    return f"{address}?part={part.key}"


@register.filter
def part_label(order: int) -> str:
    """A part's tab: its number, since its name is a sentence."""
    return _("Part %(number)s") % {"number": order}


@register.filter(name="is")
def is_same(value: str, other: str) -> bool:
    return value == other


@register.filter
def answer_word(answer: str) -> str:
    """A yes/no line's answer as the source writes it."""
    return {"kyllä": _("Yes"), "ei": _("No")}.get(answer, answer)


@register.filter
def answer_tone(answer: str) -> str:
    return {"kyllä": "success", "ei": "warning"}.get(answer, "neutral")


@register.filter
def what_is_told(measures: Sequence[Measure]) -> dict[str, bool]:
    """Which columns a table of measures needs: a source that tells no states gets no empty column of them."""
    return {
        "when": any(one.period or one.carried_out_by for one in measures),
        "state": any(one.standings for one in measures),
        "outputs": any(one.outputs or one.references for one in measures),
        "practices": any(one.practices for one in measures),
    }


@register.filter
def years(programme: Programme) -> str:
    """ "2020–2023", or the one year."""
    first, last = programme.period.first, programme.period.last
    return str(first) if first == last else f"{first}–{last}"


@register.filter
def set_caption(group: MeasureSet, part: Part) -> str:
    """What a table of measures is called: its heading and years, else the part's name."""
    title = group.title or part.name.in_language(get_language() or "fi")
    return f"{title} {group.years}".strip()


@register.filter
def decision_word(decision: str) -> str:
    words = {"continue": _("Goes on"), "spread": _("Spreads"), "stop": _("Stopped"), "open": _("Not decided")}
    return words[decision]


@register.filter
def decision_tone(decision: str) -> str:
    return {"continue": "success", "spread": "success", "stop": "warning"}.get(decision, "neutral")


@register.filter
def group_kind(kind: str) -> str:
    words = {
        "steering": _("Steering group"),
        "management": _("Management group"),
        "project": _("Project group"),
        "working": _("Working group"),
        "client": _("Clients' group"),
        "unit": _("Unit"),
    }
    return words[kind]


@register.filter
def counted(count: Count) -> str:
    """A number of people or bodies: "3 800", "330–410"; its note where there is no number."""
    if count.number is None:
        return count.note or "–"
    until = f"–{number(count.until, 0)}" if count.until else ""
    return number(count.number, 0) + until


@register.filter
def aimed_share(group: TargetGroup) -> str:
    """How large a part of the group is aimed at; nothing where a number is missing or is a range."""
    whole, aimed = group.total.number, group.aimed.number
    return percent(aimed / whole) if whole and aimed and not group.total.until else ""


@register.filter
def share_row(table: FigureTable, row: FigureRow) -> list[str]:
    """The row's figures with their computed share of the row that they are a part of."""
    if not row.share_of:
        return [number(value, _decimals(value)) if value is not None else "–" for value in row.values]
    whole = next(other for other in table.rows if other.key == row.share_of)
    pairs = zip(row.values, whole.values, strict=True)
    return [f"{number(a, 0)} ({percent(float(a / b), 1)})" if a is not None and b else "–" for a, b in pairs]


@register.filter
def months(measure: Measure) -> str:
    return measure.period.printed.replace("-", "–") if measure.period else ""


@register.filter
def months_or_year(column: str) -> str:
    """A column of the target table as people write it: 2021-09 is 9/2021."""
    year, _dash, month = column.partition("-")
    return f"{int(month)}/{year}" if month else column


def _decimals(value: Decimal) -> int:
    return 0 if value == value.to_integral_value() else 2
