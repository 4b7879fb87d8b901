"""Times to choose from."""

from datetime import date, datetime

from luotsi.base.now import HELSINKI
from luotsi.ui.example import Example
from luotsi.ui.example_words import WORDS


def _day(number: int, *times: tuple[int, int], full: tuple[int, int] | None = None) -> dict[str, object]:
    slots = [
        {
            "value": f"{number}-{hour}-{minute}",
            "starts_at": datetime(2026, 4, number, hour, minute, tzinfo=HELSINKI),
            "full": (hour, minute) == full,
        }
        for hour, minute in times
    ]
    return {"day": date(2026, 4, number), "slots": slots}


WEEK = [
    {"day": date(2026, 4, 6), "slots": [], "note": WORDS["holiday"]},
    _day(7, (8, 15), (9, 0), (10, 30)),
    _day(8, (8, 0), (12, 45), full=(8, 0)),
    _day(9, (9, 15), (9, 45), (13, 0), (14, 30)),
]

EXAMPLES = [
    Example(
        "A week",
        '{% slot_grid days=days name="slot" legend=words.choose_time hint=words.week_hint selected="7-9-0" %}',
        {"days": WEEK},
    ),
    Example(
        "Nothing chosen yet",
        '{% slot_grid days=days name="other" legend=words.choose_time error=words.failed_text %}',
        {"days": WEEK[1:3]},
    ),
]
