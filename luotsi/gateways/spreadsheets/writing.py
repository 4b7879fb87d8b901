"""Spreadsheets that we give: whatever a cell begins with, the program that opens it sees text and never a formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

import xlsxwriter

from luotsi.base.now import in_helsinki

_DANGER = ("=", "+", "-", "@", "\t", "\r")


def write_rows(
    rows: Iterable[Mapping[str, Any]],
    *,
    columns: Mapping[str, str],
    kind: Literal["xlsx", "csv"] = "xlsx",
    sheet: str = "Luotsi",
) -> bytes:
    """A file with one row for each mapping. `columns`: key → heading, in order. Numbers and days stay what they are."""
    head = [guarded(heading) for heading in columns.values()]
    body = [[guarded(row.get(key)) for key in columns] for row in rows]
    return _xlsx(head, body, sheet) if kind == "xlsx" else _csv(head, body)


def guarded(cell: Any) -> Any:
    """The cell, with an apostrophe before text that a spreadsheet program would run (OWASP: CSV injection)."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return in_helsinki(cell).replace(tzinfo=None, microsecond=0)
    if isinstance(cell, (bool, int, float, date)):
        return cell
    text = str(cell)
    return f"'{text}" if text.lstrip(" \n\u00a0\ufeff").startswith(_DANGER) or text.startswith(_DANGER) else text


def _xlsx(head: list[Any], body: list[list[Any]], sheet: str) -> bytes:
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options | {"nan_inf_to_errors": True}) as book:
        page = book.add_worksheet(sheet)
        bold, day, moment = (
            book.add_format({"bold": True}),
            book.add_format({"num_format": "d.m.yyyy"}),
            book.add_format({"num_format": "d.m.yyyy h.mm"}),
        )
        page.freeze_panes(1, 0)
        page.write_row(0, 0, head, bold)
        for at, row in enumerate(body, 1):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(at, place, cell, moment if isinstance(cell, datetime) else day)
                else:
                    page.write(at, place, cell)
    return file.getvalue()


def _csv(head: Sequence[Any], body: list[list[Any]]) -> bytes:
    """Semicolons and a byte order mark: so a spreadsheet program in Finland opens it right."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([head, *body])
    return text.getvalue().encode("utf-8-sig")
