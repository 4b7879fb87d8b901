"""A promise in every state it can have. Today is Friday 10 April 2026."""

from datetime import date, datetime

from luotsi.base.now import HELSINKI
from luotsi.ui.example import Example

TODAY = date(2026, 4, 10)


def _running(due: date | datetime | None) -> dict[str, object]:
    return {"due": due, "today": TODAY}


EXAMPLES = [
    Example("Running", '{% clock_chip state="running" due=due today=today %}', _running(date(2026, 4, 24))),
    Example(
        "Soon, with the way to the explanation",
        '{% clock_chip state="running" due=due today=today label=words.care_limit url="#" %}',
        _running(date(2026, 4, 13)),
    ),
    Example("Last day", '{% clock_chip state="running" due=due today=today %}', _running(TODAY)),
    Example("Late", '{% clock_chip state="running" due=due today=today %}', _running(date(2026, 4, 8))),
    Example(
        "A limit in hours",
        '{% clock_chip state="running" due=due today=today label=words.contact_limit %}',
        _running(datetime(2026, 4, 10, 15, 30, tzinfo=HELSINKI)),
    ),
    Example("Done in time", '{% clock_chip state="met" due=due today=today %}', _running(date(2026, 4, 9))),
    Example(
        "Done late",
        '{% clock_chip state="late" due=due stopped=stopped today=today %}',
        {**_running(date(2026, 4, 8)), "stopped": date(2026, 4, 10)},
    ),
    Example("Paused and ended", '{% clock_chip state="paused" due=due today=today %} {% clock_chip state="ended" due=due today=today %}', _running(date(2026, 4, 24))),
    Example(
        "A rule that nobody has compared with the law yet",
        '{% clock_chip state="running" due=due today=today verified=False %}',
        _running(date(2026, 4, 24)),
    ),
]
