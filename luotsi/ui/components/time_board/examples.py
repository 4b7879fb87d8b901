"""A day of two people."""

from typing import Any

from luotsi.ui.example import Example
from luotsi.ui.example_words import WORDS


def _entry(begins: int, ends: int, label: str, tone: str, state: str, **more: Any) -> dict[str, Any]:
    time = f"{begins // 60}.{begins % 60:02}–{ends // 60}.{ends % 60:02}"
    given = {"begins": begins, "ends": ends, "time": time, "label": WORDS[label], "tone": tone, "state": WORDS[state]}
    return given | {"url": "#", "moves": "", "slot": ""} | more


COLUMNS = [
    {
        "title": WORDS["nurse"],
        "note": "",
        "url": "#",
        "entries": [
            _entry(480, 510, "booking", "booked", "confirm", moves="#"),
            _entry(510, 540, "booking", "free", "open", url="", slot="1"),
            _entry(600, 660, "booking", "done", "details"),
        ],
    },
    {
        "title": WORDS["dental"],
        "note": "",
        "url": "",
        "entries": [_entry(480, 540, "booking", "here", "call"), _entry(540, 600, "booking", "missed", "cancel")],
    },
]

EXAMPLES = [
    Example(
        "Two people's morning", "{% time_board caption=words.booking columns=columns can_move=True %}",
        {"columns": COLUMNS},
    ),
]  # fmt: skip
