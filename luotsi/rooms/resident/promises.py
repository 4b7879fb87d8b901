"""What the law promises to somebody who sends something now."""

from datetime import date, datetime

from luotsi.domain.clocks.definitions import clock_rules, clock_settings
from luotsi.domain.clocks.definitions.vocabulary import Line
from luotsi.domain.clocks.rules import choose_rule


def last_day(line: Line, at: datetime) -> date | None:
    """The last lawful day of the line by the limit in force, for something that begins at that moment."""
    return choose_rule(line, at, rules=clock_rules().values(), settings=clock_settings()).due
