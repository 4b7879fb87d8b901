"""A promise in every state it can have. Today is Friday 10 April 2026."""

from datetime import date, datetime

from luotsi.base.now import HELSINKI
from luotsi.ui.example import Example

TODAY = date(2026, 4, 10)


def _chip(due: str, *, state: str = "running", more: str = "") -> str:
    return f'{{% clock_chip state="{state}" due={due} today=today{more} %}}'


EXAMPLES = [
    Example(
        "Running: time left, soon, last day, late",
        "\n".join(['<p class="cluster">', _chip("later"), _chip("soon"), _chip("today"), _chip("gone"), "</p>"]),
        {"today": TODAY, "later": date(2026, 4, 24), "soon": date(2026, 4, 13), "gone": date(2026, 4, 8)},
    ),
    Example(
        "With its name and the way to the explanation",
        _chip("due", more=' label=words.care_limit url="#"'),
        {"today": TODAY, "due": date(2026, 4, 13)},
    ),
    Example(
        "A limit in hours",
        _chip("due", more=" label=words.contact_limit"),
        {"today": TODAY, "due": datetime(2026, 4, 10, 15, 30, tzinfo=HELSINKI)},
    ),
    Example(
        "Done in time, done late, paused, ended",
        "\n".join(
            [
                '<p class="cluster">',
                _chip("due", state="met"),
                _chip("due", state="late", more=" stopped=today"),
                _chip("due", state="paused"),
                _chip("due", state="ended"),
                "</p>",
            ]
        ),
        {"today": TODAY, "due": date(2026, 4, 8)},
    ),
    Example(
        "A rule that nobody has compared with the law yet",
        _chip("due", more=" verified=False"),
        {"today": TODAY, "due": date(2026, 4, 24)},
    ),
]
