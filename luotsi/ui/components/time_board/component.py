"""A day of several people, or a week of one, side by side: a table whose rows are moments, so that it is read as one.

Something that can be moved is dragged to a free time, or picked up with a key (static/ui/calendar.js); either leads to
the address that says what would happen. Without a script each time is a link.
"""

from collections.abc import Sequence
from datetime import time
from itertools import pairwise
from typing import Any

from luotsi.ui import words
from luotsi.ui.component import Props, component

_TONES = {"free", "booked", "here", "done", "missed", "closed"}
_QUIET = 60  # minutes in which nothing happens are one row, however many they are


@component
def time_board(*, caption: str, columns: list[dict[str, Any]], can_move: bool = False) -> Props:
    """Each column is {title, note, url, entries}; an entry {begins, ends (minutes of the day), time, label, state, tone
    free|booked|here|done|missed|closed, url, moves (the address that moves it), slot (what can be moved there)}.
    """
    moments = sorted({minute for one in columns for entry in one["entries"] for minute in _span(entry)})
    blocks = [_blocks(one["entries"]) for one in columns]
    rows = [
        {"time": _clock(start), "is_quiet": end - start >= _QUIET, "cells": _cells(blocks, start, end, moments)}
        for start, end in pairwise(moments)
    ]
    return {"caption": caption, "columns": columns, "rows": rows, "can_move": can_move}


def _blocks(entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries that run into each other stand in one cell, one under the other."""
    found: list[dict[str, Any]] = []
    for entry in sorted(entries, key=lambda one: (one["begins"], one["ends"])):
        if entry["tone"] not in _TONES:
            raise ValueError(f"the tone of an entry is one of {', '.join(sorted(_TONES))}")
        if found and entry["begins"] < found[-1]["ends"]:
            found[-1]["entries"].append(entry)
            found[-1]["ends"] = max(found[-1]["ends"], entry["ends"])
        else:
            found.append({"begins": entry["begins"], "ends": entry["ends"], "entries": [entry]})
    return found


def _cells(
    blocks: Sequence[Sequence[dict[str, Any]]], start: int, end: int, moments: Sequence[int]
) -> list[dict[str, Any]]:
    """The cells that begin in this row; one that began above is not drawn again."""
    cells: list[dict[str, Any]] = []
    for column, of_column in enumerate(blocks):
        block = next((one for one in of_column if one["begins"] <= start < one["ends"]), None)
        if block is None:
            cells.append({"column": column, "rows": 1, "entries": []})
        elif block["begins"] == start:
            rows = sum(start <= moment < block["ends"] for moment in moments)
            cells.append({"column": column, "rows": rows, "entries": block["entries"]})
    return cells


def _span(entry: dict[str, Any]) -> tuple[int, int]:
    return entry["begins"], entry["ends"]


def _clock(minute: int) -> str:
    return words.bare_time(time(minute // 60, minute % 60))
