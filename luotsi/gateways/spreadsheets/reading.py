"""Rows of a spreadsheet that somebody sent, by the columns that one asks for."""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from luotsi.base.codes import has_code
from luotsi.gateways.spreadsheets import looks
from luotsi.gateways.spreadsheets.problems import SpreadsheetError, letter

WALL_SECONDS = 20.0
ROW = "row"
_OPENING = Path(__file__).with_name("opening.py")


class Upload(Protocol):
    """A file as Django hands it over."""

    name: str | None

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True)
class Column:
    """A column one asks for. `headings` are the words it may bear in the first row, in any language and spelling."""

    key: str
    headings: tuple[str, ...]
    is_needed: bool = True


def read_rows(upload: Upload, *, columns: Sequence[Column]) -> list[dict[str, Any]]:
    """The rows of the first sheet as {column.key: cell}, and under "row" the number that the person sees.

    A cell is a str without spaces around it, an int, a float, a bool, or a date; "" when empty. Empty rows are left
    out, columns that nobody asks for too. Raises SpreadsheetError, which says what to mend and where.
    """
    file, kind = _name_of(upload)
    content = upload.read(looks.MOST_BYTES + 1)
    if problem := looks.what_is_wrong(content, kind):
        raise SpreadsheetError(problem, file)
    told = _opened(content, kind, file)
    if "problem" in told:
        column = letter(told.pop("number")) if "number" in told else ""
        raise SpreadsheetError(file=file, column=column, **told)
    return _by_column(told["rows"], told["sheet"], file, columns)


def _name_of(upload: Upload) -> tuple[str, str]:
    """The file's name fit to be shown, and how it ends. A name that carries an identity code is not shown at all."""
    name = re.split(r"[/\\]", upload.name or "")[-1]
    if has_code(name):
        raise SpreadsheetError("code", "")
    shown = "".join(character for character in name if character.isprintable())[-80:]
    return shown, name.rpartition(".")[2].lower()


def _opened(content: bytes, kind: str, file: str) -> dict[str, Any]:
    """What the reader says. When it died or was too slow, the file is to blame."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_OPENING), kind],
            input=content, capture_output=True, timeout=WALL_SECONDS, env={}, cwd="/", check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise SpreadsheetError("grows", file) from None
    if done.returncode < 0:  # ended by a limit: memory or time
        raise SpreadsheetError("grows", file)
    if done.returncode:
        raise SpreadsheetError("broken", file)
    told: dict[str, Any] = json.loads(done.stdout, object_hook=_day)
    return told


def _day(read: dict[str, Any]) -> Any:
    return date.fromisoformat(read["day"]) if set(read) == {"day"} else read


def _by_column(rows: list[list[Any]], sheet: str, file: str, columns: Sequence[Column]) -> list[dict[str, Any]]:
    head = [_word(cell) for cell in rows[0]] if rows else []
    places = {column.key: _place_of(column, head, sheet, file) for column in columns}
    found = []
    for at, row in enumerate(rows[1:], 2):
        cells = {
            key: _tidy(row[place]) if place is not None and place < len(row) else "" for key, place in places.items()
        }
        if any(cell != "" for cell in cells.values()):
            found.append({ROW: at, **cells})
    if not found:
        raise SpreadsheetError("no_rows", file, sheet)
    return found


def _place_of(column: Column, head: list[str], sheet: str, file: str) -> int | None:
    words = {_word(heading) for heading in column.headings}
    places = [place for place, word in enumerate(head) if word in words]
    if len(places) > 1:
        raise SpreadsheetError("twice", file, sheet, row=1, column=letter(places[1]), heading=column.headings[0])
    if not places and column.is_needed:
        raise SpreadsheetError("no_column", file, sheet, row=1, heading=column.headings[0])
    return places[0] if places else None


def _word(cell: Any) -> str:
    return " ".join(str(cell).lower().split())


def _tidy(cell: Any) -> Any:
    """A cell without spaces around it, and without what PostgreSQL or a page cannot hold."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return cell
    return "".join(one for one in cell if one.isprintable() or one in "\n\t").encode("utf-8", "ignore").decode().strip()
