"""The log as files: a table for a spreadsheet, and data for another program."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _

from luotsi.base.now import in_helsinki
from luotsi.rooms.resident.looks import Line
from luotsi.rooms.resident.templatetags.own import register_names

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(lines: Sequence[Line]) -> HttpResponse:
    """Semicolons and a byte order mark, as spreadsheets in Finland read a table; no cell begins a formula."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    heads = [_("First"), _("Last"), _("How many times"), _("Who"), _("What they did"), _("Why"), _("Reference number")]
    writer.writerow(heads)
    for line in lines:
        cells = [line.first_at, line.last_at, line.times, line.who, line.did, line.why, line.row]
        writer.writerow([_cell(cell) for cell in cells])
    return _download(file.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", "log.csv")


def as_json(lines: Sequence[Line], *, at: datetime) -> HttpResponse:
    told = {"made_at": _moment(at), "lines": [_told(line) for line in lines]}
    body = json.dumps(told, ensure_ascii=False, indent=1).encode()
    return _download(body, "application/json", "log.json")


def _told(line: Line) -> dict[str, object]:
    return {
        "first_at": _moment(line.first_at),
        "last_at": _moment(line.last_at),
        "times": line.times,
        "who": line.who,
        "did": line.did,
        "registers": register_names(line.registers),
        "why": line.why,
        "is_own": line.is_own,
        "is_disclosure": line.is_disclosure,
        "is_emergency": line.is_emergency,
        "row": line.row,
    }


def _moment(at: datetime) -> str:
    return in_helsinki(at).isoformat(timespec="seconds")


def _cell(value: object) -> str:
    text = f"{in_helsinki(value):%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _download(body: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
