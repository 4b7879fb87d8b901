"""How a kind of case uses a clock: which of its events start, promise, stop and end it.

In a case kind's file:

    clocks:
      - line: primary_care
        starts: need.assessed
        when: {outcome: care_needed}
        stops: [visit.held]
"""

from luotsi.base.shelf import Entry
from luotsi.domain.clocks.definitions.vocabulary import Line

# Values of an event's body or dimensions that must hold; a list means any of them.
When = dict[str, bool | str | tuple[str, ...]]


class ClockUse(Entry):
    """One clock of a case kind.

    `each_start`: every starting event opens a clock of its own although one is running (a new child-welfare
    notification); otherwise a start while the clock runs changes nothing, since a limit is not restarted silently.
    `also_starts`: further kinds of events that do so, whatever `when` asks (a contact that joined the case). A clock
    that starts while an earlier one still runs says to which it is joined.
    """

    line: Line
    starts: str
    when: When = {}
    promised_by: tuple[str, ...] = ("booking.offered", "booking.made")
    declined_by: tuple[str, ...] = ("booking.declined",)
    cancelled_by: tuple[str, ...] = ("booking.cancelled",)
    stops: tuple[str, ...]
    stops_when: When = {}
    ends: tuple[str, ...] = ("case.closed",)
    each_start: bool = False
    also_starts: tuple[str, ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind of event that the clock reads, but its own."""
        told = (*self.stops, *self.ends, *self.promised_by, *self.declined_by, *self.cancelled_by, *self.also_starts)
        return frozenset((self.starts, *told))
