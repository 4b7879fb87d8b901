"""Short ways to say moments and rules in the tests of clocks."""

from datetime import date, datetime

from luotsi.base.now import HELSINKI
from luotsi.domain.clocks.definitions import ClockRule, clock_rule

MORNING = datetime(2026, 3, 2, 9, 10, tzinfo=HELSINKI)  # a Monday


def at(text: str) -> datetime:
    """A moment in Finland; a day alone is 9.00."""
    moment = datetime.fromisoformat(text)
    if "T" not in text:
        moment = moment.replace(hour=9)
    return moment if moment.tzinfo else moment.replace(tzinfo=HELSINKI)


def day(text: str) -> date:
    return date.fromisoformat(text)


def rule(key: str) -> ClockRule:
    return clock_rule(key)
