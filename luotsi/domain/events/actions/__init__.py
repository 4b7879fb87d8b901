"""Recording what happened, and who saw whose data. Every write of every noun ends here, in the same transaction."""

from luotsi.domain.events.actions.looking import LogUnavailable, Look, also, disclosed, looking, refused, saw
from luotsi.domain.events.actions.outbox import read_outbox, skip_outbox
from luotsi.domain.events.actions.recording import Dimensions, Fact, as_row, load, record, record_many

__all__ = [
    "Dimensions",
    "Fact",
    "LogUnavailable",
    "Look",
    "also",
    "as_row",
    "disclosed",
    "load",
    "looking",
    "read_outbox",
    "record",
    "record_many",
    "refused",
    "saw",
    "skip_outbox",
]
