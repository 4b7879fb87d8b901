"""Pure decisions of the catalogue: when a channel is open, what words mean, and when a query speaks of danger."""

from luotsi.domain.catalogue.rules.hours import (
    DayHours,
    Hours,
    UnusualHours,
    is_open,
    opens_next,
    unusual_from,
    week_from,
)

__all__ = ["DayHours", "Hours", "UnusualHours", "is_open", "opens_next", "unusual_from", "week_from"]
