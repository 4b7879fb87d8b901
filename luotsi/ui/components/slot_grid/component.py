"""Times to choose from, by day. Radio buttons that look like buttons: keyboard, form and no script all work."""

from datetime import date, datetime
from typing import Any

from luotsi.ui import words
from luotsi.ui.component import Props, component


@component
def slot_grid(
    *, days: list[dict[str, Any]], name: str, legend: str, selected: str = "", hint: str = "", error: str = ""
) -> Props:
    """Each day is {day, slots: [{value, starts_at, full}], note}; a day without slots says its note."""
    shown = [
        {
            "day": words.short_day(given["day"]),
            "note": given.get("note", ""),
            "slots": [_slot(slot, given["day"], selected) for slot in given.get("slots", [])],
        }
        for given in days
    ]
    return {"days": shown, "name": name, "legend": legend, "hint": hint, "error": error, "id": f"id_{name}"}


def _slot(slot: dict[str, Any], on: date, selected: str) -> Props:
    """What one time shows and what a screen reader hears: the time with its day."""
    starts_at: datetime = slot["starts_at"]
    return {
        "value": slot["value"],
        "time": words.bare_time(starts_at),
        "spoken": f"{words.short_day(on)} {words.clock_time(starts_at)}",
        "full": bool(slot.get("full")),
        "selected": str(slot["value"]) == str(selected),
    }
