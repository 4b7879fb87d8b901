"""The reader: a program of its own, so that a hostile file meets a process that has and may do little.

Reads the file on its standard input and writes one JSON document: {"sheet", "rows"} or {"problem", …}. It runs with
nothing but the standard library and python-calamine, and imports nothing of Luotsi.
"""

import csv
import io
import json
import math
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY_BYTES, CPU_SECONDS = 768 * 1024 * 1024, 8
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL, MOST_TEXT = 5_000, 50, 1_000, 10_000_000


class Wrong(Exception):
    """What the file's owner is to mend: a key of PROBLEMS, and where."""

    def __init__(self, problem: str, **place: Any) -> None:
        super().__init__(problem)
        self.told = {"problem": problem, **place}


def limit_oneself() -> None:
    """Memory, time, no files, no children: set before the first byte of the file is read."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (most, most))


def rows_of(content: bytes, kind: str) -> dict[str, Any]:
    return _of_text(content) if kind == "csv" else _of_workbook(content)


def _of_workbook(content: bytes) -> dict[str, Any]:
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_object(io.BytesIO(content)) as book:
            shown = [one for one in book.sheets_metadata if one.visible == calamine.SheetVisibleEnum.Visible]
            sheets = [one for one in shown if one.typ == calamine.SheetTypeEnum.WorkSheet]
            if not sheets:
                raise Wrong("no_rows")
            sheet = book.get_sheet_by_name(sheets[0].name)
            last_row, last_column = sheet.end or (0, 0)
            _check_area(sheet.name, last_row + 1, last_column + 1)
            rows = sheet.to_python(skip_empty_area=False)
            return {"sheet": sheet.name, "rows": [_plain_row(row, sheet.name, at) for at, row in enumerate(rows, 1)]}
    except calamine.PasswordError:
        raise Wrong("locked") from None
    except calamine.CalamineError:
        raise Wrong("broken") from None


def _of_text(content: bytes) -> dict[str, Any]:
    text = _decoded(content)
    if "\0" in text:
        raise Wrong("other_name")
    first = text.split("\n", 1)[0]
    mark = max(";,\t", key=first.count)
    csv.field_size_limit(1_000_000)
    rows = []
    try:
        for at, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True), 1):
            _check_area("", at, len(row))
            rows.append(_plain_row(row, "", at))
    except csv.Error:
        raise Wrong("broken", row=len(rows) + 1) from None
    return {"sheet": "", "rows": rows}


def _decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 as the file says; else what spreadsheet programs in Finland write, Windows' Latin-1."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _check_area(sheet: str, rows: int, columns: int) -> None:
    if rows > MOST_ROWS + 1:
        raise Wrong("many_rows", sheet=sheet)
    if columns > MOST_COLUMNS:
        raise Wrong("many_columns", sheet=sheet)


def _plain_row(row: list[Any], sheet: str, at: int) -> list[Any]:
    for number, cell in enumerate(row):
        if isinstance(cell, str) and len(cell) > LONGEST_CELL:
            raise Wrong("long_cell", sheet=sheet, row=at, number=number)
    return [_plain(cell) for cell in row]


def _plain(cell: Any) -> Any:
    """The cell as JSON has it; a day and a moment as a word of their own."""
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if isinstance(cell, date):
        return {"day": cell.isoformat()[:10]}
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    if isinstance(cell, float) and not math.isfinite(cell):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return cell


def main() -> None:
    try:
        told = rows_of(sys.stdin.buffer.read(), sys.argv[1])
        if sum(len(cell) for row in told["rows"] for cell in row if isinstance(cell, str)) > MOST_TEXT:
            raise Wrong("grows")  # one long text may stand behind every cell
    except Wrong as wrong:
        told = wrong.told
    except (MemoryError, RecursionError):
        told = {"problem": "grows"}
    json.dump(told, sys.stdout, ensure_ascii=True)


if __name__ == "__main__":
    limit_oneself()
    main()
