"""Tables beside the charts, and the same tables as files."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from luotsi.domain.indicators.definitions import Indicator, Unit
from luotsi.domain.indicators.queries import IndicatorRow
from luotsi.rooms.steering.words import hidden, shown, sign
from luotsi.ui.words import in_language

BYTE_ORDER = "\ufeff"  # by which spreadsheets know that a file is UTF-8
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run
_GROUPING = {",": str.maketrans("", "", "\u00a0\u202f"), ".": str.maketrans("", "", ",")}  # by the decimal mark


@dataclass(frozen=True)
class Table:
    """Texts only: numbers are written in the page's language. `has_hidden`: an explanation stands below."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    has_hidden: bool = False
    sorts: tuple[str, ...] = ()  # by what each column can be sorted, "" by nothing; for tables of groups


def of_groups(indicator: Indicator, corner: str, rows: Sequence[tuple[str, IndicatorRow]], caption: str) -> Table:
    """A row for each group: its name, the value, of how many, the coverage, and what is counted apart."""
    columns = _columns(indicator)
    body = tuple((name, *(shown(row, field, kind) for _label, field, kind, _sort in columns)) for name, row in rows)
    return Table(
        caption=caption,
        head=(corner, *(label for label, *_ in columns)),
        rows=body,
        has_hidden=any(hidden() in cells for cells in body),
        sorts=("name", *(sort for *_, sort in columns)),
    )


def _columns(indicator: Indicator) -> list[tuple[str, str, Unit, str]]:
    """Label, the row's field, what it is counted in, and the key to sort by."""
    unit = indicator.unit
    known = {"percent": gettext("Value, %"), "days": gettext("Value, days")}
    value = known.get(unit) or ", ".join(filter(None, [gettext("Value"), sign(unit)]))
    columns: list[tuple[str, str, Unit, str]] = [(value, "value", unit, "value")]
    if unit == "percent":
        columns.append((gettext("Numerator"), "numerator", "count", ""))
    if unit != "count":
        columns.append((gettext("Denominator"), "denominator", "count", "counted"))
    columns.append((gettext("Coverage, %"), "coverage", "percent", "coverage"))
    if indicator.apart:
        columns.append((in_language(indicator.apart), "apart", "count", "apart"))
    return columns


def as_csv(table: Table) -> str:
    """The table as a file that opens in a spreadsheet: a decimal comma goes with semicolons.

    Every cell that begins as a formula does is led by an apostrophe, so that nothing in it is run.
    """
    mark = "." if (get_language() or "fi").startswith("en") else ","
    text = io.StringIO()
    writer = csv.writer(text, delimiter="," if mark == "." else ";", lineterminator="\r\n")
    writer.writerows([as_cell(cell, mark) for cell in row] for row in (table.head, *table.rows))
    return BYTE_ORDER + text.getvalue()


def as_cell(cell: str, mark: str) -> str:
    """A number without what groups its digits, and a formula led by an apostrophe."""
    ungrouped = cell.translate(_GROUPING[mark])
    if ungrouped.replace(mark, "", 1).isdecimal():
        return ungrouped
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
